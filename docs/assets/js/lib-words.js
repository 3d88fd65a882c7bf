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
    // The stemmer does not know the plurals -erne and -arane, nor what they own.
    const whole = word.replace(/ernes?$/, "er").replace(/anes?$/, "ane");
    // It takes a law at the end of a compound, «-lov», for an ending.
    found = /^.{3,}lov(a|ens?|er|ene|ane)?$/.exec(word)?.[0].replace(/lov[a-z]*$/, "lov");
    found ??= word.length < 4 ? word : stemmer(whole);
    if (found.length > 4 && found !== whole && !found.endsWith("lov")) found = stemmer(found);
    // Too little is left to tell words apart: «varighet» would be «var».
    if (found.length < 4 && word.length > 6) found = word.replace(/(en|et|er|a|e|s)$/, "");
    // What somebody does, and the doing of it: «evaluere» and «evaluering».
    found = found.replace(/^(.{4,}?)(?:(?<=s)n)?ing$/, "$1");
    stems.set(word, found);
  }
  return found;
}

/**
 * @param {string} word folded
 * @returns {string} the same for most words that the two written languages spell each in its way
 */
export const sound = (word) => word.replace(/([gk])j/g, "$1").replace(/ei|ae|oy|[iy]/g, "e").replace(/au|u/g, "o");

/** The words that there are, and what a compound is made of. */
export class Words {
  /**
   * @param {Iterable<string>} stems of the words that there are
   * @param {Set<string>} common words that tell nothing
   * @param {string[]} kinds what kinds of pages are called: a compound may end in one, however short
   */
  constructor(stems, common, kinds) {
    this.common = common;
    this.kinds = new Set(kinds);
    this.stems = new Set(stems);
    /** @type {Map<string, string[]>} */
    this.known = new Map();
    /** @type {Map<string, string[]> | undefined} */
    this.sounds = undefined;
  }

  /** @param {string} own stem @returns {string[]} stems that are said much the same */
  alike(own) {
    if (own.length < 6) return [];
    if (!this.sounds) {
      this.sounds = new Map();
      for (const one of this.stems) this.sounds.set(sound(one), [...this.sounds.get(sound(one)) ?? [], one]);
    }
    return (this.sounds.get(sound(own)) ?? []).filter((one) => one !== own);
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

  /**
   * @param {string} word folded
   * @returns {string[]} stems of the two halves of a compound, as even as can be; none where it is none
   */
  halves(word) {
    /** @type {string[]} */
    let found = [];
    let least = 0;
    for (let at = 3; at <= word.length - 3; at += 1) {
      const left = word.slice(0, at), right = word.slice(at);
      if (Math.min(at, right.length) <= least || !this.stems.has(stem(right))) continue;
      if (right.length < 4 && !this.kinds.has(right)) continue;
      const bare = /[se]$/.test(left) ? left.slice(0, -1) : left;
      const first = [left, bare].find((half) => half.length > 2 && this.stems.has(stem(half)));
      if (!first || this.common.has(first) || this.common.has(right)) continue;
      least = Math.min(at, right.length);
      found = [stem(first), stem(right)];
    }
    return found;
  }

  /**
   * @param {string} word folded, that nobody has written
   * @param {number} most
   * @returns {string[]} stems that are so many slips of the keyboard away, the nearest first
   */
  near(word, most) {
    /** @type {[number, string][]} */
    const found = [];
    for (const one of most ? this.stems : []) {
      if (one.charCodeAt(0) !== word.charCodeAt(0) || one.length < 4 || Math.abs(one.length - word.length) > most) continue;
      const far = distance(one, word, most);
      if (far <= most) found.push([far, one]);
    }
    return found.sort(([a], [b]) => a - b).map(([, one]) => one);
  }
}

/**
 * @param {string} one @param {string} other @param {number} most more than this is as good as any
 * @returns {number} how many letters are added, left out, swapped or wrong
 */
export function distance(one, other, most) {
  /** @type {number[]} */
  let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const here = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1] ? 0 : 1;
      let least = Math.min((last[at] ?? 0) + 1, (here[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + same);
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) least = Math.min(least, (before[at - 2] ?? 0) + 1);
      here.push(least);
    }
    if (Math.min(...here) > most) return most + 1;
    [before, last] = [last, here];
  }
  return last[other.length] ?? 0;
}
