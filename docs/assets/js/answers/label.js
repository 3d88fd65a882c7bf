/** Texts of questions and answers as they are compared: tools change spaces, dashes, case and marks. */

const LONGEST = 4_000; // letters that are compared; what somebody wrote may be longer than any label
const END = "?:.*! "; // what a label may end in or not
const MARKS = [
  [/<[^>]*>/g, " "],
  [/&nbsp;|&#160;/gi, " "],
  [/&amp;/gi, "&"],
  [/&lt;/gi, "<"],
  [/&gt;/gi, ">"],
  [/&quot;|[\u00ab\u00bb\u201c\u201d\u201e]/gi, '"'],
  [/[\u2018\u2019\u00b4`]/g, "'"],
  [/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, "-"],
  [/\u2026/g, "..."],
  [/[\u200b-\u200d\ufeff\u00ad]/g, ""],
];

/**
 * A text as it is compared: no markup, one kind of space, dash and quotation mark, small letters.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  let found = text.slice(0, LONGEST).normalize("NFKC");
  for (const [mark, plain] of /** @type {[RegExp, string][]} */ (MARKS)) found = found.replace(mark, plain);
  found = found.toLowerCase().replace(/\s+/g, " ").replace(/ ?- ?/g, "-").trim();
  let end = found.length;
  while (end && END.includes(found.charAt(end - 1))) end -= 1;
  return found.slice(0, end);
}

/** A name as it is compared: a code, or the name of a column that a tool adds. @param {string} text */
export const bare = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/**
 * The pairs of letters in a folded text.
 * @param {string} text
 * @returns {Set<string>}
 */
export function pairsOf(text) {
  const pairs = new Set();
  for (let at = 0; at < text.length - 1; at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}

/**
 * How alike two texts are, 0 to 1: twice the pairs of letters that they share, of all.
 * @param {Set<string>} one
 * @param {Set<string>} other
 */
export function likeness(one, other) {
  const all = one.size + other.size;
  let shared = 0;
  for (const pair of other) if (one.has(pair)) shared += 1;
  return all ? (2 * shared) / all : 0;
}
