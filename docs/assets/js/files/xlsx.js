/**
 * Excel: a document's answers put into the site's own workbook, in the cells that have the fields'
 * names and in its tables. Formulas stay, with what they come to; a program works them out again.
 */

import { codesOf, fields, rowsOf, tell, textOf } from "./form.js";
import { computed, number, sums } from "./reckon.js";
import { said } from "./said.js";
import { grown, Sheet } from "./xlsx-sheet.js";
import { children, inside, refill, text } from "./xml.js";
import { packed, put, unpacked, xmlOf } from "./zip.js";

/**
 * @typedef {import("./form.js").Field} Field
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Answered} Answered
 * @typedef {import("./form.js").Left} Left
 * @typedef {import("./said.js").Said} Said
 * @typedef {import("./zip.js").Parts} Parts
 * @typedef {{id: string, label: string, kind: string, options?: [string, string][]}} Asked
 */

const BOOK = "xl/workbook.xml";
const DAY = 86_400_000;
const EPOCH = 25_569; // days from Excel's day 0 to 1970
// What Excel takes for a cell, a row or a column, or for a value (`macros/writers/sheet/plan.py`).
const TAKEN = /^([a-z]{1,3}\d+|r\d*c?\d*|c\d*|true|false)$/;

/**
 * The name that stands for a field in a workbook.
 * @param {string} id
 */
export function nameOf(id) {
  const found = id.replaceAll("-", "_");
  if (/^\d/.test(found)) return `_${found}`;
  return TAKEN.test(found) ? `${found}_` : found;
}

/**
 * The site's workbook with a document's answers in it. Answers that it has no cell for, as one of
 * a part of a plan, are told of in `left`.
 * @param {Uint8Array} bytes
 * @param {Form} form
 * @param {Answered} doc
 * @param {Left[]} [left]
 * @returns {Uint8Array}
 */
export function fill(bytes, form, doc, left = []) {
  const parts = unpacked(bytes);
  const book = new Book(parts, left);
  const { language } = doc;
  book.single({ id: "cover-title", label: form.title, kind: "short" }, doc.name, language);
  for (const { key, label } of form.cover) {
    const kind = key === "date" ? "date" : "short";
    book.single({ id: `cover-${key}`, label, kind }, doc.cover[key] ?? "", language);
    if (doc.cover[key] === "") book.blank(`cover-${key}`); // the region's name, perhaps
  }
  let missing = 0;
  for (const field of fields(form)) {
    const { id, kind } = field;
    if (kind === "table") missing += Number(!book.table(form, doc, field));
    else if (kind === "checklist") missing += Number(!book.boxes(field, codesOf(doc, id)));
    else missing += Number(!book.single(field, textOf(doc, id), language));
  }
  if (missing) tell(left, { why: "Fields", id: "", label: "", count: missing });
  book.write(doc.name);
  return packed(parts);
}

class Book {
  /** @param {Parts} parts @param {Left[]} left */
  constructor(parts, left) {
    this.parts = parts;
    this.left = left;
    this.xml = xmlOf(parts, BOOK);
    /** @type {Map<string, Sheet>} */
    this.sheets = new Map();
    const names = inside(this.xml, "sheet").map((one) => one.getAttribute("name") ?? "");
    for (const [at, name] of names.entries()) {
      this.sheets.set(name, new Sheet(parts, `xl/worksheets/sheet${at + 1}.xml`));
    }
    this.order = names;
    this.names = new Map(inside(this.xml, "definedName").map((one) => [one.getAttribute("name"), one.textContent ?? ""]));
  }

  /** @param {string} id @returns {{sheet: Sheet, column: string, first: number, last: number} | undefined} */
  place(id) {
    const area = /^'?(.+?)'?!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?$/.exec(this.names.get(nameOf(id)) ?? "");
    const sheet = this.sheets.get((area?.[1] ?? "").replaceAll("''", "'"));
    if (!area || !sheet) return undefined;
    const first = Number(area[3]);
    return { sheet, column: area[2] ?? "", first, last: Number(area[4] ?? first) };
  }

