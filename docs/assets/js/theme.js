/**
 * Light or dark as the reader chooses, kept in this browser. Without a choice the system decides.
 *
 * A line in the head of the page (`partials/header.html`) sets it before anything is drawn.
 */

const KEY = "nvr.scheme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @returns {string | null} what was chosen; null, too, where the browser keeps nothing */
function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string} scheme */
function keep(scheme) {
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // The choice holds for this page.
  }
}

let chosen = kept();

/** @param {boolean} isDark */
function show(isDark) {
  document.body.dataset.mdColorScheme = isDark ? "slate" : "default";
  for (const button of document.querySelectorAll("[data-module=theme]")) {
    button.setAttribute("aria-pressed", String(isDark));
  }
}

/** @returns {boolean} */
function wanted() {
  return chosen === null ? dark.matches : chosen === "dark";
}

for (const button of document.querySelectorAll("[data-module=theme]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => {
    const isDark = !wanted();
    chosen = isDark ? "dark" : "light";
    keep(chosen);
    show(isDark);
  });
}
dark.addEventListener("change", () => show(wanted()));
show(wanted());
