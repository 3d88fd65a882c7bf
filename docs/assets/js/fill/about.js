/**
 * What stands around a field: its name, its help, and what the example has there.
 */

import { day, el } from "../lib-dom.js";

/**
 * @typedef {import("../lib-dom.js").Say} Say
 * @typedef {import("./model.js").Doc} Doc
 * @typedef {import("./model.js").Field} Field
 * @typedef {import("./model.js").Form} Form
 * @typedef {string[] | {header: string[], rows: string[][]}} Sample a field in the example
 * @typedef {Field & {fact?: string, follow_ups?: string[]}} Asked
 * @typedef {Form & {known: Record<string, string | string[]>, cover: (Form["cover"][number] & {fact?: string})[],
 *   example?: {title: string, address: string, fields: Record<string, Sample>}}} Given
 * @typedef {{say: Say, form: Given, doc: Doc, do: (change: import("./model.js").Change) => void,
 *   sources: import("./sources.js").Sources}} Context
 */

/** How a field is known in the page. @param {string} id */
export const nameOf = (id) => `felt-${id}`;

/** @param {Say} say @param {Asked} field */
export const required = (say, field) =>
  field.required && el("span", { class: "field__required" }, ` (${say("required")})`);

/**
 * A field with what it is made of, and the example beside it.
 * @param {Asked} field
 * @param {(HTMLElement | false | undefined)[]} inner
 * @param {HTMLElement | undefined} example
 */
export const block = (field, inner, example) =>
  el(
    "div",
    { class: `fill__field fill__field--${field.kind}`, "data-field": field.id },
    el("div", { class: "fill__asked" }, ...inner),
    example,
  );

/**
 * What helps beside a field: its hint, what is behind a question, and the example.
 * @param {Context} context
 * @param {Asked} field
 */
export function help({ say, form }, field) {
  const question = field.kind === "question";
  const hint = field.hint && !question
    ? el("p", { class: "fill__hint", id: `${nameOf(field.id)}-hjelp` }, field.hint)
    : undefined;
  const more = question && (field.hint || field.follow_ups?.length)
    ? el(
        "details",
        { class: "fill__fold" },
        el("summary", {}, say("why")),
        field.hint ? el("p", {}, field.hint) : "",
        el("ul", {}, ...(field.follow_ups ?? []).map((one) => el("li", {}, one))),
      )
    : undefined;
  return { hint, more, example: example(say, field, form.example?.fields[field.id]) };
}

/** @param {Say} say @param {Asked} field @param {Sample | undefined} sample */
function example(say, field, sample) {
  if (!sample || (Array.isArray(sample) ? !sample.length : !sample.rows.length)) return undefined;
  const inner = Array.isArray(sample)
    ? sample.map((line) => el("p", {}, /^\d{4}-\d\d-\d\d$/.test(line) ? day(line) : line))
    : [sampleTable(sample, field.label)];
  const wide = matchMedia("(min-width: 75em)").matches && Array.isArray(sample);
  return el(
    "details",
    { class: "fill__example", open: wide },
    el("summary", {}, say("example"), el("span", { class: "said" }, `: ${field.label}`)),
    el("div", { class: "fill__sample" }, ...inner),
  );
}

/** @param {{header: string[], rows: string[][]}} sample @param {string} label */
const sampleTable = ({ header, rows }, label) =>
  el(
    "div",
    { class: "fill__scroll", tabindex: 0, role: "region", "aria-label": label },
    el(
      "table",
      { class: "fill__read" },
      el("thead", {}, el("tr", {}, ...header.map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((text) => el("td", {}, text))))),
    ),
  );
