/**
 * Starts the service worker when the page has been shown, and tells who has taken the handbook along
 * that there is a newer edition. Nothing of it runs where the browser has no workers, nor on a copy
 * on the reader's own disk.
 */

import { HOME } from "../lib-home.js";
import { scriptAddress } from "../lib-trusted.js";

const bar = /** @type {HTMLElement} */ (document.querySelector('[data-module="offline/register"]'));
const site = new URL(bar.dataset.up ?? "", HOME);

const { href } = new URL("sw.js", site);

async function start() {
  const { serviceWorker } = navigator;
  const before = serviceWorker.controller?.scriptURL;
  const found = await serviceWorker.register(scriptAddress(href), { scope: site.pathname, updateViaCache: "none" });
  // A page that came before its worker says what it is made of, so that it can be read again.
  if (before !== href) {
    const parts = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = found.active ?? found.waiting ?? found.installing;
    own?.postMessage({ keep: [location.href, ...parts] });
  }
  const names = await caches.keys();
  if (names.some((name) => name.startsWith(`nvr.1:${site.pathname}:taken:`))) {
    const { tell } = await import("./newer.js");
    await tell(bar, site);
  }
}

if (isSecureContext && "serviceWorker" in navigator && location.protocol.startsWith("http")) {
  const later = () => void start().catch(() => undefined);
  const rest = () => ("requestIdleCallback" in window ? requestIdleCallback(later) : setTimeout(later, 200));
  if (document.readyState === "complete") rest();
  else addEventListener("load", rest);
}
