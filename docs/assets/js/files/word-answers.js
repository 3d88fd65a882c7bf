/** The part of a Word file that holds its answers (`macros/writers/word/answers.py`). */

import { WrongFile } from "./form.js";
import { judged, FORM, SCHEMA } from "./json.js";
import { child, children, make, refill, text } from "./xml.js";

/**
 * @typedef {import("./form.js").Answered} Answered
 * @typedef {import("./form.js").Row} Row
 * @typedef {import("./form.js").Value} Value
 * @typedef {import("./said.js").Said} Said
 */

const NAMESPACE = "urn:naeringsvennlig-region:document:";
const VERSION = 1;

/**
 * An id as the name of an element, which cannot begin with a figure.
 * @param {string} id
 */
export const nameOf = (id) => (/^\d/.test(id) ? `_${id}` : id);

/** @param {string} name */
const idOf = (name) => (/^_\d/.test(name) ? name.slice(1) : name);

/**
 * The place of an answer as `answers()` has it, from that of a control: `mal/2/hva`.
 * @param {string[]} steps
 */
export const keyOf = (steps) =>
  steps.map((step) => /^row\[(\d+)\]$/.exec(step)?.[1] ?? idOf(step)).join("/");

/**
 * Whether a part is the answers of a document, in this form or a newer one.
 * @param {XMLDocument} part
 */
export const isAnswers = (part) =>
  part.documentElement?.localName === "document" &&
  Boolean(part.documentElement.namespaceURI?.startsWith(NAMESPACE));

/**
 * Put answers into the part; what it has no element for gets one.
 * @param {XMLDocument} part
 * @param {Map<string, Said>} said by the place of each, such as `answers/mal/2/hva`
 */
export function write(part, said) {
  for (const [place, { data }] of said) {
    /** @type {Element} */
    let at = part.documentElement;
    for (const step of place.split("/")) at = /^\d+$/.test(step) ? row(at, Number(step)) : step_(at, step);
    refill(at, data ? [text(at, data)] : []);
  }
}

/** @param {Element} parent @param {string} id @returns {Element} */
function step_(parent, id) {
  const name = nameOf(id);
  return child(parent, name) ?? parent.appendChild(make(parent, parent.namespaceURI, name));
}

/** @param {Element} parent @param {number} number @returns {Element} */
function row(parent, number) {
  const rows = children(parent, "row");
  while (rows.length < number) {
    const first = rows[0];
    const cells = first ? children(first) : [];
    const own = cells.map((cell) => make(parent, parent.namespaceURI, cell.localName));
    rows.push(parent.appendChild(make(parent, parent.namespaceURI, "row", own)));
  }
  return /** @type {Element} */ (rows[number - 1]);
}

/**
 * The document that a part holds; raises WrongFile where it holds none that can be read.
 * @param {XMLDocument} part
 * @returns {Answered}
 */
export function read(part) {
  const root = part.documentElement;
  if (!isAnswers(part)) throw new WrongFile("Foreign");
  const form = Number(root.namespaceURI?.slice(NAMESPACE.length));
  if (form > VERSION) throw new WrongFile("Newer");
  /** @param {string} name */
  const said = (name) => root.getAttribute(name) ?? "";
  const cover = texts(child(root, "cover"));
  const { title = "", ...lines } = cover;
  const never = "2000-01-01T00:00:00Z";
  const { template, version, language, name, ...rest } = judged({
    schema: SCHEMA,
    form: FORM,
    id: "00000000",
    created: never,
    changed: never,
    template: `${said("kind") || "template"}/${said("template")}`,
    version: said("version"),
    language: said("language"),
    name: title.slice(0, 1000),
    cover: lines,
    values: values(child(root, "answers")),
  });
  return { template, version, language, name, cover: rest.cover, values: rest.values };
}

/** @param {Element | undefined} element @returns {Row} */
function texts(element) {
  const found = element ? children(element) : [];
  const pairs = found.map((one) => [idOf(one.localName), one.textContent ?? ""]);
  return Object.fromEntries(pairs.filter(([, said]) => said));
}

/** @param {Element | undefined} element @returns {Record<string, Value>} */
function values(element) {
  /** @type {[string, Value][]} */
  const found = [];
  for (const one of element ? children(element) : []) {
    const value = valueOf(one);
    if (value.length) found.push([idOf(one.localName), value]);
  }
  return Object.fromEntries(found);
}

/** @param {Element} element @returns {Value} */
function valueOf(element) {
  const inner = children(element);
  const [first] = inner;
  if (!first) return element.textContent ?? "";
  if (first.localName === "row" && children(first).length) {
    const rows = children(element, "row").map(texts);
    return rows.slice(0, rows.findLastIndex((one) => Object.keys(one).length) + 1);
  }
  const ticked = inner.filter((one) => /^\s*(1|true)\s*$/.test(one.textContent ?? ""));
  return ticked.map((one) => idOf(one.localName));
}
