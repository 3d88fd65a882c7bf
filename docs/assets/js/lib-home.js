/**
 * Where the front page of the page's language is; its data and its search lie below it. A page says so
 * where its scripts are those of the site's first language. Elsewhere they lie below it themselves.
 */

const told = globalThis.document?.documentElement.dataset["home"];

export const HOME = told === undefined ? new URL("../../", import.meta.url) : new URL(told, location.href);
