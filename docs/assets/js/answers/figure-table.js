/** The table behind a picture: the same figures, said by the same words. */

import { el } from "../lib-dom.js";
import { places } from "./scene.js";

/**
 * @typedef {import("./shapes.js").Figure} Figure
 * @typedef {import("./shapes.js").Cell} Cell
 * @typedef {import("./figure.js").Around} Around
 */

/** @param {Around} around @param {Figure} figure @param {string} by */
export function figureTable(around, figure, by) {
  const at = places(figure, by);
  const tall = figure.rows.length === 1 && at.length === 1 && figure.type !== "number";
  const [head, body] = tall ? options(around, figure, at[0] ?? 0) : lines(around, figure, at);
  const own = { class: "table figure__read", "aria-label": figure.text };
  const heads = head.map((text, place) => el("th", { scope: "col", class: place ? "figure__number" : "" }, text));
  const rows = body.map(([first = "", ...cells]) => el("tr", {}, el("th", { scope: "row" }, first), ...cells.map((text) => el("td", { class: "figure__number" }, text))));
  const table = el("table", own, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
  return el("div", { class: "table-wrap figure__scroll", tabindex: 0, role: "region", "aria-label": figure.text }, table);
}

/**
 * Each option on a line, for all together.
 * @param {Around} around @param {Figure} figure @param {number} place
 * @returns {[string[], string[][]]}
 */
function options({ stage, say }, figure, place) {
  const head = [stage.say("row"), stage.say("count"), stage.say("share")];
  const cell = figure.rows[0]?.cells[place];
  if (!cell) return [head, []];
  const read = say.read(figure, cell);
  if (read.hidden) return [head, [[read.hidden, "", ""]]];
  const rows = read.parts.map(({ label, count, said }) => [label, String(count), said]);
  const aside = read.aside.map(({ label, said }) => [label, said, ""]);
  const missing = "missing" in cell ? cell.missing : 0;
  return [head, [...rows, ...aside, [stage.say("missing"), String(missing), ""]]];
}

/**
 * Each row or group on a line, and its options beside each other.
 * @param {Around} around @param {Figure} figure @param {number[]} at
 * @returns {[string[], string[][]]}
 */
function lines({ stage, say }, figure, at) {
  const opinions = figure.type === "number" ? [] : say.opinions(figure);
  const moments = figure.ordered || figure.type === "number";
  const means = moments ? [stage.say("mean"), stage.say("median")] : [];
  const head = [stage.say(at.length > 1 ? "group" : "row"), stage.say("answered"), ...opinions.map(({ label }) => label), ...means];
  const many = figure.rows.length > 1;
  const body = figure.rows.flatMap((row) =>
    at.flatMap((place) => {
      const [cell, group] = [row.cells[place], figure.groups[place]];
      if (!cell || !group) return [];
      const name = [many ? row.label : "", at.length > 1 || !many ? say.group(group) : ""].filter(Boolean).join(": ");
      const read = say.read(figure, cell);
      if (read.hidden) return [[name, read.hidden, ...head.slice(2).map(() => "")]];
      const own = moments ? [read.mean, read.median] : [];
      return [[name, String(read.count), ...(opinions.length ? read.parts.map(({ said }) => said) : []), ...own]];
    }),
  );
  return [head, body];
}
