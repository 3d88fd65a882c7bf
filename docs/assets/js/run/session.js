/**
 * One run in this window: what it is now, what is done to it, where it is saved, and who follows.
 *
 * Each act is made on what the store has, so two windows that lead the same run cannot undo each
 * other's. Where nothing can be saved the run goes on in the window alone, and one is told.
 */

import { HOME } from "../lib-home.js";
import { ROOT } from "../lib-store.js";
import { change, get, onChange, StoreError } from "../store/db.js";
import { FORM, noNotes, SCHEMA } from "./state.js";

/** @typedef {import("./state.js").Run} Run */
/** @typedef {import("../lib-rich.js").RichBlock} RichBlock */
/**
 * @typedef {object} GuideStep
 * @property {string} title
 * @property {number} minutes
 * @property {number} least
 * @property {import("./plan.js").Pace} [pace]
 * @property {boolean} [skip]
 * @property {boolean} [pause]
 * @property {string} [who]
 * @property {string[]} [task]
 * @property {RichBlock[]} [say]
 * @property {RichBlock[]} [how]
 * @property {string} [result]
 * @property {{title: string, address: string}} [sheet]
 */
/** @typedef {{id: string, title: string, minutes: number, fits?: string, lacks?: string, steps: GuideStep[]}} GuidePlan */
/**
 * @typedef {object} Guide
 * @property {string} kind
 * @property {string} id
 * @property {string} language
 * @property {string} title
 * @property {string} address
 * @property {[number, number] | null} people
 * @property {string[]} result
 * @property {GuidePlan[]} plans
 * @property {{title: string, draft: RichBlock[]}[]} decisions
 * @property {import("./minutes.js").Minutes | null} record
 */

export const LONGEST = 600; // minutes of a step
const MOST = 100; // steps

/** @param {string} address below the language's root @returns {string} */
export const link = (address) => new URL(address, HOME).href;

/** @param {string} kind @param {string} id @returns {Promise<Guide>} */
export async function guideOf(kind, id) {
  const got = await fetch(link(`data/kjoring/${kind}-${id}.json`));
  if (!got.ok) throw new Error(String(got.status));
  return got.json();
}

/** A random UUID, also where the site has no https. @returns {string} */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * The steps of one of a guide's plans, as a run has them.
 * @param {GuidePlan} plan
 * @returns {import("./state.js").Step[]}
 */
export const stepsOf = (plan) =>
  plan.steps.map(({ title, minutes, least, pace, skip, pause }) => ({
    ...{ title, minutes, least, skip: Boolean(skip), pause: Boolean(pause), out: false },
    ...(pace ? { pace } : {}),
    notes: noNotes(),
  }));

/** @param {Guide} guide @param {GuidePlan} plan @returns {Run} */
export function newRun(guide, plan) {
  const { kind, id, language, title } = guide;
  const time = new Date().toISOString();
  const own = { id: newId(), created: time, changed: time, schema: SCHEMA, form: FORM };
  const about = { kind, guide: id, language, title: plan.title || title, plan: plan.id, people: 0, start: "" };
  const none = { offset: 0, seen: 0, begun: 0, end: 0, at: 0, began: 0, given: 0, waited: 0, since: 0 };
  return { ...own, ...about, ...none, state: "planned", past: [], steps: stepsOf(plan) };
}

/** @param {any} step whether it is one that can be run and written to, whoever made it */
const sane = ({ title, minutes, least, notes }) =>
  typeof title === "string" &&
  [minutes, least].every((n) => Number.isInteger(n) && n > 0 && n <= LONGEST) &&
  typeof notes?.text === "string" &&
  Array.isArray(notes.decisions) &&
  Array.isArray(notes.actions);

/** Whether what the store has can be shown: this version made it. @param {any} found @returns {found is Run} */
export const readable = (found) =>
  found?.schema === SCHEMA &&
  found.form === FORM &&
  Array.isArray(found.steps) &&
  found.steps.length <= MOST &&
  found.steps.every((/** @type {any} */ step) => sane(step ?? {})) &&
  found.steps[found.at] !== undefined &&
  ["planned", "running", "paused", "ended"].includes(found.state);

/**
 * What the guide says of a step of a run, also where the guide has become another since.
 * @param {Guide} guide
 * @param {Run} run
 * @param {number} at
 * @returns {GuideStep | undefined}
 */
export function saysOf(guide, run, at) {
  const steps = guide.plans.find((plan) => plan.id === run.plan)?.steps ?? [];
  const own = steps.find((step) => step.title === run.steps[at]?.title);
  return own ?? (steps.length === run.steps.length ? steps[at] : undefined);
}

/** @param {string} id of a run @returns {BroadcastChannel | undefined} */
export const channelOf = (id) =>
  typeof BroadcastChannel === "function" ? new BroadcastChannel(`nvr.run.1:${ROOT}:${id}`) : undefined;

/** @typedef {{time: number, key: string}} Kept when the run was last saved, or the words for why not */

export class Session {
  /** @param {Run} run @param {Guide} guide */
  constructor(run, guide) {
    this.run = run;
    this.guide = guide;
    /** @type {Kept} */
    this.kept = { time: 0, key: "" };
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    this.waiting = 0;
    /** @type {Promise<void>} */
    this.queue = Promise.resolve();
    this.channel = channelOf(run.id);
    this.channel?.addEventListener("message", ({ data }) => {
      if (data === "ask") this.tell();
    });
    this.open = true;
    onChange((store, id) => {
      if (store === "runs" && (!id || id === run.id)) void this.reread();
    });
    this.gone = () => this.channel?.postMessage("gone");
    addEventListener("pagehide", this.gone);
    addEventListener("pageshow", () => this.tell());
  }

  /** Leave the run: the window shows something else. */
  close() {
    this.gone();
    removeEventListener("pagehide", this.gone);
    this.open = false;
    this.listeners.clear();
    this.channel?.close();
  }

  /** The largest group that the guide is made for. */
  get most() {
    return this.guide.people?.[1] ?? 0;
  }

  /** The run's own clock. */
  now() {
    return Date.now() + this.run.offset;
  }

  /**
   * Do something to the run, here at once and then in the store.
   * @param {(run: Run) => Run} make
   * @param {boolean} [quiet] whether nobody needs to be shown
   */
  act(make, quiet = false) {
    const changed = new Date().toISOString();
    /** @param {Run} run @returns {Run} */
    const made = (run) => ({ ...make(run), changed });
    this.run = made(this.run);
    this.waiting += 1;
    const here = this.run;
    this.queue = this.queue.then(() => this.keep(made, here));
    if (!quiet) this.show();
  }

  /** @param {(run: Run) => Run} made @param {Run} here what it comes to in this window */
  async keep(made, here) {
    try {
      const after = await change("runs", here.id, (before) => (before ? made(before) : here));
      this.waiting -= 1;
      if (!this.waiting && after) this.run = /** @type {Run} */ (after);
      this.kept = { time: Date.now(), key: "" };
    } catch (error) {
      this.waiting -= 1;
      this.kept = { time: 0, key: error instanceof StoreError ? error.key : "Blocked" };
    }
    this.show();
  }

  async reread() {
    const found = await get("runs", this.run.id).catch(() => undefined);
    if (!this.open || this.waiting || !readable(found)) return;
    this.run = found;
    this.show();
  }

  show() {
    for (const listener of this.listeners) listener();
    this.tell();
  }

  /** Show the run to the participants' windows. */
  tell() {
    if (this.open) this.channel?.postMessage({ run: this.run });
  }

  /** All that has been done is saved, or cannot be. */
  async settled() {
    await this.queue;
  }
}
