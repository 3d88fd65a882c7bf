/**
 * The document as it reads on paper: no buttons, and lines where nothing is written yet. It is
 * made when somebody prints, however they do that, and gone afterwards.
 */

import { computed, level, shown, sums } from "../files/reckon.js";
import { titleOf } from "./chapters.js";
import { day, el } from "../lib-dom.js";
import { codesOf, rowsOf, textOf } from "./model.js";

/**
 * @typedef {import("../lib-dom.js").Say} Say
 * @typedef {import("./about.js").Given} Form
 * @typedef {import("./model.js").Doc} Doc
 * @typedef {import("./model.js").Field} Field
 * @typedef {import("../files/form.js").Column} Column
 */

export class Paper {
  /** @param {Say} say @param {Form} form @param {Doc} doc */
  constructor(say, form, doc) {
    this.say = say;
    this.form = form;
    this.doc = doc;
    this.node = el("div", { class: "fill__paper", lang: doc.language });
    this.before = () => this.#draw();
    this.after = () => this.node.replaceChildren();
    addEventListener("beforeprint", this.before);
    addEventListener("afterprint", this.after);
  }

  print() {
    globalThis.print();
  }

  close() {
    removeEventListener("beforeprint", this.before);
    removeEventListener("afterprint", this.after);
  }

  #draw() {
    const { form, doc } = this;
    const cover = form.cover.map(({ key, label }) => {
      const value = doc.cover[key] ?? "";
      return el("div", {}, el("dt", {}, label), el("dd", {}, key === "date" && value ? day(value) : value || "\u00a0"));
    });
    this.node.replaceChildren(
      el("p", { class: "paper__title" }, form.title),
      cover.length ? el("dl", { class: "paper__cover" }, ...cover) : "",
      ...form.sections.flatMap((section) => [
        el("p", { class: `paper__head paper__head--${section.level}` }, titleOf(section)),
        ...section.fields.map((field) => this.#field(field)),
      ]),
    );
  }

  /** @param {Field} field */
  #field(field) {
    const label = field.label && el("p", { class: "paper__label" }, field.label);
    return el("div", { class: "paper__field" }, label, ...this.#answer(field));
  }

  /** @param {Field} field @returns {Node[]} */
  #answer(field) {
    if (field.kind === "table") return [this.#table(field)];
    if (field.kind === "checklist" || field.kind === "points") return [this.#boxes(field)];
    const text = said(field, textOf(this.doc, field.id));
    if (text) return [el("p", { class: "paper__text" }, text)];
    const lines = Math.min(Math.max(field.lines ?? 1, 1), 12);
    return Array.from({ length: lines }, () => el("div", { class: "paper__line" }));
  }

  /** @param {Field} field */
  #boxes(field) {
    const ticked = new Set(codesOf(this.doc, field.id));
    const points = field.points ?? (field.options ?? []).map(([id, text]) => ({ id, text }));
    return el(
      "ul",
      { class: "paper__boxes" },
      ...points.map(({ id, text }) => el("li", {}, ticked.has(id) ? "\u2612 " : "\u2610 ", text)),
    );
  }

  /** @param {Field} field */
  #table(field) {
    const columns = field.columns ?? [];
    const rows = rowsOf(this.doc, field);
    const numbers = computed(this.form, this.doc, field);
    const found = sums(field, numbers);
    /** @param {Column} column @param {number} at */
    const cell = (column, at) => {
      const value = numbers[at]?.[column.id];
      if (!column.calculation) return said(column, rows[at]?.[column.id] ?? "");
      return value === undefined ? "" : `${shown(column.kind, value)} ${level(column, value)}`.trim();
    };
    const total = columns.slice(1).map(({ id, kind }) => {
      const value = found[id];
      return el("td", { class: "paper__number" }, value === undefined ? "" : shown(kind, value));
    });
    /** @param {Column} column */
    const side = ({ kind }) => (kind === "amount" || kind === "number") && "paper__number";
    return el(
      "table",
      { class: "paper__table" },
      el("thead", {}, el("tr", {}, ...columns.map(({ label }) => el("th", { scope: "col" }, label)))),
      el(
        "tbody",
        {},
        ...rows.map((_, at) =>
          el("tr", {}, ...columns.map((column) => el("td", { class: side(column) }, cell(column, at) || "\u00a0"))),
        ),
        total.some((one) => one.textContent) && el("tr", {}, el("th", { scope: "row" }, this.say("sum")), ...total),
      ),
    );
  }
}

/** A value as it reads. @param {{kind: string, options?: [string, string][]}} field @param {string} value */
function said({ kind, options = [] }, value) {
  if (kind === "date" && value) return day(value);
  return kind === "choice" ? (options.find(([code]) => code === value)?.[1] ?? value) : value;
}
