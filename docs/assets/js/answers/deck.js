/**
 * Four slides: what was asked and who answered, the main figures, what stands out, and what is not
 * known. They are the site's own four, in the region's look, with texts and a picture put in. A text
 * gets the largest size that holds it; what does not fit at any is left to the report.
 */

import { child, children, inside, refill, text } from "../files/xml.js";
import { clean } from "../files/form.js";
import { packed, put, unpacked, xmlOf } from "../files/zip.js";
import { lead, mainPoints, next } from "./deck-content.js";
import { fitting, wrapped } from "./measure.js";
import { png } from "./png.js";
import { scene } from "./scene.js";
import { Say } from "./say.js";

/** @typedef {import("./report-content.js").Given} Given */
/** @typedef {import("./say.js").Words} Words */
/** @typedef {import("./out.js").Files} Files */
/** @typedef {import("./report.js").Draw} Draw */
/** @typedef {import("./png.js").Picture} Picture */
/** @typedef {import("../files/zip.js").Parts} Parts */
/** @typedef {{title: string, aside: string, body: string[], notes: string[]}} Slide */

const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
// The places of the site's own slides, by the names that the build gives them.
const TITLE = "Tittel";
const ASIDE = "Tid";
const BODY = "Innhold";
const PICTURE = "Bilde";
// Points (`macros/writers/slides/split.py`).
const WIDE = 816;
const TITLES = { sizes: [36, 32, 28, 24], tall: 84 };
const ASIDES = { sizes: [16, 14, 12], tall: 22 };
const BODIES = { sizes: [28, 24, 22, 20, 18], tall: 320 };
const FRAME = { left: 64, top: 160, wide: 832, tall: 326 };
const EMU = 12_700; // of a point
const DRAWN = 832; // parts that the picture is wide

/**
 * @param {Files} files
 * @param {Words} words
 * @param {Given} given
 * @param {Draw} [draw]
 * @returns {Promise<Uint8Array>}
 */
export async function deck(files, words, given, draw = png) {
  const [first] = given.results;
  if (!first) throw new Error("results");
  const parts = unpacked(files.slides);
  const say = new Say(words, first.survey);
  const out = next(words, given);
  const standing = lead(words, given.results);
  const aside = given.made_up ? say.words("report.made_up") : first.set;
  const source = given.results.map(({ survey, set, n }) =>
    say.words("report.source", { title: survey.title, version: survey.version, set, n }));
  const notes = [...(given.made_up ? [say.words("report.made_up_help")] : []), ...source, say.words("report.least", { least: say.least })];
  /** @type {Slide[]} */
  const slides = [
    { title: say.words("report.slide_asked"), body: mainPoints.asked(words, given.results, given.asked), aside, notes },
    { title: say.words("report.slide_first"), body: mainPoints.first(words, given.results), aside, notes: [...notes, say.words("report.base")] },
    { title: standing?.text ?? say.words("report.slide_out"), body: [], aside: [given.made_up ? aside : "", standing?.figure.text].filter(Boolean).join(" \u00b7 "), notes: [...notes, ...(standing ? [standing.figure.text, standing.desc] : [])] },
    { title: say.words("report.slide_next"), body: out, aside, notes },
  ];
  for (const [at, slide] of slides.entries()) filled(parts, at + 1, slide, say);
  if (standing) {
    const drawn = shaped(standing);
    picture(parts, 3, await draw(drawn, files.about.palette), drawn.desc);
  }
  titled(parts, say.words("report.title", { title: first.survey.title }));
  return packed(parts);
}

/** The picture in the shape of its place: a high one is drawn wider. @param {import("./deck-content.js").Lead} lead */
function shaped({ figure, say, by }) {
  const found = scene(figure, say, { width: DRAWN, by });
  const width = Math.round((found.height * FRAME.wide) / FRAME.tall);
  return width > DRAWN ? scene(figure, say, { width, by }) : found;
}

