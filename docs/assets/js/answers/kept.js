/**
 * The work as a file of our own, and back: the answers themselves, and what the reader has said of
 * them. Whoever made the file, nothing comes out of here but what the survey has a place for.
 */

import { isObject, WrongFile } from "../lib-wrong.js";
import { Work } from "./work.js";
import { FIGURES, figuresFile, judgedFigures } from "./kept-figures.js";
import { counted, judgedSet, list, record, text } from "./kept-set.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./work.js").Taken} Taken
 * @typedef {import("./work.js").Role} Role
 */

export const SCHEMA = "naeringsvennlig-region/svar";
const VERSION = 1;
const LARGEST = 100_000_000; // bytes; as many answers as are read from a file
const ROLES = ["before", "after", "beside"];

/**
 * All that is needed to go on another day.
 * @param {Stage} stage
 * @param {Work} work
 */
export async function asFile({ ask }, work) {
  /** @param {Taken} taken @param {Role | "main"} role */
  const given = async ({ id, survey, madeUp, figures }, role) => {
    const held = figures ? { figures: figuresFile(await ask.do("count", { set: id }), madeUp, {}) } : { set: await ask.do("give", { set: id }) };
    return { role, survey, made_up: madeUp, ...held };
  };
  const main = work.main ? [await given(work.main, "main")] : [];
  const others = await Promise.all(work.others.map(({ taken, role }) => given(taken, role)));
  const { headings, hidden, asked, by, findings } = work;
  const own = { headings, hidden, asked, by, ...(findings && { findings }) };
  const file = { schema: SCHEMA, version: VERSION, survey: work.survey.id, date: new Date().toISOString(), sets: [...main, ...others], ...own };
  return new TextEncoder().encode(`${JSON.stringify(file)}\n`);
}

/**
 * The figures alone, to be kept when the answers are deleted.
 * @param {Stage} stage
 * @param {Work} work
 */
export async function asFigures({ ask }, { main, asked }) {
  const file = figuresFile(await ask.do("count", { set: main?.id ?? "" }), main?.madeUp ?? false, asked);
  return new TextEncoder().encode(`${JSON.stringify(file)}\n`);
}

/**
 * Figures that a file holds, as answers that are counted already. Raises WrongFile with what the matter is.
 * @param {Stage} stage
 * @param {Record<string, unknown>} file
 * @param {Survey} survey
 * @returns {Promise<{taken: Taken, asked: Record<string, number>}>}
 */
export async function takeFigures(stage, file, survey) {
  const { asked, ...judged } = judgedFigures(file, survey);
  return { taken: await stage.ask.do("figures", judged), asked };
}

/**
 * The work that a file holds, or figures alone. Raises WrongFile with what the matter is.
 * @param {Stage} stage
 * @param {File} file
 * @returns {Promise<Work>}
 */
export async function openWork(stage, file) {
  if (file.size > LARGEST) throw new WrongFile("Size");
  const found = parsed(await file.text());
  const survey = await surveyOf(stage, text(found["survey"], "survey"));
  const work = new Work(survey);
  if (found["schema"] === FIGURES) {
    const { taken, asked } = await takeFigures(stage, found, survey);
    return Object.assign(work, { main: taken, asked });
  }
  const sets = list(found["sets"], "sets");
  for (const [at, one] of sets.entries()) await put(stage, work, one, `sets.${at}`);
  if (!work.main) throw new WrongFile("Shape", "sets");
  work.headings = headings(found["headings"]);
  work.hidden = record(found["hidden"], "hidden", (value, where) => list(value, where).map((one) => text(one, where)));
  work.asked = record(found["asked"], "asked", counted);
  work.by = text(found["by"] ?? "", "by");
  if (found["findings"] !== undefined) work.findings = findings(found["findings"]);
  return work;
}

/** @param {string} content @returns {Record<string, unknown>} */
function parsed(content) {
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(content);
  } catch {
    throw new WrongFile("Json");
  }
  if (!isObject(found) || (found["schema"] !== SCHEMA && found["schema"] !== FIGURES)) throw new WrongFile("Schema");
  if (!Number.isSafeInteger(found["version"]) || Number(found["version"]) < 1) throw new WrongFile("Shape", "version");
  if (Number(found["version"]) > VERSION) throw new WrongFile("Version");
  return found;
}

/** @param {Stage} stage @param {string} id */
async function surveyOf(stage, id) {
  if (!stage.surveys.some((one) => one.id === id)) throw new WrongFile("Survey", id);
  return stage.surveyOf(id);
}

/** @param {Stage} stage @param {Work} work @param {unknown} one @param {string} where */
async function put(stage, work, one, where) {
  if (!isObject(one)) throw new WrongFile("Shape", where);
  const survey = await surveyOf(stage, text(one["survey"], `${where}.survey`));
  const madeUp = one["made_up"] === true;
  const taken = isObject(one["figures"])
    ? (await takeFigures(stage, one["figures"], survey)).taken
    : await stage.ask.do("put", { survey, set: judgedSet(one["set"], survey, `${where}.set`), madeUp });
  const role = text(one["role"], `${where}.role`);
  if (role === "main" && !work.main && survey.id === work.survey.id) work.main = taken;
  else if (ROLES.includes(role)) work.others.push({ taken, survey, role: /** @type {Role} */ (role) });
  else throw new WrongFile("Shape", `${where}.role`);
}

/** @param {unknown} value @returns {Work["headings"]} */
const headings = (value) =>
  record(value, "headings", (all, where) =>
    list(all, where).map((one) => {
      if (!isObject(one)) throw new WrongFile("Shape", where);
      const { heading, texts } = one;
      return { heading: text(heading, where), texts: list(texts, where).map((other) => text(other, where)) };
    }),
  );

/** @param {unknown} value @returns {NonNullable<Work["findings"]>} */
function findings(value) {
  if (!isObject(value)) throw new WrongFile("Shape", "findings");
  const themes = list(value["themes"], "findings.themes").map((theme) => {
    if (!isObject(theme)) throw new WrongFile("Shape", "findings.themes");
    return { title: text(theme["title"], "findings.title"), rows: list(theme["rows"], "findings.rows").map(finding) };
  });
  return { themes, talks: counted(value["talks"], "findings.talks") };
}

/** @param {unknown} value */
function finding(value) {
  const where = "findings.rows";
  if (!isObject(value)) throw new WrongFile("Shape", where);
  const roles = list(value["roles"], where).map((role) => {
    if (!isObject(role)) throw new WrongFile("Shape", where);
    return { label: text(role["label"], where), n: counted(role["n"], where) };
  });
  const places = value["places"] === undefined ? {} : { places: counted(value["places"], where) };
  return { text: text(value["text"], where), talks: counted(value["talks"], where), roles, ...places };
}
