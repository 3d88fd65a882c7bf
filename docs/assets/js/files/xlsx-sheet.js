/** One sheet of a workbook (ISO/IEC 29500-1, 18.3), and the rows of its table. */

import { child, children, inside, make, refill, text } from "./xml.js";
import { put, xmlOf } from "./zip.js";

/** @typedef {import("./zip.js").Parts} Parts */

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const XML = "http://www.w3.org/XML/1998/namespace";
const LONGEST = 32_767; // letters of a cell
const TALLEST = 409; // points of a row
const LINE = 15; // points of a line of text
const LETTERS = 1.1; // letters of text in the width of one figure

export class Sheet {
  /** @param {Parts} parts @param {string} part */
  constructor(parts, part) {
    this.parts = parts;
    this.part = part;
    this.changed = false;
    /** @type {XMLDocument | undefined} */
    this.read = undefined;
    /** @type {Map<string, Element>} */
    this.known = new Map();
  }

  /** The sheet's XML, read when it is first asked for. */
  get xml() {
    this.read ??= xmlOf(this.parts, this.part);
    return this.read;
  }

  /** @param {string} ref @returns {Element | undefined} */
  cell(ref) {
    if (!this.known.size) {
      for (const one of inside(this.xml, "c")) this.known.set(one.getAttribute("r") ?? "", one);
    }
    return this.known.get(ref);
  }

  /** @param {string} ref @param {number} value */
  number(ref, value) {
    const cell = this.cell(ref);
    if (!cell) return;
    this.changed = true;
    cell.removeAttribute("t");
    refill(cell, [make(cell, MAIN, "v", [text(cell, String(value))])]);
  }

  /**
   * Write a text, and make its row tall enough; says whether there was room for all of it.
   * @param {string} ref @param {string} value
   */
  text(ref, value) {
    const cell = this.cell(ref);
    if (!cell) return true;
    this.changed = true;
    cell.setAttribute("t", "inlineStr");
    // What looks like Excel's own way to write a letter is not one.
    const plain = value.slice(0, LONGEST).replace(/_(?=x[\da-f]{4}_)/gi, "_x005F_");
    const shown = make(cell, MAIN, "t", [text(cell, plain)]);
    shown.setAttributeNS(XML, "xml:space", "preserve");
    refill(cell, [make(cell, MAIN, "is", [shown])]);
    const row = /** @type {Element} */ (cell.parentNode);
    const tall = this.lines(ref.replace(/\d+/, ""), value) * LINE + 6;
    row.setAttribute("ht", String(Math.min(Math.max(tall, Number(row.getAttribute("ht"))), TALLEST)));
    return value.length <= LONGEST;
  }

  /** @param {string} ref */
  blank(ref) {
    const cell = this.cell(ref);
    if (!cell) return;
    this.changed = true;
    cell.removeAttribute("t");
    refill(cell, []);
  }

