/** The answers of matched tables as one set: codes, numbers and texts by question, places by name. */

import { doubts } from "./doubts.js";
import { questionsOf } from "./naming.js";
import { PLACE, placer } from "./places.js";
import { readersOf, rowOf, stoppedIn, wholeRows } from "./rows.js";
import { byCode, keysOf } from "./targets.js";
import { Twice, sameTable } from "./twice.js";

/**
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Question} Question
 * @typedef {import("./shapes.js").Set} Answers
 * @typedef {import("./shapes.js").Answer} Answer
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("./match.js").Match} Match
 *
 * `twins` are the survey in other languages, `places` names that have a code already (as in a set to
 * compare with), `whose` the place that all answers of a table are from, by the table's number.
 * @typedef {{label?: string, twins?: Survey[], places?: Record<string, string>, whose?: Record<number, string>}} Options
 */

/**
 * Put the answers of tables together.
 * @param {Sheet[]} sheets
 * @param {Match[]} matches one for each table
 * @param {Survey} survey
 * @param {Options} [options]
 * @returns {Answers}
 */
export function take(sheets, matches, survey, options = {}) {
  const same = byCode([survey, ...(options.twins ?? [])]);
  const keys = keysOf(survey);
  /** @type {Map<string, Answer[]>} */
  const columns = new Map(keys.map((key) => [key, []]));
  const tally = new Tally();
  const twice = new Twice();
  const open = openOf(survey);
  const named = questionsOf(survey).filter((question) => question.open).map(({ code }) => code);
  sheets.forEach((sheet, number) => {
    const found = matches[number];
    if (!found) return;
    if (sheets.slice(0, number).some((other) => sameTable(other, sheet))) {
      tally.notes.push({ key: "same_file", where: sheet.file, count: sheet.rows.length });
      return;
    }
    if (found.wrong) {
      // A workbook may have sheets of other things besides its answers.
      const answered = sheets.some((other, at) => other.file === sheet.file && (at < number || !matches[at]?.wrong));
      if (!answered) tally.notes.push({ key: found.wrong, where: sheet.file });
      return;
    }
    for (const note of [...sheet.notes, ...found.notes]) tally.notes.push({ ...note, where: note.where || sheet.file });
    const rows = sheet.rows.slice(found.skip);
    const readers = readersOf(found, same, rows);
    const whole = wholeRows(sheet, readers, (key) => tally.add(key, sheet.file));
    const been = twice.within(sheet, found, number, named, () => tally.add("alike", sheet.file));
    const stopped = stoppedIn(sheet.header, rows);
    const doubt = doubts(survey, found.columns, (key, where) => tally.add(key, where));
    const name = options.whose?.[number];
    for (const given of rows) {
      const row = whole(given);
      if (!row) continue;
      const { answers, odd, said } = rowOf(row, readers);
      if (!said) tally.add("blank");
      else if (stopped(row)) tally.add("unfinished", sheet.file);
      else if (been(row, answers)) tally.add("twice", sheet.file);
      else {
        for (const [key, where, count] of odd) tally.add(key, where, count);
        doubt(answers);
        if (name && open && !answers.get(open.code)) answers.set(open.code, PLACE + name);
        for (const key of keys) columns.get(key)?.push(answers.get(key) ?? null);
      }
    }
  });
  return finished(survey, columns, tally, options);
}

/** The question of where somebody is from. @param {Survey} survey @returns {Question | undefined} */
export const openOf = (survey) =>
  questionsOf(survey).find(({ code, open }) => open && (!survey.place || code === survey.place));

/**
 * @param {Survey} survey
 * @param {Map<string, Answer[]>} columns
 * @param {Tally} tally
 * @param {Options} options
 * @returns {Answers}
 */
function finished(survey, columns, tally, { label = "", places: given = {} }) {
  /** @type {Record<string, string>} */
  const places = {};
  for (const question of questionsOf(survey).filter(({ open }) => open)) {
    const { codeFor, names, added } = placer(question, columns.get(question.code) ?? [], given);
    columns.set(question.code, (columns.get(question.code) ?? []).map((one) => (isPlace(one) ? codeFor(one.slice(1)) : one)));
    Object.assign(places, names);
    if (added) tally.notes.push({ key: "places_many", count: added });
  }
  const n = [...columns.values()][0]?.length ?? 0;
  return { survey: survey.id, version: survey.version, label, n, columns: Object.fromEntries(columns), places, notes: tally.all() };
}

/** @param {Answer} one @returns {one is string} */
const isPlace = (one) => typeof one === "string" && one.startsWith(PLACE);

/** What was odd, counted by kind and place. */
class Tally {
  constructor() {
    /** @type {Note[]} */
    this.notes = [];
    /** @type {Map<string, {key: string, where: string, count: number}>} */
    this.counts = new Map();
  }

  /** @param {string} key @param {string} [where] @param {number} [count] */
  add(key, where = "", count = 1) {
    const name = `${key}\n${where}`;
    const one = this.counts.get(name) ?? { key, where, count: 0 };
    one.count += count;
    this.counts.set(name, one);
  }

  /** @returns {Note[]} */
  all() {
    return [...this.notes, ...[...this.counts.values()].map(({ key, where, count }) => (where ? { key, where, count } : { key, count }))];
  }
}
