/**
 * A file of saved ticks, judged: JSON with `schema`, `version`, `site`, `date` and `ticks`, which
 * maps a kind to lists and each list to ids. Whoever made the file, nothing comes out of here but
 * ids that the handbook has.
 */

/** @typedef {Record<string, Record<string, string[]>>} Ticks */
/** @typedef {{site: string, date: string, ticks: Ticks, dropped: number}} Import */
/** @typedef {Record<string, {points: string[]}>} Checklists */
/** @typedef {{checklists: Checklists, interviews: Record<string, string[]>}} Facts */

export const SCHEMA = "naeringsvennlig-region/fremdrift";
export const VERSION = 1;
export const KINDS = ["checklist", "interview"];
const LARGEST = 500_000; // bytes; a handbook with every box ticked is a tenth of it
const MOST = 5_000; // ticks in a file, ten times what a handbook has
const ID = /^[a-z0-9][a-z0-9.-]{0,99}$/;
const DATE = /^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/;

/** Raised for a file that is not taken; `key` names the words that tell of it. */
export class WrongFile extends Error {
  /** @param {string} key @param {string | number} [where] */
  constructor(key, where = "") {
    super(key);
    this.key = key;
    this.where = where;
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What a file holds, once all of it has been judged.
 * @param {File} file
 * @param {() => Promise<Facts>} facts what the handbook has
 * @returns {Promise<Import>}
 */
export async function readFile(file, facts) {
  if (file.size > LARGEST) throw new WrongFile("Size");
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(await file.text());
  } catch {
    throw new WrongFile("Json");
  }
  const { site, date, lists } = judged(found);
  return { site, date, ...(await known(lists, facts)) };
}

/** @param {unknown} found */
function judged(found) {
  if (!isObject(found) || found["schema"] !== SCHEMA) throw new WrongFile("Schema");
  const { version, site, date, ticks } = found;
  if (!Number.isSafeInteger(version) || Number(version) < 1) throw new WrongFile("Shape", "version");
  if (Number(version) > VERSION) throw new WrongFile("Version");
  if (typeof site !== "string" || site.length > 300 || !URL.canParse(site)) {
    throw new WrongFile("Shape", "site");
  }
  if (typeof date !== "string" || !DATE.test(date) || Number.isNaN(Date.parse(date))) {
    throw new WrongFile("Shape", "date");
  }
  if (!isObject(ticks)) throw new WrongFile("Shape", "ticks");
  /** @type {{kind: string, id: string, ids: Set<string>}[]} */
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
  return { site, date, lists };
}

/**
 * The ticks that the handbook has a place for, and how many it has none for.
 * @param {{kind: string, id: string, ids: Set<string>}[]} lists
 * @param {() => Promise<Facts>} facts
 * @returns {Promise<{ticks: Ticks, dropped: number}>}
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
  if (dropped && !taken) throw new WrongFile("Unknown", dropped);
  return { ticks, dropped };
}
