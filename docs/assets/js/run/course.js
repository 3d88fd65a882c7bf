/** How it will go from here: what comes next, the next break, the end, and the whole plan as it is now. */

import { endInWords, timeOfDay } from "./clock.js";
import { leaveOut, moveEnd } from "./state.js";
import { make, part, put } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./state.js").Forecast} Forecast */
/** @typedef {import("./view.js").Stage} Stage */

/** @param {Stage} stage @param {Session} session @param {HTMLElement} view */
export function course({ copy, say }, session, view) {
  /** @param {string} name */
  const at = (name) => part(view, name);
  let drawn = "";
  /** @type {number[]} */
  let offered = [];
  /** @type {Forecast | undefined} */
  let last;

  /** @param {number} place */
  const title = (place) => session.run.steps[place]?.title ?? "";
  /** @param {number} time */
  const clock = (time) => timeOfDay(time - session.run.offset);

  at("cut").addEventListener("click", () => {
    const places = offered;
    session.act((run) => leaveOut(run, places, true));
    at("title").focus();
  });
  at("move").addEventListener("click", () => {
    const time = session.now();
    const { most } = session;
    session.act((run) => moveEnd(run, time, most));
    at("title").focus();
  });

  /** @param {Forecast} found */
  function showEnd(found) {
    const { late, beyond, cuts, ends } = found;
    put(at("end"), endInWords(found, session.run.offset, say));
    at("late").hidden = late <= 0;
    offered = cuts;
    const names = cuts.map((place) => `«${title(place)}»`).join(say("and"));
    put(at("late-text"), cuts.length ? say("late_cut", { names }) : say("late_beyond", { n: Math.max(beyond, late) }));
    at("cut").hidden = !cuts.length;
    put(at("cut"), say(cuts.length === 1 ? "cut_one" : "cut_all", { names }));
    put(at("move"), say("move_end", { time: clock(ends) }));
  }

  /** @param {Forecast} found */
  function showNext({ coming }) {
    const [to] = coming;
    at("coming-part").hidden = !to;
    if (to) {
      put(at("coming"), title(to.at));
      put(at("coming-time"), say("at_for", { time: clock(to.from), n: to.minutes }));
    }
    const rest = coming.find((one) => session.run.steps[one.at]?.pause);
    const now = session.run.steps[session.run.at]?.pause;
    put(at("break"), rest ? say("break_at", { time: clock(rest.from), n: rest.minutes }) : now ? "" : say("no_break"));
  }

  /** @param {Forecast} found */
  function showPlan(found) {
    const { run } = session;
    const key = JSON.stringify([run.at, run.past.length, run.given, run.steps.map((step) => step.out), found.coming.map((one) => [one.minutes, clock(one.from)])]);
    if (key === drawn) return;
    drawn = key;
    const focused = document.activeElement;
    const place = focused instanceof HTMLElement && at("plan").contains(focused) ? focused.dataset["place"] : undefined;
    at("plan").replaceChildren(...run.steps.map((_, place) => planRow(place, found)));
    const again = place === undefined ? null : at("plan").querySelector(`[data-place="${place}"]`);
    if (again instanceof HTMLElement) again.focus();
  }

  /** @param {number} place @param {Forecast} found */
  function planRow(place, found) {
    const { run } = session;
    const row = copy("line");
    const step = run.steps[place];
    const past = run.past.filter((one) => one.at === place).at(-1);
    const to = found.coming.find((one) => one.at === place);
    const now = place === run.at;
    put(part(row, "title"), title(place));
    part(row, "title").lang = run.language;
    row.classList.toggle("is-now", now);
    row.classList.toggle("is-past", !now && !to);
    if (now) row.setAttribute("aria-current", "step");
    const from = now ? run.began : (past?.began ?? to?.from);
    put(part(row, "clock"), from && !step?.out ? clock(from) : "");
    const minutes = now ? run.given : past ? Math.round((past.ended - past.began) / 60_000) : (to?.minutes ?? 0);
    const said = step?.out ? say("is_out") : minutesInWords(minutes, step?.minutes ?? minutes);
    put(part(row, "minutes"), to && step?.skip ? `${said} · ${say("may_go_short")}` : said);
    const button = part(row, "out");
    const may = place > run.at;
    button.hidden = !may;
    if (may) {
      button.dataset["place"] = String(place);
      button.replaceChildren(say(step?.out ? "take_in" : "leave_out"), make("span", "said", `: ${title(place)}`));
      button.addEventListener("click", () => session.act((one) => leaveOut(one, [place], !step?.out)));
    }
    return row;
  }

  /** @param {number} minutes @param {number} planned */
  const minutesInWords = (minutes, planned) =>
    minutes === planned ? say("minutes", { n: minutes }) : say("minutes_of", { n: minutes, planned });

  return {
    /** @param {Forecast} found */
    show(found) {
      last = found;
      showEnd(last);
      showNext(last);
      showPlan(last);
    },
  };
}
