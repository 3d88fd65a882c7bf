/** What is written at each point: notes, decisions, and who does what by when. Saved as it is typed. */

import { noNotes } from "./state.js";
import { plain } from "../lib-rich.js";
import { make, part } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./state.js").Notes} Notes */
/** @typedef {import("./state.js").Action} Action */
/** @typedef {import("./view.js").Stage} Stage */

const WAIT = 300; // milliseconds without a key, before what was typed is saved
const LONGEST = 100_000; // characters in a field

/**
 * The fields of one point at a time, with a choice of which.
 * @param {Stage} stage
 * @param {Session} session
 * @param {HTMLElement} place
 */
export function notes(stage, session, place) {
  const { copy } = stage;
  const view = copy("notes");
  const choice = /** @type {HTMLSelectElement} */ (part(view, "point"));
  const text = /** @type {HTMLTextAreaElement} */ (part(view, "text"));
  const drafts = /** @type {HTMLSelectElement} */ (part(view, "draft"));
  let at = session.run.at;
  text.maxLength = LONGEST;
  place.replaceChildren(view);

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {(() => void) | undefined} */
  let unsaved;
  const save = () => {
    clearTimeout(timer);
    unsaved?.();
    unsaved = undefined;
  };
  /** @param {Notes} written @param {boolean} [soon] */
  const write = (written, soon = false) => {
    const point = at;
    unsaved = () =>
      session.act(
        (run) => ({ ...run, steps: run.steps.map((step, i) => (i === point ? { ...step, notes: written } : step)) }),
        true,
      );
    clearTimeout(timer);
    if (soon) save();
    else timer = setTimeout(save, WAIT);
  };
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", save);

  /** What stands in the fields. @returns {Notes} */
  const read = () => ({
    text: text.value,
    decisions: [...part(view, "decisions").querySelectorAll("textarea")].map((field) => field.value),
    actions: [...part(view, "actions").querySelectorAll("li")].map(readAction),
  });
  /** @param {string} value */
  function decision(value) {
    const row = copy("decision");
    const field = /** @type {HTMLTextAreaElement} */ (part(row, "text"));
    field.value = value;
    field.maxLength = LONGEST;
    return removable(row, "decisions");
  }
  /** @param {Action} values */
  function action(values) {
    const row = copy("action");
    for (const name of /** @type {const} */ (["what", "who", "due"])) {
      const field = /** @type {HTMLInputElement} */ (part(row, name));
      field.value = values[name];
      if (name !== "due") field.maxLength = 1000;
    }
    return removable(row, "actions");
  }
  /** @param {HTMLElement} row @param {string} list */
  function removable(row, list) {
    part(row, "remove").addEventListener("click", () => {
      row.remove();
      write(read(), true);
      part(view, `add-${list}`).focus();
    });
    return row;
  }
  /** @param {string} list @param {HTMLElement} row */
  function add(list, row) {
    part(view, list).append(row);
    /** @type {HTMLElement} */ (row.querySelector("textarea, input")).focus();
  }

  function show() {
    const written = session.run.steps[at]?.notes ?? noNotes();
    text.value = written.text;
    part(view, "decisions").replaceChildren(...written.decisions.map(decision));
    part(view, "actions").replaceChildren(...written.actions.map(action));
  }

  view.addEventListener("input", (event) => {
    if (event.target !== choice && event.target !== drafts) write(read());
  });
  choice.addEventListener("change", () => {
    save();
    at = Number(choice.value);
    show();
  });
  part(view, "add-decisions").addEventListener("click", () => add("decisions", decision("")));
  part(view, "add-actions").addEventListener("click", () => add("actions", action({ what: "", who: "", due: "" })));
  part(view, "drafts").hidden = !session.guide.decisions.length;
  drafts.append(...session.guide.decisions.map((one, i) => new Option(one.title, String(i))));
  drafts.addEventListener("change", () => {
    const found = session.guide.decisions[Number(drafts.value)];
    drafts.value = "";
    if (!found) return;
    add("decisions", decision(plain(found.draft).join("\n")));
    write(read(), true);
  });

  const points = () => {
    const kept = session.run.steps.flatMap((step, i) => (step.out || step.pause ? [] : [new Option(step.title, String(i))]));
    if (session.run.steps[at]?.pause) kept.push(new Option(session.run.steps[at]?.title, String(at)));
    choice.replaceChildren(...kept);
    choice.lang = session.run.language;
    choice.value = String(at);
  };
  /** What another window has written, where nobody writes here. */
  const refresh = () => {
    const written = session.run.steps[at]?.notes ?? noNotes();
    if (unsaved || view.contains(document.activeElement)) return;
    if (JSON.stringify(read()) !== JSON.stringify(written)) show();
  };
  session.listeners.add(refresh);
  points();
  show();
  return {
    /** Write at the step that is due. */
    follow() {
      save();
      at = session.run.at;
      points();
      show();
    },
    /** What is typed is saved, and the page lets go. */
    close() {
      save();
      session.listeners.delete(refresh);
      removeEventListener("pagehide", save);
      document.removeEventListener("visibilitychange", save);
    },
    save,
  };
}

/** @param {Element} row @returns {Action} */
function readAction(row) {
  /** @param {string} name */
  const value = (name) => /** @type {HTMLInputElement} */ (row.querySelector(`[data-part="${name}"]`)).value;
  return { what: value("what"), who: value("who"), due: value("due") };
}

/** What was written at a point, as elements to read. @param {Notes} written @param {import("./words.js").Say} say */
export function shown(written, say) {
  const found = [];
  if (written.text.trim()) found.push(make("p", "finish__text", written.text.trim()));
  for (const text of written.decisions.filter((one) => one.trim()))
    found.push(make("p", "finish__text", make("strong", "", say("decided")), ` ${text.trim()}`));
  for (const { what, who, due } of written.actions.filter((one) => one.what.trim()))
    found.push(make("p", "finish__text", make("strong", "", say("to_do")), ` ${[what, who, due].filter(Boolean).join(", ")}`));
  return found;
}
