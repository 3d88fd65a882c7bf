/** The main figures, and who answered: what one looks at first. */

import { el, put } from "../lib-dom.js";
import { langOf } from "./naming.js";

/**
 * @typedef {import("./figure.js").Around} Around
 * @typedef {import("./shapes.js").Figure} Figure
 * @typedef {import("./shapes.js").Row} Row
 */

/**
 * The survey's main figures, one large number each; none where nothing of them can be shown.
 * @param {Around} around
 */
export function mainFigures(around) {
  const { work, result, stage } = around;
  const found = work.survey.first.flatMap((code) => {
    const figure = result.figures.find((one) => one.code === code);
    const made = figure && tile(around, figure);
    return made ? [made] : [];
  });
  if (!found.length) return undefined;
  const head = el("h2", { id: "hovedtall", tabindex: -1 }, stage.say("main"));
  return el("section", { class: "firsts", "aria-labelledby": "hovedtall" }, head, el("ul", { class: "firsts__list" }, ...found));
}

/** @param {Around} around @param {Figure} figure */
function tile({ stage, work, say }, figure) {
  const told = largest(say, figure);
  if (!told) return undefined;
  const link = el("a", { href: `#${work.survey.id}/tall/${figure.code}` }, stage.say("to_question", { number: figure.number }));
  return el(
    "li",
    { class: "firsts__one" },
    el("p", { class: "firsts__number" }, told.number),
    el("p", { class: "firsts__what", lang: langOf(work.survey) }, told.what),
    el("p", { class: "firsts__question", lang: langOf(work.survey) }, figure.text),
    el("p", { class: "firsts__more" }, told.n),
    el("p", { class: "firsts__more" }, link),
  );
}

/**
 * What a question says most of all: the share above the middle, the answer that most gave, a mean. Of
 * rows, the one where most are above the middle.
 * @param {import("./say.js").Say} say
 * @param {Figure} figure
 * @returns {{number: string, what: string, n: string} | undefined}
 */
function largest(say, figure) {
  const rows = figure.rows.flatMap((row) => {
    const cell = row.cells[0];
    return cell && !cell.hidden && cell.n ? [{ row, read: say.read(figure, cell) }] : [];
  });
  const [first] = [...rows].sort((one, other) => (other.read.sides?.high ?? 0) - (one.read.sides?.high ?? 0));
  if (!first) return undefined;
  const { row, read } = first;
  const of = figure.rows.length > 1 ? `${row.label}: ` : "";
  const n = say.about(read);
  if (read.most) return { number: say.words("say.most_one"), what: of + read.most, n };
  if (read.sides) return { number: read.said.high, what: of + say.named(figure, "high"), n };
  if (figure.type === "number") return { number: read.median, what: figure.unit ?? say.words("say.median", { value: "" }), n };
  const [most] = [...read.parts].sort((one, other) => other.count - one.count);
  return most && { number: most.said, what: of + most.label, n };
}

/** Who answered, by municipality, and how many of those who were asked. @param {Around} around */
export function who(around) {
  const { stage, result, work } = around;
  const head = el("h2", { id: "hvem", tabindex: -1 }, stage.say("who"));
  const groups = result.places.length ? result.places : [];
  const rows = [...groups.map((group) => ({ key: group.code, label: around.say.group(group), n: group.n })), { key: "", label: stage.say("asked_all"), n: result.n }];
  const lines = rows.map((row) => line(around, row, rows.length > 1));
  const heads = ["place", "answered", "invited", "response"].map((key, at) => el("th", { scope: "col", class: at ? "figure__number" : "" }, stage.say(key)));
  const table = el("table", { class: "table who__table" }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...lines));
  const notes = work.main?.madeUp ? [] : [el("p", { class: "answers__aside" }, stage.say("asked_help"))];
  return [el("section", { class: "who", "aria-labelledby": "hvem" }, head, el("p", {}, stage.say("who_n", { n: result.n })), ...notes, el("div", { class: "table-wrap" }, table))];
}

/** @param {Around} around @param {{key: string, label: string, n: number}} row @param {boolean} many */
function line({ stage, work, say }, { key, label, n }, many) {
  const share = el("td", { class: "figure__number", "data-label": stage.say("response") });
  const show = () => {
    const asked = work.asked[key] ?? 0;
    put(share, say.response(n, asked));
  };
  const named = `${stage.say("invited")}: ${label}`;
  const input = el("input", { type: "number", min: n, max: 1_000_000, inputmode: "numeric", class: "answers__control who__asked", "aria-label": named });
  input.value = work.asked[key] ? String(work.asked[key]) : "";
  input.addEventListener("input", () => {
    const asked = Math.round(Number(input.value));
    if (asked > 0) work.asked[key] = asked;
    else delete work.asked[key];
    work.touch();
    show();
  });
  show();
  const last = many && !key;
  return el("tr", { class: last ? "who__all" : "" }, el("th", { scope: "row" }, label), el("td", { class: "figure__number", "data-label": stage.say("answered") }, String(n)), el("td", { class: "figure__number", "data-label": stage.say("invited") }, input), share);
}
