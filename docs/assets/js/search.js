/** Shows what is found while the reader types; without it, the form leads to a page with ways on. */

import { open } from "./lib-find.js";
import { Results } from "./lib-results.js";
import { tokens } from "./lib-words.js";

/** @typedef {import("./lib-find.js").Answer} Answer */
/** @typedef {import("./lib-find.js").Finder} Finder */
/** @typedef {import("./lib-results.js").Said} Said */

/** How long a reader rests before what was found is said, and the query put in the address, in milliseconds. */
const REST = 900;
/** How long it may take before there is a word of it. */
const SOON = 150;
const narrow = matchMedia("(max-width: 44.98em)");

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
    /** A page that searches has its query in its address; a lost one keeps the address that was lost. */
    this.kept = this.full && !form.dataset.from;
    this.title = document.title;
    /** What is said when the reader rests: a new count for each letter drowns out the typing. */
    this.news = "";
    this.input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
    this.count = /** @type {HTMLElement} */ (form.querySelector(".search__count"));
    this.status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    this.ways = /** @type {HTMLElement} */ (form.querySelector(".search__ways"));
    this.found = /** @type {HTMLElement} */ (form.querySelector(".search__results"));
    this.results = new Results(this.found, this.said, this.root, this.full);
    /** @type {Promise<Finder> | undefined} */
    this.opened = undefined;
    this.pause = 0;
    this.ways.hidden = true;
    form.classList.add("is-ready");
    this.input.addEventListener("focus", () => void this.finder());
    this.input.addEventListener("input", () => void this.show());
    this.found.addEventListener("click", (event) => this.leave(event));
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("click", (event) => {
      if (!this.full && event.target instanceof Node && !form.contains(event.target)) this.close();
    });
    if (this.kept) addEventListener("popstate", () => this.begin());
    if (this.full) this.begin();
  }

  begin() {
    const lost = this.form.dataset.from ? lastWord(location.pathname).replace(/\.html?$|[-_]/g, " ").trim() : "";
    this.input.value = new URLSearchParams(location.search).get("q") ?? lost;
    void this.show();
    this.keep();
  }

  finder() {
    this.opened ??= open(`${this.root}sok/indeks.json`);
    this.opened.catch(() => {
      this.opened = undefined;
    });
    return this.opened;
  }

  async show() {
    const query = this.input.value.trim();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.status.textContent = this.news;
      this.keep();
    }, REST);
    if (query.length < 2) return this.close();
    const slow = setTimeout(() => this.tell(this.said.loading), SOON);
    const old = () => query !== this.input.value.trim();
    try {
      const finder = await this.finder();
      await finder.ready(query);
      if (!old()) this.draw(finder, finder.ask(query), query);
    } catch {
      if (!old()) this.tell(this.said.failed);
    } finally {
      clearTimeout(slow);
    }
  }

  /** The address and the title have the query as it is typed, and going back leads through those before. */
  keep() {
    if (!this.kept) return;
    const query = this.input.value.trim();
    document.title = query ? `${query} – ${this.title}` : this.title;
    if (query === (new URLSearchParams(location.search).get("q") ?? "").trim()) return;
    history.pushState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  }

  /** @param {string} text @param {string} [more] what stands beside it already, and has to be said */
  tell(text, more = "") {
    this.count.textContent = text;
    this.count.hidden = false;
    this.news = `${text} ${more}`.trim();
  }

  close() {
    this.results.clear();
    this.ways.hidden = true;
    this.news = "";
    this.status.textContent = "";
    this.count.textContent = "";
    this.count.hidden = !this.full;
  }

  /** @param {Finder} finder @param {Answer} answer @param {string} query */
  draw(finder, answer, query) {
    const { length } = answer.hits;
    const word = length > 1 ? this.said.count : length ? this.said.one : this.said.none;
    const meant = answer.near.length ? mended(query, answer.near) : "";
    this.tell(word.replace("{n}", String(length)).replace("{q}", () => query), meant && this.said.near.replace("{q}", () => meant));
    this.results.draw(finder, answer, query, meant);
    this.ways.hidden = length > 0;
    // Half a phone's screen is keyboard: what was found has to stand above it.
    if (!this.full && narrow.matches && length) this.form.scrollIntoView({ block: "start" });
  }

  /** @param {MouseEvent} event on what was found: a query that was perhaps meant is answered here */
  leave(event) {
    this.keep();
    const link = event.target instanceof Element ? event.target.closest(".search__meant") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.input.value = link.textContent;
    this.input.focus();
    void this.show();
    this.keep();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const links = /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll(".search__found a, .search__more"));
    const stops = [this.input, ...[...links].filter((link) => link.offsetParent)];
    const here = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const closed = this.found.hidden && this.ways.hidden;
    if (step && here >= 0 && !closed) {
      stops[Math.min(Math.max(here + step, 0), stops.length - 1)]?.focus();
      event.preventDefault();
    } else if (event.key === "Escape" && !this.full) {
      if (closed && this.form.closest(".top")) return folded(true);
      this.input.focus();
      this.close();
    }
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    if (!this.kept) return;
    event.preventDefault();
    void this.show();
    this.keep();
  }
}

/** @param {string} query @param {[string, string][]} near @returns {string} the query, with the words that were meant */
function mended(query, near) {
  return query.replace(/[\p{L}\d]+/gu, (word) => near.find(([typed]) => tokens(word)[0] === typed)?.[1] ?? word);
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
