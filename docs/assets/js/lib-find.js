/**
 * Finds pages by Norwegian words: stems, parts of compounds, other spellings, words that mean the
 * same, and those of the other written language. Everything is done in the browser, so one
 * algorithm reads both pages and queries.
 */

import { Pages } from "./lib-pages.js";
import { fold, stem, tokens, Words } from "./lib-words.js";

/**
 * @typedef {import("./lib-pages.js").File} File
 * @typedef {{url: string, title: string, kind: string, phase: string, time: string,
 *   summary: string, section: string, words: string[], score: number}} Hit
 * @typedef {{hits: Hit[], mentions: Hit[], near: [typed: string, meant: string][]}} Answer
 * @typedef {{words: string[], phrases: string[], without: string[]}} Query
 * @typedef {{found: Map<number, number>, worth: number, counts: number, own: string, known: boolean, near: string}} Concept
 */

/** How sure a word of a page is to be what a word of the query meant. */
const SURE = { same: 1, other: 0.9, alike: 0.8, begun: 0.5, inside: 0.5, parts: 0.6, near: 0.75 };
/** A page that has less of what is asked for than this does not answer it. */
const ANSWERS = 0.47;
/** Several words in passing are as good a sign as one that tells much. */
const FAINT = 0.6;
/** What is worth less than this share of the best is left out. */
const LEAST = 0.08;
const KIND = 1.3;
/** A word that no page has is worth one when it is this long: the longer, the more it tells. */
const UNKNOWN = 7;
/** What a word that we know, and one that says little, counts for when we judge if a page answers. */
const KNOWN = 0.8, WEAK = 0.3;

/** @param {string} query as typed @returns {Query} its words, what stands in quotes, what is not wanted */
export function read(query) {
  /** @type {string[]} */
  const phrases = [], without = [];
  const rest = query.replace(/["\u00ab\u201c\u201d]([^"\u00bb\u201c\u201d]+)["\u00bb\u201c\u201d]/g, (_, phrase) => {
    phrases.push(phrase);
    return ` ${phrase} `;
  }).replace(/(^|\s)-([\p{L}\d][\p{L}\d-]*)/gu, (_, before, word) => {
    without.push(...tokens(word));
    return before;
  });
  return { words: tokens(rest), phrases: phrases.filter((one) => tokens(one).length), without };
}

/** What is searched in, in one language. */
export class Finder {
  /** @param {File} file */
  constructor(file) {
    this.kinds = file.kinds;
    this.rows = file.pages;
    this.common = new Set(tokens(file.common));
    this.weak = new Set(tokens(file.weak));
    this.pages = new Pages(file, this.common);
    /** @type {Map<string, [said: string[], meant: string[]][]>} by the first word of what is said */
    this.alike = new Map();
    /** @type {Map<string, string[]>} */
    this.pairs = new Map();
    for (const [said, meant] of file.alike) {
      const own = tokens(said).map(stem);
      for (const one of own) this.put(this.alike, one, [own, this.pages.telling(meant).map(stem)]);
    }
    const listed = tokens(file.pairs).map(stem);
    for (let at = 0; at < listed.length; at += 2) this.put(this.pairs, listed[at] ?? "", listed[at + 1] ?? "");
    const known = [...this.pages.bearing.keys(), ...this.pairs.keys(), ...this.alike.keys()];
    this.words = new Words(known, this.common, Object.values(file.kinds).flatMap(tokens));
    /** @type {Map<string, string[]>} */
    this.within = new Map();
    /** @type {string[] | undefined} */
    this.texts = undefined;
  }

  /** @template K, T @param {Map<K, T[]>} map @param {K} key @param {T} value */
  put(map, key, value) {
    const own = map.get(key);
    if (own) own.push(value);
    else map.set(key, [value]);
  }

  /** @param {string} own stem @returns {string[]} stems of the compounds that it is a part of */
  inside(own) {
    let found = this.within.get(own);
    if (!found) {
      found = own.length < 3 ? [] : [...this.pages.bearing.keys()].filter((one) => one.length > own.length + 2 && one.includes(own)
        && this.words.parts(fold(this.pages.written.get(one) ?? one)).includes(own));
      this.within.set(own, found);
    }
    return found;
  }

