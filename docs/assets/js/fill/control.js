/**
 * The controls that something is written in: one for each kind of field, and the same for the
 * cells of a table. A control knows its place by two functions, and nothing of documents.
 */

import { number } from "../files/reckon.js";
import { el, LANGUAGES, put } from "../lib-dom.js";
import { MOST } from "./model.js";

/**
 * @typedef {import("../lib-dom.js").Say} Say
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 * @typedef {{kind: string, id: string, label: string, lines?: number, options?: [string, string][],
 *   low?: number, high?: number}} Asked
 * @typedef {{get: () => string, set: (value: string) => void}} Place
 */

const GROWS = !CSS.supports("field-sizing", "content");

/**
 * One control; `cell` says that it stands in a table.
 * @param {Say} say
 * @param {Asked} asked
 * @param {Place} place
 * @param {{cell?: boolean, id?: string}} [how]
 * @returns {Control}
 */
export function control(say, asked, place, how = {}) {
  const made = asked.kind === "choice" ? choice(say, asked, place.get()) : written(asked, how.cell ?? false);
  if (how.id) made.id = how.id;
  made.autocomplete = "off";
  made.classList.add("fill__control", `fill__control--${asked.kind}`);
  made.value = place.get();
  made.addEventListener("input", () => {
    place.set(made.value);
    grow(made);
  });
  grow(made);
  return made;
}

/** @param {Asked} asked @param {boolean} cell */
function written({ kind, lines = 1 }, cell) {
  if (kind === "date") return el("input", { type: "date", min: "1900-01-01", max: "2999-12-31" });
  if (kind === "amount" || kind === "number") {
    return el("input", { type: "text", inputmode: "decimal", maxlength: MOST.number });
  }
  if (kind === "short" && !cell) return el("input", { type: "text", maxlength: MOST.short });
  const rows = cell ? 1 : Math.min(Math.max(lines, 3), 10);
  return el("textarea", { rows, maxlength: kind === "short" ? MOST.short : MOST.long });
}

/** @param {Say} say @param {Asked} asked @param {string} value */
function choice(say, { options = [] }, value) {
  const made = el("select", {}, el("option", { value: "" }, say("choose")));
  made.append(...options.map(([code, label]) => el("option", { value: code }, label)));
  // A choice of another version of the template is kept until another is made.
  if (value && !options.some(([code]) => code === value)) {
    made.append(el("option", { value }, say("gone_choice", { code: value })));
  }
  return made;
}

/** @type {Set<HTMLTextAreaElement>} */
const growing = new Set();

/** Make a field as high as its text, with all others that wait for it. @param {Control} made */
function grow(made) {
  if (!GROWS || !(made instanceof HTMLTextAreaElement)) return;
  if (!growing.size) {
    requestAnimationFrame(() => {
      for (const area of growing) area.style.height = "auto";
      const heights = [...growing].map((area) => area.scrollHeight);
      for (const [at, area] of [...growing].entries()) area.style.height = `${(heights[at] ?? 0) + 2}px`;
      growing.clear();
    });
  }
  growing.add(made);
}

/**
 * Show what stands in the document now, but not over what somebody is writing.
 * @param {Control} made
 * @param {() => string} get
 */
export function refresh(made, get) {
  if (made.value === get()) return;
  grow(made);
  if (document.activeElement === made && !(made instanceof HTMLSelectElement)) {
    made.addEventListener("blur", () => (made.value = get()), { once: true });
  } else made.value = get();
}

/**
 * What is wrong with what is written, in words; empty where nothing is.
 * @param {Say} say
 * @param {Asked} asked
 * @param {Control} made
 */
export function fault(say, { kind, low, high }, made) {
  const { value } = made;
  if (kind === "date") return made.validity.valid ? "" : say("wrong_date");
  if (kind === "amount" || kind === "number") {
    if (!value.trim()) return "";
    const said = number(value);
    if (said === undefined) return say("wrong_number");
    const out = (low !== undefined && said < low) || (high !== undefined && said > high);
    return out ? say("wrong_range", { low: low ?? "", high: high ?? "" }) : "";
  }
  const most = made instanceof HTMLSelectElement ? -1 : made.maxLength;
  return most > 0 && value.length >= most ? say("full_field", { n: most.toLocaleString(LANGUAGES) }) : "";
}

let told = 0;

/**
 * Tell of what is wrong beside a control: when it is left, and while it is wrong, at each key.
 * @param {Say} say
 * @param {Asked} asked
 * @param {Control} made
 * @param {HTMLElement} beside where the words go
 */
export function watch(say, asked, made, beside) {
  /** @type {HTMLElement | undefined} */
  let words;
  const others = made.getAttribute("aria-describedby") ?? "";
  const look = () => {
    const found = fault(say, asked, made);
    if (!found && !words) return;
    words ??= el("p", { class: "fill__fault", id: `fill-fault-${(told += 1)}`, role: "status" });
    if (!words.isConnected) beside.append(words);
    put(words, found);
    const full = found && !["date", "amount", "number"].includes(asked.kind);
    if (found && !full) made.setAttribute("aria-invalid", "true");
    else made.removeAttribute("aria-invalid");
    const ids = [others, found && words.id].filter(Boolean).join(" ");
    if (ids) made.setAttribute("aria-describedby", ids);
    else made.removeAttribute("aria-describedby");
  };
  made.addEventListener("change", look);
  // What is written is told of when it is full, whoever filled it; a number when it is left.
  made.addEventListener("input", () => {
    const long = made instanceof HTMLTextAreaElement || asked.kind === "short";
    if (words?.textContent || (long && made.value.length >= MOST.short)) look();
  });
  if (made.value) look();
}
