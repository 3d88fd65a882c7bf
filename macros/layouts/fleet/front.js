/** Finds a region by its name or by that of a municipality. Without it, the list is whole. */

const form = /** @type {HTMLFormElement} */ (document.querySelector(".host__search"));
const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
const count = /** @type {HTMLElement} */ (document.querySelector(".host__count"));
const regions = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".host__list > li"))];

/**
 * Letters as people type them: small, without marks; each of the three last letters stands.
 * @param {string} text
 */
function plain(text) {
  return text
    .toLowerCase()
    .normalize("NFC")
    .replace(/[^\u00e6\u00f8\u00e5]/g, (letter) => letter.normalize("NFD").replace(/\p{M}/gu, ""))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const texts = regions.map((region) => ` ${plain(region.textContent ?? "")} `);

function show() {
  const words = plain(field.value).split(" ").filter(Boolean);
  let found = 0;
  regions.forEach((region, at) => {
    region.hidden = !words.every((word) => texts[at]?.includes(` ${word}`));
    found += region.hidden ? 0 : 1;
  });
  const { one = "", many = "", none = "" } = count.dataset;
  const said = found === 0 ? none : found === 1 ? one : many.replace("{n}", String(found));
  count.textContent = words.length ? said : "";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const first = regions.find((region) => !region.hidden);
  first?.querySelector("a")?.focus();
});
field.addEventListener("input", show);
form.hidden = false;
show(); // what the browser has kept in the field
