/** Names of municipalities in the answers, as codes: a survey has blanks for them, «[kommune 1]». */

import { fold } from "./label.js";

/**
 * @typedef {import("./shapes.js").Question} Question
 * @typedef {import("./shapes.js").Answer} Answer
 */

/** Before a name, until it has a code: no code begins with it. */
export const PLACE = "\u0001";
const ORDER = new Intl.Collator("nb", { caseFirst: "upper" });
const BLANK = /^\[.+\]$/;

/**
 * Codes for the names in a column. A name that has a code keeps it; the others get the codes that are
 * left in the order of the alphabet, so that the files' order does not matter. More names than blanks
 * get codes of the same kind.
 * @param {Question} question
 * @param {Answer[]} answers
 * @param {Record<string, string>} given names that have a code already
 */
export function placer(question, answers, given) {
  const blanks = question.options.filter(({ label }) => BLANK.test(label)).map(({ code }) => code);
  const spelled = spellings(answers);
  const coded = new Set(answers.filter((one) => typeof one === "string" && !one.startsWith(PLACE)));
  /** @type {Map<string, string>} */
  const codes = new Map();
  /** @type {Record<string, string>} */
  const names = {};
  for (const [code, name] of Object.entries(given)) {
    if (!blanks.includes(code) && !similar(code, blanks)) continue;
    codes.set(fold(name), code);
    names[code] = name;
  }
  const left = blanks.filter((code) => !names[code] && !coded.has(code));
  let next = Math.max(blanks.length, ...Object.keys(names).map((code) => Number(/\d+$/.exec(code)?.[0] ?? 0)));
  let added = 0;
  const fresh = [...spelled].filter(([name]) => !codes.has(name)).sort(([, one], [, other]) => ORDER.compare(one, other));
  for (const [name, spelling] of fresh) {
    const code = left.shift() ?? (added += 1, `${stemOf(blanks)}${(next += 1)}`);
    codes.set(name, code);
    names[code] = spelling;
  }
  return { codeFor: (/** @type {string} */ name) => codes.get(fold(name)) ?? null, names, added };
}

/** @param {string} code @param {string[]} blanks */
const similar = (code, blanks) => code.replace(/\d+$/, "") === stemOf(blanks);

/** @param {string[]} blanks */
const stemOf = (blanks) => (blanks[0] ?? "sted_").replace(/\d+$/, "");

/**
 * How each name is mostly written.
 * @param {Answer[]} answers
 * @returns {Map<string, string>}
 */
function spellings(answers) {
  /** @type {Map<string, Map<string, number>>} */
  const counts = new Map();
  for (const one of answers) {
    if (typeof one !== "string" || !one.startsWith(PLACE)) continue;
    const name = one.slice(1).normalize("NFC").replace(/\s+/g, " ").trim();
    const all = counts.get(fold(name)) ?? new Map();
    all.set(name, (all.get(name) ?? 0) + 1);
    counts.set(fold(name), all);
  }
  return new Map([...counts].map(([name, all]) => {
    const best = [...all].sort(([one, many], [other, more]) => more - many || ORDER.compare(one, other))[0];
    return [name, best?.[0] ?? name];
  }));
}
