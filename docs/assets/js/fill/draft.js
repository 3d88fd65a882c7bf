/**
 * Keeps a document while it is written: each change goes into the browser's store within a
 * moment, upon whatever another tab has written there meanwhile.
 *
 * A page that is left is given no time for the store. What is not yet in it is noted in
 * localStorage, which is written at once, and made good when a page of ours is opened next.
 */

import { ROOT } from "../lib-store.js";
import { change, get, onChange, StoreError } from "../store/db.js";
import { apply, together } from "./model.js";

/**
 * @typedef {import("./model.js").Doc} Doc
 * @typedef {import("./model.js").Change} Change
 * @typedef {{kind: "new" | "saving" | "saved" | "gone" | "Full" | "Blocked"}} State
 */

const WAIT = 200; // ms from the first key that is not saved
const AGAIN = 5_000; // ms until it is tried again
const NOTE = `nvr.1:${ROOT}:fill:`;

export class Draft {
  /** @type {Change[]} */
  #queue = [];
  /** @type {Change[]} */
  #flying = [];
  #stamp = "";
  #timer = 0;
  #closed = false;
  /** @type {Promise<void> | undefined} */
  #saving;

  /**
   * @param {Doc} doc what is shown; it is changed in place
   * @param {boolean} saved whether the store has it
   * @param {(state: State["kind"]) => void} tell
   * @param {() => void} other called when another tab has changed what is shown
   */
  constructor(doc, saved, tell, other) {
    this.doc = doc;
    this.saved = saved;
    this.state = /** @type {State["kind"]} */ (saved ? "saved" : "new");
    this.tell = tell;
    this.other = other;
    onChange((store, id) => {
      if (!this.#closed && this.saved && (id === "" || (store === "documents" && id === this.doc.id))) {
        void this.#meet();
      }
    });
    addEventListener("visibilitychange", () => void (document.hidden && this.flush()));
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", (event) => void (event.persisted && this.#comeBack()));
    addEventListener("beforeunload", (event) => {
      const held = !this.#closed && this.#queue.length && ["Full", "Blocked"].includes(this.state);
      if (held) event.preventDefault();
    });
  }

  /** Change what is shown, and save it. @param {Change} made */
  do(made) {
    apply(this.doc, made);
    const last = this.#queue.at(-1);
    if (last && together(last, made)) Object.assign(last, { value: Reflect.get(made, "value") });
    else this.#queue.push(made);
    this.#timer ||= setTimeout(() => void this.flush(), WAIT);
  }

  /** Save what is not yet saved. @returns {Promise<void>} */
  async flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    while (this.#saving) await this.#saving;
    if (!this.#queue.length) return;
    this.#saving = this.#save().finally(() => {
      this.#saving = undefined;
    });
    await this.#saving;
  }

  /** Stop telling the page of anything; what is not saved yet still is. */
  async close() {
    await this.flush();
    this.#closed = true;
  }

  /** Whether something is written that the store has not. */
  get unsaved() {
    return this.#queue.length + this.#flying.length > 0;
  }

  async #save() {
    this.#flying = this.#queue;
    this.#queue = [];
    this.#stamp = new Date().toISOString();
    let others = false;
    try {
      const after = await change("documents", this.doc.id, (before) => {
        // What another tab has deleted comes back whole: somebody is writing in it.
        const found = before ?? structuredClone(this.doc);
        others = Boolean(before) && before.changed !== this.doc.changed;
        if (before) for (const made of this.#flying) apply(found, made);
        return Object.assign(found, { changed: this.#stamp });
      });
      this.#flying = [];
      this.saved = true;
      this.doc.changed = this.#stamp;
      if (others) this.#show(/** @type {Doc} */ (after));
      this.#now("saved");
    } catch (error) {
      this.#queue = [...this.#flying, ...this.#queue];
      this.#flying = [];
      this.#now(error instanceof StoreError && error.key === "Full" ? "Full" : "Blocked");
      this.#timer ||= setTimeout(() => void this.flush(), AGAIN);
    }
  }

  /** @param {State["kind"]} state */
  #now(state) {
    this.state = state;
    if (!this.#closed) this.tell(state);
  }

  /** Take in what another tab has written. */
  async #meet() {
    await this.flush();
    const found = /** @type {Doc | undefined} */ (await get("documents", this.doc.id).catch(() => undefined));
    if (this.#closed) return;
    if (!found) this.#now("gone");
    else if (found.changed !== this.doc.changed) {
      this.#show(found);
      this.#now("saved");
    }
  }

  /** @param {Doc} found */
  #show(found) {
    Object.assign(this.doc, found);
    for (const made of this.#queue) apply(this.doc, made);
    if (!this.#closed) this.other();
  }

  #leave() {
    const changes = [...this.#flying, ...this.#queue];
    if (!changes.length || ["Full", "Blocked"].includes(this.state)) return;
    const { cover: _cover, values: _values, ...head } = this.doc;
    const note = { head, flying: this.#flying.length, stamp: this.#stamp, changes };
    try {
      localStorage.setItem(`${NOTE}${this.doc.id}`, JSON.stringify({ ...note, cover: this.doc.cover }));
      this.#queue = [];
      this.saved = true;
    } catch {
      // No room for the note: the store may still make it.
      void this.flush();
    }
  }

  async #comeBack() {
    await makeGood();
    if (this.saved) await this.#meet();
  }
}

/** Save what was noted when a page was left. */
export async function makeGood() {
  /** @type {string[]} */
  let notes = [];
  try {
    notes = Object.keys(localStorage).filter((name) => name.startsWith(NOTE));
  } catch {
    return;
  }
  for (const name of notes) {
    try {
      const { head, cover, flying, stamp, changes } = JSON.parse(localStorage.getItem(name) ?? "");
      await change("documents", head.id, (before) => {
        // What was on its way may have arrived.
        const left = before?.changed === stamp ? changes.slice(flying) : changes;
        const found = before ?? { ...head, cover, values: {} };
        for (const made of left) apply(found, made);
        return Object.assign(found, { changed: new Date().toISOString() });
      });
      localStorage.removeItem(name);
    } catch {
      // It stays for the next time.
    }
  }
}
