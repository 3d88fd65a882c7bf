/** One table out of raw rows: which rows are its header, which hold nothing, what a cell was. */

import { WrongFile } from "../lib-wrong.js";
import { commonest } from "./csv.js";
import { ownColumn } from "./own.js";

/**
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("./shapes.js").Sheet} Sheet
 */

const LOOKED_AT = 12; // rows that a header is looked for in
const FOLLOWED = 60; // rows below it that tell whether a word is an answer
const MOST_ROWS = 50_000; // more than any survey of a region has; what a browser counts at once
const NARROW = 5; // columns; a table with fewer has rows with few cells
const FOOT = 6; // rows below the answers
const SUMS = /^(sum|total|totalt|totalsum|snitt|gjennomsnitt|average|mean|grand total|antall svar)\s*:?$/i;
const RESPONSE = /^(open-ended )?response$/i; // SurveyMonkey, below a question without parts

/**
 * A table with one header row. Titles above it are left out, two header rows become one
 * («question [part]»), empty rows and columns go, sums below as well. Raises WrongFile where nothing is
 * left.
 * @param {string} file
 * @param {{name: string, rows: string[][], notes: Note[], separator?: string}} page
 * @returns {Sheet}
 */
export function tidied(file, { name, rows: raw, notes, separator }) {
  if (raw.length > MOST_ROWS) throw new WrongFile("Many", name);
  const every = raw.map((row) => row.map(cleaned));
  const rows = every.filter((row) => row.some(Boolean));
  if (!rows.length) throw new WrongFile("Empty", name);
  const top = headerRow(rows);
  if (top) notes.push({ key: "above", count: top });
  const { header, used } = joined(rows.slice(top));
  if (used > 1) notes.push({ key: "two_headers" });
  const below = header.length < NARROW ? 0 : footOf(every);
  if (below) notes.push({ key: "below", count: below });
  const found = rows.slice(top + used, rows.length - below);
  const body = found.filter((row) => !isAgain(row, rows[top] ?? []));
  if (body.length < found.length) notes.push({ key: "header_again", count: found.length - body.length });
  if (!body.some((row) => row.some((cell, at) => cell && !ownColumn(header[at] ?? "")))) throw new WrongFile("Header", name);
  return { file, name, header, rows: even(body, header.length, notes, separator), notes, ...(separator && { separator }) };
}

/**
 * Rows as wide as the header. In a text, one that is wider than the others has an answer that was
 * parted by mistake: it stays as it is, so that it can be put together again.
 * @param {string[][]} rows
 * @param {number} width
 * @param {Note[]} notes
 * @param {string | undefined} separator
 */
function even(rows, width, notes, separator) {
  const usual = Math.max(width, separator ? commonest(rows.map(({ length }) => length)).value : Infinity);
  const ragged = rows.filter((row) => row.length <= usual && row.slice(width).some(Boolean)).length;
  if (ragged) notes.push({ key: "ragged", count: ragged });
  const short = separator ? rows.filter((row) => row.length < Math.min(width, usual)).length : 0;
  if (short && short < rows.length / 2) notes.push({ key: "short", count: short });
  return rows.map((row) => (row.length > usual ? row : fitted(row, width)));
}

/**
 * How many rows at the end are no answers: sums, or a few cells below an empty row.
 * @param {string[][]} every
 */
function footOf(every) {
  const rows = every.slice(0, 1 + every.findLastIndex((row) => row.some(Boolean)));
  const last = rows.findLastIndex((row) => filled(row) > 2);
  const low = rows.slice(last + 1);
  const count = low.filter((row) => row.some(Boolean)).length;
  if (low[0]?.every((cell) => !cell) && count <= FOOT) return count;
  // Without a gap only what calls itself a sum is one, however much stands in its row.
  const end = rows.filter((row) => row.some(Boolean)).slice(-FOOT);
  const sum = end.findIndex((row) => SUMS.test(row.find(Boolean) ?? ""));
  return sum < 0 ? 0 : end.length - sum;
}

/** Whether a row is the header once more, as where two files were put together. @param {string[]} row @param {string[]} header */
function isAgain(row, header) {
  const names = filled(header);
  if (names < 3) return false;
  let same = 0;
  for (let at = 0; at < header.length; at += 1) {
    if (header[at] && header[at] === row[at]) same += 1;
    else if (at > 4 && !same) return false;
  }
  return same >= names * 0.8;
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
    const part = spans && !RESPONSE.test(second[at] ?? "") ? second[at] : "";
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
 * answers, which would come again below among others.
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
  const again = gaps.filter((at) => near.some((row) => row[at] === second[at]));
  // An option with a column of its own has its name in it, and nothing else.
  const marks = again.every((at) => near.every((row) => !row[at] || row[at] === second[at]));
  return !again.length || (marks && second.some((cell) => RESPONSE.test(cell)));
}

/** @param {string | undefined} cell */
const isWord = (cell) => Boolean(cell) && !/^[\d.,:\-T Z]+$/.test(cell ?? "");
