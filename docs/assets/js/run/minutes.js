/**
 * The minutes of a run: a document filled in with what was written and the times as they were. Which
 * field gets what stands in the guide's data; nothing here knows a template.
 */

import { change } from "../store/db.js";
import { dateOf, dayInWords, timeOfDay } from "./clock.js";
import { link, newId } from "./session.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./words.js").Say} Say */
/** @typedef {import("./state.js").Run} Run */
/** @typedef {Record<string, string>} Row */
/**
 * @typedef {object} Fields
 * @property {string} title
 * @property {string} date
 * @property {string} time
 * @property {string} [result]
 * @property {{field: string, draft: string}} [status]
 * @property {{table: string, what: string, who?: string, minutes?: string}} [plan]
 * @property {{table: string, what: string, notes: string, decision: string}} points
 * @property {{table: string, what: string, who: string, due: string}} actions
 */
/** @typedef {{template: string, title: string, form: string, edit: string, fields: Fields}} Minutes */

const SCHEMA = "naeringsvennlig-region/dokument";
const FORM = 1;

/**
 * What the template asks for, and where its files are.
 * @param {Minutes} record
 * @returns {Promise<import("../files/form.js").Form>}
 */
async function formOf(record) {
  const got = await fetch(link(record.form));
  if (!got.ok) throw new Error(String(got.status));
  return got.json();
}

/** @param {Run} run @param {number} time @returns {string} on the machine's clock */
const clock = (run, time) => timeOfDay(time - run.offset);

/**
 * When a step was held, or nothing where it was not.
 * @param {Run} run
 * @param {number} at
 */
export function heldAt(run, at) {
  const past = run.past.find((one) => one.at === at);
  return past ? `${clock(run, past.began)}–${clock(run, past.ended)}` : "";
}

/** @param {Run} run @returns {string} from when to when the whole was */
export const heldFrom = (run) =>
  `${clock(run, run.begun)}–${clock(run, run.past.at(-1)?.ended ?? run.begun)}`;

/**
 * @param {Session} session
 * @param {import("../files/form.js").Form} form what the template asks for
 * @param {Say} say
 */
export function documentOf(session, form, say) {
  const { run, guide } = session;
  const record = /** @type {Minutes} */ (guide.record);
  const { fields } = record;
  const time = new Date().toISOString();
  const date = dateOf(run.begun - run.offset);
  /** @type {Record<string, string | Row[]>} */
  const values = {
    [fields.title]: run.title,
    [fields.date]: date,
    [fields.time]: heldFrom(run),
    [fields.points.table]: pointRows(run, fields, say),
    [fields.actions.table]: actionRows(run, fields),
  };
  if (fields.result) values[fields.result] = guide.result.map((one) => `– ${one}`).join("\n");
  if (fields.status) values[fields.status.field] = fields.status.draft;
  if (fields.plan) values[fields.plan.table] = planRows(session, fields.plan);
  const register = /** @type {{key?: string, value: string}[]} */ (form.cover ?? []);
  const cover = Object.fromEntries(register.flatMap(({ key, value }) => (key ? [[key, value]] : [])));
  const about = { schema: SCHEMA, form: FORM, id: newId(), template: record.template, version: form.version };
  const name = say("minutes_name", { title: run.title, date: dayInWords(run.begun - run.offset, form.language) });
  return { ...about, language: form.language, name, created: time, changed: time, cover: { ...cover, date }, values };
}

/** @param {Run} run @param {Fields} fields @param {Say} say @returns {Row[]} */
function pointRows(run, { points }, say) {
  return run.steps.flatMap((step, at) => {
    const { text, decisions } = step.notes;
    const held = heldAt(run, at);
    const written = text.trim() || decisions.some((one) => one.trim());
    if (!written && (step.pause || !(held || step.out))) return [];
    const { title } = step;
    return [
      {
        [points.what]: held ? say("point", { title, time: held }) : say("point_out", { title }),
        [points.notes]: text.trim(),
        [points.decision]: decisions.map((one) => one.trim()).filter(Boolean).join("\n"),
      },
    ];
  });
}

/** @param {Run} run @param {Fields} fields @returns {Row[]} */
const actionRows = (run, { actions }) =>
  run.steps.flatMap(({ notes }) =>
    notes.actions
      .filter((one) => one.what.trim() || one.who.trim())
      .map(({ what, who, due }) => ({ [actions.what]: what.trim(), [actions.who]: who.trim(), [actions.due]: due })),
  );

/** @param {Session} session @param {NonNullable<Fields["plan"]>} plan @returns {Row[]} */
function planRows({ run, guide }, plan) {
  const steps = guide.plans.find((one) => one.id === run.plan)?.steps ?? [];
  return run.steps.map((step) => ({
    [plan.what]: step.title,
    ...(plan.who ? { [plan.who]: steps.find((one) => one.title === step.title)?.who ?? "" } : {}),
    ...(plan.minutes ? { [plan.minutes]: String(step.minutes) } : {}),
  }));
}

/** The minutes as a Word file, made of the site's own. @param {Session} session @param {Say} say */
export async function asWord(session, say) {
  const form = await formOf(/** @type {Minutes} */ (session.guide.record));
  const { make } = await import("../files/index.js");
  return make("docx", link(""), form, documentOf(session, form, say));
}

/** Save the minutes as a document in this browser; gives the address where it is edited. @param {Session} session @param {Say} say */
export async function asDocument(session, say) {
  const record = /** @type {Minutes} */ (session.guide.record);
  const made = documentOf(session, await formOf(record), say);
  await change("documents", made.id, () => made);
  return link(`${record.edit}#${made.id}`);
}
