/**
 * A table to fill in: rows that come and go, columns that are worked out, sums below.
 *
 * A key changes one cell and nothing around it; what is worked out from it follows a moment later.
 * Of a long table a part is on the page at a time.
 */

import { block, nameOf, required } from "./about.js";
import { button, el, LANGUAGES, put } from "../lib-dom.js";
import { isNumber, Line } from "./line.js";
import { MOST_ROWS, rowsOf, same, startRows } from "./model.js";
import { rowOffers } from "./offers.js";
import { Pager } from "./pager.js";
import { cardsBelow, widths } from "./widths.js";
import { isWorked, workOut } from "./worked.js";

/**
 * @typedef {import("./about.js").Context} Context
 * @typedef {import("./about.js").Asked} Asked
 * @typedef {import("./model.js").Row} Row
 * @typedef {import("../files/form.js").Column} Column
 */

const SOON = 60; // ms until what is worked out follows what is written

/**
 * @param {Context} context
 * @param {Asked} field
 * @param {ReturnType<typeof import("./about.js").help>} about
 * @returns {import("./field.js").Block}
 */
export function tableField(context, field, about) {
  const table = new Table(context, field);
  const title = el("p", { class: "fill__label", id: nameOf(field.id) }, field.label, required(context.say, field));
  const wrap = el("div", { class: "fill__table-wrap" }, table.node);
  cardsBelow(wrap, table.node, table.widths.room);
  const group = el(
    "div",
    { role: "group", "aria-labelledby": title.id, "aria-describedby": about.hint?.id },
    title,
    about.hint,
    table.offers.node,
    wrap,
    table.foot,
  );
  return {
    id: field.id,
    node: block(field, [group], about.example),
    refresh: () => table.refresh(),
    reckon: () => table.reckon(),
    focus: () => table.focus(),
  };
}

