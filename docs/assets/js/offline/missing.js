/**
 * On the page that stands for one that is not kept: those that are, by their titles. The worker gives
 * the index of search with these alone. When there is a net again, the page that was asked for comes.
 */

const box = /** @type {HTMLElement} */ (document.querySelector('[data-module="offline/missing"]'));
const root = new URL(box.dataset.root ?? "/", location.href);

async function show() {
  const index = await fetch(new URL("sok/indeks.json", root)).then((answer) => answer.json());
  /** @type {[address: string, title: string][]} */
  const pages = index.pages;
  const list = /** @type {HTMLElement} */ (box.querySelector("[data-part=kept] ul"));
  for (const [address, title] of pages.sort(([, one], [, other]) => one.localeCompare(other, "nb"))) {
    const link = document.createElement("a");
    link.href = new URL(address, root).href;
    link.textContent = title;
    const line = document.createElement("li");
    line.append(link);
    list.append(line);
  }
  const kept = /** @type {HTMLElement} */ (box.querySelector("[data-part=kept]"));
  kept.hidden = !pages.length;
}

const again = /** @type {HTMLElement} */ (box.querySelector("[data-part=again]"));
again.hidden = false;
again.addEventListener("click", () => location.reload());

addEventListener("online", () => location.reload());
void show().catch(() => undefined);
