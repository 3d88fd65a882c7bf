/**
 * A PDF of ours as a file: its objects by number (ISO 32000-1, 7.5), and what is changed in it
 * written after all that was there (7.5.6), so that its tags and pages are as they were.
 */

import { unzlibSync, zlibSync } from "../vendor/fflate.js";
import { Name, Parser, Ref, dictOf, numberOf, written } from "./pdf-objects.js";

/**
 * @typedef {import("./pdf-objects.js").Dict} Dict
 * @typedef {import("./pdf-objects.js").PdfValue} PdfValue
 * @typedef {{dict: Dict, at: number}} Found a dictionary, and where what follows it begins
 */

export class PdfFile {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.text = latin(bytes);
    /** @type {Map<number, string>} what is new, as it is written: objects, and streams */
    this.changed = new Map();
    /** @type {Map<number, string>} */
    this.added = new Map();
    /** @type {Map<number, PdfValue[]>} */
    this.streams = new Map();
    this.start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(this.text.slice(-100))?.[1]);
    const { dict, at } = this.head(this.start);
    if (dict.has("Prev")) throw new Error("PDF: Prev");
    this.trailer = dict;
    this.places = places(dict, this.decoded(dict, at));
    this.size = numberOf(dict.get("Size"));
  }

  /** The dictionary of the object that begins at a place. @param {number} place @returns {Found} */
  head(place) {
    const parser = new Parser(this.text, place);
    if (!parser.take(/\s*\d+\s+\d+\s+obj/y)) throw new Error(`PDF: obj (${place})`);
    const dict = parser.value();
    return { dict: dict instanceof Map ? dict : new Map([["", dict]]), at: parser.at };
  }

  /** What a stream holds. @param {Dict} dict @param {number} at @returns {Uint8Array} */
  decoded(dict, at) {
    const begin = /\s*stream\r?\n/y;
    begin.lastIndex = at;
    begin.exec(this.text);
    const length = numberOf(this.value(dict.get("Length") ?? 0));
    const raw = this.bytes.subarray(begin.lastIndex, begin.lastIndex + length);
    const filter = dict.get("Filter");
    const bytes = filter instanceof Name && filter.name === "FlateDecode" ? unzlibSync(raw) : raw;
    const how = dict.get("DecodeParms");
    return how instanceof Map && numberOf(how.get("Predictor")) >= 10
      ? unpredicted(bytes, numberOf(how.get("Columns") ?? 1))
      : bytes;
  }

  /** What a reference leads to, else the value itself. @param {PdfValue | undefined} value @returns {PdfValue | undefined} */
  value(value) {
    return value instanceof Ref ? this.object(value.number) : value;
  }

  /** @param {PdfValue | undefined} value @returns {Dict} */
  dict(value) {
    const found = this.value(value);
    return found instanceof Map ? found : new Map();
  }

  /** @param {number} number @returns {PdfValue | undefined} */
  object(number) {
    const place = this.places.get(number);
    if (!place) return undefined;
    if (place.stream === undefined) {
      const { dict } = this.head(place.at);
      return dict.get("") ?? dict;
    }
    return this.inside(place.stream)[place.at];
  }

  /** The objects in a stream of objects. @param {number} number @returns {PdfValue[]} */
  inside(number) {
    let found = this.streams.get(number);
    if (!found) {
      const { dict, at } = this.head(this.places.get(number)?.at ?? 0);
      const text = latin(this.decoded(dict, at));
      const first = numberOf(dict.get("First"));
      const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
      const offsets = numbers.filter((_, index) => index % 2);
      found = offsets.map((offset) => new Parser(text, first + offset).value());
      this.streams.set(number, found);
    }
    return found;
  }

  /** What the stream of an object holds, as text. @param {PdfValue | undefined} ref */
  stream(ref) {
    const { dict, at } = this.head(this.places.get(ref instanceof Ref ? ref.number : 0)?.at ?? 0);
    return latin(this.decoded(dict, at));
  }

  /** Add an object, such as one that several share. @param {PdfValue} value @returns {Ref} */
  add(value) {
    this.changed.set(this.size, written(value));
    this.size += 1;
    return new Ref(this.size - 1);
  }

  /** Add a stream. @param {Dict} dict @param {string} content @returns {Ref} */
  addStream(dict, content) {
    dict.set("Length", content.length);
    this.added.set(this.size, `${written(dict)}\nstream\n${content}\nendstream`);
    this.size += 1;
    return new Ref(this.size - 1);
  }

  /** The file, with what was changed after what was there. @returns {Uint8Array} */
  whole() {
    const group = this.grouped();
    let text = "\n";
    /** @type {Map<number, number[]>} a row of the table for each object: kind, place, index */
    const table = new Map();
    for (const [number, content] of this.added) {
      table.set(number, [1, this.bytes.length + text.length, 0]);
      text += `${number} 0 obj\n${content}\nendobj\n`;
    }
    for (const [at, number] of [...this.changed.keys()].entries()) table.set(number, [2, group, at]);
    const start = this.bytes.length + text.length;
    table.set(this.size, [1, start, 0]);
    text += `${this.size} 0 obj\n${this.table(table)}\nendobj\nstartxref\n${start}\n%%EOF\n`;
    const found = new Uint8Array(this.bytes.length + text.length);
    found.set(this.bytes);
    for (let at = 0; at < text.length; at++) found[this.bytes.length + at] = text.charCodeAt(at);
    return found;
  }

  /** Put what is changed into one compressed stream (7.5.7), and give its number. */
  grouped() {
    let objects = "";
    let head = "";
    for (const [number, content] of this.changed) {
      head += `${number} ${objects.length} `;
      objects += `${content}\n`;
    }
    const bytes = Uint8Array.from(head + objects, (letter) => letter.charCodeAt(0));
    const dict = dictOf([
      ["Type", new Name("ObjStm")],
      ["N", this.changed.size],
      ["First", head.length],
      ["Filter", new Name("FlateDecode")],
    ]);
    return this.addStream(dict, latin(zlibSync(bytes))).number;
  }

  /** The table of what is new (7.5.8). @param {Map<number, number[]>} rows */
  table(rows) {
    const numbers = [...rows.keys()].sort((a, b) => a - b);
    const bytes = numbers.flatMap((number) => {
      const [kind = 0, place = 0, index = 0] = rows.get(number) ?? [];
      return [kind, place >>> 24, place >> 16, place >> 8, place, index >> 8, index];
    });
    /** @type {[string, PdfValue][]} */
    const kept = ["Root", "Info", "ID"].map((key) => [key, this.trailer.get(key) ?? null]);
    const dict = dictOf([
      ["Type", new Name("XRef")],
      ["Size", this.size + 1],
      ["Prev", this.start],
      ["W", [1, 4, 2]],
      ["Index", numbers.flatMap((number) => [number, 1])],
      ["Length", bytes.length],
      ...kept,
    ]);
    return `${written(dict)}\nstream\n${latin(Uint8Array.from(bytes))}\nendstream`;
  }
}

