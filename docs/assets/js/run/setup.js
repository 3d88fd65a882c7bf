/** The plan before it is run: which plan, when it begins, how many, and the minutes of each step. */

import { timeOfDay } from "./clock.js";
import { all } from "../store/db.js";
import { leastOf, sum } from "./plan.js";
import { link, LONGEST, readable, stepsOf } from "./session.js";
import { begin, MINUTE, plannedStart } from "./state.js";
import { make, part, put } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./session.js").Run} Run */
/** @typedef {import("./view.js").Stage} Stage */

/** @param {Stage} stage @param {Session} session @param {boolean} first @returns {() => void} */
export function planned(stage, session, first) {
  const { say } = stage;
  const { guide } = session;
  const view = stage.show("plan");
  const title = part(view, "title");
  const way = /** @type {HTMLAnchorElement} */ (part(view, "guide"));
  const begins = /** @type {HTMLInputElement} */ (part(view, "start"));
  const people = /** @type {HTMLInputElement} */ (part(view, "people"));
  put(title, guide.title);
  title.lang = guide.language;
  way.href = link(guide.address);
  if (guide.people) people.placeholder = String(guide.people[1]);
  part(view, "crowd").hidden = !guide.people;
  put(part(view, "crowd-hint"), guide.people ? say("crowd", { n: guide.people[1] }) : "");

  /** Have the run in the address once there is something to come back to. @param {(run: Run) => Run} make */
  const act = (make) => {
    session.act(make);
    if (location.hash !== `#${session.run.id}`) history.replaceState(null, "", `#${session.run.id}`);
  };

  const plans = part(view, "plans");
  plans.hidden = guide.plans.length < 2;
  for (const plan of guide.plans) {
    const row = stage.copy("choice");
    const input = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    input.value = plan.id;
    input.checked = plan.id === session.run.plan;
    put(part(row, "name"), plan.title || say("whole"));
    put(part(row, "about"), [say("minutes", { n: plan.minutes }), plan.fits ? say("fits", { fits: plan.fits }) : ""].filter(Boolean).join(" · "));
    input.addEventListener("change", () => {
      act((run) => ({ ...run, plan: plan.id, title: plan.title || guide.title, steps: stepsOf(plan) }));
      rows();
    });
    plans.append(row);
  }

  /** @type {(() => void)[]} */
  let shows = [];
  const rows = () => {
    const made = session.run.steps.map((_, at) => stepRow(stage, session, act, at));
    shows = made.map((one) => one.show);
    part(view, "steps").replaceChildren(...made.map((one) => one.row));
    show();
  };

  const show = () => {
    const { run } = session;
    if (document.activeElement !== begins) begins.value = run.start;
    if (document.activeElement !== people) people.value = run.people ? String(run.people) : "";
    const minutes = sum(run.steps.map((step) => (step.out ? 0 : step.minutes)));
    const from = plannedStart(run.start, Date.now());
    const [hours = NaN, past = NaN] = run.start.split(":").map(Number);
    const at = run.start ? new Date(new Date().setHours(hours, past, 0, 0)).getTime() : from;
    const times = { start: timeOfDay(at), end: timeOfDay(at + minutes * MINUTE), n: minutes };
    const far = run.start && from !== at;
    put(part(view, "span"), say(run.start ? "span" : "span_now", times) + (far ? ` ${say("span_far")}` : ""));
    /** @type {HTMLButtonElement} */ (part(view, "go")).disabled = !minutes;
    put(part(view, "kept"), keptInWords(session, say));
    for (const one of shows) one();
  };

  begins.addEventListener("input", () => act((run) => ({ ...run, start: begins.value })));
  people.addEventListener("input", () => {
    const number = Math.round(Number(people.value));
    act((run) => ({ ...run, people: number > 0 && number < 1000 ? number : 0 }));
  });
  part(view, "go").addEventListener("click", () => act((run) => begin(run, Date.now())));
  session.listeners.add(show);
  rows();
  void others(stage, session, view);
  if (!first || location.hash) title.focus();
  const timer = setInterval(show, 10_000);
  return () => {
    clearInterval(timer);
    session.listeners.delete(show);
  };
}

