/**
 * The ways out of the answers: pictures as files, a report, a workbook and slides. What they are made
 * of besides the answers (the site's own Word file and slides, colours, which field gets what) lies
 * in one data file and is fetched when something is asked for.
 */

import { PRINT, scene } from "./scene.js";
import { Say } from "./say.js";
import { svg } from "./svg.js";

/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Result} Result */
/** @typedef {import("./say.js").Words} Words */
/** @typedef {import("./scene.js").Wanted} Wanted */
/** @typedef {import("./tone.js").Palette} Palette */
/** @typedef {import("../files/form.js").Form} Form */
/**
 * Which fields of the report's template get what (`answers_record` of the template).
 * @typedef {{survey: string, sets: string, asked: string, answered: string, first: string, findings: string, talks?: string,
 *   changes?: string, unknown: string}} Fields
 * @typedef {{schema: number, language: string, form: string, docx: string, slides: string,
 *   address: string, fields: Fields, palette: Palette}} About `data/svar/rapport.json`
 * @typedef {{about: About, form: Form, docx: Uint8Array, slides: Uint8Array}} Files
 */
/** Something to hand over. @typedef {{name: string, type: string, bytes: Uint8Array<ArrayBuffer>}} Made */

export const ABOUT = "data/svar/rapport.json"; // below the language's root
const OFFICE = "application/vnd.openxmlformats-officedocument";
export const TYPES = {
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  pptx: `${OFFICE}.presentationml.presentation`,
  svg: "image/svg+xml",
  png: "image/png",
};

/**
 * What the files are made of. Raises what `fetch` raises without a net.
 * @param {string} root the address of the language's root
 * @returns {Promise<Files>}
 */
export async function files(root) {
  /** @param {string} address */
  const got = async (address) => {
    const answer = await fetch(new URL(address, root));
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer;
  };
  const about = /** @type {About} */ (await (await got(ABOUT)).json());
  const [form, docx, slides] = await Promise.all([
    got(about.form).then((answer) => answer.json()),
    got(about.docx).then((answer) => answer.arrayBuffer()),
    got(about.slides).then((answer) => answer.arrayBuffer()),
  ]);
  return { about, form, docx: new Uint8Array(docx), slides: new Uint8Array(slides) };
}

/**
 * A picture of a figure as plain shapes, for the page to show (`svg.js`).
 * @param {Words} words @param {Survey} survey @param {Figure} figure @param {Wanted} [wanted]
 */
export const picture = (words, survey, figure, wanted) => scene(figure, new Say(words, survey), wanted);

/**
 * A picture that goes out alone: it says itself what was asked and of whom.
 * @param {Words} words @param {Result} result @param {Figure} figure @param {string} by @param {boolean} madeUp
 */
export function alone(words, { survey, set, n }, figure, by, madeUp) {
  const say = new Say(words, survey);
  const source = say.words("report.source", { title: survey.title, version: survey.version, set, n });
  const title = madeUp ? say.words("report.made_up_caption", { text: figure.text }) : figure.text;
  return { ...scene(figure, say, { width: PRINT, by, title, source }), title };
}

/**
 * A picture as an SVG file.
 * @param {Words} words @param {Result} result @param {Figure} figure @param {string} by
 * @param {Palette} palette @param {boolean} madeUp
 * @returns {Made}
 */
export function asSvg(words, result, figure, by, palette, madeUp) {
  const text = svg(alone(words, result, figure, by, madeUp), palette, result.survey.language);
  return { name: `${figure.code}.svg`, type: TYPES.svg, bytes: new TextEncoder().encode(text) };
}

/**
 * A picture as a PNG file.
 * @param {Words} words @param {Result} result @param {Figure} figure @param {string} by
 * @param {Palette} palette @param {boolean} madeUp
 * @returns {Promise<Made>}
 */
export async function asPng(words, result, figure, by, palette, madeUp) {
  const { png } = await import("./png.js");
  const { bytes } = await png(alone(words, result, figure, by, madeUp), palette);
  return { name: `${figure.code}.png`, type: TYPES.png, bytes };
}
