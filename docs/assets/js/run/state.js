/**
 * A run as a record, and what the leader does to it. Each act gives a new record; times are
 * milliseconds of the run's own clock (`now`), so a record says the same whenever it is read.
 */

import { beyond, cuts, leastOf, spread, sum } from "./plan.js";

/** @typedef {{what: string, who: string, due: string}} Action */
/** @typedef {{text: string, decisions: string[], actions: Action[]}} Notes */
/**
 * @typedef {object} Step
 * @property {string} title
 * @property {number} minutes what is planned
 * @property {number} least
 * @property {import("./plan.js").Pace | undefined} [pace]
 * @property {boolean} [skip] whether the guide says that it can be left out
 * @property {boolean} [pause]
 * @property {boolean} out whether it is left out
 * @property {Notes} notes
 */
/** @typedef {{at: number, began: number, ended: number, waited: number, given: number}} Past */
/**
 * @typedef {object} Run
 * @property {string} id
 * @property {string} changed
 * @property {string} schema
 * @property {number} form
 * @property {string} created
 * @property {string} kind
 * @property {string} guide
 * @property {string} language
 * @property {string} title
 * @property {string} plan which of the guide's plans
 * @property {number} people 0 where nobody has said
 * @property {string} start the time of day that it was planned to begin, or the empty string
 * @property {"planned" | "running" | "paused" | "ended"} state
 * @property {number} offset what the run's clock is before the machine's
 * @property {number} seen when the run was last seen to go on
 * @property {number} begun
 * @property {number} end when it shall end
 * @property {number} at the step that is due
 * @property {number} began when that step began
 * @property {number} given its minutes
 * @property {number} waited how long it has been paused
 * @property {number} since when the pause that lasts began
 * @property {Past[]} past
 * @property {Step[]} steps
 */

export const SCHEMA = "naeringsvennlig-region/kjoring";
export const FORM = 1;
export const MINUTE = 60_000;
const DAY = 24 * 60;
// Who begins so far from the planned time has another day in mind: the plan then counts from now.
const NEAR = 90;

/** @returns {Notes} */
export const noNotes = () => ({ text: "", decisions: [], actions: [] });

/** @param {Step} step @param {number} people */
const timed = (step, people) => ({ ...step, least: leastOf(step, people) });

/**
 * The steps to come, in order, each with its place.
 * @param {Run} run
 */
const coming = (run) =>
  run.steps
    .map((step, at) => ({ at, step }))
    .filter(({ at, step }) => at > (run.state === "planned" ? -1 : run.at) && !step.out);

/**
 * The whole minutes from one time to another, rounded: who is seconds late is not late.
 * @param {number} from
 * @param {number} to
 */
export const minutesBetween = (from, to) => Math.round((to - from) / MINUTE);

/** @typedef {{at: number, minutes: number, from: number}} Coming */
/**
 * @typedef {object} Forecast
 * @property {number} elapsed of the step that is due
 * @property {number} left of it, less than 0 when it is over its time
 * @property {Coming[]} coming
 * @property {number} ends
 * @property {number} late minutes after the planned end, less than 0 before it
 * @property {number} taken minutes that the steps to come have given
 * @property {number} beyond minutes that they cannot give
 * @property {number[]} cuts the steps that would have to go
 */

/**
 * What comes of it when all goes on from now as it shall.
 * @param {Run} run
 * @param {number} now
 * @param {number} [most] the largest group of the guide
 * @returns {Forecast}
 */
export function forecast(run, now, most = 0) {
  const at = run.state === "paused" ? run.since : now;
  const elapsed = run.state === "planned" ? 0 : at - run.began - run.waited;
  const left = run.state === "planned" ? 0 : run.given * MINUTE - elapsed;
  const leaves = now + Math.max(0, left);
  const rest = coming(run);
  const steps = rest.map(({ step }) => timed(step, run.people || most));
  const available = Math.max(0, minutesBetween(leaves, run.end));
  const minutes = spread(steps, available);
  const ends = leaves + sum(minutes) * MINUTE;
  return {
    elapsed,
    left,
    coming: rest.map((one, place) => ({
      at: one.at,
      minutes: minutes[place] ?? 0,
      from: leaves + sum(minutes.slice(0, place)) * MINUTE,
    })),
    ends,
    late: minutesBetween(run.end, ends),
    taken: sum(steps.map((step) => step.minutes)) - sum(minutes),
    beyond: beyond(steps, available),
    cuts: cuts(steps, available).map((place) => rest[place]?.at ?? 0),
  };
}