/**
 * When the run was last saved, in words, or why it is not.
 * @param {Session} session
 * @param {import("./words.js").Say} say
 */
export function keptInWords({ kept }, say) {
  if (kept.key) return say(kept.key === "Full" ? "full" : "blocked");
  return kept.time ? say("kept", { time: timeOfDay(kept.time) }) : "";
}

/**
 * @param {Stage} stage
 * @param {Session} session
 * @param {(make: (run: Run) => Run) => void} act
 * @param {number} at
 */
function stepRow({ copy, say }, session, act, at) {
  const row = copy("step");
  const minutes = /** @type {HTMLInputElement} */ (part(row, "minutes"));
  const kept = /** @type {HTMLInputElement} */ (part(row, "kept"));
  const title = session.run.steps[at]?.title ?? "";
  put(part(row, "title"), title);
  part(row, "title").lang = session.run.language;
  for (const name of ["minutes-name", "kept-name"]) part(row, name).append(make("span", "said", `: ${title}`));
  /** @param {Partial<import("./state.js").Step>} change */
  const set = (change) =>
    act((run) => ({ ...run, steps: run.steps.map((step, i) => (i === at ? { ...step, ...change } : step)) }));
  minutes.addEventListener("input", () => {
    const number = Math.round(Number(minutes.value));
    if (number >= 1 && number <= LONGEST) set({ minutes: number });
  });
  minutes.addEventListener("change", () => {
    minutes.value = String(session.run.steps[at]?.minutes ?? 1);
  });
  kept.addEventListener("change", () => set({ out: !kept.checked }));

  const show = () => {
    const { run } = session;
    const step = run.steps[at];
    if (!step) return;
    if (document.activeElement !== minutes) minutes.value = String(step.minutes);
    kept.checked = !step.out;
    row.classList.toggle("is-out", step.out);
    row.classList.toggle("is-pause", Boolean(step.pause));
    minutes.disabled = step.out;
    const before = sum(run.steps.slice(0, at).map((one) => (one.out ? 0 : one.minutes)));
    const [hours = 0, past = 0] = run.start.split(":").map(Number);
    const from = run.start ? hours * 60 + past + before : before;
    const clock = `${String(Math.floor(from / 60) % 24).padStart(run.start ? 2 : 1, "0")}:${String(from % 60).padStart(2, "0")}`;
    put(part(row, "clock"), step.out ? "" : clock);
    put(part(row, "hint"), hint(step, run.people || session.most, say));
  };
  return { row, show };
}

/** @param {import("./state.js").Step} step @param {number} people @param {import("./words.js").Say} say */
function hint(step, people, say) {
  if (step.out) return say("step_out");
  if (step.pace) {
    const least = leastOf({ ...step, minutes: LONGEST }, people);
    return say(least > step.minutes ? "too_short" : "needs", { n: least, people });
  }
  return step.skip ? say("may_go") : "";
}

/** The runs of the same guide that are not over. @param {Stage} stage @param {Session} session @param {HTMLElement} view */
async function others({ say }, session, view) {
  const found = /** @type {any[]} */ (await all("runs").catch(() => [])).filter(readable);
  const open = found.filter(
    (run) => run.guide === session.guide.id && run.kind === session.guide.kind && run.id !== session.run.id && run.state !== "ended",
  );
  part(view, "others").hidden = !open.length;
  part(view, "open").replaceChildren(
    ...open.map((run) => {
      const way = make("a", "", say(`open_${run.state === "planned" ? "planned" : "running"}`, { time: timeOfDay(run.begun || Date.parse(run.changed)) }));
      way.href = `#${run.id}`;
      return make("li", "", way);
    }),
  );
}
