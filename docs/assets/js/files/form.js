/**
 * What a form asks for (`data/skjema/`) and what a saved document answers: the shapes that all of
 * this folder works from. Everything that is saved is text; nothing here knows a template.
 */

/**
 * @typedef {{add?: string[], times?: string[], rate?: string, share_of?: string, by?: string,
 *   even?: string}} Calculation
 * @typedef {{id: string, label: string, kind: string, width: number, options?: [string, string][],
 *   sum?: boolean, low?: number, high?: number, calculation?: Calculation,
 *   levels?: [number, string][]}} Column
 * @typedef {{kind: string, id: string, label: string, hint?: string, required?: boolean,
 *   lines?: number, options?: [string, string][], columns?: Column[], rows?: number,
 *   labels?: string[], more?: number, points?: {id: string, text: string}[]}} Field
 * @typedef {{id: string, title: string, number: string, level: number, help: string[],
 *   fields: Field[]}} Section
 * @typedef {{schema: number, kind: string, id: string, version: string, language: string,
 *   title: string, address: string, files: Record<string, string>,
 *   cover: {key: string, label: string, value: string}[], sections: Section[]}} Form
 */

/**
 * @typedef {Record<string, string>} Row
 * @typedef {string | string[] | Row[]} Value
 * @typedef {{template: string, version: string, language: string, name: string,
 *   cover: Record<string, string>, values: Record<string, Value>}} Answered what a file can hold
 * @typedef {Answered & {schema: string, form: number, id: string, created: string,
 *   changed: string}} Saved
 */

/**
 * What a file does not show of a document, and why. "Rows": there were `count` more than a table
 * has room for. "Fields": it has no place for `count` of the answers, as the workbook of a plan.
 * "Long": the text was cut. "Hidden": it is all there, and the box shows the first of it.
 * "Letters": it is all there, and the file's font cannot draw these (`text`).
 * @typedef {{why: "Rows" | "Fields" | "Long" | "Hidden" | "Letters", id: string, label: string,
 *   count?: number, text?: string}} Left
 */

/**
 * Tell of what a file does not show: once for each field, however many of its cells it holds for.
 * @param {Left[]} left
 * @param {Left} one
 */
export function tell(left, one) {
  const known = left.find(({ why, id }) => why === one.why && id === one.id);
  if (!known) left.push(one);
  else if (one.text) known.text = [...new Set((known.text ?? "") + one.text)].join("");
}

/**
 * Raised where a file cannot be read: "Foreign" is none of ours, "Damaged" was one, "Newer" is of a
 * form that comes after this one, "Large" is more than anyone writes, "Wrong" has something that
 * does not belong, "Unbound" was saved by a program that keeps the text of a Word file, but not the
 * answers in it.
 */
export { WrongFile } from "../lib-wrong.js";

/**
 * Every field of a form in reading order.
 * @param {Form} form
 * @returns {Field[]}
 */
export const fields = (form) => form.sections.flatMap((section) => section.fields);

// What XML cannot hold (XML 1.0, 2.2), and halves of letters, which no file can.
const UNFIT =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A text as every file can hold it: lines end in one way, and what is no letter is gone.
 * @param {string} text
 */
export const clean = (text) => text.replace(/\r\n?/g, "\n").replace(UNFIT, "");

/**
 * The text of a field, empty where it has none.
 * @param {Answered} doc
 * @param {string} id
 */
export function textOf(doc, id) {
  const found = doc.values[id];
  return typeof found === "string" ? clean(found) : "";
}

/**
 * The codes that are ticked in a list.
 * @param {Answered} doc
 * @param {string} id
 * @returns {Set<string>}
 */
export function codesOf(doc, id) {
  const found = doc.values[id];
  const codes = Array.isArray(found) ? found : [];
  return new Set(codes.filter((code) => typeof code === "string"));
}

/**
 * The rows of a table as they are written: cleaned, with the given labels where the first column
 * has nothing, and without empty rows at the end.
 * @param {Answered} doc
 * @param {Field} table
 * @returns {Row[]}
 */
export function rowsOf(doc, table) {
  const found = doc.values[table.id];
  const first = table.columns?.[0]?.id ?? "";
  const rows = (Array.isArray(found) ? found : []).map((row) =>
    typeof row === "string"
      ? {}
      : Object.fromEntries(Object.entries(row).map(([id, text]) => [id, clean(text)])),
  );
  const written = rows.findLastIndex((row) => Object.values(row).some((text) => text.trim()));
  const kept = rows.slice(0, written + 1);
  for (const [at, label] of (table.labels ?? []).entries()) {
    const row = (kept[at] ??= {});
    row[first] ||= label;
  }
  return kept;
}
