/** What the rows of a matched table say, and which of them are put right or left out. */

import { cellReader } from "./cells.js";
import { isDone } from "./own.js";
import { PLACE } from "./places.js";
import { codeOf } from "./targets.js";
import { blanksOf } from "./values.js";

/**
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {import("./shapes.js").Question} Question
 * @typedef {import("./shapes.js").Answer} Answer
 * @typedef {import("./match.js").Match} Match
 * @typedef {{key: string, index: number, type: string, read: ReturnType<typeof cellReader>, blanks: Set<string>}} Read
 */

const ODD = 0.1; // share of a row's answers that may be unknown, and the row still be in its place

/**
 * What reads each column that is used. `blanks` are the cells of a text that nobody wrote.
 * @param {Match} match
 * @param {Map<string, Question[]>} same
 * @param {string[][]} rows
 * @returns {Read[]}
 */
export function readersOf({ columns, placed }, same, rows) {
  return columns.flatMap(({ key, option, index }) => {
    const questions = same.get(codeOf(key));
    const type = questions?.[0]?.type ?? "";
    if (!key || !questions) return [];
    const blanks = type === "text" ? blanksOf(rows.map((row) => row[index] ?? "")) : new Set("");
    return [{ key, index, type, read: cellReader(questions, placed, option), blanks }];
  });
}

/**
 * What a row says: its answers, what in it is odd, and whether anything was said at all.
 * @param {string[]} row
 * @param {Read[]} readers
 */
export function rowOf(row, readers) {
  /** @type {Map<string, Answer>} */
  const answers = new Map();
  /** @type {[string, string, number][]} */
  const odd = [];
  for (const { key, index, type, read, blanks } of readers) {
    const text = row[index] ?? "";
    if (text === "") continue;
    if (type !== "text") put(answers, key, type, read(text), odd);
    else if (!blanks.has(text)) answers.set(key, text);
  }
  return { answers, odd, said: answers.size > 0 || odd.length > 0 };
}

/**
 * Put what a cell means among a row's answers.
 * @param {Map<string, Answer>} answers
 * @param {string} key
 * @param {string} type
 * @param {import("./cells.js").Cell} cell
 * @param {[string, string, number][]} told
 */
function put(answers, key, type, { codes, odd, number, mended, place }, told) {
  if (odd.length) told.push(["unknown", key, odd.length]);
  if (mended) told.push(["dates", key, 1]);
  if (number !== undefined) answers.set(key, number);
  else if (place) answers.set(key, PLACE + place);
  else if (type !== "multiple" && codes[0]) answers.set(key, codes[0]);
  else if (codes.length) {
    const before = /** @type {string[]} */ (answers.get(key) ?? []);
    answers.set(key, before.length ? [...new Set([...before, ...codes])] : codes);
  }
}

/**
 * Each row as it was before a text in it was parted: the one way of putting a text together again in
 * which the other answers are known. A row that no way fits is left out, not read out of its place.
 * @param {Sheet} sheet
 * @param {Read[]} readers
 * @param {(key: string) => void} tell
 * @returns {(row: string[]) => string[] | undefined}
 */
export function wholeRows({ header, separator = "" }, readers, tell) {
  const texts = readers.filter(({ type }) => type === "text").map(({ index }) => index);
  const oddOf = (/** @type {string[]} */ row) => rowOf(row, readers).odd.length;
  return (row) => {
    const more = row.length - header.length;
    if (more <= 0) return row;
    const joined = texts.filter((at) => row[at]).map((at) => [...row.slice(0, at), row.slice(at, at + more + 1).join(separator), ...row.slice(at + more + 1)]);
    const ways = [...joined, row].map((one) => ({ one, odd: oddOf(one) })).sort((one, other) => one.odd - other.odd);
    const [best] = ways;
    const fits = best !== undefined && best.odd <= readers.length * ODD;
    tell(!fits ? "shifted" : best.one === row ? "ragged" : "rejoined");
    return fits ? best.one : undefined;
  };
}

/**
 * Whether somebody stopped before the end: the answer was never handed in, where others were.
 * @param {string[]} header
 * @param {string[][]} rows
 * @returns {(row: string[]) => boolean}
 */
export function stoppedIn(header, rows) {
  const at = header.findIndex(isDone);
  const some = at >= 0 && rows.some((row) => row[at]);
  return (row) => some && !row[at];
}
