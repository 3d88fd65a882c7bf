/** A scene as a PNG, drawn on a canvas twice as large as it is shown. */

import { colour } from "./tone.js";

/** @typedef {import("./drawn.js").Scene} Scene */
/** @typedef {import("./tone.js").Palette} Palette */
/** @typedef {{bytes: Uint8Array<ArrayBuffer>, width: number, height: number}} Picture as large as it is shown */

const SCALE = 2;
const MARGIN = 8;
const TALLEST = 8000; // of a canvas; a taller scene is drawn less sharp

/**
 * @param {Scene} scene
 * @param {Palette} palette
 * @returns {Promise<Picture>}
 */
export async function png(scene, palette) {
  const [width, height] = [scene.width + 2 * MARGIN, scene.height + 2 * MARGIN];
  const scale = Math.min(SCALE, TALLEST / height);
  const canvas = document.createElement("canvas"); // never shown
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("canvas");
  const fonts = `${palette.font ? `"${palette.font.replaceAll('"', "")}", ` : ""}Inter, Calibri, Carlito, Arial, sans-serif`;
  context.scale(scale, scale);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, width, height);
  context.translate(MARGIN, MARGIN);
  for (const shape of scene.shapes) {
    context.lineWidth = 1;
    if (shape.kind === "text") {
      context.font = `${shape.bold ? "600 " : ""}${shape.size}px ${fonts}`;
      context.textAlign = shape.anchor === "middle" ? "center" : shape.anchor;
      context.fillStyle = colour(shape.tone, palette);
      context.fillText(shape.text, shape.x, shape.y);
      continue;
    }
    context.strokeStyle = colour(shape.edge, palette);
    if (shape.kind === "path") {
      context.lineWidth = shape.width;
      context.stroke(new Path2D(shape.d));
      continue;
    }
    context.fillStyle = colour(shape.fill, palette);
    context.fillRect(shape.x, shape.y, shape.w, shape.h);
    context.strokeRect(shape.x, shape.y, shape.w, shape.h);
  }
  return { bytes: await bytes(canvas), width, height };
}

/**
 * The canvas as bytes. At once, since `toBlob` and `convertToBlob` wait in Chromium until the page has
 * nothing to do, up to a second for each picture.
 * @param {HTMLCanvasElement} canvas
 */
async function bytes(canvas) {
  const [, text = ""] = canvas.toDataURL("image/png").split(",");
  await new Promise((resolve) => setTimeout(resolve)); // the page answers between two pictures
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
