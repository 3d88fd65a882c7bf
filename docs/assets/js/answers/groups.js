/** Parts those who answered into groups, by a question or by the set that an answer came from. */

import { codes, groupingCodes, questionsOf } from "./questions.js";

/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Set} AnswerSet */
/** @typedef {import("./shapes.js").Group} Group */

/** One way to part those who answered: `of` is the place in `groups` of each.
 * @typedef {{by: string, groups: Group[], of: Int32Array}} Grouping */

/** A grouping's codes for the sets that were put together, and for who did not say. */
export const PARTS = "@";
export const UNSAID = "-";

/**
 * Everyone in one group of each grouping. A group with nobody in it is left out, and so is a
 * grouping where nobody said.
 * @param {Survey} survey
 * @param {AnswerSet} set
 * @returns {Grouping[]}
 */
export function groupingsOf(survey, set) {
  const found = new Map(questionsOf(survey, set).map(({ question }) => [question.code, question]));
  const ways = groupingCodes(survey).map((by) => ({
    by,
    named: found.get(by)?.options.filter(({ code }) => !survey.aside.includes(code)) ?? [],
  }));
  const parts = (set.parts ?? []).map((label, at) => ({ code: String(at + 1), label }));
  return [{ by: PARTS, named: parts }, ...ways]
    .filter(({ by, named }) => set.columns[by] && named.length)
    .map(({ by, named }) => grouping(by, named, set))
    .filter(({ groups }) => groups.some(({ code }) => code !== UNSAID));
}

/**
 * @param {string} by
 * @param {{code: string, label: string}[]} named
 * @param {AnswerSet} set
 * @returns {Grouping}
 */
function grouping(by, named, set) {
  const whole = [...named, { code: UNSAID, label: "" }];
  const places = new Map(whole.map(({ code }, at) => [code, at]));
  const unsaid = whole.length - 1;
  const said = Array.from({ length: set.n }, (_, at) => {
    const code = codes(set.columns[by]?.[at])[0];
    return (code === undefined ? undefined : places.get(code)) ?? unsaid;
  });
  const sizes = whole.map(() => 0);
  for (const place of said) sizes[place] = (sizes[place] ?? 0) + 1;
  /** @type {number[]} */
  const moved = [];
  /** @type {Group[]} */
  const groups = [];
  for (const [at, { code, label }] of whole.entries()) {
    const n = sizes[at] ?? 0;
    moved.push(groups.length);
    if (n) groups.push({ by, code, label, n });
  }
  return { by, groups, of: Int32Array.from(said, (place) => moved[place] ?? 0) };
}
