/** What has changed, and what is the same, as tables of the page: in the words of the report. */

import { el } from "../lib-dom.js";
import { shown } from "./figure-table.js";
import { nameOf } from "./naming.js";
import { changeHeader, changeRow, measured } from "./report-more.js";
import { Say } from "./say.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./work.js").Work} Work
 * @typedef {import("./work.js").Other} Other
 * @typedef {import("./shapes.js").Change} Change
 * @typedef {import("./shapes.js").Survey} Survey
 */

/** @param {Stage} stage @param {Survey} survey @param {Change[]} list */
export function changesTable(stage, survey, list) {
  const say = new Say(stage.words, survey);
  const found = list.filter(({ reason }) => !reason);
  const rest = list.filter(({ reason }) => reason);
  if (!list.length) return [el("p", {}, stage.say("compare_none"))];
  const caption = stage.say("compare_caption");
  const made = found.length ? [shown({ caption, header: changeHeader(say), rows: found.map((one) => changeRow(say, one)), notes: [] })] : [];
  return [el("p", {}, say.words("report.interval_help")), ...made, ...unlike(stage, survey, rest)];
}

/** Questions that cannot be compared, and why. @param {Stage} stage @param {Survey} survey @param {Change[]} rest */
function unlike(stage, survey, rest) {
  if (!rest.length) return [];
  const lines = rest.map(({ key, reason }) => el("li", {}, `${nameOf(survey, key)} ${stage.say(`reason_${reason}`)}`));
  const fold = el("details", { class: "answers__fold" }, el("summary", {}, stage.say("compare_rest", { n: rest.length })), el("ul", {}, ...lines));
  return [fold];
}

/** @param {Stage} stage @param {Work} work @param {Other} other */
export async function besideTable(stage, { main, survey }, other) {
  const say = new Say(stage.words, survey);
  const found = await stage.ask.do("beside", { sets: [main?.id ?? "", other.taken.id] });
  if (!found.length) return [el("p", {}, stage.say("compare_none"))];
  const rows = found.map((one) => [
    measured(say, one),
    ...one.sides.map((side) => {
      if (!side) return stage.say("beside_nothing");
      const value = one.measure === "mean" ? say.mean(side.value) : say.percent(side.value);
      return say.words("report.value_of", { value, n: side.n });
    }),
  ]);
  const header = [say.words("report.what"), survey.title, other.survey.title];
  return [shown({ caption: stage.say("compare_caption"), header, rows, notes: [] })];
}
