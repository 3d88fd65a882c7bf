/** What kind of file some bytes are, by their first ones and not by the file's name; and how large. */

/** As large a file as is read, in bytes; a survey that 5,000 have answered is a tenth of it. */
export const LARGEST = 50_000_000;

/** @typedef {{zip?: boolean, wrong?: string, where?: string}} Kind */

/** @type {[number[], string][]} */
const FOREIGN = [
  [[0x25, 0x50, 0x44, 0x46], "PDF"],
  [[0x89, 0x50, 0x4e, 0x47], "PNG"],
  [[0xff, 0xd8, 0xff], "JPEG"],
  [[0x47, 0x49, 0x46, 0x38], "GIF"],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], "RTF"],
  [[0x24, 0x46, 0x4c], "SPSS"],
  [[0x1f, 0x8b], "GZIP"],
  [[0x50, 0x4b, 0x05, 0x06], "ZIP"], // with nothing in it
  [[0x37, 0x7a, 0xbc, 0xaf], "7-Zip"],
  [[0x52, 0x61, 0x72, 0x21], "RAR"],
];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const LOOKED_THROUGH = 4_000; // bytes at both ends of a ZIP file, where names of its parts stand

/**
 * @param {Uint8Array} bytes
 * @param {string} file its name, for what bytes cannot tell
 * @returns {Kind}
 */
export function kindOf(bytes, file) {
  if (!bytes.length) return { wrong: "Empty", where: file };
  const foreign = FOREIGN.find(([mark]) => begins(bytes, mark));
  if (foreign) return { wrong: "Foreign", where: foreign[1] };
  if (begins(bytes, OLE)) return oldKind(bytes, file);
  return begins(bytes, ZIP) ? packedKind(bytes, file) : {};
}

/** @param {Uint8Array} bytes @param {number[]} mark */
const begins = (bytes, mark) => mark.every((byte, at) => bytes[at] === byte);

/**
 * A file of Office before 2007, or a newer one with a password, which lies in such a file.
 * @param {Uint8Array} bytes
 * @param {string} file
 * @returns {Kind}
 */
function oldKind(bytes, file) {
  const wide = (/** @type {string} */ name) => [...name].flatMap((letter) => [letter.charCodeAt(0), 0]);
  if (holds(bytes, wide("EncryptedPackage"))) return { wrong: "Locked", where: file };
  const workbook = holds(bytes, wide("Workbook")) || holds(bytes, wide("Book"));
  return workbook || /\.xls$/i.test(file) ? { wrong: "Old", where: file } : { wrong: "Foreign", where: "DOC" };
}

/** @param {Uint8Array} bytes @param {number[]} wanted */
function holds(bytes, wanted) {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, next) => bytes[at + next] === byte)) return true;
  }
  return false;
}

/** @param {Uint8Array} bytes @param {string} file @returns {Kind} */
function packedKind(bytes, file) {
  if ((bytes[6] ?? 0) & 1) return { wrong: "Locked", where: file };
  const ends = [bytes.subarray(0, LOOKED_THROUGH), bytes.subarray(-LOOKED_THROUGH)];
  const names = ends.map((part) => new TextDecoder("windows-1252").decode(part)).join("\n");
  const open = /opendocument\.(spreadsheet)?/.exec(names);
  if (open) return { wrong: "Foreign", where: open[1] ? "ODS" : "ODF" };
  if (/word\/(document|styles)\.xml/.test(names)) return { wrong: "Foreign", where: "DOCX" };
  if (/ppt\/presentation\.xml/.test(names)) return { wrong: "Foreign", where: "PPTX" };
  if (/xl\/workbook\.bin/.test(names)) return { wrong: "Foreign", where: "XLSB" };
  if (/Index\/Document\.iwa/.test(names)) return { wrong: "Foreign", where: "Numbers" };
  return { zip: true };
}
