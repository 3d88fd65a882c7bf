/**
 * A document on the page: what is saved and what is left, the chapters, and the one that is open.
 */

import { fit } from "../files/fit.js";
import { chapterView } from "./chapter.js";
import { chaptersOf, lackingIn } from "./chapters.js";
import { button, clock, day, el, put } from "../lib-dom.js";
import { Draft } from "./draft.js";
import { fieldsOf, lacking } from "./model.js";
import { asFile, ways } from "./out.js";
import { Paper } from "./paper.js";
import { Sources } from "./sources.js";

/**
 * @typedef {import("./about.js").Given} Form
 * @typedef {import("./about.js").Context} Context
 * @typedef {import("./chapters.js").Chapter} Chapter
 * @typedef {import("./model.js").Doc} Doc
 * @typedef {import("./model.js").Change} Change
 * @typedef {{say: import("../lib-dom.js").Say, root: URL}} Site
 */

const WIDE = "(min-width: 60em)"; // the chapters stand beside the one that is open
const SOON = 120; // ms until what is left is counted anew

export class Editor {
  /** @type {import("./field.js").Block[]} */
  #blocks = [];
  /** @type {Chapter | undefined} */
  #open;
  #timer = 0;

  /**
   * @param {Site} site
   * @param {Form} form
   * @param {Doc} doc
   * @param {boolean} saved
   * @param {(hash: string) => void} begun called with its address when it has got its first key
   */
  constructor(site, form, doc, saved, begun) {
    const { say } = site;
    this.say = say;
    this.form = form;
    this.doc = doc;
    this.begun = begun;
    /** What the document is called in an address: its template until it is begun. */
    this.base = saved ? doc.id : doc.template;
    this.draft = new Draft(doc, saved, () => this.#tell(), () => this.#other());
    this.sources = new Sources(form, doc, site.root, say);
    /** @type {Context} */
    this.context = { say, form, doc, do: (made) => this.#do(made), sources: this.sources };
    this.chapters = chaptersOf(form, say);
    this.paper = new Paper(say, form, doc);
    this.state = el("p", { class: "fill__state" });
    this.left = el("p", { class: "fill__left" });
    this.name = el("input", { id: "fill-name", class: "fill__control", maxlength: 200, autocomplete: "off" });
    this.name.value = doc.name;
    this.name.addEventListener("input", () => this.#do({ do: "name", value: this.name.value }));
    this.notices = el("div", { class: "fill__notices" });
    this.place = el("div", { class: "fill__place" });
    this.list = el("ol", { class: "fill__list" });
    this.now = el("span", { class: "fill__now" });
    const wide = matchMedia(WIDE).matches;
    this.fold = el("details", { class: "fill__menu", open: wide }, el("summary", {}, this.now, el("span", { class: "fill__all" }, say("chapters"))), this.list);
    this.node = this.#build(site);
    this.#versions();
    this.#tell();
    this.#count();
    void this.sources.load().then(() => this.#refresh());
  }

  /** @param {Site} site */
  #build(site) {
    const { say, form } = this;
    const single = this.chapters.length === 1;
    const out = ways(site, this.context, this.draft, this.paper);
    const node = el(
      "div",
      { class: "fill__doc" },
      el("p", { class: "fill__back" }, el("a", { href: "#" }, say("back"))),
      el("h1", { id: "skjema" }, form.title),
      el("div", { class: "fill__naming" }, el("label", { for: "fill-name", class: "fill__label" }, say("name")), this.name),
      el("div", { class: "fill__bar" }, this.state, this.left, el("a", { class: "fill__to-out", href: "#ta-med" }, say("to_out"))),
      this.notices,
      el(
        "div",
        { class: `fill__columns${single ? " fill__columns--single" : ""}` },
        single ? "" : el("nav", { class: "fill__nav", "aria-label": say("chapters") }, this.fold),
        this.place,
        out,
      ),
      this.paper.node,
    );
    node.querySelector(".fill__to-out")?.addEventListener("click", (event) => {
      event.preventDefault();
      out.scrollIntoView();
      out.querySelector("h2")?.focus();
    });
    return node;
  }

  /** Show a chapter; the first unless named. @param {string} id @param {boolean} focus */
  show(id, focus) {
    const chapter = this.chapters.find((one) => one.id === id) ?? this.chapters[0];
    if (!chapter || chapter === this.#open) return;
    this.#open = chapter;
    const view = chapterView(this.context, this.chapters, chapter, (other) => {
      location.hash = `${this.base}/${other.id}`;
    });
    this.#blocks = view.blocks;
    this.place.replaceChildren(view.node);
    this.#count();
    if (!focus) return;
    if (!matchMedia(WIDE).matches) this.fold.open = false;
    view.heading.focus({ preventScroll: true });
    this.place.scrollIntoView();
  }

  /** @param {Change} made */
  #do(made) {
    const first = !this.draft.saved && !this.draft.unsaved;
    this.draft.do(made);
    if (first) this.#begin();
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.#count();
      const field = made.do === "set" && fieldsOf(this.form).find(({ id }) => id === made.field);
      if (field && ["amount", "number"].includes(field.kind)) for (const block of this.#blocks) block.reckon?.();
    }, SOON);
  }

  /** Give what is begun its address, once the first key is drawn. */
  #begin() {
    this.base = this.doc.id;
    setTimeout(() => {
      this.begun(`#${this.base}/${this.#open?.id ?? ""}`);
      this.#count();
    });
  }

  #refresh() {
    for (const block of this.#blocks) block.refresh();
  }

  #other() {
    if (document.activeElement !== this.name) this.name.value = this.doc.name;
    this.#refresh();
    this.#count();
  }

