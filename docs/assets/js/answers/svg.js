/** A scene as SVG: a file that stands alone, or elements of the page that follow its colours. */

import { clean } from "../files/form.js";
import { colour } from "./tone.js";

/** @typedef {import("./drawn.js").Scene} Scene */
/** @typedef {import("./drawn.js").Shape} Shape */
/** @typedef {import("./drawn.js").Tone} Tone */
/** @typedef {import("./tone.js").Palette} Palette */

const SVG = "http://www.w3.org/2000/svg";
const FALLBACKS = "Calibri, Carlito, Arial, sans-serif";
const MARGIN = 16;

/** @param {string} text */
const safe = (text) =>
  clean(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * A picture as a file: nothing in it is fetched, and it says what it shows.
 * @param {Scene} scene
 * @param {Palette} palette
 * @param {string} language
 */
export function svg({ width, height, title, desc, shapes }, palette, language) {
  const [wide, tall] = [width + 2 * MARGIN, height + 2 * MARGIN];
  const fonts = palette.font ? `'${palette.font.replace(/['"\\]/g, "")}', ${FALLBACKS}` : FALLBACKS;
  const drawn = shapes.map((shape) => written(shape, palette)).join("\n");
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<svg xmlns="${SVG}" xml:lang="${safe(language)}" role="img" aria-labelledby="title desc" width="${wide}" height="${tall}" ` +
    `viewBox="${-MARGIN} ${-MARGIN} ${wide} ${tall}" font-family="${safe(fonts)}">\n` +
    `<title id="title">${safe(title)}</title>\n<desc id="desc">${safe(desc)}</desc>\n` +
    `<rect x="${-MARGIN}" y="${-MARGIN}" width="${wide}" height="${tall}" fill="${safe(palette.paper)}"/>\n${drawn}\n</svg>\n`
  );
}

/** @param {Shape} shape @param {Palette} palette */
function written(shape, palette) {
  const { text = "", ...own } = attributes(shape);
  /** @param {Tone} tone */
  const tone = (tone) => safe(colour(tone, palette));
  const paint = shape.kind === "text" ? `fill="${tone(shape.tone)}"`
    : shape.kind === "rect" ? `fill="${tone(shape.fill)}" stroke="${tone(shape.edge)}"`
      : `fill="none" stroke="${tone(shape.edge)}"`;
  const said = Object.entries(own).map(([name, value]) => `${name}="${safe(value)}"`).join(" ");
  return text ? `<text ${said} ${paint}>${safe(text)}</text>` : `<${shape.kind} ${said} ${paint}/>`;
}

/** All of a shape but its colours. @param {Shape} shape @returns {Record<string, string>} */
function attributes(shape) {
  if (shape.kind === "rect") {
    const { x, y, w, h } = shape;
    return { x: String(x), y: String(y), width: String(w), height: String(h) };
  }
  if (shape.kind === "path") return { d: shape.d, "stroke-width": String(shape.width) };
  const { x, y, size, bold, anchor, text } = shape;
  return {
    x: String(x),
    y: String(y),
    "font-size": String(size),
    ...(bold ? { "font-weight": "600" } : {}),
    ...(anchor === "start" ? {} : { "text-anchor": anchor }),
    text,
  };
}

/**
 * A colour as the page has it, in light and in dark.
 * @param {Tone} tone
 */
const onPage = ({ role, share }) =>
  share === 1 ? `var(--nvr-${role})`
    : share === 0 ? "var(--nvr-paper)"
      : `color-mix(in oklab, var(--nvr-${role}) ${Math.round(share * 100)}%, var(--nvr-paper))`;

let last = 0;

/**
 * A picture as an element of the page. Its colours are the page's own, so they follow its scheme.
 * @param {Scene} scene
 * @returns {SVGSVGElement}
 */
export function element({ width, height, title, desc, shapes }) {
  /** @param {string} name @param {Record<string, string>} own @param {string} [text] */
  const make = (name, own, text) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(own)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const id = `answers-picture-${(last += 1)}`;
  const own = { class: "answers__picture", role: "img", viewBox: `0 0 ${width} ${height}`, width: String(width), height: String(height) };
  const found = make("svg", { ...own, "aria-labelledby": `${id}-t`, "aria-describedby": `${id}-d` });
  found.append(make("title", { id: `${id}-t` }, title), make("desc", { id: `${id}-d` }, desc));
  for (const shape of shapes) {
    const { text, ...rest } = attributes(shape);
    const made = /** @type {SVGElement} */ (make(shape.kind, rest, text));
    if (shape.kind === "text") made.style.fill = onPage(shape.tone);
    else {
      made.style.fill = shape.kind === "rect" ? onPage(shape.fill) : "none";
      made.style.stroke = onPage(shape.edge);
    }
    found.append(made);
  }
  const made = /** @type {SVGSVGElement} */ (found);
  made.style.maxWidth = "100%";
  made.style.height = "auto";
  made.style.overflow = "visible"; // an edge is half outside its box
  return made;
}
