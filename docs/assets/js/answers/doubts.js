/** What in an answer does not go with the survey's own rules. It is told of; `count` decides what counts. */

import { questionsOf } from "./naming.js";
import { codeOf } from "./targets.js";

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Column} Column
 * @typedef {import("./shapes.js").Question} Question
 * @typedef {import("./shapes.js").Answer} Answer
 */

const NONE = "ingen"; // the code of an answer that stands for none of the others

/**
 * Looks through answers: more chosen than may be, «none» together with others, and answers to what
 * the condition did not let them be asked. A condition on what the table has no column for says nothing.
 * @param {Survey} survey
 * @param {Column[]} columns
 * @param {(key: string, where: string) => void} tell
 * @returns {(answers: Map<string, Answer>) => void}
 */
export function doubts(survey, columns, tell) {
  const there = new Set(columns.map(({ key }) => codeOf(key)));
  const questions = questionsOf(survey).filter(({ code }) => there.has(code));
  const byCode = new Map(questions.map((question) => [question.code, question]));
  const alone = new Set([...survey.aside, NONE]);
  const several = questions.filter(({ type }) => type === "multiple");
  const bound = questions
    .filter(({ condition }) => condition && byCode.has(condition.question))
    .map((question) => ({ question, keys: question.rows.length ? question.rows.map((row) => `${question.code}/${row.code}`) : [question.code] }));
  return (answers) => {
    for (const { code, max_answers: most } of several) {
      const chosen = answers.get(code);
      if (!Array.isArray(chosen) || chosen.length < 2) continue;
      if (most && chosen.length > most) tell("too_many", code);
      if (chosen.some((one) => alone.has(one))) tell("alone", code);
    }
    for (const { question, keys } of bound) {
      if (keys.some((key) => answers.has(key)) && !isAsked(question, answers, byCode)) tell("not_asked", question.code);
    }
  };
}

/**
 * @param {Question} question
 * @param {Map<string, Answer>} answers
 * @param {Map<string, Question>} byCode
 * @param {number} [depth] of conditions on conditions
 * @returns {boolean}
 */
function isAsked({ condition }, answers, byCode, depth = 0) {
  const earlier = condition && byCode.get(condition.question);
  if (!earlier || depth > 9) return true;
  const given = answers.get(earlier.code) ?? [];
  const some = [given].flat().some((one) => condition.answers.includes(String(one)));
  return some && isAsked(earlier, answers, byCode, depth + 1);
}
