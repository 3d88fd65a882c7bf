/**
 * A file of all that is saved, judged: JSON with `schema`, `version`, `site`, `date`, `ticks`, which
 * maps a kind to lists and each list to ids, `documents` and `runs`. Whoever made the file, nothing
 * comes out of here but ids that the handbook has and records of the site's own shape. Files that
 * have ticks alone (of before there was more), one document or one run are read too.
 */

import { judgedRecord, judgedRecords, recordOf } from "./lib-records.js";
import { isObject, WrongFile } from "./lib-wrong.js";

export { WrongFile };

/** @typedef {Record<string, Record<string, string[]>>} Ticks */
/** @typedef {{id: string, changed: string}} Kept */
/** @typedef {{documents: Kept[], runs: Kept[]}} Records */
/** @typedef {{site: string, date: string, ticks: Ticks, records: Records, dropped: number}} Import */
/** @typedef {Record<string, {points: string[]}>} Checklists */
/** @typedef {{checklists: Checklists, interviews: Record<string, string[]>}} Facts */
/** @typedef {{kind: string, id: string, ids: Set<string>}} List */

export const SCHEMA = "naeringsvennlig-region/prosjekt";
const TICKS = "naeringsvennlig-region/fremdrift";
export const VERSION = 1;
export const KINDS = ["checklist", "interview"];
const LARGEST = 40_000_000; // bytes; a plan with a book in a field is a tenth of it
const MOST = 5_000; // ticks in a file, ten times what a handbook has
const ID = /^[a-z0-9][a-z0-9.-]{0,99}$/;
const DATE = /^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/;

/**
 * What a file holds, once all of it has been judged.
 * @param {File} file
 * @param {() => Promise<Facts>} facts what the handbook has
 * @param {string[]} stores the kinds of record that the site has a place for
 * @returns {Promise<Import>}
 */
export async function readFile(file, facts, stores) {
  if (file.size > LARGEST) throw new WrongFile("Size");
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(await file.text());
  } catch {
    throw new WrongFile("Json");
  }
  const { site, date, lists, records } = judged(found);
  const { ticks, taken, dropped } = lists.length ? await known(lists, facts) : { ticks: {}, taken: 0, dropped: 0 };
  const own = { documents: stores.includes("documents") ? records.documents : [], runs: stores.includes("runs") ? records.runs : [] };
  const homeless = count(records) - count(own);
  if (dropped + homeless && !taken && !count(own)) throw new WrongFile("Unknown", dropped + homeless);
  return { site, date, ticks, records: own, dropped: dropped + homeless };
}

/** @param {Records} records */
const count = ({ documents, runs }) => documents.length + runs.length;

/** @param {unknown} found @returns {{site: string, date: string, lists: List[], records: Records}} */
function judged(found) {
  if (!isObject(found)) throw new WrongFile("Schema");
  const alone = recordOf(found["schema"]);
  if (alone) {
    const record = judgedRecord(alone, found, alone);
    return { site: "", date: record.changed, lists: [], records: { documents: [], runs: [], [alone]: [record] } };
  }
  if (found["schema"] !== SCHEMA && found["schema"] !== TICKS) throw new WrongFile("Schema");
  const { version, site, date, ticks } = found;
  if (!Number.isSafeInteger(version) || Number(version) < 1) throw new WrongFile("Shape", "version");
  if (Number(version) > VERSION) throw new WrongFile("Version");
  if (typeof site !== "string" || site.length > 300 || !URL.canParse(site)) {
    throw new WrongFile("Shape", "site");
  }
  if (typeof date !== "string" || !DATE.test(date) || Number.isNaN(Date.parse(date))) {
    throw new WrongFile("Shape", "date");
  }
  const documents = judgedRecords("documents", found["documents"]);
  return { site, date, lists: judgedTicks(ticks), records: { documents, runs: judgedRecords("runs", found["runs"]) } };
}

/** @param {unknown} ticks @returns {List[]} */
function judgedTicks(ticks) {
  if (!isObject(ticks)) throw new WrongFile("Shape", "ticks");
  /** @type {List[]} */
  const lists = [];
  for (const [kind, inner] of Object.entries(ticks)) {
    if (!KINDS.includes(kind) || !isObject(inner)) throw new WrongFile("Shape", `ticks.${kind.slice(0, 40)}`);
    for (const [id, ids] of Object.entries(inner)) {
      const fits = Array.isArray(ids) && ids.every((one) => typeof one === "string" && ID.test(one));
      if (!ID.test(id) || !fits) throw new WrongFile("Shape", `ticks.${kind}.${id.slice(0, 40)}`);
      lists.push({ kind, id, ids: new Set(ids) });
    }
  }
  if (lists.reduce((sum, { ids }) => sum + ids.size, 0) > MOST) throw new WrongFile("Size");
  return lists;
}

/**
 * The ticks that the handbook has a place for, and how many it has none for.
 * @param {List[]} lists
 * @param {() => Promise<Facts>} facts
 * @returns {Promise<{ticks: Ticks, taken: number, dropped: number}>}
 */
async function known(lists, facts) {
  const { checklists, interviews } = await facts().catch(() => {
    throw new WrongFile("Facts");
  });
  const points = Object.entries(checklists).map(([id, list]) => /** @type {const} */ ([id, list.points]));
  /** @type {Record<string, Map<string, string[]>>} */
  const have = { checklist: new Map(points), interview: new Map(Object.entries(interviews)) };
  /** @type {Ticks} */
  const ticks = Object.fromEntries(KINDS.map((kind) => [kind, {}]));
  let [taken, dropped] = [0, 0];
  for (const { kind, id, ids } of lists) {
    const found = (have[kind]?.get(id) ?? []).filter((one) => ids.has(one));
    if (found.length) Object.assign(ticks[kind] ?? {}, { [id]: found });
    taken += found.length;
    dropped += ids.size - found.length;
  }
  return { ticks, taken, dropped };
}
