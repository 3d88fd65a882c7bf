/**
 * Finds pages by Norwegian words, and says so where none answers. Everything is done in the browser,
 * so one algorithm reads both pages and queries.
 */

import { Meanings } from "./lib-mean.js";
import { Pages } from "./lib-pages.js";
import { stem, tokens } from "./lib-words.js";

/**
 * @typedef {import("./lib-mean.js").Concept} Concept
 * @typedef {{url: string, title: string, kind: string, phase: string, time: string,
 *   summary: string, section: string, words: string[]}} Hit
 * @typedef {{hits: Hit[], mentions: Hit[], near: [typed: string, meant: string][]}} Answer
 *   `mentions`: where no page answers, those that have some of the words
 * @typedef {{words: string[], phrases: string[][], without: string[]}} Query
 */

/** A page that we are less sure of than this does not answer. */
const ANSWERS = 0.45;
/** Several words in passing are as good a sign as one that tells much. */
const FAINT = 0.6;
/** What scores less than this share of the best is left out. */
const LEAST = 0.08;
/** The weight of a page of the kind that somebody asks for by name. */
const KIND = 1.3;

/** @param {string} query as typed @returns {Query} its words, what stands in quotes, what is not wanted */
export function read(query) {
  /** @type {string[][]} */
  const phrases = [];
  /** @type {string[]} */
  const without = [];
  const rest = query.replace(/["\u00ab\u201c\u201d\u201e]([^"\u00bb\u201c\u201d]+)["\u00bb\u201c\u201d]/g, (_, phrase) => {
    if (tokens(phrase).length) phrases.push(tokens(phrase));
    return ` ${phrase} `;
  }).replace(/(^|\s)-([\p{L}\d][\p{L}\d-]*)/gu, (_, before, word) => {
    without.push(...tokens(word).map(stem));
    return before;
  });
  return { words: tokens(rest), phrases, without };
}

/** What is searched in, in one language. */
export class Finder {
  /** @param {import("./lib-pages.js").File} file @param {() => Promise<string[]>} texts gets the texts of the pages */
  constructor(file, texts) {
    this.kinds = file.kinds;
    this.pages = new Pages(file);
    this.meanings = new Meanings(file, this.pages);
    this.fetched = texts;
    /** @type {string[] | undefined} */
    this.texts = undefined;
  }

  /** @param {string} query as typed @returns {Promise<void>} when what is needed to answer it is there */
  async ready(query) {
    if (read(query).phrases.length) this.texts ??= (await this.fetched()).map((text) => ` ${tokens(text).join(" ")} `);
  }

  /** @param {string} query as typed @returns {Hit[]} the pages that answer, best first */
  find(query) {
    return this.ask(query).hits;
  }

  /** @param {string} query as typed @returns {Answer} */
  ask(query) {
    const asked = read(query);
    const { pages, meanings } = this;
    const used = pages.telling(asked.words.join(" "));
    const whole = used.map(stem);
    const concepts = used.every((word) => pages.common.has(word)) ? [] : used.map((_, at) => meanings.concept(used, at, whole));
    const together = meanings.together(asked.words, concepts.length > 0);
    const joined = used.slice(1).map((word, at) => stem(`${used[at]}${word}`)).filter((own) => meanings.words.stems.has(own));
    const stems = [...new Set([...whole, ...joined].flatMap((own) => [...meanings.meant(own, whole).keys()]))];
    const scored = this.scored(concepts, together, new Set(stems)).filter(({ page }) => this.wanted(page, asked));
    // What stands in quotes is asked for word by word: every page that has it answers.
    const least = asked.phrases.length ? 0 : (scored[0]?.score ?? 0) * LEAST;
    const found = scored.filter(({ score }) => score >= least && (score || asked.phrases.length)).map(({ page }) => this.hit(page, whole, stems));
    const answers = asked.phrases.length > 0 || scored.some(({ sure }) => sure >= ANSWERS);
    return { hits: answers ? found : [], mentions: answers ? [] : found, near: this.near(concepts, used) };
  }

  /**
   * @param {Concept[]} concepts @param {Concept[]} together
   * @param {Set<string>} stems all that is asked for
   * @returns {{page: number, sure: number, score: number}[]} best first
   */
  scored(concepts, together, stems) {
    const judged = concepts.length ? concepts : together;
    const sum = (/** @type {(one: Concept) => number} */ value, /** @type {Concept[]} */ of) => of.reduce((all, one) => all + value(one), 0);
    const worth = sum((one) => one.worth, judged) || 1, counts = sum((one) => one.counts, judged) || 1;
    const scored = this.pages.rows.map((_, page) => {
      const tells = (/** @type {Concept} */ one) => one.found.get(page) ?? 0;
      const beside = sum((one) => one.worth * tells(one), together);
      const has = beside + sum((one) => one.worth * tells(one), concepts);
      const sure = (beside + sum((one) => one.counts * tells(one) ** FAINT, concepts)) / counts;
      const kept = sum((one) => (tells(one) > 0.05 ? one.worth : 0), concepts) / worth;
      const named = Math.max(...(this.pages.names[page] ?? []).map((name) => name.filter((one) => stems.has(one)).length / (name.length || 1)));
      return { page, sure, score: has / worth * (0.5 + 0.5 * kept) * (1 + 0.3 * named) * this.weight(page, stems) };
    });
    return scored.sort((a, b) => b.score - a.score);
  }

  /** @param {Concept[]} concepts @param {string[]} used @returns {[string, string][]} words as typed, and what was meant */
  near(concepts, used) {
    return concepts.flatMap(({ near }, at) => (near ? [/** @type {[string, string]} */ ([used[at] ?? "", this.pages.written.get(near) ?? near])] : []));
  }

  /** @param {number} page @param {Set<string>} stems @returns {number} what a page is worth to who asks */
  weight(page, stems) {
    const row = this.pages.rows[page];
    if (!row) return 1;
    const [kind] = tokens(this.kinds[`one.${row[2]}`] ?? "");
    return kind && stems.has(stem(kind)) ? KIND : row[6] ** 0.7;
  }

  /** @param {number} page @param {Query} asked @returns {boolean} */
  wanted(page, { phrases, without }) {
    if (without.some((own) => this.pages.bearing.get(own)?.has(page))) return false;
    return phrases.every((phrase) => this.texts?.[page]?.includes(` ${phrase.join(" ")} `));
  }

  /** @param {number} page @param {string[]} whole @param {string[]} words stems that were found by @returns {Hit} */
  hit(page, whole, words) {
    const [url = "", title = "", kind = "", phase = "", time = "", summary = "", , headings = []] = this.pages.rows[page] ?? [];
    const inTitle = whole.every((word) => tokens(title).some((own) => stem(own).startsWith(word)));
    const section = inTitle ? undefined : headings.find(([, text]) => {
      const own = tokens(text).map(stem);
      return whole.every((word) => own.some((one) => one.startsWith(word)));
    });
    return { url: section ? `${url}#${section[0]}` : url, title, kind, phase, time, summary, section: section ? section[1] : "", words };
  }

  /** @param {string} word as shown @param {string[]} found stems @returns {boolean} */
  matches(word, found) {
    const [own = ""] = tokens(word);
    return own.length > 1 && (found.includes(stem(own)) || found.some((one) => one.length > 3 && (own.startsWith(one) || own.endsWith(one))));
  }
}

/** @param {string} address @returns {Promise<any>} */
async function get(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** @param {string} address of the index; the texts lie beside it @returns {Promise<Finder>} */
export async function open(address) {
  const texts = address.replace(/[^/]*$/, "tekst.json");
  return new Finder(await get(address), () => get(texts));
}
