/** Shows what is found while the reader types; without it, the form leads to a page that says so. */

import { open } from "./lib-find.js";

/** @typedef {import("./lib-find.js").Hit} Hit */
/** @typedef {import("./lib-find.js").Finder} Finder */
/** @typedef {{best: string, count: string, one: string, none: string, failed: string, all: string, section: string}} Said */

const MOST = 12;
/** How long a reader rests before what was found is said, in milliseconds. */
const REST = 900;
const narrow = matchMedia("(max-width: 44.98em)");

/**
 * @param {string} tag @param {string} name @param {...(Node | string)} inner
 * @returns {HTMLElement}
 */
function element(tag, name, ...inner) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inner);
  return made;
}

/** @param {string} path @returns {string} the last part of an address, in letters where it can be read */
function lastWord(path) {
  const part = path.split("/").filter(Boolean).at(-1) ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

class Search {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.root = form.dataset.root ?? "";
    /** @type {Said} */
    this.said = JSON.parse(form.dataset.said ?? "{}");
    this.full = "full" in form.dataset;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
    this.count = /** @type {HTMLElement} */ (form.querySelector(".search__count"));
    this.status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    this.results = /** @type {HTMLElement} */ (form.querySelector(".search__results"));
    /** @type {Promise<Finder> | undefined} */
    this.opened = undefined;
    this.pause = 0;
    this.input.addEventListener("focus", () => void this.finder());
    this.input.addEventListener("input", () => void this.show());
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("click", (event) => {
      if (!this.full && event.target instanceof Node && !form.contains(event.target)) this.close();
    });
    if (this.full) this.begin();
  }

  begin() {
    const asked = new URLSearchParams(location.search).get("q") ?? this.form.dataset.from;
    const lost = asked === "address" ? lastWord(location.pathname) : asked;
    if (!lost) return;
    this.input.value = lost.replace(/\.html?$|[-_]/g, " ").trim();
    void this.show();
  }

  finder() {
    this.opened ??= open(`${this.root}sok/indeks.json`);
    return this.opened;
  }

  async show() {
    const query = this.input.value.trim();
    if (this.full) history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    if (query.length < 2) return this.close();
    try {
      const finder = await this.finder();
      if (query === this.input.value.trim()) this.draw(finder, finder.find(query), query);
    } catch {
      this.opened = undefined;
      this.tell(this.said.failed);
    }
  }

  /**
   * Shown at once, said when the reader rests: a new count for each letter drowns out the typing.
   * @param {string} text
   */
  tell(text) {
    this.count.textContent = text;
    this.count.hidden = false;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.status.textContent = text;
    }, REST);
  }

  close() {
    this.results.hidden = true;
    this.results.replaceChildren();
    clearTimeout(this.pause);
    this.status.textContent = "";
    this.count.textContent = "";
    this.count.hidden = !this.full;
  }

  /** @param {Finder} finder @param {Hit[]} hits @param {string} query */
  draw(finder, hits, query) {
    const word = hits.length > 1 ? this.said.count : hits.length ? this.said.one : this.said.none;
    this.tell(word.replace("{n}", String(hits.length)).replace("{q}", query));
    const shown = this.full ? hits : hits.slice(0, MOST);
    /** @type {Map<string, Hit[]>} */
    const groups = new Map([[this.said.best, shown.slice(0, 3)]]);
    for (const hit of shown.slice(3)) {
      const name = finder.kinds[hit.kind] ?? hit.kind;
      groups.set(name, [...(groups.get(name) ?? []), hit]);
    }
    this.results.replaceChildren(...[...groups].filter(([, own]) => own.length).map(([name, own]) => {
      const group = element("section", "search__group", element("h2", "search__kind", name));
      group.append(element("ul", "search__hits", ...own.map((hit) => this.line(finder, hit))));
      return group;
    }));
    if (!this.full && hits.length > shown.length) {
      const all = element("a", "search__all", this.said.all.replace("{n}", String(hits.length)));
      all.setAttribute("href", `${this.root}sok/?q=${encodeURIComponent(query)}`);
      this.results.append(all);
    }
    this.results.hidden = !hits.length;
    // Half a phone's screen is keyboard: what was found has to stand above it.
    if (!this.full && narrow.matches && !this.results.hidden) this.form.scrollIntoView({ block: "start" });
  }

  /** @param {Finder} finder @param {Hit} hit */
  line(finder, hit) {
    const link = element("a", "search__link", ...this.marked(finder, hit.title, hit.words));
    link.setAttribute("href", this.root + hit.url);
    const facts = [finder.kinds[`one.${hit.kind}`] ?? "", hit.phase, hit.time].filter(Boolean).join(" · ");
    const line = element("li", "search__hit", link);
    if (facts) line.append(element("p", "search__facts", facts));
    const text = hit.section ? this.said.section.replace("{title}", hit.section) : hit.summary;
    if (text) line.append(element("p", "search__text", ...this.marked(finder, text, hit.words)));
    return line;
  }

  /** @param {Finder} finder @param {string} text @param {string[]} found @returns {(Node | string)[]} */
  marked(finder, text, found) {
    return text.split(/([\p{L}\d]+)/u).map((piece, at) => (at % 2 && finder.matches(piece, found) ? element("mark", "", piece) : piece));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const stops = [this.input, .../** @type {NodeListOf<HTMLElement>} */ (this.results.querySelectorAll("a"))];
    const here = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && here >= 0 && !this.results.hidden) {
      stops[Math.min(Math.max(here + step, 0), stops.length - 1)]?.focus();
      event.preventDefault();
    } else if (event.key === "Escape" && !this.full) {
      if (this.results.hidden && this.form.closest(".top")) return folded(true);
      this.input.focus();
      this.close();
    }
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    if (!this.full) return;
    event.preventDefault();
    void this.show();
  }
}

const forms = [.../** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-module=search]"))];
const searches = forms.map((form) => new Search(form));

const find = /** @type {HTMLElement | null} */ (document.querySelector(".top__find"));

/** On a phone the field of the head is folded behind a button. @param {boolean} fold */
function folded(fold) {
  find?.closest(".top")?.classList.toggle("is-searching", !fold);
  find?.setAttribute("aria-expanded", String(!fold));
  if (fold && find?.offsetParent) find.focus();
  if (!fold) searches[0]?.input.focus();
}

if (find) {
  find.setAttribute("role", "button");
  find.setAttribute("aria-controls", "sok-felt");
  find.setAttribute("aria-expanded", "false");
  const turn = (/** @type {Event} */ event) => {
    event.preventDefault();
    folded(find.getAttribute("aria-expanded") === "true");
  };
  find.addEventListener("click", turn);
  find.addEventListener("keydown", (event) => {
    if (event.key === " ") turn(event);
  });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (find?.offsetParent) folded(false);
  else searches[0]?.input.focus();
});
