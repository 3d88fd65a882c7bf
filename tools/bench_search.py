"""Measures the search of a built site, as part of `make bench`, or with a folder as argument.

Of the half that nobody looks at (`tests/site/search_lists.py`), only figures are printed.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import FLAGS
from tests.site.conftest import serving
from tests.site.search_lists import FOLDERS, answers, halves, measured, wanted

SEEN = Path(__file__).parent.parent / "tests" / "site" / "search-dev.tsv"
NAMES = {"work": "halvdelen det arbeides med", "held": "halvdelen ingen ser på"}
STOCK = """[...document.querySelectorAll(".md-search-result__item > a")]
  .slice(0, 3).map((link) => new URL(link.href).pathname)"""
TYPED = ("styringsgruppemøte", "hvem svarer når bedriften ringer", "kunnskapsgrunlag", "vigsel")
SLOWER = 4  # a phone, as Chromium's own tools reckon
# From a key until what it found is painted, a figure for each letter.
KEYS = """async (text) => {
  const input = document.querySelector("main input[type=search]"), taken = [];
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  }));
  for (let end = 1; end <= text.length; end += 1) {
    await new Promise((done) => setTimeout(done, 60));
    const start = performance.now();
    input.value = text.slice(0, end);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done));
    await painted();
    taken.push(performance.now() - start);
  }
  return taken;
}"""
OPEN = """async (root) => {
  const { open } = await import(root + "assets/js/lib-find.js");
  await (await fetch(root + "sok/indeks.json")).text();
  const start = performance.now();
  await open(root + "sok/indeks.json");
  return performance.now() - start;
}"""


def print_search(site: Path, stock: Path | None = None) -> None:
    """Print how search does, on the list of old beside stock Material's on the same pages."""
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page()
        for half, rows in halves().items():
            print(f"Søk, {NAMES[half]} (først, blant tre; ærlig når svaret ikke finnes)")
            for language, found in measured(page, address, rows).items():
                first, third = (100 * n / found.asked for n in (found.first, found.third))
                honest = f"{found.honest} av {found.unanswerable}"
                print(f"  {language} {first:5.1f} %  {third:5.1f} %  {honest}")
        _print_old(page, address, stock)
        _print_speed(browser, address)
        browser.close()
    for language, folder in FOLDERS.items():
        size = len(gzip.compress((site / folder / "sok" / "indeks.json").read_bytes(), 6)) / 1000
        print(f"Indeks, {language}                      {size:6.1f} kB (grense 100)")


def _print_old(page: Page, address: str, stock: Path | None) -> None:
    lines = SEEN.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t")[:2] for line in lines if line and not line.startswith("#")]
    queries = [query for query, _ in rows]
    page.goto(address + "sok/")
    ours = [answer.hits[:3] for answer in answers(page, address, queries)]
    print(f"Søk, listen alle har sett       {_score(rows, ours)}")
    if stock is not None:
        with serving(stock) as theirs:
            print(
                f"Materials eget søk              {_score(rows, _material(page, theirs, queries))}"
            )


def _score(rows: list[list[str]], found: list[list[str]]) -> str:
    """Return how many queries have a wanted address among the first three."""
    right = sum(wanted(row[1].split(), hits) for row, hits in zip(rows, found, strict=True))
    return f"{right} av {len(rows)} ({100 * right / len(rows):.0f} %)"


def _material(page: Page, address: str, queries: list[str]) -> list[list[str]]:
    """Return the first three that stock Material's search finds for each query."""
    page.goto(address)
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("plan")
    page.locator(".md-search-result__item").first.wait_for()
    found = []
    for query in queries:
        # Material hears keys, not a value that is put in.
        page.fill(".md-search__input", "")
        page.locator(".md-search__input").press_sequentially(query)
        page.wait_for_timeout(600)
        found.append(page.evaluate(STOCK))
    return found


def _print_speed(browser: Browser, address: str) -> None:
    """Print the time of a phone: the fastest of four for each letter, as others use the machine."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + "sok/")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    opened = min(page.evaluate(OPEN, address) for _ in range(3))
    page.focus("main input[type=search]")
    page.locator("main input[type=search]").fill("mandat")
    page.locator("main .search__link").first.wait_for()
    taken = sorted(
        min(letter)
        for text in TYPED
        for letter in zip(*(page.evaluate(KEYS, text) for _ in range(4)), strict=True)
    )
    most = f"95 % under {taken[int(0.95 * len(taken))]:.0f}"
    print(f"Søk, fra tast til vist          {median(taken):6.0f} ms, {most} (grense 50)")
    print(f"Søk, indeksen lest              {opened:6.0f} ms, én gang")


if __name__ == "__main__":
    print_search(Path(sys.argv[1]))
