/**
 * Fillable PDF: a document's answers in the fields of the site's own form, drawn with the form's
 * own font, so that every reader shows them, also one that draws nothing itself.
 *
 * A PDF cannot grow: what has no field, and what its box does not show, is told of in `left`.
 */

import { fields, tell } from "./form.js";
import { Font, drawn } from "./pdf-draw.js";
import { PdfFile } from "./pdf-file.js";
import { Name, Ref, dictOf, numberOf, textOf, textString, written } from "./pdf-objects.js";
import { computed, shown, sums } from "./reckon.js";
import { answers, cells, cover, shortDate } from "./said.js";

/**
 * @typedef {import("./form.js").Field} Field
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Answered} Answered
 * @typedef {import("./form.js").Left} Left
 * @typedef {import("./pdf-objects.js").Dict} Dict
 * @typedef {import("./said.js").Said} Said
 * @typedef {{id: string, label: string}} Asked
 */

const MULTILINE = 1 << 12; // ISO 32000-1, table 228

/**
 * The site's fillable PDF with a document's answers in it.
 * @param {Uint8Array} bytes
 * @param {Form} form
 * @param {Answered} doc
 * @param {Left[]} [left]
 * @returns {Uint8Array}
 */
export function fill(bytes, form, doc, left = []) {
  const filler = new Filler(new PdfFile(bytes), left);
  const lines = cover(form, doc);
  for (const [at, { key, label }] of form.cover.entries()) {
    const said = lines.get(key);
    if (said) filler.put(`forside_${at + 1}`, said, { id: `cover.${key}`, label });
  }
  const said = answers(form, doc);
  for (const field of fields(form)) {
    if (field.kind === "table") filler.table(form, doc, field);
    else if (field.kind === "points") {
      for (const { id } of field.points ?? []) filler.tick(`punkt_${id}`, said.get(`${field.id}/${id}`));
    } else if (field.kind === "checklist") {
      for (const [code] of field.options ?? []) filler.tick(`${field.id}_${code}`, said.get(`${field.id}/${code}`));
    } else {
      const answer = said.get(field.id);
      if (answer) filler.put(field.id, answer, field);
    }
  }
  if (filler.missing) tell(left, { why: "Fields", id: "", label: "", count: filler.missing });
  return filler.file.whole();
}

class Filler {
  /** @param {PdfFile} file @param {Left[]} left */
  constructor(file, left) {
    this.file = file;
    this.left = left;
    this.missing = 0;
    const form = file.dict(file.dict(file.trailer.get("Root")).get("AcroForm"));
    this.fonts = file.dict(file.dict(form.get("DR")).get("Font"));
    /** @type {Map<string, Font>} */
    this.known = new Map();
    /** @type {Ref | undefined} the form's one font, for all drawings */
    this.resources = undefined;
    /** @type {Map<string, number>} */
    this.numbers = new Map();
    const refs = file.value(form.get("Fields"));
    for (const ref of Array.isArray(refs) ? refs : []) {
      if (ref instanceof Ref) this.numbers.set(textOf(file.dict(ref).get("T")), ref.number);
    }
  }

  /** @param {Form} form @param {Answered} doc @param {Field} field */
  table(form, doc, field) {
    const columns = field.columns ?? [];
    const labels = field.labels ?? [];
    const rows = cells(form, doc, field);
    let without = 0;
    for (const [at, row] of rows.entries()) {
      if (!columns.some(({ id }) => this.numbers.has(`${field.id}_${at + 1}_${id}`))) {
        without += 1;
        continue;
      }
      for (const [index, column] of columns.entries()) {
        const said = row[column.id];
        // What is printed there from the start is no field.
        if (!said || (index === 0 && said.data === labels[at])) continue;
        const asked = { id: `${field.id}.${column.id}`, label: column.label };
        this.put(`${field.id}_${at + 1}_${column.id}`, said, asked);
      }
    }
    if (without) tell(this.left, { why: "Rows", id: field.id, label: field.label, count: without });
    const whole = rows.length ? sums(field, computed(form, doc, field)) : {};
    for (const column of columns) {
      const sum = whole[column.id];
      if (sum === undefined) continue;
      const text = shown(column.kind, sum);
      this.put(`${field.id}_sum_${column.id}`, { data: text, shown: text }, column);
    }
  }

  /** @param {string} name @param {Said | undefined} said */
  tick(name, said) {
    if (said?.data !== "1") return;
    const field = this.field(name);
    if (!field) return;
    const states = this.file.dict(this.file.dict(field.dict.get("AP")).get("N"));
    const on = new Name([...states.keys()].find((state) => state !== "Off") ?? "on");
    field.dict.set("V", on);
    field.dict.set("AS", on);
    this.file.changed.set(field.number, written(field.dict));
  }

  /** @param {string} name @returns {{dict: Dict, number: number} | undefined} */
  field(name) {
    const number = this.numbers.get(name);
    if (number === undefined) {
      this.missing += 1;
      return undefined;
    }
    return { dict: this.file.dict(new Ref(number)), number };
  }

  /**
   * Put an answer into a field: its value, and its drawing.
   * @param {string} name @param {Said} said @param {Asked} asked
   */
  put(name, said, { id, label }) {
    const field = this.field(name);
    if (!field) return;
    const { dict, number } = field;
    const choice = dict.get("FT");
    const chosen = choice instanceof Name && choice.name === "Ch";
    const text = chosen ? said.shown : shortDate(said.data);
    dict.set("V", textString((chosen ? said.data : text).replaceAll("\n", "\r")));
    dict.delete("AP");
    if (text) this.draw(dict, text, { id, label });
    this.file.changed.set(number, written(dict));
  }

  /** @param {Dict} dict @param {string} text @param {Asked} asked */
  draw(dict, text, { id, label }) {
    const [, name = "", size = "0", ink = ""] = /\/(\S+) ([\d.]+) Tf (.*)/.exec(textOf(dict.get("DA"))) ?? [];
    const rect = dict.get("Rect");
    const [left = 0, bottom = 0, right = 0, top = 0] = Array.isArray(rect) ? rect.map(numberOf) : [];
    const [wide, high] = [Math.abs(right - left), Math.abs(top - bottom)];
    const lines = Boolean(numberOf(dict.get("Ff")) & MULTILINE);
    const box = { wide, high, size: Number(size), ink, name, lines };
    const lacking = new Set();
    const { content, fits } = drawn(this.font(name), text, box, lacking);
    const own = this.fonts.get(name) ?? null;
    this.resources ??= this.file.add(dictOf([["Font", dictOf([[name, own]])]]));
    const drawing = dictOf([
      ["Type", new Name("XObject")],
      ["Subtype", new Name("Form")],
      ["BBox", [0, 0, Math.round(wide * 100) / 100, Math.round(high * 100) / 100]],
      ["Resources", this.resources],
    ]);
    dict.set("AP", dictOf([["N", this.file.addStream(drawing, content)]]));
    if (lacking.size) tell(this.left, { why: "Letters", id, label, text: [...lacking].join("") });
    if (!fits) tell(this.left, { why: "Hidden", id, label });
  }

  /** @param {string} name @returns {Font} */
  font(name) {
    const found = this.known.get(name) ?? new Font(this.file, this.fonts.get(name));
    this.known.set(name, found);
    return found;
  }
}
