/** A figure as tables of texts: the same figures as its picture, for Word and for the page. */

import { withUnit } from "./alt.js";
import { wide } from "./measure.js";
import { places } from "./scene.js";

/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./say.js").Say} Say */
/** @typedef {import("./say.js").Reading} Reading */
/**
 * A table. A row may be shorter than the header: its last cell then reaches to the end, as where a
 * figure is hidden. `notes` stand below it.
 * @typedef {{caption: string, header: string[], rows: string[][], notes: string[]}} Table
 */

const LETTERS = 10; // pt
const ROOM = 455; // pt across a page
const LABEL = 120; // pt for the first column
const MARGINS = 11; // pt of a cell
const NUMBER = 50; // pt for a column of shares

/**
 * All who answered, as a table.
 * @param {Say} say @param {Figure} figure
 * @returns {Table}
 */
export const table = (say, figure) =>
  figure.type === "number" || figure.rows.length > 1 ? lines(say, figure, [0], "row") : options(say, figure);

/**
 * The groups by a question beside all, as tables; none where there are no groups.
 * @param {Say} say @param {Figure} figure @param {string} by
 * @returns {Table[]}
 */
export function grouped(say, figure, by) {
  const at = places(figure, by);
  if (at.length < 2) return [];
  if (figure.rows.length > 1) return across(say, figure, at, high(say, figure));
  return figure.ordered ? [lines(say, figure, at, "group")] : across(say, figure, at, null);
}

/** Each option with how many chose it. @param {Say} say @param {Figure} figure @returns {Table} */
function options(say, figure) {
  const cell = figure.rows[0]?.cells[0];
  const read = cell && say.read(figure, cell);
  const header = [say.words("report.option"), say.words("report.count"), say.words("report.share")];
  if (!read || read.instead) return { caption: figure.text, header, rows: [[read?.instead ?? ""]], notes: [] };
  const more = read.aside.filter(({ count }) => count).map(({ label, said }) => [label, said, ""]);
  const rows = read.parts.map(({ label, count, said }) => [label, say.count(count), said]);
  const notes = [[say.about(read), read.missing].filter(Boolean).join(" · ")];
  if (read.mean) notes.push(averages(say, read));
  if (figure.type === "multiple") notes.push(say.words("report.several"));
  return { caption: figure.text, header, rows: [...rows, ...more], notes };
}

/** @param {Say} say @param {Reading} read */
const averages = (say, { mean, median }) =>
  [say.words("say.mean", { value: mean }), say.words("say.median", { value: median })].join(" · ");

/**
 * A line for each row or group: the answers, or where these have no room the ends, then the mean.
 * @param {Say} say @param {Figure} figure @param {number[]} at @param {"row" | "group"} kind
 * @returns {Table}
 */
function lines(say, figure, at, kind) {
  const found = figure.rows.flatMap(({ label, cells }) =>
    at.flatMap((place) => {
      const [cell, group] = [cells[place], figure.groups[place]];
      return cell && group ? [{ label: kind === "row" ? label : say.group(group), read: say.read(figure, cell) }] : [];
    }),
  );
  const sided = found.some(({ read }) => read.sides);
  const names = columns(say, figure, sided);
  /** @param {Reading} read @returns {string[]} */
  const shares = ({ parts, said }) => (names.sides ? [said.low, said.mid, said.high] : parts.map((part) => part.said));
  const number = figure.type === "number";
  const averaged = number || found.some(({ read }) => read.mean);
  const header = [
    say.words(`report.${kind}`),
    ...(number ? [] : names.header),
    ...(averaged ? [say.words("report.mean")] : []),
    ...(number ? [say.words("report.median")] : []),
    say.words("report.n"),
  ];
  const rows = found.map(({ label, read }) => {
    if (read.instead || !read.count) return [label, read.instead || read.n];
    const own = number ? [withUnit(figure, read.mean), withUnit(figure, read.median)] : [...shares(read), ...(averaged ? [read.mean] : [])];
    return [label, ...own, say.count(read.count)];
  });
  const unsure = found.filter(({ read }) => read.aside.some(({ count }) => count));
  const notes = unsure.map(({ label, read }) => `${label}: ${say.about(read)}`);
  return { caption: figure.text, header, rows, notes: notes.length > 1 && kind === "row" ? [] : notes.slice(0, 1) };
}