class Table {
  /** @type {Line[]} */
  #lines = [];
  #timer = 0;
  /** @type {{at: number, row: Row} | undefined} */
  #removed;
  /** @type {import("./line.js").Does} */
  #does = {
    write: (line, column, value) => this.#write(line, column, value),
    enter: (line, column) => this.#enter(line, column),
    remove: (line) => this.#remove(this.#at(line)),
  };

  /** @param {Context} context @param {Asked} field */
  constructor(context, field) {
    this.context = context;
    this.field = field;
    this.columns = field.columns ?? [];
    this.widths = widths(this.columns);
    const { say } = context;
    this.body = el("tbody");
    this.total = el("tr", { class: "fill__total" });
    this.pager = new Pager(say, () => this.#draw());
    this.told = el("span", { role: "status", class: "fill__told" });
    this.undo = button(say("undo"), "fill__quiet", () => this.#restore(), { hidden: true });
    this.add = button(say("add_row"), "work__button fill__add", () => this.#insert(this.rows.length));
    this.foot = el("div", { class: "fill__rows" }, this.add, this.pager.node, this.told, this.undo);
    this.offers = rowOffers(context, field, () => this.rows, (rows) => this.#take(rows));
    this.node = this.#table();
    this.#draw();
  }

  get rows() {
    return rowsOf(this.context.doc, this.field);
  }

  get start() {
    return startRows(this.field);
  }

  #table() {
    const heads = this.columns.map((column) =>
      el("th", { scope: "col", class: isNumber(column) && "fill__number" }, column.label),
    );
    const tools = el("span", { class: "said" }, this.context.say("tools"));
    const cols = this.widths.shares.map((share) => {
      const col = el("col");
      col.style.width = `${share.toFixed(2)}%`;
      return col;
    });
    return el(
      "table",
      { class: "fill__table", "aria-labelledby": nameOf(this.field.id) },
      el("colgroup", {}, ...cols, el("col")),
      el("thead", {}, el("tr", {}, ...heads, el("th", { scope: "col", class: "fill__tools" }, tools))),
      this.body,
      this.columns.some((column) => column.sum) && el("tfoot", {}, this.total),
    );
  }

  /** Make the rows that are on the page. */
  #draw() {
    const { rows } = this;
    const [first, end] = this.pager.part(rows.length);
    this.#lines = rows.slice(first, end).map((row, index) => {
      const given = first + index < (this.field.labels?.length ?? 0);
      const line = new Line(this.context.say, this.columns, row, this.#does, given);
      line.name(first + index);
      return line;
    });
    this.body.replaceChildren(...this.#lines.map(({ node }) => node));
    this.add.disabled = rows.length >= MOST_ROWS;
    this.reckon();
    this.offers.refresh();
  }

  /** @param {Line} line */
  #at(line) {
    return this.pager.first + this.#lines.indexOf(line);
  }

  /** @param {Line} line @param {Column} column @param {string} value */
  #write(line, column, value) {
    const at = this.#at(line);
    const [field, row, start] = [this.field.id, { ...this.rows[at] }, this.start];
    this.context.do({ do: "cell", field, at, column: column.id, value, row, start });
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.reckon();
      this.offers.refresh();
    }, SOON);
  }

  /** Go down a row; below the last there is a new one. @param {Line} line @param {Column} column */
  #enter(line, column) {
    const next = this.#lines[this.#lines.indexOf(line) + 1];
    if (next) next.focus(column.id);
    else this.#insert(this.#at(line) + 1, column.id);
  }

  /** @param {number} at @param {string} [column] @param {Row} [row] */
  #insert(at, column, row = {}) {
    const { say } = this.context;
    if (this.rows.length >= MOST_ROWS) {
      put(this.told, say("most_rows", { n: MOST_ROWS.toLocaleString(LANGUAGES) }));
      return;
    }
    this.context.do({ do: "insert", field: this.field.id, at, row, start: this.start });
    put(this.told, "");
    this.undo.hidden = true;
    this.pager.show(at);
    this.#draw();
    this.#lines[at - this.pager.first]?.focus(column);
  }

  /** @param {number} at */
  #remove(at) {
    const row = { ...this.rows[at] };
    this.context.do({ do: "remove", field: this.field.id, at, row, start: this.start });
    this.#removed = { at, row };
    this.#draw();
    put(this.told, this.context.say("removed", { n: at + 1 }));
    this.undo.hidden = false;
    const next = this.#lines[Math.min(at - this.pager.first, this.#lines.length - 1)];
    (next && !next.given ? next.removing : this.add).focus();
  }

  #restore() {
    if (!this.#removed) return;
    const { at, row } = this.#removed;
    this.#insert(at, undefined, row);
    put(this.told, this.context.say("restored", { n: at + 1 }));
  }

  /** Work out what follows from what is written. */
  reckon() {
    if (isWorked(this.field)) workOut(this.context, this.field, this.#lines, this.pager.first, this.total);
  }

  /** @param {Row[]} fetched */
  #take(fetched) {
    // What already stands in other columns stays in its row.
    const { rows } = this;
    const written = rows.findLastIndex((row) => Object.values(row).some((text) => text.trim()));
    const many = Math.max(fetched.length, written + 1);
    const value = Array.from({ length: many }, (_, at) => ({ ...rows[at], ...fetched[at] }));
    this.context.do({ do: "set", field: this.field.id, value });
    this.pager.show(0);
    this.#draw();
    this.focus();
  }

  /** Show what stands in the document now. */
  refresh() {
    const [first, end] = this.pager.part(this.rows.length);
    if (end - first !== this.#lines.length) this.#redraw();
    else for (const line of this.#lines) line.show(() => this.rows[this.#at(line)] ?? {});
    this.reckon();
    this.offers.refresh();
  }

  /** Draw anew what has more or fewer rows, and stay where somebody writes. */
  #redraw() {
    const active = document.activeElement;
    const line = this.#lines.find(({ node }) => node.contains(active));
    const column = [...(line?.controls ?? [])].find(([, made]) => made === active)?.[0];
    const before = line && { at: this.#at(line), row: line.written };
    this.#draw();
    if (!before) return;
    const moved = this.rows.findIndex((row) => same(row, before.row));
    const at = same(this.rows[before.at], before.row) || moved < 0 ? before.at : moved;
    (this.#lines[at - this.pager.first] ?? this.#lines.at(-1))?.focus(column);
  }

  /** Go to the first cell that is empty. */
  focus() {
    const line = this.#lines.find(({ controls }) => [...controls.values()].some((made) => !made.value));
    const empty = [...(line?.controls ?? [])].find(([, made]) => !made.value);
    if (line) line.focus(empty?.[0]);
    else (this.#lines[0] ?? this.add).focus();
  }
}
