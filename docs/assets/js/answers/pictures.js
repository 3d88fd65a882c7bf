/** Pictures of figures as files, in the colours that the site's own files have. */

import { ABOUT, asPng, asSvg } from "./out.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./work.js").Work} Work
 * @typedef {import("./shapes.js").Result} Result
 * @typedef {import("./shapes.js").Figure} Figure
 * @typedef {import("./tone.js").Palette} Palette
 */

/** @type {Promise<Palette> | undefined} */
let palette;

/**
 * @param {Stage} stage @param {Work} work @param {Result} result @param {Figure} figure
 * @param {"png" | "svg"} format @param {string} by
 */
export async function picture(stage, work, result, figure, format, by) {
  palette ??= fetched(new URL(ABOUT, stage.root));
  palette.catch(() => (palette = undefined));
  const make = format === "svg" ? asSvg : asPng;
  const made = await make(stage.words, result, figure, by, await palette, work.madeUp);
  return { ...made, name: `${work.survey.id}-${made.name}` };
}

/** @param {URL} address @returns {Promise<Palette>} */
async function fetched(address) {
  const got = await fetch(address);
  if (!got.ok) throw new Error(`${address}: ${got.status}`);
  return (await got.json()).palette;
}
