/**
 * Counts the answers of a set, question by question and group by group. What comes out is not
 * protected and is shown to nobody: `protect` makes the figures of it.
 */

import { groupingsOf } from "./groups.js";
import { codes, isParted, keysOf, questionsOf, whoIsAsked } from "./questions.js";
import { moments, sum, toldBy } from "./tally.js";

/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Set} AnswerSet */
/** @typedef {import("./shapes.js").Question} Question */
/** @typedef {import("./shapes.js").Shown} Shown */
/** @typedef {import("./shapes.js").Answer} Answer */

/** @typedef {import("./groups.js").Grouping} Grouping */

/**
 * The answers of one key. `state` of each: NOT_ASKED, MISSING or the place of the option; of
 * several, the first that counts. `cells[j]` are of the groups of the grouping j.
 * @typedef {{key: string, label: string, state: Int16Array, all: Shown, cells: Shown[][]}} Counted
 */
/** @typedef {{question: Question, theme: string, counting: boolean[], rows: Counted[]}} Line */
/** @typedef {{survey: Survey, set: AnswerSet, groupings: Grouping[], lines: Line[]}} Count */

export const NOT_ASKED = -2;
export const MISSING = -1;

/**
 * @param {Survey} survey
 * @param {AnswerSet} set
 * @returns {Count}
 */
export function count(survey, set) {
  const all = questionsOf(survey, set);
  const asked = whoIsAsked(
    new Map(all.map(({ question }) => [question.code, question])),
    set,
  );
  const groupings = groupingsOf(survey, set);
  const aside = new Set(survey.aside);
  const lines = all
    .filter(({ question }) => question.type !== "text")
    .map(({ theme, question }) => {
      const counting = question.options.map(({ code }) => !aside.has(code));
      const parted = isParted(survey, question) ? groupings : [];
      const rows = keysOf(question)
        .filter(({ key }) => set.columns[key])
        .map(({ key, label }) => ({
          key,
          label,
          ...row(question, counting, set.columns[key] ?? [], asked(question), parted),
        }));
      return { question, theme, counting, rows };
    })
    .filter(({ rows }) => rows.length);
  return { survey, set, groupings, lines };
}

/**
 * @param {Question} question
 * @param {boolean[]} counting
 * @param {Answer[]} column
 * @param {Uint8Array} asked
 * @param {Grouping[]} groupings
 */
function row(question, counting, column, asked, groupings) {
  const { state, chosen } = statesOf(question, counting, column, asked);
  const everyone = { groups: [null], of: new Int32Array(asked.length) };
  const [all, ...cells] = [everyone, ...groupings].map(({ groups, of }) =>
    tallies(groups.length, of, state, chosen, question.options.length).map((tally) =>
      cell(question, counting, tally),
    ),
  );
  const whole = /** @type {Shown} */ (all?.[0]);
  if (question.type === "number") {
    const values = column.filter((_, at) => state[at] === 0);
    Object.assign(whole, moments(values.map((value) => [Number(value), 1])));
  }
  return { state, all: whole, cells };
}

/**
 * What each answered. `chosen` has the options that count, where there may be several.
 * @param {Question} question
 * @param {boolean[]} counting
 * @param {Answer[]} column
 * @param {Uint8Array} asked
 */
function statesOf(question, counting, column, asked) {
  const places = new Map(question.options.map(({ code }, at) => [code, at]));
  const state = new Int16Array(asked.length).fill(NOT_ASKED);
  /** @type {number[][]} */
  const chosen = [];
  for (let at = 0; at < asked.length; at += 1) {
    if (!asked[at]) continue;
    const answer = column[at];
    if (question.type === "number") {
      state[at] = typeof answer === "number" && Number.isFinite(answer) ? 0 : MISSING;
      continue;
    }
    const found = [...new Set(codes(answer))].flatMap((code) => places.get(code) ?? []).sort(byNumber);
    const counts = found.filter((option) => counting[option]);
    state[at] = counts[0] ?? found[0] ?? MISSING;
    if (question.type === "multiple") chosen[at] = counts;
  }
  return { state, chosen };
}

/** @param {number} one @param {number} other */
const byNumber = (one, other) => one - other;

/** @typedef {{missing: number, people: number[], counts: number[]}} Tally */

/**
 * `people` are parted by their state, so each is there once; `counts` are of what was chosen.
 * @param {number} groups
 * @param {Int32Array} of
 * @param {Int16Array} state
 * @param {number[][]} chosen
 * @param {number} options
 * @returns {Tally[]}
 */
function tallies(groups, of, state, chosen, options) {
  const none = () => new Array(Math.max(options, 1)).fill(0);
  const found = Array.from({ length: groups }, () => ({ missing: 0, people: none(), counts: none() }));
  for (let at = 0; at < state.length; at += 1) {
    const now = state[at] ?? NOT_ASKED;
    const tally = found[of[at] ?? 0];
    if (now === NOT_ASKED || !tally) continue;
    if (now === MISSING) tally.missing += 1;
    else {
      tally.people[now] = (tally.people[now] ?? 0) + 1;
      for (const option of chosen[at] ?? [now]) tally.counts[option] = (tally.counts[option] ?? 0) + 1;
    }
  }
  return found;
}

/**
 * @param {Question} question
 * @param {boolean[]} counting
 * @param {Tally} tally
 * @returns {Shown}
 */
function cell(question, counting, { missing, people, counts }) {
  if (question.type === "number") {
    const n = sum(people);
    return { n, asked: n + missing, missing, aside: {}, counts: {} };
  }
  const n = sum(people.filter((_, at) => counting[at]));
  /** @type {Shown} */
  const found = { n, asked: missing + sum(people), missing, aside: {}, counts: {} };
  for (const [at, { code }] of question.options.entries()) {
    if (counting[at]) found.counts[code] = counts[at] ?? 0;
    else found.aside[code] = people[at] ?? 0;
  }
  return Object.assign(found, toldBy(question, counts.filter((_, at) => counting[at])));
}
