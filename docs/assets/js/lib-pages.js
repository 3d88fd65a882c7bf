/**
 * The pages as search reads them: for each stem the pages that bear it, and how much it tells of
 * each. What a page is called tells most, what is said in passing least.
 */

import { fold, stem, tokens, Words } from "./lib-words.js";

/**
 * @typedef {[url: string, title: string, kind: string, phase: string, time: string, summary: string,
 *   weight: number, headings: [string, string][], asked: string, words: string, strong: string]} Row
 * @typedef {{words: string, alike: [string, string][], pairs: string, kinds: Record<string, string>,
 *   common: string, weak: string, pages: Row[]}} File
 */

const TELLS = { title: 1, address: 0.85, part: 0.75, asked: 0.7, summary: 0.4, heading: 0.35, kind: 0.3, strong: 0.3, body: 0.12 };
/** A heading that more pages than this have, such as «Deltakere», tells of none of them. */
const OWN = 3;

/**
 * @param {string} text steps from number to number in base 26: capitals, and one small letter that ends it
 * @returns {number[]} the numbers
 */
function numbers(text) {
  const found = [];
  let place = 0, step = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    step = step * 26 + (code & 31) - 1;
    if (code < 97) continue;
    found.push(place += step);
    step = 0;
  }
  return found;
}

export class Pages {
  /** @param {File} file */
  constructor(file) {
    this.rows = file.pages;
    this.kinds = file.kinds;
    /** Words that tell nothing, folded. */
    this.common = new Set(tokens(file.common));
    /** @type {Map<string, Map<number, number>>} stem: page: how much it tells, below 1 */
    this.bearing = new Map();
    /** @type {Map<string, string>} stem: a word as it is written, the most usual one */
    this.written = new Map();
    const listed = file.words.split(" ");
    const stems = listed.map((word) => this.note(word));
    /** @type {Map<string, number>} */
    this.usual = new Map();
    for (const row of this.rows) {
      for (const text of new Set(row[7].map(([, title]) => title))) this.usual.set(text, (this.usual.get(text) ?? 0) + 1);
    }
    this.rows.forEach((row, page) => this.read(row, page, stems));
    this.words = new Words(this.bearing.keys(), this.common, Object.values(this.kinds).flatMap(tokens));
    this.rows.forEach((row, page) => this.compounds(row, page));
    /** Stems of single words, and those that begin with each two letters. */
    this.single = [...this.bearing.keys()].filter((one) => !one.includes(" "));
    /** @type {Map<string, string[]>} */
    this.begun = new Map();
    for (const one of this.single) {
      const start = one.slice(0, 2), own = this.begun.get(start);
      if (own) own.push(one);
      else this.begun.set(start, [one]);
    }
    /** Stems of what each page is called: its title, and its address. */
    this.names = this.rows.map(([url, title]) => [this.telling(title), this.last(url)].map((words) => [...new Set(words.map(stem))]));
  }

  /** @param {string} word as written @returns {string} its stem */
  note(word) {
    const own = stem(fold(word));
    if (!this.written.has(own)) this.written.set(own, word);
    return own;
  }

  /** @param {string} url @returns {string[]} the words of its last part, folded */
  last(url) {
    return tokens(url.replace(/\/$/, "").replace(/^.*\//, ""));
  }

  /** @param {string} text @returns {string[]} its words that tell something, folded */
  telling(text) {
    const all = tokens(text);
    const found = all.filter((word) => !this.common.has(word));
    return found.length ? found : all;
  }

  /** @param {Row} row @param {number} page @param {string[]} stems of the listed words */
  read(row, page, stems) {
    const [url, title, kind, , , summary, , headings, asked, words, strong] = row;
    const named = this.telling(title);
    this.add(page, named.map(stem), TELLS.title / (1 + 0.07 * (named.length - 1)));
    this.add(page, this.last(url).map(stem), TELLS.address);
    this.add(page, this.telling(asked).map(stem), TELLS.asked);
    this.add(page, this.telling(summary).map(stem), TELLS.summary);
    this.add(page, [title, asked].flatMap((text) => this.pairs(tokens(text))), TELLS.asked);
    this.add(page, tokens(`${this.kinds[`one.${kind}`] ?? ""} ${this.kinds[kind] ?? ""}`).map(stem), TELLS.kind);
    const own = headings.filter(([, text]) => (this.usual.get(text) ?? 0) <= OWN).map(([, text]) => text);
    this.add(page, this.telling(own.join(" ")).map(stem), TELLS.heading);
    this.add(page, numbers(strong).map((at) => stems[at] ?? ""), TELLS.strong);
    this.add(page, numbers(words).map((at) => stems[at] ?? ""), TELLS.body);
    for (const word of `${title} ${asked} ${summary}`.match(/[\p{L}\d]{2,}/gu) ?? []) this.note(word.toLowerCase());
  }

  /** What a page is called is often a compound: each part tells nearly as much. */
  /** @param {Row} row @param {number} page */
  compounds([url, title], page) {
    const named = [...this.telling(title), ...this.last(url)];
    this.add(page, named.flatMap((word) => this.words.parts(word)), TELLS.part / (1 + 0.07 * (named.length - 2)));
  }

  /**
   * Two words that stand together, common ones too: «gå galt», «hvem gjør».
   * @param {string[]} words folded
   * @returns {string[]}
   */
  pairs(words) {
    return words.slice(1).map((word, at) => `${stem(words[at] ?? "")} ${stem(word)}`);
  }

  /** Adds what some words tell: together with what they tell already, and never all. */
  /** @param {number} page @param {string[]} stems @param {number} tells */
  add(page, stems, tells) {
    for (const own of new Set(stems)) {
      let pages = this.bearing.get(own);
      if (!pages) this.bearing.set(own, pages = new Map());
      pages.set(page, 1 - (1 - (pages.get(page) ?? 0)) * (1 - Math.min(tells, 0.99)));
    }
  }
}
