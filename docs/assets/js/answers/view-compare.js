/**
 * Other answers beside those that are shown: the same survey at another time, or another survey with
 * some of the same questions. They come in the same way as the first.
 */

import { button, el, part } from "../lib-dom.js";
import { besideTable, changesTable } from "./changes.js";
import { intake } from "./intake.js";
import { Found } from "./view-found.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./work.js").Work} Work
 * @typedef {import("./work.js").Other} Other
 * @typedef {import("./work.js").Role} Role
 * @typedef {import("./shapes.js").Survey} Survey
 */
/** @typedef {{survey: Survey, role: Role, text: string}} Choice */

/** @type {import("./page.js").View} */
export async function compareView(stage, work, around) {
  const place = stage.show(around, "compare");
  const choices = await choicesOf(stage, work);
  const select = /** @type {HTMLSelectElement} */ (part(place, "with"));
  const inner = part(place, "intake");
  select.replaceChildren(el("option", { value: "" }, stage.say("with_none")), ...choices.map(({ text }, at) => el("option", { value: at }, text)));
  select.addEventListener("change", () => {
    const choice = choices[Number(select.value)];
    inner.replaceChildren();
    if (!select.value || !choice) return;
    add(stage, inner, choice, work.survey, (taken) => {
      work.others.push({ taken, survey: choice.survey, role: choice.role });
      select.value = "";
      inner.replaceChildren();
      stage.marked();
      void showAll(stage, work, place, work.others.length - 1);
    });
  });
  await showAll(stage, work, place);
}

/** What the answers can be compared with. @param {Stage} stage @param {Work} work @returns {Promise<Choice[]>} */
async function choicesOf(stage, { survey }) {
  const all = await Promise.all(stage.surveys.map(({ id }) => stage.surveyOf(id).catch(() => undefined)));
  const others = all.filter((one) => one !== undefined).filter(({ id }) => id !== survey.id);
  /** @param {Survey} other @returns {Role | undefined} */
  const roleOf = (other) => {
    if (survey.before.includes(other.id)) return "before";
    if (other.before.includes(survey.id)) return "after";
    return survey.beside.includes(other.id) || other.beside.includes(survey.id) ? "beside" : undefined;
  };
  const found = others.flatMap((other) => {
    const role = roleOf(other);
    return role ? [{ survey: other, role, text: stage.say(`with_${role}`, { title: other.title }) }] : [];
  });
  return [{ survey, role: "before", text: stage.say("with_same") }, ...found];
}

/**
 * The way in for other answers, in the place of the choice.
 * @param {Stage} stage @param {HTMLElement} place @param {Choice} choice @param {Survey} shown
 * @param {(taken: import("./work.js").Taken) => void} done
 */
function add(stage, place, { survey }, shown, done) {
  // Made-up answers of the time before are others.
  const sample = survey === shown ? survey.sample_before : survey.sample;
  const box = el("div", { class: "compare__intake" });
  place.replaceChildren(box);
  const begin = () => {
    intake(stage, survey, box, (read) => {
      new Found(stage, read, box, { done, more: begin });
      part(box, "heading").focus();
    }, ({ taken }) => done(taken), sample ?? "");
  };
  begin();
  part(box, "heading").focus();
}

/** @param {Stage} stage @param {Work} work @param {HTMLElement} place @param {number} [latest] the one that is new */
async function showAll(stage, work, place, latest) {
  const results = part(place, "results");
  const shown = await Promise.all(work.others.map((other) => compared(stage, work, other, place)));
  results.replaceChildren(...shown);
  const heading = latest === undefined ? null : shown[latest]?.querySelector("h3");
  heading?.focus();
}

/** @param {Stage} stage @param {Work} work @param {Other} other @param {HTMLElement} place */
async function compared(stage, work, other, place) {
  const { taken } = other;
  const remove = button(stage.say("compared_remove"), "answers__quiet", () => {
    work.others.splice(work.others.indexOf(other), 1);
    stage.marked();
    void showAll(stage, work, place);
    part(place, "heading").focus();
  });
  const title = stage.say("compared_with", { label: taken.survey === work.survey.id ? taken.label : `${other.survey.title}, ${taken.label}`, n: taken.n });
  const table = other.role === "beside" ? await besideTable(stage, work, other) : changesTable(stage, work.survey, await changesOf(stage, work, other));
  return el("section", { class: "compare__one" }, el("h3", { tabindex: -1 }, title), el("p", {}, remove), ...table);
}

/** @param {Stage} stage @param {Work} work @param {Other} other */
export function changesOf(stage, { main }, { taken, role }) {
  const [before, after] = role === "before" ? [taken.id, main?.id ?? ""] : [main?.id ?? "", taken.id];
  return stage.ask.do("changes", { before, after });
}
