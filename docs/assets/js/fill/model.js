/**
 * A document that is being filled in: how it begins, how it changes, what it still lacks, and what
 * in it the form has no place for. Nothing here touches a page or a store.
 */

/**
 * @typedef {import("../files/form.js").Form} Form
 * @typedef {import("../files/form.js").Field} Field
 * @typedef {import("../files/form.js").Section} Section
 * @typedef {import("../files/form.js").Row} Row
 * @typedef {import("../files/form.js").Value} Value
 * @typedef {import("../files/form.js").Saved} Doc
 */

/**
 * A change, so that it can be made again upon what another tab has written. `row` is the row as it
 * was, by which it is found again; `start` are the rows of a table that nobody has touched.
 * @typedef {{do: "name", value: string}
 *   | {do: "version", value: string}
 *   | {do: "cover", key: string, value: string}
 *   | {do: "set", field: string, value: Value}
 *   | {do: "cell", field: string, at: number, column: string, value: string, row: Row, start: Row[]}
 *   | {do: "insert", field: string, at: number, row: Row, start: Row[]}
 *   | {do: "remove", field: string, at: number, row: Row, start: Row[]}} Change
 */

export const SCHEMA = "naeringsvennlig-region/dokument";
export const MOST_ROWS = 5_000;
export const MOST = { short: 1_000, long: 20_000, number: 40 };
const FEW_ROWS = 2; // of a table that grows

/**
 * @param {Form} form
 * @param {string} name
 * @returns {Doc}
 */
export function fresh(form, name) {
  const now = new Date().toISOString();
  return {
    schema: SCHEMA,
    form: 1,
    id: crypto.randomUUID(),
    template: `${form.kind}/${form.id}`,
    version: form.version,
    language: form.language,
    name,
    created: now,
    changed: now,
    cover: Object.fromEntries(form.cover.map(({ key, value }) => [key, value])),
    values: {},
  };
}

/** @param {Form} form @returns {Field[]} */
export const fieldsOf = (form) => form.sections.flatMap((section) => section.fields);

/** The rows that a table begins with. @param {Field} field @returns {Row[]} */
export function startRows({ columns = [], labels = [], rows = 0 }) {
  const first = columns[0]?.id ?? "";
  const empty = Math.min(Math.max(rows - labels.length, 0), FEW_ROWS);
  return [...labels.map((label) => ({ [first]: label })), ...Array.from({ length: empty }, () => ({}))];
}

/** @param {Doc} doc @param {Field} field @returns {Row[]} */
export function rowsOf(doc, field) {
  const found = doc.values[field.id];
  return isRows(found) ? found : startRows(field);
}

/** @param {Value | undefined} value @returns {value is Row[]} */
export const isRows = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null);

/** @param {Doc} doc @param {string} id @returns {string} */
export function textOf(doc, id) {
  const found = doc.values[id];
  return typeof found === "string" ? found : "";
}

/** @param {Doc} doc @param {string} id @returns {string[]} */
export function codesOf(doc, id) {
  const found = doc.values[id];
  return Array.isArray(found) ? /** @type {string[]} */ (found.filter((one) => typeof one === "string")) : [];
}

/** Whether something has been written. @param {Doc} doc @param {Field} field */
export function isFilled(doc, field) {
  if (field.kind === "checklist" || field.kind === "points") return codesOf(doc, field.id).length > 0;
  if (field.kind !== "table") return textOf(doc, field.id).trim() !== "";
  const given = field.labels?.length ? (field.columns?.[0]?.id ?? "") : "";
  return rowsOf(doc, field).some((row) =>
    Object.entries(row).some(([id, text]) => id !== given && text.trim()),
  );
}

/** The fields that must be filled in, and are not. @param {Form} form @param {Doc} doc */
export const lacking = (form, doc) =>
  fieldsOf(form).filter((field) => field.required && !isFilled(doc, field));

/** @param {Row | undefined} one @param {Row} other */
export function same(one, other) {
  if (!one) return false;
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].every((id) => (one[id] ?? "") === (other[id] ?? ""));
}

/** Where a row is now, -1 where it is gone. @param {Row[]} rows @param {number} at @param {Row} row */
function place(rows, at, row) {
  if (same(rows[at], row)) return at;
  return Object.values(row).some(Boolean) ? rows.findIndex((one) => same(one, row)) : -1;
}

/**
 * Make a change, in the document itself.
 * @param {Doc} doc
 * @param {Change} change
 */
export function apply(doc, change) {
  if (change.do === "name" || change.do === "version") doc[change.do] = change.value;
  else if (change.do === "cover") doc.cover[change.key] = change.value;
  else if (change.do === "set") doc.values[change.field] = change.value;
  else {
    const held = doc.values[change.field];
    const rows = isRows(held) ? held : change.start.map((row) => ({ ...row }));
    doc.values[change.field] = rows;
    changeRows(rows, change);
  }
  return doc;
}

/** @param {Row[]} rows @param {Extract<Change, {at: number}>} change */
function changeRows(rows, change) {
  const { at } = change;
  if (change.do === "insert") {
    rows.splice(Math.min(at, rows.length), 0, { ...change.row });
    return;
  }
  const found = place(rows, at, change.row);
  if (change.do === "remove") {
    if (found >= 0) rows.splice(found, 1);
    return;
  }
  // A row that another tab has changed otherwise is still this row; one that is gone comes back.
  const row = rows[found >= 0 ? found : at];
  if (row) row[change.column] = change.value;
  else rows.push({ ...change.row, [change.column]: change.value });
}

/** Whether two changes are of the same place, so that the later one is all that counts. */
export function together(/** @type {Change | undefined} */ one, /** @type {Change} */ other) {
  if (one?.do !== other.do || one.do === "insert" || one.do === "remove") return false;
  /** @param {Change} change */
  const where = (change) =>
    ["field", "key", "at", "column"].map((key) => String(Reflect.get(change, key))).join();
  return where(one) === where(other);
}
