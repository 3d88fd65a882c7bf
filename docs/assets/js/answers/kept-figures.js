/**
 * The figures alone as a file, to be kept when the answers are deleted: what the page may show, and
 * nothing that anyone has written. What comes back is judged whole, and worked out anew from its counts.
 */

import { isObject, WrongFile } from "../lib-wrong.js";
import { counted, list, record, text } from "./kept-set.js";
import { questionsOf } from "./naming.js";
import { sum, toldBy } from "./tally.js";

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Result} Result
 * @typedef {import("./shapes.js").Figure} Figure
 * @typedef {import("./shapes.js").Group} Group
 * @typedef {import("./shapes.js").Cell} Cell
 */
/** @typedef {{result: Result, madeUp: boolean, asked: Record<string, number>}} Figures */
/** What is known of a figure before its cells. @typedef {Omit<Figure, "rows">} Head */

export const FIGURES = "naeringsvennlig-region/svartall";
const VERSION = 1;
const LARGEST = 20_000_000; // bytes; a survey of forty questions with three groupings is a hundredth
const MOST = 1_000; // figures, groups, rows or options
const TYPES = ["single", "multiple", "scale", "matrix", "number"];

/**
 * Each thing is named, so that what a result may come to hold is not written without a thought.
 * @param {Result} result
 * @param {boolean} madeUp
 * @param {Record<string, number>} asked how many got the survey, by place and in all
 */
export const figuresFile = ({ survey, set, n, figures }, madeUp, asked) => ({
  ...{ schema: FIGURES, version: VERSION, survey: survey.id, survey_version: survey.version },
  ...{ date: new Date().toISOString().slice(0, 10), made_up: madeUp, set, n, asked },
  figures: figures.map(({ code, type, text: own, ordered, open, options, aside, unit, low, high, groups, rows }) => ({
    ...{ code, type, text: own, ordered, open, unit, low, high, options: options.map(named), aside: aside.map(named) },
    groups: groups.map(({ by, code: group, label, n: size }) => ({ by, code: group, label, n: size })),
    rows: rows.map(({ key, label, cells }) => ({ key, label, cells: cells.map((cell) => written(cell, type)) })),
  })),
});

/** @param {{code: string, label: string}} one */
const named = ({ code, label }) => ({ code, label });

/** @param {Cell} cell @param {Figure["type"]} type */
function written(cell, type) {
  if (cell.hidden) return { hidden: cell.hidden };
  const { n, missing, aside, counts, mean, median, sd } = cell;
  return { n, missing, aside, counts, ...(type === "number" && { mean, median, sd }) };
}

/**
 * What a file holds where it is one of figures, not judged; nothing where it is another.
 * @param {Blob} file
 * @returns {Promise<Record<string, unknown> | undefined>}
 */