  /**
   * @param {string} own stem of a word
   * @param {string[]} whole stems of all the words of a query
   * @returns {Map<string, number>} stems that mean it, and how sure that is
   */
  meant(own, whole) {
    /** @type {Map<string, number>} */
    const found = new Map();
    const put = (/** @type {string} */ one, /** @type {number} */ sure) => {
      if (sure > (found.get(one) ?? 0)) found.set(one, sure);
    };
    put(own, SURE.same);
    for (const one of this.pairs.get(own) ?? []) put(one, SURE.other);
    for (const mine of [...found.keys()]) {
      for (const [said, meant] of this.alike.get(mine) ?? []) {
        if (!said.every((word) => word === mine || whole.includes(word))) continue;
        for (const one of meant) {
          put(one, SURE.alike);
          for (const other of this.pairs.get(one) ?? []) put(other, SURE.alike);
        }
      }
    }
    return found;
  }

  /** @param {Map<string, number>} stems @returns {Map<number, number>} how much each page bears of any of them */
  bearing(stems) {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const [one, sure] of stems) {
      for (const [page, tells] of this.pages.bearing.get(one) ?? []) {
        if (tells * sure > (found.get(page) ?? 0)) found.set(page, tells * sure);
      }
    }
    return found;
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
   * @param {string[]} used words of a query, folded
   * @param {number} at the place of the word
   * @param {string[]} whole their stems
   * @returns {Concept} what the word stands for
   */
  concept(used, at, whole) {
    const word = used[at] ?? "", own = whole[at] ?? "";
    const stems = this.meant(own, whole);
    // A compound is often typed as two words.
    for (const [left, right] of [[used[at - 1], word], [word, used[at + 1]]]) {
      const joined = left && right ? stem(left + right) : "";
      if (this.words.stems.has(joined)) for (const [one, sure] of this.meant(joined, whole)) stems.set(one, sure);
    }
    for (const spelt of this.words.alike(own)) {
      for (const [one, sure] of this.meant(spelt, whole)) if (!stems.has(one)) stems.set(one, sure * SURE.other);
    }
    const known = this.words.stems.has(own) || stems.size > 1;
    this.akin(stems, own, at === used.length - 1 ? word : "", known);
    const found = this.bearing(stems);
    let near = "";
    if (!known) [near = ""] = this.words.near(own, own.length < 5 ? 0 : own.length < 9 ? 1 : 2);
    const halves = this.words.halves(word);
    const parts = halves.length || known || near || found.size ? halves : this.beginning(word);
    const foreign = Math.min(1.4, word.length / UNKNOWN);
    if (near) this.most(found, this.bearing(this.meant(near, whole)), SURE.near);
    if (parts.length) this.most(found, this.compound(parts, whole), known ? SURE.parts / 2 : SURE.parts);
    return { found, worth: Math.max(this.worth(found), known || near ? 0 : foreign), counts: this.weak.has(word) ? WEAK : known || near ? KNOWN : foreign, own, known, near };
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
    for (const one of this.pages.bearing.keys()) {
      if (stems.has(one) || one.includes(" ")) continue;
      const [short, long] = one.length < own.length ? [one, own] : [own, one];
      if (short.length > 4 && long.length - short.length < 5 && long.startsWith(short)) stems.set(one, SURE.begun);
      else if (begun.length > 2 && (one.startsWith(own) || one.startsWith(begun))) stems.set(one, known ? SURE.begun : SURE.near);
    }
  }

  /** @param {Map<number, number>} found @param {Map<number, number>} others @param {number} sure */
  most(found, others, sure) {
    for (const [page, tells] of others) if (tells * sure > (found.get(page) ?? 0)) found.set(page, tells * sure);
  }

  /**
   * @param {string[]} parts the halves of a compound, or what it begins with
   * @param {string[]} whole
   * @returns {Map<number, number>} the first tells more than the last, and both more than one of them
   */
  compound(parts, whole) {
    const [first = new Map(), last = new Map()] = parts.map((part) => this.bearing(this.meant(part, [...whole, ...parts])));
    const pages = new Set([...first.keys(), ...last.keys()]);
    return new Map([...pages].map((page) => {
      const one = first.get(page) ?? 0, other = last.get(page) ?? 0;
      return [page, 0.35 * one + 0.25 * other + 0.4 * Math.min(one, other)];
    }));
  }

  /** @param {Map<number, number>} found @returns {number} how much a word tells: the fewer pages have it, the more */
  worth(found) {
    const most = Math.max(0, ...found.values());
    const pages = [...found.values()].reduce((sum, one) => sum + one, 0) / (most || 1);
    const all = Math.log(1 + this.rows.length);
    return most ? Math.log(1 + this.rows.length / pages) / all : 0;
  }

