/**
 * The objects of a PDF (ISO 32000-1, 7.3): read from the site's own forms, and written.
 *
 * It is no reader of PDFs from elsewhere: it knows what `macros/writers/fillable/` writes, which is
 * objects in streams and one cross-reference stream, and raises an error at all else.
 */

/** A name, such as `/Tx`. */
export class Name {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }
}

/** A reference to an object. */
export class Ref {
  /** @param {number} number */
  constructor(number) {
    this.number = number;
  }
}

/** A string: its bytes, each as a letter with that number. */
export class Bytes {
  /** @param {string} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }
}

/** What is written as it stands, such as a number with its decimals. */
export class Raw {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/**
 * @typedef {Map<string, PdfValue>} Dict
 * @typedef {null | boolean | number | Name | Ref | Bytes | Raw | any[] | Map<string, any>} PdfValue
 */

const SPACE = /[\0\t\n\f\r ]*(?:%[^\n\r]*[\0\t\n\f\r ]*)*/y;
const TOKEN = /<<|>>|[[\]]|\/[^\0\t\n\f\r ()<>[\]{}/%]*|[^\0\t\n\f\r ()<>[\]{}/%]+/y;
const REF = /(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/y;
const HEX = /<([\da-f\s]*)>/iy;
/** @type {Record<string, string>} */
const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Reads one object after the other from a text that has a letter for each byte. */
export class Parser {
  /** @param {string} text @param {number} [at] */
  constructor(text, at = 0) {
    this.text = text;
    this.at = at;
  }

  /** @param {RegExp} what @returns {RegExpExecArray | null} */
  take(what) {
    what.lastIndex = this.at;
    const found = what.exec(this.text);
    if (found) this.at = what.lastIndex;
    return found;
  }

  /** @returns {PdfValue} */
  value() {
    this.take(SPACE);
    const ref = this.take(REF);
    if (ref) return new Ref(Number(ref[1]));
    if (this.text[this.at] === "(") return this.literal();
    const hex = this.take(HEX);
    if (hex) return unhexed(hex[1] ?? "");
    const token = this.take(TOKEN)?.[0];
    if (token === "<<") return this.dict();
    if (token === "[") return this.array();
    if (token?.startsWith("/")) return new Name(named(token.slice(1)));
    if (token === "true" || token === "false") return token === "true";
    if (token === "null") return null;
    const number = Number(token);
    if (token === undefined || Number.isNaN(number)) throw new Error(`PDF: ${token} (${this.at})`);
    return Number.isInteger(number) ? number : new Raw(token);
  }

  /** @returns {Dict} */
  dict() {
    const found = new Map();
    for (;;) {
      this.take(SPACE);
      const key = this.take(TOKEN)?.[0];
      if (key === ">>") return found;
      if (!key?.startsWith("/")) throw new Error(`PDF: ${key} (${this.at})`);
      found.set(named(key.slice(1)), this.value());
    }
  }

  /** @returns {PdfValue[]} */
  array() {
    const found = [];
    for (;;) {
      this.take(SPACE);
      if (this.text[this.at] === "]") {
        this.at += 1;
        return found;
      }
      found.push(this.value());
    }
  }

  literal() {
    let found = "";
    let depth = 0;
    for (this.at += 1; this.at < this.text.length; this.at++) {
      const letter = this.text[this.at] ?? "";
      if (letter === "\\") found += this.escaped();
      else if (letter === ")" && depth === 0) {
        this.at += 1;
        return new Bytes(found);
      } else {
        depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
        found += letter;
      }
    }
    throw new Error("PDF: (");
  }

  escaped() {
    this.at += 1;
    const octal = /[0-7]{1,3}/y;
    octal.lastIndex = this.at;
    const code = octal.exec(this.text)?.[0];
    if (code) {
      this.at += code.length - 1;
      return String.fromCharCode(parseInt(code, 8) & 255);
    }
    const letter = this.text[this.at] ?? "";
    if (letter === "\r" && this.text[this.at + 1] === "\n") this.at += 1;
    return letter === "\r" || letter === "\n" ? "" : (ESCAPES[letter] ?? letter);
  }
}

/** @param {string} hex */
function unhexed(hex) {
  const digits = hex.replace(/\s/g, "");
  const pairs = digits.padEnd(digits.length + (digits.length % 2), "0").match(/../g) ?? [];
  return new Bytes(pairs.map((pair) => String.fromCharCode(parseInt(pair, 16))).join(""));
}

/** @param {string} name */
const named = (name) => name.replace(/#([\da-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));

/**
 * An object as it is written.
 * @param {PdfValue} value
 * @returns {string}
 */
export function written(value) {
  if (value instanceof Name) {
    const odd = /[^!-~]|[#()<>[\]{}/%]/g;
    return `/${value.name.replace(odd, (one) => `#${one.charCodeAt(0).toString(16).padStart(2, "0")}`)}`;
  }
  if (value instanceof Ref) return `${value.number} 0 R`;
  if (value instanceof Raw) return value.text;
  if (value instanceof Bytes) {
    return `<${[...value.bytes].map((one) => one.charCodeAt(0).toString(16).padStart(2, "0")).join("")}>`;
  }
  if (Array.isArray(value)) return `[${value.map(written).join(" ")}]`;
  if (value instanceof Map) {
    return `<<${[...value].map(([key, one]) => `${written(new Name(key))} ${written(one)}`).join(" ")}>>`;
  }
  return String(value);
}

/**
 * A text as a PDF has it (7.9.2.2): as its letters where they are plain, else in UTF-16.
 * @param {string} text
 */
export function textString(text) {
  if (/^[ -~\r\n\t]*$/.test(text)) return new Bytes(text);
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return new Bytes(String.fromCharCode(254, 255, ...units.flatMap((unit) => [unit >> 8, unit & 255])));
}

/** The text of a string. @param {PdfValue | undefined} value */
export function textOf(value) {
  const bytes = value instanceof Bytes ? value.bytes : "";
  if (!bytes.startsWith("\u00fe\u00ff")) return bytes;
  let found = "";
  for (let at = 2; at + 1 < bytes.length; at += 2) {
    found += String.fromCharCode(bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1));
  }
  return found;
}

/** A dictionary. @param {[string, PdfValue][]} entries @returns {Dict} */
export const dictOf = (entries) => new Map(entries);

/** A number, also one with decimals. @param {PdfValue | undefined} value */
export const numberOf = (value) => Number(value instanceof Raw ? value.text : (value ?? 0));
