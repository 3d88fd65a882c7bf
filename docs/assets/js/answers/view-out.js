/** What one takes along: a report, tables, slides, the pictures, and the work itself. */

import { handOver, part, put } from "../lib-dom.js";
import { asFigures, asFile } from "./kept.js";
import { files, TYPES } from "./out.js";
import { picture } from "./pictures.js";
import { changesOf } from "./view-compare.js";
import { resultOf } from "./view-figures.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./work.js").Work} Work
 * @typedef {import("./report-content.js").Given} Given
 * @typedef {{name: string, type: string, bytes: Uint8Array<ArrayBuffer>}} Made
 */

/** Each way with what makes it. @type {Record<string, (stage: Stage, work: Work) => Promise<Made>>} */
const WAYS = {
  report: (stage, work) => office(stage, work, "docx"),
  book: (stage, work) => office(stage, work, "xlsx"),
  deck: (stage, work) => office(stage, work, "pptx"),
  png: (stage, work) => pictures(stage, work, "png"),
  svg: (stage, work) => pictures(stage, work, "svg"),
  figures: async (stage, work) => {
    const bytes = await asFigures(stage, work);
    return { name: `${nameOf(stage, work, "figures_name")}.json`, type: "application/json", bytes };
  },
  work: async (stage, work) => {
    const bytes = await asFile(stage, work);
    return { name: `${nameOf(stage, work, "work_name")}.json`, type: "application/json", bytes };
  },
};

/** @type {import("./page.js").View} */
export function outView(stage, work, around) {
  const place = stage.show(around, "out");
  put(part(place, "holds"), holds(stage, work));
  // Of fewer than the limit there is no figure to keep.
  part(place, "figures").hidden = (work.main?.n ?? 0) < work.survey.minimum_group;
  const page = /** @type {HTMLAnchorElement} */ (part(place, "survey-page"));
  page.href = new URL(work.survey.address, stage.root).href;
  const state = part(place, "state");
  for (const button of place.querySelectorAll("[data-way]")) {
    button.addEventListener("click", () => void make(stage, work, state, /** @type {HTMLElement} */ (button).dataset["way"] ?? ""));
  }
}

/** @param {Stage} stage @param {Work} work @param {HTMLElement} state @param {string} way */
async function make(stage, work, state, way) {
  put(state, stage.say("making"));
  try {
    const made = await WAYS[way]?.(stage, work);
    if (!made) return;
    handOver(made.name, made.bytes, made.type);
    if (way === "work") work.unsaved = false;
    put(state, stage.say("made", { name: made.name }));
  } catch (error) {
    console.error(error);
    put(state, stage.say("not_made"));
  }
}

/** What is in all of it. @param {Stage} stage @param {Work} work */
function holds({ say }, { survey, main, others, findings, madeUp }) {
  return [
    say("holds", { title: survey.title, n: main?.n ?? 0 }),
    ...others.map(({ taken, survey: other }) => say("holds_compare", { label: other.id === survey.id ? taken.label : other.title })),
    ...(findings ? [say("holds_talks", { n: findings.talks })] : []),
    ...(madeUp ? [say("holds_made_up")] : []),
  ].join(" ");
}

/**
 * All that the files are made from: the figures, what they are compared with, findings, and texts that
 * the reader has put below headings.
 * @param {Stage} stage @param {Work} work
 * @returns {Promise<Given>}
 */
async function given(stage, work) {
  const main = await resultOf(stage, work);
  const beside = work.others.filter(({ role }) => role === "beside");
  const results = await Promise.all(beside.map(({ taken }) => stage.ask.do("count", { set: taken.id })));
  const timed = work.others.filter(({ role }) => role !== "beside");
  const changes = await Promise.all(
    timed.map(async (other) => ({
      title: stage.say("compared_with", { label: other.survey.id === work.survey.id ? other.taken.label : other.survey.title, n: other.taken.n }),
      list: await changesOf(stage, work, other),
    })),
  );
  return {
    results: [main, ...results],
    ...(changes.length && { changes }),
    ...(work.findings && { findings: work.findings }),
    headings: Object.fromEntries(Object.entries(work.headings).map(([code, list]) => [code, list.filter(({ texts }) => texts.length)])),
    asked: work.asked,
    made_up: work.madeUp,
  };
}

/** @param {Stage} stage @param {Work} work @param {"docx" | "xlsx" | "pptx"} format @returns {Promise<Made>} */
async function office(stage, work, format) {
  const whole = await given(stage, work);
  const parts = await files(stage.root.href);
  const made = await {
    docx: async () => (await import("./report.js")).report(parts, stage.words, whole),
    xlsx: async () => (await import("./book.js")).book(parts, stage.words, whole),
    pptx: async () => (await import("./deck.js")).deck(parts, stage.words, whole),
  }[format]();
  return { name: `${nameOf(stage, work, `${format}_name`)}.${format}`, type: TYPES[format], bytes: new Uint8Array(made) };
}

/** @param {Stage} stage @param {Work} work @param {"png" | "svg"} format @returns {Promise<Made>} */
async function pictures(stage, work, format) {
  const { packed } = await import("../files/zip.js");
  const result = await resultOf(stage, work);
  /** @type {import("../files/zip.js").Parts} */
  const parts = {};
  for (const figure of result.figures) {
    const { name, bytes } = await picture(stage, work, result, figure, format, work.by);
    parts[name] = bytes;
  }
  return { name: `${nameOf(stage, work, "pictures_name")}-${format}.zip`, type: "application/zip", bytes: new Uint8Array(packed(parts, format === "png" ? Object.keys(parts) : [])) };
}

/** @param {Stage} stage @param {Work} work @param {string} key */
const nameOf = ({ say }, { survey, madeUp }, key) => [survey.id, say(key), madeUp && say("made_up_name")].filter(Boolean).join("-");
