/**
 * All that is saved in this browser: how much it is, to a file, from a file, and deleted.
 *
 * Nothing is taken in from a file before all of it has been judged (`lib-import.js`), and either
 * all that it has or nothing.
 */

import { KINDS, readFile, SCHEMA, VERSION, WrongFile } from "./lib-import.js";
import { all, clear, fill, get, onChange, ROOT, setAll, works } from "./lib-store.js";

/** @typedef {import("./lib-import.js").Ticks} Ticks */

const SITE = new URL(ROOT, location.href).href;
const FACTS = new URL("../../data/fremdrift.json", import.meta.url);

/** @returns {Promise<import("./lib-import.js").Facts>} */
const facts = () => fetch(FACTS).then((got) => got.json());

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

/** @param {HTMLElement} box */
function start(box) {
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (box.querySelector(`[data-part=${name}]`));
  /** @param {string} name */
  const dialog = (name) => /** @type {HTMLDialogElement} */ (part(name));
  const file = /** @type {HTMLInputElement} */ (part("file"));
  const { dataset: words } = box;
  /** @type {import("./lib-import.js").Import | undefined} */
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
    read = undefined;
    try {
      read = await readFile(chosen, facts);
      const { date, site, ticks, dropped } = read;
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
    const { ticks, dropped } = read;
    const ok = take(ticks, how === "replace");
    show();
    const said = [fill(words["imported"], { taken: total(ticks), n: total(collected()) })];
    if (dropped) said.push(fill(words["unknown"], { n: dropped }));
    tell(ok ? said.join(" ") : words["full"]);
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
