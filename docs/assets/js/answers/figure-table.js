/** The tables behind a picture: those of the report, with the same figures in the same words. */

import { el } from "../lib-dom.js";
import { grouped, table } from "./tables.js";

/**
 * @typedef {import("./shapes.js").Figure} Figure
 * @typedef {import("./tables.js").Table} Table
 * @typedef {import("./figure.js").Around} Around
 */

/** @param {Around} around @param {Figure} figure @param {string} by */
export function figureTables({ say }, figure, by) {
  const found = by ? grouped(say, figure, by) : [];
  return (found.length ? found : [table(say, figure)]).map(shown);
}

/**
 * A table of texts as one of the page. Its caption is heard: the heading above it says the same.
 * @param {Table} table
 */
export function shown({ caption, header, rows, notes }) {
  const heads = header.map((text, at) => el("th", { scope: "col", class: at ? "figure__number" : "" }, text));
  const body = rows.map(([first = "", ...cells]) => {
    const left = header.length - 1 - cells.length;
    const last = cells.length - 1;
    // A row that is shorter says something instead of figures.
    const data = cells.map((text, at) =>
      left > 0 && at === last ? el("td", { colspan: left + 1, class: "figure__instead" }, text) : el("td", { class: "figure__number" }, text),
    );
    return el("tr", {}, el("th", cells.length ? { scope: "row" } : { scope: "row", colspan: header.length }, first), ...data);
  });
  const made = el(
    "table",
    { class: "table figure__read" },
    el("caption", { class: "said" }, caption),
    el("thead", {}, el("tr", {}, ...heads)),
    el("tbody", {}, ...body),
  );
  // What may be wider than the page is scrolled by keyboard, too.
  const wrap = el("div", { class: "figure__scroll", tabindex: 0, role: "region", "aria-label": caption }, made);
  return el("div", { class: "figure__table-wrap" }, wrap, ...notes.map((text) => el("p", { class: "answers__aside" }, text)));
}
