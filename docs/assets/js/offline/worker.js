/**
 * The service worker of a region's site, for all its languages: what was opened can be read without
 * a net, and what was taken along (`take.js`).
 *
 * The net comes first, always: what is kept is shown where there is no net, or where the server
 * fails. Only a style sheet that is named by its content is taken from what is kept at once. Another
 * edition may lie below this one's address, and is left alone: the build says in `self.nvr` which
 * names are ours. It is no module, since not every browser takes one for a worker.
 */

/** @typedef {{own: string[], core: Record<string, string[]>, edition: string}} Site `core` by folder */

const worker = /** @type {ServiceWorkerGlobalScope & {nvr: Site}} */ (/** @type {unknown} */ (self));
const ROOT = new URL(".", location.href);
const NAME = `nvr.1:${ROOT.pathname}:`;
const OPENED = `${NAME}opened`;
const TAKEN = `${NAME}taken:`;
const TAKES = "nvr-take"; // the header of a request that is not to be answered from here
const OWN = new Set(worker.nvr.own);
const FOLDERS = Object.keys(worker.nvr.core).sort((one, other) => other.length - one.length);
const BY_CONTENT = /^(?:[a-z]{2}\/)?assets\/css\/nvr\.[0-9a-f]+\.css$/;
const SHEETS = 8; // style sheets of as many editions are kept: those of pages opened long ago
const INDEX = "sok/indeks.json";
/** Whether the reader has had all deleted: then nothing more is kept for the pages that are open. */
let forgotten = false;
/** The languages that have been opened while this runs, by folder. @type {Set<string>} */
const begun = new Set();

/** The address that a file is kept under: without a query, and as a folder where it is a page. */
const keyOf = (/** @type {string} */ address) => {
  const url = new URL(address);
  return url.origin + url.pathname.replace(/\/index\.html$/, "/");
};

/** @param {string} key @returns {string | undefined} its address below the site's root; none for what is not ours */
function inside(key) {
  if (!key.startsWith(ROOT.href)) return undefined;
  const path = key.slice(ROOT.href.length);
  return path === "" || OWN.has(path.split("/")[0] ?? "") ? path : undefined;
}

/** @param {string} path @returns {string} the folder of the language that an address belongs to */
const folderOf = (path) => FOLDERS.find((folder) => path.startsWith(folder)) ?? "";

/** Whether a file is kept when it is opened. What is downloaded is on the reader's disk already. */
const isKept = (/** @type {string} */ path) =>
  !/(^|\/)last-ned\/[^/]+$/.test(path) || path.endsWith(".webp");

/** Where a file may be, in the order to look: what was opened last, then what was taken along. */
async function stores() {
  const names = await caches.keys();
  return [OPENED, ...names.filter((name) => name.startsWith(TAKEN)).reverse()];
}

/** @param {string} key @param {string[]} names @returns {Promise<{name: string, answer: Response} | undefined>} */
async function find(key, names) {
  for (const name of names) {
    const answer = await caches.match(key, { cacheName: name, ignoreVary: true });
    if (answer) return { name, answer };
  }
  return undefined;
}

/**
 * What is kept of a file. A page's scripts and data are looked for where the page itself is, so that
 * a page of one edition gets no script of another.
 * @param {FetchEvent} event
 */
async function kept(event) {
  const names = await stores();
  const client = event.clientId ? await worker.clients.get(event.clientId) : undefined;
  const page = client && event.request.mode !== "navigate" && (await find(keyOf(client.url), names));
  const first = page ? [page.name, ...names.filter((name) => name !== page.name)] : names;
  return (await find(keyOf(event.request.url), first))?.answer;
}

/** @param {string} key @param {Response} answer */
async function keep(key, answer) {
  if (forgotten || answer.status !== 200 || answer.type !== "basic" || answer.redirected) return;
  try {
    const cache = await caches.open(OPENED);
    await cache.put(key, answer);
    if (!/\/nvr\.[0-9a-f]+\.css$/.test(key)) return;
    const sheets = (await cache.keys()).filter(({ url }) => /\/nvr\.[0-9a-f]+\.css$/.test(url));
    for (const old of sheets.slice(0, -SHEETS)) await cache.delete(old);
  } catch {
    // There is no room: the page is read, and not kept.
  }
}

