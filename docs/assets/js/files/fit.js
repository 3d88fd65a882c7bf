/**
 * A document's answers as a form has them. What the form does not ask for, which a file from
 * elsewhere or of another version may have, is left out and told of; what is worked out is left
 * out without a word.
 */

/**
 * @typedef {import("./form.js").Field} Field
 * @typedef {import("./form.js").Column} Column
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Row} Row
 * @typedef {import("./form.js").Value} Value
 */

import { fields } from "./form.js";

/**
 * What was left out: the field's id, `table.column` or `cover.key`, and what stood there.
 * @typedef {{id: string, text: string}} Dropped
 */

/**
 * The document, with nothing but what the form asks for, and what was dropped.
 * @template {import("./form.js").Answered} T
 * @param {Form} form
 * @param {T} doc
 * @returns {{doc: T, dropped: Dropped[]}}
 */
export function fit(form, doc) {
  /** @type {Dropped[]} */
  const dropped = [];
  const known = new Map();
  for (const field of fields(form)) {
    // A list of points may stand in several sections under one id.
    const before = known.get(field.id);
    known.set(field.id, before ? { ...field, points: [...before.points, ...(field.points ?? [])] } : field);
  }
  /** @type {Record<string, Value>} */
  const values = {};
  for (const [id, value] of Object.entries(doc.values)) {
    const field = known.get(id);
    const kept = field && fitted(field, value, dropped);
    if (kept !== undefined) values[id] = kept;
    else if (said(value)) dropped.push({ id, text: said(value) });
  }
  const keys = new Set(form.cover.map(({ key }) => key));
  const cover = Object.entries(doc.cover).filter(([key, text]) => {
    if (text && !keys.has(key)) dropped.push({ id: `cover.${key}`, text });
    return keys.has(key);
  });
  return { doc: { ...doc, cover: Object.fromEntries(cover), values }, dropped };
}

/** @param {Field} field @param {Value} value @param {Dropped[]} dropped @returns {Value | undefined} */
function fitted(field, value, dropped) {
  const codes = field.points?.map(({ id }) => id) ?? field.options?.map(([code]) => code) ?? [];
  if (field.kind === "points" || field.kind === "checklist") {
    if (!Array.isArray(value)) return undefined;
    return value.filter((code) => {
      if (typeof code !== "string") return false;
      if (!codes.includes(code)) dropped.push({ id: field.id, text: code });
      return codes.includes(code);
    }).map(String);
  }
  if (field.kind !== "table") return typeof value === "string" ? cell(field.kind, codes, value) : undefined;
  if (!Array.isArray(value)) return undefined;
  return value.map((row) => (typeof row === "string" ? {} : fittedRow(field, row, dropped)));
}

/** @param {Field} table @param {Row} row @param {Dropped[]} dropped @returns {Row} */
function fittedRow(table, row, dropped) {
  /** @type {Row} */
  const found = {};
  for (const [id, text] of Object.entries(row)) {
    const column = table.columns?.find((one) => one.id === id);
    if (column?.calculation) continue;
    const codes = column?.options?.map(([code]) => code) ?? [];
    const kept = column && cell(column.kind, codes, text);
    if (kept !== undefined) found[id] = kept;
    else if (text) dropped.push({ id: `${table.id}.${id}`, text });
  }
  return found;
}

/**
 * What a field or a cell may hold: a choice's own code, a date as ISO has it, else any text.
 * @param {string} kind @param {string[]} codes @param {string} text @returns {string | undefined}
 */
function cell(kind, codes, text) {
  if (text === "") return text;
  if (kind === "choice" && codes.length) return codes.includes(text) ? text : undefined;
  return kind === "date" ? isoDate(text) : text;
}

/**
 * A date as ISO has it, from that or from `31.1.2026`; nothing where it is none.
 * @param {string} text
 * @returns {string | undefined}
 */
export function isoDate(text) {
  const own = /^(\d{4})-(\d\d)-(\d\d)(T.*)?$/.exec(text.trim());
  const typed = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text.trim());
  const [year, month, day] = own ? own.slice(1) : typed ? typed.slice(1).reverse() : [];
  if (!year || !month || !day) return undefined;
  const found = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${found}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(found) ? found : undefined;
}

/** @param {Value} value @returns {string} */
const said = (value) =>
  typeof value === "string"
    ? value
    : value.map((one) => (typeof one === "string" ? one : Object.values(one).join(" "))).join(", ");