export async function figuresIn(file) {
  if (file.size > LARGEST) return undefined;
  const content = await file.text();
  if (!/^\s*\{/.test(content) || !content.includes(FIGURES)) return undefined;
  try {
    /** @type {unknown} */
    const found = JSON.parse(content);
    return isObject(found) && found["schema"] === FIGURES ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Raises WrongFile with what the matter is; then nothing of it is believed.
 * @param {Record<string, unknown>} file
 * @param {Survey} survey
 * @returns {Figures}
 */
export function judgedFigures(file, survey) {
  const version = counted(file["version"], "version");
  if (version > VERSION) throw new WrongFile("Version");
  if (file["survey"] !== survey.id) throw new WrongFile("Other", text(file["survey"], "survey"));
  const n = whole(file["n"], "n");
  if (n < survey.minimum_group) throw new WrongFile("Few", "n");
  const known = new Map(survey.themes.flatMap(({ id, questions }) => questions.map((one) => [one.code, { theme: id, number: one.number }])));
  const figures = short(file["figures"], "figures").flatMap((one, at) => {
    const where = `figures.${at}`;
    const value = object(one, where);
    const code = text(value["code"], `${where}.code`);
    const place = known.get(code);
    return place ? [figure(value, { ...place, code }, survey, n, where)] : [];
  });
  if (!figures.length) throw new WrongFile("Shape", "figures");
  const cells = figures.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  /** @param {string} why */
  const hidden = (why) => cells.filter((cell) => cell.hidden === why).length;
  const places = figures.find(({ groups }) => groups.some(({ by }) => by === survey.place))?.groups ?? [];
  const result = {
    ...{ survey: { ...survey, version: text(file["survey_version"], "survey_version") }, set: text(file["set"], "set"), n, figures },
    ...{ places: places.filter(({ by }) => by && by === survey.place), texts: [], notes: [] },
    hidden: { small: hidden("small"), derived: hidden("derived") },
  };
  return { result, madeUp: file["made_up"] === true, asked: record(file["asked"], "asked", counted) };
}

/**
 * @param {Record<string, unknown>} value @param {{code: string, theme: string, number: number}} place
 * @param {Survey} survey @param {number} n @param {string} where
 * @returns {Figure}
 */
function figure(value, place, survey, n, where) {
  const type = /** @type {Figure["type"]} */ (value["type"]);
  if (!TYPES.includes(type) || typeof value["ordered"] !== "boolean") throw new WrongFile("Shape", `${where}.type`);
  /** @param {string} key */
  const said = (key) => (value[key] === undefined ? {} : { [key]: text(value[key], `${where}.${key}`) });
  /** @type {Head} */
  const head = {
    ...{ ...place, type, text: text(value["text"], `${where}.text`), ordered: value["ordered"] },
    ...(value["open"] === true && { open: /** @type {const} */ (true) }),
    ...{ options: labels(value["options"], `${where}.options`), aside: labels(value["aside"], `${where}.aside`) },
    ...{ ...said("unit"), ...said("low"), ...said("high") },
    groups: groups(value["groups"], survey, n, `${where}.groups`),
  };
  const rows = short(value["rows"], `${where}.rows`).map((one, at) => {
    const inner = `${where}.rows.${at}`;
    const row = object(one, inner);
    const cells = short(row["cells"], `${inner}.cells`);
    if (cells.length !== head.groups.length) throw new WrongFile("Shape", `${inner}.cells`);
    const judged = cells.map((cell, nr) => shown(cell, head, head.groups[nr]?.n ?? 0, survey.minimum_group, `${inner}.cells.${nr}`));
    return { key: text(row["key"], `${inner}.key`), label: text(row["label"], `${inner}.label`), cells: judged };
  });
  if (!rows.length) throw new WrongFile("Shape", `${where}.rows`);
  return { ...head, rows };
}

/** @param {unknown} value @param {string} where */
const labels = (value, where) =>
  short(value, where).map((one) => {
    const { code, label } = object(one, where);
    return { code: text(code, where), label: text(label, where) };
  });

/** The first is all; others are of the survey's own questions. @param {unknown} value @param {Survey} survey @param {number} n @param {string} where @returns {Group[]} */
function groups(value, survey, n, where) {
  const codes = new Set(questionsOf(survey).map(({ code }) => code));
  const found = short(value, where).map((one, at) => {
    const group = object(one, where);
    const [by, code, label] = [text(group["by"], where), text(group["code"], where), text(group["label"], where)];
    const size = whole(group["n"], `${where}.${at}.n`);
    if (at ? !codes.has(by) || size > n : by || code || size !== n) throw new WrongFile("Shape", `${where}.${at}`);
    return { by, code, label, n: size };
  });
  if (!found.length) throw new WrongFile("Shape", where);
  return found;
}

/**
 * A cell that agrees with itself: what follows from its counts is not read, but worked out again.
 * @param {unknown} value @param {Head} head @param {number} size of its group @param {number} least @param {string} where
 * @returns {Cell}
 */
function shown(value, { type, ordered, options, aside: others }, size, least, where) {
  const cell = object(value, where);
  const { hidden } = cell;
  if (hidden === "small" || hidden === "derived") return { hidden };
  if (hidden !== undefined) throw new WrongFile("Shape", `${where}.hidden`);
  const [n, missing] = [whole(cell["n"], `${where}.n`), whole(cell["missing"], `${where}.missing`)];
  if (n < least) throw new WrongFile("Few", where);
  const aside = counts(cell["aside"], others, `${where}.aside`);
  const asked = n + missing + sum(Object.values(aside));
  const common = { n, asked, missing, aside };
  if (asked > size) throw new WrongFile("Shape", `${where}.n`);
  if (type === "number") {
    const sd = finite(cell["sd"], `${where}.sd`);
    if (sd < 0) throw new WrongFile("Shape", `${where}.sd`);
    return { ...common, counts: {}, mean: finite(cell["mean"], `${where}.mean`), median: finite(cell["median"], `${where}.median`), sd };
  }
  const own = counts(cell["counts"], options, `${where}.counts`);
  const held = options.map(({ code }) => own[code] ?? 0);
  const fits = type === "multiple" ? held.every((one) => one <= n) && sum(held) >= n : sum(held) === n;
  if (!fits) throw new WrongFile("Shape", `${where}.counts`);
  return { ...common, counts: own, ...toldBy({ type, ordered }, held) };
}

/** @param {unknown} value @param {{code: string}[]} options @param {string} where @returns {Record<string, number>} */
function counts(value, options, where) {
  const given = new Map(Object.entries(object(value, where)));
  return Object.fromEntries(options.map(({ code }) => [code, whole(given.get(code), `${where}.${code}`)]));
}

/** @param {unknown} value @param {string} where */
function object(value, where) {
  if (!isObject(value)) throw new WrongFile("Shape", where);
  return value;
}

/** @param {unknown} value @param {string} where */
function short(value, where) {
  const found = list(value, where);
  if (found.length > MOST) throw new WrongFile("Shape", where);
  return found;
}

/** @param {unknown} value @param {string} where */
function whole(value, where) {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw new WrongFile("Shape", where);
  return Number(value);
}

/** @param {unknown} value @param {string} where */
function finite(value, where) {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new WrongFile("Shape", where);
  return value;
}
