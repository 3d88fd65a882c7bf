/** The questions of a survey as a set of answers has them: their options, keys and who is asked. */

/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Set} AnswerSet */
/** @typedef {import("./shapes.js").Question} Question */
/** @typedef {import("./shapes.js").Option} Option */
/** @typedef {import("./shapes.js").Answer} Answer */

/**
 * All questions in order, with the names that a set has for open options.
 * @param {Survey} survey
 * @param {AnswerSet} [set]
 */
export const questionsOf = (survey, set) =>
  survey.themes.flatMap((theme) =>
    theme.questions.map((question) => ({
      theme: theme.id,
      question: question.open && set ? { ...question, options: optionsOf(question, set) } : question,
    })),
  );

/**
 * Options with the names that a set has, also those that the survey had no blank for (their codes
 * are like the others', but for the number). A blank without a name that nobody chose is none.
 * @param {Question} question
 * @param {AnswerSet} set
 * @returns {Option[]}
 */
function optionsOf({ code: key, options }, { places, columns }) {
  const used = new Set(columns[key]?.flatMap(codes));
  const known = new Set(options.map(({ code }) => code));
  const like = new Set(options.map(({ code }) => stem(code)));
  const more = Object.keys(places).filter((code) => !known.has(code) && like.has(stem(code)));
  const extra = more.map((code) => ({ code, label: code, short: code, plain: code }));
  return [...options, ...extra]
    .map((option) => named(option, places[option.code] ?? option.label))
    .filter(({ code }) => used.has(code) || (places[code] !== undefined && known.has(code)));
}

/** @param {string} code */
const stem = (code) => code.replace(/\d+$/, "");

/** @param {Option} option @param {string} label */
const named = (option, label) =>
  option.label === label ? option : { code: option.code, label, short: label, plain: label };

/**
 * The set with open options of the same name as one: so a reader puts two small municipalities
 * together, by calling both the same.
 * @param {Survey} survey
 * @param {AnswerSet} set
 * @returns {AnswerSet}
 */
export function settled(survey, set) {
  /** @type {Map<string, string>} */
  const first = new Map();
  /** @type {Map<string, string>} */
  const same = new Map();
  for (const [code, name] of Object.entries(set.places)) {
    const known = first.get(name.trim().toLowerCase());
    if (known === undefined) first.set(name.trim().toLowerCase(), code);
    else same.set(code, known);
  }
  if (!same.size) return set;
  const columns = { ...set.columns };
  for (const { question } of questionsOf(survey)) {
    const column = columns[question.code];
    if (!question.open || !column) continue;
    columns[question.code] = column.map((one) => (typeof one === "string" ? (same.get(one) ?? one) : one));
  }
  const places = Object.fromEntries(Object.entries(set.places).filter(([code]) => !same.has(code)));
  return { ...set, columns, places };
}

/**
 * The questions that the survey groups by. They are the same whatever a reader looks at, so that
 * what is hidden does not depend on it.
 * @param {Survey} survey
 */
export const groupingCodes = (survey) => [
  ...new Set([...(survey.place ? [survey.place] : []), ...survey.groups]),
];

/**
 * Whether a question is shown by group. Not those that we group by: trade by municipality points
 * out the one hotel. Not numbers: they say what one person wrote.
 * @param {Survey} survey
 * @param {Question} question
 */
export const isParted = (survey, question) =>
  question.type !== "number" &&
  !groupingCodes(survey).includes(question.code) &&
  (survey.grouped?.includes(question.type) ?? true);

/** The keys of a question's answers, and what each is called.
 * @param {Question} question */
export const keysOf = (question) =>
  question.type === "matrix"
    ? question.rows.map(({ code, label }) => ({ key: `${question.code}/${code}`, label }))
    : [{ key: question.code, label: question.text }];

/** What was answered, as a list of codes.
 * @param {Answer | undefined} answer @returns {string[]} */
export const codes = (answer) => {
  if (answer === null || answer === undefined || answer === "") return [];
  return Array.isArray(answer) ? answer : [String(answer)];
};

/**
 * Who is asked each question. A condition holds for who was asked the other question and gave one
 * of its answers. Without answers to that, who answered was asked.
 * @param {Map<string, Question>} questions
 * @param {AnswerSet} set
 * @returns {(question: Question) => Uint8Array}
 */
export function whoIsAsked(questions, set) {
  /** @type {Map<string, Uint8Array>} */
  const known = new Map();
  /** @param {Question} question @returns {Uint8Array} */
  const asked = (question) => {
    const before = known.get(question.code);
    if (before) return before;
    const found = new Uint8Array(set.n).fill(1);
    known.set(question.code, found); // also stops at a condition that leads back to itself
    const on = question.condition && questions.get(question.condition.question);
    if (!question.condition || !on) return found;
    const answers = new Set(question.condition.answers);
    const filled = set.columns[on.code]?.some((value) => codes(value).length);
    const column = filled ? set.columns[on.code] : undefined;
    const earlier = asked(on);
    const own = keysOf(question).map(({ key }) => set.columns[key] ?? []);
    for (let at = 0; at < set.n; at += 1) {
      const let_in = column
        ? earlier[at] && codes(column[at]).some((code) => answers.has(code))
        : own.some((one) => codes(one[at]).length);
      found[at] = let_in ? 1 : 0;
    }
    return found;
  };
  return asked;
}
