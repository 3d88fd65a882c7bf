/**
 * The finder: shows the entries that fit the reader's choices, says how many, and keeps the
 * choices in the address, so that it can be shared. Without it, the page lists everything.
 */

import { beside, length, one, way } from "./lib-near.js";

/** The choices by their names in the address; `antall` is what the reader has written. */
const NAMES = ["fase", "slag", "tid", "antall", "rolle"];

/** @typedef {Map<string, string[]>} Choices Chosen values by name; none where all will do. */

const root = one(document, "[data-module=finder]", HTMLElement);
const form = one(root, ".finder__form", HTMLFormElement);
const filters = one(form, ".finder__filters", HTMLDetailsElement);
const results = one(root, ".finder__results", HTMLElement);
const count = one(root, ".finder__count", HTMLElement);
const chosen = one(root, ".finder__chosen", HTMLElement);
const none = one(root, ".finder__none", HTMLElement);
const loosen = one(root, ".finder__loosen", HTMLElement);
const tools = one(root, ".finder__tools", HTMLElement);
const copied = one(root, ".finder__copied", HTMLElement);
const go = one(form, "[data-do=show]", HTMLButtonElement);
const near = one(root, ".finder__near", HTMLElement);
const nearest = one(root, ".finder__nearest", HTMLElement);
/** How many that nearly fit are shown. */
const NEAR = 3;
const entries = [...root.querySelectorAll(".finder__entry")].filter(
  (entry) => entry instanceof HTMLElement,
);

/**
 * @param {string} key of one of the words that the page brings, in its data attributes
 * @param {Record<string, string | number>} values
 */
