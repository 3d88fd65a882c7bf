/**
 * What opens over the page, the menu and the contents on a phone: Escape closes it, and so does a
 * press beside it or on a link in it. Opening and closing itself needs no script.
 */

for (const fold of document.querySelectorAll("details[data-module=fold]")) {
  const box = /** @type {HTMLDetailsElement} */ (fold);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (!box.open || !(event.target instanceof Element)) return;
    const link = event.target.closest("a");
    if (!box.contains(event.target) || (link && box.contains(link))) box.open = false;
  });
}
