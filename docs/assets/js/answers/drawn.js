/**
 * What a picture is made of: plain shapes with a place, a tone and no look of their own, so that
 * the page, a file and a canvas can draw the same.
 */

import { clean } from "../files/form.js";
import { wrapped, wide } from "./measure.js";

/**
 * A colour by what it is for, mixed with paper: 1 is the colour itself, 0 is paper.
 * @typedef {{role: "ink" | "muted" | "accent" | "line", share: number}} Tone
 * @typedef {{kind: "rect", x: number, y: number, w: number, h: number, fill: Tone, edge: Tone}} Rect
 * @typedef {{kind: "path", d: string, edge: Tone, width: number}} Path lines, as SVG writes them
 * @typedef {{kind: "text", x: number, y: number, size: number, bold: boolean, anchor: "start" | "middle" | "end", tone: Tone, text: string}} Text
 * @typedef {Rect | Path | Text} Shape
 * @typedef {{width: number, height: number, title: string, desc: string, shapes: Shape[]}} Scene
 * @typedef {{fill: Tone, edge: Tone, hatch?: Tone}} Look
 */

/** @type {Tone} */
export const INK = { role: "ink", share: 1 };
/** @type {Tone} */
export const MUTED = { role: "muted", share: 1 };
/** @type {Tone} */
export const ACCENT = { role: "accent", share: 1 };
/** @type {Tone} */
export const PAPER = { role: "muted", share: 0 };
export const SIZE = 14;
export const LINE = 19; // from one line of text to the next
const STEP = 6; // between the lines of a hatch

const round = (/** @type {number} */ value) => Math.round(value * 100) / 100;

export class Drawing {
  constructor() {
    /** @type {Shape[]} */
    this.shapes = [];
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {Look} look */
  rect(x, y, w, h, { fill, edge, hatch }) {
    this.shapes.push({ kind: "rect", x: round(x), y: round(y), w: round(w), h: round(h), fill, edge });
    const d = hatch ? lines(x, y, w, h) : "";
    if (hatch && d) this.shapes.push({ kind: "path", d, edge: hatch, width: 1.5 });
  }

  /** An upright line. @param {number} x @param {number} from @param {number} to @param {Tone} tone */
  upright(x, from, to, tone = MUTED) {
    this.shapes.push({ kind: "path", d: `M${round(x)} ${round(from)}V${round(to)}`, edge: tone, width: 1 });
  }

  /**
   * One line of text, its letters standing on `y`.
   * @param {number} x @param {number} y @param {string} text
   * @param {{tone?: Tone, bold?: boolean, anchor?: "start" | "middle" | "end", size?: number}} [how]
   */
  text(x, y, text, { tone = INK, bold = false, anchor = "start", size = SIZE } = {}) {
    const said = clean(text);
    if (said) this.shapes.push({ kind: "text", x: round(x), y: round(y), size, bold, anchor, tone, text: said });
  }

  /**
   * Text in as many lines as it takes; gives the height of them.
   * @param {number} x @param {number} y the top @param {string} text @param {number} width
   * @param {{tone?: Tone, bold?: boolean, size?: number}} [how]
   */
  block(x, y, text, width, how = {}) {
    const { size = SIZE, bold = false } = how;
    const high = (LINE * size) / SIZE;
    const found = wrapped(text, width, size, bold);
    for (const [at, line] of found.entries()) this.text(x, y + at * high + size, line, how);
    return found.length * high;
  }

  /**
   * Swatches with their names, in as many lines as they take; gives the height of them.
   * @param {number} top @param {number} width @param {{look: Look, label: string}[]} entries
   */
  legend(top, width, entries) {
    let x = 0;
    let y = top;
    let high = 0;
    for (const { look, label } of entries) {
      const room = Math.min(22 + wide(label, SIZE, false), width);
      if (x > 0 && x + room > width) {
        x = 0;
        y += high + 3;
        high = 0;
      }
      this.rect(x + 0.5, y + 3.5, 13, 13, look);
      high = Math.max(high, this.block(x + 20, y + 1, label, width - 20));
      x += room + 18;
    }
    return y + high - top;
  }
}

/** Lines across a box from lower left to upper right. @param {number} x @param {number} y @param {number} w @param {number} h */
function lines(x, y, w, h) {
  let found = "";
  for (let at = STEP; at < w + h; at += STEP) {
    const [x1, y1] = at <= h ? [x, y + at] : [x + at - h, y + h];
    const [x2, y2] = at <= w ? [x + at, y] : [x + w, y + at - w];
    found += `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;
  }
  return found;
}
