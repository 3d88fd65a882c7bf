/** What the leader sees while it goes on: what is due, what to say, how long is left, and what comes. */

import { countdown, endInWords, leftInWords, timeOfDay, watch } from "./clock.js";
import { course } from "./course.js";
import { notes } from "./notes.js";
import { awake, fills } from "./screen.js";
import { link, saysOf } from "./session.js";
import { keptInWords } from "./setup.js";
import { adjust, back, forecast, MINUTE, next, pause, resume, wait } from "./state.js";
import { rich } from "../lib-rich.js";
import { part, put } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./session.js").Run} Run */
/** @typedef {import("./view.js").Stage} Stage */

const SOON = 5 * MINUTE;
const HOURS = 180; // minutes, from where on hours are said
const SEEN_EACH = 20_000;
// Where the space bar and the arrows mean something else.
const OWN_KEYS = "input, textarea, select, button, summary, a, dialog, [contenteditable]";

/** @param {Stage} stage @param {Session} session @param {boolean} first @returns {() => void} */
export function live(stage, session, first) {
  const { root, say } = stage;
  const view = stage.show("live");
  /** @param {string} name */
  const at = (name) => part(view, name);
  const title = at("title");
  const written = notes(stage, session, at("notes"));
  const rest = course(stage, session, view);
  let shown = "";
  let left = NaN;

  /** @param {string} text */
  const tell = (text) => put(at("told"), text);
  const found = () => forecast(session.run, session.now(), session.most);
  const now = () => found().left;
  const step = () => session.run.steps[session.run.at]?.title ?? "";
  const timeSaid = () =>
    [leftInWords(now(), say), say("clock", { time: timeOfDay(Date.now()) }), endInWords(found(), session.run.offset, say)].join(" ");

  /** The step that is due, where it has become another. */
  function showStep() {
    const { run, guide } = session;
    const key = `${run.at} ${run.state}`;
    if (key === shown) return;
    const moved = shown.split(" ")[0] !== String(run.at);
    shown = key;
    root.classList.toggle("is-paused", run.state === "paused");
    const go = at("go");
    put(go, say(run.state === "paused" ? "resume" : "pause"));
    put(at("state"), say(run.state === "paused" ? "paused" : "running"));
    if (!moved) return;
    const told = saysOf(guide, run, run.at);
    const kept = run.steps.flatMap((one, place) => (one.out ? [] : [place]));
    put(at("where"), say("where", { n: kept.indexOf(run.at) + 1, all: kept.length }));
    put(title, step());
    document.title = `${step()} – ${guide.title}`;
    put(at("next"), say(kept.at(-1) === run.at ? "finish" : "next"));
    /** @type {HTMLButtonElement} */ (at("back")).disabled = !run.past.length;
    at("say-part").hidden = !told?.say?.length;
    at("say").replaceChildren(...rich(told?.say ?? [], link));
    at("how").replaceChildren(...rich(told?.how ?? [], link));
    at("result-part").hidden = !told?.result;
    put(at("result"), told?.result ?? "");
    at("who-part").hidden = !told?.who;
    put(at("who"), told?.who ?? "");
    at("sheet-part").hidden = !told?.sheet;
    const way = /** @type {HTMLAnchorElement} */ (at("sheet"));
    way.href = told?.sheet ? link(told.sheet.address) : "";
    put(way, told?.sheet?.title ?? "");
    written.follow();
    left = NaN;
  }

  function showTime() {
    const { run } = session;
    const all = found();
    put(at("digits"), countdown(all.left));
    put(at("left"), leftInWords(all.left, say));
    root.classList.toggle("is-over", all.left <= 0);
    const meter = /** @type {HTMLProgressElement} */ (at("meter"));
    meter.max = Math.max(1, run.given * MINUTE);
    meter.value = Math.min(meter.max, Math.max(0, all.elapsed));
    put(at("clock"), timeOfDay(Date.now()));
    put(at("kept"), keptInWords(session, say));
    if (left > SOON && all.left <= SOON && all.left > 0) tell(say("told_soon", { n: 5, step: step() }));
    if (left > 0 && all.left <= 0) tell(say("told_over", { step: step() }));
    left = all.left;
    rest.show(all);
  }

  function show() {
    showStep();
    showTime();
    awake(session.run.state === "running");
  }

  /** @param {(run: Run) => Run} make */
  const act = (make) => {
    tell("");
    session.act(make);
  };
  /** Move on, and have what is due now read. @param {(run: Run) => Run} make */
  const move = (make) => {
    act(make);
    if (session.run.state === "ended") return;
    scrollTo(0, 0);
    root.scrollTo(0, 0);
    title.focus();
  };
  const acts = {
    go() {
      const time = session.now();
      const goes = session.run.state === "running";
      act((run) => (goes ? pause(run, time) : resume(run, time)));
      tell(say(goes ? "paused" : "running"));
    },
    next() {
      const time = session.now();
      const { most } = session;
      move((run) => next(run, time, most));
    },
    back: () => move(back),
    /** @param {number} minutes */
    more(minutes) {
      const time = session.now();
      act((run) => adjust(run, minutes, time));
      tell(leftInWords(now(), say));
    },
  };
  at("go").addEventListener("click", acts.go);
  at("next").addEventListener("click", acts.next);
  at("back").addEventListener("click", acts.back);
  at("say-time").addEventListener("click", () => {
    // The same words twice are read twice.
    put(at("told"), "");
    requestAnimationFrame(() => tell(timeSaid()));
  });
  for (const button of view.querySelectorAll("[data-minutes]")) {
    if (button instanceof HTMLElement)
      button.addEventListener("click", () => acts.more(Number(button.dataset["minutes"])));
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const target = event.target instanceof Element ? event.target : undefined;
    if (document.querySelector("dialog[open]") || target?.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === " " && !event.repeat && !target?.closest(OWN_KEYS)) acts.go();
    else if (event.key === "ArrowRight" && !event.repeat) acts.next();
    else if (event.key === "ArrowLeft" && !event.repeat && session.run.past.length) acts.back();
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", key);

  const asks = /** @type {HTMLDialogElement} */ (at("slept"));
  let gap = 0;
  asks.addEventListener("close", () => {
    const pass = gap;
    const { at: place, waited } = session.run;
    gap = 0;
    if (asks.returnValue !== "pause") return;
    // Another window that leads the same run may have been answered.
    session.act((run) => (run.at === place && run.waited === waited ? wait(run, pass) : run));
  });
  /** Time went by that nobody saw: it counts, unless the leader says otherwise. @param {number} time */
  function slept(time) {
    if (session.run.state !== "running") return;
    gap += time;
    const n = Math.round(gap / MINUTE);
    put(at("slept-text"), n < HOURS ? say("slept", { n }) : say("slept_hours", { n: Math.round(n / 60) }));
    asks.returnValue = "";
    if (!asks.open) asks.showModal();
  }

  /** @param {number} time */
  function setBack(time) {
    const { offset } = session.run;
    // Another window that leads the same run may have put it right.
    session.act((run) => (run.offset === offset ? { ...run, offset: offset + time } : run));
    put(at("back-text"), say("set_back", { n: Math.max(1, Math.round(time / MINUTE)) }));
    const dialog = /** @type {HTMLDialogElement} */ (at("set-back"));
    if (!dialog.open) dialog.showModal();
  }

  const stop = watch({ tick: show, slept, back: setBack });
  const seen = setInterval(() => {
    const time = session.now();
    session.act((run) => ({ ...run, seen: Math.max(run.seen, time) }), true);
  }, SEEN_EACH);

  const guests = /** @type {HTMLAnchorElement} */ (at("guests"));
  guests.href = `#${session.run.id}/deltakere`;
  guests.addEventListener("click", (event) => {
    // A window of its own can be moved to the screen in the room; where it is blocked, a tab can.
    if (window.open(guests.href, `nvr-${session.run.id}`, "popup,width=1280,height=720")) event.preventDefault();
  });
  const guide = /** @type {HTMLAnchorElement} */ (at("guide"));
  guide.href = link(session.guide.address);
  put(guide, session.guide.title);
  for (const name of ["title", "say", "how", "result", "who", "guide", "sheet"]) at(name).lang = session.guide.language;
  // On a phone the plan is asked for; elsewhere there is room for it.
  /** @type {HTMLDetailsElement} */ (at("whole")).open = matchMedia("(min-width: 60em)").matches;
  fills(at("full"), root);
  document.documentElement.classList.add("is-running");
  session.listeners.add(show);
  show();
  if (first) away(session, slept, setBack);
  title.focus();
  return () => {
    stop();
    written.close();
    clearInterval(seen);
    awake(false);
    session.listeners.delete(show);
    document.removeEventListener("keydown", key);
    root.classList.remove("is-over", "is-paused");
  };
}

/**
 * What went by while no window led the run.
 * @param {Session} session
 * @param {(time: number) => void} slept
 * @param {(time: number) => void} setBack
 */
function away(session, slept, setBack) {
  const { run } = session;
  const gap = session.now() - Math.max(run.seen, run.began, run.since);
  if (gap < 0) setBack(-gap);
  else if (gap > SEEN_EACH + 2 * MINUTE) slept(gap);
}
