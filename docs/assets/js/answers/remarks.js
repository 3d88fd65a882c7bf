/** What a reader should know of a match before counting: what is left out, guessed, or there twice. */

import { ownColumn } from "./own.js";

/**
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {import("./shapes.js").Column} Column
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("./find.js").Finder} Finder
 */

const CODE = /^[A-Z]{2,4}\d{2}(?=$|[[_/.:-])/;
const SHOWN = 5; // headings that are named
const LONGEST = 40; // letters of each

/**
 * @param {Sheet} sheet
 * @param {{columns: Column[], skip: number, placed: boolean, other: boolean}} match `other`: the texts are
 *   in another language
 * @param {Finder} finder
 * @returns {Note[]}
 */
export function notesOf({ rows }, { columns, skip, placed, other }, finder) {
  /** @type {Note[]} */
  const notes = [];
  const body = rows.slice(skip);
  const rest = columns.filter(({ key, header: name, index }) => !key && name && body.some((row) => row[index]));
  const told = (/** @type {string} */ key, /** @type {Column[]} */ some) => {
    if (some.length) notes.push({ key, where: named(some), count: some.length });
  };
  if (placed) notes.push({ key: "numbers" });
  told("persons", columns.filter(({ key, header: name }) => !key && name && ownColumn(name) === "person"));
  const numbered = columns.filter(({ by }) => by === "number").length;
  if (numbered) notes.push({ key: "numbered", count: numbered });
  if (other) notes.push({ key: "language" });
  const free = rest.filter(({ header: name }) => !ownColumn(name));
  const foreign = free.filter(({ header: name }) => CODE.test(name) && !finder.codes.has(CODE.exec(name)?.[0] ?? ""));
  told("codes", foreign);
  const double = free.filter((one) => !foreign.includes(one) && differs(one, columns, body, finder));
  told("double", double);
  told("unused", free.filter((one) => !foreign.includes(one) && !double.includes(one) && !finder.find(one.header, false)));
  return notes;
}

/** @param {Column[]} columns */
function named(columns) {
  const names = columns.slice(0, SHOWN).map(({ header }) => (header.length > LONGEST ? `${header.slice(0, LONGEST)}\u2026` : header));
  return names.join(", ") + (columns.length > SHOWN ? " \u2026" : "");
}

/**
 * Whether a column is a question that another one is already, and says something else.
 * @param {Column} column
 * @param {Column[]} columns
 * @param {string[][]} body
 * @param {Finder} finder
 */
function differs({ header, index }, columns, body, finder) {
  const targets = finder.find(header, false)?.targets ?? [];
  const used = columns.filter(({ key, option = "" }) => targets.some((one) => one.key === key && one.option === option));
  return used.length > 0 && used.every((one) => body.some((row) => row[index] && row[index] !== row[one.index]));
}
