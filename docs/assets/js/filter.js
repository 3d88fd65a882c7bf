/** Filters the tables of all files by what their rows say; without it every row is there. */

const box = /** @type {HTMLElement} */ (document.querySelector("[data-module=filter]"));
const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
const told = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
const article = /** @type {HTMLElement} */ (box.closest("article"));
const rows = /** @type {HTMLTableRowElement[]} */ ([...article.querySelectorAll("tbody tr")]);
/** How long a reader rests before the count is said, in milliseconds. */
const REST = 600;
let pause = 0;

/** @param {string | null} text @returns {string} */
const plain = (text) => (text ?? "").toLocaleLowerCase("nb");

function filter() {
  const words = plain(input.value).split(/\s+/).filter(Boolean);
  for (const row of rows) {
    // What a document is, and what kind it is: «maler» finds all templates.
    const said = plain(`${row.cells[0]?.textContent} ${row.closest("section")?.querySelector("h2")?.textContent}`);
    row.hidden = !words.every((word) => said.includes(word));
  }
  for (const section of new Set(rows.map((row) => row.closest("section")))) {
    section?.toggleAttribute("hidden", !section.querySelector("tbody tr:not([hidden])"));
  }
  const left = rows.filter((row) => !row.hidden).length;
  const word = box.dataset[left > 1 ? "count" : left ? "one" : "none"] ?? "";
  clearTimeout(pause);
  pause = setTimeout(() => {
    told.textContent = words.length ? word.replace("{n}", String(left)) : "";
  }, REST);
}

input.addEventListener("input", filter);
box.hidden = false;
filter();
