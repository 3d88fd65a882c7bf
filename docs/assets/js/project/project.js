/**
 * «My project»: what this browser keeps of the region's work, each with the way to where it goes on,
 * and where they are in the process, by the region's dates or else by what is ticked.
 */

import { HOME } from "../lib-home.js";
import { all as ticked, fill, onChange } from "../lib-store.js";
import { all, onChange as onRecord } from "../store/db.js";

/** @typedef {{id: string, changed: string, name?: string, template?: string, title?: string, state?: string, kind?: string, guide?: string}} Kept */

const box = /** @type {HTMLElement} */ (document.querySelector('[data-module="project/project"]'));
const { dataset: words } = box;
const { lang } = document.documentElement;
/** @param {string} name */
const part = (name) => box.querySelector(`[data-part="${name}"]`);
const row = /** @type {HTMLTemplateElement} */ (part("row"));
/** @type {Record<string, string>} the titles of what is filled in and run */
const titles = JSON.parse(part("titles")?.textContent ?? "{}");

/** @param {string} iso @param {Intl.DateTimeFormatOptions} how */
const inWords = (iso, how) => new Date(iso).toLocaleString(lang, how);

/** What is begun, of every kind, while it is shown. @type {{changed: string, href: string, name: string}[]} */
let begun = [];

/** The way back to what was worked on last. */
function showLatest() {
  const place = part("latest");
  const link = place?.querySelector("a");
  if (!(place instanceof HTMLElement) || !link) return;
  const [last] = begun.sort((one, other) => other.changed.localeCompare(one.changed));
  place.hidden = !last;
  link.href = last?.href ?? "";
  link.textContent = last ? fill(words["latest"], { name: last.name }) : "";
}

/** @param {string} store @param {(kept: Kept) => [address: string, name: string, notes: string[]]} shown */
async function showRecords(store, shown) {
  const list = part(store);
  if (!list) return;
  const kept = /** @type {Kept[]} */ (await all(/** @type {"documents" | "runs"} */ (store)).catch(() => undefined));
  const none = /** @type {HTMLElement} */ (part(`no-${store}`));
  none.hidden = Boolean(kept?.length);
  if (!kept) none.textContent = words["blocked"] ?? "";
  const newest = [...(kept ?? [])].sort((one, other) => other.changed.localeCompare(one.changed));
  list.replaceChildren(
    ...newest.map((one) => {
      const line = /** @type {HTMLElement} */ (document.importNode(row.content, true).firstElementChild);
      const [address, name, notes] = shown(one);
      const link = /** @type {HTMLAnchorElement} */ (line.querySelector("a"));
      link.href = `${address}#${encodeURIComponent(one.id)}`;
      link.textContent = name;
      if (one.state !== "ended") begun.push({ changed: one.changed, href: link.href, name });
      const note = /** @type {HTMLElement} */ (line.querySelector(".project__note"));
      note.textContent = notes.filter(Boolean).join(" · ");
      return line;
    }),
  );
}

/** @param {Kept} kept */
const changed = (kept) =>
  fill(words["changed"], { date: inWords(kept.changed, { dateStyle: "long", timeStyle: "short" }) });

const showDocuments = () =>
  showRecords("documents", (kept) => {
    const title = titles[kept.template ?? ""] ?? "";
    const name = kept.name?.trim() || title || (kept.template ?? "");
    return [words["fill"] ?? "", name, [name === title ? "" : title, changed(kept)]];
  });

const showRuns = () =>
  showRecords("runs", (kept) => {
    const title = titles[`${kept.kind}/${kept.guide}`] ?? kept.title ?? "";
    return [words["run"] ?? "", title, [words[kept.state ?? ""] ?? "", changed(kept)]];
  });

/** An interview's list is one in each language; here they are one. */
function showLists() {
  const saved = ticked();
  let some = false;
  for (const line of box.querySelectorAll("[data-list]")) {
    if (!(line instanceof HTMLElement)) continue;
    const [kind = "", id = ""] = (line.dataset.list ?? "").split(":");
    const done = saved
      .filter((list) => list.kind === kind && (list.id === id || list.id.startsWith(`${id}.`)))
      .reduce((sum, { ticks }) => sum + ticks.length, 0);
    const text = kind === "checklist" ? words["points"] : words["questions"];
    const note = /** @type {HTMLElement} */ (line.querySelector(".project__note"));
    note.textContent = fill(text, { done, all: line.dataset.all ?? "" });
    line.hidden = !done;
    some ||= Boolean(done);
  }
  const none = /** @type {HTMLElement} */ (part("no-lists"));
  none.hidden = some;
}

const stops = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("[data-target]")]);
/** @param {HTMLElement | undefined} stop */
const titleOf = (stop) => stop?.querySelector(".road__title")?.textContent ?? "";

/**
 * The phase that is due by the region's dates, and whether it is before or after all of them.
 * @param {string} today as an ISO date
 */
function byDates(today) {
  const phases = stops.filter((stop) => stop.dataset.gate);
  const begun = phases.findLast((stop) => (stop.dataset.first ?? "") <= today);
  const gate = stops.find((stop) => !stop.dataset.gate && (stop.dataset.first ?? "") >= today);
  const begins = phases[0]?.dataset.first ?? "";
  if (!begun) return { here: undefined, gate, said: fill(words["before"], { date: inWords(begins, { dateStyle: "long" }) }) };
  const last = phases.at(-1);
  if (begun === last && (last?.dataset.last ?? "") < today) return { here: undefined, gate, said: words["after"] ?? "" };
  return { here: begun, gate, said: fill(words["nowDates"], { phase: titleOf(begun) }) };
}

/** @param {Record<string, {phase: string?}>} checklists */
function byTicks(checklists) {
  const done = new Set(ticked().filter(({ kind }) => kind === "checklist").map(({ id }) => checklists[id]?.phase));
  const here = stops.findLast((stop) => done.has(stop.dataset.target?.replace("phase/", "") ?? ""));
  const gate = stops.find((stop) => stop.dataset.target === here?.dataset.gate);
  return { here, gate, said: here ? fill(words["nowTicks"], { phase: titleOf(here) }) : (words["nowhere"] ?? "") };
}

async function showPlace() {
  const today = new Date().toLocaleDateString("sv");
  const dated = stops.some((stop) => stop.dataset.first);
  const found = dated ? byDates(today) : byTicks(await checklists());
  for (const stop of stops) stop.classList.toggle("is-here", stop === found.here);
  const day = found.gate?.dataset.first;
  const next = found.gate
    ? fill(words[day ? "next" : "nextUndated"], { gate: titleOf(found.gate), date: day ? inWords(day, { dateStyle: "long" }) : "" })
    : "";
  const place = /** @type {HTMLElement} */ (part("now"));
  place.textContent = [found.said, next].filter(Boolean).join(" ");
}

/** The phase of each checklist; nothing is asked for before something is ticked. */
async function checklists() {
  if (!ticked().length) return {};
  const answer = await fetch(new URL("data/fremdrift.json", HOME)).catch(() => undefined);
  return answer?.ok ? (await answer.json()).checklists : {};
}

async function show() {
  begun = [];
  await Promise.all([showDocuments(), showRuns(), showPlace(), showLists()]);
  showLatest();
}

onChange(() => void show());
onRecord(() => void show());
document.addEventListener("nvr-saved", () => void show());
addEventListener("pageshow", () => void show());
await show();
box.classList.add("is-ready");

export {};
