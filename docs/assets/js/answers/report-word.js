/** Blocks of a report as WordprocessingML, in the styles of the handbook's own Word files. */

import { clean } from "../files/form.js";
import { least } from "./tables.js";

/** @typedef {import("./report-content.js").Block} Block */
/** @typedef {import("./tables.js").Table} Table */
/** @typedef {import("./say.js").Say} Say */
/** @typedef {import("./png.js").Picture} Drawn */
/** @typedef {{level: number, text: string, bookmark: string}} Entry a heading, for the contents */

const ROOM = 9298; // twips across a page: A4 and its margins
const POINT = 20; // twips
const EMU = 635; // of a twip
const PIXEL = 9525; // EMU of 1/96 inch
const TALLEST = 860; // pixels of a picture on a page
const BULLETS = 1; // the numbering of all bullet lists in our files
const LEVELS = 4; // of headings
const WHOLE = 9; // rows of a table that stays on one page

/** Text between tags. @param {string} text */
export const safe = (text) =>
  clean(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** @param {string} text @param {string} [look] */
const run = (text, look = "") =>
  clean(text).split(/(\n|\t)/).filter(Boolean).map((piece) => {
    const inner = piece === "\n" ? "<w:br/>" : piece === "\t" ? "<w:tab/>" : `<w:t xml:space="preserve">${safe(piece)}</w:t>`;
    return `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ""}${inner}</w:r>`;
  }).join("");

/** @param {string} style @param {string} inner @param {string} [more] */
export const paragraph = (style, inner, more = "") =>
  `<w:p><w:pPr>${style ? `<w:pStyle w:val="${style}"/>` : ""}${more}</w:pPr>${inner}</w:p>`;

/** A field of Word's with its last result. @param {string} instruction @param {string} result */
const field = (instruction, result) =>
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' +
  `<w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r>` +
  `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;

export class Writer {
  /** @param {Say} say @param {boolean} madeUp */
  constructor(say, madeUp) {
    this.say = say;
    this.madeUp = madeUp;
    this.count = { picture: 0, table: 0 };
    /** @type {{relation: string, bytes: Uint8Array}[]} */
    this.pictures = [];
    /** @type {Entry[]} */
    this.entries = [];
  }

  /**
   * @param {Block} block
   * @param {Drawn} [drawn] what a picture became
   * @returns {string}
   */
  written(block, drawn) {
    if (block.kind === "heading") return this.heading(block.level, block.text);
    if (block.kind === "list") return block.items.map((item) => this.item(item)).join("");
    if (block.kind === "table") return this.table(block.table);
    if (block.kind === "picture") return drawn ? this.picture(block.caption, block.scene.desc, drawn) : "";
    return block.strong ? paragraph("", run(block.text, "<w:b/>"), "<w:keepNext/>") : paragraph("", run(block.text));
  }

  /** @param {number} level @param {string} text */
  heading(level, text) {
    const number = this.entries.length + 1;
    const bookmark = `svar_${number}`;
    this.entries.push({ level, text, bookmark });
    const id = 900_000 + number;
    const inner = `<w:bookmarkStart w:id="${id}" w:name="${bookmark}"/>${run(text)}<w:bookmarkEnd w:id="${id}"/>`;
    return paragraph(`Heading${Math.min(level + 1, LEVELS)}`, inner);
  }

  /** @param {string} text */
  item = (text) =>
    paragraph("ListBullet", run(text), `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${BULLETS}"/></w:numPr>`);

  /** The line above a table or a picture, with a number that Word keeps right. @param {"table" | "picture"} kind @param {string} text */
  caption(kind, text) {
    const number = (this.count[kind] += 1);
    const told = this.madeUp ? this.say.words("report.made_up_caption", { text }) : text;
    const [before = "", after = ""] = this.say.words(`report.${kind}`, { n: "\u0000", text: told }).split("\u0000");
    const name = kind === "table" ? "Tabell" : "Figur";
    return paragraph("Caption", run(before) + field(`SEQ ${name} \\* ARABIC`, String(number)) + run(after));
  }

  /** @param {Table} table */
  table({ caption, header, rows, notes }) {
    const below = notes.map((note) => paragraph("Hjelpetekst", run(note))).join("");
    if (!rows.length) return below || paragraph("", run(this.say.words("report.nothing")));
    const columns = columnsOf(header, rows);
    const widths = fitted(columns);
    const right = columns.map((column) => column.right);
    const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
    const properties =
      '<w:tblPr><w:tblStyle w:val="TabellTabell"/>' +
      `<w:tblW w:w="${sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>` +
      '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>' +
      `<w:tblCaption w:val="${safe(caption)}"/></w:tblPr>`;
    const lines = [header, ...rows].map((row, at) => this.row(row, widths, right, at === 0, rows.length <= WHOLE && at < rows.length)).join("");
    return `${this.caption("table", caption)}<w:tbl>${properties}<w:tblGrid>${grid}</w:tblGrid>${lines}</w:tbl>${paragraph("Mellomrom", "")}${below}`;
  }

  /** @param {string[]} cells @param {number[]} widths @param {boolean[]} right @param {boolean} head @param {boolean} kept on one page with the next */
  row(cells, widths, right, head, kept) {
    const short = cells.length < widths.length; // the last cell reaches to the end
    const made = cells.map((text, at) => {
      const last = short && at === cells.length - 1;
      const width = last ? sum(widths.slice(at)) : (widths[at] ?? 0);
      const span = last ? `<w:gridSpan w:val="${widths.length - at}"/>` : "";
      const side = (kept ? "<w:keepNext/>" : "") + (right[at] && !last ? '<w:jc w:val="right"/>' : "");
      const style = head ? "Tabellhode" : "Tabelltekst";
      return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span}</w:tcPr>${paragraph(style, run(text), side)}</w:tc>`;
    });
    return `<w:tr><w:trPr><w:cantSplit/>${head ? "<w:tblHeader/>" : ""}</w:trPr>${made.join("")}</w:tr>`;
  }

  /** @param {string} caption @param {string} desc @param {Drawn} drawn */
  picture(caption, desc, { bytes, width, height }) {
    const number = this.pictures.length + 1;
    const relation = `rIdSvar${number}`;
    this.pictures.push({ relation, bytes });
    const scale = Math.min(1, (ROOM * EMU) / PIXEL / width, TALLEST / height);
    const size = `cx="${Math.round(width * scale * PIXEL)}" cy="${Math.round(height * scale * PIXEL)}"`;
    const named = `id="${5000 + number}" name="${safe(`Figur ${number}`)}" descr="${safe(desc)}"`;
    const inner =
      `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ${size}/><wp:docPr ${named}/>` +
      '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>' +
      '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>' +
      `<pic:cNvPr ${named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
      `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>` +
      "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>";
    return this.caption("picture", caption) + paragraph("", inner, '<w:spacing w:before="0" w:after="160"/>');
  }
}

/** @param {number[]} values */
const sum = (values) => values.reduce((whole, one) => whole + one, 0);

/** Whether a column holds figures, which stand to the right. @param {string[]} texts */
const figures = (texts) => texts.length > 0 && texts.every((text) => !text || (/\d/.test(text) && text.length < 12));

/**
 * Columns with what stands in each, its head first.
 * @param {string[]} header @param {string[][]} rows
 */
function columnsOf(header, rows) {
  const whole = rows.filter((row) => row.length === header.length);
  return header.map((head, at) => {
    const texts = whole.map((row) => row[at] ?? "");
    return { head, texts, right: at > 0 && figures(texts) };
  });
}

/**
 * Widths of columns in twips: each has room for its longest word; what is left goes to those of
 * text, by how much stands there.
 * @param {{head: string, texts: string[], right: boolean}[]} columns
 */
function fitted(columns) {
  const lows = columns.map(({ head, texts }) => Math.max(least(head), ...texts.map((text) => least(text, false))) * POINT);
  const wishes = columns.map(({ texts, right }, at) =>
    (right ? 0 : Math.min(Math.max(1, ...texts.map(({ length }) => length)), 60)) + (at ? 0 : 1));
  const spare = ROOM - sum(lows);
  const found = lows.map((low, at) =>
    Math.floor(spare < 0 ? (low * ROOM) / sum(lows) : low + (spare * (wishes[at] ?? 0)) / sum(wishes)));
  found[0] = (found[0] ?? 0) + ROOM - sum(found);
  return found;
}
