/**
 * Finds pages by Norwegian words: stems, parts of compounds, other spellings and words that mean
 * the same. Everything is done in the browser, so one algorithm reads both pages and queries.
 */

import MiniSearch from "./vendor/minisearch.js";
import { stemmer } from "./vendor/norwegian-stemmer.js";

/**
 * @typedef {[url: string, title: string, kind: string, phase: string, time: string,
 *   summary: string, weight: number, headings: [string, string][], words: number[]]} Row
 * @typedef {{words: string, alike: [string, string][], kinds: Record<string, string>,
 *   common: string[], pages: Row[]}} File
 * @typedef {{url: string, title: string, kind: string, phase: string, time: string,
 *   summary: string, section: string, words: string[]}} Hit
 */

const FIELDS = { title: 9, parts: 2, headings: 2.5, summary: 2.5, headingParts: 1, body: 0.7, bodyParts: 0.25 };

/** Stems are made here, so that the library only has to count them. */
const PLAIN = {
  tokenize: (/** @type {string} */ text) => text.split(" ").filter(Boolean),
  processTerm: (/** @type {string} */ term) => term,
};

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

/** @param {string} text @returns {string[]} */
const tokens = (text) => fold(text).match(/[a-z0-9]{2,}/g) ?? [];

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
class Words {
  /** @param {Iterable<string>} words folded */
  constructor(words) {
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
    for (let at = 3; at <= word.length - 4 && depth < 3; at += 1) {
      const left = word.slice(0, at);
      const right = word.slice(at);
      if (!this.stems.has(stem(right))) continue;
      const bare = /[se]$/.test(left) ? left.slice(0, -1) : left;
      const first = [left, bare].find((half) => half.length > 2 && this.stems.has(stem(half)));
      if (!first) continue;
      for (const part of [stem(first), stem(right), ...this.split(first, depth + 1), ...this.split(right, depth + 1)]) {
        found.add(part);
      }
    }
    return [...found];
  }
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
    ]);
    this.meant = file.alike.map(([, meant]) => tokens(meant).map(stem));
    this.alike = new MiniSearch({ ...PLAIN, fields: ["word"] });
    this.alike.addAll(file.alike.map(([word], id) => ({ id, word: tokens(word).map(stem).join(" ") })));
    this.index = new MiniSearch({ ...PLAIN, fields: Object.keys(FIELDS) });
    this.index.addAll(file.pages.map((row, id) => this.entry(row, id, listed)));
  }

  /** @param {Row} row @param {number} id @param {string[]} listed */
  entry(row, id, listed) {
    const headings = row[7].map(([, title]) => title).join(" ");
    let place = 0;
    const body = row[8].map((step) => fold(listed[(place += step)] ?? ""));
    return {
      id,
      title: this.stemmed(tokens(row[1])),
      parts: this.split(tokens(row[1])),
      summary: this.stemmed(tokens(row[5])),
      headings: this.stemmed(tokens(headings)),
      headingParts: this.split(tokens(`${row[5]} ${headings}`)),
      body: this.stemmed(body),
      bodyParts: this.split(body),
    };
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
   * @param {string} word of a query, folded
   * @param {boolean} last still being typed
   */
  meaning(word, last) {
    const own = stem(word);
    const known = this.words.stems.has(own);
    const wrong = known || word.length < 5 ? false : word.length > 8 ? 2 : 1;
    /** @type {import("./vendor/minisearch.js").Query[]} */
    const queries = [{ queries: [own], prefix: last || !known, fuzzy: wrong }];
    if (own !== word) queries.push({ queries: [word], prefix: last, boostTerm: () => 0.6 });
    for (const part of this.words.parts(word)) {
      queries.push({ queries: [part], boostTerm: () => 0.5 });
    }
    const fuzzy = word.length > 5 ? 1 : false;
    for (const other of this.alike.search({ queries: [own], prefix: last && own.length > 3, fuzzy })) {
      queries.push({ queries: this.meant[other.id] ?? [], boostTerm: () => 0.9 });
    }
    return { combineWith: /** @type {const} */ ("OR"), queries };
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
    const queries = used.map((word, at) => this.meaning(word, at === used.length - 1));
    const options = {
      boost: FIELDS,
      weights: { prefix: 0.45, fuzzy: 0.3 },
      boostDocument: (/** @type {number} */ id) => this.rows[id]?.[6] ?? 1,
    };
    const both = this.index.search({ combineWith: "AND", queries }, options);
    const seen = new Set(both.map((hit) => hit.id));
    const some = both.length > 2 || used.length < 2 ? [] : this.index.search({ combineWith: "OR", queries }, options);
    const whole = used.map(stem);
    return [...both, ...some.filter((hit) => !seen.has(hit.id))].map((hit) => this.hit(hit.id, whole, hit.terms));
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
