/**
 * Finds pages by Norwegian words: stems, parts of compounds, other spellings and words that mean
 * the same. Everything is done in the browser, so one algorithm reads both pages and queries.
 */

import { fold, stem, tokens, Words } from "./lib-words.js";
import MiniSearch from "./vendor/minisearch.js";

/**
 * @typedef {[url: string, title: string, kind: string, phase: string, time: string,
 *   summary: string, weight: number, headings: [string, string][], words: number[]]} Row
 * @typedef {{words: string, alike: [string, string][], kinds: Record<string, string>,
 *   common: string[], pages: Row[]}} File
 * @typedef {{url: string, title: string, kind: string, phase: string, time: string,
 *   summary: string, section: string, words: string[]}} Hit
 */

const FIELDS = {
  title: 9, address: 6, kind: 3, parts: 2, headings: 2.5, summary: 2.5, headingParts: 1, body: 0.7, bodyParts: 0.25,
};

const NAMES = ["title", "address", "parts"];
/** The weight of a page of the kind that somebody asks for by name. */
const KIND = 1.5;

/** Stems are made here, so that the library only has to count them. */
const PLAIN = {
  tokenize: (/** @type {string} */ text) => text.split(" ").filter(Boolean),
  processTerm: (/** @type {string} */ term) => term,
};

/** @typedef {import("./vendor/minisearch.js").SearchResult} Result */

/**
 * @param {string[]} own terms of one word of a query
 * @param {Result} hit
 * @returns {boolean}
 */
const has = (own, hit) => own.some((term) => hit.queryTerms.includes(term));

/**
 * A page that has all the words comes before one with some of them, and one that is named by them
 * before all others. A word counts by how few pages have it.
 * @param {Result[]} found
 * @param {string[]} used words of a query, folded
 * @param {string[][]} terms of each of them
 * @param {(id: number) => string[]} title words of a page's title, folded
 * @returns {Result[]} best first, without those that have little of the query where others have more
 */
function rank(found, used, terms, title) {
  const worth = terms.map((own) => Math.log(1 + found.length / (found.filter((hit) => has(own, hit)).length || 1)));
  const total = worth.reduce((sum, one) => sum + one, 0);
  const share = (/** @type {(own: string[], at: number) => boolean} */ test) =>
    terms.reduce((sum, own, at) => sum + (test(own, at) ? worth[at] ?? 0 : 0), 0) / total;
  const scored = found.map((hit) => {
    const names = hit.terms.filter((term) => hit.match[term]?.some((field) => NAMES.includes(field)));
    const words = title(hit.id);
    const all = share((own) => has(own, hit));
    const called = share((own) => own.some((term) => names.includes(term)));
    const typed = share((_, at) => words.includes(used[at] ?? ""));
    return { hit, share: Math.max(all, called), score: hit.score * all * (1 + called + typed / 2) };
  });
  const most = Math.max(0, ...scored.map((one) => one.share));
  const least = used.length > 1 ? Math.max(0, ...scored.map((one) => one.score)) / 80 : 0;
  return scored.filter((one) => one.share >= most / 3 && one.score >= least)
    .sort((a, b) => b.score - a.score).map((one) => one.hit);
}

/** What is searched in, in one language. */
export class Finder {
  /** @param {File} file */
  constructor(file) {
    const listed = file.words.split(" ");
    this.kinds = file.kinds;
    this.rows = file.pages;
    this.common = new Set(file.common.map(fold));
    this.words = new Words([
      ...listed.map(fold),
      ...file.pages.flatMap((row) => tokens(`${row[1]} ${row[5]}`)),
    ], this.common, Object.values(file.kinds).flatMap(tokens));
    this.pairs = file.alike.map(([said, meant]) => [said, meant].map((text) => tokens(text).map(stem)));
    this.alike = new MiniSearch({ ...PLAIN, fields: ["word"] });
    this.alike.addAll(this.pairs.map(([said = []], id) => ({ id, word: said.join(" ") })));
    this.index = new MiniSearch({ ...PLAIN, fields: Object.keys(FIELDS) });
    this.index.addAll(file.pages.map((row, id) => this.entry(row, id, listed)));
  }

