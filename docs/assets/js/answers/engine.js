/**
 * The side that reads and counts: keeps the files' tables and the sets of answers, and gives the page
 * what is found in them. It runs in a worker, or in the page, and knows nothing of either.
 */

import { WrongFile } from "../lib-wrong.js";
import { beside, changes } from "./compare.js";
import { again, likeliest, match } from "./match.js";
import { figuresOf } from "./protect.js";
import { read } from "./sheet.js";
import { openOf, take } from "./take.js";

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {import("./shapes.js").Set} AnswerSet
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("./shapes.js").Result} Result
 * @typedef {import("./match.js").Match} Match
 * @typedef {import("./work.js").Taken} Taken
 */
/**
 * A table that was found. `samples` are some of what stands in each column.
 * @typedef {object} FoundSheet
 * @property {string} id
 * @property {string} file
 * @property {string} name
 * @property {number} rows
 * @property {Match} match
 * @property {string[][]} samples
 */
/** @typedef {{file: string, sheets: FoundSheet[], wrong?: {key: string, where: string | number}}} FoundFile */
/** What the reader says of a column. @typedef {{column: number, key: string, option: string}} Hand */
/**
 * What is to be taken. `places` are names by the code of an option, `files` by the table, where each
 * table is of one municipality.
 * @typedef {{sheets: string[], places: Record<string, string>, files?: Record<string, string>}} Wanted
 */
/** @typedef {{sheet: Sheet, survey: Survey, twins: Survey[], match: Match}} Kept */

const SAMPLES = 3;
const LOOKED = 200; // rows that samples are looked for in
const LONGEST = 60; // characters of a sample

export class Engine {
  constructor() {
    /** @type {Map<string, Kept>} */
    this.sheets = new Map();
    /** @type {Map<string, {survey: Survey, set?: AnswerSet, result?: Result}>} `set` is not there where figures came alone */
    this.sets = new Map();
    this.last = 0;
    /** The answers that were last looked at. @type {{wanted: string, set: AnswerSet} | undefined} */
    this.latest = undefined;
  }

