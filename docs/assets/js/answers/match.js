/** How a table fits a survey: what each column holds, what is missing, and answers that are none. */

import { cellReader } from "./cells.js";
import { columnsOf, repeats } from "./columns.js";
import { Finder } from "./find.js";
import { fold } from "./label.js";
import { questionsOf } from "./naming.js";
import { ownColumn, toolOf } from "./own.js";
import { notesOf } from "./remarks.js";
import { several } from "./several.js";
import { strange } from "./strange.js";
import { byCode, codeOf, keysOf } from "./targets.js";
import { Reader, isNothing } from "./values.js";

/**
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Column} Column
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("./shapes.js").Question} Question
 *
 * `skip` rows at the top are headings, too. `placed` where numbers are the places of options.
 * `notes` are about this match: what a reader should know before counting. `wrong` is what the table is
 * where it is no answers to this survey, as a key of a note; it is gone once a column is matched by hand.
 * @typedef {import("./shapes.js").Match & {skip: number, placed: boolean, notes: Note[], wrong: string}} Match
 */

const HEADINGS = 3; // rows below the header that may be headings, too
const SAMPLE = 300; // rows that tell what numbers mean

/**
 * Match a table with a survey. `twins` are the same survey in other languages.
 * @param {Sheet} sheet
 * @param {Survey} survey
 * @param {Survey[]} [twins]
 * @returns {Match}
 */
export function match(sheet, survey, twins = []) {
  const surveys = [survey, ...twins];
  const finder = new Finder(surveys);
  const first = columnsOf(sheet.header, finder);
  // Rows below are looked at only where the header names little.
  const below = used(first) < sheet.header.length / 2 ? sheet.rows.slice(0, HEADINGS) : [];
  const tries = [first, ...below.map((row) => columnsOf(row, finder))];
  const counts = tries.map(used);
  const best = counts.indexOf(Math.max(...counts));
  const columns = tries[best] ?? [];
  const wrong = used(columns) < sheet.header.length / 2 ? strange(sheet, finder, used(columns)) : "";
  if (wrong) return again(sheet, { columns: unused(first), skip: 0, wrong }, survey, twins);
  // A row of headings may stand below the one that fits best: codes above, texts below.
  let skip = best;
  while (skip < sheet.rows.length && skip < best + HEADINGS && repeats(sheet.rows[skip] ?? [], columns, finder)) skip += 1;
  return again(sheet, { columns, skip }, survey, twins);
}

/** @param {Column[]} columns */
const used = (columns) => columns.filter(({ key }) => key).length;

/** @param {Column[]} columns @returns {Column[]} */
const unused = (columns) => columns.map(({ index, header }) => ({ index, header, key: "", by: "" }));

/**
 * The match of columns that are decided, as when the reader has changed one by hand.
 * @param {Sheet} sheet
 * @param {{columns: Column[], skip: number, wrong?: string}} match
 * @param {Survey} survey
 * @param {Survey[]} [twins]
 * @returns {Match}
 */
export function again(sheet, { columns, skip, wrong = "" }, survey, twins = []) {
  const surveys = [survey, ...twins];
  const same = byCode(surveys);
  const placed = isPlaced(sheet, columns, skip, same);
  const found = new Set(columns.map(({ key }) => key));
  const keys = keysOf(survey);
  const missing = keys.filter((key) => !found.has(key));
  const coded = columns.some(({ by }) => by === "code");
  const unknown = unknownOf(sheet, columns, skip, same, placed);
  const language = languageOf(sheet, columns, surveys);
  const notes = notesOf(sheet, { columns, skip, placed, other: language !== "" && language !== survey.language }, new Finder(surveys));
  return {
    survey: survey.id, columns, missing, unknown, skip, placed, notes,
    wrong: used(columns) ? "" : wrong || "nothing",
    tool: toolOf(columns.map(({ header }) => header), coded),
    language,
    score: scoreOf(keys.length - missing.length, keys.length, columns),
  };
}

