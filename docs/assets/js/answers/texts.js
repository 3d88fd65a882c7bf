/** What was answered in own words: shuffled, with what may tell who wrote it or of whom. */

import { codes, questionsOf, whoIsAsked } from "./questions.js";
import { warnings } from "./warn.js";

/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Set} AnswerSet */
/** @typedef {import("./shapes.js").Texts} Texts */

/**
 * The texts of each question that asks for them, in an order that is new each time: nothing leads
 * from one to another, or to a group. None of a question that too few were asked. How few wrote
 * something is no reason: a text is one person's, whoever else has written.
 * @param {Survey} survey
 * @param {AnswerSet} set
 * @param {() => number} [random]
 * @returns {Texts[]}
 */
export function textsOf(survey, set, random = chance) {
  const all = questionsOf(survey, set);
  const asked = whoIsAsked(new Map(all.map(({ question }) => [question.code, question])), set);
  const known = Object.values(set.places).concat(set.parts ?? []);
  return all.flatMap(({ theme, question }) => {
    const column = set.columns[question.code];
    if (question.type !== "text" || !column) return [];
    const let_in = asked(question);
    const { code, number, text } = question;
    const found = { code, number, text, theme };
    if (let_in.reduce((n, one) => n + one, 0) < survey.minimum_group) {
      return [{ ...found, answers: [], hidden: /** @type {const} */ ("small") }];
    }
    const written = column.flatMap((answer, at) => (let_in[at] ? codes(answer) : []));
    const texts = written.map((one) => one.trim()).filter(Boolean);
    return [
      { ...found, answers: shuffled(texts, random).map((one) => ({ text: one, warns: warnings(one, known) })) },
    ];
  });
}

/** A number from 0 up to 1 that nobody can foresee. */
function chance() {
  const [found = 0] = crypto.getRandomValues(new Uint32Array(1));
  return found / 2 ** 32;
}

/**
 * Each order is as likely (Fisher and Yates).
 * @template One
 * @param {One[]} list
 * @param {() => number} random
 * @returns {One[]}
 */
export function shuffled(list, random = chance) {
  const found = [...list];
  for (let last = found.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [found[last], found[other]] = [/** @type {One} */ (found[other]), /** @type {One} */ (found[last])];
  }
  return found;
}
