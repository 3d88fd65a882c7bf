/** What letters the bytes of a file are: tools and Excel write them in four ways, and seldom say which. */

/** @typedef {import("./shapes.js").Note} Note */

/**
 * The text of a file's bytes, without a byte order mark.
 * @param {Uint8Array} bytes
 * @param {Note[]} notes
 * @returns {string}
 */
export function textOf(bytes, notes) {
  const wide = wideName(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  const plain = decoded(bytes, "utf-8") ?? new TextDecoder("windows-1252").decode(bytes);
  const text = unmixed(plain);
  if (text !== plain) notes.push({ key: "letters" });
  const lost = text.split("\ufffd").length - 1;
  if (lost) notes.push({ key: "lost_letters", count: lost });
  return text;
}

/** @param {Uint8Array} bytes @param {string} name @returns {string | undefined} nothing where it is not that */
function decoded(bytes, name) {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The name of UTF-16 where it is: by its mark, or since every second byte of our letters is nothing.
 * @param {Uint8Array} bytes
 */
function wideName(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const start = bytes.subarray(0, 400);
  const nothing = [0, 0];
  start.forEach((byte, at) => {
    if (byte === 0) nothing[at % 2] = (nothing[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nothing;
  if (odd > start.length / 4 && !even) return "utf-16le";
  return even > start.length / 4 && !odd ? "utf-16be" : "";
}

// Our letters in UTF-8, read as Windows-1252 by a program that saved them so: two signs for each.
const MIXED = /\u00c3[\u00a5\u00a6\u00b8\u02dc\u2020\u2026\u00a9]/;

/**
 * A text of letters that were read in the wrong way once, read in the right way.
 * @param {string} text
 */
function unmixed(text) {
  if (!MIXED.test(text)) return text;
  const all = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, at) => at));
  const byteOf = new Map([...all].map((letter, at) => [letter, at]));
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const byte = byteOf.get(text.charAt(at));
    if (byte === undefined) return text;
    bytes[at] = byte;
  }
  return decoded(bytes, "utf-8") ?? text;
}
