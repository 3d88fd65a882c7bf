/** Findings of interviews beside the figures: from the log, saved in this browser or in a file. */

import { button, day, el, part, put } from "../lib-dom.js";
import { ROOT } from "../lib-store.js";
import { all } from "../store/db.js";
import { shown } from "./figure-table.js";
import { fromDocument, fromFile } from "./findings.js";
import { findingHeader, findingRow } from "./report-more.js";
import { Say } from "./say.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./work.js").Work} Work
 * @typedef {import("./findings.js").About} About
 * @typedef {import("../files/form.js").Answered} Answered
 */

const ABOUT = "data/svar/samtaler.json"; // where the findings stand in the log, below the language's root

/** @type {import("./page.js").View} */
export async function talksView(stage, work, around) {
  const place = stage.show(around, "talks");
  const talks = new Talks(stage, work, place);
  await talks.saved();
  talks.show();
}

class Talks {
  /** @param {Stage} stage @param {Work} work @param {HTMLElement} place */
  constructor(stage, work, place) {
    this.stage = stage;
    this.work = work;
    this.place = place;
    this.words = { others: stage.say("findings.others"), none: stage.say("findings.none") };
    const input = /** @type {HTMLInputElement} */ (part(place, "input"));
    part(place, "choose").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      input.value = "";
      if (file) void this.#take(file.name, async (abouts) => fromFile(new Uint8Array(await file.arrayBuffer()), file.name, abouts, this.words));
    });
  }

  /** The log in the page's language, then in the others. @returns {Promise<About[]>} */
  async #abouts() {
    const own = await fetched(new URL(ABOUT, this.stage.root));
    if (!own) throw new Error(ABOUT);
    const others = await Promise.all(Object.values(own.others).map((address) => fetched(new URL(ROOT + address, location.href)).catch(() => undefined)));
    return [own, ...others.filter((one) => one !== undefined)];
  }

  /** The logs in this browser, to take with one press. */
  async saved() {
    const { stage, place } = this;
    const about = await fetched(new URL(ABOUT, stage.root)).catch(() => undefined);
    const found = await all("documents").catch(() => []);
    const docs = /** @type {(Answered & {changed: string})[]} */ (/** @type {unknown} */ (found)).filter(({ template }) => template === about?.template);
    const lines = docs.map((doc) => {
      const take = button(stage.say("talks_take"), "work__button", () => void this.#take(doc.name, (abouts) => fromDocument(doc, abouts, this.words)));
      take.append(el("span", { class: "said" }, `: ${doc.name}`));
      return el("li", {}, el("span", {}, el("strong", {}, doc.name), " ", el("span", { class: "answers__aside" }, day(doc.changed))), take);
    });
    const begin = about?.fill ? [el("p", {}, el("a", { href: new URL(about.fill, stage.root).href }, stage.say("talks_begin")))] : [];
    const none = el("p", {}, stage.say("talks_none"));
    part(place, "saved").replaceChildren(...(lines.length ? [el("h3", {}, stage.say("talks_saved")), el("ul", { class: "out__ways" }, ...lines)] : [none, ...begin]));
  }

  /** @param {string} name @param {(abouts: About[]) => NonNullable<Work["findings"]> | Promise<NonNullable<Work["findings"]>>} read */
  async #take(name, read) {
    const { stage, work, place } = this;
    const { say } = stage;
    const state = part(place, "state");
    put(state, say("reading"));
    try {
      work.findings = await read(await this.#abouts());
      work.touch();
      this.show();
      const n = work.findings.themes.reduce((sum, { rows }) => sum + rows.length, 0);
      put(state, say("talks_taken", { n, talks: work.findings.talks }));
    } catch (error) {
      const { key = "Failed", where = "" } = /** @type {{key?: string, where?: string}} */ (error ?? {});
      if (key === "Failed") console.error(error);
      put(state, say(`findings.wrong.${key}`, { file: name, where }) || say(`wrong.${key}`, { file: name, where }));
    }
    state.focus();
  }

  show() {
    const { stage, work, place } = this;
    const found = work.findings;
    const box = part(place, "findings");
    if (!found) return box.replaceChildren();
    const say = new Say(stage.words, work.survey);
    const tables = found.themes.flatMap(({ title, rows }) => [
      el("h3", {}, title),
      shown({ caption: title, header: findingHeader(say), rows: rows.map((row) => findingRow(say, row)), notes: [] }),
    ]);
    const notes = (found.notes ?? []).map(({ key, count = 0 }) => el("li", {}, stage.say(`note.${key}`, { n: count })));
    const remove = button(stage.say("talks_remove"), "answers__quiet", () => {
      work.findings = undefined;
      this.show();
      part(place, "heading").focus();
    });
    box.replaceChildren(...(notes.length ? [el("h3", {}, stage.say("found_notes")), el("ul", {}, ...notes)] : []), ...tables, el("p", {}, remove));
  }
}

/** @param {URL} address @returns {Promise<About | undefined>} none where the site has no log */
async function fetched(address) {
  const got = await fetch(address);
  return got.ok ? got.json() : undefined;
}
