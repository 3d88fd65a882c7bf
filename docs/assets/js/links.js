/**
 * The link after each heading copies its address; without this script it leads there.
 */

/**
 * Copy with the old command, for a page that is opened without https or from disk.
 * @param {string} text
 * @returns {boolean}
 */
function copiedTheOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "copied__field";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

/**
 * @param {string} text
 * @returns {Promise<boolean>}
 */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedTheOldWay(text);
  }
}

const told = /** @type {HTMLElement | null} */ (document.querySelector(".copied"));
let silence = 0;

/** Say it, also to those who have just heard it: an empty region is read anew. */
function tell() {
  if (!told) {
    return;
  }
  clearTimeout(silence);
  told.textContent = "";
  setTimeout(() => {
    told.textContent = told.dataset.copied ?? "";
  }, 50);
  silence = setTimeout(() => {
    told.textContent = "";
  }, 5000);
}

for (const link of document.querySelectorAll("a[data-module=links]")) {
  link.addEventListener("click", async (event) => {
    const click = /** @type {MouseEvent} */ (event);
    const anchor = /** @type {HTMLAnchorElement} */ (link);
    if (click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) {
      return;
    }
    event.preventDefault();
    history.replaceState(history.state, "", anchor.hash);
    if (await copied(anchor.href)) {
      tell();
    } else {
      location.hash = anchor.hash;
    }
  });
}
