/** Who has said something, told so that it points at nobody. */

import { fold } from "./label.js";

/** @typedef {import("./findings.js").Talk} Talk */

const SHORTEST = 3; // letters of a name that is looked for by itself
const FORM = /\s+(AS|ASA|SA|ANS|DA|ENK|KF|IKS)$/; // of a company, after its name

/**
 * The roles that have said something, the most first. A role that stands for one talk would point at
 * a person, so such roles are told together; and where that would be one talk again, which could be
 * worked out by subtraction, the smallest of the others is told with it.
 * @param {Talk[]} said
 * @param {(code: string) => string} label
 * @param {string} others what they are called together
 * @returns {{label: string, n: number}[]}
 */
export function rolesOf(said, label, others) {
  const counts = byRole(said);
  const shown = [...counts].filter(([code, n]) => code && n > 1).sort(([, one], [, other]) => other - one);
  let rest = said.length - shown.reduce((sum, [, n]) => sum + n, 0);
  while (rest === 1 && shown.length) rest += shown.pop()?.[1] ?? 0;
  if (!shown.length) return [];
  return [...shown.map(([code, n]) => ({ label: label(code), n })), ...(rest ? [{ label: others, n: rest }] : [])];
}

/** @param {Talk[]} talks @returns {Map<string, number>} */
function byRole(talks) {
  const counts = new Map();
  for (const { role } of talks) counts.set(role, (counts.get(role) ?? 0) + 1);
  return counts;
}

/**
 * Takes names out of texts, and numbers of talks in brackets; tells how many it took.
 * @param {string[]} persons who were talked with
 * @param {string[]} firms where they work
 * @param {Talk[]} talks
 * @returns {(text: string) => {text: string, taken: number}}
 */
export function without(persons, firms, talks) {
  const [people, places] = [persons, firms].map((names) => names.map((name) => name.normalize("NFC").replace(/\s+/g, " ").trim()).filter((name) => name.length >= SHORTEST));
  // A person is called by a part of the name, too; a word with a small letter is no name.
  const parts = (people ?? []).flatMap((name) => name.split(/[\s,]+/)).filter((part) => part.length >= SHORTEST && /^\p{Lu}\p{Ll}/u.test(part));
  const short = (places ?? []).map((name) => name.replace(FORM, ""));
  const sought = [...new Set([...(people ?? []), ...parts, ...(places ?? []), ...short])].sort((one, other) => other.length - one.length);
  const escaped = sought.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const known = escaped.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?:s|s')?(?![\\p{L}\\p{N}])`, "gu") : undefined;
  const numbers = new Set(talks.map(({ number }) => fold(number)));
  return (text) => {
    let taken = 0;
    const mark = () => ((taken += 1), "[\u2026]");
    const named = known ? text.normalize("NFC").replace(known, mark) : text;
    const bare = named.replace(/\s*[([](?:\p{L}+\.?\s+){0,2}(\d{1,3})(?:[\s,]+(?:og\s+)?\d{1,3})*[)\]]/gu, (found, first) =>
      numbers.has(String(Number(first))) ? ((taken += 1), "") : found,
    );
    return { text: bare, taken };
  };
}
