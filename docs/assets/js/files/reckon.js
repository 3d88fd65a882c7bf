/**
 * What the calculated columns of a table come to, and its sums: by the rules of
 * `macros/content/reckoning.py`, which the workbooks have as formulas.
 */

import { fields, rowsOf } from "./form.js";

/**
 * @typedef {import("./form.js").Column} Column
 * @typedef {import("./form.js").Calculation} Calculation
 * @typedef {import("./form.js").Field} Field
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Answered} Answered
 * @typedef {Record<string, number>} Numbers
 */

const THOUSANDS = /^\d{1,3}(\.\d{3})+(,\d+)?$/;

/**
 * The number that a text says, as Norwegians write it: `1 200`, `12,5`, `-3`, `1.200 kr`, `50 %`.
 * @param {string | undefined} text
 * @returns {number | undefined}
 */
export function number(text) {
  let bare = (text ?? "").replace(/\s+/g, "").replace(/(kr\.?|,-|,\u2013|%)$/i, "");
  const minus = /^[-\u2212]/.test(bare);
  bare = minus ? bare.slice(1) : bare;
  if (THOUSANDS.test(bare)) bare = bare.replaceAll(".", "");
  if (!/^\d+([.,]\d+)?$/.test(bare)) return undefined;
  const found = Number(bare.replace(",", "."));
  return minus ? -found : found;
}

/** @param {{kind: string}} field */
const isNumber = ({ kind }) => kind === "amount" || kind === "number";

/**
 * The numbers that stand in the form's own fields, by id.
 * @param {Form} form
 * @param {Answered} doc
 * @returns {Numbers}
 */
export function formNumbers(form, doc) {
  /** @type {Numbers} */
  const found = {};
  for (const field of fields(form)) {
    const value = doc.values[field.id];
    const said = typeof value === "string" && isNumber(field) ? number(value) : undefined;
    if (said !== undefined) found[field.id] = said;
  }
  return found;
}

/**
 * The rows' numbers by column, those worked out included. What lacks something to be worked out
 * from is left out. `named` are the rows that a sum is shared out on: all, unless said.
 * @param {Column[]} columns
 * @param {Numbers[]} rows
 * @param {Numbers} form
 * @param {boolean[]} [named]
 * @returns {Numbers[]}
 */
export function reckoned(columns, rows, form, named = rows.map(() => true)) {
  const found = rows.map((row) => ({ ...row }));
  for (const column of columns) {
    const how = column.calculation;
    if (!how) continue;
    const sharing = found.filter((_, at) => named[at]);
    for (const [at, row] of found.entries()) {
      const value = how.share_of
        ? named[at] ? share(how, row, sharing, form) : undefined
        : product(how, row, form);
      if (value !== undefined) row[column.id] = value;
      else delete row[column.id];
    }
  }
  return found;
}

/** @param {Calculation} how @param {Numbers} row @param {Numbers} form */
function product(how, row, form) {
  const add = how.add ?? [];
  const added = add.flatMap((id) => row[id] ?? []);
  const factors = (how.times ?? []).map((id) => row[id]);
  if (how.rate) factors.push(form[how.rate]);
  if ((add.length && !added.length) || factors.includes(undefined)) return undefined;
  const sum = add.length ? added.reduce((whole, one) => whole + one, 0) : 1;
  return factors.reduce((/** @type {number} */ whole, one) => whole * (one ?? 0), sum);
}

/** @param {Calculation} how @param {Numbers} row @param {Numbers[]} rows @param {Numbers} form */
function share(how, row, rows, form) {
  const whole = form[how.share_of ?? ""];
  if (whole === undefined) return undefined;
  if (!how.by) return whole / rows.length;
  const by = how.by;
  const own = row[by];
  const total = rows.reduce((sum, one) => sum + (one[by] ?? 0), 0);
  if (own === undefined || !total) return undefined;
  const even = how.even ? (form[how.even] ?? 0) / 100 : 0;
  return whole * (even / rows.length + ((1 - even) * own) / total);
}

/**
 * Each row's numbers of a table in a document: those that are written and those worked out.
 * @param {Form} form
 * @param {Answered} doc
 * @param {Field} table
 * @returns {Numbers[]}
 */
export function computed(form, doc, table) {
  const columns = table.columns ?? [];
  const rows = rowsOf(doc, table);
  const written = rows.map((row) => {
    /** @type {Numbers} */
    const found = {};
    for (const column of columns) {
      const said = isNumber(column) && !column.calculation ? number(row[column.id]) : undefined;
      if (said !== undefined) found[column.id] = said;
    }
    return found;
  });
  const named = rows.map((row) => Boolean(row[columns[0]?.id ?? ""]?.trim()));
  return reckoned(columns, written, formNumbers(form, doc), named);
}

/**
 * The sums of the columns that are summed, by column.
 * @param {Field} table
 * @param {Numbers[]} rows
 * @returns {Numbers}
 */
export function sums(table, rows) {
  const summed = (table.columns ?? []).slice(1).filter((column) => column.sum);
  return Object.fromEntries(
    summed.map(({ id }) => [id, rows.reduce((whole, row) => whole + (row[id] ?? 0), 0)]),
  );
}

/**
 * A number that is worked out, as text: kroner whole and in groups of three, others with a comma.
 * @param {string} kind
 * @param {number} value
 */
export function shown(kind, value) {
  const said = kind === "amount" ? String(Math.round(value)) : String(Number(value.toPrecision(10)));
  const [whole = "", part] = said.split(".");
  if (kind !== "amount") return part ? `${whole},${part}` : whole;
  return whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/**
 * The word for a number in a column with levels, empty where it has none.
 * @param {Column} column
 * @param {number} value
 */
export const level = (column, value) =>
  (column.levels ?? []).findLast(([low]) => low <= value)?.[1] ?? "";
