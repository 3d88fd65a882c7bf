/**
 * How wide the columns of a table are, so that no word of a heading is cut, and how much room the
 * whole needs before its rows become cards (`fill.css` has the same sizes).
 */

/** @typedef {import("../files/form.js").Column} Column */

const LETTER = 10; // px of a letter in a heading, and of the room around
const AROUND = 18;
const REST = 94; // per cent; what is over is for the button that takes a row away
// The least that each control needs, in letters.
const LEAST = { date: 13, choice: 10, amount: 8, number: 6, short: 6, long: 7 };
/** @type {[name: string, width: number][]} width in px from where it is a table */
const SIZES = [
  ["few", 520],
  ["some", 760],
  ["many", 920],
  ["most", 1160],
];

/**
 * @param {Column[]} columns
 * @returns {{size: string, shares: number[]}}
 */
export function widths(columns) {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const least = columns.map(({ label, kind }) => {
    const word = Math.max(...label.split(/[\s-]+/).map(({ length }) => length));
    return Math.max(word, LEAST[/** @type {keyof typeof LEAST} */ (kind)] ?? 8) * LETTER + AROUND;
  });
  const needed = least.reduce((sum, one) => sum + one, 0);
  const floor = columns.length > 5 ? 2 : columns.length > 3 ? 1 : 0;
  const fitting = SIZES.findIndex(([, width], at) => at >= floor && needed <= (width * REST) / 100);
  const [size, room] = SIZES[fitting < 0 ? SIZES.length - 1 : fitting] ?? ["most", 1160];
  const wanted = columns.map(({ width }, at) => Math.max((width / whole) * room, least[at] ?? 0));
  const total = wanted.reduce((sum, one) => sum + one, 0);
  // What is wider than it must be gives way first.
  const over = Math.max(0, total - room);
  const spare = wanted.map((one, at) => one - (least[at] ?? 0));
  const gives = spare.reduce((sum, one) => sum + one, 0) || 1;
  const kept = wanted.map((one, at) => one - (over * (spare[at] ?? 0)) / gives);
  const sum = kept.reduce((all, one) => all + one, 0);
  return { size, shares: kept.map((one) => (REST * one) / sum) };
}
