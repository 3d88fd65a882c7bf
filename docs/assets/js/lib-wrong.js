/** What is said of a file that is not taken; nothing of such a file is believed. */

/** Raised for a file that is not taken; `key` names the words that tell of it. */
export class WrongFile extends Error {
  /** @param {string} key @param {string | number} [where] */
  constructor(key, where = "") {
    super(where ? `${key}: ${where}` : key);
    this.key = key;
    this.where = where;
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
