/**
 * Word: a document's answers put into the site's own file, and read out of one that was filled in.
 *
 * The answers stand in a part of their own, which Word shows; other programs show what stands in
 * the text, so both are filled. Only the part is read.
 */

import { WrongFile, fields } from "./form.js";
import { computed, number, shown, sums } from "./reckon.js";
import { answers, cells, cover } from "./said.js";
import { isAnswers, keyOf, read as readPart, write as writePart } from "./word-answers.js";
import { empty, grow, hintsOf, placeOf, show, total } from "./word-controls.js";
import { around, child, inside, refill, text } from "./xml.js";
import { packed, put, taken, unpacked, xmlOf } from "./zip.js";

/**
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Answered} Answered
 * @typedef {import("./form.js").Left} Left
 * @typedef {import("./said.js").Said} Said
 * @typedef {import("./zip.js").Parts} Parts
 */

const PART = "customXml/item1.xml";
const BODY = "word/document.xml";
const GLOSSARY = "word/glossary/document.xml";
const FIRST_ID = 1_000_000; // above those of the file's own controls
const LARGEST = 30_000_000; // bytes, of the answers unpacked and of a file

/**
 * The site's Word file with a document's answers in it.
 * @param {Uint8Array} bytes
 * @param {Form} form
 * @param {Answered} doc
 * @returns {Uint8Array}
 */
export function fill(bytes, form, doc) {
  const parts = unpacked(bytes);
  const said = placed(form, doc);
  const hints = parts[GLOSSARY] ? hintsOf(xmlOf(parts, GLOSSARY)) : new Map();
  const part = xmlOf(parts, PART);
  writePart(part, said);
  put(parts, PART, part);
  const body = xmlOf(parts, BODY);
  fillTables(body, form, doc, hints);
  fillControls(body, said, hints);
  put(parts, BODY, body);
  for (const name of Object.keys(parts)) {
    if (!/^word\/(header|footer)\d+\.xml$/.test(name)) continue;
    const head = xmlOf(parts, name);
    if (fillControls(head, said, hints)) put(parts, name, head);
  }
  fillProperties(parts, form, said);
  return packed(parts);
}

/** @param {Form} form @param {Answered} doc @returns {Map<string, Said>} */
function placed(form, doc) {
  /** @type {Map<string, Said>} */
  const found = new Map();
  if (doc.name) found.set("cover/title", { data: doc.name, shown: doc.name });
  for (const [key, said] of cover(form, doc)) found.set(`cover/${key}`, said);
  const summed = new Set(
    fields(form).flatMap(({ id, columns }) =>
      (columns ?? []).filter(({ sum }) => sum).map((column) => `${id}//${column.id}`),
    ),
  );
  for (const [place, said] of answers(form, doc)) {
    found.set(`answers/${place}`, summed.has(place.replace(/\/\d+\//, "//")) ? bare(said) : said);
  }
  return found;
}

/**
 * A number without space, as Word adds them up: it takes `1 200` for a 1 and a 200.
 * @param {Said} said
 * @returns {Said}
 */
function bare(said) {
  if (number(said.data) === undefined) return said;
  const data = said.data.replace(/\s/g, "");
  return { data, shown: data };
}

/** @param {XMLDocument} body @param {Form} form @param {Answered} doc @param {Map<string, Element[]>} hints */
function fillTables(body, form, doc, hints) {
  const tables = new Map(fields(form).map((field) => [field.id, field]));
  let last = FIRST_ID;
  for (const kind of inside(body, "repeatingSection")) {
    const section = around(kind, "sdt");
    const field = tables.get(section ? (keyOf(placeOf(section)).split("/")[1] ?? "") : "");
    const table = section && around(section, "tbl");
    if (!section || !field || !table) continue;
    grow(section, cells(form, doc, field).length, () => (last += 1), hints);
    const whole = sums(field, computed(form, doc, field));
    total(table, (field.columns ?? []).map(({ id, kind: unit }) => {
      const sum = whole[id];
      return sum === undefined ? undefined : shown(unit, sum);
    }));
  }
}

/** @param {XMLDocument} xml @param {Map<string, Said>} said @param {Map<string, Element[]>} hints */
function fillControls(xml, said, hints) {
  let found = false;
  for (const control of inside(xml, "sdt")) {
    const answer = said.get(keyOf(placeOf(control)));
    if (!answer) continue;
    found = true;
    if (answer.data) show(control, answer);
    else empty(control, hints);
  }
  return found;
}

/** @param {Parts} parts @param {Form} form @param {Map<string, Said>} said */
function fillProperties(parts, form, said) {
  const title = said.get("cover/title");
  const core = xmlOf(parts, "docProps/core.xml");
  const [own] = inside(core, "title");
  if (title && own) {
    refill(own, [text(own, title.shown)]);
    put(parts, "docProps/core.xml", core);
  }
  const custom = xmlOf(parts, "docProps/custom.xml");
  const labels = new Map(form.cover.map(({ key, label }) => [label, said.get(`cover/${key}`)]));
  for (const property of inside(custom, "property")) {
    const value = labels.get(property.getAttribute("name") ?? "");
    const shownAs = child(property, "lpwstr");
    if (value && shownAs) refill(shownAs, [text(shownAs, value.shown)]);
  }
  put(parts, "docProps/custom.xml", custom);
}

/**
 * The answers of a Word file that was filled in; raises WrongFile for one that has none of ours.
 * @param {Uint8Array} bytes
 * @returns {Answered}
 */
export function read(bytes) {
  if (bytes.length > LARGEST) throw new WrongFile("Large");
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new WrongFile("Foreign");
  let found;
  try {
    found = taken(bytes, /^customXml\/item(Props)?\d{1,3}\.xml$/, LARGEST);
  } catch {
    throw new WrongFile("Damaged");
  }
  let named = false;
  for (const name of Object.keys(found.parts)) {
    const part = parsed(found.parts, name);
    if (part && isAnswers(part)) return readPart(part);
    named ||= part !== undefined; // what is said of the part, without the part
  }
  throw new WrongFile(found.large ? "Large" : named ? "Unbound" : "Foreign");
}

/**
 * The XML of a part from anywhere. One that defines names of its own could multiply itself.
 * @param {Parts} parts @param {string} name
 */
function parsed(parts, name) {
  const bytes = parts[name] ?? new Uint8Array();
  const ours = new TextDecoder().decode(bytes.subarray(0, 2000)).includes("naeringsvennlig");
  if (!ours) return undefined; // other programs keep parts of their own there
  try {
    const whole = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (/<!DOCTYPE|<!ENTITY/i.test(whole)) throw new WrongFile("Damaged");
    return xmlOf(parts, name);
  } catch {
    throw new WrongFile("Damaged");
  }
}
