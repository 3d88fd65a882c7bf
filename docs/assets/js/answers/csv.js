/** Rows of cells from a text with separators, whichever the tool has chosen. */

import { WrongFile } from "../lib-wrong.js";
import { dsvFormat } from "../vendor/d3-dsv.js";

const SEPARATORS = [";", ",", "\t", "|"];
const MOST_CELLS = 6_000_000; // what a browser has room for; 50,000 answers are less
export const WIDEST = 2_000; // columns; no survey has as many
const SAMPLE = 40; // lines that the separator is found from

/**
 * The cells of a text. A quotation mark that is opened and never closed swallows the rows after it,
 * so such a file is refused.
 * @param {string} text
 * @returns {{rows: string[][], separator: string}}
 */
export function csvRows(text) {
  const said = /^sep=(.)\r?\n/.exec(text); // Excel's own line
  const body = oldEnds(said ? text.slice(said[0].length) : text);
  const separator = said?.[1] ?? separatorOf(body);
  if (body.length > MOST_CELLS && count(body, separator) > MOST_CELLS) throw new WrongFile("Large");
  const rows = dsvFormat(separator).parseRows(body);
  if (rows.some((row) => row.length > WIDEST)) throw new WrongFile("Wide");
  const width = rows[0]?.length ?? 0;
  rows.forEach((row, at) => {
    if (row.some((cell) => swallows(cell, separator, width))) throw new WrongFile("Quotes", at + 1);
  });
  if (body !== text) for (const row of rows) row.forEach((cell, at) => (row[at] = cell.replaceAll(WITHIN, "\n")));
  return { rows, separator };
}

const WITHIN = "\u2028"; // a line within a cell

/**
 * A text whose rows end as on Macs of old: a line feed in it is within a cell.
 * @param {string} text
 */
function oldEnds(text) {
  const start = text.slice(0, 100_000);
  const old = start.split("\r").length > start.split("\n").length && !start.includes("\r\n");
  return old ? text.replaceAll("\n", WITHIN) : text;
}

/**
 * Whether a cell has rows in it. Few columns may be what somebody wrote, once.
 * @param {string} cell
 * @param {string} separator
 * @param {number} width
 */
function swallows(cell, separator, width) {
  if (width < 3 || !cell.includes("\n")) return false;
  const lines = cell.split("\n").slice(1);
  const rows = lines.filter((line) => line.split(separator).length >= Math.max(3, width * 0.8));
  return rows.length > (width < 8 ? 1 : 0);
}

/** How many cells and lines there are. @param {string} text @param {string} separator */
function count(text, separator) {
  const code = separator.charCodeAt(0);
  let found = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === code || letter === 10) found += 1;
  }
  return found;
}

/**
 * What there is most of, the largest of those; a quotation mark that is never closed makes one row odd.
 * @param {number[]} numbers
 */
export function commonest(numbers) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1);
  const best = [...counts].sort(([one, many], [other, more]) => more - many || other - one)[0];
  return { value: best?.[0] ?? 0, count: best?.[1] ?? 0 };
}

/**
 * The separator that makes the first rows alike: most columns, in as many rows as possible.
 * @param {string} text
 */
function separatorOf(text) {
  const start = text.slice(0, 200_000);
  let best = { separator: ";", worth: 0 };
  for (const separator of SEPARATORS) {
    const rows = dsvFormat(separator).parseRows(start).filter((row) => row.some(Boolean)).slice(0, SAMPLE);
    const { value: width, count: same } = commonest(rows.map((row) => row.length));
    if (width < 2) continue;
    const alike = same / rows.length;
    const worth = alike * Math.log2(width);
    if (worth > best.worth) best = { separator, worth };
  }
  return best.separator;
}
