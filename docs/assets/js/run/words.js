/** The words of the page, and how data becomes elements: text only, never markup. */

import { fill } from "../lib-store.js";

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */
/** @typedef {string | {text: string, strong?: boolean, em?: boolean, link?: string}} RichRun */
/** @typedef {RichRun[] | {ordered: boolean, items: RichBlock[][]}} RichBlock */

/**
 * Say what the page's own words are; with `n`, the words for one are used for 1.
 * @param {HTMLElement} root with the words as JSON in `data-words`
 * @returns {Say}
 */
export function words(root) {
  /** @type {Record<string, string>} */
  const texts = JSON.parse(root.dataset["words"] ?? "{}");
  return (key, values = {}) => {
    const text = (values["n"] === 1 && texts[`${key}.one`]) || texts[key] || texts[`${key}.many`];
    return fill(text ?? key, values);
  };
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} [name] its class
 * @param {(Node | string)[]} inner
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, name = "", ...inner) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inner);
  return made;
}

/**
 * Rich text as elements.
 * @param {RichBlock[]} blocks
 * @param {(address: string) => string} link
 * @returns {HTMLElement[]}
 */
export function rich(blocks, link) {
  return blocks.map((block) => {
    if (Array.isArray(block)) return make("p", "", ...block.map((run) => styled(run, link)));
    const items = block.items.map((inner) => make("li", "", ...rich(inner, link)));
    return make(block.ordered ? "ol" : "ul", "", ...items);
  });
}

/** @param {RichRun} run @param {(address: string) => string} link @returns {Node | string} */
function styled(run, link) {
  if (typeof run === "string") return run;
  /** @type {Node | string} */
  let made = run.text;
  if (run.link) {
    const way = make("a", "", made);
    way.href = link(run.link);
    made = way;
  }
  if (run.strong) made = make("strong", "", made);
  return run.em ? make("em", "", made) : made;
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

/**
 * A part of a view by its name.
 * @param {ParentNode} view
 * @param {string} name
 */
export const part = (view, name) =>
  /** @type {HTMLElement} */ (view.querySelector(`[data-part="${name}"]`));

/**
 * Change what stands in a place only where it is another: so nothing is read out twice.
 * @param {HTMLElement} place
 * @param {string} text
 */
export function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
