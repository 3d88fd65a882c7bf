/** What the cells of one column mean, each kind of question in its way. */

import { several } from "./several.js";
import { Reader, isNothing, marked, numberOf } from "./values.js";

/** @typedef {import("./shapes.js").Question} Question */

const LONGEST = 2_000; // letters of answers that are chosen
const LONGEST_NAME = 80;

/**
 * What a cell of a column means: the codes, the number or the text, and what is none of them. Where
 * the options are blanks, a name that is none of ours is one of the reader's own (`place`).
 * @typedef {{codes: string[], odd: string[], number?: number, mark?: boolean, mended?: boolean, place?: string}} Cell
 * @param {Question[]} same
 * @param {boolean} placed
 * @param {string} [option]
 * @returns {(text: string) => Cell}
 */
export function cellReader(same, placed, option) {
  const [question] = same;
  const reader = new Reader(same, placed);
  /** @type {Map<string, Cell>} */
  const known = new Map();
  /** @type {(text: string) => Cell} */
  const meaning = (text) => {
    if (question?.type === "text" || text === "" || (isNothing(text) && (text === "None" || !reader.one(text)))) return { codes: [], odd: [] };
    // No label, nor several of them, is that long: it is what somebody has written.
    if (text.length > LONGEST) return { codes: [], odd: [text.slice(0, LONGEST)] };
    if (question?.type === "number") return ofNumber(text, question);
    if (option) {
      const mark = marked(text) ?? (reader.one(text)?.code === option || undefined);
      return mark === undefined ? { codes: [], odd: [text] } : { codes: mark ? [option] : [], odd: [], mark };
    }
    if (question?.type === "multiple") {
      const { codes, rest } = several(reader, text);
      return { codes, odd: rest };
    }
    const one = reader.one(text);
    if (one) return { codes: [one.code], odd: [], ...(one.mended && { mended: true }) };
    if (question?.open && text.length < LONGEST_NAME && !/^[\d.,\s-]+$/.test(text)) return { codes: [], odd: [], place: text };
    return { codes: [], odd: [text] };
  };
  return (text) => {
    let found = known.get(text);
    if (!found) known.set(text, (found = meaning(text)));
    return found;
  };
}

/** @param {string} text @param {Question} question @returns {Cell} */
function ofNumber(text, { min, max }) {
  const number = numberOf(text);
  const inside = number !== undefined && number >= (min ?? -Infinity) && number <= (max ?? Infinity);
  return inside ? { codes: [], odd: [], number } : { codes: [], odd: [text] };
}
