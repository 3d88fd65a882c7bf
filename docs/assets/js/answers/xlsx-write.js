/**
 * A workbook of sheets with a table each (ISO/IEC 29500-1, 18). Texts stay texts, also those that
 * look like formulas, and there is no formula at all.
 */

import { clean } from "../files/form.js";
import { packed } from "../files/zip.js";
import { wrapped } from "./measure.js";
import { strToU8 } from "../vendor/fflate.js";

/**
 * A cell: a text, a number shown in a way, or nothing. `shown` is a text that stands for a number.
 * @typedef {{text: string, look?: "head" | "title" | "text"} | {number: number, as: "count" | "mean" | "share", shown?: string} | null} Cell
 * @typedef {{name: string, widths: number[], above: Cell[][], header: string[], rows: Cell[][]}} Sheet
 * @typedef {{title: string, language: string, accent: string, theme: Uint8Array,
 *   sheets: Sheet[]}} Book `theme` is that of another Office file
 */

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const LONGEST = 32_767; // letters of a cell
const MOST = 31; // letters of a sheet's name
const [LINE, TALLEST] = [15, 409]; // points of a line, and of the highest row there is
const [UNIT, LETTERS] = [5.25, 9]; // points of a unit of width; a size at which texts are as wide as in Calibri
const LOOKS = ["normal", "text", "head", "title", "count", "mean", "share"];
const FIRST_SHOWN = LOOKS.length;
const TEXT_FORMAT = 49; // what is typed here stays text
const FIRST_FORMAT = 165;

