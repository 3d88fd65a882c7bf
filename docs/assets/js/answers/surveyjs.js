/** What SurveyJS gives out: a list of answers as JSON, each with the codes of our own file as names. */

import { WrongFile, isObject } from "../lib-wrong.js";

const DEEPEST = 4;
const LISTS = ["data", "Data", "results", "value", "responses"];
const ONE = ["json", "Json", "data", "surveyResult", "result"]; // where an answer lies in its record

/**
 * The answers as rows: a matrix's rows are columns «CODE/row», a list of answers is parted by «;».
 * @param {string} text
 * @returns {string[][]}
 */
export function jsonRows(text) {
  const list = listOf(parsed(text));
  if (!list?.length) throw new WrongFile(list ? "Empty" : "Foreign", "JSON");
  const records = list.map((one) => recordOf(one));
  const header = [...new Set(records.flatMap((record) => [...record.keys()]))];
  // Lists in lists without a name for anything are no answers.
  if (!header.length && !list.every(isObject)) throw new WrongFile("Foreign", "JSON");
  return [header, ...records.map((record) => header.map((name) => record.get(name) ?? ""))];
}

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return lines(text);
  }
}

/** An answer on each line, as some services give them out. @param {string} text @returns {unknown[]} */
function lines(text) {
  const each = text.split("\n").filter((line) => line.trim());
  if (each.length < 2 || !each.every((line) => /^\s*\{/.test(line))) throw new WrongFile("Damaged", "JSON");
  try {
    return each.map((line) => JSON.parse(line));
  } catch {
    throw new WrongFile("Damaged", "JSON");
  }
}

/** @param {unknown} found @returns {unknown[] | undefined} */
function listOf(found) {
  if (Array.isArray(found)) return found.every((one) => isObject(one) || Array.isArray(one)) ? found : undefined;
  if (!isObject(found)) return undefined;
  const name = LISTS.find((one) => Array.isArray(found[one]));
  if (name) return listOf(found[name]);
  // One answer alone: a name of it looks like a code.
  return Object.keys(found).some((key) => /^[A-Z]{2,4}\d{2}$/.test(key)) ? [found] : undefined;
}

/** @param {unknown} one @returns {Map<string, string>} */
function recordOf(one) {
  /** @type {Map<string, string>} */
  const record = new Map();
  // Plain data has a list of questions, each with its name and value.
  const parts = Array.isArray(one) ? one.filter(isObject).map((part) => [part["name"], part["value"]]) : undefined;
  const found = parts ? Object.fromEntries(parts.map(([name, value]) => [String(name), value])) : one;
  if (!isObject(found)) return record;
  put(record, "", found, 0);
  for (const name of ONE) {
    const inner = found[name];
    const read = typeof inner === "string" && inner.trimStart().startsWith("{") ? parsed(inner) : inner;
    if (isObject(read)) put(record, "", read, 0);
  }
  return record;
}

/**
 * @param {Map<string, string>} record
 * @param {string} path
 * @param {unknown} value
 * @param {number} depth
 */
function put(record, path, value, depth) {
  if (value === null || value === undefined || depth > DEEPEST) return;
  if (isObject(value)) {
    for (const [name, one] of Object.entries(value)) put(record, path ? `${path}/${name}` : name, one, depth + 1);
  } else if (Array.isArray(value)) record.set(path, value.map((one) => textOf(one)).join(";"));
  else record.set(path, textOf(value));
}

/** @param {unknown} value @returns {string} */
const textOf = (value) => (isObject(value) ? textOf(value["value"] ?? "") : String(value ?? ""));
