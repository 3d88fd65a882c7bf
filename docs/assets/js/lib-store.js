/**
 * What readers save in this browser, and nowhere else: ids of what is ticked, by kind and list.
 *
 * Keys are `nvr.1:<root>:<kind>:<id>`: 1 is the version of the form, `root` the path of the
 * region's site, so that two regions on one host do not mix. Each holds a JSON array of ids, which
 * stay when a text is rewritten. The start of an agenda is kept for the tab only.
 */

/** @typedef {{kind: string, id: string, ticks: string[]}} Saved */

import { HOME } from "./lib-home.js";

const OURS = "nvr.";
const FORM = "nvr.1:";

/** The path of the region's site, the same from each of its languages. */
export const ROOT = regionRoot(HOME.pathname);

/**
 * A link to the same page in another language tells whether that one's root lies above this one's.
 * @param {string} own
 * @returns {string}
 */
function regionRoot(own) {
  if (!location.pathname.startsWith(own)) return own;
  const page = location.pathname.slice(own.length);
  for (const link of document.querySelectorAll("link[hreflang]")) {
    const { pathname } = new URL(link.getAttribute("href") ?? "", location.href);
    const root = pathname.slice(0, pathname.length - page.length);
    if (root + page === pathname && root !== own && own.startsWith(root)) return root;
  }
  return own;
}

/**
 * @param {string} kind
 * @param {string} id
 */
const key = (kind, id) => `${FORM}${ROOT}:${kind}:${id}`;

/**
 * Run what may be forbidden: a browser can refuse storage, or be out of room.
 * @template T
 * @param {() => T} action
 * @param {T} otherwise
 * @returns {T}
 */
function attempt(action, otherwise) {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

/** Whether anything can be saved. */
export function works() {
  return attempt(() => {
    localStorage.setItem(`${OURS}try`, "1");
    localStorage.removeItem(`${OURS}try`);
    return true;
  }, false);
}

/** @param {string | null} text @returns {string[]} */
function read(text) {
  const found = attempt(() => JSON.parse(text ?? "[]"), []);
  return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
}

/** @param {string} kind @param {string} id @returns {string[]} */
export const get = (kind, id) => attempt(() => read(localStorage.getItem(key(kind, id))), []);

/**
 * Save what is ticked in a list; nothing is left of a list without ticks.
 * @param {string} kind
 * @param {string} id
 * @param {string[]} ticks
 * @returns {boolean} whether it was saved
 */
export function set(kind, id, ticks) {
  return attempt(() => {
    if (ticks.length) localStorage.setItem(key(kind, id), JSON.stringify(ticks));
    else localStorage.removeItem(key(kind, id));
    return true;
  }, false);
}

/**
 * Save several lists, or none: where one cannot be saved, all are as they were.
 * @param {Saved[]} lists
 * @returns {boolean} whether they were saved
 */
export function setAll(lists) {
  const before = lists.map(({ kind, id }) => ({ kind, id, ticks: get(kind, id) }));
  if (lists.every(({ kind, id, ticks }) => set(kind, id, ticks))) return true;
  // First what makes room: then there is room for what was there.
  for (const { kind, id } of lists) set(kind, id, []);
  for (const { kind, id, ticks } of before) set(kind, id, ticks);
  return false;
}

/** Everything ticked on this region's site. @returns {Saved[]} */
export function all() {
  const start = `${FORM}${ROOT}:`;
  return attempt(() => {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(start))
      .sort()
      .map((name) => {
        const [kind = "", id = ""] = name.slice(start.length).split(":");
        return { kind, id, ticks: read(localStorage.getItem(name)) };
      });
  }, []);
}

/** Delete all that this site has saved, whatever the feature; other regions' on the host stay. */
export function clear() {
  return attempt(() => {
    for (const store of [localStorage, sessionStorage]) {
      for (const name of Object.keys(store)) {
        const others = name.startsWith(FORM) && !name.startsWith(`${FORM}${ROOT}:`);
        if (name.startsWith(OURS) && !others) store.removeItem(name);
      }
    }
    return true;
  }, false);
}

/** Call when another tab has saved or deleted. @param {() => void} listener */
export function onChange(listener) {
  addEventListener("storage", (event) => {
    if (event.key === null || event.key.startsWith(FORM)) listener();
  });
}

/** @param {string} id @returns {string} the time kept in this tab, or the empty string */
export const getStart = (id) => attempt(() => sessionStorage.getItem(key("start", id)) ?? "", "");

/** @param {string} id @param {string} time */
export function setStart(id, time) {
  attempt(() => {
    if (time) sessionStorage.setItem(key("start", id), time);
    else sessionStorage.removeItem(key("start", id));
  }, undefined);
}

/**
 * A text with its names between braces filled in.
 * @param {string | undefined} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
