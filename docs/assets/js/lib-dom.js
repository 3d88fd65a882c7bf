/**
 * Elements made by hand: text is always text, never markup, and words come from the page.
 */

import { fill } from "./lib-store.js";

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */
/** @typedef {Record<string, string | number | boolean | undefined | ((event: Event) => void)>} Given */

/**
 * An element with attributes, listeners (functions, by the name of their event) and what is in it.
 * What is false or not said is left out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {Given} [given]
 * @param {(Node | string | false | undefined)[]} inner
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(name, given = {}, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...inner.filter((one) => one !== false && one !== undefined));
  return made;
}

/**
 * What says the words of a page, which stand as JSON in its `data-words`; with `n`, the words for
 * one are used for 1.
 * @param {HTMLElement} root
 * @returns {Say}
 */
export function speaker(root) {
  /** @type {Record<string, string>} */
  const words = JSON.parse(root.dataset["words"] ?? "{}");
  return (key, values = {}) => {
    const one = values["n"] === 1 ? words[`${key}.one`] : undefined;
    return fill(one ?? words[key] ?? words[`${key}.many`], values);
  };
}

/**
 * A button that does something, and submits nothing.
 * @param {string} text
 * @param {string} kind its class
 * @param {(event: Event) => void} click
 * @param {Given} [more]
 */
export const button = (text, kind, click, more = {}) =>
  el("button", { type: "button", class: kind, click, ...more }, text);

/**
 * A part of a view by its name.
 * @param {ParentNode} view
 * @param {string} name
 */
export const part = (view, name) => /** @type {HTMLElement} */ (view.querySelector(`[data-part="${name}"]`));

/**
 * Put a text where it is not yet, so that nothing is read aloud twice.
 * @param {Element | null | undefined} place
 * @param {string} text
 */
export function put(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

/** The page's language, and the other one where the browser does not know it. */
export const LANGUAGES = [document.documentElement.lang, "nb-NO"];

/** @param {string} iso @param {Intl.DateTimeFormatOptions} how */
export function moment(iso, how) {
  const when = new Date(iso);
  return Number.isNaN(when.getTime()) ? "" : when.toLocaleString(LANGUAGES, how);
}

/** A day as people read it. @param {string} iso a day (2026-01-31) or a time */
export const day = (iso) => moment(iso.length === 10 ? `${iso}T12:00` : iso, { dateStyle: "long" }) || iso;

/** @param {string} iso */
export const clock = (iso) => moment(iso, { hour: "2-digit", minute: "2-digit" });

/**
 * Ask in a dialog of the page; gives the value of the button that was pressed, else the empty
 * string.
 * @param {string} title
 * @param {(Node | string)[]} inner
 * @param {{value: string, text: string, main?: boolean}[]} ways
 * @returns {Promise<string>}
 */
export function ask(title, inner, ways) {
  const id = "lib-ask";
  const dialog = el(
    "dialog",
    { class: "dialog", "aria-labelledby": id },
    el("p", { class: "dialog__title", id }, title),
    ...inner,
    el(
      "form",
      { method: "dialog", class: "dialog__ways" },
      ...ways.map(({ value, text, main }) =>
        el("button", { value, class: `work__button${main ? " work__button--main" : ""}` }, text),
      ),
    ),
  );
  (document.querySelector("[data-module].nvr") ?? document.body).append(dialog);
  const before = document.activeElement;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve(dialog.returnValue);
    });
  });
}

/**
 * Hand over a file.
 * @param {string} name
 * @param {BlobPart} content
 * @param {string} type
 */
export function handOver(name, content, type) {
  const link = el("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