/** A letter for each byte. @param {Uint8Array} bytes */
function latin(bytes) {
  let found = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    found += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return found;
}

/** Undo PNG's filters (ISO 32000-1, 7.4.4.4). @param {Uint8Array} bytes @param {number} columns */
function unpredicted(bytes, columns) {
  const rows = Math.floor(bytes.length / (columns + 1));
  const found = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const filter = bytes[row * (columns + 1)];
    if (filter !== 0 && filter !== 2) throw new Error(`PDF: Predictor ${filter}`);
    for (let at = 0; at < columns; at++) {
      const above = filter && row ? (found[(row - 1) * columns + at] ?? 0) : 0;
      found[row * columns + at] = (bytes[row * (columns + 1) + 1 + at] ?? 0) + above;
    }
  }
  return found;
}

/**
 * Where each object is: at a place in the file, or in a stream as number so and so.
 * @param {Dict} dict @param {Uint8Array} table
 * @returns {Map<number, {at: number, stream?: number}>}
 */
function places(dict, table) {
  const found = new Map();
  const sizes = dict.get("W");
  const [kind = 0, place = 0, more = 0] = Array.isArray(sizes) ? sizes.map(numberOf) : [];
  const index = dict.get("Index") ?? [0, dict.get("Size") ?? 0];
  const sections = Array.isArray(index) ? index.map(numberOf) : [];
  let at = 0;
  /** @param {number} count */
  const take = (count) => {
    let value = 0;
    for (let end = at + count; at < end; at++) value = value * 256 + (table[at] ?? 0);
    return value;
  };
  for (let section = 0; section < sections.length; section += 2) {
    const first = sections[section] ?? 0;
    for (let number = first; number < first + (sections[section + 1] ?? 0); number++) {
      const type = kind ? take(kind) : 1;
      const [second, third] = [take(place), take(more)];
      if (type === 1) found.set(number, { at: second });
      if (type === 2) found.set(number, { at: third, stream: second });
    }
  }
  return found;
}
