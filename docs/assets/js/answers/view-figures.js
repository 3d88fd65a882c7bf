/**
 * The figures: the main ones first, who answered, then each question of each theme, shown for all or
 * by one question. They are drawn theme by theme, so that the page is never stuck.
 */

import { el, part } from "../lib-dom.js";
import { rich } from "../lib-rich.js";
import { Contents } from "./contents.js";
import { FigureBlock } from "./figure.js";
import { langOf, questionOf } from "./naming.js";
import { Say } from "./say.js";
import { places } from "./scene.js";
import { textsBlock } from "./view-texts.js";
import { mainFigures, who } from "./who.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./work.js").Work} Work
 * @typedef {import("./shapes.js").Result} Result
 * @typedef {import("./shapes.js").Survey} Survey
 */

/** @type {import("./page.js").View} */
export async function figuresView(stage, work, place, rest) {
  const shown = place.querySelector(".figures");
  // Within the figures the address only says where.
  if (shown && work.shown === shown) return Contents.goTo(place, rest);
  stage.told(stage.say("counting"));
  const result = await resultOf(stage, work);
  const root = stage.show(place, "figures");
  work.shown = root;
  await new Figures(stage, work, result, root).show();
  if (!root.isConnected) return;
  stage.told(stage.say("figures_told", { n: result.n }));
  if (rest) Contents.goTo(place, rest);
}

/** The figures of what one works on, counted once. @param {Stage} stage @param {Work} work @returns {Promise<Result>} */
export function resultOf(stage, work) {
  work.counted ??= stage.ask.do("count", { set: work.main?.id ?? "" });
  work.counted.catch(() => (work.counted = undefined));
  return work.counted;
}

/** Lets the page do what else it has to. */
const pause = () => new Promise((done) => setTimeout(done));

class Figures {
  /** @param {Stage} stage @param {Work} work @param {Result} result @param {HTMLElement} place */
  constructor(stage, work, result, place) {
    this.stage = stage;
    this.work = work;
    this.result = result;
    this.place = place;
    this.say = new Say(stage.words, work.survey);
    /** @type {FigureBlock[]} */
    this.blocks = [];
    /** Advice that has been given. @type {Set<object>} */
    this.given = new Set();
  }

  get few() {
    return this.result.n < this.work.survey.minimum_group;
  }

  async show() {
    const { stage, work, result, place } = this;
    const { survey } = work;
    const body = part(place, "body");
    const on = /** @type {HTMLAnchorElement} */ (part(place, "on"));
    on.href = `#${survey.id}/rapport`;
    this.#by();
    const contents = new Contents(place, survey.id);
    body.append(...who(this));
    contents.add("hvem", stage.say("who"));
    if (this.few) {
      body.append(el("p", { class: "figures__few" }, stage.say("few", { n: survey.minimum_group })), ...this.advice());
      return contents.follow();
    }
    const main = mainFigures(this);
    if (main) {
      body.prepend(main);
      contents.first("hovedtall", stage.say("main"));
    }
    this.#hidden();
    for (const theme of survey.themes) {
      await pause();
      if (!place.isConnected) return;
      const section = this.#theme(theme, result);
      if (!section) continue;
      body.append(section);
      contents.add(`tema-${theme.id}`, theme.title);
      for (const block of this.blocks) block.draw(work.by);
    }
    body.append(...this.#rest());
    contents.follow();
    redrawn(place, () => this.draw());
  }

  /** What the figures are shown by. */
  #by() {
    const { stage, work, place } = this;
    const select = /** @type {HTMLSelectElement} */ (part(place, "by"));
    const codes = new Set(this.result.figures.flatMap(({ groups }) => groups.map(({ by }) => by)).filter(Boolean));
    const options = [...codes].map((by) => el("option", { value: by }, by === work.survey.place ? stage.say("place") : (questionOf(work.survey, by)?.text ?? by)));
    select.replaceChildren(el("option", { value: "" }, stage.say("all")), ...options);
    select.value = codes.has(work.by) ? work.by : "";
    work.by = select.value;
    const row = select.parentElement;
    if (row) row.hidden = !codes.size;
    select.addEventListener("change", () => {
      work.by = select.value;
      void this.draw();
      this.#hidden();
      stage.told(stage.say("by_told", { by: select.selectedOptions[0]?.textContent ?? "" }));
    });
  }

