/** Tables from a file of any of the survey tools: what kind it is, and what is refused. */

import { taken } from "../files/zip.js";
import { WrongFile } from "../lib-wrong.js";
import { csvRows } from "./csv.js";
import { textOf } from "./encoding.js";
import { LARGEST, kindOf } from "./kind.js";
import { jsonRows } from "./surveyjs.js";
import { tidied } from "./tidy.js";

/**
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {{name: string, rows: string[][], notes: Note[], separator?: string}} Page
 */

const UNPACKED = 200_000_000; // bytes of its parts
const MEMBERS = /^(?!.*__MACOSX)[^\0]*\.(csv|tsv|txt|json)$/i;

/**
 * The tables of a file. Raises WrongFile with what the matter is; nothing of the file is run.
 * @param {Uint8Array} bytes
 * @param {string} file its name
 * @returns {Promise<Sheet[]>}
 */
export async function read(bytes, file) {
  if (bytes.length > LARGEST) throw new WrongFile("Large", file);
  try {
    return tables(file, await pagesOf(bytes, file));
  } catch (error) {
    // What a library says of bytes that it cannot read is nothing for a reader.
    if (!(error instanceof WrongFile)) throw new WrongFile("Damaged", file);
    throw error.where === "" ? new WrongFile(error.key, file) : error;
  }
}

/**
 * Each page that has answers. Where none has, what is wrong with the first is told.
 * @param {string} file
 * @param {Page[]} pages
 * @returns {Sheet[]}
 */
function tables(file, pages) {
  /** @type {WrongFile[]} */
  const wrong = [];
  const found = pages.flatMap((page) => {
    try {
      return [tidied(file, page)];
    } catch (error) {
      if (!(error instanceof WrongFile)) throw error;
      wrong.push(error);
      return [];
    }
  });
  if (!found.length) throw new WrongFile(wrong.find(({ key }) => key !== "Empty")?.key ?? "Empty", file);
  return found;
}

/** @param {Uint8Array} bytes @param {string} file @returns {Promise<Page[]>} */
async function pagesOf(bytes, file) {
  const kind = kindOf(bytes, file);
  if (kind.wrong) throw new WrongFile(kind.wrong, kind.where);
  if (kind.zip) return packed(bytes, file);
  return [ofText(bytes, file, "")];
}

/** @param {Uint8Array} bytes @param {string} file @param {string} name @returns {Page} */
function ofText(bytes, file, name) {
  /** @type {Note[]} */
  const notes = [];
  const text = textOf(bytes, notes);
  if (text.includes("\0")) throw new WrongFile("Damaged", file);
  if (/^\s*<(!doctype|html|\?xml|table|meta)/i.test(text)) throw new WrongFile("Foreign", "HTML");
  const json = /^\s*[[{]/.test(text) && /^\s*(\[\s*[[{\]]|\{\s*["}])/.test(text);
  return { name, notes, ...(json ? { rows: jsonRows(text) } : csvRows(text)) };
}

/**
 * A workbook, or what ODK gives out: a ZIP file of tables.
 * @param {Uint8Array} bytes
 * @param {string} file
 * @returns {Promise<Page[]>}
 */
async function packed(bytes, file) {
  const { PARTS, pages } = await import("./xlsx.js");
  const wanted = new RegExp(`${PARTS.source}|${MEMBERS.source}`, "i");
  const { parts, large } = taken(bytes, wanted, UNPACKED);
  if (large) throw new WrongFile("Large", file);
  const names = new Map(Object.keys(parts).map((name) => [name.toLowerCase(), name]));
  if (names.has("xl/workbook.xml")) {
    return pages((name) => {
      const found = parts[names.get(name.toLowerCase()) ?? ""];
      return found && new TextDecoder(utf16(found)).decode(found);
    });
  }
  const members = Object.entries(parts).filter(([name]) => MEMBERS.test(name));
  if (!members.length || /\.xls\w?$/i.test(file)) throw new WrongFile("Foreign", "ZIP");
  return members.map(([name, part]) => ofText(part, file, name));
}

/** @param {Uint8Array} bytes */
const utf16 = ([first]) => (first === 0xff ? "utf-16le" : first === 0xfe ? "utf-16be" : "utf-8");