  /** @param {number} page @param {Set<string>} asked stems @returns {number} what a page is worth to who asks */
  weight(page, asked) {
    const row = this.rows[page];
    if (!row) return 1;
    const [kind] = tokens(this.kinds[`one.${row[2]}`] ?? "");
    return kind && asked.has(stem(kind)) ? KIND : row[6] ** 0.7;
  }

  /** @param {string} query as typed @returns {Hit[]} the pages that answer, best first */
  find(query) {
    return this.ask(query).hits;
  }

  /** @param {string} query as typed @returns {Answer} */
  ask(query) {
    const { words, phrases, without } = read(query);
    const used = this.pages.telling(words.join(" "));
    const whole = used.map(stem);
    const concepts = used.every((word) => this.common.has(word)) ? [] : used.map((_, at) => this.concept(used, at, whole));
    const near = concepts.flatMap((one, at) => (one.near ? [/** @type {[string, string]} */ ([used[at] ?? "", this.pages.written.get(one.near) ?? one.near])] : []));
    const pairs = this.pages.pairs(words).map((one) => this.bearing(new Map([[one, 1]]))).filter((found) => found.size)
      .map((found) => ({ found, worth: this.worth(found) }));
    const total = (concepts.length ? concepts : pairs).reduce((sum, one) => sum + one.worth, 0) || 1;
    const certain = concepts.length ? concepts.reduce((sum, one) => sum + one.counts, 0) : total;
    const asked = new Set(whole.flatMap((own) => [...this.meant(own, whole).keys()]));
    const scored = this.rows.map((_, page) => {
      let has = 0, kept = 0, sure = 0;
      for (const { found, worth, counts } of concepts) {
        const tells = found.get(page) ?? 0;
        has += tells * worth;
        sure += tells ** FAINT * counts;
        if (tells > 0.05) kept += worth;
      }
      for (const one of pairs) {
        const tells = (concepts.length ? 0.6 : 1) * one.worth * (one.found.get(page) ?? 0);
        has += tells;
        sure += tells;
      }
      const share = has / total;
      const title = this.pages.titles[page] ?? [];
      const fit = title.filter((one) => asked.has(one)).length / (title.length || 1);
      return { page, share: sure / certain, score: share * (0.5 + 0.5 * kept / total) * (1 + 0.3 * fit) * this.weight(page, asked) };
    }).filter((one) => one.score > 0 && this.wanted(one.page, phrases, without));
    scored.sort((a, b) => b.score - a.score);
    const best = scored[0]?.score ?? 0;
    const answers = phrases.length > 0 || scored.some((one) => one.share >= ANSWERS);
    const stems = [...new Set(concepts.flatMap((one) => [...this.meant(one.own, whole).keys()]))];
    const hits = scored.filter((one) => one.score >= best * LEAST).map((one) => this.hit(one.page, whole, stems, one.score));
    const share = Math.max(0, ...scored.map((one) => one.share));
    return answers ? { hits, mentions: [], near, share } : { hits: [], mentions: hits, near, share };
  }

  /** @param {number} page @param {string[]} phrases @param {string[]} without @returns {boolean} */
  wanted(page, phrases, without) {
    if (without.some((word) => this.pages.bearing.get(stem(word))?.has(page))) return false;
    const text = phrases.length ? ` ${tokens(this.texts?.[page] ?? "").join(" ")} ` : "";
    return phrases.every((phrase) => text.includes(` ${tokens(phrase).join(" ")} `));
  }

  /** @param {number} page @param {string[]} whole @param {string[]} found @param {number} score @returns {Hit} */
  hit(page, whole, found, score) {
    const [url = "", title = "", kind = "", phase = "", time = "", summary = "", , headings = []] = this.rows[page] ?? [];
    const inTitle = whole.every((word) => tokens(title).some((own) => stem(own).startsWith(word)));
    const section = inTitle ? undefined : headings.find(([, text]) => {
      const own = tokens(text).map(stem);
      return whole.every((word) => own.some((one) => one.startsWith(word)));
    });
    return {
      url: section ? `${url}#${section[0]}` : url,
      title, kind, phase, time, summary,
      section: section ? section[1] : "",
      words: found, score,
    };
  }

  /** @param {string} word as shown @param {string[]} found stems @returns {boolean} */
  matches(word, found) {
    const [own = ""] = tokens(word);
    return own.length > 1 && (found.includes(stem(own)) || this.words.parts(own).some((part) => found.includes(part)));
  }
}

/** @param {string} address of the index @returns {Promise<Finder>} */
export async function open(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new Finder(await answer.json());
}
