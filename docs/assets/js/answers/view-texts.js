/**
 * What was answered in own words: a list to read, to sort under headings of one's own, and to keep
 * out of the report. What is the same word for word is one.
 */

import { button, el, put } from "../lib-dom.js";
import { langOf } from "./naming.js";

/**
 * @typedef {import("./figure.js").Around} Around
 * @typedef {import("./shapes.js").Texts} Texts
 * @typedef {import("./work.js").Heading} Heading
 */
/** @typedef {{text: string, warns: string[], times: number}} One */

const AT_ONCE = 25; // texts shown below a heading before one asks for more
const HIDDEN = "\u0001"; // stands for "not in the report" in a choice, where no heading can

/** @param {Around} around @param {Texts} texts */
export function textsBlock(around, texts) {
  const { work, stage } = around;
  const advice = around.reading(texts.code);
  const title = el("h3", { id: texts.code, tabindex: -1, lang: langOf(work.survey) }, el("span", { class: "figure__number" }, `${texts.number}. `), texts.text);
  const main = el("div", { class: "figure__main" });
  const node = el("section", { class: `figure texts${advice ? " figure--advised" : ""}`, "data-code": texts.code }, title, main, advice);
  if (texts.hidden) main.append(el("p", {}, stage.say("texts_small", { n: work.survey.minimum_group })));
  else if (!texts.answers.length) main.append(el("p", {}, stage.say("texts_none")));
  else new Sorting(around, texts, main).begin();
  return node;
}

class Sorting {
  /** @param {Around} around @param {Texts} texts @param {HTMLElement} place */
  constructor({ stage, work }, texts, place) {
    this.say = stage.say;
    this.work = work;
    this.code = texts.code;
    this.place = place;
    this.ones = unique(texts);
    this.told = el("p", { class: "answers__told", role: "status", tabindex: -1 });
    this.lists = el("div", {});
    this.settle = button(this.say("texts_settle"), "work__button", () => {
      this.show();
      put(this.told, this.say("texts_settled"));
      this.told.focus();
    });
    /** How many are shown, by heading. @type {Map<string, number>} */
    this.shown = new Map();
    this.name = el("input", { type: "text", class: "answers__control", maxlength: 100, autocomplete: "off", id: `overskrift-${this.code}` });
  }

  /** @returns {Heading[]} */
  get headings() {
    return (this.work.headings[this.code] ??= []);
  }

  /** @returns {string[]} */
  get hidden() {
    return (this.work.hidden[this.code] ??= []);
  }

  begin() {
    const { say } = this;
    const warned = this.ones.filter(({ warns }) => warns.length).length;
    const form = el(
      "form",
      { class: "texts__new", submit: (event) => this.#add(event) },
      el("label", { for: this.name.id }, say("texts_new")),
      this.name,
      el("button", { class: "work__button" }, say("texts_add")),
    );
    this.place.append(
      el("p", { class: "figure__about" }, say("answers_n", { n: this.ones.reduce((sum, { times }) => sum + times, 0) })),
      ...(warned ? [el("p", { class: "texts__warning" }, say("texts_warn", { n: warned }))] : []),
      el("p", { class: "answers__aside" }, say("texts_help")),
      form,
      el("div", { class: "texts__state" }, this.told, this.settle),
      this.lists,
    );
    this.show();
  }

  /** @param {Event} event */
  #add(event) {
    event.preventDefault();
    const heading = this.name.value.trim();
    if (!heading) return this.name.focus();
    if (this.headings.some((one) => one.heading === heading)) return put(this.told, this.say("texts_twice", { heading }));
    this.headings.push({ heading, texts: [] });
    this.name.value = "";
    this.work.touch();
    this.show();
    put(this.told, this.say("texts_added", { heading }));
  }

