/**
 * What the words of a query may stand for on our pages: the words themselves, others that mean the
 * same, those of the other written language, compounds, derived words, slips of the keyboard.
 */

import { stem, tokens, Words } from "./lib-words.js";

/**
 * @typedef {import("./lib-pages.js").File} File
 * @typedef {import("./lib-pages.js").Pages} Pages
 * @typedef {{found: Map<number, number>, worth: number, counts: number, own: string, near: string}} Concept
 *   `found`: how much each page bears of it; `worth`: how much it tells pages apart; `counts`: for how much it
 *   counts when we judge whether a page answers; `near`: what was meant, where the word is misspelt
 */

/** How sure a word of a page is to be what a word of the query meant. */
const SURE = { same: 1, other: 0.9, alike: 0.8, near: 0.75, parts: 0.6, begun: 0.5, inside: 0.5 };
/** A word that no page has counts for one when it is this long: the longer, the more it tells. So does an abbreviation. */
const FOREIGN = 7, MOST = 1.4;
/** What a word that we know, and one that says little, counts for. */
const KNOWN = 0.8, WEAK = 0.3;

/** @template K, T @param {Map<K, T[]>} map @param {K} key @param {T} value */
function put(map, key, value) {
  const own = map.get(key);
  if (own) own.push(value);
  else map.set(key, [value]);
}

export class Meanings {
  /** @param {File} file @param {Pages} pages */
  constructor(file, pages) {
    this.pages = pages;
    this.weak = new Set(tokens(file.weak));
    /** @type {Map<string, [said: string[], meant: string[]][]>} by each word of what is said */
    this.alike = new Map();
    for (const [said, meant] of file.alike) {
      const own = tokens(said).map(stem);
      for (const one of own) put(this.alike, one, [own, pages.telling(meant).map(stem)]);
    }
    /** @type {Map<string, string[]>} words of the other language */
    this.pairs = new Map();
    const listed = tokens(file.pairs).map(stem);
    for (let at = 0; at < listed.length; at += 2) put(this.pairs, listed[at] ?? "", listed[at + 1] ?? "");
    const known = [...pages.bearing.keys(), ...this.pairs.keys(), ...this.alike.keys()];
    this.words = new Words(known, pages.common, Object.values(file.kinds).flatMap(tokens));
    /** @type {Map<string, string[]>} */
    this.within = new Map();
  }

  /**
   * @param {string} own stem of a word
   * @param {string[]} whole stems of all the words of a query; an expression counts when all its words are there
   * @returns {Map<string, number>} stems that mean it, and how sure that is
   */
  meant(own, whole) {
    /** @type {Map<string, number>} */
    const found = new Map([[own, SURE.same]]);
    const add = (/** @type {string} */ one, /** @type {number} */ sure) => {
      if (sure > (found.get(one) ?? 0)) found.set(one, sure);
    };
    for (const one of this.pairs.get(own) ?? []) add(one, SURE.other);
    for (const mine of [...found.keys()]) {
      for (const [said, meant] of this.alike.get(mine) ?? []) {
        if (!said.every((word) => word === mine || whole.includes(word))) continue;
        for (const one of meant) {
          add(one, SURE.alike);
          for (const other of this.pairs.get(one) ?? []) add(other, SURE.alike);
        }
      }
    }
    return found;
  }

