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
  const plain = decoded(bytes, "utf-8") ?? byLine(bytes, notes);
  const text = unmixed(plain);
  if (text !== plain && !notes.some(({ key }) => key === "letters")) notes.push({ key: "letters" });
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
 * A text whose letters were read in the wrong way once, with each of them read in the right way. What
 * has been lost on the way stays as it is.
 * @param {string} text
 */
function unmixed(text) {
  if (!MIXED.test(text)) return text;
  const all = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, at) => at));
  const byteOf = new Map([...all].map((letter, at) => [letter, at]));
  return text.replace(/[\u00c2\u00c3][^\0-\x7f]|\u00e2[^\0-\x7f]{2}/g, (signs) => {
    const bytes = [...signs].map((sign) => byteOf.get(sign) ?? 0xff);
    return decoded(Uint8Array.from(bytes), "utf-8") ?? signs;
  });
}

/**
 * A text that is not all UTF-8. Two files may have been put together by hand, so each line is read
 * in its own way.
 * @param {Uint8Array} bytes
 * @param {Note[]} notes
 */
function byLine(bytes, notes) {
  const [modern, old] = [new TextDecoder("utf-8"), new TextDecoder(oldName(bytes))];
  const parts = [];
  const found = { modern: 0, old: 0 };
  for (let start = 0; start < bytes.length; ) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end += 1;
    const line = bytes.subarray(start, (start = end + 1));
    const text = modern.decode(line);
    const broken = text.includes("\ufffd");
    if (broken) found.old += 1;
    else if (/[^\0-\x7f]/.test(text)) found.modern += 1;
    parts.push(broken ? old.decode(line) : text);
  }
  if (found.modern && found.old) notes.push({ key: "letters" });
  return parts.join("");
}

/** The letters that only we have, as bytes: in Windows-1252, and on Macs of old. */
const WINDOWS = new Set([0xe6, 0xf8, 0xe5, 0xc6, 0xd8, 0xc5]);
const MAC = new Set([0xbe, 0xbf, 0x8c, 0xae, 0xaf, 0x81]);

/** @param {Uint8Array} bytes */
function oldName(bytes) {
  let worth = 0;
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    if (MAC.has(byte)) worth += 1;
    else if (WINDOWS.has(byte)) worth -= 1;
  }
  return worth > 0 ? "macintosh" : "windows-1252";
}