  show() {
    this.settle.hidden = true;
    const sorted = new Set([...this.headings.flatMap(({ texts }) => texts), ...this.hidden]);
    const groups = [
      ...this.headings.map((one) => ({ key: one.heading, title: one.heading, own: true, texts: this.#of(one.texts) })),
      { key: "", title: this.headings.length || this.hidden.length ? this.say("texts_unsorted") : "", own: false, texts: this.ones.filter(({ text }) => !sorted.has(text)) },
      { key: HIDDEN, title: this.hidden.length ? this.say("texts_hide") : "", own: false, texts: this.#of(this.hidden) },
    ];
    this.lists.replaceChildren(...groups.flatMap((group) => this.#group(group)));
  }

  /** @param {string[]} texts */
  #of(texts) {
    const wanted = new Set(texts);
    return this.ones.filter(({ text }) => wanted.has(text));
  }

  /** @param {{key: string, title: string, own: boolean, texts: One[]}} group */
  #group({ key, title, own, texts }) {
    const shown = this.shown.get(key) ?? AT_ONCE;
    const left = texts.length - shown;
    const remove = own && button(this.say("texts_remove"), "answers__quiet", () => this.#remove(key));
    if (remove) remove.append(el("span", { class: "said" }, `: ${key}`));
    const head = title ? [el("div", { class: "texts__head" }, el("h4", {}, `${title} (${texts.length})`), remove)] : [];
    const list = el("ul", { class: "texts__list" }, ...texts.slice(0, shown).map((one) => this.#one(one, key)));
    const more = button(this.say("texts_more", { n: Math.min(left, AT_ONCE) }), "answers__quiet", () => {
      this.shown.set(key, shown + AT_ONCE);
      this.show();
      const next = this.lists.querySelectorAll(`[data-under="${CSS.escape(key)}"]`)[shown];
      if (next instanceof HTMLElement) next.focus();
    });
    return [...head, ...(texts.length ? [list] : []), ...(left > 0 ? [el("p", {}, more)] : [])];
  }

  /** @param {One} one @param {string} under */
  #one({ text, warns, times }, under) {
    const { say } = this;
    const select = el("select", { class: "answers__control", "aria-label": `${say("texts_sort")}: ${text.slice(0, 80)}`, "data-under": under });
    select.append(
      el("option", { value: "" }, say("texts_unsorted")),
      ...this.headings.map(({ heading }) => el("option", { value: heading }, heading)),
      el("option", { value: HIDDEN }, say("texts_hide")),
    );
    select.value = under;
    select.addEventListener("change", () => this.#move(text, select.value, select.selectedOptions[0]?.textContent ?? ""));
    const marks = warns.map((why) => el("li", {}, say(`warn_${why}`)));
    return el(
      "li",
      { class: `texts__one${warns.length ? " texts__one--warned" : ""}` },
      el("p", { class: "texts__text" }, text),
      marks.length ? el("ul", { class: "texts__warns" }, ...marks) : undefined,
      el("div", { class: "texts__ways" }, el("label", {}, el("span", { "aria-hidden": "true" }, say("texts_sort")), " ", select), times > 1 && el("span", { class: "answers__aside" }, say("texts_times", { n: times }))),
    );
  }

  /**
   * A text belongs below another heading. It stays where it is until one asks for it: by keyboard a
   * choice changes with every key, and by hand one goes on with the next.
   * @param {string} text @param {string} to @param {string} said
   */
  #move(text, to, said) {
    for (const one of this.headings) one.texts = one.texts.filter((other) => other !== text);
    this.work.hidden[this.code] = this.hidden.filter((other) => other !== text);
    if (to === HIDDEN) this.hidden.push(text);
    else this.headings.find(({ heading }) => heading === to)?.texts.push(text);
    this.work.touch();
    this.settle.hidden = false;
    put(this.told, this.say("texts_moved", { heading: said }));
  }

  /** @param {string} heading */
  #remove(heading) {
    this.work.headings[this.code] = this.headings.filter((one) => one.heading !== heading);
    this.work.touch();
    this.show();
    put(this.told, this.say("texts_removed", { heading }));
    this.name.focus();
  }
}

/** @param {Texts} texts @returns {One[]} */
function unique({ answers }) {
  /** @type {Map<string, One>} */
  const found = new Map();
  for (const { text, warns } of answers) {
    const one = found.get(text);
    if (one) one.times += 1;
    else found.set(text, { text, warns, times: 1 });
  }
  return [...found.values()];
}
