/**
 * The addresses of scripts that run beside the page, as the policy of the site has to have them
 * (Trusted Types). A policy of one name is made once a page, whoever needs it first.
 */

/** The scripts that may become one: the service worker, and the one that reads answers. */
const OURS = /\/(?:sw|assets\/js\/answers\/worker)\.js$/;

/** @typedef {{createScriptURL: (href: string) => any}} Policy */
/** @type {Policy | undefined} */
let policy;

/**
 * @param {string} href
 * @returns {string} as it is, or what the browser takes for trusted
 */
export function scriptAddress(href) {
  const types = /** @type {{trustedTypes?: {createPolicy: (name: string, rules: Policy) => Policy}}} */ (
    /** @type {unknown} */ (window)
  ).trustedTypes;
  policy ??= types?.createPolicy("nvr-worker", { createScriptURL: judged }) ?? { createScriptURL: judged };
  return policy.createScriptURL(href);
}

/** @param {string} href @returns {string} */
function judged(href) {
  const { origin, pathname } = new URL(href, location.href);
  if (origin !== location.origin || !OURS.test(pathname)) throw new TypeError(href);
  return href;
}
