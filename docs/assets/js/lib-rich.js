/** Rich text of the data files: as elements, whose text is always text, and as plain lines. */

import { el } from "./lib-dom.js";

/** @typedef {string | {text: string, strong?: boolean, em?: boolean, link?: string}} RichRun */
/** @typedef {RichRun[] | {ordered: boolean, items: RichBlock[][]}} RichBlock */

/**
 * Rich text as elements.
 * @param {RichBlock[]} blocks
 * @param {(address: string) => string} link
 * @returns {HTMLElement[]}
 */
export function rich(blocks, link) {
  return blocks.map((block) => {
    if (Array.isArray(block)) return el("p", {}, ...block.map((run) => styled(run, link)));
    const items = block.items.map((inner) => el("li", {}, ...rich(inner, link)));
    return el(block.ordered ? "ol" : "ul", {}, ...items);
  });
}

/** @param {RichRun} run @param {(address: string) => string} link @returns {Node | string} */
function styled(run, link) {
  if (typeof run === "string") return run;
  /** @type {Node | string} */
  let made = run.text;
  if (run.link) made = el("a", { href: link(run.link) }, made);
  if (run.strong) made = el("strong", {}, made);
  return run.em ? el("em", {}, made) : made;
}

/** Rich text as lines of plain text. @param {RichBlock[]} blocks @returns {string[]} */
export const plain = (blocks) =>
  blocks.flatMap((block) =>
    Array.isArray(block)
      ? [block.map((run) => (typeof run === "string" ? run : run.text)).join("")]
      : block.items.flatMap((inner, at) => {
          const [first = "", ...more] = plain(inner);
          return [`${block.ordered ? `${at + 1}.` : "–"} ${first}`, ...more];
        }),
  );
