/** What questions, rows and answers are called, by the keys that stand for them in data. */

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Question} Question
 */

/** @param {Survey} survey */
export const questionsOf = (survey) => survey.themes.flatMap(({ questions }) => questions);

/** The keys that the answers to a question have: a matrix has one a row. @param {Question} question */
export const answerKeys = ({ type, code, rows }) => (type === "matrix" ? rows.map((row) => `${code}/${row.code}`) : [code]);

/** @param {Survey} survey @param {string} code */
export const questionOf = (survey, code) => questionsOf(survey).find((one) => one.code === code);

/**
 * What a key is called: "BED01", "INF01/vei", and with an option, one of several answers.
 * @param {Survey} survey
 * @param {string} key
 * @param {string} [option]
 */
export function nameOf(survey, key, option) {
  const [code = "", row] = key.split("/");
  const question = questionOf(survey, code);
  if (!question) return key;
  const inner = row
    ? question.rows.find((one) => one.code === row)?.label
    : option && question.options.find((one) => one.code === option)?.label;
  return inner ? `${question.number}. ${question.text} – ${inner}` : `${question.number}. ${question.text}`;
}

/**
 * All that a column may hold of a question: its key, and for several answers each of them.
 * @param {Question} question
 * @returns {{key: string, option?: string}[]}
 */
export function keysOf(question) {
  const { code, type, options } = question;
  const whole = answerKeys(question).map((key) => ({ key }));
  if (type !== "multiple") return whole;
  return [...whole, ...options.map((option) => ({ key: code, option: option.code }))];
}

/** The language of a text where it is another than the page's. @param {Survey} survey */
export const langOf = ({ language }) => (language === document.documentElement.lang ? undefined : language);

/** What a survey is called, by its id; one that is not here by the id itself. @param {{id: string, title: string}[]} surveys @param {string} id */
export const titleOf = (surveys, id) => surveys.find((one) => one.id === id)?.title ?? id;
