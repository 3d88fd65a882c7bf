/**
 * The page where the answers to a survey become figures, pictures and a report. What it shows follows
 * the address: the list of surveys, or a step with one (`#bedrifter/tall`), or a question there
 * (`#bedrifter/tall/DIA06`).
 */

import { el, part, put, speaker } from "../lib-dom.js";
import { Ask } from "./ask.js";
import { openWork } from "./kept.js";
import { mayBegin, Work } from "./work.js";

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("../lib-dom.js").Say} Say
 */
/**
 * What every view gets. `show` gives a template's parts in place of the view before, `told` is said
 * to those who hear the page.
 * @typedef {object} Stage
 * @property {Say} say
 * @property {Record<string, string>} words
 * @property {URL} root of the language
 * @property {Ask} ask
 * @property {(place: HTMLElement, name: string) => HTMLElement} show the one element of a template, in a
 *   place and instead of what was there; a view works within it, also when the reader has gone on
 * @property {(survey: string) => Promise<Survey>} surveyOf
 * @property {{id: string, title: string}[]} surveys
 * @property {(survey: Survey) => Work} workOf
 * @property {(text: string) => void} told
 * @property {() => void} marked made-up answers may have come or gone
 * @property {(step: string, survey?: string) => void} go
 */
/** A view shows itself in a place; `rest` is what the address says behind the step. */
/** @typedef {(stage: Stage, work: Work, place: HTMLElement, rest: string) => void | Promise<void>} View */

/** The steps, in the reader's order, by what the address says. @type {Record<string, () => Promise<View>>} */
const VIEWS = {
  "": () => import("./view-files.js").then(({ filesView }) => filesView),
  funn: () => import("./view-found.js").then(({ foundView }) => foundView),
  tall: () => import("./view-figures.js").then(({ figuresView }) => figuresView),
  sammenlign: () => import("./view-compare.js").then(({ compareView }) => compareView),
  samtaler: () => import("./view-talks.js").then(({ talksView }) => talksView),
  rapport: () => import("./view-out.js").then(({ outView }) => outView),
};
const STEPS = ["", "tall", "sammenlign", "samtaler", "rapport"];