function words(key, values) {
  return (root.dataset[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * @param {string} name
 * @returns {(HTMLInputElement | HTMLSelectElement)[]}
 */
function controls(name) {
  return [...form.elements].flatMap((found) =>
    (found instanceof HTMLInputElement || found instanceof HTMLSelectElement) && found.name === name
      ? [found]
      : [],
  );
}

/** @returns {Choices} what the form says now; a number that is none counts as not given */
function choices() {
  const data = new FormData(form);
  /** @type {Choices} */
  const found = new Map();
  for (const name of NAMES) {
    const values = data.getAll(name).map(String).filter(Boolean);
    const valid = controls(name).every((control) => control.validity.valid);
    if (values.length && valid) found.set(name, values);
  }
  return found;
}

/**
 * @param {HTMLElement} entry
 * @param {Choices} wanted
 */
function fits(entry, wanted) {
  const facts = entry.dataset;
  return [...wanted].every(([name, values]) => {
    const limit = Number(values[0]);
    if (name === "tid") return Boolean(facts.tid) && Number(facts.tid) <= limit;
    if (name === "antall") {
      const most = facts.most ? Number(facts.most) : Infinity;
      return facts.least !== undefined && Number(facts.least) <= limit && limit <= most;
    }
    const has = (facts[name] ?? "").split(" ");
    return values.some((value) => has.includes(value));
  });
}

/** @param {Choices} wanted */
function hits(wanted) {
  return entries.filter((entry) => fits(entry, wanted));
}

/**
 * @param {string} name
 * @param {string[]} values
 * @returns {string} the choice in the words of the form
 */
function said(name, values) {
  if (name === "antall") return words("people", { n: values[0] ?? "" });
  const texts = controls(name).flatMap((control) =>
    control instanceof HTMLSelectElement
      ? [...control.selectedOptions].map((option) => option.text)
      : values.includes(control.value)
        ? [control.closest("label")?.textContent?.trim() ?? ""]
        : [],
  );
  return texts.join(", ");
}

/** Show what fits, and say how many. */
function show() {
  const wanted = choices();
  const found = new Set(hits(wanted));
  for (const entry of entries) entry.hidden = !found.has(entry);
  for (const group of root.querySelectorAll(".finder__group")) {
    group.toggleAttribute("hidden", !group.querySelector(".finder__entry:not([hidden])"));
  }
  const text = words(wanted.size ? "count" : "all", { n: found.size, total: entries.length });
  // The same text again would be read again.
  if (count.textContent !== text) count.textContent = text;
  go.textContent = words(found.size === 1 ? "showOne" : "show", { n: found.size });
  const list = [...wanted].map(([name, values]) => said(name, values));
  chosen.textContent = words("choice", { choices: list.join(" · ") });
  chosen.hidden = !wanted.size;
  none.hidden = found.size > 0;
  loosen.replaceChildren(...(found.size ? [] : waysOut(wanted)));
  nearest.replaceChildren(...(found.size ? [] : nearly(wanted)));
  near.hidden = !nearest.childElementCount;
}

/**
 * @param {Choices} wanted
 * @returns {HTMLElement[]} links to what fits but for a little more time, or fewer or more people
 */
function nearly(wanted) {
  return ["tid", "antall"].flatMap((name) => {
    const limit = Number(wanted.get(name)?.[0]);
    if (!limit) return [];
    const without = new Map(wanted);
    without.delete(name);
    const away = (/** @type {HTMLElement} */ entry) =>
      name === "tid" ? Number(entry.dataset.tid) - limit : beside(entry, limit);
    const known = (/** @type {HTMLElement} */ entry) => (name === "tid" ? entry.dataset.tid : entry.dataset.least);
    const close = hits(without).filter(known).sort((a, b) => away(a) - away(b)).slice(0, NEAR);
    return close.map((entry) => {
      const title = one(entry, ".finder__title a", HTMLAnchorElement).textContent ?? "";
      const size = entry.querySelector(".finder__size")?.textContent ?? "";
      const over = words("over", { title: "{title}", time: length(away(entry), words) });
      return way(entry, name === "tid" ? over.replace("{title}", title) : words("forPeople", { title, size }));
    });
  });
}

/**
 * @param {Choices} wanted
 * @returns {HTMLElement[]} a button for each choice without which there would be hits
 */
function waysOut(wanted) {
  return [...wanted].flatMap(([name, values]) => {
    const without = new Map(wanted);
    without.delete(name);
    const n = hits(without).length;
    if (!n) return [];
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "finder__tool";
    button.textContent = words("loosen", { choice: said(name, values), n });
    button.addEventListener("click", () => {
      clear([name]);
      changed();
      count.focus(); // the button is gone
    });
    item.append(button);
    return [item];
  });
}

/** @param {string[]} names */
function clear(names) {
  for (const control of names.flatMap(controls)) {
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = false;
    else control.value = "";
  }
}

/** The reader has chosen: show it, and keep it in the address. */
function changed() {
  const query = new URLSearchParams(
    [...choices()].flatMap(([name, values]) => values.map((value) => [name, value])),
  ).toString();
  history.replaceState(history.state, "", location.pathname + (query && `?${query}`) + location.hash);
  copied.textContent = "";
  show();
}

/** Take the choices from the address; what the form does not know is passed over. */
function restore() {
  const query = new URLSearchParams(location.search);
  clear(NAMES);
  for (const name of NAMES) {
    const values = query.getAll(name);
    for (const control of controls(name)) {
      if (control instanceof HTMLSelectElement) {
        const known = [...control.options].some((option) => option.value === values[0]);
        control.value = known ? (values[0] ?? "") : "";
      } else if (control.type === "checkbox") {
        control.checked = values.includes(control.value);
      } else {
        control.value = values[0] ?? "";
        if (!control.validity.valid) control.value = "";
      }
    }
  }
  show();
}

async function copy() {
  let done = true;
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    done = false; // not allowed, or not over https
  }
  copied.textContent = (done ? copied.dataset.done : copied.dataset.failed) ?? "";
}

const wide = matchMedia("(min-width: 60em)");
/** Beside the list there is room for the choices; above it they open when asked for. */
function unfold() {
  filters.open = wide.matches;
}

form.addEventListener("input", changed);
form.addEventListener("submit", (event) => event.preventDefault());
one(tools, "[data-do=reset]", HTMLButtonElement).addEventListener("click", () => {
  clear(NAMES);
  changed();
});
go.addEventListener("click", () => {
  filters.open = false;
  count.focus();
  count.scrollIntoView({ block: "start" });
});
one(tools, "[data-do=copy]", HTMLButtonElement).addEventListener("click", copy);
wide.addEventListener("change", unfold);
addEventListener("popstate", restore);
// After the browser has put back what stood in the form when the reader left.
addEventListener("pageshow", restore);

unfold();
restore();
form.hidden = false;
tools.hidden = false;
results.dataset.ready = "";
