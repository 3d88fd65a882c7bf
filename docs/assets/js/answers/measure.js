/**
 * How much room texts take. Nothing here asks a browser: letters are taken as wide as in the widest
 * font that may stand in, so that a text holds in every program that shows a file.
 */

// Widths in parts of the size: those of DejaVu Sans.
const NARROW = "fijlrtI.,:;!|()[]'\u2019 \u00a0";
const WIDE = "mwMW\u00e6\u00c6@%\u2013\u2014\u2026";
const BOLD = 1.18;

/** @param {string} letter */
const letterWide = (letter) =>
  NARROW.includes(letter) ? 0.36
    : WIDE.includes(letter) ? 1
      : (letter.codePointAt(0) ?? 0) > 0x2e7f ? 1.1 // letters as wide as they are high
        : letter !== letter.toLowerCase() ? 0.72 : 0.61;

/**
 * How wide a line of text is.
 * @param {string} text @param {number} size @param {boolean} bold
 */
export function wide(text, size, bold) {
  let sum = 0;
  for (const letter of text) sum += letterWide(letter);
  return sum * size * (bold ? BOLD : 1);
}

/**
 * Text in lines that fit a width. A word that is longer than a line is parted with a hyphen.
 * @param {string} text @param {number} width @param {number} size @param {boolean} [bold]
 * @returns {string[]}
 */
export function wrapped(text, width, size, bold = false) {
  /** @type {string[]} */
  const found = [];
  let line = "";
  for (const word of text.split(/[ \t\n]+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (wide(longer, size, bold) <= width) {
      line = longer;
      continue;
    }
    if (line) found.push(line);
    line = word;
    while (wide(line, size, bold) > width) {
      const head = start(line, width, size, bold);
      found.push(`${head.replace(/-$/, "")}-`);
      line = line.slice(head.length);
    }
  }
  return line ? [...found, line] : found;
}

/** As much of a word as a line holds before its hyphen. @param {string} word @param {number} width @param {number} size @param {boolean} bold */
function start(word, width, size, bold) {
  const letters = [...word];
  let end = letters.length - 1;
  while (end > 1 && wide(`${letters.slice(0, end).join("")}-`, size, bold) > width) end -= 1;
  return letters.slice(0, Math.max(end, 1)).join("");
}

/**
 * How high paragraphs are on a slide, in points.
 * @param {string[]} paragraphs @param {number} size @param {number} width
 */
export const high = (paragraphs, size, width) =>
  paragraphs.reduce((sum, text) => sum + size * (Math.max(1, wrapped(text, width, size).length) * 1.2 + 0.45), 0);

/**
 * The largest size at which paragraphs fit a box; nothing where none does.
 * @param {string[]} paragraphs @param {number[]} sizes @param {number} width @param {number} tall
 */
export const fitting = (paragraphs, sizes, width, tall) => sizes.find((size) => high(paragraphs, size, width) <= tall);
