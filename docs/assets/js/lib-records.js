/**
 * Documents and runs out of a file, judged: whoever made it, what comes out of here has the shape
 * that the site itself saves, and nothing more. Nothing in it is ever run.
 */

import { judged, SCHEMA as DOCUMENT } from "./files/json.js";
import { isObject, WrongFile } from "./lib-wrong.js";

/** @typedef {{id: string, changed: string}} Record_ */

const FORM = 1; // of a run
const MOST = 2_000; // records in a file
const DEEPEST = 8;
const KEY = /^[A-Za-z0-9][\w-]{0,199}$/;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{5,15}(Z|[+-]\d\d:\d\d)$/;
/** What a run says of itself, and in which form. @type {Record<string, RegExp>} */
const SHAPES = {
  id: /^[A-Za-z0-9-]{8,64}$/,
  kind: /^[a-z]{1,40}$/,
  guide: /^[a-z0-9-]{1,100}$/,
  language: /^[a-z]{2,3}$/,
  title: /^[^]{1,1000}$/,
  state: /^(planned|running|paused|ended)$/,
  created: TIME,
  changed: TIME,
};
/** What the judge of documents says, in the words of this file. @type {Record<string, string>} */
const TOLD = { Newer: "Version", Large: "Size" };
/** @type {Record<string, string>} */
const SCHEMAS = {
  documents: DOCUMENT,
  runs: "naeringsvennlig-region/kjoring",
};
const NUMBERS = ["people", "offset", "seen", "begun", "end", "at", "began", "given", "waited", "since"];

/** The kind of record that a file is by itself, if it is one. @param {unknown} schema */
export const recordOf = (schema) => Object.keys(SCHEMAS).find((store) => SCHEMAS[store] === schema);

/**
 * @param {unknown} value
 * @param {string} where
 * @param {number} depth
 * @returns {unknown} the same, made anew of plain values
 */
function plain(value, where, depth = 0) {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (depth >= DEEPEST) throw new WrongFile("Shape", where);
  if (Array.isArray(value)) return value.map((one, at) => plain(one, `${where}.${at + 1}`, depth + 1));
  if (!isObject(value)) throw new WrongFile("Shape", where);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const place = `${where}.${key.slice(0, 40)}`;
      if (!KEY.test(key)) throw new WrongFile("Shape", place);
      return [key, plain(inner, place, depth + 1)];
    }),
  );
}

/** @param {unknown} value @param {string} where @returns {Record<string, string>} */
function texts(value, where) {
  if (!isObject(value)) throw new WrongFile("Shape", where);
  const odd = Object.entries(value).find(([, text]) => typeof text !== "string");
  if (odd) throw new WrongFile("Shape", `${where}.${odd[0].slice(0, 40)}`);
  return /** @type {Record<string, string>} */ (plain(value, where));
}

/** @param {Record<string, unknown>} run @param {string} where */
function steps({ steps: found, past }, where) {
  if (!Array.isArray(found) || !Array.isArray(past)) throw new WrongFile("Shape", `${where}.steps`);
  for (const [at, step] of found.entries()) {
    const place = `${where}.steps.${at + 1}`;
    const fits = isObject(step) && typeof step["title"] === "string" && Number.isFinite(step["minutes"]) && isObject(step["notes"]);
    if (!fits) throw new WrongFile("Shape", place);
    const { text, decisions, actions } = /** @type {Record<string, unknown>} */ (step["notes"]);
    const noted = typeof text === "string" && Array.isArray(decisions) && decisions.every((one) => typeof one === "string");
    if (!noted || !Array.isArray(actions)) throw new WrongFile("Shape", `${place}.notes`);
    for (const action of actions) texts(action, `${place}.notes`);
  }
  const odd = past.some((one) => !isObject(one) || !Object.values(one).every(Number.isFinite));
  if (odd) throw new WrongFile("Shape", `${where}.past`);
}

/**
 * One document or one run.
 * @param {string} store
 * @param {unknown} found
 * @param {string} where
 * @returns {Record_}
 */
export function judgedRecord(store, found, where) {
  return store === "documents" ? document(found, where) : run(found, where);
}

/** @param {unknown} found @param {string} where @returns {Record_} */
function document(found, where) {
  try {
    return judged(found);
  } catch (error) {
    if (!(error instanceof WrongFile)) throw error;
    throw new WrongFile(TOLD[error.key] ?? "Shape", `${where}.${error.where || "schema"}`);
  }
}

/** @param {unknown} found @param {string} where @returns {Record_} */
function run(found, where) {
  if (!isObject(found) || found["schema"] !== SCHEMAS["runs"]) throw new WrongFile("Shape", `${where}.schema`);
  const { form } = found;
  if (!Number.isSafeInteger(form) || Number(form) < 1) throw new WrongFile("Shape", `${where}.form`);
  if (Number(form) > FORM) throw new WrongFile("Version");
  for (const [key, shape] of Object.entries(SHAPES)) {
    const value = found[key];
    const fits = typeof value === "string" && shape.test(value) && (shape !== TIME || !Number.isNaN(Date.parse(value)));
    if (!fits) throw new WrongFile("Shape", `${where}.${key}`);
  }
  const odd = NUMBERS.find((key) => !Number.isFinite(found[key]));
  if (odd) throw new WrongFile("Shape", `${where}.${odd}`);
  steps(found, where);
  return /** @type {Record_} */ (plain(found, where));
}

/**
 * All records of a kind in a file.
 * @param {string} store
 * @param {unknown} found
 * @returns {Record_[]}
 */
export function judgedRecords(store, found) {
  if (found === undefined) return [];
  if (!Array.isArray(found)) throw new WrongFile("Shape", store);
  if (found.length > MOST) throw new WrongFile("Size");
  return found.map((one, at) => judgedRecord(store, one, `${store}.${at + 1}`));
}
