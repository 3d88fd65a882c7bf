/**
 * What readers write in this browser, and nowhere else: whole records in IndexedDB, by store and id.
 *
 * The database is named by the root of the region's site, so that two regions on one host do not
 * mix; all languages of a region share it. A change is read, made and written in one transaction, so
 * two tabs cannot undo each other's, and it is on the disk before it is told of.
 */

import { ROOT } from "../lib-store.js";
import { openDB } from "../vendor/idb.js";

/** @typedef {"documents" | "runs"} Store */
/** @typedef {{id: string, changed: string}} Kept what every record has; `changed` is an ISO time */

const NAME = `nvr.1:${ROOT}`;
const FORM = 1;
/** @type {Store[]} */
const STORES = ["documents", "runs"];

/** Raised where nothing can be saved; `key` is "Full" or "Blocked", which names the words to say. */
export class StoreError extends Error {
  /** @param {string} key */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** @type {Promise<import("../vendor/idb.js").IDBPDatabase> | undefined} */
let opened;

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : undefined;

async function database() {
  opened ??= openDB(NAME, FORM, {
    upgrade(db) {
      for (const store of STORES) db.createObjectStore(store, { keyPath: "id" });
    },
    // A newer form in another tab, or a browser that closes the base: the next call opens anew.
    blocking(_before, _after, event) {
      /** @type {IDBDatabase} */ (event.target).close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  try {
    return await opened;
  } catch {
    opened = undefined;
    throw new StoreError("Blocked");
  }
}

/** @param {unknown} error */
function told(error) {
  if (error instanceof StoreError) return error;
  const full = error instanceof DOMException && error.name === "QuotaExceededError";
  return new StoreError(full ? "Full" : "Blocked");
}

/**
 * @template T
 * @param {(db: import("../vendor/idb.js").IDBPDatabase) => Promise<T>} action
 * @returns {Promise<T>}
 */
async function attempt(action) {
  try {
    return await action(await database());
  } catch (error) {
    throw told(error);
  }
}

/** Whether this browser keeps anything at all. @returns {Promise<boolean>} */
export const works = () => attempt(async () => true).catch(() => false);

/**
 * All records of a store.
 * @param {Store} store
 * @returns {Promise<Kept[]>}
 */
export const all = (store) => attempt((db) => db.getAll(store));

/**
 * @param {Store} store
 * @param {string} id
 * @returns {Promise<Kept | undefined>}
 */
export const get = (store, id) => attempt((db) => db.get(store, id));

/**
 * Change one record in one step: `make` gets what is there, whoever wrote it, and gives what shall
 * be there, nothing to remove it. It must answer at once, since a transaction does not wait.
 * @param {Store} store
 * @param {string} id
 * @param {(before: any) => Kept | undefined} make
 * @returns {Promise<Kept | undefined>} what is there now
 */
export async function change(store, id, make) {
  const made = await attempt(async (db) => {
    const transaction = db.transaction(store, "readwrite", { durability: "strict" });
    const after = make(await transaction.store.get(id));
    await (after ? transaction.store.put(after) : transaction.store.delete(id));
    await transaction.done;
    return after;
  });
  channel?.postMessage({ store, id });
  return made;
}

/**
 * Put many records in one step, or none of them. What is there stays where it is as new as what is
 * put in its place.
 * @param {Partial<Record<Store, Kept[]>>} records
 * @param {boolean} replace whether all that was there goes
 * @returns {Promise<number>} how many were put
 */
export async function putAll(records, replace) {
  const count = await attempt(async (db) => {
    const transaction = db.transaction(STORES, "readwrite", { durability: "strict" });
    /** @type {Promise<unknown>[]} */
    const asked = [transaction.done];
    let put = 0;
    try {
      for (const store of STORES) {
        const place = transaction.objectStore(store);
        if (replace) asked.push(place.clear());
        for (const record of records[store] ?? []) {
          const before = replace ? undefined : await place.get(record.id);
          if (before && Date.parse(before.changed) >= Date.parse(record.changed)) continue;
          asked.push(place.put(record));
          put += 1;
        }
      }
    } catch (error) {
      // What was put before it goes as well, when the transaction is given up.
      transaction.abort();
      await Promise.allSettled(asked);
      throw error;
    }
    await Promise.all(asked);
    return put;
  });
  channel?.postMessage({ store: "", id: "" });
  return count;
}

/** Delete all records of every store. */
export async function clear() {
  await attempt(async (db) => {
    const transaction = db.transaction(STORES, "readwrite", { durability: "strict" });
    for (const store of STORES) void transaction.objectStore(store).clear();
    await transaction.done;
  });
  channel?.postMessage({ store: "", id: "" });
}

/**
 * Call when another tab has changed a record; the empty id stands for all of them.
 * @param {(store: string, id: string) => void} listener
 */
export function onChange(listener) {
  channel?.addEventListener("message", ({ data }) => listener(String(data.store), String(data.id)));
}