class Page {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.say = speaker(root);
    this.list = /** @type {HTMLElement} */ (root.querySelector("[data-view=list]"));
    this.place = /** @type {HTMLElement} */ (root.querySelector("div[data-view=survey]"));
    this.title = document.title;
    /** @type {Map<string, Promise<Survey>>} */
    this.surveys = new Map();
    /** @type {Map<string, Work>} */
    this.works = new Map();
    this.shown = "";
    this.turn = 0;
    const entries = [...root.querySelectorAll("[data-survey]")];
    this.files = new Map(entries.map((one) => [one.getAttribute("data-survey") ?? "", one.getAttribute("data-file") ?? ""]));
    const known = entries.map((one) => ({ id: one.getAttribute("data-survey") ?? "", title: one.getAttribute("data-title") ?? "" }));
    /** @type {Stage} */
    this.stage = {
      say: this.say,
      words: JSON.parse(root.dataset["words"] ?? "{}"),
      root: new URL(root.dataset["root"] ?? "../", location.href),
      ask: new Ask(),
      surveys: known,
      show: (place, name) => {
        const made = /** @type {HTMLElement} */ (this.copy(name).firstElementChild);
        place.replaceChildren(made);
        return made;
      },
      surveyOf: (id) => this.surveyOf(id),
      workOf: (survey) => this.workOf(survey),
      marked: () => this.mark(),
      told: (text) => put(part(this.place, "told"), text),
      go: (step, survey = this.shown) => {
        location.hash = step ? `${survey}/${step}` : survey;
      },
    };
  }

  /** @param {string} name */
  copy(name) {
    const found = /** @type {HTMLTemplateElement} */ (this.root.querySelector(`template[data-view="${name}"]`));
    const made = /** @type {DocumentFragment} */ (found.content.cloneNode(true));
    return el("div", {}, ...made.childNodes);
  }

  /** @param {string} id @returns {Promise<Survey>} */
  surveyOf(id) {
    const known = this.surveys.get(id);
    if (known) return known;
    const asked = fetched(new URL(this.files.get(id) ?? "", this.stage.root));
    asked.catch(() => this.surveys.delete(id));
    this.surveys.set(id, asked);
    return asked;
  }

  /** @param {Survey} survey */
  workOf(survey) {
    const found = this.works.get(survey.id) ?? new Work(survey);
    this.works.set(survey.id, found);
    return found;
  }

  /** @param {string} text */
  tell(text) {
    const told = part(this.list, "list-told");
    put(told, text);
    if (text) told.focus();
  }

  /** @param {boolean} focus @returns {Promise<void>} */
  async route(focus) {
    const turn = ++this.turn;
    const [id = "", step = "", ...rest] = decodeURIComponent(location.hash.slice(1)).split("/");
    if (!this.files.has(id) || !(step in VIEWS)) return this.showList(focus);
    try {
      const survey = await this.surveyOf(id);
      const view = await /** @type {() => Promise<View>} */ (VIEWS[step])();
      if (turn !== this.turn) return;
      const work = this.workOf(survey);
      // What a step is about must be there: else one begins where it comes from.
      if (step && step !== "funn" && !work.main) {
        history.replaceState(null, "", `#${id}`);
        return this.route(focus);
      }
      this.open(survey, work, step);
      await view(this.stage, work, part(this.place, "view"), rest.join("/"));
      if (focus && turn === this.turn) this.focus(rest.join("/"));
    } catch (error) {
      if (turn !== this.turn) return;
      console.error(error);
      const stopped = /** @type {{key?: string}} */ (error ?? {}).key === "Stopped";
      // What the worker kept is gone with it.
      if (stopped) this.works.clear();
      this.showList(false);
      this.tell(this.say(stopped ? "open_wrong.stopped" : "wrong_page"));
    }
  }

  /** What is new gets the focus; the place that the address names sees to it itself. @param {string} rest */
  focus(rest) {
    if (rest) return;
    scrollTo(0, 0);
    const heading = this.place.querySelector("[data-part=heading]");
    if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  }

  /** @param {boolean} focus */
  showList(focus) {
    this.place.replaceChildren();
    this.shown = "";
    this.place.hidden = true;
    this.list.hidden = false;
    document.title = this.title;
    if (focus) scrollTo(0, 0);
  }

  /** @param {Survey} survey @param {Work} work @param {string} step */
  open(survey, work, step) {
    this.tell("");
    if (this.shown !== survey.id) {
      this.place.replaceChildren(...this.copy("survey").childNodes);
      const title = part(this.place, "title");
      put(title, survey.title);
      if (survey.language !== document.documentElement.lang) title.lang = survey.language;
    }
    this.shown = survey.id;
    this.list.hidden = true;
    this.place.hidden = false;
    document.title = `${survey.title} – ${this.title}`;
    this.mark();
    this.showSteps(survey.id, work, step === "funn" ? "" : step);
  }

  /** Whether any of the answers are made up stands over all of them. */
  mark() {
    part(this.place, "made-up").hidden = !this.works.get(this.shown)?.madeUp;
  }

  /** @param {string} id @param {Work} work @param {string} now */
  showSteps(id, work, now) {
    const steps = STEPS.map((step) => {
      const name = this.say(`step_${step || "filer"}`);
      const there = !step || work.main;
      const inner = there
        ? el("a", { href: `#${step ? `${id}/${step}` : id}`, "aria-current": step === now && "step" }, name)
        : el("span", {}, name);
      return el("li", {}, inner);
    });
    part(this.place, "steps").replaceChildren(...steps);
  }

  /** A file of work that was saved is opened. @param {HTMLInputElement} field */
  async take(field) {
    const file = field.files?.[0];
    field.value = "";
    if (!file) return;
    put(part(this.list, "list-told"), this.say("reading"));
    try {
      const work = await openWork(this.stage, file);
      const before = this.works.get(work.survey.id);
      if (before && !(await mayBegin(this.stage, before))) return this.tell("");
      this.works.set(work.survey.id, work);
      this.stage.go("tall", work.survey.id);
    } catch (error) {
      const { key, where } = /** @type {{key?: string, where?: string}} */ (error ?? {});
      if (!key) console.error(error);
      this.tell(this.say(`open_wrong.${(key ?? "Failed").toLowerCase()}`, { where: where ?? "" }));
    }
  }

  start() {
    for (const entry of this.root.querySelectorAll("[data-survey]")) {
      const link = entry.querySelector("a");
      if (link) link.href = `#${entry.getAttribute("data-survey")}`;
    }
    const field = /** @type {HTMLInputElement} */ (part(this.list, "file"));
    part(this.list, "open").addEventListener("click", () => field.click());
    field.addEventListener("change", () => void this.take(field));
    // A file that is dropped beside its place would be opened instead of the page, and all be lost.
    for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
    addEventListener("hashchange", () => void this.route(true));
    addEventListener("beforeunload", (event) => {
      if ([...this.works.values()].some(({ unsaved }) => unsaved)) event.preventDefault();
    });
    this.root.classList.add("is-ready");
    return this.route(false);
  }
}

/** @param {URL} address @returns {Promise<Survey>} */
async function fetched(address) {
  const got = await fetch(address);
  if (!got.ok) throw new Error(`${address}: ${got.status}`);
  return got.json();
}

for (const root of document.querySelectorAll('[data-module="answers/page"]')) {
  if (root instanceof HTMLElement) void new Page(root).start();
}