  /** @param {Row} row @param {number} id @param {string[]} listed */
  entry(row, id, listed) {
    const headings = row[7].map(([, title]) => title).join(" ");
    const address = tokens(row[0].replace(/\/$/, "").replace(/^.*\//, ""));
    let place = 0;
    const body = row[8].map((step) => fold(listed[(place += step)] ?? ""));
    return {
      id,
      title: this.stemmed(tokens(row[1])),
      address: this.stemmed(address),
      kind: this.stemmed(this.named(row)),
      parts: this.split([...tokens(row[1]), ...address]),
      summary: this.stemmed(tokens(row[5])),
      headings: this.stemmed(tokens(headings)),
      headingParts: this.split(tokens(`${row[5]} ${headings}`)),
      body: this.stemmed(body),
      bodyParts: this.split(body),
    };
  }

  /** @param {Row} row @returns {string[]} the words for its kind of page, one and many */
  named(row) {
    return tokens(`${this.kinds[`one.${row[2]}`] ?? ""} ${this.kinds[row[2]] ?? ""}`);
  }

  /** @param {string[]} words */
  stemmed(words) {
    return words.map(stem).join(" ");
  }

  /** @param {string[]} words */
  split(words) {
    return words.flatMap((word) => this.words.parts(word)).join(" ");
  }

  /**
   * @param {string} own stem of one of the words
   * @param {string[]} whole stems of all the words of a query
   * @returns {string[]} stems of words alike; an expression counts when all its words are there
   */
  others(own, whole) {
    const unknown = !this.words.stems.has(own);
    const fuzzy = unknown && own.length > 5 ? 1 : false;
    const prefix = unknown && own.length > 3 && own === whole.at(-1);
    return this.alike.search({ queries: [own], prefix, fuzzy }).flatMap(({ id }) => {
      const [said = [], meant = []] = this.pairs[id] ?? [];
      return said.length < 2 || said.every((word) => whole.includes(word)) ? meant : [];
    });
  }

  /** @param {string} word that nobody has written @returns {string[]} stem of the longest word that it begins with */
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
   */
  meaning(used, at, whole) {
    const word = used[at] ?? "";
    const last = at === used.length - 1;
    const own = stem(word);
    const known = this.words.stems.has(own);
    const wrong = known || word.length < 5 ? false : word.length > 8 ? 2 : 1;
    /** @type {{queries: string[], prefix?: boolean, fuzzy?: number | boolean, boostTerm?: () => number}[]} */
    const queries = [{ queries: [own], prefix: !known, fuzzy: wrong }];
    if (known && last) queries.push({ queries: [own], prefix: true, boostTerm: () => 0.5 });
    if (own !== word) queries.push({ queries: [word], prefix: last, boostTerm: () => 0.6 });
    const parts = this.words.parts(word);
    for (const part of parts.length || known ? parts : this.beginning(word)) {
      queries.push({ queries: [part, ...this.others(part, whole)], boostTerm: () => 0.5 });
    }
    queries.push({ queries: this.others(own, whole), boostTerm: () => 0.9 });
    // A compound is often typed as two words.
    for (const [left, right] of [[used[at - 1], word], [word, used[at + 1]]]) {
      const joined = left && right ? stem(left + right) : "";
      if (this.words.stems.has(joined)) queries.push({ queries: [joined] });
    }
    return { combineWith: /** @type {const} */ ("OR"), queries };
  }

  /** @param {number} id @param {Set<string>} asked stems @returns {number} what a page is worth to who asks */
  weight(id, asked) {
    const row = this.rows[id];
    if (!row) return 1;
    const [kind] = tokens(this.kinds[`one.${row[2]}`] ?? "");
    return kind && asked.has(stem(kind)) ? KIND : row[6];
  }

  /**
   * @param {string} query as typed
   * @returns {Hit[]} best first
   */
  find(query) {
    const all = tokens(query);
    const telling = all.filter((word) => !this.common.has(word));
    const used = telling.length ? telling : all;
    if (!used.length) return [];
    const whole = used.map(stem);
    const queries = used.map((_, at) => this.meaning(used, at, whole));
    const asked = new Set(whole.flatMap((own) => [own, ...this.others(own, whole)]));
    const found = this.index.search({ combineWith: "OR", queries }, {
      boost: FIELDS,
      weights: { prefix: 0.45, fuzzy: 0.3 },
      boostDocument: (/** @type {number} */ id) => this.weight(id, asked),
    });
    const terms = queries.map((one) => one.queries.flatMap((part) => part.queries));
    const title = (/** @type {number} */ id) => tokens(this.rows[id]?.[1] ?? "");
    return rank(found, used, terms, title).map((hit) => this.hit(hit.id, whole, hit.terms));
  }

  /** @param {number} id @param {string[]} whole @param {string[]} found @returns {Hit} */
  hit(id, whole, found) {
    const [url = "", title = "", kind = "", phase = "", time = "", summary = "", , headings = []] = this.rows[id] ?? [];
    const inTitle = whole.every((word) => tokens(title).some((own) => stem(own).startsWith(word)));
    const section = inTitle ? undefined : headings.find(([, text]) => {
      const own = tokens(text).map(stem);
      return whole.every((word) => own.some((one) => one.startsWith(word)));
    });
    return {
      url: section ? `${url}#${section[0]}` : url,
      title, kind, phase, time, summary,
      section: section ? section[1] : "",
      words: found,
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
