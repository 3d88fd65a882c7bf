/** A question with its figures: how many answered, the picture, its table, and the ways out with it. */

import { button, el, handOver, put } from "../lib-dom.js";
import { figureTables } from "./figure-table.js";
import { langOf } from "./naming.js";
import { picture } from "./pictures.js";
import { scene } from "./scene.js";
import { element } from "./svg.js";

/**
 * @typedef {import("./shapes.js").Figure} Figure
 * @typedef {import("./page.js").Stage} Stage
 */
/**
 * What a block is shown in.
 * @typedef {object} Around
 * @property {Stage} stage
 * @property {import("./work.js").Work} work
 * @property {import("./shapes.js").Result} result
 * @property {import("./say.js").Say} say
 * @property {(code: string) => HTMLElement | undefined} reading
 */

const WIDEST = 640; // of a picture: longer bars say no more

export class FigureBlock {
  /** @param {Around} around @param {Figure} figure */
  constructor(around, figure) {
    this.around = around;
    this.figure = figure;
    const { stage, work } = around;
    this.drawn = el("div", { class: "figure__picture" });
    this.about = el("p", { class: "figure__about" });
    this.table = el("details", { class: "answers__fold figure__table" }, el("summary", {}, stage.say("table"), said(figure)));
    this.table.addEventListener("toggle", () => this.#fill());
    this.told = el("p", { class: "answers__told", role: "status" });
    /** @type {string | undefined} */
    this.by = undefined;
    const title = el("h3", { id: figure.code, tabindex: -1, lang: langOf(work.survey) }, el("span", { class: "figure__number" }, `${figure.number}. `), figure.text);
    const advice = around.reading(figure.code);
    const main = el("div", { class: "figure__main" }, this.about, this.drawn, el("div", { class: "figure__more" }, this.table, this.#ways()), this.told);
    this.node = el("section", { class: `figure${advice ? " figure--advised" : ""}`, "data-code": figure.code }, title, main, advice);
  }

  /**
   * Draw it for all, or by a question.
   * @param {string} by
   * @param {boolean} [anew] also where nothing but the room has changed
   */
  draw(by, anew = false) {
    if (this.by === by && !anew) return;
    const { say, stage } = this.around;
    const { figure } = this;
    this.by = by;
    const width = Math.min(this.drawn.clientWidth || WIDEST, WIDEST);
    const shown = element(scene(figure, say, { width, by }));
    this.drawn.replaceChildren(shown);
    const parted = figure.groups.some((group) => group.by === by);
    put(this.about, this.#about(by && !parted ? stage.say("nothing_by") : ""));
    if (this.table.open) this.#fill();
    else for (const old of this.#tables()) old.remove();
  }

  /** What the picture does not say of all together. @param {string} more */
  #about(more) {
    const { say } = this.around;
    const [row] = this.figure.rows;
    const cell = row?.cells[0];
    if (!cell || this.figure.rows.length > 1 || this.figure.type === "number") return more;
    const read = say.read(this.figure, cell);
    const parts = [read.missing];
    if (read.mean) parts.push(say.words("say.mean", { value: read.mean }));
    if (read.median) parts.push(say.words("say.median", { value: read.median }));
    const told = parts.filter(Boolean).join(" · ");
    return [this.by && told ? `${say.words("say.all")}: ${told}` : told, more].filter(Boolean).join(". ");
  }

  #tables() {
    return this.table.querySelectorAll(".figure__table-wrap");
  }

  #fill() {
    if (!this.table.open) return;
    for (const old of this.#tables()) old.remove();
    this.table.append(...figureTables(this.around, this.figure, this.by ?? ""));
  }

  /** The picture as a file. */
  #ways() {
    const { stage } = this.around;
    /** @param {"png" | "svg"} format */
    const way = (format) => {
      const made = button(stage.say(`picture_${format}`), "answers__quiet", () => void this.#save(format));
      made.append(el("span", { class: "said" }, `: ${stage.say("picture_of", { number: this.figure.number })}`));
      return made;
    };
    return el("p", { class: "figure__ways" }, el("span", {}, stage.say("picture")), " ", way("png"), " ", way("svg"));
  }

  /** @param {"png" | "svg"} format */
  async #save(format) {
    const { stage, work, result } = this.around;
    try {
      const { name, type, bytes } = await picture(stage, work, result, this.figure, format, this.by ?? "");
      handOver(name, bytes, type);
      put(this.told, stage.say("made", { name }));
    } catch (error) {
      console.error(error);
      put(this.told, stage.say("picture_wrong"));
    }
  }
}

/** @param {Figure} figure */
const said = ({ number }) => el("span", { class: "said" }, ` ${number}`);
