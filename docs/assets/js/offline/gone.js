/**
 * What a site has in place of its service worker where reading without a net is left out: it takes
 * away the worker of an earlier edition, which asks for this file, and all that it has kept.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const NAME = `nvr.1:${new URL(".", location.href).pathname}:`;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(NAME)) await caches.delete(name);
      }
      await worker.registration.unregister();
    })(),
  );
});
