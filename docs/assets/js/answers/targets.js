/** What the columns of a survey's answers can be: a question, a row of a matrix, one of several options. */

import { bare, fold } from "./label.js";
import { answerKeys, questionsOf } from "./naming.js";

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Question} Question
 * @typedef {import("./shapes.js").Option} Option
 */

/**
 * `part` is a matrix's row, or an option of a question with several answers; `texts` are what the
 * question is called in each language, `blanks` the same where a region fills in «[month]» with
 * words of its own, `labels` what the part is.
 * @typedef {{key: string, option: string, question: Question, part: Option | undefined, place: number,
 *   order: number, texts: string[], blanks: RegExp[], labels: string[]}} Target
 */

const BLANK = /\[[^\]]+\]/;
const FILLED = ".{1,60}"; // letters that stand for a blank

/** What a text with blanks is when they are filled in. @param {string} text folded */
const filledIn = (text) =>
  new RegExp(`^${text.split(new RegExp(BLANK, "g")).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(FILLED)}$`, "u");

/**
 * The same question in each language that is at hand, the survey's own first.
 * @param {Survey[]} surveys
 * @returns {Map<string, Question[]>}
 */
export function byCode(surveys) {
  /** @type {Map<string, Question[]>} */
  const found = new Map();
  for (const question of surveys.flatMap(questionsOf)) {
    found.set(question.code, [...(found.get(question.code) ?? []), question]);
  }
  return found;
}

/** The keys that a survey's answers have. @param {Survey} survey @returns {string[]} */
export const keysOf = (survey) => questionsOf(survey).flatMap(answerKeys);

/** The question that a key is of. @param {string} key */
export const codeOf = (key) => key.split("/")[0] ?? key;

/**
 * All that a column can be, in the survey's order.
 * @param {Survey[]} surveys the survey, and the same in other languages
 * @returns {Target[]}
 */
export function targetsOf(surveys) {
  const first = surveys[0];
  const same = byCode(surveys);
  let order = 0;
  return (first ? questionsOf(first) : []).flatMap((question) => {
    const all = same.get(question.code) ?? [question];
    const texts = distinct(all.map(({ text }) => fold(text)));
    const blanks = texts.filter((text) => BLANK.test(text)).map(filledIn);
    /** @type {(part: Option | undefined, place: number) => Target} */
    const target = (part, place) => ({
      key: question.type === "matrix" && part ? `${question.code}/${part.code}` : question.code,
      option: question.type === "multiple" && part ? part.code : "",
      question,
      part,
      place,
      order: (order += 1),
      texts,
      blanks,
      labels: part ? labelsOf(all, part.code) : [],
    });
    const parts = question.type === "matrix" ? question.rows : question.type === "multiple" ? question.options : [];
    const whole = question.type === "matrix" ? [] : [target(undefined, 0)];
    return [...whole, ...parts.map((part, at) => target(part, at + 1))];
  });
}

/** @param {Question[]} all @param {string} code @returns {string[]} */
const labelsOf = (all, code) =>
  distinct(all.flatMap(({ rows, options, type }) => (type === "matrix" ? rows : options)
    .filter((one) => one.code === code).map(({ label }) => fold(label))));

/** @template T @param {T[]} list @returns {T[]} */
export const distinct = (list) => [...new Set(list)];

/** The forms in which tools hold the code of a row or an option. @param {Option} part @returns {string[]} */
export const formsOf = ({ code, short, plain }) => distinct([code, short, plain].map(bare));
