/**
 * The page where workshops and meetings are run. What it shows follows the address: the list, a plan
 * (`#workshop/swot`), a run saved in this browser (`#<its id>`), or that run as those who take part
 * see it (`#<its id>/deltakere`).
 */

import { all, change, get } from "../store/db.js";
import { finished } from "./finish.js";
import { live } from "./live.js";
import { participants } from "./participants.js";
import { awake } from "./screen.js";
import { guideOf, newRun, readable, Session } from "./session.js";
import { planned } from "./setup.js";
import { dayInWords, timeOfDay } from "./clock.js";
import { make, part, put, words } from "./words.js";

/** @typedef {import("./session.js").Run} Run */
/**
 * What every view gets.
 * @typedef {object} Stage
 * @property {HTMLElement} root
 * @property {import("./words.js").Say} say
 * @property {(name: string) => HTMLElement} show the view of a template, in place of all others
 * @property {(name: string) => HTMLElement} copy the one element of a template
 */
/** A view gives what ends it. @typedef {() => void} Ends */

const SHOWN = "deltakere";

/** @param {HTMLElement} root */
function start(root) {
  const say = words(root);
  const list = part(root, "list");
  const place = part(root, "place");
  /** @type {Ends} */
  let ends = () => undefined;
  let asked = 0;

  /** @param {string} name @returns {DocumentFragment} */
  const template = (name) => {
    const found = root.querySelector(`template[data-view="${name}"]`);
    return /** @type {DocumentFragment} */ (/** @type {HTMLTemplateElement} */ (found).content.cloneNode(true));
  };
  /** @type {Stage} */
  const stage = {
    root,
    say,
    show(name) {
      place.replaceChildren(template(name));
      list.hidden = true;
      return place;
    },
    copy: (name) => /** @type {HTMLElement} */ (template(name).firstElementChild),
  };

  /** @param {string} key */
  function tell(key) {
    const view = stage.show("told");
    put(part(view, "text"), say(key));
    part(view, "text").focus();
  }

  async function showList() {
    place.replaceChildren();
    list.hidden = false;
    await showRuns(list, stage);
  }

  /** @param {Run} run */
  async function open(run) {
    const guide = await guideOf(run.kind, run.guide);
    return new Session(run, guide);
  }

  /** @param {Session} session @returns {Ends} */
  function lead(session) {
    let state = "";
    /** @type {Ends} */
    let done = () => undefined;
    const follow = () => {
      const now = session.run.state === "paused" ? "running" : session.run.state;
      if (now === state) return;
      done();
      const first = !state;
      state = now;
      const view = { planned, running: live, ended: finished }[now];
      done = view(stage, session, first);
    };
    session.listeners.add(follow);
    follow();
    return () => {
      done();
      session.close();
    };
  }

  async function route() {
    const turn = ++asked;
    ends();
    ends = () => undefined;
    awake(false);
    document.documentElement.classList.remove("is-running");
    const hash = decodeURIComponent(location.hash.slice(1));
    const [first = "", second = ""] = hash.split("/");
    if (!hash || hash === "topp") return showList();
    const guide = [...root.querySelectorAll("[data-guide]")].some((one) => one.id === hash);
    try {
      if (guide) {
        const found = await guideOf(first, second);
        const plan = found.plans[0];
        if (turn === asked && plan) ends = lead(new Session(newRun(found, plan), found));
      } else if (second === SHOWN) {
        ends = participants(stage, first);
      } else {
        const run = await get("runs", first).catch(() => undefined);
        if (!run) tell("no_run");
        else if (!readable(run)) tell("other_form");
        else {
          const session = await open(run);
          if (turn === asked) ends = lead(session);
          else session.close();
        }
      }
    } catch {
      if (turn === asked) tell("no_data");
    }
  }

  addEventListener("hashchange", () => void route());
  void route();
  root.classList.add("is-ready");
}

/**
 * The runs in this browser, newest first.
 * @param {HTMLElement} list
 * @param {Stage} stage
 */
async function showRuns(list, stage) {
  const { say } = stage;
  const told = part(list, "told");
  const found = await all("runs").catch(() => undefined);
  put(told, found ? "" : say("blocked"));
  const runs = (found ?? []).filter(readable).sort((one, other) => (one.changed < other.changed ? 1 : -1));
  part(list, "saved").hidden = !runs.length;
  part(list, "runs").replaceChildren(
    ...runs.map((run) => {
      const row = stage.copy("run");
      const way = /** @type {HTMLAnchorElement} */ (part(row, "link"));
      way.href = `#${run.id}`;
      put(way, run.title);
      row.lang = "";
      const when = run.begun ? run.begun - run.offset : Date.parse(run.changed);
      const day = dayInWords(when, document.documentElement.lang);
      const time = timeOfDay(when);
      put(part(row, "about"), say(`state_${run.state}`, { day, time }));
      const remove = part(row, "delete");
      remove.append(make("span", "said", `: ${run.title}`));
      remove.addEventListener("click", () => ask(list, run, stage));
      return row;
    }),
  );
}

/** @param {HTMLElement} list @param {Run} run @param {Stage} stage */
function ask(list, run, stage) {
  const dialog = /** @type {HTMLDialogElement} */ (part(list, "ask"));
  put(part(dialog, "what"), stage.say("delete_ask", { title: run.title }));
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    async () => {
      if (dialog.returnValue !== "yes") return;
      await change("runs", run.id, () => undefined).catch(() => undefined);
      await showRuns(list, stage);
      put(part(list, "told"), stage.say("deleted", { title: run.title }));
      part(list, "told").focus();
    },
    { once: true },
  );
  dialog.showModal();
}

for (const root of document.querySelectorAll("[data-module='run/view']")) {
  if (root instanceof HTMLElement) start(root);
}