  /**
   * What is in some files; a file that is not taken says why, and the others are taken.
   * @param {{files: {name: string, bytes: ArrayBuffer}[], survey: Survey, twins: Survey[]}} given
   * @returns {Promise<FoundFile[]>}
   */
  async read({ files, survey, twins }) {
    /** @type {FoundFile[]} */
    const found = [];
    for (const { name, bytes } of files) {
      try {
        const sheets = await read(new Uint8Array(bytes), name);
        found.push({ file: name, sheets: best(sheets.map((sheet) => this.#found(`sheet-${++this.last}`, sheet, survey, twins))) });
      } catch (error) {
        if (!(error instanceof WrongFile)) throw error;
        found.push({ file: name, sheets: [], wrong: { key: error.key, where: error.where } });
      }
    }
    return found;
  }

  /** @param {string} id @param {Sheet} sheet @param {Survey} survey @param {Survey[]} twins @returns {FoundSheet} */
  #found(id, sheet, survey, twins) {
    const kept = { sheet, survey, twins, match: match(sheet, survey, twins) };
    this.sheets.set(id, kept);
    this.latest = undefined;
    return about(id, kept);
  }

  /**
   * How tables fit another survey.
   * @param {{sheets: string[], survey: Survey, twins: Survey[]}} given
   * @returns {FoundSheet[]}
   */
  fit({ sheets, survey, twins }) {
    return sheets.map((id) => this.#found(id, this.#sheet(id).sheet, survey, twins));
  }

  /**
   * A column is what the reader says. What another column was is no longer so, where both would be the same.
   * @param {{sheet: string, hand: Hand}} given
   * @returns {FoundSheet}
   */
  hand({ sheet: id, hand }) {
    const kept = this.#sheet(id);
    const columns = kept.match.columns.map((column) => byHand(column, hand));
    this.latest = undefined;
    kept.match = again(kept.sheet, { columns, skip: kept.match.skip }, kept.survey, kept.twins);
    return about(id, kept);
  }

  /**
   * The survey that a table looks like more than the one it was read as; none if there is none.
   * @param {{sheet: string, surveys: Survey[]}} given
   * @returns {string | undefined}
   */
  other({ sheet, surveys }) {
    const { sheet: found, survey } = this.#sheet(sheet);
    const [first] = likeliest(found, [...surveys.filter(({ id }) => id === survey.id), ...surveys.filter(({ id }) => id !== survey.id)]);
    return first && first.id !== survey.id ? first.id : undefined;
  }

  /**
   * What would be taken: how many answers, what is odd, and what municipalities are called.
   * @param {Wanted} wanted
   * @returns {{n: number, notes: Note[], places: Record<string, string>, used: string[]}}
   */
  preview(wanted) {
    const { set, survey } = this.#taken(wanted, "");
    const place = openOf(survey);
    const used = place ? new Set(set.columns[place.code]) : [];
    return { n: set.n, notes: set.notes, places: set.places, used: [...used].filter((one) => typeof one === "string") };
  }

  /**
   * Take the answers of tables as one set.
   * @param {Wanted & {label: string, madeUp: boolean}} wanted
   * @returns {Taken}
   */
  take({ label, madeUp, ...wanted }) {
    const { set, survey } = this.#taken(wanted, label);
    return this.#keep(survey, set, madeUp);
  }

  /** @param {Wanted} wanted @param {string} label */
  #taken({ sheets, places, files = {} }, label) {
    const kept = sheets.map((id) => this.#sheet(id));
    const [first] = kept;
    if (!first) throw new WrongFile("Stopped");
    const whose = Object.fromEntries(sheets.map((id, at) => [at, files[id] ?? ""]));
    const wanted = JSON.stringify([sheets, whose]);
    // What was shown before is what is taken, unless something has been matched by hand since.
    if (this.latest?.wanted !== wanted) {
      const set = take(kept.map(({ sheet }) => sheet), kept.map((one) => one.match), first.survey, { twins: first.twins, whose });
      this.latest = { wanted, set };
    }
    const { set } = this.latest;
    return { survey: first.survey, set: { ...set, label, places: { ...set.places, ...places } } };
  }

  /**
   * A set that was saved in a file is here again.
   * @param {{survey: Survey, set: AnswerSet, madeUp: boolean}} given
   * @returns {Taken}
   */
  put({ survey, set, madeUp }) {
    return this.#keep(survey, set, madeUp);
  }

  /** @param {Survey} survey @param {AnswerSet} set @param {boolean} madeUp @returns {Taken} */
  #keep(survey, set, madeUp) {
    const id = `set-${++this.last}`;
    this.sets.set(id, { survey, set });
    const { label, n, notes } = set;
    return { id, survey: survey.id, label, n, notes, madeUp };
  }

  /**
   * Figures that were saved in a file without the answers.
   * @param {{result: Result, madeUp: boolean}} given
   * @returns {Taken}
   */
  figures({ result, madeUp }) {
    const id = `set-${++this.last}`;
    const { survey, set: label, n, notes } = result;
    this.sets.set(id, { survey, result });
    return { id, survey: survey.id, label, n, notes, madeUp, figures: true };
  }

  /** A set with all that is in it, to be saved in a file. @param {{set: string}} given */
  give({ set: id }) {
    return answersOf(this.#set(id).set);
  }

  /** The figures of a set, protected. @param {{set: string}} given */
  count({ set: id }) {
    const kept = this.#set(id);
    kept.result ??= figuresOf(kept.survey, answersOf(kept.set));
    return kept.result;
  }

  /** What has changed from one set to another. @param {{before: string, after: string}} given */
  changes({ before, after }) {
    return changes(this.count({ set: before }), this.count({ set: after }));
  }

  /** The same questions in several sets. @param {{sets: string[]}} given */
  beside({ sets }) {
    return beside(sets.map((set) => ({ result: this.count({ set }) })));
  }

  /** @param {string} id */
  #sheet(id) {
    const found = this.sheets.get(id);
    if (!found) throw new WrongFile("Stopped");
    return found;
  }

  /** @param {string} id */
  #set(id) {
    const found = this.sets.get(id);
    if (!found) throw new WrongFile("Stopped");
    return found;
  }
}

/** @param {AnswerSet | undefined} set */
function answersOf(set) {
  if (!set) throw new Error("figures alone");
  return set;
}

/** Of the tables of a file those that fit; where none does, the first. @param {FoundSheet[]} sheets */
function best(sheets) {
  const fit = sheets.filter(({ match: { score } }) => score > 0);
  return fit.length ? fit : sheets.slice(0, 1);
}

/** @param {import("./shapes.js").Column} column @param {Hand} hand @returns {import("./shapes.js").Column} */
function byHand(column, { column: index, key, option }) {
  const { header } = column;
  if (column.index === index) return { index, header, key, by: key ? "hand" : "", ...(option && { option }) };
  const same = key && column.key === key && (column.option ?? "") === option;
  return same ? { index: column.index, header, key: "", by: "" } : column;
}

/** @param {string} id @param {Kept} kept @returns {FoundSheet} */
function about(id, { sheet, match: found }) {
  const rows = sheet.rows.slice(found.skip);
  const samples = sheet.header.map((_, at) => {
    const cells = rows.slice(0, LOOKED).map((row) => (row[at] ?? "").trim());
    return [...new Set(cells.filter(Boolean))].slice(0, SAMPLES).map((text) => text.slice(0, LONGEST));
  });
  return { id, file: sheet.file, name: sheet.name, rows: rows.length, match: found, samples };
}
