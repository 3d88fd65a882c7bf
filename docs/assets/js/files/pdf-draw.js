/** How a text stands in a field of a form: its lines by the font's own widths, and its drawing. */

import { Bytes, numberOf, written } from "./pdf-objects.js";

/** @typedef {import("./pdf-file.js").PdfFile} PdfFile */
/** @typedef {import("./pdf-objects.js").PdfValue} PdfValue */

const SIDE = 2; // points between the text and the sides of its field
const LEADING = 1.2; // of the size
const [RISE, ASCENT] = [0.36, 0.97]; // of the size: below the middle, and above the first line
// What another letter stands in for.
/** @type {Record<string, string>} */
const ALIKE = { "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u2010": "-", "\u2212": "\u2013", "\t": "    ", "\u00ad": "" };

/** The font that forms are typed in: simple, with a code and a width for each letter. */
export class Font {
  /** @param {PdfFile} file @param {PdfValue | undefined} ref */
  constructor(file, ref) {
    const dict = file.dict(ref);
    const widths = file.value(dict.get("Widths"));
    this.first = numberOf(dict.get("FirstChar"));
    this.widths = Array.isArray(widths) ? widths.map(numberOf) : [];
    /** @type {Map<string, number>} */
    this.codes = new Map();
    for (const [, code = "", letter = ""] of file.stream(dict.get("ToUnicode")).matchAll(/<(\w\w)> <(\w{4})>/g)) {
      this.codes.set(String.fromCharCode(parseInt(letter, 16)), parseInt(code, 16));
    }
  }

  /**
   * The codes of a text, with a question mark for each letter that the font has not.
   * @param {string} text
   * @param {Set<string>} lacking gets those letters
   */
  coded(text, lacking) {
    let found = "";
    for (const letter of text) {
      for (const one of ALIKE[letter] ?? letter) {
        const code = this.codes.get(one);
        if (code === undefined) lacking.add(one);
        found += String.fromCharCode(code ?? 63);
      }
    }
    return found;
  }

  /** How wide codes are, in the size. @param {string} codes */
  width(codes) {
    let found = 0;
    for (let at = 0; at < codes.length; at++) found += this.widths[codes.charCodeAt(at) - this.first] ?? 0;
    return found / 1000;
  }

  /**
   * A line as several, none wider than there is room for.
   * @param {string} codes
   * @param {number} room in the size
   * @returns {string[]}
   */
  wrapped(codes, room) {
    const lines = [];
    let line = "";
    for (const word of codes.split(/(?<= )/)) {
      if (line && this.width((line + word).trimEnd()) > room) {
        lines.push(line);
        line = "";
      }
      line += word;
      while (this.width(line.trimEnd()) > room && line.length > 1) {
        let end = 1;
        while (this.width(line.slice(0, end + 1)) <= room) end += 1;
        lines.push(line.slice(0, end));
        line = line.slice(end);
      }
    }
    return [...lines, line];
  }
}

/**
 * The drawing of a text in a field, and whether all of it is seen.
 * @param {Font} font
 * @param {string} text
 * @param {{wide: number, high: number, size: number, ink: string, name: string, lines: boolean}} box
 * @param {Set<string>} lacking
 * @returns {{content: string, fits: boolean}}
 */
export function drawn(font, text, box, lacking) {
  const { wide, high, size, ink, name, lines } = box;
  const room = (wide - 2 * SIDE) / size;
  const coded = text.split("\n").map((line) => font.coded(line, lacking));
  const shown = lines ? coded.flatMap((line) => font.wrapped(line, room)) : [coded.join(" ")];
  const first = lines ? high - SIDE - ASCENT * size : high / 2 - RISE * size;
  const deep = ASCENT * size + (shown.length - 1) * LEADING * size + 2 * SIDE;
  const fits = lines ? deep <= high + LEADING * size * 0.5 : font.width(shown[0] ?? "") <= room;
  const seen = shown.slice(0, Math.ceil(high / (LEADING * size)) + 1);
  const rows = seen.map((line) => `${written(new Bytes(line))} Tj`).join(" T* ");
  const clip = `1 1 ${(wide - 2).toFixed(2)} ${(high - 2).toFixed(2)} re W n`;
  const font_ = `/${name} ${size} Tf ${ink} ${(LEADING * size).toFixed(2)} TL`;
  const content = `/Tx BMC q ${clip} BT ${font_} ${SIDE} ${first.toFixed(2)} Td ${rows} ET Q EMC`;
  return { content, fits };
}
