/**
 * Which part of a long table is on the page.
 */

import { button, el, LANGUAGES, put } from "../lib-dom.js";

const PART = 100;

export class Pager {
  first = 0;

  /** @param {import("../lib-dom.js").Say} say @param {() => void} draw */
  constructor(say, draw) {
    this.say = say;
    this.where = el("span", { class: "fill__part" });
    /** @param {number} step */
    const by = (step) => () => {
      this.first = Math.max(0, this.first + step * PART);
      draw();
    };
    this.back = button(say("rows_before"), "fill__quiet", by(-1));
    this.on = button(say("rows_after"), "fill__quiet", by(1));
    this.node = el("span", { class: "fill__pager", hidden: true }, this.back, this.where, this.on);
  }

  /** The first row on the page, and the one after the last. @param {number} length */
  part(length) {
    if (this.first >= length) this.first = Math.max(0, Math.floor((length - 1) / PART) * PART);
    const end = Math.min(this.first + PART, length);
    this.node.hidden = length <= PART;
    this.back.disabled = this.first === 0;
    this.on.disabled = end >= length;
    put(this.where, this.say("rows_shown", {
      first: this.first + 1,
      last: end,
      n: length.toLocaleString(LANGUAGES),
    }));
    return /** @type {const} */ ([this.first, end]);
  }

  /** Turn to where a row is. @param {number} at */
  show(at) {
    this.first = Math.floor(at / PART) * PART;
  }
}
