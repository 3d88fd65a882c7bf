/** A set of answers from a file, judged: each answer is one that the survey has, or none. */

import { isObject, WrongFile } from "../lib-wrong.js";
import { answerKeys, questionsOf } from "./naming.js";

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Question} Question
 * @typedef {import("./shapes.js").Set} AnswerSet
 * @typedef {import("./shapes.js").Answer} Answer
 * @typedef {import("./shapes.js").Note} Note
 */

const MOST = 200_000; // answers in a set
const LONGEST = 100_000; // characters of a text, three times what a cell of a workbook holds

/** @param {unknown} value @param {string} where @returns {string} */
export function text(value, where) {
  if (typeof value !== "string" || value.length > LONGEST) throw new WrongFile("Shape", where);
  return value;
}

/** How many of what there is one of at least. @param {unknown} value @param {string} where */
export function counted(value, where) {
  if (!Number.isSafeInteger(value) || Number(value) < 1) throw new WrongFile("Shape", where);
  return Number(value);
}

/** @param {unknown} value @param {string} where @returns {unknown[]} */
export function list(value, where) {
  if (!Array.isArray(value) || value.length > MOST) throw new WrongFile("Shape", where);
  return value;
}

/**
 * @template T
 * @param {unknown} value
 * @param {string} where
 * @param {(value: unknown, where: string) => T} judge
 * @returns {Record<string, T>}
 */
export function record(value, where, judge) {
  if (value === undefined) return {};
  if (!isObject(value)) throw new WrongFile("Shape", where);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, judge(one, `${where}.${key.slice(0, 40)}`)]));
}

/**
 * @param {unknown} value
 * @param {Survey} survey
 * @param {string} where
 * @returns {AnswerSet}
 */
export function judgedSet(value, survey, where) {
  if (!isObject(value)) throw new WrongFile("Shape", where);
  const n = value["n"];
  if (!Number.isSafeInteger(n) || Number(n) < 0 || Number(n) > MOST) throw new WrongFile("Shape", `${where}.n`);
  const places = record(value["places"], `${where}.places`, text);
  const given = isObject(value["columns"]) ? value["columns"] : {};
  /** @type {AnswerSet["columns"]} */
  const columns = {};
  for (const question of questionsOf(survey)) {
    for (const key of answerKeys(question)) {
      const column = given[key];
      const at = `${where}.columns.${key}`;
      if (column === undefined) continue;
      if (!Array.isArray(column) || column.length !== n) throw new WrongFile("Shape", at);
      columns[key] = column.map((one) => answer(one, question, places, at));
    }
  }
  return { survey: survey.id, version: text(value["version"], where), label: text(value["label"], where), n: Number(n), columns, places, notes: notes(value["notes"], where) };
}

/**
 * @param {unknown} value @param {Question} question @param {Record<string, string>} places @param {string} where
 * @returns {Answer}
 */
function answer(value, question, places, where) {
  if (value === null) return null;
  if (question.type === "text") return text(value, where);
  if (question.type === "number") {
    if (typeof value !== "number" || !Number.isFinite(value)) throw new WrongFile("Shape", where);
    return value;
  }
  /** @param {unknown} code @returns {code is string} */
  const known = (code) => question.options.some((one) => one.code === code) || (question.open && typeof code === "string" && Object.hasOwn(places, code));
  if (question.type === "multiple") return list(value, where).filter(known);
  return known(value) ? value : null;
}

/** @param {unknown} value @param {string} where @returns {Note[]} */
const notes = (value, where) =>
  list(value ?? [], where).map((one) => {
    if (!isObject(one)) throw new WrongFile("Shape", `${where}.notes`);
    const { key, where: place = "", count = 0 } = one;
    return { key: text(key, where), where: text(place, where), count: Number(count) || 0 };
  });
