/**
 * All that is saved in this browser: how much it is, to a file, from a file, and deleted.
 *
 * The file is JSON: `schema`, `version`, `site`, `date` and `ticks`, which maps a kind to lists
 * and each list to ids. Nothing is taken in from a file before all of it has been judged.
 */

import { all, clear, fill, get, onChange, ROOT, set, works } from "./lib-store.js";

/** @typedef {Record<string, Record<string, string[]>>} Ticks */
/** @typedef {{site: string, date: string, ticks: Ticks}} Export */

const SCHEMA = "naeringsvennlig-region/fremdrift";
const VERSION = 1;
const SITE = new URL(ROOT, location.href).href;
const KINDS = ["checklist", "interview"];
const LARGEST = 500_000; // bytes; a handbook with every box ticked is a tenth of it
const ID = /^[a-z0-9][a-z0-9.-]{0,99}$/;

/** Raised for a file that is not ours; `key` names the words that tell of it. */
class WrongFile extends Error {
  /** @param {string} key @param {string} [where] */
  constructor(key, where = "") {
    super(key);
    this.key = key;
    this.where = where;
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * @param {unknown} found
 * @returns {Export}
 */
function judged(found) {
  if (!isObject(found) || found["schema"] !== SCHEMA) throw new WrongFile("Schema");
  const { version, site, date, ticks } = found;
  if (typeof version !== "number") throw new WrongFile("Shape", "version");
  if (version > VERSION) throw new WrongFile("Version");
  if (typeof site !== "string") throw new WrongFile("Shape", "site");
  if (typeof date !== "string" || Number.isNaN(Date.parse(date))) throw new WrongFile("Shape", "date");
  if (!isObject(ticks)) throw new WrongFile("Shape", "ticks");
  for (const [kind, lists] of Object.entries(ticks)) {
    if (!KINDS.includes(kind) || !isObject(lists)) throw new WrongFile("Shape", `ticks.${kind}`);
    for (const [id, ids] of Object.entries(lists)) {
      const fits = Array.isArray(ids) && ids.every((one) => typeof one === "string" && ID.test(one));
      if (!ID.test(id) || !fits) throw new WrongFile("Shape", `ticks.${kind}.${id}`);
    }
  }
  return { site, date, ticks: /** @type {Ticks} */ (ticks) };
}

/** @param {File} file @returns {Promise<Export>} */
async function readFile(file) {
  if (file.size > LARGEST) throw new WrongFile("Size");
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(await file.text());
  } catch {
    throw new WrongFile("Json");
  }
  return judged(found);
}

/**
 * Leave out points of checklists that the handbook does not have.
 * @param {Ticks} ticks
 * @returns {Promise<number>} how many went
 */
async function dropUnknown(ticks) {
  const facts = new URL("../../data/fremdrift.json", import.meta.url);
  const { checklists } = await fetch(facts).then((got) => got.json());
  let dropped = 0;
  for (const [id, ids] of Object.entries(ticks["checklist"] ?? {})) {
    const known = ids.filter((one) => checklists[id]?.points.includes(one));
    dropped += ids.length - known.length;
    Object.assign(ticks["checklist"] ?? {}, { [id]: known });
  }
  return dropped;
}

/** @param {Ticks} ticks */
const total = (ticks) =>
  Object.values(ticks).reduce((sum, lists) => sum + Object.values(lists).flat().length, 0);

/** @returns {Ticks} */
function collected() {
  /** @type {Ticks} */
  const ticks = Object.fromEntries(KINDS.map((kind) => [kind, {}]));
  for (const { kind, id, ticks: ids } of all()) Object.assign(ticks[kind] ?? {}, { [id]: ids });
  return ticks;
}

/** @param {string} name */
function save(name) {
  const found = {
    schema: SCHEMA,
    version: VERSION,
    site: SITE,
    date: new Date().toISOString(),
    ticks: collected(),
  };
  const text = `${JSON.stringify(found, null, 2)}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {Ticks} ticks @param {boolean} replace @returns {boolean} whether it was saved */
function take(ticks, replace) {
  const before = replace ? all() : [];
  const emptied = before.every(({ kind, id }) => !KINDS.includes(kind) || set(kind, id, []));
  return Object.entries(ticks).reduce(
    (ok, [kind, lists]) =>
      Object.entries(lists).every(([id, ids]) => set(kind, id, [...new Set([...get(kind, id), ...ids])])) && ok,
    emptied,
  );
}

/** @param {HTMLElement} box */
function start(box) {
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (box.querySelector(`[data-part=${name}]`));
  /** @param {string} name */
  const dialog = (name) => /** @type {HTMLDialogElement} */ (part(name));
  const file = /** @type {HTMLInputElement} */ (part("file"));
  const { dataset: words } = box;
  /** @type {Export | undefined} */
  let read;

  /** @param {string | undefined} text */
  const tell = (text) => {
    part("told").textContent = text ?? "";
  };
  const show = () => {
    const ticks = collected();
    const [lists, questions] = KINDS.map((kind) => total({ kind: ticks[kind] ?? {} }));
    const some = fill(words["some"], { lists: lists ?? 0, questions: questions ?? 0 });
    part("state").textContent = lists || questions ? some : (words["none"] ?? "");
  };
  /** @param {string} name */
  const ask = (name) => {
    dialog(name).returnValue = "";
    dialog(name).showModal();
  };

  part("export").addEventListener("click", () => {
    const name = `sjekklister-${new Date().toISOString().slice(0, 10)}.json`;
    save(name);
    tell(fill(words["exported"], { name }));
  });
  part("import").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    try {
      read = await readFile(chosen);
      const { date, site, ticks } = read;
      const dropped = await dropUnknown(ticks);
      const day = new Date(date).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
      const about = [fill(words["importText"], { date: day, n: total(ticks) })];
      if (site !== SITE) about.push(fill(words["importOther"], { site }));
      if (dropped) about.push(fill(words["importDropped"], { n: dropped }));
      part("about").textContent = about.join(" ");
      tell("");
      ask("ask-import");
    } catch (error) {
      const { key, where } = error instanceof WrongFile ? error : new WrongFile("Json");
      tell(fill(words[`wrong${key}`], { where }));
    }
    file.value = "";
  });
  dialog("ask-import").addEventListener("close", () => {
    const how = dialog("ask-import").returnValue;
    if (!read || !["add", "replace"].includes(how)) return;
    const ok = take(read.ticks, how === "replace");
    show();
    tell(ok ? fill(words["imported"], { n: total(collected()) }) : words["blocked"]);
  });
  part("delete").addEventListener("click", () => ask("ask-delete"));
  dialog("ask-delete").addEventListener("close", () => {
    if (dialog("ask-delete").returnValue !== "yes") return;
    const ok = clear();
    show();
    tell(ok ? words["deleted"] : words["blocked"]);
  });
  onChange(show);
  addEventListener("pageshow", show);
  show();
  if (!works()) tell(words["blocked"]);
  box.classList.add("is-ready");
}

for (const box of document.querySelectorAll("[data-module=saved]")) {
  if (box instanceof HTMLElement) start(box);
}
