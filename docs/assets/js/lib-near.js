/** How far what does not fit is from fitting: more time, or fewer or more people. */

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function one(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`${selector} is not on the page`);
  return found;
}

/**
 * @param {number} minutes
 * @param {(key: string, values: Record<string, string | number>) => string} words
 * @returns {string} the length in words
 */
export function length(minutes, words) {
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  const long = hours ? words(hours === 1 ? "hour" : "hours", { n: hours }) : "";
  const short = rest ? words("minutes", { n: rest }) : "";
  return long && short ? words("and", { one: long, other: short }) : long || short;
}

/** @param {HTMLElement} entry @param {number} people @returns {number} how many too few or too many */
export function beside(entry, people) {
  const least = Number(entry.dataset.least ?? 0), most = Number(entry.dataset.most || Infinity);
  return people < least ? least - people : Math.max(people - most, 0);
}

/** @param {HTMLElement} entry @param {string} text @returns {HTMLElement} an item that leads to the entry */
export function way(entry, text) {
  const item = document.createElement("li"), link = document.createElement("a");
  link.href = one(entry, ".finder__title a", HTMLAnchorElement).href;
  link.append(text);
  item.append(link);
  return item;
}
