/**
 * What is kept of the handbook in this browser for reading without a net: the editions that have been
 * taken along, each a cache of its own beside a record of what was asked for.
 */

/** @typedef {[address: string, size: number, hash: string, kind?: string, phases?: string]} Entry */
/**
 * @typedef {object} List what there is to take along of an edition (`data/uten-nett.json`)
 * @property {number} form
 * @property {string} edition
 * @property {Record<string, string>} languages their folders below the site's root
 * @property {Entry[]} shared
 * @property {Record<string, Entry[]>} pages
 * @property {Record<string, Entry[]>} files
 */
/** @typedef {{files: "" | "docx" | "all", phase: string, kind: string, languages: string[]}} Choice */
/** @typedef {{choice: Choice, edition: string, date: string, done: boolean}} Record_ */
/** @typedef {{name: string, record: Record_, list: List}} Taken */

export const LIST = "data/uten-nett.json";
/** The header that has the service worker leave a request alone. */
const TAKES = "nvr-take";
const RECORD = "?nvr";

/** @param {URL} site */
const named = (site) => `nvr.1:${site.pathname}:taken:`;

/** Whether this browser can keep pages at all: it needs https, and may be told not to. */
export async function works() {
  if (!isSecureContext || !("caches" in window) || !("serviceWorker" in navigator)) return false;
  return caches.keys().then(() => true, () => false);
}

/**
 * From the net, and from nowhere else.
 * @param {string} address
 * @param {AbortSignal} [signal]
 * @returns {Promise<Response>}
 */
export const ask = (address, signal) =>
  fetch(address, { cache: "no-cache", headers: { [TAKES]: "1" }, signal: signal ?? null });

/** @param {URL} site @returns {Promise<List>} what there is now */
export async function newest(site) {
  const answer = await ask(new URL(LIST, site).href);
  if (!answer.ok) throw new TypeError(`${answer.status}`);
  return answer.json();
}

/** @param {URL} site @returns {Promise<Taken[]>} the editions taken along, the newest last */
export async function taken(site) {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(named(site))) continue;
    const cache = await caches.open(name);
    const [record, list] = await Promise.all(
      [RECORD, LIST].map((where) => cache.match(new URL(where, site)).then((got) => got?.json())),
    );
    if (record && list) found.push({ name, record, list });
  }
  return found;
}

/** @param {URL} site @param {List} list @param {Choice} choice @param {boolean} done @returns {Promise<Cache>} */
export async function begin(site, list, choice, done = false) {
  const cache = await caches.open(named(site) + list.edition);
  const record = { choice, edition: list.edition, date: new Date().toISOString(), done };
  await cache.put(new URL(RECORD, site), Response.json(record));
  await cache.put(new URL(LIST, site), Response.json(list));
  return cache;
}

/**
 * Delete from a cache what a choice does not ask for.
 * @param {URL} site
 * @param {List} list
 * @param {Choice} choice
 */
export async function trim(site, list, choice) {
  const cache = await caches.open(named(site) + list.edition);
  const own = [RECORD, LIST, ...wanted(list, choice).map(([address]) => address)];
  const keep = new Set(own.map((address) => new URL(address, site).href));
  for (const request of await cache.keys()) if (!keep.has(request.url)) await cache.delete(request);
}

/** Delete what was taken along, but for one edition. @param {URL} site @param {string} [edition] */
export async function drop(site, edition = "") {
  for (const name of await caches.keys()) {
    if (name.startsWith(named(site)) && name !== named(site) + edition) await caches.delete(name);
  }
}

/**
 * What a choice asks for, what pages are shown with before the pages.
 * @param {List} list
 * @param {Choice} choice
 * @returns {Entry[]}
 */
export function wanted(list, choice) {
  const pages = choice.languages.flatMap((code) => list.pages[code] ?? []);
  const files = choice.languages.flatMap((code) => list.files[code] ?? []);
  return [
    ...list.shared,
    ...pages,
    ...files.filter(([address, , , kind = "", phases = ""]) =>
      (choice.files === "all" || (choice.files === "docx" && address.endsWith(".docx"))) &&
      (!choice.phase || phases.split(" ").includes(choice.phase)) &&
      (!choice.kind || kind === choice.kind)),
  ];
}

/** @param {Entry[]} entries @returns {number} bytes */
export const size = (entries) => entries.reduce((sum, [, bytes]) => sum + bytes, 0);

/** The pages that are kept, by their addresses. @param {URL} site @returns {Promise<Map<string, string>>} the cache of each */
export async function keptPages(site) {
  const found = new Map();
  for (const name of await caches.keys()) {
    if (!name.startsWith(`nvr.1:${site.pathname}:`)) continue;
    for (const { url } of await (await caches.open(name)).keys()) {
      if (url.startsWith(site.href) && url.endsWith("/")) found.set(url, name);
    }
  }
  return found;
}
