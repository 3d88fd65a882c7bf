/**
 * One row of a table as it stands on the page.
 */

import { control, refresh, watch } from "./control.js";
import { button, el } from "../lib-dom.js";

/**
 * @typedef {import("../lib-dom.js").Say} Say
 * @typedef {import("./model.js").Row} Row
 * @typedef {import("../files/form.js").Column} Column
 * @typedef {{write: (line: Line, column: Column, value: string) => void,
 *   enter: (line: Line, column: Column) => void, remove: (line: Line) => void}} Does
 */

export const isNumber = (/** @type {Column} */ { kind }) => kind === "amount" || kind === "number";

export class Line {
  /** @type {Map<string, import("./control.js").Control>} */
  controls = new Map();
  /** @type {Map<string, HTMLElement>} */
  outputs = new Map();

  /**
   * @param {Say} say
   * @param {Column[]} columns
   * @param {Row} row
   * @param {Does} does what happens when one writes, goes on, or takes the row away
   * @param {boolean} given whether it stands in every file, and so cannot be taken away
   */
  constructor(say, columns, row, does, given) {
    this.say = say;
    this.columns = columns;
    this.does = does;
    this.removing = button(say("remove_row"), "fill__remove", () => does.remove(this));
    this.node = el("tr", {}, ...columns.map((column) => this.#cell(column, row)));
    this.node.append(el("td", { class: "fill__tools" }, !given && this.removing));
    this.given = given;
  }

  /** @param {Column} column @param {Row} row */
  #cell(column, row) {
    const head = el("span", { class: "fill__head", "aria-hidden": "true" }, column.label);
    const kind = isNumber(column) ? "fill__number" : `fill__${column.kind}`;
    const cell = el("td", { class: kind }, head);
    if (column.calculation) {
      const output = el("span", { class: "fill__output" });
      this.outputs.set(column.id, output);
      cell.append(output);
      return cell;
    }
    const place = {
      get: () => row[column.id] ?? "",
      set: (/** @type {string} */ value) => this.does.write(this, column, value),
    };
    const made = control(this.say, column, place, { cell: true });
    this.controls.set(column.id, made);
    made.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event), column));
    watch(this.say, column, made, cell);
    cell.append(made);
    return cell;
  }

  /** Enter goes down a row, but where a text may have lines. @param {KeyboardEvent} event @param {Column} column */
  #key(event, column) {
    const inside = event.shiftKey || event.isComposing || ["long", "choice"].includes(column.kind);
    if (event.key !== "Enter" || inside) return;
    event.preventDefault();
    this.does.enter(this, column);
  }

  /** Name the row's controls by its number. @param {number} at */
  name(at) {
    for (const column of this.columns) {
      const made = this.controls.get(column.id);
      made?.setAttribute("aria-label", this.say("cell", { column: column.label, n: at + 1 }));
    }
    this.removing.setAttribute("aria-label", this.say("remove_row_n", { n: at + 1 }));
  }

  /** Show what stands in the row now. @param {() => Row} row */
  show(row) {
    for (const [id, made] of this.controls) {
      const value = row()[id] ?? "";
      if (made instanceof HTMLSelectElement && value && ![...made.options].some((one) => one.value === value)) {
        made.append(el("option", { value }, this.say("gone_choice", { code: value })));
      }
      refresh(made, () => row()[id] ?? "");
    }
  }

  /** What stands in the controls. @returns {Row} */
  get written() {
    return Object.fromEntries([...this.controls].map(([id, made]) => [id, made.value]));
  }

  /** @param {string} [column] */
  focus(column) {
    const first = this.controls.values().next().value;
    (this.controls.get(column ?? "") ?? first)?.focus();
  }
}
