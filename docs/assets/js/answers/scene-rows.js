/**
 * Answers that go from least to most: one bar a line, parted by answer. With a middle, the bars
 * diverge from it; without, they fill up from the left. «Vet ikke» is told of beside the number of
 * answers, never in the bar.
 */

import { ACCENT, MUTED, PAPER } from "./drawn.js";
import { narrow } from "./scene.js";

/** @typedef {import("./scene.js").Plan} Plan */
/** @typedef {import("./scene.js").Line} Line */
/** @typedef {import("./drawn.js").Look} Look */
/** @typedef {import("./say.js").Reading} Reading */

const BAR = 20;
const SMALL = 13;
const ENDS = 52; // room for a share beside a bar
const GAP = 14; // between lines
const [NAMES, NAMES_WIDE] = [0.34, 0.42]; // of the width, for names before the bars
const WIDE = 700; // where there is room for both on one line

/** @param {Plan} plan @returns {number} how far down it goes */
export function rows(plan) {
  const { say, figure, width, drawing, blocks } = plan;
  const { options } = figure;
  const reads = blocks.flatMap(({ lines }) => lines.map(({ cell }) => say.read(figure, cell)));
  const diverging = reads.some(({ sides }) => sides);
  const looks = options.map((_, at) => (diverging ? side(at, options.length) : step(at, options.length)));
  let top = plan.top + drawing.legend(plan.top, width, options.map(({ label }, at) => ({ label, look: looks[at] ?? step(0, 1) }))) + GAP;
  const [left, right] = plot(width);
  const bar = { left, right, reach: diverging ? reach(reads) : 0, looks };
  const from = top;
  /** @type {[number, number][]} where bars and texts are */
  const shown = [];
  for (const { head, lines } of blocks) {
    if (head) {
      const high = drawing.block(0, top, head, width, { bold: true }) + 5;
      shown.push([top, top + high]);
      top += high;
    }
    for (const line of lines) {
      const next = drawLine(plan, line, top, bar);
      shown.push([next.bar, next.drawn ? next.bar + BAR : next.top + GAP]);
      top = next.top + GAP;
    }
  }
  if (diverging) middle(plan, bar, from, top - GAP, shown);
  if (!reads.some(({ count, instead }) => count && !instead)) return top - GAP;
  return top + drawing.block(0, top - 4, say.words(diverging ? "say.ends" : "say.edges"), width, { tone: MUTED, size: SMALL }) - 4;
}

/** How much of the width names have. @param {number} width */
const named = (width) => width * (width < WIDE ? NAMES : NAMES_WIDE);

/** Where bars begin and end. @param {number} width @returns {[number, number]} */
const plot = (width) => (narrow(width) ? [ENDS, width - ENDS] : [named(width) + ENDS + 14, width - ENDS]);

/** The longest that a bar goes to one side, of all that a bar is. @param {Reading[]} reads */
const reach = (reads) =>
  Math.max(0.25, ...reads.flatMap(({ sides }) => (sides ? [sides.low + sides.mid / 2, sides.high + sides.mid / 2] : [])));

/**
 * @param {Plan} plan @param {Line} line @param {number} top
 * @param {{left: number, right: number, reach: number, looks: Look[]}} bar
 */
function drawLine({ say, figure, width, drawing }, { label, cell }, top, { left, right, reach, looks }) {
  const read = say.read(figure, cell);
  const below = narrow(width);
  const names = below ? width : named(width);
  let high = drawing.block(0, top, label, names);
  if (!read.instead) high += drawing.block(0, top + high, say.about(read), names, { tone: MUTED, size: SMALL });
  const at = below ? top + high + 4 : top + 1;
  if (read.instead || !read.count) {
    const room = below ? width : width - named(width) - 14;
    const told = read.instead ? drawing.block(below ? 0 : named(width) + 14, below ? top + high : top, read.instead, room, { tone: MUTED }) : 0;
    return { top: below ? top + high + told : top + Math.max(high, told), bar: at, drawn: false };
  }
  const scale = reach ? (right - left) / 2 / reach : right - left;
  const { low = 0, mid = 0 } = read.sides ?? {};
  let x = reach ? (left + right) / 2 - (low + mid / 2) * scale : left;
  const begin = x;
  for (const [place, { share }] of read.parts.entries()) {
    const look = looks[place];
    if (look && share) drawing.rect(x, at, share * scale, BAR, look);
    x += share * scale;
  }
  if (reach) {
    drawing.text(begin - 6, at + 15, read.said.low, { anchor: "end" });
    drawing.text(x + 6, at + 15, read.said.high);
  } else ends(drawing, read, begin, x, at);
  return { top: Math.max(top + high, at + BAR), bar: at, drawn: true };
}

/** The shares of the first and the last answer. @param {import("./drawn.js").Drawing} drawing @param {Reading} read @param {number} begin @param {number} end @param {number} at */
function ends(drawing, { parts }, begin, end, at) {
  drawing.text(begin - 6, at + 15, parts[0]?.said ?? "", { anchor: "end" });
  drawing.text(end + 6, at + 15, parts.at(-1)?.said ?? "");
}

/**
 * The middle, as a line between the bars and never through them or through a text.
 * @param {Plan} plan @param {{left: number, right: number}} bar @param {number} from @param {number} to @param {[number, number][]} shown
 */
function middle({ drawing, width }, { left, right }, from, to, shown) {
  if (narrow(width)) return; // names stand in its way
  const x = (left + right) / 2;
  let y = from - 5;
  for (const [begin, end] of shown) {
    if (begin > y) drawing.upright(x, y, begin);
    y = end;
  }
  if (to > y) drawing.upright(x, y, to);
}

/**
 * How an answer looks on its side of the middle: the further out the darker, the low side hatched.
 * @param {number} at @param {number} count
 * @returns {Look}
 */
export function side(at, count) {
  const half = Math.floor(count / 2);
  const far = at < half ? half - at : at - (count - half) + 1; // 1 is nearest to the middle
  if (far < 1 || (at >= half && at < count - half)) return { fill: { role: "muted", share: 0.04 }, edge: MUTED };
  const strong = far === half;
  const share = strong ? 1 : (far / half) * 0.6;
  return at < half
    ? { fill: { role: "muted", share: far === 1 && !strong ? 0.06 : share }, edge: MUTED, hatch: strong ? PAPER : MUTED }
    : { fill: { role: "accent", share }, edge: ACCENT };
}

/**
 * How an answer looks where there is no middle: from light to dark.
 * @param {number} at @param {number} count
 * @returns {Look}
 */
export const step = (at, count) => ({ fill: { role: "accent", share: count < 2 ? 1 : 0.08 + (0.92 * at) / (count - 1) }, edge: ACCENT });
