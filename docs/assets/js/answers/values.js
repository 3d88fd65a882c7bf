/** What an answer's cell means: one of the options, several, a number, or nothing that we know. */

import { bare, fold } from "./label.js";
import { distinct } from "./targets.js";
import { isoDate } from "./xlsx-values.js";

/**
 * @typedef {import("./shapes.js").Question} Question
 * @typedef {import("./shapes.js").Option} Option
 * @typedef {{code: string, mended?: boolean} | undefined} Meant
 */

const NOTHING = new Set(["", "-", "n/a", "na", "null", "nan", "#n/a", "#i/t", "none", "undefined", "(blank)", "(tom)", "{question_not_shown}"]);
// Of these a tool writes for each who wrote nothing; one alone is what somebody wrote.
const TOOLS = new Set(["n/a", "#n/a", "#i/t", "null", "nan", "undefined", "(blank)", "(tom)"]);
const NOT_SHOWN = "{question_not_shown}";
const YES = new Set(["y", "yes", "ja", "j", "1", "1.0", "1,0", "true", "sann", "sant", "x", "\u2713", "\u2714", "\u2611", "\u2705", "valgt", "vald", "selected", "checked", "avkrysset", "kryss"]);
const NO = new Set(["n", "no", "nei", "0", "0.0", "0,0", "false", "usann", "usant", "\u2610", "ikke valgt", "ikkje vald", "not selected", "unchecked", "ikke avkrysset"]);
/** Words of other tools and languages for options that many questions have. @type {Record<string, string[]>} */
const ALSO = {
  ja: ["yes", "y", "true", "sant", "sann"],
  nei: ["no", "n", "false", "usant", "usann"],
  annet: ["other"], // what SurveyJS calls them where its own choices are used
  ingen: ["none"],
  vet_ikke: ["vet ikke", "veit ikkje", "don't know", "dont know"],
};
const MONTHS = ["jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"];
const ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Whether a cell says that there is no answer. @param {string} text */
export const isNothing = (text) => text === "" || (text.length < 24 && NOTHING.has(text.toLowerCase()));

/**
 * What stands in a column of texts where nobody wrote: what a tool fills in, more than once. A dash,
 * «nei» or a single «N/A» is what somebody wrote.
 * @param {string[]} cells
 * @returns {Set<string>}
 */
export function blanksOf(cells) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const cell of cells) if (cell.length < 24 && TOOLS.has(cell.toLowerCase())) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return new Set(["", NOT_SHOWN, ...[...counts].flatMap(([cell, count]) => (count > 1 ? [cell] : []))]);
}

/** Whether a cell is a mark (true), no mark (false), or neither. @param {string} text @returns {boolean | undefined} */
export function marked(text) {
  const found = fold(text);
  return YES.has(found) ? true : NO.has(found) || isNothing(found) ? false : undefined;
}

/**
 * A number as tools in Norway write it: «1 000», «3,5», «12 timer».
 * @param {string} text
 * @returns {number | undefined}
 */
export function numberOf(text) {
  const found = text.length > 60 ? undefined : /^([+-]?[\d\s.,\u00a0\u202f]+?)(?:\s*[\p{L}%]+\.?)?$/u.exec(text.trim())?.[1];
  if (!found) return undefined;
  const tight = found.replace(/[\s\u00a0\u202f]/g, "");
  const plain = /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/.test(tight) && tight.includes(",")
    ? tight.replaceAll(".", "").replace(",", ".")
    : tight.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

/** Reads the answers to one question. What it has once read it knows. */
export class Reader {
  /**
   * @param {Question[]} same the question in each language at hand
   * @param {boolean} placed whether numbers are the options' places, as Questback gives them out
   */
  constructor(same, placed = false) {
    const [question] = same;
    if (!question) throw new Error("no question");
    this.question = question;
    this.placed = placed;
    /** @type {Map<string, string>} */
    this.codes = new Map();
    for (const { options } of same) for (const option of options) this.learn(option);
    for (const [code, words] of Object.entries(ALSO)) {
      if (question.options.some((option) => option.code === code)) for (const word of words) this.add(word, code);
    }
    this.ranges = new Map([...this.codes].filter(([label]) => /^\d{1,2}-\d{1,2}$/.test(label)));
    /** The longest first. */
    this.labels = [...this.codes.keys()].sort((one, other) => other.length - one.length);
    /** @type {Map<string, Meant>} */
    this.known = new Map();
  }

  /** @param {Option} option */
  learn({ code, short, plain, label }) {
    for (const form of distinct([code, short, plain, fold(label)])) this.add(form, code);
    // The ends of a scale are called by their names, too.
    if (/^\d$/.test(code)) this.add(fold(label).replace(/^\d+-/, ""), code);
  }

  /** @param {string} text @param {string} code */
  add(text, code) {
    if (text && !this.codes.has(text)) this.codes.set(text, code);
  }

  /**
   * The option that a cell means; nothing where it means none.
   * @param {string} text
   * @returns {Meant}
   */
  one(text) {
    if (!this.known.has(text)) this.known.set(text, this.meant(fold(text)));
    return this.known.get(text);
  }

  /** @param {string} text folded @returns {Meant} */
  meant(text) {
    const code = this.codes.get(text) ?? (/^\p{L}/u.test(text) ? this.codes.get(bare(text)) : undefined) ?? this.counted(text);
    if (code) return { code };
    const range = this.ranges.size ? rangesOf(text).find((one) => this.ranges.has(one)) : undefined;
    return range ? { code: this.ranges.get(range) ?? "", mended: true } : undefined;
  }

  /** What a number means: a step of a scale, or a place. @param {string} text folded */
  counted(text) {
    const [, digits = "", rest = ""] = /^(\d{1,2})(?:[.,]0+)?(?:\s*[-.):=]\s*(.+)|\s+(\D.*))?$/.exec(text) ?? [];
    if (!digits) return undefined;
    const named = rest && this.codes.get(rest);
    const step = this.codes.get(String(Number(digits)));
    if (named && named !== step) return named;
    if (this.question.type === "scale" && step) return step;
    if (step && !rest) return step;
    return this.placed && !rest ? this.question.options[Number(digits) - 1]?.code : undefined;
  }
}

/**
 * The ranges that a spreadsheet may have taken for a date: «2-4» became the second of April,
 * «10-19» October 2019.
 * @param {string} text folded
 * @returns {string[]}
 */
function rangesOf(text) {
  const serial = /^\d{5}$/.test(text) ? isoDate(Number(text)) : text;
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(serial);
  if (iso) {
    const [year = 0, month = 0, day = 0] = iso.slice(1).map(Number);
    return [`${day}-${month}`, `${month}-${day}`, ...(day === 1 ? [`${month}-${year % 100}`] : [])];
  }
  const words = /^(\d{1,2})[.\s-]*(\p{L}{3})\p{L}*\.?$|^(\p{L}{3})\p{L}*[.\s-]*(\d{1,2})$/u.exec(text);
  const name = words?.[2] ?? words?.[3] ?? "";
  const month = 1 + Math.max(MONTHS.indexOf(name), ENGLISH.indexOf(name));
  const other = Number(words?.[1] ?? words?.[4]);
  return month ? [`${other}-${month}`, `${month}-${other}`] : [];
}
