/** A cell with several answers in it: codes or labels, apart by what the tool has chosen. */

import { fold } from "./label.js";

/** @typedef {import("./values.js").Reader} Reader */

const SOFT = /^[\s;,|/+&]+/;
const HARD = /[;|\n]/;

/**
 * The options in a cell, and what in it is none. Labels may hold the very signs that part them, so
 * the longest one that fits is taken.
 * @param {Reader} reader
 * @param {string} text
 * @returns {{codes: string[], rest: string[]}}
 */
export function several(reader, text) {
  const whole = reader.one(text)?.code ?? "";
  const codes = whole ? [whole] : inside(reader, text);
  if (codes) return { codes, rest: [] };
  // Not all of it is known: what is, stands between hard signs.
  const parts = text.split(HARD.test(text) ? HARD : /,/).map((part) => part.trim()).filter(Boolean);
  /** @type {Set<string>} */
  const found = new Set();
  const rest = parts.filter((part) => {
    const one = reader.one(part)?.code;
    const some = one ? [one] : parts.length > 1 ? inside(reader, part) : undefined;
    for (const code of some ?? []) found.add(code);
    return !some;
  });
  return { codes: [...found], rest };
}

/**
 * The options that make up all of a text, and nothing else; undefined where something is left.
 * @param {Reader} reader
 * @param {string} text
 * @returns {string[] | undefined}
 */
function inside(reader, text) {
  /** @type {Set<string>} */
  const found = new Set();
  let left = fold(text).replace(SOFT, "");
  while (left) {
    const label = reader.labels.find((one) => left.startsWith(one) && /^($|[\s;,|/+&.])/.test(left.slice(one.length)));
    const number = label ? "" : /^\d{1,2}(?=$|[\s;,|])/.exec(left)?.[0] ?? "";
    const code = label ? reader.codes.get(label) : number ? reader.one(number)?.code : undefined;
    if (!code) return undefined;
    found.add(code);
    left = left.slice((label ?? number).length).replace(/^\./, "").replace(SOFT, "");
  }
  return found.size ? [...found] : undefined;
}
