/** One table out of raw rows: which rows are its header, which hold nothing, what a cell was. */

import { WrongFile } from "../lib-wrong.js";

/**
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("./shapes.js").Sheet} Sheet
 */

const LOOKED_AT = 12; // rows that a header is looked for in
const FOLLOWED = 60; // rows below it that tell whether a word is an answer

/**
 * A table with one header row. Titles above it are left out, two header rows become one
 * («question [part]»), empty rows and columns go. Raises WrongFile where nothing is left.
 * @param {string} file
 * @param {string} name
 * @param {string[][]} raw
 * @param {Note[]} notes
 * @returns {Sheet}
 */
export function tidied(file, name, raw, notes) {
  const rows = raw.map((row) => row.map(cleaned)).filter((row) => row.some(Boolean));
  if (!rows.length) throw new WrongFile("Empty", name);
  const top = headerRow(rows);
  if (top) notes.push({ key: "above", count: top });
  const { header, used } = joined(rows.slice(top));
  if (used > 1) notes.push({ key: "two_headers" });
  const width = header.length;
  const body = rows.slice(top + used);
  if (!body.length) throw new WrongFile("Header", name);
  const ragged = body.filter((row) => row.slice(width).some(Boolean)).length;
  if (ragged) notes.push({ key: "ragged", count: ragged });
  return { file, name, header, rows: body.map((row) => fitted(row, width)), notes };
}

/**
 * A cell's text without white space around it, and without the apostrophe by which a tool has kept a
 * spreadsheet from running it. Nothing else is done to it: it is never more than text.
 * @param {string} cell
 */
const cleaned = (cell) => cell.trim().replace(/^'(?=[=+\-@])/, "");

/** @param {string[]} row @param {number} width */
const fitted = (row, width) => Array.from({ length: width }, (_, at) => row[at] ?? "");

/** @param {string[]} row */
const filled = (row) => row.filter(Boolean).length;

/**
 * Where the header begins: the first row with half as many cells as the fullest one near the top.
 * @param {string[][]} rows
 */
function headerRow(rows) {
  const near = rows.slice(0, LOOKED_AT);
  const most = Math.max(...near.map(filled));
  const found = near.findIndex((row) => filled(row) >= Math.max(1, most / 2));
  // A header whose second row names the parts has gaps, and may be less than half full.
  const before = near[found - 1];
  return before && filled(before) > 1 && looksJoined(before, near[found] ?? [], rows.slice(found + 1)) ? found - 1 : found;
}

/**
 * The header of the first row, or of the first two where the second names what the first has gaps for.
 * @param {string[][]} rows
 * @returns {{header: string[], used: number}}
 */
function joined(rows) {
  const [first = [], second = []] = rows;
  if (!looksJoined(first, second, rows.slice(2))) return { header: trimmed(first), used: 1 };
  const width = Math.max(first.length, second.length);
  let over = "";
  const header = Array.from({ length: width }, (_, at) => {
    over = first[at] || over;
    const spans = isGap(first, at) || (at + 1 < width && isGap(first, at + 1));
    const part = spans ? second[at] : "";
    return part && part !== over ? `${over} [${part}]` : over;
  });
  return { header: trimmed(header), used: 2 };
}

/**
 * Whether a header's cell goes on from the one before it: it is empty, or says the same again.
 * @param {string[]} row
 * @param {number} at
 */
const isGap = (row, at) => !row[at] || (at > 0 && row[at] === row[at - 1]);

/** @param {string[]} row */
function trimmed(row) {
  let width = row.length;
  while (width && !row[width - 1]) width -= 1;
  return row.slice(0, width);
}

/**
 * Whether the second row names parts: it has words under every gap of the first, and these are no
 * answers, which would come again below.
 * @param {string[]} first
 * @param {string[]} second
 * @param {string[][]} below
 */
function looksJoined(first, second, below) {
  const width = Math.max(first.length, second.length);
  const gaps = Array.from({ length: width }, (_, at) => at).filter((at) => isGap(first, at));
  if (!gaps.length || !first[0] || !gaps.every((at) => isWord(second[at]))) return false;
  if (second.some((cell) => cell && !isWord(cell))) return false;
  const near = below.slice(0, FOLLOWED);
  return gaps.every((at) => !near.some((row) => row[at] === second[at]));
}

/** @param {string | undefined} cell */
const isWord = (cell) => Boolean(cell) && !/^[\d.,:\-T Z]+$/.test(cell ?? "");
