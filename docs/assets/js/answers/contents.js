/** The contents of the figures: on wide screens beside them, on a phone folded in a bar that stays. */

import { el, part, put } from "../lib-dom.js";

const WIDE = matchMedia("(min-width: 60em)"); // the contents stand beside the figures

export class Contents {
  /** @param {HTMLElement} place @param {string} survey */
  constructor(place, survey) {
    this.place = place;
    this.survey = survey;
    this.list = part(place, "contents");
    this.now = part(place, "now");
    this.menu = /** @type {HTMLDetailsElement} */ (part(place, "menu"));
    this.menu.open = WIDE.matches;
    WIDE.addEventListener("change", ({ matches }) => (this.menu.open = matches));
    this.list.addEventListener("click", () => {
      if (!WIDE.matches) this.menu.open = false;
    });
  }

  /** @param {string} id @param {string} title */
  #entry(id, title) {
    return el("li", {}, el("a", { href: `#${this.survey}/tall/${id}`, "data-to": id }, title));
  }

  /** @param {string} id @param {string} title */
  add(id, title) {
    this.list.append(this.#entry(id, title));
  }

  /** @param {string} id @param {string} title */
  first(id, title) {
    this.list.prepend(this.#entry(id, title));
  }

  /** From now on the part in view is marked, and named in the bar. */
  follow() {
    const links = [...this.list.querySelectorAll("a")];
    const mark = () => {
      const line = innerHeight / 3;
      const passed = links.filter((link) => (this.#target(link)?.getBoundingClientRect().top ?? Infinity) < line);
      const here = passed.at(-1) ?? links[0];
      for (const link of links) {
        if (link === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      put(this.now, here?.textContent ?? "");
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66.6% 0px", threshold: [0, 1] });
    for (const link of links) {
      const target = this.#target(link);
      if (target) watch.observe(target);
    }
    mark();
  }

  /** @param {HTMLElement} link */
  #target(link) {
    return this.place.querySelector(`[id="${CSS.escape(link.dataset["to"] ?? "")}"]`);
  }

  /** Show a part, and go on from there. @param {HTMLElement} place @param {string} id */
  static goTo(place, id) {
    const target = place.querySelector(`[id="${CSS.escape(id)}"]`);
    if (!(target instanceof HTMLElement)) return;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }
}