  /**
   * Write what stands in one cell; says whether there was one, or nothing to write.
   * @param {Asked} asked @param {string} data @param {string} language
   */
  single(asked, data, language) {
    if (!data) return true;
    const place = this.place(asked.id);
    if (place) this.put(place.sheet, place.column + place.first, asked, said(asked, data, language));
    return Boolean(place);
  }

  /** @param {string} id */
  blank(id) {
    const place = this.place(id);
    place?.sheet.blank(place.column + place.first);
  }

  /** @param {Field} field @param {Set<string>} ticked */
  boxes(field, ticked) {
    if (!ticked.size) return true;
    const place = this.place(field.id);
    if (!place) return false;
    const yes = place.sheet.firstChoice(`${place.column}${place.first}`);
    for (const [at, [code]] of (field.options ?? []).entries()) {
      if (ticked.has(code)) place.sheet.text(`${place.column}${place.first + at}`, yes);
    }
    return true;
  }

  /** @param {Form} form @param {Answered} doc @param {Field} field */
  table(form, doc, field) {
    const rows = rowsOf(doc, field);
    const columns = field.columns ?? [];
    const numbers = computed(form, doc, field);
    const found = grown(this.parts, [...this.sheets.values()], nameOf(field.id), rows.length);
    if (!found) return !Array.isArray(doc.values[field.id]) || !doc.values[field.id]?.length;
    const { sheet, first, last, more } = found;
    this.reach(sheet, more);
    for (const [at, row] of rows.entries()) {
      for (const [index, column] of columns.entries()) {
        const ref = `${letters(index)}${first + at}`;
        const value = numbers[at]?.[column.id];
        if (column.calculation) sheet.result(ref, value);
        else if (row[column.id] && row[column.id] !== (field.labels ?? [])[at]) {
          const one = said(column, row[column.id] ?? "", doc.language);
          this.put(sheet, ref, { ...column, id: `${field.id}.${column.id}` }, one);
        }
      }
    }
    for (const [id, sum] of Object.entries(sums(field, numbers))) {
      sheet.result(`${letters(columns.findIndex((one) => one.id === id))}${last + 1}`, sum);
    }
    return true;
  }

  /**
   * Write a cell by its kind: a date and a number as such, all else as text, also what looks like
   * a formula. A cell that says another thing than its kind is text too.
   * @param {Sheet} sheet @param {string} ref @param {Asked} asked @param {Said} said
   */
  put(sheet, ref, { id, label, kind }, { data, shown }) {
    // Before that day, Excel counts in a way of its own.
    const day = /^\d{4}-\d\d-\d\d$/.test(data) && data > "1900-02-28";
    const date = kind === "date" && day ? Date.parse(data) : NaN;
    const amount = kind === "amount" || kind === "number" ? number(data) : undefined;
    if (!Number.isNaN(date)) sheet.number(ref, date / DAY + EPOCH);
    else if (amount !== undefined) sheet.number(ref, amount);
    else if (!sheet.text(ref, shown)) tell(this.left, { why: "Long", id, label });
  }

  /** Let the area that is printed reach over rows that were added. @param {Sheet} sheet @param {number} more */
  reach(sheet, more) {
    const at = String([...this.sheets.values()].indexOf(sheet));
    for (const name of more ? inside(this.xml, "definedName") : []) {
      if (name.getAttribute("localSheetId") !== at || !name.getAttribute("name")?.endsWith("Print_Area")) continue;
      const area = (name.textContent ?? "").replace(/\d+$/, (row) => String(Number(row) + more));
      refill(name, [text(name, area)]);
    }
  }

  /** @param {string} title */
  write(title) {
    for (const sheet of this.sheets.values()) sheet.write();
    put(this.parts, BOOK, this.xml);
    if (!title) return;
    const core = xmlOf(this.parts, "docProps/core.xml");
    const own = children(core.documentElement, "title")[0];
    if (own) refill(own, [text(own, title)]);
    put(this.parts, "docProps/core.xml", core);
  }
}

/** What a spreadsheet calls a column, counted from 0. @param {number} index */
const letters = (index) =>
  (index >= 26 ? String.fromCharCode(64 + Math.floor(index / 26)) : "") + String.fromCharCode(65 + (index % 26));
