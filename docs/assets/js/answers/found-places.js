/** What the municipalities are called: one a file, or those that stand in the answers. */

import { el, part, put } from "../lib-dom.js";
import { questionOf } from "./naming.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./intake.js").Read} Read
 */

const BLANK = /^\[.*\]$/;

export class Places {
  /** @param {Stage} stage @param {Read} read @param {HTMLElement} view */
  constructor(stage, read, view) {
    this.stage = stage;
    this.read = read;
    this.view = view;
    /** Names by code, and by table. @type {Map<string, string>} */
    this.names = new Map();
    /** @type {boolean | undefined} */
    this.byFile = undefined;
    /** @type {Record<string, string>} */
    this.found = {};
    /** @type {string[]} */
    this.used = [];
  }

  /** What the reader has said: names of codes, or a name for each table. */
  said() {
    const names = Object.fromEntries([...this.names].filter(([, name]) => name.trim()));
    return this.apart ? { places: {}, files: names } : { places: names };
  }

  get question() {
    const { survey } = this.read;
    return survey.place ? questionOf(survey, survey.place) : undefined;
  }

  /** Whether each table is of one municipality. */
  get apart() {
    if (!this.question || this.read.sheets.length < 2) return false;
    const has = this.read.sheets.some(({ match }) => match.columns.some(({ key }) => key === this.question?.code));
    return this.byFile ?? !has;
  }

  /**
   * @param {Record<string, string>} found what the files call them, by code
   * @param {string[]} used the codes that somebody has answered
   */
  show(found, used) {
    const { say } = this.stage;
    const { sheets } = this.read;
    this.found = found;
    this.used = used;
    const place = part(this.view, "places");
    const rows = this.apart
      ? sheets.map(({ id, file }) => this.#field(id, say("places_file", { file }), file.replace(/\.[a-z]+$/i, "")))
      : this.#blanks().map(({ code, label, name }) => this.#field(code, label, name));
    place.hidden = !rows.length;
    put(part(this.view, "places-help"), this.apart ? "" : say("places_help"));
    part(this.view, "place-ways").replaceChildren(...(this.question && sheets.length > 1 ? [this.#choice()] : []));
    part(this.view, "names").replaceChildren(...rows);
  }

  /** The blanks that stand for municipalities, with what the files call them. */
  #blanks() {
    const { question } = this;
    if (!question?.open) return [];
    const labels = new Map(question.options.map(({ code, label }) => [code, label]));
    const codes = this.used.filter((code) => code in this.found || BLANK.test(labels.get(code) ?? ""));
    return codes.sort().map((code) => ({ code, label: labels.get(code) ?? this.found[code] ?? code, name: this.found[code] ?? "" }));
  }

  /** @param {string} key @param {string} label @param {string} name */
  #field(key, label, name) {
    const input = el("input", { type: "text", class: "answers__control", maxlength: 100, autocomplete: "off", "data-place": key });
    input.value = this.names.get(key) ?? name;
    this.names.set(key, input.value);
    input.addEventListener("input", () => this.names.set(key, input.value));
    return el("label", { class: "found__name" }, el("span", {}, label), input);
  }

  #choice() {
    const { say } = this.stage;
    /** @param {boolean} yes */
    const option = (yes) => {
      const input = el("input", { type: "radio", name: "places-by-file", checked: this.apart === yes });
      input.addEventListener("change", () => {
        this.byFile = yes;
        this.names.clear();
        this.show(this.found, this.used);
        const now = this.view.querySelector("[name=places-by-file]:checked");
        if (now instanceof HTMLElement) now.focus();
      });
      return el("label", { class: "answers__option" }, input, el("span", {}, say(yes ? "places_files_yes" : "places_files_no")));
    };
    return el("fieldset", { class: "answers__set" }, el("legend", {}, say("places_files")), option(true), option(false));
  }
}
