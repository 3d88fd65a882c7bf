/**
 * How wide the columns of a table are, so that no word of a heading is cut, and how much room the
 * whole needs before its rows become cards.
 */

/** @typedef {import("../files/form.js").Column} Column */

const LETTER = 10; // px of a letter in a heading, and of the room around
const AROUND = 18;
const REST = 94; // per cent; what is over is for the button that takes a row away
// The least that each control needs, in letters.
const LEAST = { date: 13, choice: 10, amount: 8, number: 6, short: 6, long: 7 };
const ROOMS = [520, 760, 920, 1160]; // px from where it is a table, where a rem is 20 of them

/**
 * @param {Column[]} columns
 * @returns {{room: number, shares: number[]}} px, and per cent of the width for each column
 */
export function widths(columns) {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const least = columns.map(({ label, kind }) => {
    const word = Math.max(...label.split(/[\s-]+/).map(({ length }) => length));
    return Math.max(word, LEAST[/** @type {keyof typeof LEAST} */ (kind)] ?? 8) * LETTER + AROUND;
  });
  const needed = least.reduce((sum, one) => sum + one, 0);
  const floor = columns.length > 5 ? 2 : columns.length > 3 ? 1 : 0;
  const fits = ROOMS.find((width, at) => at >= floor && needed <= (width * REST) / 100);
  const room = fits ?? Math.max(...ROOMS);
  const wanted = columns.map(({ width }, at) => Math.max((width / whole) * room, least[at] ?? 0));
  const total = wanted.reduce((sum, one) => sum + one, 0);
  // What is wider than it must be gives way first.
  const over = Math.max(0, total - room);
  const spare = wanted.map((one, at) => one - (least[at] ?? 0));
  const gives = spare.reduce((sum, one) => sum + one, 0) || 1;
  const kept = wanted.map((one, at) => one - (over * (spare[at] ?? 0)) / gives);
  const sum = kept.reduce((all, one) => all + one, 0);
  return { room, shares: kept.map((one) => (REST * one) / sum) };
}

/**
 * Show a table's rows as cards while what it stands in has less room than it needs.
 * @param {Element} place
 * @param {Element} table
 * @param {number} room
 */
export function cardsBelow(place, table, room) {
  new ResizeObserver(([entry]) => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    table.classList.toggle("fill__table--cards", (entry?.contentRect.width ?? 0) <= (room * rem) / 20);
  }).observe(place);
}
