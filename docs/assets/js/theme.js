/**
 * Light or dark as the reader chooses, kept in this browser. Without a choice the system decides.
 *
 * `theme-early.js`, inline in the head, sets the scheme before anything is drawn.
 */

const KEY = "nvr.scheme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {boolean} isDark */
function show(isDark) {
  document.body.dataset.mdColorScheme = isDark ? "slate" : "default";
  for (const button of document.querySelectorAll("[data-module=theme]")) {
    button.setAttribute("aria-pressed", String(isDark));
  }
}

/** @returns {boolean} */
function wanted() {
  const kept = localStorage.getItem(KEY);
  return kept === null ? dark.matches : kept === "dark";
}

for (const button of document.querySelectorAll("[data-module=theme]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => {
    const isDark = !wanted();
    localStorage.setItem(KEY, isDark ? "dark" : "light");
    show(isDark);
  });
}
dark.addEventListener("change", () => show(wanted()));
show(wanted());
