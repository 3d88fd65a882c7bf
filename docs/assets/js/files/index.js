/**
 * A document's answers as a file: in the very files that the site offers, fetched when they are
 * asked for, like the code that fills each of them. And a file that comes from elsewhere, read.
 */

import { WrongFile } from "./form.js";

export { WrongFile };

/**
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Answered} Answered
 * @typedef {import("./form.js").Saved} Saved
 * @typedef {import("./form.js").Left} Left
 * @typedef {"docx" | "odt" | "xlsx" | "fillable" | "json"} Format
 * @typedef {{name: string, type: string, bytes: Uint8Array<ArrayBuffer>, left: Left[]}} Made
 * @typedef {{fill: (bytes: Uint8Array, form: Form, doc: Answered, left: Left[]) => Uint8Array}} Writer
 */

const OFFICE = "application/vnd.openxmlformats-officedocument";
/** @type {Record<Format, string>} */
const TYPES = {
  docx: `${OFFICE}.wordprocessingml.document`,
  odt: "application/vnd.oasis.opendocument.text",
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  fillable: "application/pdf",
  json: "application/json",
};
/** @type {Partial<Record<Format, () => Promise<Writer>>>} */
const WRITERS = {
  docx: () => import("./docx.js"),
  fillable: () => import("./pdf.js"),
  odt: () => import("./odt.js"),
  xlsx: () => import("./xlsx.js"),
};

/**
 * A document in a format that its form has; what has no room in the file is told of in `left`.
 * Raises what `fetch` raises without a net, and an error where the site has no such file.
 * @param {Format} format
 * @param {string} root the address of the language's root, which the form's files lead from
 * @param {Form} form
 * @param {Saved} doc
 * @returns {Promise<Made>}
 */
export async function make(format, root, form, doc) {
  /** @type {Left[]} */
  const left = [];
  const bytes = await written(format, root, form, doc, left);
  const ending = format === "fillable" ? "pdf" : format;
  const name = `${fileName(doc.name) || fileName(form.title)}.${ending}`;
  return { name, type: TYPES[format], bytes: new Uint8Array(bytes), left };
}

/** @param {Format} format @param {string} root @param {Form} form @param {Saved} doc @param {Left[]} left */
async function written(format, root, form, doc, left) {
  if (format === "json") return new TextEncoder().encode((await import("./json.js")).write(doc));
  const address = form.files[format];
  const load = WRITERS[format];
  if (!address || !load) throw new Error(`${form.kind}/${form.id}: ${format}`);
  const [writer, answer] = await Promise.all([load(), fetch(root + address)]);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return writer.fill(new Uint8Array(await answer.arrayBuffer()), form, doc, left);
}

/**
 * A name that every system takes for a file: no sign with a meaning, and not too long.
 * @param {string} name
 */
const fileName = (name) =>
  name
    .replace(/[\u0000-\u001f<>:"/\\|?*]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+/, "")
    .slice(0, 100)
    .replace(/[\s.]+$/, "")
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)$/i, "$1_");

/**
 * The document in a file that was chosen: our JSON, or a Word file that was filled in, told apart
 * by how they begin. Raises WrongFile. Pass what comes out through `fit` with the form's data.
 * @param {Uint8Array} bytes
 * @returns {Promise<Saved | Answered>}
 */
export async function taken(bytes) {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return (await import("./docx.js")).read(bytes);
  if (bytes.length > 40_000_000) throw new WrongFile("Large");
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new WrongFile("Foreign");
  }
  return (await import("./json.js")).read(text);
}
