/**
 * Takes the handbook along: fetches what a choice asks for, some files at a time, into a cache of its
 * edition. What is there already is not fetched again, so it goes on where it stopped; what an older
 * edition has is copied where it is the same. The older one stays whole until the new one is.
 */

import { ask, begin, drop, newest, size, taken, trim, wanted } from "./kept.js";

/** @typedef {import("./kept.js").List} List */
/** @typedef {import("./kept.js").Entry} Entry */
/** @typedef {import("./kept.js").Choice} Choice */
/** @typedef {{files: number, all: number, bytes: number, total: number}} Progress */
/** @typedef {"Done" | "Stopped" | "Full" | "Net" | "Missing"} Outcome */

const AT_ONCE = 4;
const ROUNDS = 3; // a site may be published anew meanwhile; more often than this it is not

/** @param {unknown} error @returns {Outcome} */
function told(error) {
  if (error instanceof DOMException && error.name === "QuotaExceededError") return "Full";
  if (error instanceof DOMException && error.name === "AbortError") return "Stopped";
  return "Net";
}

/**
 * @param {URL} site
 * @param {Choice} choice
 * @param {AbortSignal} signal
 * @param {(progress: Progress) => void} show
 * @returns {Promise<Outcome>}
 */
export async function take(site, choice, signal, show) {
  try {
    let list = await newest(site);
    for (let round = 0; round < ROUNDS; round += 1) {
      const missing = await fetchAll(site, list, choice, signal, show);
      if (missing) return "Missing";
      const after = await newest(site);
      if (after.edition === list.edition) break;
      list = after;
    }
    await trim(site, list, choice);
    await begin(site, list, choice, true);
    await drop(site, list.edition);
    return "Done";
  } catch (error) {
    return signal.aborted ? "Stopped" : told(error);
  }
}

/**
 * @param {URL} site
 * @param {List} list
 * @param {Choice} choice
 * @param {AbortSignal} signal
 * @param {(progress: Progress) => void} show
 * @returns {Promise<number>} how many files the server did not have
 */
async function fetchAll(site, list, choice, signal, show) {
  const before = await older(site, list);
  const cache = await begin(site, list, choice);
  const opened = await caches.open(`nvr.1:${site.pathname}:opened`);
  const have = new Set((await cache.keys()).map(({ url }) => url));
  const entries = wanted(list, choice);
  const left = entries.filter(([address]) => !have.has(new URL(address, site).href));
  const progress = { files: entries.length - left.length, all: entries.length, bytes: size(entries) - size(left), total: size(entries) };
  let missing = 0;
  show(progress);

  /** @param {Entry} entry */
  async function one([address, bytes, hash]) {
    const { href } = new URL(address, site);
    const answer = (await before.get(`${address} ${hash}`)?.match(href)) ?? (await ask(href, signal));
    signal.throwIfAborted();
    if (answer.status >= 500) throw new TypeError(`${answer.status}`);
    if (answer.ok && !answer.redirected) await cache.put(href, answer);
    else missing += 1;
    // It is the newest there is: what was opened of it is older.
    await opened.delete(href);
    progress.files += 1;
    progress.bytes += bytes;
    show(progress);
  }

  const rest = [...left].reverse();
  const hands = Array.from({ length: AT_ONCE }, async () => {
    try {
      for (let entry = rest.pop(); entry; entry = rest.pop()) await one(entry);
    } finally {
      rest.length = 0; // where one fails, so will the others
    }
  });
  const ended = await Promise.allSettled(hands);
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  return missing;
}

/**
 * What other editions have, by address and hash.
 * @param {URL} site
 * @param {List} list
 * @returns {Promise<Map<string, Cache>>}
 */
async function older(site, list) {
  /** @type {Map<string, Cache>} */
  const found = new Map();
  for (const { name, list: old, record } of await taken(site)) {
    if (old.edition === list.edition) continue;
    const cache = await caches.open(name);
    for (const [address, , hash] of wanted(old, record.choice)) found.set(`${address} ${hash}`, cache);
  }
  return found;
}
