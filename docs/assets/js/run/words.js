/** The words of the page, and how data becomes elements: text only, never markup. */

import { fill } from "../lib-store.js";

export { part } from "../lib-dom.js";

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

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
 * Change what stands in a place only where it is another: so nothing is read out twice.
 * @param {HTMLElement} place
 * @param {string} text
 */
export function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
