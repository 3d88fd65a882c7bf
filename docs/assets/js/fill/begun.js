/**
 * Beside a template's files: what the reader has begun on, and the way back to it.
 */

import { fill } from "../lib-store.js";
import { all, onChange } from "../store/db.js";
import { el } from "../lib-dom.js";

const MOST = 3;

for (const box of document.querySelectorAll('[data-module="fill/begun"]')) {
  if (box instanceof HTMLElement) start(box);
}

/** @param {HTMLElement} box */
function start(box) {
  const { form, page, goOn } = box.dataset;
  const list = el("span", { class: "fill-here__begun" });
  box.append(list);
  const show = async () => {
    const found = /** @type {import("./model.js").Doc[]} */ (await all("documents").catch(() => []));
    const own = found
      .filter(({ template }) => template === form)
      .sort((one, other) => other.changed.localeCompare(one.changed));
    list.replaceChildren(
      ...own.slice(0, MOST).map(({ id, name }) => el("a", { href: `${page}#${id}` }, fill(goOn, { name }))),
    );
  };
  onChange((store) => void (store !== "runs" && show()));
  addEventListener("pageshow", () => void show());
}
