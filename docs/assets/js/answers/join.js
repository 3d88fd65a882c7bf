/**
 * Puts sets of answers to the same survey together, such as a file from each municipality. What is
 * shown of the files and of all must come from here: all less some files would else tell of others.
 */

import { PARTS } from "./groups.js";
import { codes, MORE, questionsOf } from "./questions.js";

/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Set} AnswerSet */
/** @typedef {import("./shapes.js").Answer} Answer */
/** @typedef {import("./shapes.js").Question} Question */

/**
 * A key that is in some of the sets is missing in the others. Names of open options are told apart
 * by the name: the first blank of one file may be another municipality than that of the next.
 * @param {Survey} survey
 * @param {AnswerSet[]} sets
 * @param {string} label
 * @returns {AnswerSet}
 */
export function join(survey, sets, label) {
  const open = questionsOf(survey).flatMap(({ question }) => (question.open ? [question] : []));
  /** @type {{[code: string]: string}} */
  const places = {};
  const codesOf = sets.map((set) => new Map(open.map((one) => [one.code, renamed(one, set, places)])));
  const keys = [...new Set(sets.flatMap((set) => Object.keys(set.columns)))];
  /** @type {AnswerSet["columns"]} */
  const columns = {};
  for (const key of keys) {
    columns[key] = sets.flatMap((set, at) => {
      const column = set.columns[key] ?? new Array(set.n).fill(null);
      const now = codesOf[at]?.get(key);
      return now ? column.map((answer) => translated(answer, now)) : column;
    });
  }
  columns[PARTS] = sets.flatMap((set, at) => new Array(set.n).fill(String(at + 1)));
  return {
    survey: survey.id,
    version: sets[0]?.version ?? survey.version,
    label,
    n: sets.reduce((n, set) => n + set.n, 0),
    columns,
    places,
    notes: sets.flatMap(({ label: from, notes }) => notes.map((note) => ({ where: from, ...note }))),
    parts: sets.map((set) => set.label),
  };
}

/**
 * The code that each open option of a set has among all sets; the names found are put in `places`.
 * @param {Question} question
 * @param {AnswerSet} set
 * @param {{[code: string]: string}} places
 */
function renamed(question, set, places) {
  const free = question.options.map(({ code }) => code);
  const last = free.at(-1) ?? "";
  /** @type {Map<string, string>} */
  const found = new Map();
  const used = new Set((set.columns[question.code] ?? []).flatMap(codes));
  for (const code of [...used].sort((one, other) => free.indexOf(one) - free.indexOf(other))) {
    const name = set.places[code] ?? question.options.find((one) => one.code === code)?.label;
    if (name === undefined) continue;
    const known = Object.keys(places).find((one) => same(places[one] ?? "", name));
    let now = known ?? (places[code] === undefined ? code : free.find((one) => places[one] === undefined));
    for (let more = 1; now === undefined; more += 1) {
      if (places[last + MORE + more] === undefined) now = last + MORE + more;
    }
    places[now] = name;
    found.set(code, now);
  }
  return found;
}

/** @param {string} one @param {string} other */
const same = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();

/** @param {Answer} answer @param {Map<string, string>} now @returns {Answer} */
const translated = (answer, now) => {
  if (Array.isArray(answer)) return answer.map((code) => now.get(code) ?? code);
  return typeof answer === "string" ? (now.get(answer) ?? answer) : answer;
};
