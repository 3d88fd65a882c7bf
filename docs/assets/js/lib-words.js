/**
 * Norwegian words as search reads them: other spellings, stems, and the parts of compounds.
 */

import { stemmer } from "./vendor/norwegian-stemmer.js";

/**
 * @param {string} text
 * @returns {string} with æ, ø and å as they are typed on other keyboards, and no accents
 */
export function fold(text) {
  return text.toLowerCase().normalize("NFC")
    .replaceAll("\u00e5", "a").replaceAll("\u00e6", "ae").replaceAll("\u00f8", "o")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .replaceAll("aa", "a").replaceAll("oe", "o");
}

/** @param {string} text @returns {string[]} its words, folded; a letter alone is none */
export const tokens = (text) => fold(text).match(/[a-z0-9]{2,}/g) ?? [];

/** @type {Map<string, string>} */
const stems = new Map();

/**
 * @param {string} word folded
 * @returns {string} its stem; twice, since a definite plural of a noun in -er has two endings
 */
export function stem(word) {
  let found = stems.get(word);
  if (found === undefined) {
    // The stemmer does not know the plural -erne.
    const whole = word.replace(/erne$/, "er");
    found = word.length < 4 ? word : stemmer(whole);
    if (found.length > 4 && found !== whole) found = stemmer(found);
    stems.set(word, found);
  }
  return found;
}

/** The words that there are, and what a compound is made of. */
export class Words {
  /**
   * @param {Iterable<string>} words folded
   * @param {Set<string>} common words that tell nothing
   * @param {string[]} kinds what kinds of pages are called: a compound may end in one, however short
   */
  constructor(words, common, kinds) {
    this.common = common;
    this.kinds = new Set(kinds);
    /** @type {Set<string>} */
    this.stems = new Set();
    for (const word of words) this.stems.add(stem(word));
    /** @type {Map<string, string[]>} */
    this.known = new Map();
  }

  /**
   * @param {string} word folded
   * @returns {string[]} stems of the words within it; none where it is no compound
   */
  parts(word) {
    let found = this.known.get(word);
    if (found === undefined) {
      found = this.split(word, 0);
      this.known.set(word, found);
    }
    return found;
  }

  /** @param {string} word @param {number} depth @returns {string[]} */
  split(word, depth) {
    const found = new Set();
    for (let at = 3; at <= word.length - 3 && depth < 3; at += 1) {
      const left = word.slice(0, at);
      const right = word.slice(at);
      if (!this.stems.has(stem(right)) || (right.length < 4 && !this.kinds.has(right))) continue;
      const bare = /[se]$/.test(left) ? left.slice(0, -1) : left;
      const first = [left, bare].find((half) => half.length > 2 && this.stems.has(stem(half)));
      if (!first) continue;
      for (const part of [stem(first), stem(right), ...this.split(first, depth + 1), ...this.split(right, depth + 1)]) {
        if (!this.common.has(part)) found.add(part);
      }
    }
    return [...found];
  }
}