/**
 * The time of day nearest to now, in milliseconds, or now where the plan names none near it.
 * @param {string} start
 * @param {number} now of the machine's clock
 */
export function plannedStart(start, now) {
  const [hours = NaN, minutes = NaN] = start.split(":").map(Number);
  if (!start || Number.isNaN(hours + minutes)) return now;
  const day = new Date(now);
  const away = ((hours - day.getHours()) * 60 + minutes - day.getMinutes() + 1.5 * DAY) % DAY;
  const from = away - DAY / 2;
  if (Math.abs(from) > NEAR) return now;
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), day.getHours(), day.getMinutes() + from).getTime();
}

/** @param {Run} run @param {number} now @returns {Run} */
export function begin(run, now) {
  const first = coming(run)[0];
  if (!first) return run;
  const begun = { ...run, begun: now, end: plannedStart(run.start, now) };
  const whole = sum(coming(run).map(({ step }) => step.minutes)) * MINUTE;
  const planned = { ...begun, end: begun.end + whole };
  const given = forecast(planned, now).coming[0]?.minutes ?? first.step.minutes;
  return { ...planned, state: "running", at: first.at, began: now, given, waited: 0, since: 0, past: [] };
}

/** @param {Run} run @param {number} now @returns {Past} */
const done = (run, now) => ({
  at: run.at,
  began: run.began,
  ended: now,
  waited: run.waited + (run.state === "paused" ? now - run.since : 0),
  given: run.given,
});

/**
 * On to the next step, or to the end after the last.
 * @param {Run} run
 * @param {number} now
 * @param {number} [most]
 * @returns {Run}
 */
export function next(run, now, most = 0) {
  if (run.state !== "running" && run.state !== "paused") return run;
  const past = [...run.past, done(run, now)];
  const [to] = forecast({ ...run, given: 0 }, now, most).coming;
  if (!to) return { ...run, past, state: "ended" };
  return { ...run, past, state: "running", at: to.at, began: now, given: to.minutes, waited: 0, since: 0 };
}

/**
 * Back to the step before, as if it had never been left; from the end, back to the last.
 * @param {Run} run
 * @returns {Run}
 */
export function back(run) {
  const last = run.past.at(-1);
  if (!last || run.state === "planned") return run;
  const { at, began, waited, given } = last;
  return { ...run, past: run.past.slice(0, -1), state: "running", at, began, waited, given, since: 0 };
}

/** @param {Run} run @param {number} now @returns {Run} */
export function pause(run, now) {
  return run.state === "running" ? { ...run, state: "paused", since: now } : run;
}

/** @param {Run} run @param {number} now @returns {Run} */
export function resume(run, now) {
  if (run.state !== "paused") return run;
  return { ...run, state: "running", waited: run.waited + now - run.since, since: 0 };
}

/**
 * More or less time for the step that is due, and never less than what it has had.
 * @param {Run} run
 * @param {number} minutes
 * @param {number} now
 * @returns {Run}
 */
export function adjust(run, minutes, now) {
  const had = Math.ceil(forecast(run, now).elapsed / MINUTE);
  const given = minutes < 0 ? Math.min(run.given, Math.max(had, run.given + minutes)) : Math.max(had, run.given) + minutes;
  return { ...run, given };
}

/**
 * Leave steps out, or take them in again.
 * @param {Run} run
 * @param {number[]} places
 * @param {boolean} out
 * @returns {Run}
 */
export const leaveOut = (run, places, out) => ({
  ...run,
  steps: run.steps.map((step, at) => (places.includes(at) ? { ...step, out } : step)),
});

/** End when it will end as it goes. @param {Run} run @param {number} now @param {number} [most] @returns {Run} */
export const moveEnd = (run, now, most = 0) => ({ ...run, end: forecast(run, now, most).ends });

/** Take time that has passed unseen as a pause. @param {Run} run @param {number} time @returns {Run} */
export const wait = (run, time) =>
  run.state === "running" ? { ...run, waited: run.waited + time } : run;
