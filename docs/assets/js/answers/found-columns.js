/** The columns of a file: what each was taken for, and a choice for the reader where it is wrong. */

import { el } from "../lib-dom.js";
import { keysOf, nameOf } from "./naming.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Column} Column
 * @typedef {import("./engine.js").FoundSheet} FoundSheet
 */
/** @typedef {(column: Column, key: string, option: string) => void} Choose */

/**
 * Columns with what is in them, each with its choice.
 * @param {Stage} stage
 * @param {Survey} survey
 * @param {FoundSheet} sheet
 * @param {Column[]} columns
 * @param {Choose} choose
 */
export function columnTable(stage, survey, sheet, columns, choose) {
  const { say } = stage;
  const heads = ["column", "sample", "question"].map((key) => el("th", { scope: "col" }, say(`column_${key}`)));
  const rows = columns.map((column) => {
    const samples = (sheet.samples[column.index] ?? []).join(" · ");
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, column.header || say("column_unnamed", { n: column.index + 1 })),
      el("td", {}, samples || say("column_empty")),
      el("td", {}, choice(stage, survey, sheet, column, choose), column.by && el("span", { class: "columns__by" }, say(`column_by.${column.by}`))),
    );
  });
  return el(
    "div",
    { class: "table-wrap" },
    el("table", { class: "table columns" }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows)),
  );
}

/**
 * What a column may be. All that it may be is put there when it is asked for: columns times questions
 * are many.
 * @param {Stage} stage @param {Survey} survey @param {FoundSheet} sheet @param {Column} column @param {Choose} choose
 */
function choice(stage, survey, sheet, column, choose) {
  const { say } = stage;
  const label = say("column_choose", { column: column.header || String(column.index + 1) });
  const own = { class: "answers__control", "aria-label": label, "data-column": `${sheet.id}/${column.index}` };
  const select = el("select", own, el("option", { value: valueOf(column), selected: true }, saidOf(say, survey, column)));
  const all = () => {
    if (select.length > 1) return;
    const now = select.value;
    select.replaceChildren(el("option", { value: "" }, say("column_unused")), ...groups(survey));
    select.value = now;
  };
  select.addEventListener("pointerdown", all);
  select.addEventListener("focus", all);
  select.addEventListener("change", () => {
    const [key = "", option = ""] = select.value.split(":");
    choose(column, key, option);
  });
  return select;
}

/** @param {Column} column */
const valueOf = ({ key, option }) => (option ? `${key}:${option}` : key);

/** @param {import("../lib-dom.js").Say} say @param {Survey} survey @param {Column} column */
function saidOf(say, survey, { key, option, tells }) {
  if (key) return nameOf(survey, key, option);
  return say(tells ? `column_${tells}` : "column_unused");
}

/** @param {Survey} survey */
const groups = (survey) =>
  survey.themes.map((theme) => {
    const made = el("optgroup", { label: theme.title });
    for (const { key, option } of theme.questions.flatMap(keysOf)) {
      made.append(el("option", { value: option ? `${key}:${option}` : key }, nameOf(survey, key, option)));
    }
    return made;
  });
