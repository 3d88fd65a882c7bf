/** Tables that are no answers, whatever the survey: what they are, so that a reader knows what to fetch. */

import { bare } from "./label.js";

/** @typedef {import("./find.js").Finder} Finder */

const LOOKED_AT = 300; // rows
const BESIDE = 4; // columns that may name questions
const MOSTLY = 0.6; // share of a column's cells that name questions, where it is about questions
const AGAIN = 0.4; // share of a header's cells that come again below, where it is an answer
const WIDE = 10; // columns; a list of questions has fewer, a table on its side one for each person
const CODE = /^[A-Z]{2,4}\d{2}([[_/.]\w{1,40}\]?)?$/;
const COUNTS = new Set(["antall", "antal", "antallsvar", "antalsvar", "svar", "count", "counts", "responses", "frequency", "frekvens", "n"]);
const SHARES = new Set(["prosent", "percent", "percentage", "andel", "del", "share", "pct"]);

/**
 * What a table is, as a key of the words on it: "report", "codebook", "long_form", "sideways" or
 * "headless"; "" where it may be answers.
 * @param {{header: string[], rows: string[][]}} sheet
 * @param {Finder} finder
 * @param {number} used columns that the survey has
 */
export function strange({ header, rows }, finder, used) {
  const all = [header, ...rows.slice(0, LOOKED_AT)];
  if (all.some(isReport)) return "report";
  return aboutQuestions(all, finder) || (used < header.length / 5 && isAnswer(header, rows) ? "headless" : "");
}

/** Whether a row is the head of a tool's own counts: one cell for numbers, one for shares. @param {string[]} row */
function isReport(row) {
  const names = row.filter(Boolean).map((cell) => (cell.trim() === "%" ? "percent" : bare(cell.slice(0, 40))));
  return names.length < WIDE && names.some((name) => COUNTS.has(name)) && names.some((name) => SHARES.has(name));
}

/**
 * What a table is whose rows are questions, and not people.
 * @param {string[][]} all
 * @param {Finder} finder
 */
function aboutQuestions(all, finder) {
  const width = Math.max(...all.map(({ length }) => length));
  for (let at = 0; at < Math.min(BESIDE, width); at += 1) {
    const cells = all.map((row) => row[at] ?? "").filter(Boolean);
    const named = cells.map((cell) => nameOf(cell, finder));
    const names = named.filter(Boolean);
    const apart = new Set(names).size;
    if (apart < 3 || names.length < cells.length * MOSTLY) continue;
    if (apart > names.length * 0.9) return width > WIDE ? "sideways" : "codebook";
    const runs = named.filter((name, where) => name && name !== named[where - 1]).length;
    return runs <= apart * 1.2 ? "codebook" : "long_form";
  }
  return "";
}

/** The question, or part of one, that a cell names; a label that many questions have names none. @param {string} cell @param {Finder} finder */
function nameOf(cell, finder) {
  if (CODE.test(cell)) return cell; // of whatever survey
  const found = finder.find(cell, false);
  const [first] = found?.targets ?? [];
  const label = found?.by === "text" && first?.part && found.targets.length === 1 && cell.length < 30;
  return !first || label ? "" : `${first.key}|${first.option}`;
}

/** Whether what should be a header is an answer: its cells come again below. @param {string[]} header @param {string[][]} rows */
function isAnswer(header, rows) {
  const filled = header.flatMap((cell, at) => (cell ? [at] : []));
  const again = filled.filter((at) => rows.slice(0, LOOKED_AT).some((row) => row[at] === header[at]));
  return filled.length >= 3 && again.length >= filled.length * AGAIN;
}