  /** Draw all pictures anew, as many at a time as one does not notice. */
  async draw() {
    const { by } = this.work;
    for (const [at, block] of this.blocks.entries()) {
      if (at % 6 === 5) await pause();
      if (by !== this.work.by || !this.place.isConnected) return;
      block.draw(by, true);
    }
  }

  /** What is hidden, and what to do about it. */
  #hidden() {
    const { stage, work, result, place } = this;
    const box = part(place, "hidden");
    const hidden = result.figures.flatMap((figure) =>
      figure.rows.flatMap(({ cells }) => places(figure, work.by).map((at) => cells[at]?.hidden)),
    );
    /** @param {string} why */
    const line = (why) => {
      const n = hidden.filter((one) => one === why).length;
      return n ? [el("p", {}, stage.say(`hidden_${why}`, { n, least: work.survey.minimum_group }))] : [];
    };
    const lines = [...line("small"), ...line("derived")];
    box.hidden = !lines.length;
    const title = el("p", { class: "figures__hidden-title" }, stage.say("hidden_title"));
    box.replaceChildren(...(lines.length ? [title, ...lines, ...this.advice()] : []));
  }

  /** What the survey says of small groups. */
  advice() {
    const { survey } = this.work;
    const { root, say } = this.stage;
    const fold = el("details", { class: "answers__fold", lang: langOf(survey) }, el("summary", {}, say("hidden_advice")));
    fold.append(...rich(survey.small_groups, (address) => new URL(address, root).href));
    return [fold];
  }

  /** @param {Survey["themes"][number]} theme @param {Result} result */
  #theme(theme, result) {
    const { survey } = this.work;
    const blocks = theme.questions.flatMap(({ code }) => {
      const figure = result.figures.find((one) => one.code === code);
      if (figure) return [this.#figure(figure)];
      const texts = result.texts.find((one) => one.code === code);
      return texts ? [textsBlock(this, texts)] : [];
    });
    if (!blocks.length) return undefined;
    const id = `tema-${theme.id}`;
    return el("section", { class: "figures__theme", "aria-labelledby": id }, el("h2", { id, tabindex: -1, lang: langOf(survey) }, theme.title), ...blocks);
  }

  /** @param {import("./shapes.js").Figure} figure */
  #figure(figure) {
    const block = new FigureBlock(this, figure);
    this.blocks.push(block);
    return block.node;
  }

  /** The advice that is about a question, at the first that it names. @param {string} code */
  reading(code) {
    const { survey } = this.work;
    const found = survey.reading.filter((one) => one.about.includes(code) && !this.given.has(one));
    for (const one of found) this.given.add(one);
    if (!found.length) return undefined;
    const own = { class: "figure__advice", lang: langOf(survey), "aria-label": this.stage.say("advice"), role: "note" };
    return el("div", own, el("p", { class: "figure__advice-title" }, this.stage.say("advice")), ...found.map(({ text }) => el("p", {}, text)));
  }

  /** The advice that is about all. */
  #rest() {
    const { survey } = this.work;
    const rest = survey.reading.filter((one) => !this.given.has(one) && !one.about.some((code) => questionOf(survey, code)));
    if (!rest.length) return [];
    const head = el("h2", { id: "rad", tabindex: -1 }, this.stage.say("advice_all"));
    return [el("section", { lang: langOf(survey) }, head, el("ul", {}, ...rest.map(({ text }) => el("li", {}, text))))];
  }
}

/** Call when the place has got another width. @param {HTMLElement} place @param {() => void} draw */
function redrawn(place, draw) {
  let width = place.clientWidth;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let late;
  const watch = new ResizeObserver(() => {
    if (!place.isConnected) return watch.disconnect();
    if (Math.abs(place.clientWidth - width) < 24) return;
    width = place.clientWidth;
    clearTimeout(late);
    late = setTimeout(draw, 150);
  });
  watch.observe(place);
}
