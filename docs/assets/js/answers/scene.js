/**
 * A figure as a picture: bars, diverging bars with the middle in the middle, or bars that fill up.
 * The same function draws for a phone and for paper; only the width differs.
 */

import { alternative } from "./alt.js";
import { Drawing, MUTED } from "./drawn.js";
import { bars, values } from "./scene-bars.js";
import { rows } from "./scene-rows.js";

/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./say.js").Say} Say */
/** @typedef {import("./drawn.js").Scene} Scene */
/**
 * `by` is the code of the question that groups: "" is all in one. `title` and `source` stand in the
 * picture itself where it goes out alone, as an image file.
 * @typedef {{width?: number, by?: string, title?: string, source?: string}} Wanted
 */
/** A line of a picture: its cell and the names that stand before it. @typedef {{label: string, cell: Cell}} Line */
/** Lines that belong together, below a heading where there are several. @typedef {{head: string, lines: Line[]}} Block */
/** @typedef {{say: Say, figure: Figure, width: number, blocks: Block[], drawing: Drawing, top: number}} Plan */

export const PRINT = 605; // 16 cm in parts of 1/96 inch
const NARROW = 480; // below that, names stand above their bars

/** Whether names stand above the bars. @param {number} width */
export const narrow = (width) => width < NARROW;

/**
 * The places of the groups that a picture shows: all, and those by a question.
 * @param {Figure} figure @param {string} by
 */
export const places = (figure, by) =>
  figure.groups.flatMap((group, at) => (at === 0 || (by && group.by === by) ? [at] : []));

/**
 * A figure as plain shapes.
 * @param {Figure} figure
 * @param {Say} say
 * @param {Wanted} [wanted]
 * @returns {Scene}
 */
export function scene(figure, say, { width = PRINT, by = "", title = "", source = "" } = {}) {
  const at = places(figure, by);
  const drawing = new Drawing();
  let top = 0;
  if (title) top += drawing.block(0, 0, title, width, { bold: true, size: 16 }) + 10;
  const ordered = figure.ordered && figure.type !== "number";
  const plan = { say, figure, width, drawing, top, blocks: blocks(say, figure, at, ordered || figure.type === "number") };
  top = (figure.type === "number" ? values : ordered ? rows : bars)(plan);
  if (source) top += 8 + drawing.block(0, top + 8, source, width, { tone: MUTED, size: 12.5 });
  return { width, height: Math.ceil(top), title: figure.text, desc: alternative(say, figure, at), shapes: drawing.shapes };
}

/**
 * The lines of a picture: rows of a matrix, below each its groups where it has several.
 * @param {Say} say @param {Figure} figure @param {number[]} at @param {boolean} byRow
 * @returns {Block[]}
 */
function blocks(say, figure, at, byRow) {
  const many = figure.rows.length > 1;
  /** @param {Figure["rows"][number]} row @param {number} place */
  const line = (row, place) => {
    const cell = row.cells[place];
    const group = figure.groups[place];
    const label = at.length > 1 || !many ? (group ? say.group(group) : "") : row.label;
    return cell ? [{ label, cell }] : [];
  };
  if (many && at.length === 1 && byRow) {
    return [{ head: "", lines: figure.rows.flatMap((row) => line(row, at[0] ?? 0)) }];
  }
  return figure.rows.map((row) => ({ head: many ? row.label : "", lines: at.flatMap((place) => line(row, place)) }));
}
