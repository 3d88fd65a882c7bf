/**
 * The report in Word: the site's own file of the template, its fields filled, and at some of them
 * headings, tables and pictures. What helps whoever writes it stays where there is still something
 * to write, and goes elsewhere; so does the sheet about how the template is used.
 */

import { fill } from "../files/docx.js";
import { clean } from "../files/form.js";
import { child, children, inside } from "../files/xml.js";
import { packed, put, unpacked, xmlOf } from "../files/zip.js";
import { parseXmlDocument } from "../vendor/slimdom.js";
import { placeOf, W } from "../files/word-controls.js";
import { keyOf } from "../files/word-answers.js";
import { png } from "./png.js";
import { content } from "./report-content.js";
import { contents, tidied } from "./report-tidy.js";
import { paragraph, safe, Writer } from "./report-word.js";
import { Say } from "./say.js";

/** @typedef {import("./report-content.js").Block} Block */
/** @typedef {import("./report-content.js").Given} Given */
/** @typedef {import("./say.js").Words} Words */
/** @typedef {import("./out.js").Files} Files */
/** @typedef {import("./drawn.js").Scene} Scene */
/** @typedef {import("./tone.js").Palette} Palette */
/** @typedef {(scene: Scene, palette: Palette) => Promise<import("./png.js").Picture>} Draw */