  /** @param {Map<string, number>} stems @returns {Map<number, number>} how much each page bears of any of them */
  bearing(stems) {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const [one, sure] of stems) this.most(found, this.pages.bearing.get(one) ?? new Map(), sure);
    return found;
  }

  /** @param {Map<number, number>} found @param {Map<number, number>} others @param {number} sure */
  most(found, others, sure) {
    for (const [page, tells] of others) if (tells * sure > (found.get(page) ?? 0)) found.set(page, tells * sure);
  }

  /** @param {string} own stem @returns {string[]} stems of the compounds that it begins or ends */
  inside(own) {
    let found = this.within.get(own);
    if (!found) {
      const whole = (/** @type {string} */ rest) => rest.length > 2 && this.words.stems.has(stem(rest));
      found = own.length < 3 ? [] : this.pages.single.filter((one) => {
        if (one.length < own.length + 3 || !one.includes(own)) return false;
        if (one.startsWith(own)) return whole(one.slice(own.length)) || whole(one.slice(own.length + 1));
        return one.endsWith(own) && (whole(one.slice(0, -own.length)) || whole(one.slice(0, -own.length - 1)));
      });
      this.within.set(own, found);
    }
    return found;
  }

  /**
   * Adds what is like a word: compounds with it, what is derived from it, what it is the beginning of.
   * @param {Map<string, number>} stems @param {string} own @param {string} begun the word, where more may be typed
   * @param {boolean} known
   */
  akin(stems, own, begun, known) {
    for (const [one, sure] of [...stems]) {
      for (const compound of this.inside(one)) if (!stems.has(compound)) stems.set(compound, sure * SURE.inside);
    }
    for (const one of this.pages.begun.get(own.slice(0, 2)) ?? []) {
      if (stems.has(one)) continue;
      const [short, long] = one.length < own.length ? [one, own] : [own, one];
      if (short.length > 4 && long.length - short.length < 5 && long.startsWith(short)) stems.set(one, SURE.begun);
      else if (begun.length > 2 && (one.startsWith(own) || one.startsWith(begun))) stems.set(one, known ? SURE.begun : SURE.near);
    }
  }

  /** @param {string} word folded, that nobody has written @returns {string[]} stem of the longest word that it begins with */
  beginning(word) {
    for (let end = word.length - 3; end > 4; end -= 1) {
      const own = stem(word.slice(0, end));
      if (own.length > 4 && this.words.stems.has(own)) return [own];
    }
    return [];
  }

  /**
   * @param {string[]} parts the halves of a compound, or what it begins with
   * @param {string[]} whole
   * @returns {Map<number, number>} the first tells more than the last, and both more than one of them
   */
  compound(parts, whole) {
    const [first = new Map(), last = new Map()] = parts.map((part) => this.bearing(this.meant(part, [...whole, ...parts])));
    return new Map([...new Set([...first.keys(), ...last.keys()])].map((page) => {
      const one = first.get(page) ?? 0, other = last.get(page) ?? 0;
      return [page, 0.35 * one + 0.25 * other + 0.4 * Math.min(one, other)];
    }));
  }

  /**
   * @param {string[]} used words of a query, folded
   * @param {number} at the place of the word
   * @param {string[]} whole their stems
   * @returns {Concept} what the word stands for
   */
  concept(used, at, whole) {
    const word = used[at] ?? "", own = whole[at] ?? "";
    const stems = this.meant(own, whole);
    const others = (/** @type {string} */ one, /** @type {number} */ sure) => {
      for (const [other, as] of this.meant(one, whole)) if (!stems.has(other)) stems.set(other, as * sure);
    };
    // A compound is often typed as two words.
    for (const [left, right] of [[used[at - 1], word], [word, used[at + 1]]]) {
      const joined = left && right ? stem(left + right) : "";
      if (this.words.stems.has(joined)) others(joined, SURE.same);
    }
    for (const spelt of this.words.alike(own)) others(spelt, SURE.other);
    const known = this.words.stems.has(own) || stems.size > 1;
    this.akin(stems, own, at === used.length - 1 ? word : "", known);
    const found = this.bearing(stems);
    const [near = ""] = known || found.size ? [] : this.words.near(own, own.length < 5 ? 0 : own.length < 9 ? 1 : 2);
    if (near) this.most(found, this.bearing(this.meant(near, whole)), SURE.near);
    const halves = this.words.halves(word);
    const parts = halves.length || known || near || found.size ? halves : this.beginning(word);
    if (parts.length) this.most(found, this.compound(parts, whole), known ? SURE.parts / 2 : SURE.parts);
    const foreign = known || near ? 0 : (word.length < 4 ? 1 : Math.min(MOST, word.length / FOREIGN));
    const counts = this.weak.has(word) ? WEAK : foreign || KNOWN;
    return { found, worth: Math.max(this.worth(found), foreign), counts, own, near };
  }

  /**
   * @param {string[]} words of a query, folded @param {boolean} beside whether other words tell more
   * @returns {Concept[]} two and two that stand together on a page too
   */
  together(words, beside) {
    return this.pages.pairs(words).map((own, at) => {
      const found = this.bearing(new Map([[own, SURE.same]]));
      const usual = [words[at], words[at + 1]].every((word) => this.pages.common.has(word ?? ""));
      const worth = this.worth(found) * (beside ? (usual ? 0.2 : 0.6) : 1);
      return { found, worth, counts: worth, own, near: "" };
    }).filter(({ found }) => found.size);
  }

  /** @param {Map<number, number>} found @returns {number} how much a word tells: the fewer pages have it, the more */
  worth(found) {
    const most = Math.max(0, ...found.values());
    if (!most) return 0;
    const pages = [...found.values()].reduce((sum, one) => sum + one, 0) / most;
    return Math.log(1 + this.pages.rows.length / pages) / Math.log(1 + this.pages.rows.length);
  }
}
