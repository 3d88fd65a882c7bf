/**
 * All that is saved in this browser: how much it is, to a file, from a file, and deleted.
 *
 * Nothing is taken in from a file before all of it has been judged (`lib-import.js`), and either
 * all that it has or nothing.
 */

import { HOME } from "./lib-home.js";
import { KINDS, readFile, SCHEMA, VERSION, WrongFile } from "./lib-import.js";
import { all, clear, fill, get, onChange, ROOT, setAll, works } from "./lib-store.js";
import * as db from "./store/db.js";

/** @typedef {import("./lib-import.js").Ticks} Ticks */
/** @typedef {import("./lib-import.js").Records} Records */
/** @typedef {import("./lib-import.js").Import} Import */
/** @typedef {{ticks: Ticks, records: Records}} Saved */

const SITE = new URL(ROOT, location.href).href;
const FACTS = new URL("data/fremdrift.json", HOME);

/** @returns {Promise<import("./lib-import.js").Facts>} */
const facts = () => fetch(FACTS).then((got) => got.json());

/** @param {Ticks} ticks */
const total = (ticks) =>
  Object.values(ticks).reduce((sum, lists) => sum + Object.values(lists).flat().length, 0);

/** @returns {Ticks} */
function ticked() {
  /** @type {Ticks} */
  const ticks = Object.fromEntries(KINDS.map((kind) => [kind, {}]));
  for (const { kind, id, ticks: ids } of all()) Object.assign(ticks[kind] ?? {}, { [id]: ids });
  return ticks;
}

/** @param {string[]} stores @returns {Promise<Saved>} */
async function collected(stores) {
  const read = (/** @type {"documents" | "runs"} */ store) =>
    stores.includes(store) ? db.all(store).catch(() => []) : Promise.resolve([]);
  const [documents, runs] = await Promise.all([read("documents"), read("runs")]);
  return { ticks: ticked(), records: { documents, runs } };
}

/** @param {string} name @param {Saved} saved */
function save(name, { ticks, records }) {
  const head = { schema: SCHEMA, version: VERSION, site: SITE, date: new Date().toISOString() };
  const text = `${JSON.stringify({ ...head, ticks, ...records }, null, 2)}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {Ticks} ticks @param {boolean} replace @returns {boolean} whether they were saved */
function takeTicks(ticks, replace) {
  const lists = Object.entries(ticks).flatMap(([kind, inner]) =>
    Object.entries(inner).map(([id, ids]) => ({
      kind,
      id,
      ticks: replace ? ids : [...new Set([...get(kind, id), ...ids])],
    })),
  );
  const gone = replace ? all().filter(({ kind }) => KINDS.includes(kind)) : [];
  const left = new Set(lists.map(({ kind, id }) => `${kind}:${id}`));
  return setAll([
    ...gone.filter(({ kind, id }) => !left.has(`${kind}:${id}`)).map((list) => ({ ...list, ticks: [] })),
    ...lists,
  ]);
}

/**
 * All that a file has, or nothing.
 * @param {Import} read
 * @param {boolean} replace
 * @returns {Promise<number | undefined>} how many records were put; nothing where it failed
 */
async function take({ ticks, records }, replace) {
  const before = ticked();
  if (!takeTicks(ticks, replace)) return undefined;
  const some = replace || records.documents.length + records.runs.length;
  try {
    return some ? await db.putAll(records, replace) : 0;
  } catch {
    takeTicks(before, true);
    return undefined;
  }
}

/** Delete what is kept for reading without a net, and the worker that keeps it. Other sites' stay. */
async function forgetPages() {
  navigator.serviceWorker?.controller?.postMessage({ forget: true });
  for (const name of "caches" in window ? await caches.keys() : []) {
    if (name.startsWith(`nvr.1:${ROOT}:`)) await caches.delete(name);
  }
  for (const found of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (found.scope === SITE) await found.unregister();
  }
}

/** @param {HTMLElement} box */
function start(box) {
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (box.querySelector(`[data-part=${name}]`));
  /** @param {string} name */
  const dialog = (name) => /** @type {HTMLDialogElement} */ (part(name));
  const file = /** @type {HTMLInputElement} */ (part("file"));
  const { dataset: words } = box;
  const stores = (words["stores"] ?? "").split(" ").filter(Boolean);
  /** @type {Import | undefined} */
  let read;

  /** @param {string | undefined} text */
  const tell = (text) => {
    part("told").textContent = text ?? "";
  };
  /** How much it is, in words; nothing where it is nothing. @param {Saved} saved */
  const inWords = ({ ticks, records }) => {
    const counts = {
      lists: total({ kind: ticks["checklist"] ?? {} }),
      questions: total({ kind: ticks["interview"] ?? {} }),
      documents: records.documents.length,
      runs: records.runs.length,
    };
    const said = Object.entries(counts)
      .filter(([, n]) => n)
      .map(([name, n]) => fill((n === 1 && words[`${name}One`]) || words[name], { n }));
    const last = said.pop();
    return [said.join(", "), last].filter(Boolean).join(` ${words["and"]} `);
  };
  const now = async () => inWords(await collected(stores));
  /** Tell the rest of the page, too: the stores tell other tabs alone. */
  const changed = () => {
    document.dispatchEvent(new Event("nvr-saved"));
    return show();
  };
  const show = async () => {
    const what = await now();
    part("state").textContent = what ? fill(words["here"], { what }) : (words["none"] ?? "");
  };
  /** @param {string} name */
  const ask = (name) => {
    dialog(name).returnValue = "";
    dialog(name).showModal();
  };

  part("export").addEventListener("click", async () => {
    const name = `${words["file"]}-${new Date().toISOString().slice(0, 10)}.json`;
    save(name, await collected(stores));
    tell(fill(words["exported"], { name }));
  });
  part("import").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    read = undefined;
    try {
      read = await readFile(chosen, facts, stores);
      const { date, site, dropped } = read;
      const day = new Date(date).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
      const about = [fill(words["importText"], { date: day, what: inWords(read) })];
      if (site && site !== SITE) about.push(fill(words["importOther"], { site }));
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
  dialog("ask-import").addEventListener("close", async () => {
    const how = dialog("ask-import").returnValue;
    if (!read || !["add", "replace"].includes(how)) return;
    const { records, dropped } = read;
    const put = await take(read, how === "replace");
    await changed();
    if (put === undefined) return tell(words["full"]);
    const older = records.documents.length + records.runs.length - put;
    const said = [fill(words["imported"], { taken: inWords(read), what: await now() })];
    if (older) said.push(fill(words["older"], { n: older }));
    if (dropped) said.push(fill(words["unknown"], { n: dropped }));
    tell(said.join(" "));
  });
  part("delete").addEventListener("click", () => ask("ask-delete"));
  dialog("ask-delete").addEventListener("close", async () => {
    if (dialog("ask-delete").returnValue !== "yes") return;
    const gone = await Promise.allSettled([db.clear(), forgetPages()]);
    const ok = clear() && gone.every(({ status }) => status === "fulfilled");
    await changed();
    tell(ok ? words["deleted"] : words["blocked"]);
  });
  onChange(() => void show());
  db.onChange(() => void show());
  addEventListener("pageshow", () => void show());
  void show();
  if (!works()) tell(words["blocked"]);
  box.classList.add("is-ready");
}

for (const box of document.querySelectorAll("[data-module=saved]")) {
  if (box instanceof HTMLElement) start(box);
}