/**
 * Which surveys a table looks like, the likeliest first; those that it has nothing of are left out.
 * @param {Sheet} sheet
 * @param {Survey[]} surveys also in several languages
 * @returns {{id: string, title: string, score: number}[]}
 */
export function likeliest(sheet, surveys) {
  const ids = [...new Set(surveys.map(({ id }) => id))];
  return ids
    .map((id) => {
      const [first, ...twins] = surveys.filter((survey) => survey.id === id);
      const score = first ? match({ ...sheet, rows: sheet.rows.slice(0, SAMPLE) }, first, twins).score : 0;
      return { id, title: first?.title ?? id, score };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
}

/**
 * How well it fits: of the survey's questions and of the columns that look like some, how many fit.
 * @param {number} found
 * @param {number} all
 * @param {Column[]} columns
 */
function scoreOf(found, all, columns) {
  const asked = columns.filter(({ key, header }) => key || (header && !ownColumn(header)));
  if (!found || !asked.length) return 0;
  const [recall, precision] = [found / all, used(asked) / asked.length];
  return (2 * recall * precision) / (recall + precision);
}

/**
 * Whether the numbers in a table are the options' places: more answers are numbers alone than codes or labels.
 * @param {Sheet} sheet
 * @param {Column[]} columns
 * @param {number} skip
 * @param {Map<string, Question[]>} same
 */
function isPlaced(sheet, columns, skip, same) {
  let numbers = 0;
  let words = 0;
  for (const { key, option, index } of columns) {
    const questions = same.get(codeOf(key));
    const type = questions?.[0]?.type ?? "";
    if (!questions || option || !["single", "matrix", "multiple"].includes(type)) continue;
    const reader = new Reader(questions);
    for (const row of sheet.rows.slice(skip, skip + SAMPLE)) {
      const text = row[index] ?? "";
      if (isNothing(text) || text.length > 400) continue;
      if (/^\d{1,2}([.,]0+)?([;,\s]+\d{1,2})*;?$/.test(text)) numbers += 1;
      else if (type === "multiple" ? several(reader, text).codes.length : reader.one(text)) words += 1;
    }
  }
  return numbers > words;
}

/** @param {Sheet} sheet @param {Column[]} columns @param {number} skip @param {Map<string, Question[]>} same @param {boolean} placed */
function unknownOf(sheet, columns, skip, same, placed) {
  /** @type {Map<string, {key: string, value: string, count: number}>} */
  const unknown = new Map();
  for (const { key, option, index } of columns) {
    const questions = same.get(codeOf(key));
    if (!questions) continue;
    const read = cellReader(questions, placed, option);
    for (let at = skip; at < sheet.rows.length; at += 1) {
      // A row that is too long is out of its place: `take` puts it right.
      if ((sheet.rows[at]?.length ?? 0) > sheet.header.length) continue;
      const { odd } = read(sheet.rows[at]?.[index] ?? "");
      for (const value of odd) {
        const name = `${key}\n${value}`;
        const one = unknown.get(name) ?? { key, value, count: 0 };
        one.count += 1;
        unknown.set(name, one);
      }
    }
  }
  return [...unknown.values()];
}

/**
 * The language of the texts in a table: of its headings, or else of its answers; "" where only codes are.
 * @param {Sheet} sheet
 * @param {Column[]} columns
 * @param {Survey[]} surveys
 */
function languageOf(sheet, columns, surveys) {
  const said = new Set([...columns.map(({ header }) => header), ...new Set(sheet.rows.slice(0, SAMPLE / 5).flat())].map(fold));
  const joined = columns.map(({ header }) => fold(header)).join("\n");
  const scores = surveys.map(({ language, themes }) => {
    const questions = questionsOf(/** @type {Survey} */ ({ themes }));
    const texts = questions.map(({ text }) => fold(text)).filter((text) => joined.includes(text)).length;
    const labels = questions.flatMap(({ options, rows }) => [...options, ...rows]).filter(({ label }) => said.has(fold(label))).length;
    return { language, texts, worth: texts * 3 + labels };
  });
  const best = scores.sort((one, other) => other.worth - one.worth)[0];
  return best?.worth ? best.language : "";
}
