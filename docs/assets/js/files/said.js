/** How an answer is shown to readers, in a document's own language: dates, choices, numbers. */

import { codesOf, fields, rowsOf, textOf } from "./form.js";
import { computed, level, shown } from "./reckon.js";

/**
 * @typedef {import("./form.js").Column} Column
 * @typedef {import("./form.js").Field} Field
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Answered} Answered
 * @typedef {{data: string, shown: string}} Said an answer as it is saved, and as it is shown
 */

/**
 * A date in words, such as `31. januar 2026`; what is no date as it is.
 * @param {string} text
 * @param {string} language
 */
export function longDate(text, language) {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!date || Number.isNaN(date.getTime())) return text;
  // Chromium knows no Nynorsk, whose months are called the same.
  const locales = [`${language}-NO`, "nb-NO"];
  return new Intl.DateTimeFormat(locales, { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/**
 * A date as forms have it, `31.01.2026`; what is no date as it is.
 * @param {string} text
 */
export const shortDate = (text) => text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$3.$2.$1");

/**
 * What stands in a field or a cell of a kind.
 * @param {{kind: string, options?: [string, string][]}} asked
 * @param {string} data
 * @param {string} language
 * @returns {Said}
 */
export function said(asked, data, language) {
  if (asked.kind === "date") return { data, shown: longDate(data, language) };
  const option = asked.kind === "choice" && asked.options?.find(([code]) => code === data);
  return { data, shown: option ? option[1] : data };
}

/**
 * A number that has been worked out, with the word for it where its column has words.
 * @param {Column} column
 * @param {number} value
 */
export const worked = (column, value) =>
  [shown(column.kind, value), level(column, value)].filter(Boolean).join(" ");

/**
 * The rows of a table with what is worked out, cell by cell; what is empty is not there.
 * @param {Form} form
 * @param {Answered} doc
 * @param {Field} table
 * @returns {Record<string, Said>[]}
 */
export function cells(form, doc, table) {
  const numbers = computed(form, doc, table);
  return rowsOf(doc, table).map((row, at) => {
    /** @type {Record<string, Said>} */
    const found = {};
    for (const column of table.columns ?? []) {
      const value = numbers[at]?.[column.id];
      const text = column.calculation
        ? value === undefined ? "" : worked(column, value)
        : (row[column.id] ?? "");
      if (text) found[column.id] = said(column, text, doc.language);
    }
    return found;
  });
}

/**
 * Each answer of a document by its place: `id` for a field, `id/code` for a box, `id/2/column`
 * for a cell, from row 1. A field that is empty is not there, nor is a list that nobody touched.
 * @param {Form} form
 * @param {Answered} doc
 * @returns {Map<string, Said>}
 */
export function answers(form, doc) {
  /** @type {Map<string, Said>} */
  const found = new Map();
  for (const field of fields(form)) {
    const { id, kind } = field;
    const boxes = field.points?.map((point) => point.id) ?? field.options?.map(([code]) => code) ?? [];
    if (kind === "table") {
      for (const [at, row] of cells(form, doc, field).entries()) {
        for (const [column, one] of Object.entries(row)) found.set(`${id}/${at + 1}/${column}`, one);
      }
    } else if (kind === "points" || kind === "checklist") {
      const ticked = codesOf(doc, id);
      for (const code of boxes) {
        const on = ticked.has(code);
        found.set(`${id}/${code}`, { data: on ? "1" : "0", shown: on ? "\u2612" : "\u2610" });
      }
    } else if (textOf(doc, id)) {
      found.set(id, said(field, textOf(doc, id), doc.language));
    }
  }
  return found;
}

/**
 * The lines of the cover that a document says something of, by key; an empty one was emptied.
 * @param {Form} form
 * @param {Answered} doc
 * @returns {Map<string, Said>}
 */
export function cover(form, doc) {
  /** @type {Map<string, Said>} */
  const found = new Map();
  for (const { key } of form.cover) {
    const text = doc.cover[key];
    if (text !== undefined) found.set(key, { data: text, shown: longDate(text, doc.language) });
  }
  return found;
}
