/**
 * Makes a package of files in the reader's browser, when its link is chosen: of what it is published
 * with, and of all that its page leads to. Without this, the link leads to what it is published with.
 */

import { HOME } from "./lib-home.js";

const box = /** @type {HTMLElement} */ (document.querySelector('[data-module="package"]'));
const { dataset: words } = box;
const said = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
const count = /** @type {HTMLElement} */ (box.querySelector("[data-part=count]"));
const FOLDER = new URL("last-ned/", HOME).href;
const AT_ONCE = 6; // files: more at a time is no faster, and asks much of a small server
const AWAY = /<!--nvr-away-->.*?<!--\/nvr-away-->/gs;
const LINK = /href="[^"]*?([^"/]+)" data-path="([^"]+)"/g;
const DATE = /data-date="(\d+)-(\d+)-(\d+)"/;
const PACKED = /\.(?:docx|odt|pdf|pptx|xlsx)$/; // they are packed in themselves

/** @param {string} address @returns {Promise<Uint8Array>} */
async function got(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** @param {Map<string, string>} wanted names by path @param {Record<string, Uint8Array>} files */
async function fetchAll(wanted, files) {
  const left = [...wanted];
  const next = async () => {
    for (let one = left.shift(); one; one = left.shift()) {
      const [path, name] = one;
      files[path] = await got(FOLDER + name);
      count.textContent = `${wanted.size - left.length} / ${wanted.size}`;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** @param {string} address of what it is published with @returns {Promise<Uint8Array>} the whole package */
async function whole(address) {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import("./vendor/fflate.js");
  const files = unzipSync(await got(address));
  /** @type {Map<string, string>} */
  const wanted = new Map();
  let date = new Date();
  for (const [path, bytes] of Object.entries(files)) {
    const [folder = "", ...rest] = path.split("/");
    if (rest.length !== 1) continue;
    const page = strFromU8(bytes);
    const [, year, month, day] = DATE.exec(page) ?? [];
    if (year) date = new Date(Number(year), Number(month) - 1, Number(day));
    const own = page.replace(AWAY, "").replace(LINK, (_, name, place) => {
      wanted.set(`${folder}/${place}`, name);
      return `href="${place}"`;
    });
    files[path] = strToU8(own);
  }
  await fetchAll(wanted, files);
  /** @type {import("./vendor/fflate.js").Zippable} */
  const packed = {};
  for (const [path, bytes] of Object.entries(files)) packed[path] = [bytes, { level: PACKED.test(path) ? 0 : 9 }];
  return zipSync(packed, { mtime: date });
}

let busy = false;

/** @param {HTMLAnchorElement} link */
async function make({ href }) {
  busy = true;
  said.textContent = words["begun"] ?? "";
  try {
    const bytes = await whole(href);
    const { handOver } = await import("./lib-dom.js");
    handOver(href.slice(FOLDER.length), /** @type {BlobPart} */ (bytes), "application/zip");
    said.textContent = words["done"] ?? "";
  } catch {
    said.textContent = words["failed"] ?? "";
  }
  count.textContent = "";
  busy = false;
}

for (const link of document.links) {
  if (!(link instanceof HTMLAnchorElement) || !link.href.startsWith(FOLDER) || !link.href.endsWith(".zip")) continue;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (!busy) void make(link);
  });
}
for (const place of document.querySelectorAll(".downloads__facts[data-whole]")) {
  place.textContent = place.getAttribute("data-whole");
}