  /** How many lines a text takes in a column. @param {string} column @param {string} value */
  lines(column, value) {
    const at = [...column].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0);
    const width = inside(this.xml, "col").find(
      (one) => Number(one.getAttribute("min")) <= at && at <= Number(one.getAttribute("max")),
    );
    const room = Math.max(1, Math.floor(Number(width?.getAttribute("width") ?? 9) * LETTERS));
    let lines = 0;
    for (const part of value.slice(0, LONGEST).split("\n")) {
      let used = 0;
      lines += 1;
      for (const { length } of part.split(" ")) {
        const first = used === 0;
        used += length + (first ? 0 : 1);
        if (used > room) {
          lines += Math.ceil((first ? used : length) / room) - (first ? 1 : 0);
          used = length % room || room;
        }
      }
    }
    return lines;
  }

  /** What a formula comes to, nothing where it comes to nothing. @param {string} ref @param {number} [value] */
  result(ref, value) {
    const cell = this.cell(ref);
    const shown = child(cell, "v");
    if (!cell || !shown) return;
    this.changed = true;
    if (value === undefined) cell.setAttribute("t", "str");
    else cell.removeAttribute("t");
    refill(shown, value === undefined ? [] : [text(cell, String(value))]);
  }

  /** The first choice in the list of a cell. @param {string} ref */
  firstChoice(ref) {
    const rule = inside(this.xml, "dataValidation").find((one) => one.getAttribute("sqref")?.split(":")[0] === ref);
    const list = child(rule, "formula1")?.textContent ?? "";
    return /^"([^,"]*)/.exec(list)?.[1] ?? "";
  }

  /**
   * Put rows into a table before its sums: the last one, again and again, empty.
   * @param {number} last the row after which they come
   * @param {number} more
   */
  insert(last, more) {
    this.changed = true;
    const rows = inside(this.xml, "row");
    const own = rows.find((row) => Number(row.getAttribute("r")) === last);
    for (const row of rows) if (Number(row.getAttribute("r")) > last) move(row, Number(row.getAttribute("r")) + more);
    const next = own?.nextSibling ?? null;
    for (let at = 1; own && at <= more; at++) {
      const added = /** @type {Element} */ (own.cloneNode(true));
      move(added, last + at);
      own.parentNode?.insertBefore(added, next);
    }
    this.known.clear();
    for (const name of ["dataValidation", "conditionalFormatting", "ignoredError", "dimension"]) {
      for (const one of inside(this.xml, name)) {
        const attribute = name === "dimension" ? "ref" : "sqref";
        // Rules reach from the first row of the table to its last; what ends above it stays.
        const area = one.getAttribute(attribute) ?? "";
        const grown = area.replace(/\d+$/, (row) => String(Number(row) + (Number(row) >= last ? more : 0)));
        one.setAttribute(attribute, grown);
      }
    }
  }

  write() {
    if (this.changed) put(this.parts, this.part, this.xml);
  }
}

/** @param {Element} row @param {number} to */
function move(row, to) {
  row.setAttribute("r", String(to));
  for (const cell of children(row, "c")) {
    cell.setAttribute("r", (cell.getAttribute("r") ?? "").replace(/\d+/, String(to)));
  }
}

/**
 * A table with room for `count` rows: its sheet, its first and last row, and how many were added.
 * @param {Parts} parts
 * @param {Sheet[]} sheets
 * @param {string} name
 * @param {number} count
 * @returns {{sheet: Sheet, first: number, last: number, more: number} | undefined}
 */
export function grown(parts, sheets, name, count) {
  for (const sheet of sheets) {
    const part = tableOf(parts, sheet);
    const table = part ? xmlOf(parts, part) : undefined;
    const root = table?.documentElement;
    if (!part || !table || !root || root.getAttribute("name") !== name) continue;
    const [, left = "A", head = "0", right = "A", end = "0"] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(root.getAttribute("ref") ?? "") ?? [];
    const totals = Number(root.getAttribute("totalsRowCount") ?? 0);
    const [first, last] = [Number(head) + 1, Number(end) - totals];
    const more = Math.max(0, count - (last - first + 1));
    if (more) {
      sheet.insert(last, more);
      root.setAttribute("ref", `${left}${head}:${right}${Number(end) + more}`);
      child(root, "autoFilter")?.setAttribute("ref", `${left}${head}:${right}${last + more}`);
      put(parts, part, table);
    }
    return { sheet, first, last: last + more, more };
  }
  return undefined;
}

/** The part of a sheet's table. @param {Parts} parts @param {Sheet} sheet @returns {string | undefined} */
function tableOf(parts, sheet) {
  const relations = sheet.part.replace("worksheets/", "worksheets/_rels/") + ".rels";
  if (!parts[relations]) return undefined;
  const target = inside(xmlOf(parts, relations), "Relationship")
    .map((one) => one.getAttribute("Target") ?? "")
    .find((one) => one.includes("/tables/"));
  return target?.replace("../", "xl/");
}