/** @param {FetchEvent} event @param {string} path @returns {Promise<Response>} */
async function fromNet(event, path) {
  const { request } = event;
  const key = keyOf(request.url);
  try {
    const answer = await fetch(request);
    if (answer.status >= 500) return (await kept(event)) ?? answer;
    if (answer.ok && isKept(path)) event.waitUntil(keep(key, answer.clone()));
    if (answer.ok && request.mode === "navigate") event.waitUntil(begin(folderOf(path)));
    // The page is gone, and so is what was kept of it.
    if (answer.status === 404 || answer.status === 410) {
      event.waitUntil(caches.open(OPENED).then((cache) => cache.delete(key)));
    }
    return answer;
  } catch (error) {
    const found = await kept(event);
    if (found) return path.endsWith(INDEX) ? onlyKept(found, path) : found;
    if (request.mode === "navigate") return missing(key, path);
    throw error;
  }
}

/** @param {FetchEvent} event @param {string} path @returns {Promise<Response>} */
async function byContent(event, path) {
  return (await find(keyOf(event.request.url), await stores()))?.answer ?? fromNet(event, path);
}

/**
 * The page that says that another is not kept, or that there is none of that address.
 * @param {string} key
 * @param {string} path
 */
async function missing(key, path) {
  const names = await stores();
  if (!path.endsWith("/") && (await find(`${key}/`, names))) return Response.redirect(`${key}/`);
  const list = await find(`${ROOT.href}data/uten-nett.json`, names);
  /** @type {{pages: Record<string, [string][]>, files: Record<string, [string][]>} | undefined} */
  const all = await list?.answer.json();
  const there = !all || [all.pages, all.files].some((one) => Object.values(one).flat().some(([address]) => address === path));
  const page = `${ROOT.href}${folderOf(path)}${there ? "uten-nett.html" : "404.html"}`;
  const found = await find(page, names);
  if (!found) return Response.error();
  const { headers } = found.answer;
  return new Response(found.answer.body, { status: there ? 503 : 404, headers });
}

/**
 * The index of search with the pages that are kept, and no others.
 * @param {Response} answer
 * @param {string} path
 */
async function onlyKept(answer, path) {
  const root = ROOT.href + folderOf(path);
  const kept = new Set();
  for (const name of await stores()) {
    for (const { url } of await (await caches.open(name)).keys()) kept.add(url);
  }
  const index = await answer.json();
  index.pages = index.pages.filter((/** @type {[string]} */ [address]) => kept.has(root + address));
  return Response.json(index);
}

/** @param {string[]} addresses @returns {Promise<unknown>} */
const keepAll = (addresses) =>
  Promise.allSettled(
    [...new Set(addresses)].map(async (address) => {
      const path = inside(keyOf(address));
      if (path === undefined || !isKept(path)) return;
      await keep(keyOf(address), await fetch(address, { priority: "low" }));
    }),
  );

/** Keep what the page for a missing page is made of, and search, in a language. */
const keepCore = (/** @type {string} */ folder) =>
  keepAll((worker.nvr.core[folder] ?? []).map((path) => ROOT.href + path));

/** The same where the reader comes to a language for the first time. @param {string} folder */
async function begin(folder) {
  if (begun.has(folder) || forgotten) return;
  begun.add(folder);
  if (!(await find(`${ROOT.href}${folder}uten-nett.html`, [OPENED]))) await keepCore(folder);
}

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
  // It is another worker when what it keeps from the start is another: anew, where it is kept.
  event.waitUntil(
    (async () => {
      for (const folder of FOLDERS) {
        if (await find(`${ROOT.href}${folder}uten-nett.html`, [OPENED])) await keepCore(folder);
      }
    })(),
  );
});

worker.addEventListener("message", (event) => {
  const { keep: addresses, forget } = event.data ?? {};
  forgotten = Boolean(forget);
  // A page that was open before the worker was there tells what it is made of.
  if (!Array.isArray(addresses)) return;
  const [page = ""] = addresses;
  const path = inside(keyOf(page)) ?? "";
  event.waitUntil(Promise.all([keepAll(addresses), keepCore(folderOf(path))]));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = inside(keyOf(request.url));
  if (request.method !== "GET" || path === undefined || request.headers.has(TAKES)) return;
  event.respondWith(BY_CONTENT.test(path) ? byContent(event, path) : fromNet(event, path));
});
