/**
 * «Take the handbook along»: chooses what, shows how far it has come, stops and goes on, tells of a
 * newer edition, and takes it all away. What there is to take is in the list of the site.
 */

import { HOME } from "../lib-home.js";
import { take } from "./fetch.js";
import { drop, keptPages, newest, size, taken, wanted, works } from "./kept.js";

/** @typedef {import("./kept.js").Choice} Choice */
/** @typedef {import("./kept.js").List} List */
/** @typedef {import("./fetch.js").Progress} Progress */

const box = /** @type {HTMLElement} */ (document.querySelector('[data-module="offline/take"]'));
const site = new URL(box.dataset.up ?? "", HOME);
const { dataset: words } = box;
const { lang } = document.documentElement;
/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (box.querySelector(`[data-part=${name}]`));
const form = /** @type {HTMLFormElement} */ (part("form"));
const meter = /** @type {HTMLProgressElement} */ (box.querySelector("progress"));

/** @param {string | undefined} text @param {Record<string, string | number>} [values] */
const fill = (text, values = {}) =>
  (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/** @param {string} name @param {string} text */
const put = (name, text) => {
  if (part(name).textContent !== text) part(name).textContent = text;
};

/** @param {number} bytes */
const large = (bytes) =>
  fill(words["large"], { size: (bytes / 1e6).toLocaleString(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) });

/** @param {Progress} progress */
const said = ({ files, all, bytes, total }) => ({ files, all, bytes: large(bytes), total: large(total) });

/** @type {List | undefined} what there is now; nothing without a net */
let list;
/** @type {AbortController | undefined} while something is fetched */
let running;

/** @returns {Choice} */
function choice() {
  const data = new FormData(form);
  const files = /** @type {Choice["files"]} */ (data.get("files") ?? "");
  const more = files ? { phase: String(data.get("phase") ?? ""), kind: String(data.get("kind") ?? "") } : { phase: "", kind: "" };
  return { files, ...more, languages: [words["language"] ?? "", ...data.getAll("other").map(String)] };
}

/** Show the choice that was made before. @param {Choice} made */
function choose(made) {
  for (const input of form.querySelectorAll("input")) {
    input.checked = input.type === "radio" ? input.value === made.files : made.languages.includes(input.value);
  }
  for (const select of form.querySelectorAll("select")) {
    select.value = made[/** @type {"phase" | "kind"} */ (select.name)];
  }
}

function showSizes() {
  const own = choice();
  part("narrow").hidden = !own.files;
  for (const place of form.querySelectorAll("[data-size]")) {
    const files = /** @type {Choice["files"]} */ (place.getAttribute("data-size"));
    const one = files ? { ...own, files } : { ...own, files, phase: "", kind: "" };
    place.textContent = list ? large(size(wanted(list, one))) : "";
  }
}

/** Show what has been taken along, and what can be done about it. */
async function showState() {
  const have = await taken(site);
  const last = have.at(-1);
  const own = (/** @type {import("./kept.js").Record_} */ { choice: made }) => made.languages.includes(words["language"] ?? "");
  const whole = have.findLast(({ record }) => record.done && own(record));
  const isNewer = Boolean(list && whole && whole.record.edition !== list.edition);
  const pages = (await keptPages(site)).size;
  let text = fill(words["opened"], { n: pages });
  if (last && !last.record.done) text = fill(words["partial"], said(await counted(last)));
  if (whole) {
    const date = new Date(whole.record.date).toLocaleDateString(lang, { dateStyle: "long" });
    text = fill(words["whole"], { ...said(await counted(whole)), date });
  }
  put("state", text);
  part("newer").hidden = !isNewer;
  const begun = last && !last.record.done && last.record.edition === list?.edition;
  put("start", words[begun ? "resume" : isNewer ? "update" : whole ? "change" : "start"] ?? "");
  part("remove").hidden = !have.length;
  part("start").toggleAttribute("disabled", !list);
}

/** @param {import("./kept.js").Taken} one @returns {Promise<Progress>} how much of its choice is there */
async function counted({ name, list: own, record }) {
  const have = new Set((await (await caches.open(name)).keys()).map(({ url }) => url));
  const entries = wanted(own, record.choice);
  const there = entries.filter(([address]) => have.has(new URL(address, site).href));
  return { files: there.length, all: entries.length, bytes: size(there), total: size(entries) };
}

/** @param {Progress} progress */
function showProgress(progress) {
  Object.assign(meter, { max: progress.total, value: progress.bytes });
  put("progress", fill(words["progress"], said(progress)));
}

/** @param {boolean} busy */
function showBusy(busy) {
  part("running").hidden = !busy;
  form.hidden = busy;
  part("rest").hidden = busy;
}

async function start() {
  running = new AbortController();
  put("told", "");
  showBusy(true);
  part("stop").focus();
  // Without it a browser that is short of room may take what is kept away; some ask their reader.
  await navigator.storage?.persist?.().catch(() => false);
  const outcome = await take(site, choice(), running.signal, showProgress);
  running = undefined;
  showBusy(false);
  await refresh();
  put("told", words[`told${outcome}`] ?? "");
  part("start").focus();
}

async function refresh() {
  list = await newest(site).catch(() => list);
  showSizes();
  await showState();
}

form.addEventListener("change", showSizes);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!running) void start();
});
part("stop").addEventListener("click", () => running?.abort());
part("remove").addEventListener("click", async () => {
  await drop(site);
  await refresh();
  put("told", words["toldRemoved"] ?? "");
  part("start").focus();
});
addEventListener("online", () => void refresh());

if (await works()) {
  const [made] = (await taken(site)).slice(-1);
  if (made) choose(made.record.choice);
  await refresh();
  if (!list) put("told", words["toldNet"] ?? "");
} else {
  part("live").hidden = true;
  put("told", words["unfit"] ?? "");
}
box.classList.add("is-ready");

export {};
