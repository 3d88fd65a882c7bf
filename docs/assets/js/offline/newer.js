/**
 * Tells who has taken the handbook along that there is a newer edition; nothing is changed unasked,
 * and an edition that the reader has put off is not told of again.
 */

import { newest, taken } from "./kept.js";

/** @param {string} key @returns {string | null} */
function putOff(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {HTMLElement} bar
 * @param {URL} site
 */
export async function tell(bar, site) {
  const key = `nvr.1:${site.pathname}:newer:later`;
  if (document.querySelector('[data-module="offline/take"]')) return; // it tells so itself
  const [{ edition }, have] = await Promise.all([newest(site), taken(site)]);
  if (!have.length || have.some(({ record }) => record.edition === edition)) return;
  if (putOff(key) === edition) return;
  bar.hidden = false;
  bar.querySelector("button")?.addEventListener("click", () => {
    bar.hidden = true;
    try {
      localStorage.setItem(key, edition);
    } catch {
      // It is told of again on the next page.
    }
  });
}
