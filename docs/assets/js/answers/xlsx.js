/** The rows of a workbook's sheets. Nothing in it is run: a formula is what its program last worked out. */

import { WrongFile } from "../lib-wrong.js";
import { Parser } from "../vendor/saxen.js";
import { WIDEST } from "./csv.js";
import { columnOf, isDate, isoDate, unescaped, unhidden } from "./xlsx-values.js";

/**
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {Record<string, string>} Attributes
 * @typedef {{name: string, rows: string[][], notes: Note[]}} Page
 * @typedef {{strings: string[], dates: boolean[], late: boolean}} Shared
 */

const MOST_CELLS = 4_000_000;
const LONGEST = 32_767; // letters in a cell; Excel has no more

/** What is read of a workbook. */
export const PARTS = /^(\[Content_Types\]\.xml|xl\/[^/]+\.xml|xl\/_rels\/[^/]+\.rels|xl\/worksheets\/[^/]+\.xml)$/i;

/**
 * The sheets that a reader sees, in order, those that are empty left out.
 * @param {(name: string) => string | undefined} part the text of a part
 * @returns {Page[]}
 */
export function pages(part) {
  const book = listed(part("xl/workbook.xml") ?? "");
  const targets = targetsOf(part("xl/_rels/workbook.xml.rels") ?? "");
  const shared = {
    strings: stringsOf(part("xl/sharedStrings.xml") ?? ""),
    dates: datesOf(part("xl/styles.xml") ?? ""),
    late: book.late,
  };
  const seen = book.sheets.filter((sheet) => !sheet.hidden);
  return (seen.length ? seen : book.sheets).flatMap(({ name, id }) => {
    const xml = part(targets.get(id) ?? "");
    return xml ? [pageOf(name, xml, shared)] : [];
  });
}

/**
 * Go through XML: `open` and `close` get local names, `text` what stands between.
 * @param {string} xml
 * @param {{open: (name: string, attributes: () => Attributes) => void, close?: (name: string) => void, text?: (text: string) => void}} take
 */
function walk(xml, { open, close = () => {}, text = () => {} }) {
  if (!xml) return;
  new Parser()
    .on("openTag", (name, attributes) => open(local(name), () => attributes() || {}))
    .on("closeTag", (name) => close(local(name)))
    .on("text", (found) => text(unescaped(found)))
    .on("cdata", text)
    .on("attention", () => {
      throw new Error("document type"); // no workbook has one
    })
    .on("error", (error) => {
      throw error;
    })
    .parse(xml);
}

/** A name without its prefix. @param {string} name */
const local = (name) => name.slice(name.indexOf(":") + 1);

/** @param {string} xml */
function listed(xml) {
  /** @type {{name: string, id: string, hidden: boolean}[]} */
  const sheets = [];
  let late = false;
  walk(xml, {
    open(name, attributes) {
      if (name === "workbookPr") late = /^(1|true)$/.test(attributes()["date1904"] ?? "");
      if (name !== "sheet") return;
      const found = attributes();
      const id = Object.entries(found).find(([key]) => key === "id" || key.endsWith(":id"))?.[1] ?? "";
      sheets.push({ name: unescaped(found["name"] ?? ""), id, hidden: /hidden/i.test(found["state"] ?? "") });
    },
  });
  return { sheets, late };
}

/** Where each sheet is, by its id. @param {string} xml @returns {Map<string, string>} */
function targetsOf(xml) {
  const targets = new Map();
  walk(xml, {
    open(name, attributes) {
      if (name !== "Relationship") return;
      const { Id = "", Target = "" } = attributes();
      targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target.replace(/^\.\//, "")}`);
    },
  });
  return targets;
}

/** @param {string} xml @returns {string[]} */
function stringsOf(xml) {
  /** @type {string[]} */
  const strings = [];
  let found = "";
  let inside = false;
  let phonetic = false;
  walk(xml, {
    open(name) {
      if (name === "si") found = "";
      else if (name === "rPh") phonetic = true;
      else if (name === "t") inside = !phonetic;
    },
    close(name) {
      if (name === "si") strings.push(unhidden(found).slice(0, LONGEST));
      else if (name === "rPh") phonetic = false;
      else if (name === "t") inside = false;
    },
    text(text) {
      if (inside) found += text;
    },
  });
  return strings;
}

/** Whether each style of a cell shows a date. @param {string} xml @returns {boolean[]} */
function datesOf(xml) {
  /** @type {Map<number, string>} */
  const codes = new Map();
  /** @type {boolean[]} */
  const dates = [];
  let cells = false;
  walk(xml, {
    open(name, attributes) {
      if (name === "numFmt") {
        const { numFmtId = "", formatCode = "" } = attributes();
        codes.set(Number(numFmtId), unescaped(formatCode));
      } else if (name === "cellXfs") cells = true;
      else if (name === "xf" && cells) {
        const id = Number(attributes()["numFmtId"] ?? 0);
        dates.push(isDate(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === "cellXfs") cells = false;
    },
  });
  return dates;
}

/**
 * @param {string} name
 * @param {string} xml
 * @param {Shared} shared
 * @returns {Page}
 */
function pageOf(name, xml, shared) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  const cell = { at: 0, type: "", style: 0, text: "", formula: false };
  const odd = { formulas: 0, errors: 0, merged: 0 };
  let inside = false;
  let cells = 0;
  let last = 0;
  walk(xml, {
    open(tag, attributes) {
      if (tag === "row") {
        const at = Number(attributes()["r"] ?? last + 1);
        if (at > last + 1 && rows.at(-1)?.length) rows.push([]); // a gap, which may part a sum from the answers
        [row, last] = [[], at];
      }
      else if (tag === "c") {
        const { r = "", t = "n", s = "0" } = attributes();
        // A cell without a name comes after the one before it.
        Object.assign(cell, { at: r ? columnOf(r) : row.length, type: t, style: Number(s), text: "", formula: false });
      } else if (tag === "v" || tag === "t") inside = true;
      else if (tag === "f") cell.formula = true;
      else if (tag === "mergeCell") odd.merged += 1;
    },
    close(tag) {
      if (tag === "v" || tag === "t") inside = false;
      else if (tag === "c") {
        if (cell.formula) odd.formulas += 1;
        if (cell.type === "e") odd.errors += 1;
        const text = shown(cell, shared);
        if (!text) return;
        if (cell.at >= WIDEST) throw new WrongFile("Wide", name);
        if ((cells += 1) > MOST_CELLS) throw new WrongFile("Large", name);
        while (row.length < cell.at) row.push("");
        row[cell.at] = text;
      } else if (tag === "row" && (row.length || rows.at(-1)?.length)) rows.push(row);
    },
    text(text) {
      if (inside) cell.text += text;
    },
  });
  const notes = Object.entries(odd).flatMap(([key, count]) => (count ? [{ key, count }] : []));
  return { name, rows, notes };
}

/**
 * @param {{type: string, style: number, text: string}} cell
 * @param {Shared} shared
 * @returns {string}
 */
function shown({ type, style, text }, { strings, dates, late }) {
  if (type === "s") return strings[Number(text)] ?? "";
  if (type === "b") return text === "1" ? "TRUE" : "FALSE";
  if (type === "e") return "";
  if (type !== "n") return unhidden(text).slice(0, LONGEST);
  const number = Number(text);
  if (!text.trim() || Number.isNaN(number)) return text.trim();
  return dates[style] ? isoDate(number, late) : String(number);
}
