/** What a cell of a workbook holds, as text: strings by number, dates by style, and the letters of XML. */

const DAY = 86_400_000;
const BUILT_IN = [[14, 22], [27, 36], [45, 47], [50, 58]]; // numbers of the formats that are dates
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
/** @type {Record<string, string>} */
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Text of XML with its letters, also those beyond the first 65,536, which the parser's own way cuts.
 * @param {string} text
 */
export function unescaped(text) {
  if (!text.includes("&")) return text;
  return text.replace(ENTITY, (whole, decimal, hex, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const point = decimal ? Number(decimal) : parseInt(hex, 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "";
  });
}

/** What OOXML writes for a letter that XML has none for: carriage returns, mostly. @param {string} text */
export const unhidden = (text) =>
  text.includes("_x") ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))) : text;

/**
 * Whether a number format shows a date: what is quoted or in brackets does not count.
 * @param {number} id
 * @param {string | undefined} code
 */
export function isDate(id, code) {
  if (code === undefined) return BUILT_IN.some(([from = 0, to = 0]) => id >= from && id <= to);
  const bare = code.replace(/\\.|"[^"]*"|\[(?!h|m|s)[^\]]*\]|_.|\*./gi, "").split(";")[0] ?? "";
  return /[dmyhs]/i.test(bare) && !/general|0[.,]?0*e/i.test(bare);
}

/**
 * The day and time that a workbook's number is, as ISO writes it: «2026-03-01», «2026-03-01T09:30:00».
 * @param {number} serial days since the end of 1899, or of 1904
 * @param {boolean} late whether it is 1904
 */
export function isoDate(serial, late = false) {
  if (!(serial >= 0 && serial < 2_958_466)) return String(serial);
  // The first system has a 29 February 1900 that never was.
  const days = late ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  const iso = new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString().slice(0, 19);
  if (serial < 1 && !late) return iso.slice(11);
  return iso.endsWith("T00:00:00") ? iso.slice(0, 10) : iso;
}

/** The number of days that an ISO date is in a workbook. @param {string} iso */
export const serialOf = (iso) => Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY) + 25_569;

/** The column that a cell's name says, from 0: «AB7» is 27. @param {string} name */
export function columnOf(name) {
  let found = 0;
  for (const letter of name) {
    const code = letter.charCodeAt(0);
    if (code < 65 || code > 90) break;
    found = found * 26 + code - 64;
  }
  return found - 1;
}
