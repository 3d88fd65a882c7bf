/**
 * Points of a checklist and questions of an interview that can be ticked off, kept in this browser.
 *
 * `.work[data-kind][data-id]` counts for its article (`data-some`: for the points there), where each `[data-tick]` has a paper box and
 * a `.checks__text`. The box becomes a checkbox of the same size, the text its label.
 */

import { fill, get, onChange, set, works } from "./lib-store.js";

for (const bar of document.querySelectorAll("[data-module=ticks]")) {
  if (bar instanceof HTMLElement) start(bar);
}

/** @param {HTMLElement} bar */
function start(bar) {
  const { kind = "", id = "" } = bar.dataset;
  /** @type {Map<string, HTMLInputElement>} */
  const boxes = new Map();
  for (const [at, place] of (bar.closest("article") ?? document)
    .querySelectorAll("[data-tick]")
    .entries()) {
    const box = place instanceof HTMLElement && checkbox(place, `${kind}-${id}-${at}`);
    if (box) boxes.set(place.dataset.tick ?? "", box);
  }

  function show() {
    const ticks = new Set(get(kind, id));
    for (const [name, box] of boxes) box.checked = ticks.has(name);
    count();
  }

  function count() {
    const done = [...boxes.values()].filter((box) => box.checked).length;
    put(bar, ".work__count", fill(bar.dataset.count, { done, all: boxes.size }));
    const meter = bar.querySelector("progress");
    if (meter) Object.assign(meter, { max: boxes.size, value: done });
  }

  // Points that are gone from the list are no longer there to be saved. Where the page has only
  // some of its points, those of other pages stay as they are.
  function save() {
    const elsewhere = "some" in bar.dataset ? get(kind, id).filter((name) => !boxes.has(name)) : [];
    const here = [...boxes].filter(([, box]) => box.checked).map(([name]) => name);
    const ticks = [...elsewhere, ...here];
    if (!set(kind, id, ticks)) put(bar, ".work__where", bar.dataset.blocked ?? "");
    count();
  }

  for (const box of boxes.values()) box.addEventListener("change", save);
  const dialog = bar.querySelector("dialog");
  bar.querySelector("[data-part=ask]")?.addEventListener("click", () => {
    if (!dialog) return;
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog?.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    for (const box of boxes.values()) box.checked = false;
    save();
  });
  onChange(show);
  addEventListener("pageshow", show);
  show();
  if (!works()) put(bar, ".work__where", bar.dataset.blocked ?? "");
  bar.classList.add("is-ready");
}

/**
 * @param {HTMLElement} place
 * @param {string} id
 * @returns {HTMLInputElement | undefined}
 */
function checkbox(place, id) {
  const [paper, text] = [place.querySelector(".box"), place.querySelector(".checks__text")];
  if (!paper || !text) return undefined;
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", className: "box box--tick", id, autocomplete: "off" });
  const label = document.createElement("label");
  label.className = text.className;
  label.htmlFor = id;
  label.append(...text.childNodes);
  const help = place.querySelector(".checks__help");
  if (help) {
    help.id = `${id}-hjelp`;
    box.setAttribute("aria-describedby", help.id);
  }
  paper.replaceWith(box);
  text.replaceWith(label);
  place.classList.add("is-tickable");
  return box;
}

/** @param {HTMLElement} bar @param {string} where @param {string} text */
function put(bar, where, text) {
  const place = bar.querySelector(where);
  if (place && place.textContent !== text) place.textContent = text;
}