/** @param {string} text */
const safe = (text) =>
  clean(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A text as a cell holds it: what looks like Excel's own way to write a letter is not one. @param {string} text */
const held = (text) => safe(clean(text).slice(0, LONGEST).replace(/_(?=x[\da-f]{4}_)/gi, "_x005F_"));

/** What a spreadsheet calls a column, counted from 0. @param {number} index */
const letters = (index) =>
  (index >= 26 ? String.fromCharCode(64 + Math.floor(index / 26)) : "") + String.fromCharCode(65 + (index % 26));

/**
 * Names of sheets that Excel takes, none twice.
 * @param {string[]} wanted
 */
export function sheetNames(wanted) {
  const taken = new Set();
  return wanted.map((name) => {
    const bare = clean(name).replace(/[[\]:*?/\\]/g, " ").replace(/\s+/g, " ").replace(/^'|'$/g, "").trim() || "-";
    let found = bare.slice(0, MOST).trim();
    for (let at = 2; taken.has(found.toLowerCase()); at += 1) {
      const end = ` ${at}`;
      found = bare.slice(0, MOST - end.length).trim() + end;
    }
    taken.add(found.toLowerCase());
    return found;
  });
}

/**
 * @param {Book} book
 * @returns {Uint8Array}
 */
export function workbook({ title, language, accent, theme, sheets }) {
  const strings = new Strings();
  const names = sheetNames(sheets.map(({ name }) => name));
  /** @type {Record<string, Uint8Array>} */
  const parts = {};
  /** @param {string} name @param {string} text */
  const add = (name, text) => {
    parts[name] = strToU8(HEAD + text);
  };
  const bodies = sheets.map((sheet, at) => written(sheet, at + 1, strings));
  add("[Content_Types].xml", types(sheets));
  add("_rels/.rels", relations([["officeDocument", "xl/workbook.xml"], ["metadata/core-properties", "docProps/core.xml"]]));
  add("docProps/core.xml", core(title, language));
  add("xl/workbook.xml", outline(names, sheets));
  add("xl/_rels/workbook.xml.rels", relations([
    ...sheets.map((_, at) => /** @type {[string, string]} */ (["worksheet", `worksheets/sheet${at + 1}.xml`])),
    ["styles", "styles.xml"],
    ["sharedStrings", "sharedStrings.xml"],
    ["theme", "theme/theme1.xml"],
  ]));
  parts["xl/theme/theme1.xml"] = theme;
  add("xl/styles.xml", styles(accent, strings.shown));
  for (const [at, { xml, table }] of bodies.entries()) {
    add(`xl/worksheets/sheet${at + 1}.xml`, xml);
    if (!table) continue;
    add(`xl/worksheets/_rels/sheet${at + 1}.xml.rels`, relations([["table", `../tables/table${at + 1}.xml`]]));
    add(`xl/tables/table${at + 1}.xml`, table);
  }
  add("xl/sharedStrings.xml", strings.xml());
  return packed(parts);
}

/** The texts of a workbook, each once, and the texts that stand for numbers. */
class Strings {
  constructor() {
    /** @type {Map<string, number>} */
    this.known = new Map();
    /** @type {string[]} */
    this.shown = [];
    this.count = 0;
  }

  /** @param {string} text */
  at(text) {
    this.count += 1;
    const found = this.known.get(text) ?? this.known.size;
    this.known.set(text, found);
    return found;
  }

  /** @param {string} text @returns {number} the look that shows it */
  look(text) {
    if (!this.shown.includes(text)) this.shown.push(text);
    return FIRST_SHOWN + this.shown.indexOf(text);
  }

  xml() {
    const items = [...this.known.keys()].map((text) => `<si><t xml:space="preserve">${held(text)}</t></si>`).join("");
    return `<sst xmlns="${MAIN}" count="${this.count}" uniqueCount="${this.known.size}">${items}</sst>`;
  }
}

/** @param {Sheet} sheet @param {number} number @param {Strings} strings */
function written({ widths, above, header, rows }, number, strings) {
  const head = above.length + 1;
  /** @type {Cell[][]} */
  const all = header.length ? [...above, header.map((text) => ({ text, look: /** @type {const} */ ("head") })), ...rows] : above;
  const lines = all.map((row, at) => `<row r="${at + 1}" ht="${tall(row, widths)}" customHeight="1">${row.map((cell, column) => one(cell, letters(column) + (at + 1), strings)).join("")}</row>`);
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("");
  const pane = header.length
    ? `<pane ySplit="${head}" topLeftCell="A${head + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`
    : "";
  const area = `A${head}:${letters(header.length - 1)}${head + rows.length}`;
  const listed = header.length > 0 && rows.length > 0;
  const xml =
    `<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0"${number === 1 ? ' tabSelected="1"' : ""}>${pane}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>${lines.join("")}</sheetData>` +
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>' +
    `${listed ? '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>' : ""}</worksheet>`;
  const named = header.map((text, at) => `<tableColumn id="${at + 1}" name="${held(text)}"/>`).join("");
  const table =
    `<table xmlns="${MAIN}" id="${number}" name="Del_${number}" displayName="Del_${number}" ref="${area}" totalsRowShown="0">` +
    `<autoFilter ref="${area}"/><tableColumns count="${header.length}">${named}</tableColumns>` +
    '<tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>';
  return { xml, table: listed ? table : "" };
}

/** How high a row is, in points, with all of its texts to be seen. @param {Cell[]} row @param {number[]} widths */
function tall(row, widths) {
  const lines = row.map((cell, at) => {
    if (!cell || !("text" in cell)) return 1;
    return cell.look === "title" ? 1.5 : wrapped(cell.text, (widths[at] ?? 10) * UNIT, LETTERS, cell.look === "head").length;
  });
  return Math.min(Math.max(1, ...lines) * LINE + 1, TALLEST);
}

/** @param {Cell} cell @param {string} ref @param {Strings} strings */
function one(cell, ref, strings) {
  if (!cell) return "";
  if ("number" in cell) {
    const look = cell.shown === undefined ? LOOKS.indexOf(cell.as) : strings.look(cell.shown);
    return `<c r="${ref}" s="${look}"><v>${cell.number}</v></c>`;
  }
  return cell.text ? `<c r="${ref}" s="${LOOKS.indexOf(cell.look ?? "text")}" t="s"><v>${strings.at(cell.text)}</v></c>` : "";
}

/** @param {string} accent @param {string[]} shown */
function styles(accent, shown) {
  const wrap = '<alignment vertical="top" wrapText="1"/>';
  const top = '<alignment vertical="top"/>';
  const formats = [["#,##0", top], ["0.0", top], ['0"\u00a0"%', top], ...shown.map((text) => [`"${text.replaceAll('"', "")}"`, '<alignment horizontal="right" vertical="top"/>'])];
  const own = formats.map(([code = ""], at) => `<numFmt numFmtId="${FIRST_FORMAT + at}" formatCode="${safe(code)}"/>`).join("");
  /** @param {number} format @param {number} font @param {string} align */
  const look = (format, font, align) =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1">${align}</xf>`;
  const looks = [
    ...[look(0, 0, top), look(TEXT_FORMAT, 0, wrap), look(TEXT_FORMAT, 1, wrap), look(TEXT_FORMAT, 2, top)],
    ...formats.map(([, align = top], at) => look(FIRST_FORMAT + at, 0, align)),
  ];
  const font = '<name val="Calibri"/><family val="2"/>';
  return (
    `<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${own}</numFmts>` +
    `<fonts count="3"><font><sz val="11"/>${font}</font><font><b/><sz val="11"/>${font}</font>` +
    `<font><b/><sz val="16"/><color rgb="FF${accent.replace("#", "").toUpperCase()}"/>${font}</font></fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>" +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${looks.length}">${looks.join("")}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

/** @param {string[]} names @param {Sheet[]} sheets */
function outline(names, sheets) {
  const listed = names.map((name, at) => `<sheet name="${safe(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("");
  const titles = sheets.flatMap(({ above, header }, at) => {
    if (!header.length) return [];
    const row = above.length + 1;
    const sheet = safe(`'${(names[at] ?? "").replaceAll("'", "''")}'`);
    return [`<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${sheet}!$${row}:$${row}</definedName>`];
  });
  return (
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView/></bookViews><sheets>${listed}</sheets>` +
    `${titles.length ? `<definedNames>${titles.join("")}</definedNames>` : ""}</workbook>`
  );
}

/** @param {string} title @param {string} language */
const core = (title, language) =>
  `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
  `<dc:title>${safe(title)}</dc:title><dc:language>${safe(language)}</dc:language></cp:coreProperties>`;

/** @param {[string, string][]} targets */
const relations = (targets) =>
  `<Relationships xmlns="${PACKAGE}/relationships">${targets.map(([kind, target], at) => {
    const base = kind.startsWith("metadata/") ? PACKAGE : OFFICE;
    return `<Relationship Id="rId${at + 1}" Type="${base}/relationships/${kind}" Target="${target}"/>`;
  }).join("")}</Relationships>`;

/** @param {Sheet[]} sheets */
function types(sheets) {
  const parts = [
    ["xl/workbook.xml", `${KIND}.sheet.main+xml`],
    ["xl/styles.xml", `${KIND}.styles+xml`],
    ["xl/sharedStrings.xml", `${KIND}.sharedStrings+xml`],
    ["xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"],
    ["docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
    ...sheets.flatMap(({ header, rows }, at) => [
      [`xl/worksheets/sheet${at + 1}.xml`, `${KIND}.worksheet+xml`],
      ...(header.length && rows.length ? [[`xl/tables/table${at + 1}.xml`, `${KIND}.table+xml`]] : []),
    ]),
  ];
  const listed = parts.map(([name, kind]) => `<Override PartName="/${name}" ContentType="${kind}"/>`).join("");
  return (
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>${listed}</Types>`
  );
}
