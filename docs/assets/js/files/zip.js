/** The ZIP files that office documents are, in and out, within bounds. */

import { strFromU8, strToU8, unzipSync, zipSync } from "../vendor/fflate.js";
import { parseXmlDocument, serializeToWellFormedString } from "../vendor/slimdom.js";

/** @typedef {Record<string, Uint8Array>} Parts */

// A file says when it was made in its properties; the time of this clock may be none that ZIP has.
const MADE = new Date(2000, 0, 1);

/**
 * The parts of one of the site's own files.
 * @param {Uint8Array} bytes
 * @returns {Parts}
 */
export const unpacked = (bytes) => unzipSync(bytes);

/**
 * The parts of a file from anywhere that are wanted by name. What says that it is larger than
 * `most` is not unpacked; what is larger than it says is cut there by the library.
 * @param {Uint8Array} bytes
 * @param {RegExp} wanted
 * @param {number} most
 * @returns {{parts: Parts, large: boolean}}
 */
export function taken(bytes, wanted, most) {
  let left = most;
  let large = false;
  const parts = unzipSync(bytes, {
    filter({ name, originalSize }) {
      if (!wanted.test(name)) return false;
      left -= originalSize;
      large ||= left < 0;
      return left >= 0;
    },
  });
  return { parts, large };
}

/**
 * A file of parts. `stored` are those that are not compressed.
 * @param {Parts} parts
 * @param {string[]} [stored]
 * @returns {Uint8Array}
 */
export function packed(parts, stored = []) {
  /** @type {import("../vendor/fflate.js").Zippable} */
  const found = {};
  for (const [name, bytes] of Object.entries(parts)) {
    found[name] = [bytes, { level: stored.includes(name) ? 0 : 6 }];
  }
  return zipSync(found, { mtime: MADE });
}

/**
 * The XML of a part. It is read by a library and not by the browser: what the browser parses has
 * to be trusted by a policy, and the site has none that trusts anything.
 * @param {Parts} parts
 * @param {string} name
 * @returns {XMLDocument}
 */
export const xmlOf = (parts, name) => parseXmlDocument(strFromU8(parts[name] ?? new Uint8Array()));

/**
 * Put XML back into its part.
 * @param {Parts} parts
 * @param {string} name
 * @param {XMLDocument} xml
 */
export function put(parts, name, xml) {
  const text = serializeToWellFormedString(xml);
  const head = text.startsWith("<?xml") ? "" : '<?xml version="1.0" encoding="UTF-8"?>\n';
  parts[name] = strToU8(head + text);
}
