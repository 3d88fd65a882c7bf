/** Answers side by side: a bar for each, or for each group below it, and bars of numbers. */

import { withUnit } from "./alt.js";
import { ACCENT, LINE, MUTED } from "./drawn.js";
import { wide } from "./measure.js";
import { narrow } from "./scene.js";

/** @typedef {import("./scene.js").Plan} Plan */
/** @typedef {import("./scene.js").Line} Line */
/** @typedef {import("./drawn.js").Look} Look */
/** @typedef {{label: string, note?: string, share: number, said: string, look: Look}} Bar a share of the longest bar there is */

const BAR = 18;
const GAP = 10;
const NAMES = 0.42; // of the width, for names before the bars
const SMALL = 13;
/** @type {Look} */
const WHOLE = { fill: ACCENT, edge: ACCENT };
/** @type {Look} of a group beside all */
const GROUP = { fill: { role: "accent", share: 0.35 }, edge: ACCENT };

/** @param {Plan} plan @returns {number} how far down it goes */
export function bars(plan) {
  const { say, figure, width, drawing } = plan;
  const lines = plan.blocks.flatMap((block) => block.lines);
  const reads = lines.map(({ cell }) => say.read(figure, cell));
  const shares = reads.flatMap(({ parts }) => parts.map(({ share }) => share));
  const most = Math.max(0.1, ...shares);
  let top = plan.top;
  for (const [at, { label }] of figure.options.entries()) {
    /** @type {Bar[]} */
    const found = reads.flatMap((read, place) => {
      const part = read.parts[at];
      const named = lines.length > 1 ? (lines[place]?.label ?? "") : label;
      if (!part || !read.count) return [];
      return [{ label: named, share: part.share / most, said: part.said, look: lines.length > 1 && place ? GROUP : WHOLE }];
    });
    if (lines.length > 1) top += drawing.block(0, top, label, width, { bold: true }) + 3;
    for (const bar of found) top = drawBar(plan, bar, top);
    if (lines.length > 1) top += 6;
  }
  return foot(plan, top, lines, reads.map((read) => read.instead || say.about(read)));
}

/**
 * How many answered, line by line, and which are hidden.
 * @param {Plan} plan @param {number} top @param {Line[]} lines @param {string[]} told
 */
function foot({ drawing, width }, top, lines, told) {
  let high = 0;
  for (const [at, text] of told.entries()) {
    const label = lines.length > 1 ? (lines[at]?.label ?? "") : "";
    high += drawing.block(0, top + high, label ? `${label}: ${text}` : text, width, { tone: MUTED, size: SMALL });
  }
  return top + high;
}

/**
 * The mean of each line as a bar, with the median beside it.
 * @param {Plan} plan
 */
export function values(plan) {
  const { say, figure, width, drawing, blocks } = plan;
  const cells = blocks.flatMap(({ lines }) => lines.map(({ cell }) => cell));
  const most = Math.max(0, ...cells.map((cell) => say.read(figure, cell).value ?? 0));
  let top = plan.top;
  for (const { head, lines } of blocks) {
    if (head) top += drawing.block(0, top, head, width, { bold: true }) + 3;
    for (const [place, { label, cell }] of lines.entries()) {
      const read = say.read(figure, cell);
      if (read.instead || !read.mean) {
        top += drawing.block(0, top, `${label}: ${read.instead || read.n}`, width, { tone: MUTED }) + GAP;
        continue;
      }
      const median = say.words("say.median", { value: withUnit(figure, read.median) });
      const note = [say.about(read), median].join(" · ");
      const said = withUnit(figure, read.mean);
      top = drawBar(plan, { label, note, share: most ? (read.value ?? 0) / most : 0, said, look: place ? GROUP : WHOLE }, top);
    }
  }
  return top + drawing.block(0, top, say.words("say.bar_mean"), width, { tone: MUTED, size: SMALL });
}

/** @param {Plan} plan @param {Bar} bar @param {number} top @returns {number} */
function drawBar({ width, drawing }, { label, note = "", share, said, look }, top) {
  const below = narrow(width);
  const names = below ? width : width * NAMES;
  let high = drawing.block(0, top, label, names);
  if (note) high += drawing.block(0, top + high, note, names, { tone: MUTED, size: SMALL });
  const left = below ? 0 : width * NAMES + 14;
  const room = width - left - wide(said, 14, false) - 8;
  const at = below ? top + high + 2 : top + 1;
  const long = Math.max(0, share) * room;
  // No bar at all where nobody answered so: a thin one would look like a few.
  if (long > 0) drawing.rect(left, at, Math.max(long, 1), BAR, look);
  drawing.text(left + long + (long ? 6 : 0), at + 14, said);
  return Math.max(top + high, at + BAR, top + LINE) + GAP;
}
