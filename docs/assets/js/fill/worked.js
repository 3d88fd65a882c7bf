/**
 * What is worked out in a table: its calculated columns, and the sums below.
 */

import { computed, level, shown, sums } from "../files/reckon.js";
import { el, put } from "../lib-dom.js";

/**
 * @typedef {import("../files/form.js").Column} Column
 * @typedef {import("./about.js").Context} Context
 * @typedef {import("./about.js").Asked} Asked
 * @typedef {import("./line.js").Line} Line
 */

/** @param {Asked} field */
export const isWorked = (field) =>
  (field.columns ?? []).some((column) => column.calculation || column.sum);

/**
 * @param {Context} context
 * @param {Asked} field
 * @param {Line[]} lines those on the page
 * @param {number} first the number of the first of them
 * @param {HTMLElement} total the row of sums
 */
export function workOut(context, field, lines, first, total) {
  const { form, doc, say } = context;
  const numbers = computed(form, doc, field);
  const columns = new Map((field.columns ?? []).map((column) => [column.id, column]));
  for (const [at, line] of lines.entries()) {
    for (const [id, output] of line.outputs) {
      const column = columns.get(id);
      const value = numbers[first + at]?.[id];
      if (column) put(output, value === undefined ? "–" : said(column, value));
    }
  }
  const found = sums(field, numbers);
  const cells = (field.columns ?? []).slice(1).map((column) => {
    const value = found[column.id];
    if (value === undefined) return el("td", { class: "fill__none" });
    const head = el("span", { class: "fill__head", "aria-hidden": "true" }, column.label);
    return el("td", { class: "fill__number" }, head, shown(column.kind, value));
  });
  total.replaceChildren(el("th", { scope: "row" }, say("sum")), ...cells, el("td", { class: "fill__tools" }));
}

/** @param {Column} column @param {number} value */
const said = (column, value) => `${shown(column.kind, value)} ${level(column, value)}`.trim();