  /** What is left, here and in each chapter. */
  #count() {
    const { say } = this;
    const all = fieldsOf(this.form).filter(({ required }) => required).length;
    const left = lacking(this.form, this.doc);
    const text = left.length ? say("left", { n: left.length, all }) : say(all ? "left_none" : "left_free");
    const next = left.length && button(say("next_left"), "fill__quiet", () => this.#toNext());
    if (this.left.dataset["n"] !== `${left.length}`) {
      this.left.replaceChildren(text, " ", next || "");
      this.left.dataset["n"] = `${left.length}`;
    }
    const n = this.chapters.findIndex((chapter) => chapter === this.#open) + 1;
    put(this.now, say("chapter_of", { n, all: this.chapters.length, title: this.#open?.title ?? "" }));
    this.list.replaceChildren(...this.chapters.map((chapter) => this.#entry(chapter)));
  }

  /** @param {Chapter} chapter */
  #entry(chapter) {
    const n = lackingIn(chapter, this.doc).length;
    const link = el("a", { href: `#${this.base}/${chapter.id}`, "aria-current": chapter === this.#open && "step" }, chapter.title);
    return el("li", {}, link, n ? el("span", { class: "fill__count" }, ` ${this.say("left_here", { n })}`) : "");
  }

  /** Go to the next required field that is empty, after the one that has focus. */
  #toNext() {
    const left = lacking(this.form, this.doc).map(({ id }) => id);
    const order = fieldsOf(this.form).map(({ id }) => id);
    const here = order.indexOf(document.activeElement?.closest("[data-field]")?.getAttribute("data-field") ?? "");
    const next = left.find((id) => order.indexOf(id) > here) ?? left[0];
    const chapter = this.chapters.find(({ sections }) => sections.some(({ fields }) => fields.some(({ id }) => id === next)));
    if (!chapter) return;
    if (chapter !== this.#open) {
      this.show(chapter.id, false);
      history.pushState(null, "", `#${this.base}/${chapter.id}`);
    }
    this.#blocks.find(({ id }) => id === next)?.focus();
  }

  /** Say what the store says. */
  #tell() {
    const { say, doc } = this;
    const { state } = this.draft;
    const today = new Date().toDateString() === new Date(doc.changed).toDateString();
    const saved = today ? say("saved", { time: clock(doc.changed) }) : say("saved_day", { day: day(doc.changed) });
    put(this.state, state === "new" ? say("not_begun") : state === "saved" ? saved : say("not_saved"));
    this.state.classList.toggle("fill__state--bad", !["new", "saved", "saving"].includes(state));
    const bad = state === "Full" || state === "Blocked" || state === "gone";
    if (bad) this.notice("state", say(`state_${state.toLowerCase()}`), state !== "gone");
    else this.notices.querySelector("[data-about=state]")?.remove();
  }

  /** @param {string} about @param {string} text @param {boolean} [file] whether to offer the document as a file */
  notice(about, text, file = false) {
    const found = this.notices.querySelector(`[data-about=${about}]`);
    if (found) return put(found.querySelector("p"), text);
    const save = file && button(this.say("as_file"), "work__button", () => asFile(this.doc));
    this.notices.append(el("div", { class: "fill__notice", role: "alert", "data-about": about }, el("p", {}, text), save));
  }

  /** Tell of a document that was begun in another version of the template, and keep what it had. */
  #versions() {
    const { say, form, doc } = this;
    const lost = fit(form, doc).dropped;
    if (doc.version !== form.version) this.notice("version", say("other_version", { before: doc.version, now: form.version }));
    if (!lost.length) return;
    const rows = lost.map(({ id, text }) => el("li", {}, el("strong", {}, id), el("span", { class: "fill__lost" }, text)));
    this.notices.append(
      el("details", { class: "fill__notice", open: true }, el("summary", {}, say("homeless", { n: lost.length })), el("p", {}, say("homeless_help")), el("ul", {}, ...rows)),
    );
  }

  close() {
    this.paper.close();
    return this.draft.close();
  }
}
