/**
 * A saved document as one JSON file, to move or to share. What is read in is judged whole: it is
 * taken as it is, or nothing of it is. Nothing in it is ever run, and no name in it is believed.
 */

import { WrongFile, clean } from "./form.js";

export { WrongFile };

/**
 * @typedef {import("./form.js").Row} Row
 * @typedef {import("./form.js").Value} Value
 * @typedef {import("./form.js").Saved} Saved
 */

export const SCHEMA = "naeringsvennlig-region/dokument";
export const FORM = 1;
/** The most letters that a file may hold. The longest plan, filled in, has a hundredth of it. */
export const LONGEST = 10_000_000;
const MOST_ROWS = 10_000;

const ID = /^[a-z0-9][a-z0-9_-]{0,199}$/;
/** @type {Record<string, RegExp>} */
const SHAPES = {
  id: /^[A-Za-z0-9-]{8,64}$/,
  template: /^[a-z]+\/[a-z0-9-]{1,100}$/,
  version: /^[0-9][0-9.]{0,19}$/,
  language: /^[a-z]{2,3}$/,
  name: /^[^]{0,1000}$/,
  created: /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/,
  changed: /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/,
};

/**
 * The document that a file holds; raises WrongFile for one that is not ours, or not whole.
 * @param {string} text
 * @returns {Saved}
 */
export function read(text) {
  if (text.length > LONGEST) throw new WrongFile("Large");
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    // Whether it ever was ours is to be seen by its beginning.
    throw new WrongFile(text.slice(0, 500).includes(SCHEMA) ? "Damaged" : "Foreign");
  }
  return judged(found);
}

/**
 * The same of a value that has been parsed already, such as one of several in a file.
 * @param {unknown} found
 * @returns {Saved}
 */
export function judged(found) {
  if (!isObject(found) || found.schema !== SCHEMA) throw new WrongFile("Foreign");
  if (!Number.isSafeInteger(found.form) || Number(found.form) < 1) throw new WrongFile("Wrong", "form");
  if (Number(found.form) > FORM) throw new WrongFile("Newer");
  /** @param {string} key */
  const shaped = (key) => {
    const value = found[key];
    const known = typeof value === "string" && SHAPES[key]?.test(value);
    if (!known || (/^c/.test(key) && Number.isNaN(Date.parse(value)))) throw new WrongFile("Wrong", key);
    return clean(value);
  };
  return {
    schema: SCHEMA,
    form: FORM,
    id: shaped("id"),
    template: shaped("template"),
    version: shaped("version"),
    language: shaped("language"),
    name: shaped("name"),
    created: shaped("created"),
    changed: shaped("changed"),
    cover: texts(found.cover, "cover"),
    values: Object.fromEntries(
      entries(found.values, "values").map(([id, value]) => [id, judgedValue(value, `values.${id}`)]),
    ),
  };
}

/** @param {unknown} value @param {string} where @returns {Value} */
function judgedValue(value, where) {
  if (typeof value === "string") return clean(value);
  if (!Array.isArray(value)) throw new WrongFile("Wrong", where);
  if (value.length > MOST_ROWS) throw new WrongFile("Large", where);
  if (value.every((one) => typeof one === "string")) {
    const odd = value.findIndex((code) => !ID.test(code));
    if (odd >= 0) throw new WrongFile("Wrong", `${where}[${odd + 1}]`);
    return [...value];
  }
  return value.map((row, at) => texts(row, `${where}[${at + 1}]`));
}

/** @param {unknown} value @param {string} where @returns {Row} */
function texts(value, where) {
  return Object.fromEntries(
    entries(value, where).map(([id, text]) => {
      if (typeof text !== "string") throw new WrongFile("Wrong", `${where}.${id}`);
      return [id, clean(text)];
    }),
  );
}

/** @param {unknown} value @param {string} where @returns {[string, unknown][]} */
function entries(value, where) {
  if (!isObject(value)) throw new WrongFile("Wrong", where);
  const found = Object.entries(value);
  const odd = found.find(([id]) => !ID.test(id));
  if (odd) throw new WrongFile("Wrong", `${where}.${odd[0].slice(0, 60)}`);
  return found;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The text of a document's file.
 * @param {Saved} doc
 * @returns {string}
 */
export function write(doc) {
  const { id, template, version, language, name, created, changed, cover, values } = doc;
  const head = { schema: SCHEMA, form: FORM, id, template, version, language };
  return `${JSON.stringify({ ...head, name, created, changed, cover, values }, null, 1)}\n`;
}