const BODY = "word/document.xml";
const RELATIONS = "word/_rels/document.xml.rels";
const TYPES = "[Content_Types].xml";
const IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
const NAMES =
  `xmlns:w="${W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"';
const LONGEST = 200; // letters of the title

/**
 * @param {Files} files
 * @param {Words} words
 * @param {Given} given
 * @param {Draw} [draw]
 * @returns {Promise<Uint8Array>}
 */
export async function report(files, words, given, draw = png) {
  const { about, form } = files;
  const first = given.results[0];
  if (!first) throw new Error("results");
  const say = new Say(words, first.survey);
  const parts = unpacked(fill(files.docx, form, answered(say, files, given)));
  const body = xmlOf(parts, BODY);
  const writer = new Writer(say, given.made_up);
  const filled = content(words, given);
  /** @type {Set<string>} headings of chapters that got headings below them */
  const parted = new Set();
  for (const [key, blocks] of Object.entries(filled)) {
    const id = about.fields[/** @type {keyof typeof filled} */ (key)];
    const place = id ? fieldOf(body, id) : undefined;
    if (!place || !blocks.length) continue;
    const before = writer.entries.length;
    const made = await written(writer, blocks, draw, about.palette);
    replace(body, place, made, blocks[0]?.kind === "heading");
    contents(body, place.chapter, writer.entries.slice(before), parted);
  }
  tidied(body);
  if (given.made_up) mark(body, say);
  put(parts, BODY, body);
  pictures(parts, writer);
  return packed(parts);
}

/** The document's own fields, as a saved document has them. @param {Say} say @param {Files} files @param {Given} given */
function answered(say, { about, form }, { results, made_up: madeUp }) {
  const titles = [...new Set(results.map(({ survey }) => survey.title))];
  const sets = results.map(({ set, n }) => say.words("report.set", { set, n }));
  const title = say.words("report.title", { title: titles.join(", ") }).slice(0, LONGEST);
  const name = clean(madeUp ? say.words("report.made_up_caption", { text: title }) : title);
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const cover = Object.fromEntries(form.cover.filter(({ value }) => value).map(({ key, value }) => [key, value]));
  return {
    ...{ template: `${form.kind}/${form.id}`, version: form.version, language: form.language },
    name,
    cover: { ...cover, date },
    values: { [about.fields.survey]: titles.join(", "), [about.fields.sets]: sets.join(", ") },
  };
}

/**
 * Where a field stands: its paragraph, and the name of its chapter's heading.
 * @param {XMLDocument} body @param {string} id
 */
function fieldOf(body, id) {
  const control = inside(body, "sdt").find((one) => keyOf(placeOf(one)) === `answers/${id}`);
  let at = /** @type {Node | null | undefined} */ (control);
  while (at && at.parentNode?.nodeName !== "w:body") at = at.parentNode;
  if (!at) return undefined;
  let head = at.previousSibling;
  while (head && styleOf(head) !== "Heading1") head = head.previousSibling;
  const [start] = head ? inside(head, "bookmarkStart") : [];
  return { at: /** @type {Element} */ (at), chapter: start?.getAttributeNS(W, "name") ?? "" };
}

/** @param {Node | undefined | null} node */
const styleOf = (node) =>
  node && node.nodeType === 1 ? (child(child(node, "pPr"), "pStyle")?.getAttributeNS(W, "val") ?? "") : "";

/** @param {Writer} writer @param {Block[]} blocks @param {Draw} draw @param {Palette} palette */
async function written(writer, blocks, draw, palette) {
  let found = "";
  for (const block of blocks) {
    found += writer.written(block, block.kind === "picture" ? await draw(block.scene, palette) : undefined);
  }
  return found;
}

/**
 * Put what was written in the place of a field; where it begins with a heading of its own, the
 * field's label goes too.
 * @param {XMLDocument} body @param {{at: Element}} place @param {string} xml @param {boolean} headed
 */
function replace(body, { at }, xml, headed) {
  const made = parseXmlDocument(`<w:body ${NAMES}>${xml}</w:body>`);
  for (const one of children(made.documentElement)) at.parentNode?.insertBefore(body.importNode(one, true), at);
  let label = at.previousSibling;
  const first = children(made.documentElement).length;
  for (let step = 0; step < first; step += 1) label = label?.previousSibling ?? null;
  while (label && styleOf(label).startsWith("Veiledning")) {
    const before = label.previousSibling;
    label.parentNode?.removeChild(label);
    label = before;
  }
  if (headed && label && styleOf(label) === "Ledetekst") label.parentNode?.removeChild(label);
  at.parentNode?.removeChild(at);
}

/** Say on the cover that nobody has answered this. @param {XMLDocument} body @param {Say} say */
function mark(body, say) {
  const title = children(body.documentElement.firstChild ?? body).find((one) => styleOf(one) === "Title");
  const told = `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${safe(say.words("report.made_up"))}. </w:t></w:r>` +
    `<w:r><w:t xml:space="preserve">${safe(say.words("report.made_up_help"))}</w:t></w:r>`;
  const made = parseXmlDocument(`<w:body ${NAMES}>${paragraph("Merknad", told)}${paragraph("Mellomrom", "")}</w:body>`);
  for (const one of children(made.documentElement)) title?.parentNode?.insertBefore(body.importNode(one, true), title.nextSibling);
}

/** @param {import("../files/zip.js").Parts} parts @param {Writer} writer */
function pictures(parts, writer) {
  const relations = xmlOf(parts, RELATIONS);
  const root = relations.documentElement;
  for (const [at, { relation, bytes }] of writer.pictures.entries()) {
    parts[`word/media/svar${at + 1}.png`] = bytes;
    const made = relations.createElementNS(root.namespaceURI, "Relationship");
    made.setAttribute("Id", relation);
    made.setAttribute("Type", IMAGE);
    made.setAttribute("Target", `media/svar${at + 1}.png`);
    root.appendChild(made);
  }
  put(parts, RELATIONS, relations);
  const types = xmlOf(parts, TYPES);
  const known = children(types.documentElement, "Default").some((one) => one.getAttribute("Extension") === "png");
  if (!known && writer.pictures.length) {
    const made = types.createElementNS(types.documentElement.namespaceURI, "Default");
    made.setAttribute("Extension", "png");
    made.setAttribute("ContentType", "image/png");
    types.documentElement.insertBefore(made, types.documentElement.firstChild);
    put(parts, TYPES, types);
  }
}


