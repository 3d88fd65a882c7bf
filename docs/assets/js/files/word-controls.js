/** Content controls of Word (`w:sdt`, ISO/IEC 29500-1, 17.5.2): what stands in their text. */

import { around, child, children, inside, make, refill, text } from "./xml.js";

/** @typedef {import("./said.js").Said} Said */

export const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const W14 = "http://schemas.microsoft.com/office/word/2010/wordml";
const XML = "http://www.w3.org/XML/1998/namespace";
// What Word has elements for (17.3.3).
/** @type {Record<string, string>} */
const MARKS = { "\n": "br", "\t": "tab", "\u00ad": "softHyphen", "\u2011": "noBreakHyphen" };

/**
 * Where in the answers a control's own stands: `["answers", "mal", "row[2]", "hva"]`.
 * @param {Element} control
 * @returns {string[]}
 */
export function placeOf(control) {
  const bound = child(child(control, "sdtPr"), "dataBinding")?.getAttributeNS(W, "xpath") ?? "";
  const steps = bound.split("/").slice(2);
  return steps.map((step) => step.replace(/^d:/, "").replace(/^(?!row\[)(.*)\[1\]$/, "$1"));
}

/**
 * A run of text, with an element of Word's own for each mark.
 * @param {Node} near
 * @param {string} said
 * @returns {Element}
 */
export function run(near, said) {
  const pieces = said.split(/([\n\t\u00ad\u2011])/).filter(Boolean);
  return make(near, W, "w:r", pieces.map((piece) => {
    const mark = MARKS[piece];
    if (mark) return make(near, W, `w:${mark}`);
    const found = make(near, W, "w:t", [text(near, piece)]);
    found.setAttributeNS(XML, "xml:space", "preserve");
    return found;
  }));
}

/**
 * Show an answer in a control, as its kind has it.
 * @param {Element} control
 * @param {Said} said
 */
export function show(control, said) {
  const properties = child(control, "sdtPr");
  const content = child(control, "sdtContent");
  if (!properties || !content) return;
  const box = child(properties, "checkbox");
  if (box) {
    tick(box, content, said);
    return;
  }
  const hint = child(properties, "showingPlcHdr");
  if (hint) properties.removeChild(hint);
  const date = child(properties, "date");
  if (/^\d{4}-\d\d-\d\d$/.test(said.data)) date?.setAttributeNS(W, "w:fullDate", `${said.data}T00:00:00Z`);
  child(properties, "dropDownList")?.setAttributeNS(W, "w:lastValue", said.data);
  refill(content, [run(content, said.shown)]);
  // An empty box is not split over pages; one that has been written in may be.
  const whole = child(around(control, "p"), "pPr");
  const kept = child(whole, "keepLines");
  if (kept) whole?.removeChild(kept);
}

/** @param {Element} box @param {Element} content @param {Said} said */
function tick(box, content, said) {
  child(box, "checked")?.setAttributeNS(W14, "w14:val", said.data);
  const [shown] = inside(content, "t");
  if (shown) refill(shown, [text(shown, said.shown)]);
}

/**
 * Empty a control, so that it says what to write in it; `hints` are the texts for that by name.
 * @param {Element} control
 * @param {Map<string, Element[]>} hints
 */
export function empty(control, hints) {
  const properties = child(control, "sdtPr");
  const content = child(control, "sdtContent");
  const named = child(properties, "placeholder");
  const hint = hints.get(child(named, "docPart")?.getAttributeNS(W, "val") ?? "");
  if (!properties || !content || !named || !hint || child(properties, "showingPlcHdr")) return;
  properties.insertBefore(make(properties, W, "w:showingPlcHdr"), named.nextSibling);
  const owner = /** @type {Document} */ (content.ownerDocument);
  refill(content, hint.map((one) => owner.importNode(one, true)));
}

/**
 * The texts of empty controls by name, from the part that Word takes them from.
 * @param {XMLDocument} glossary
 * @returns {Map<string, Element[]>}
 */
export function hintsOf(glossary) {
  const found = new Map();
  for (const part of inside(glossary, "docPart")) {
    const name = child(child(part, "docPartPr"), "name")?.getAttributeNS(W, "val");
    const paragraph = child(child(part, "docPartBody"), "p");
    if (name && paragraph) found.set(name, children(paragraph, "r"));
  }
  return found;
}

/**
 * Give a table as many rows as are needed: the last one, again and again, empty.
 * @param {Element} section the control that repeats
 * @param {number} count
 * @param {() => number} id gives numbers that no other control has
 * @param {Map<string, Element[]>} hints
 */
export function grow(section, count, id, hints) {
  const content = child(section, "sdtContent");
  const items = content ? children(content, "sdt") : [];
  const last = items.at(-1);
  if (!content || !last) return;
  for (let at = items.length + 1; at <= count; at++) {
    const item = /** @type {Element} */ (last.cloneNode(true));
    for (const control of [item, ...inside(item, "sdt")]) {
      renumber(control, items.length, at, id());
      empty(control, hints);
    }
    content.appendChild(item);
  }
}

/** @param {Element} control @param {number} from @param {number} to @param {number} id */
function renumber(control, from, to, id) {
  for (const property of children(child(control, "sdtPr") ?? control)) {
    /** @param {string} name @param {string} before @param {string} after */
    const change = (name, before, after) => {
      const value = property.getAttributeNS(W, name) ?? "";
      property.setAttributeNS(W, `w:${name}`, value.replace(before, () => after));
    };
    if (property.localName === "id") property.setAttributeNS(W, "w:val", String(id));
    if (property.localName === "dataBinding") change("xpath", `/d:row[${from}]/`, `/d:row[${to}]/`);
    if (property.localName === "tag") change("val", `.${from}.`, `.${to}.`);
    if (property.localName === "alias") change("val", `, ${from}`, `, ${to}`);
  }
}

/**
 * Put sums into the last row of a table, which Word works out again when it is asked to.
 * @param {Element} table
 * @param {(string | undefined)[]} sums by column
 */
export function total(table, sums) {
  const cells = children(children(table, "tr").at(-1) ?? table, "tc");
  for (const [at, sum] of sums.entries()) {
    const cell = cells[at];
    if (sum === undefined || !cell || !inside(cell, "instrText").length) continue;
    const [shown] = inside(cell, "t");
    if (shown) refill(shown, [text(shown, sum)]);
  }
}
