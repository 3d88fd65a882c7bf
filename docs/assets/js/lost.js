/**
 * Shows a lost page in the language that the address was in.
 *
 * A host has one page for what it does not find. It holds header, text and foot in each language,
 * with the root of that language; the longest root that the address lies below is the reader's.
 * Scripts run in the order of their names, so the search begins with what is shown here.
 */

/** @param {string} path @returns {string} the path in letters, as far as it can be read */
function letters(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const own = /** @type {HTMLElement} */ (document.querySelector("[data-module=lost]")).dataset.root;
const templates = /** @type {NodeListOf<HTMLTemplateElement>} */ (document.querySelectorAll("template[data-root]"));
const here = letters(`${location.pathname}/`);
const [root] = [own, ...[...templates].map((template) => template.dataset.root)]
  .filter((one) => here.startsWith(letters(one ?? "")))
  .sort((one, other) => (other ?? "").length - (one ?? "").length);
for (const template of root === own ? [] : templates) {
  if (template.dataset.root !== root) continue;
  let part = template.previousElementSibling;
  while (part instanceof HTMLTemplateElement) part = part.previousElementSibling;
  part?.replaceWith(document.importNode(template.content, true));
  document.documentElement.lang = template.lang;
}
