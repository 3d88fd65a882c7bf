/**
 * The reader's documents: opened, named, copied, taken out as files and in from them, deleted.
 */

import { all, change, onChange, StoreError, works } from "../store/db.js";
import { ask, button, clock, day, el, put } from "../lib-dom.js";
import { reason, takeIn } from "./intake.js";
import { asFile } from "./out.js";

/**
 * @typedef {import("../lib-dom.js").Say} Say
 * @typedef {import("./model.js").Doc} Doc
 * @typedef {(template: string) => Promise<import("./about.js").Given | undefined>} FormOf
 */

export class Shelf {
  /**
   * @param {HTMLElement} root
   * @param {Say} say
   * @param {FormOf} formOf
   */
  constructor(root, say, formOf) {
    this.say = say;
    this.formOf = formOf;
    /** @param {string} name */
    const part = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-part=${name}]`));
    this.list = part("saved");
    this.none = part("none");
    this.told = part("told");
    this.titles = new Map(
      [...root.querySelectorAll("[data-form]")].map((one) => [
        one.getAttribute("data-form") ?? "",
        one.getAttribute("data-title") ?? "",
      ]),
    );
    const file = /** @type {HTMLInputElement} */ (part("file"));
    part("import").addEventListener("click", () => file.click());
    file.addEventListener("change", () => void this.#take(file));
    onChange(() => void this.show());
    addEventListener("pageshow", () => void this.show());
  }

  /** Show what is saved now. */
  async show() {
    if (!(await works())) {
      put(this.none, this.say("state_blocked_list"));
      this.none.hidden = false;
      return;
    }
    const docs = /** @type {Doc[]} */ (await all("documents").catch(() => []));
    docs.sort((one, other) => other.changed.localeCompare(one.changed));
    this.none.hidden = docs.length > 0;
    this.list.replaceChildren(...docs.map((doc) => this.#entry(doc)));
  }

  /** @param {Doc} doc */
  #entry(doc) {
    const { say } = this;
    const title = this.titles.get(doc.template);
    const when = say("changed", { day: day(doc.changed), time: clock(doc.changed) });
    const what = title === doc.name ? "" : title ? `${title}. ` : `${say("no_form")} `;
    const about = `${what}${when}`;
    const named = title ? el("a", { href: `#${doc.id}` }, doc.name) : el("span", {}, doc.name);
    const of = () => el("span", { class: "said" }, `: ${doc.name}`);
    /** @param {string} key @param {() => void} does */
    const way = (key, does) => {
      const made = button(say(key), "fill__quiet", does);
      made.append(of());
      return el("li", {}, made);
    };
    return el(
      "li",
      { class: "fill__entry", "data-id": doc.id },
      el("p", { class: "fill__entry-name" }, named),
      el("p", { class: "fill__aside" }, about),
      el(
        "ul",
        { class: "fill__tasks" },
        way("rename", () => void this.#rename(doc)),
        way("copy", () => void this.#copy(doc)),
        way("save_file", () => void asFile(doc)),
        way("delete", () => void this.#delete(doc)),
      ),
    );
  }

  /** @param {Doc} doc */
  async #rename(doc) {
    const { say } = this;
    const field = el("input", { id: "fill-rename", class: "fill__control", maxlength: 200, autocomplete: "off" });
    field.value = doc.name;
    field.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key !== "Enter") return;
      event.preventDefault();
      field.closest("dialog")?.close("yes");
    });
    const inner = [el("p", {}, el("label", { for: field.id, class: "fill__label" }, say("name")), field)];
    const how = await ask(say("rename_title"), inner, [
      { value: "yes", text: say("rename"), main: true },
      { value: "", text: say("cancel") },
    ]);
    const name = field.value.trim();
    if (how !== "yes" || !name || name === doc.name) return;
    await this.#do(() =>
      change("documents", doc.id, (before) => before && { ...before, name, changed: new Date().toISOString() }),
    );
    this.#focus(doc.id);
  }

  /** @param {Doc} doc */
  async #copy(doc) {
    const now = new Date().toISOString();
    const made = { ...doc, id: crypto.randomUUID(), name: this.say("copy_of", { name: doc.name }), created: now, changed: now };
    await this.#do(() => change("documents", made.id, () => made));
    put(this.told, this.say("copied", { name: made.name }));
    this.#focus(made.id);
  }

  /** @param {Doc} doc */
  async #delete(doc) {
    const { say } = this;
    const how = await ask(say("delete_title", { name: doc.name }), [el("p", {}, say("delete_text"))], [
      { value: "yes", text: say("delete"), main: true },
      { value: "", text: say("cancel") },
    ]);
    if (how !== "yes") return;
    await this.#do(() => change("documents", doc.id, () => undefined));
    put(this.told, say("deleted", { name: doc.name }));
    this.told.focus();
  }

  /** @param {() => Promise<unknown>} action */
  async #do(action) {
    try {
      await action();
    } catch (error) {
      put(this.told, this.say(error instanceof StoreError && error.key === "Full" ? "wrong_full" : "wrong_blocked"));
    }
    await this.show();
  }

  /** @param {string} id */
  #focus(id) {
    const link = this.list.querySelector(`[data-id="${CSS.escape(id)}"] a`);
    if (link instanceof HTMLElement) link.focus();
  }

  /** @param {HTMLInputElement} field */
  async #take(field) {
    const file = field.files?.[0];
    field.value = "";
    if (!file) return;
    put(this.told, this.say("reading"));
    try {
      const made = await takeIn(this.say, file, this.formOf);
      put(this.told, made ? this.say("taken", { name: made.name }) : "");
      await this.show();
      if (made) this.#focus(made.id);
    } catch (error) {
      put(this.told, reason(this.say, error));
    }
  }
}
