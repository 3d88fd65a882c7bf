/** Tells what in a text may point out a person. It is a help to who reads it, and no promise. */

import { BEGIN, FIRST_NAMES, PLACED, PUBLIC, ROLES } from "./names.js";

/** @typedef {import("./shapes.js").Warning} Warning */

/**
 * Numbers of a telephone (8 figures, as they are grouped), of a person or an account (11) and of an
 * organisation (9, from 8 or 9). Not where kroner come after.
 */
const NUMBERS = [
  /[2-9]\d{7}/,
  /[2-9]\d(?: \d\d){3}/,
  /[2-9]\d\d \d\d \d{3}/,
  /\d{6}[ -]?\d{5}/,
  /\d{4}[ .]\d\d[ .]\d{5}/,
  /[89]\d{8}/,
  /[89]\d\d \d{3} \d{3}/,
];
const NUMBER = new RegExp(
  `(?<![\\d,.])(?:${NUMBERS.map(({ source }) => source).join("|")})(?![\\d]|[ ]?(?:kr\\b|kroner|mill|mrd|,-))`,
  "iu",
);
const EMAIL = /[^\s@<>()]+@[^\s@<>()]+\.\p{L}{2,}/u;

const UNIT = "(?! ?(?:km|m|meter|mil|kr|kroner|prosent|%|\u00e5r|stk|ganger|dager|timer|personer)(?!\\p{L}))";
const HOUSE = `\\d{1,4} ?[A-Za-z]?(?!\\p{L}|\\d)${UNIT}`;
const ADDRESSES = [
  // Storgata 5, also without the capital; other endings of streets only with it.
  new RegExp(`\\p{L}{3,}(?:gata|gaten|gate|vegen|veien) ${HOUSE}`, "iu"),
  new RegExp(
    `\\p{Lu}\\p{L}+(?:veg|vei|plassen|plass|all\u00e9en|all\u00e9|svingen|stien|bakken|tunet|haugen|lia|kaia|brygga|torget|ringen) ${HOUSE}`,
    "u",
  ),
  new RegExp(`\\p{Lu}\\p{L}+ (?:gate|gata|veg|vegen|vei|veien|plass|all\u00e9) ${HOUSE}`, "u"),
  // 0000 Sted, but not a year and what comes after it.
  /(?<!\d|\d[ .,])(?!(?:19|20)\d\d)\d{4} \p{Lu}\p{L}{2,}/u,
  /(?<=, ?)\d{4} \p{Lu}\p{L}{2,}/u,
  /(?<!\p{L})(?:gnr|bnr|g\u00e5rdsnummer|gardsnummer|bruksnummer)\.? ?\d/iu,
];

/**
 * @param {string} text
 * @param {string[]} [known] names that are no secret, such as the municipalities asked about
 * @returns {Warning[]}
 */
export function warnings(text, known = []) {
  const plain = text.normalize("NFC").replace(/[\u00a0\u2007\u202f\t]/g, " ");
  /** @type {Warning[]} */
  const found = [];
  if (hasName(plain.replace(new RegExp(EMAIL, "gu"), " "), known)) found.push("name");
  if (NUMBER.test(plain)) found.push("number");
  if (ADDRESSES.some((one) => one.test(plain))) found.push("address");
  if (EMAIL.test(plain)) found.push("email");
  return found;
}

/**
 * Words with a capital, as many as stand together, and the word before them.
 * @param {string} text
 * @param {string[]} known
 */
function hasName(text, known) {
  const open = new Set(known.flatMap((one) => one.toLowerCase().split(/[^\p{L}]+/u)));
  // What ends a sentence, a line or a clause parts words, too.
  return text.split(/[.!?:;\n\r()"\u00ab\u00bb\u201c\u201d\u2013/]+/u).some((sentence) => {
    const words = sentence.match(/[\p{L}][\p{L}'\u2019-]*|[^\p{L}\s]+/gu) ?? [];
    let at = 0;
    while (at < words.length) {
      const start = at;
      while (at < words.length && isCapital(words[at] ?? "")) at += 1;
      if (at === start) at += 1;
      else if (isName(words.slice(start, at), words[start - 1], open)) return true;
    }
    return false;
  });
}

/** A word with a capital and small letters: no abbreviation. @param {string} word */
const isCapital = (word) => /^\p{Lu}[\p{L}'\u2019-]*\p{Ll}/u.test(word);

/**
 * @param {string[]} words all with a capital
 * @param {string | undefined} before undefined where they begin a sentence
 * @param {Set<string>} open
 * @returns {boolean}
 */
function isName(words, before, open) {
  const small = words.map((word) => word.toLowerCase());
  const first = before === undefined ? small[0] ?? "" : "";
  // The first word of a sentence has a capital whatever it is; a role there tells of who comes.
  if (BEGIN.has(first)) return words.length > 1 && isName(words.slice(1), first, open);
  const left = words.filter((_, at) => !open.has((small[at] ?? "").replace(/s$/, "")) && !open.has(small[at] ?? ""));
  if (!left.length || small.some((word) => PUBLIC.has(word))) return false;
  if (left.some((word) => FIRST_NAMES.has(word) || FIRST_NAMES.has(word.replace(/s$/, "")))) return true;
  const earlier = (before ?? "").toLowerCase();
  if (ROLES.has(earlier)) return true;
  if (before !== undefined && /\p{L}{2}sens?$/u.test(left.at(-1) ?? "")) return true;
  return left.length > 1 && !PLACED.has(earlier);
}
