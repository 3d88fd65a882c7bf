/** What has changed, and what is the same, as tables of the page: in the words of the report. */

import { el } from "../lib-dom.js";
import { FEW } from "./compare.js";
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

/**
 * What has changed for certain first; the rest is there for who asks.
 * @param {Stage} stage @param {Survey} survey @param {Change[]} list
 */
export function changesTable(stage, survey, list) {
  const say = new Say(stage.words, survey);
  const found = list.filter(({ reason }) => !reason);
  const rest = list.filter(({ reason }) => reason);
  if (!found.length) return [el("p", {}, stage.say("compare_none")), ...unlike(stage, survey, rest)];
  const sure = found.filter((one) => one.sure === "up" || one.sure === "down");
  const others = found.filter((one) => !sure.includes(one));
  const heading = stage.say("compare_sure", { n: sure.length });
  const certain = sure.length ? [el("h4", {}, heading), byQuestion(say, survey, sure, heading)] : [el("p", {}, stage.say("compare_unchanged"))];
  const caption = stage.say("compare_unsure", { n: others.length });
  const fold = el("details", { class: "answers__fold" }, el("summary", {}, caption));
  fold.addEventListener("toggle", () => fold.open && fold.childElementCount === 1 && fold.append(byQuestion(say, survey, others, caption)));
  return [el("p", {}, say.words("sure.about", { few: FEW })), ...certain, ...(others.length ? [fold] : []), ...unlike(stage, survey, rest)];
}

/**
 * A table with a heading for each question, and below it what has been measured of it.
 * @param {Say} say @param {Survey} survey @param {Change[]} list @param {string} caption
 */
function byQuestion(say, survey, list, caption) {
  const header = changeHeader(say);
  const keys = [...new Set(list.map(({ key }) => key))];
  const bodies = keys.map((key) => {
    const rows = list.filter((one) => one.key === key).map((one) => {
      const [, ...cells] = changeRow(say, one);
      const what = one.measure === "mean" ? say.words("report.mean") : one.option || say.words("report.high");
      return el("tr", {}, el("th", { scope: "row" }, what), ...cells.map((text) => el("td", {}, text)));
    });
    const head = el("tr", { class: "changes__question" }, el("th", { scope: "rowgroup", colspan: header.length }, nameOf(survey, key)));
    return el("tbody", {}, head, ...rows);
  });
  const heads = header.map((text) => el("th", { scope: "col" }, text));
  const table = el("table", { class: "table changes" }, el("caption", { class: "said" }, caption), el("thead", {}, el("tr", {}, ...heads)), ...bodies);
  return el("div", { class: "figure__scroll", tabindex: 0, role: "region", "aria-label": caption }, table);
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
