/**
 * A field as it stands on the page: label, help, what is written, and what the example has there.
 */

import { block, help, nameOf, required } from "./about.js";
import { control, refresh, watch } from "./control.js";
import { el } from "../lib-dom.js";
import { codesOf, textOf } from "./model.js";
import { offers } from "./offers.js";
import { tableField } from "./table.js";

/**
 * @typedef {import("./about.js").Asked} Asked
 * @typedef {import("./about.js").Context} Context
 * @typedef {{id: string, node: HTMLElement, refresh: () => void, reckon?: () => void, focus: () => void}} Block
 */

/**
 * A line of the cover.
 * @param {Context} context
 * @param {import("./about.js").Given["cover"][number]} line
 * @returns {Block}
 */
export function coverLine(context, { key, label, fact }) {
  const kind = key === "date" ? "date" : "short";
  const place = {
    get: () => context.doc.cover[key] ?? "",
    set: (/** @type {string} */ value) => context.do({ do: "cover", key, value }),
  };
  const asked = { kind, id: key, label, ...(fact ? { fact } : {}) };
  return single(context, asked, place, `forside-${key}`);
}

/**
 * @param {Context} context
 * @param {Asked} field
 * @returns {Block}
 */
export function fieldBlock(context, field) {
  if (field.kind === "table") return tableField(context, field, help(context, field));
  if (field.kind === "checklist" || field.kind === "points") return ticks(context, field);
  const place = {
    get: () => textOf(context.doc, field.id),
    set: (/** @type {string} */ value) => context.do({ do: "set", field: field.id, value }),
  };
  if (field.kind === "choice" && (field.options ?? []).length <= 7) return radios(context, field, place);
  return single(context, field, place, nameOf(field.id));
}

/**
 * @param {Context} context
 * @param {Asked} field
 * @param {import("./control.js").Place} place
 * @param {string} id
 * @returns {Block}
 */
function single(context, field, place, id) {
  const { say } = context;
  const asked = { ...field, kind: field.kind === "question" ? "long" : field.kind };
  const made = control(say, asked, place, { id });
  if (field.required) made.required = true;
  const about = help(context, field);
  if (about.hint) made.setAttribute("aria-describedby", about.hint.id);
  const unit = field.kind === "amount" && el("span", { class: "fill__unit" }, say("unit"));
  const own = el("div", { class: "fill__own" }, el("div", { class: "fill__line" }, made, unit));
  watch(say, asked, made, own);
  const offered = offers(context, field, place, (value) => {
    made.value = value;
    place.set(value);
    made.dispatchEvent(new Event("change"));
    made.focus();
  });
  made.addEventListener("input", offered.refresh);
  const label = el("label", { class: "fill__label", for: id }, field.label, required(say, field));
  const node = block(field, [label, about.hint, own, offered.node, about.more], about.example);
  return {
    id: field.id,
    node,
    focus: () => made.focus(),
    refresh: () => {
      refresh(made, place.get);
      offered.refresh();
    },
  };
}

/**
 * @param {Context} context
 * @param {Asked} field
 * @param {import("./control.js").Place} place
 * @returns {Block}
 */
function radios(context, field, place) {
  const { say } = context;
  const name = nameOf(field.id);
  const boxes = (field.options ?? []).map(([code, label]) => {
    const box = el("input", { type: "radio", name, value: code, class: "fill__box", autocomplete: "off" });
    box.addEventListener("change", () => {
      place.set(code);
      show();
    });
    return { box, row: el("label", { class: "fill__option" }, box, el("span", {}, label)) };
  });
  const clear = el("button", { type: "button", class: "fill__quiet" }, say("clear_choice"));
  clear.addEventListener("click", () => {
    place.set("");
    show();
    boxes[0]?.box.focus();
  });
  const offered = offers(context, field, place, (value) => {
    place.set(value);
    show();
    boxes.find(({ box }) => box.checked)?.box.focus();
  });
  const show = () => {
    const value = place.get();
    for (const { box } of boxes) box.checked = box.value === value;
    clear.hidden = !value;
    offered.refresh();
  };
  show();
  const group = el("div", { class: "fill__options" }, ...boxes.map(({ row }) => row), clear);
  return grouped(context, field, [group, offered.node], show, () => boxes[0]?.box.focus());
}

/**
 * @param {Context} context
 * @param {Asked} field
 * @returns {Block}
 */
function ticks(context, field) {
  const points = field.points ?? (field.options ?? []).map(([id, text]) => ({ id, text, help: "" }));
  const boxes = points.map((point) => {
    const box = el("input", { type: "checkbox", value: point.id, class: "fill__box", autocomplete: "off" });
    box.addEventListener("change", () => {
      const codes = codesOf(context.doc, field.id).filter((code) => code !== point.id);
      context.do({ do: "set", field: field.id, value: box.checked ? [...codes, point.id] : codes });
    });
    const said = /** @type {{help?: string}} */ (point).help;
    const text = el("span", {}, point.text, said ? el("span", { class: "fill__aside" }, ` ${said}`) : "");
    return { box, row: el("label", { class: "fill__option" }, box, text) };
  });
  const show = () => {
    const codes = new Set(codesOf(context.doc, field.id));
    for (const { box } of boxes) box.checked = codes.has(box.value);
  };
  show();
  const group = el("div", { class: "fill__options" }, ...boxes.map(({ row }) => row));
  return grouped(context, field, [group], show, () => boxes[0]?.box.focus());
}

/**
 * @param {Context} context
 * @param {Asked} field
 * @param {HTMLElement[]} inner
 * @param {() => void} show
 * @param {() => void} focus
 * @returns {Block}
 */
function grouped(context, field, inner, show, focus) {
  const about = help(context, field);
  const legend = el("legend", { class: "fill__label" }, field.label, required(context.say, field));
  const set = el("fieldset", { class: "fill__set" }, field.label ? legend : "", about.hint, ...inner, about.more);
  if (about.hint) set.setAttribute("aria-describedby", about.hint.id);
  return { id: field.id, node: block(field, [set], about.example), refresh: show, focus };
}