/** The answers as columns, or the two ends and the middle where there is no room for all. @param {Say} say @param {Figure} figure @param {boolean} sided */
function columns(say, figure, sided) {
  const all = figure.options.map(({ label }) => label);
  const needed = [...all, say.words("report.mean"), say.words("report.n")].reduce((sum, label) => sum + least(label), LABEL);
  const sides = sided && needed > ROOM;
  const ends = /** @type {const} */ (["low", "mid", "high"]);
  return { sides, header: sides ? ends.map((side) => say.named(figure, side)) : all };
}

/** The narrowest that a column can be with its longest word whole, in points. @param {string} text @param {boolean} [head] */
export const least = (text, head = true) =>
  Math.max(...text.split(/[ \n\t]+/).map((word) => wide(word, LETTERS, head)), 24) + MARGINS;

/** How the high side is told of. @param {Say} say @param {Figure} figure @returns {string} */
const high = (say, figure) => say.named(figure, "high");

/**
 * A column for each group: the share of each answer, or of the high side of each row.
 * @param {Say} say @param {Figure} figure @param {number[]} at @param {string | null} side
 * @returns {Table[]}
 */
function across(say, figure, at, side) {
  const shown = at.filter((place) => figure.rows.some(({ cells }) => cells[place] && !cells[place].hidden));
  const notes = at.filter((place) => !shown.includes(place)).flatMap((place) => {
    const [group, cell] = [figure.groups[place], figure.rows[0]?.cells[place]];
    return group && cell ? [`${say.group(group)}: ${say.hidden(cell)}`] : [];
  });
  /** @type {Table[]} */
  const found = [];
  const [all = 0, ...others] = shown;
  for (const some of fitting(say, figure, others)) {
    const own = [all, ...some];
    const names = own.flatMap((place) => (figure.groups[place] ? [say.group(figure.groups[place])] : []));
    const rows = side === null ? byOption(say, figure, own) : byRow(say, figure, own);
    const header = [say.words(side === null ? "report.option" : "report.row"), ...names];
    const told = side === null ? [] : [say.words("report.side", { side })];
    found.push({ caption: figure.text, header, rows, notes: [...told, ...notes] });
  }
  return found.length || !notes.length ? found : [{ caption: figure.text, header: [say.words("report.group")], rows: [], notes }];
}

/**
 * Groups in as many tables as they need to have room.
 * @param {Say} say @param {Figure} figure @param {number[]} others
 */
function fitting(say, figure, others) {
  /** @type {number[][]} */
  const found = [];
  let left = 0;
  for (const place of others) {
    const group = figure.groups[place];
    const width = group ? Math.max(least(say.group(group)), NUMBER) : NUMBER;
    if (!found.length || width > left) {
      found.push([]);
      left = ROOM - LABEL - NUMBER;
    }
    found.at(-1)?.push(place);
    left -= width;
  }
  return found;
}

/** @param {Say} say @param {Figure} figure @param {number[]} own */
function byOption(say, figure, own) {
  const reads = own.flatMap((place) => {
    const cell = figure.rows[0]?.cells[place];
    return cell ? [say.read(figure, cell)] : [];
  });
  const most = say.words("say.most_one");
  const rows = figure.options.map(({ label }, at) => [label, ...reads.map((read) => (read.most ? (read.most === label ? most : "") : read.count ? (read.parts[at]?.said ?? "") : read.n))]);
  return [...rows, [say.words("report.n"), ...reads.map(({ count }) => say.count(count))]];
}

/** @param {Say} say @param {Figure} figure @param {number[]} own */
const byRow = (say, figure, own) =>
  figure.rows.map(({ label, cells }) => [
    label,
    ...own.map((place) => {
      const cell = cells[place];
      const read = cell && say.read(figure, cell);
      if (!read) return "";
      return read.brief || (read.count ? read.said.high : read.n);
    }),
  ]);
