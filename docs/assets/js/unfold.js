/**
 * What is folded on a page opens when a link leads into it, and on paper. Opening and closing by
 * hand needs no script.
 */

const folds = /** @type {HTMLDetailsElement[]} */ (
  [...document.querySelectorAll("details[data-module=unfold]")]
);

function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const around = target ? folds.filter((fold) => fold.contains(target) && !fold.open) : [];
  for (const fold of around) fold.open = true;
  if (target && around.length) target.scrollIntoView();
}

/** @type {HTMLDetailsElement[]} */
let opened = [];
addEventListener("beforeprint", () => {
  opened = folds.filter((fold) => !fold.open);
  for (const fold of opened) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});
addEventListener("hashchange", reveal);
reveal();
