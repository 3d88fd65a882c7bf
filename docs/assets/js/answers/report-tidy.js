/** What is made ready around the content of a report: its contents, and the template's own help. */

import { clean } from "../files/form.js";
import { child, children, inside, make, refill, text } from "../files/xml.js";
import { run, W } from "../files/word-controls.js";

/** @typedef {import("./report-word.js").Entry} Entry */

const GUIDANCE = "Veiledning"; // the style of all that helps, and what the names of those built on it begin with

/** @param {Node | null | undefined} node */
const styleOf = (node) =>
  node && node.nodeType === 1 ? (child(child(node, "pPr"), "pStyle")?.getAttributeNS(W, "val") ?? "") : "";

/**
 * Add a chapter's new headings to the table of contents, those right below it. Word adds the rest,
 * and the pages, when it is asked to.
 * @param {XMLDocument} body
 * @param {string} chapter the bookmark of its heading
 * @param {Entry[]} entries
 * @param {Set<string>} done
 */
export function contents(body, chapter, entries, done) {
  const line = inside(body, "p").find((one) =>
    styleOf(one).startsWith("TOC") && inside(one, "hyperlink").some((link) => link.getAttributeNS(W, "anchor") === chapter),
  );
  if (!line || done.has(chapter)) return;
  done.add(chapter);
  const number = /^[\d.]+/.exec(line.textContent?.replace(/^.*\\u\s*/, "") ?? "")?.[0] ?? "";
  const after = line.nextSibling; // the contents end in a later line: no chapter that gets headings is the last
  if (!after) return;
  for (const [at, entry] of entries.filter(({ level }) => level === 1).entries()) {
    const link = make(line, W, "w:hyperlink", [run(line, clean(`${number ? `${number}.${at + 1} ` : ""}${entry.text}`))]);
    link.setAttributeNS(W, "w:anchor", entry.bookmark);
    link.setAttributeNS(W, "w:history", "1");
    const style = make(line, W, "w:pStyle");
    style.setAttributeNS(W, "w:val", "TOC2");
    line.parentNode?.insertBefore(make(line, W, "w:p", [make(line, W, "w:pPr", [style]), link]), after);
  }
}

/**
 * Take away the sheet about the template, and the help in chapters where nothing is left to write.
 * @param {XMLDocument} body
 */
export function tidied(body) {
  const root = /** @type {Element} */ (child(body.documentElement, "body"));
  for (const one of children(root, "sdt")) {
    if (child(child(one, "sdtPr"), "tag")?.getAttributeNS(W, "val") === "help") root.removeChild(one);
  }
  const [first] = children(root, "p");
  const early = child(first && child(first, "pPr"), "pageBreakBefore");
  early?.parentNode?.removeChild(early);
  /** @type {Element[]} */
  let chapter = [];
  for (const one of [...children(root), undefined]) {
    if (one && styleOf(one) !== "Heading1") {
      chapter.push(one);
      continue;
    }
    forget(chapter.some((part) => inside(part, "showingPlcHdr").length) ? hints(chapter) : chapter);
    chapter = [];
  }
  for (const field of inside(body, "instrText")) {
    // Questions would fill pages of the contents.
    if (field.textContent?.includes("TOC ")) refill(field, [text(field, field.textContent.replace(/"1-\d"/, '"1-2"'))]);
  }
}

/** The help between a label and an answer that is there. @param {Element[]} chapter @returns {Element[]} */
function hints(chapter) {
  /** @type {Element[]} */
  const found = [];
  for (const [at, one] of chapter.entries()) {
    if (styleOf(one) !== "Ledetekst") continue;
    const end = chapter.findIndex((other, place) => place > at && !styleOf(other).startsWith(GUIDANCE));
    const answer = chapter[end];
    if (answer && !inside(answer, "showingPlcHdr").length) found.push(...chapter.slice(at + 1, end));
  }
  return found;
}

/** @param {Element[]} chapter */
function forget(chapter) {
  for (const one of chapter) if (styleOf(one).startsWith(GUIDANCE)) one.parentNode?.removeChild(one);
}
