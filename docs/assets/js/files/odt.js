/**
 * ODT: a document's answers put into the site's own file, in the paragraphs and tables that are
 * named by the fields (`named` in `macros/writers/odt/xml.py`).
 */

import { fields } from "./form.js";
import { computed, shown, sums } from "./reckon.js";
import { answers, cells, cover } from "./said.js";
import { child, children, inside, make, refill, text } from "./xml.js";
import { packed, put, unpacked, xmlOf } from "./zip.js";

/**
 * @typedef {import("./form.js").Field} Field
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Answered} Answered
 * @typedef {import("./said.js").Said} Said
 * @typedef {import("./zip.js").Parts} Parts
 */

const TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
const XML = "http://www.w3.org/XML/1998/namespace";
const [EMPTY, TICKED] = ["\u2610", "\u2612"];

/**
 * The site's ODT with a document's answers in it.
 * @param {Uint8Array} bytes
 * @param {Form} form
 * @param {Answered} doc
 * @returns {Uint8Array}
 */
export function fill(bytes, form, doc) {
  const parts = unpacked(bytes);
  const content = xmlOf(parts, "content.xml");
  const named = new Map();
  for (const name of ["p", "table"]) {
    for (const one of inside(content, name)) {
      const id = one.getAttributeNS(XML, "id");
      if (id) named.set(id, one);
    }
  }
  for (const [key, { shown: said }] of cover(form, doc)) write(named.get(`forside.${key}`), said);
  for (const [place, said] of answers(form, doc)) fillOne(named, place, said);
  for (const field of fields(form)) {
    if (field.kind === "choice") tick(named.get(`felt.${field.id}.${String(doc.values[field.id])}`));
    const table = named.get(`tabell.${field.id}`);
    if (table) fillTable(table, form, doc, field);
  }
  const title = named.get("forside.title");
  if (title && doc.name) write(title, doc.name);
  put(parts, "content.xml", content);
  fillRest(parts, form, doc, Boolean(title));
  return packed(parts, ["mimetype"]);
}

/** @param {Map<string, Element>} named @param {string} place @param {Said} said */
function fillOne(named, place, said) {
  const found = named.get(`felt.${place.replace("/", ".")}`);
  if (place.includes("/")) {
    if (said.data === "1") tick(found);
  } else if (found) {
    const lines = write(found, said.shown);
    // What is written takes the room of the lines to write on by hand.
    for (let more = 1; more < lines; more++) {
      const next = /** @type {Element | null} */ (found.nextSibling);
      if (!next || next.hasChildNodes() || style(next) !== style(found)) break;
      found.parentNode?.removeChild(next);
    }
  }
}

/** @param {Element} paragraph */
const style = (paragraph) => paragraph.getAttributeNS(TEXT, "style-name");

/** @param {Element | undefined} paragraph */
function tick(paragraph) {
  for (let node = paragraph?.firstChild; node; node = node.nextSibling) {
    if (node.nodeType !== 3 || !node.nodeValue?.includes(EMPTY)) continue;
    node.nodeValue = node.nodeValue.replace(EMPTY, TICKED);
    return;
  }
}

/**
 * Put a text in the place of what a paragraph says; spaces and lines are elements (ODF 1.3, part
 * 3, 6.1). Returns how many lines there are.
 * @param {Element | undefined} paragraph
 * @param {string} said
 */
function write(paragraph, said) {
  if (!paragraph) return 0;
  /** @type {Node[]} */
  const nodes = [];
  const lines = said.split("\n");
  for (const [at, line] of lines.entries()) {
    if (at) nodes.push(make(paragraph, TEXT, "text:line-break"));
    for (const piece of line.split(/(^ +| {2,}| $|\t)/).filter(Boolean)) {
      if (piece === "\t") nodes.push(make(paragraph, TEXT, "text:tab"));
      else if (/^ +$/.test(piece) && (piece.length > 1 || line.startsWith(piece) || line.endsWith(piece))) {
        const space = make(paragraph, TEXT, "text:s");
        space.setAttributeNS(TEXT, "text:c", String(piece.length));
        nodes.push(space);
      } else nodes.push(text(paragraph, piece));
    }
  }
  refill(paragraph, nodes);
  return lines.length;
}

/** @param {Element} table @param {Form} form @param {Answered} doc @param {Field} field */
function fillTable(table, form, doc, field) {
  const columns = field.columns ?? [];
  const answered = cells(form, doc, field);
  const rows = children(table, "table-row");
  const total = columns.some(({ sum }) => sum) ? rows.pop() : undefined;
  grow(rows, answered.length);
  for (const [at, row] of answered.entries()) {
    for (const [index, cell] of children(rows[at] ?? table, "table-cell").entries()) {
      const column = columns[index];
      const said = column && row[column.id];
      if (said) fillCell(cell, said.shown);
    }
  }
  const whole = sums(field, computed(form, doc, field));
  const last = total && answered.length ? children(total, "table-cell") : [];
  for (const [index, cell] of last.entries()) {
    const column = columns[index];
    const sum = column && whole[column.id];
    if (column && sum !== undefined) write(child(cell, "p"), shown(column.kind, sum));
  }
}

/** Add rows like the last one, empty. @param {Element[]} rows @param {number} count */
function grow(rows, count) {
  const last = rows.at(-1);
  for (let at = rows.length; last && at < count; at++) {
    const row = /** @type {Element} */ (last.cloneNode(true));
    for (const paragraph of inside(row, "p")) if (!inside(paragraph, "drop-down").length) refill(paragraph, []);
    for (const list of inside(row, "drop-down")) {
      list.setAttributeNS(TEXT, "text:name", `${list.getAttributeNS(TEXT, "name")}_r${at}`);
    }
    rows.at(-1)?.parentNode?.insertBefore(row, rows.at(-1)?.nextSibling ?? null);
    rows.push(row);
  }
}

/** @param {Element} cell @param {string} said */
function fillCell(cell, said) {
  const paragraph = child(cell, "p");
  const [list] = inside(cell, "drop-down");
  if (!list || !paragraph) {
    write(paragraph, said);
    return;
  }
  const labels = children(list, "label");
  for (const label of labels) {
    if (label.getAttributeNS(TEXT, "value") === said) label.setAttributeNS(TEXT, "text:current-selected", "true");
    else label.removeAttributeNS(TEXT, "current-selected");
  }
  refill(list, [...labels, text(list, said)]);
  refill(paragraph, [list]); // without what makes a hint grey
}

/** Properties, and the title above each page. @param {Parts} parts @param {Form} form @param {Answered} doc @param {boolean} titled */
function fillRest(parts, form, doc, titled) {
  const meta = xmlOf(parts, "meta.xml");
  const said = cover(form, doc);
  const labels = new Map(form.cover.map(({ key, label }) => [label, said.get(key)]));
  for (const own of inside(meta, "user-defined")) {
    const value = labels.get(own.getAttributeNS("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "name") ?? "");
    if (value) refill(own, [text(own, value.shown)]);
  }
  const [title] = inside(meta, "title");
  if (title && doc.name) refill(title, [text(title, doc.name)]);
  put(parts, "meta.xml", meta);
  if (!titled || !doc.name) return;
  const styles = xmlOf(parts, "styles.xml");
  for (const header of inside(styles, "header")) {
    const first = child(header, "p")?.firstChild;
    if (first?.nodeValue === form.title) first.nodeValue = doc.name;
  }
  put(parts, "styles.xml", styles);
}