/** @param {Parts} parts @param {number} number @param {Slide} slide @param {Say} say */
function filled(parts, number, { title, aside, body, notes }, say) {
  const name = `ppt/slides/slide${number}.xml`;
  const xml = xmlOf(parts, name);
  write(shape(xml, TITLE), ...fitted([title], TITLES, say));
  write(shape(xml, ASIDE), ...fitted([aside], ASIDES, say));
  write(shape(xml, BODY), ...fitted(body, BODIES, say));
  put(parts, name, xml);
  const noted = `ppt/notesSlides/notesSlide${number}.xml`;
  const page = xmlOf(parts, noted);
  write(inside(page, "sp").find((one) => inside(one, "ph")[0]?.getAttribute("type") === "body"), notes, 0);
  put(parts, noted, page);
}

/**
 * Paragraphs that fit a box, with their size; those left out are told of in the last one.
 * @param {string[]} body @param {{sizes: number[], tall: number}} box @param {Say} say
 * @returns {[string[], number]}
 */
export function fitted(body, { sizes, tall }, say) {
  const least = sizes.at(-1) ?? 12;
  for (let kept = body.length; kept > 0; kept -= 1) {
    const left = body.length - kept;
    const shown = left ? [...body.slice(0, kept), say.words("report.slide_more", { n: left })] : body;
    const size = fitting(shown, sizes, WIDE, tall);
    if (size) return [shown, size];
  }
  // One paragraph that is too long alone: as many lines of it as there is room for.
  const lines = Math.max(1, Math.floor((tall / least - 0.45) / 1.2));
  const shown = wrapped(body[0] ?? "", WIDE - 2 * least, least).slice(0, lines).join(" ");
  return body.length ? [[`${shown.replace(/[\s,.;:-]+$/, "")} \u2026`], least] : [[], least];
}

/** @param {XMLDocument} xml @param {string} name */
const shape = (xml, name) =>
  [...inside(xml, "sp"), ...inside(xml, "pic")].find((one) => inside(one, "cNvPr")[0]?.getAttribute("name") === name);

/**
 * Put paragraphs into a shape in the place of its one; a shape with nothing to say goes.
 * @param {Element | undefined} box @param {string[]} paragraphs @param {number} size in points, 0 as the layout has it
 */
function write(box, paragraphs, size) {
  const frame = box && child(box, "txBody");
  if (!box || !frame) return;
  if (!paragraphs.length) {
    box.parentNode?.removeChild(box);
    return;
  }
  const [model, ...others] = children(frame, "p");
  for (const one of others) frame.removeChild(one);
  for (const said of paragraphs) {
    const made = model?.cloneNode(true);
    if (!made) return;
    const [shown] = inside(made, "t");
    if (shown) refill(shown, [text(shown, clean(said).replace(/[\n\t]+/g, " "))]);
    if (size) inside(made, "rPr")[0]?.setAttribute("sz", String(size * 100));
    frame.insertBefore(made, model ?? null);
  }
  if (model) frame.removeChild(model);
}

/** Put a picture in the place of the dot that stands for it. @param {Parts} parts @param {number} number @param {Picture} drawn @param {string} desc */
function picture(parts, number, { bytes, width, height }, desc) {
  const name = `ppt/slides/slide${number}.xml`;
  const xml = xmlOf(parts, name);
  const found = shape(xml, PICTURE);
  const blip = found && inside(found, "blip")[0];
  const relation = blip?.getAttributeNS(RELATIONS, "embed");
  const links = xmlOf(parts, `ppt/slides/_rels/slide${number}.xml.rels`);
  const target = inside(links, "Relationship").find((one) => one.getAttribute("Id") === relation)?.getAttribute("Target");
  if (!found || !target) throw new Error("slide");
  parts[target.replace("../", "ppt/")] = bytes;
  const scale = Math.min(FRAME.wide / width, FRAME.tall / height);
  const place = inside(found, "xfrm")[0];
  /** @param {string} tag @param {Record<string, number>} own */
  const set = (tag, own) => {
    for (const [key, value] of Object.entries(own)) child(place, tag)?.setAttribute(key, String(Math.round(value * EMU)));
  };
  set("off", { x: FRAME.left, y: FRAME.top });
  set("ext", { cx: width * scale, cy: height * scale });
  inside(found, "cNvPr")[0]?.setAttribute("descr", clean(desc));
  put(parts, name, xml);
}

/** @param {Parts} parts @param {string} title */
function titled(parts, title) {
  const core = xmlOf(parts, "docProps/core.xml");
  const own = children(core.documentElement, "title")[0];
  if (own) refill(own, [text(own, clean(title))]);
  put(parts, "docProps/core.xml", core);
}

