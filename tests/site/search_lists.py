"""Queries by someone who has not seen the engine, in two halves drawn at random by a fixed seed.

One half may be looked at and worked with. Of the other, `make bench` prints the figure, and nobody
looks at single answers: then it measures what a reader meets whose words nobody has thought of.
New ones come from another pair of eyes each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).parent
NONE = "none"  # instead of a language: the handbook has no answer
FOLDERS = {"nb": "", "nn": "nn/"}
Row = tuple[str, str, tuple[str, ...]]
# Languages share the scripts: they lie where those that the page has lie.
FINDER = (
    "document.querySelector('script[src*=\"/assets/js/\"]')"
    '.src.replace(/assets.js.*/, "assets/js/lib-find.js")'
)
_ASK = """async ([root, queries]) => {
  const { open } = await import(OWN);
  const finder = await open(root + "sok/indeks.json");
  const found = [];
  for (const query of queries) {
    await finder.ready(query);
    const start = performance.now();
    const { hits } = finder.ask(query);
    found.push([hits.map((hit) => "/" + hit.url), performance.now() - start]);
  }
  return found;
}""".replace("OWN", FINDER)


@dataclass
class Answer:
    """What was found for a query, best first, and how many milliseconds it took."""

    hits: list[str]
    taken: float


@dataclass
class Figures:
    """How search does in one language: queries with a wanted page first, and among the first."""

    asked: int = 0
    first: int = 0
    third: int = 0
    unanswerable: int = 0
    honest: int = 0


def halves() -> dict[str, list[Row]]:
    """Return the queries: language, what is typed, addresses of which one is wanted."""
    return {half: _rows(f"search-{half}.tsv") for half in ("work", "held")}


def answers(page: Page, root: str, queries: list[str]) -> list[Answer]:
    """Return what each query finds on the side whose root this is."""
    return [Answer(*found) for found in page.evaluate(_ASK, [root, queries])]


def wanted(addresses: Iterable[str], hits: list[str]) -> bool:
    """Return whether one of the addresses, or a page below it, is among the hits."""
    return any(
        hit == address if address == "/" else hit.startswith(address)
        for address in addresses
        for hit in hits
    )


def measured(page: Page, address: str, rows: list[Row]) -> dict[str, Figures]:
    """Return the figures by language; the unanswerable are asked in both."""
    found = {}
    for language, folder in FOLDERS.items():
        own = [row for row in rows if row[0] in (language, NONE)]
        figures = found[language] = Figures()
        page.goto(f"{address}{folder}sok/")
        got = answers(page, address + folder, [query for _, query, _ in own])
        for (kind, _, addresses), answer in zip(own, got, strict=True):
            if kind == NONE:
                figures.unanswerable += 1
                figures.honest += not answer.hits
            else:
                figures.asked += 1
                figures.first += wanted(addresses, answer.hits[:1])
                figures.third += wanted(addresses, answer.hits[:3])
    return found


def _rows(name: str) -> list[Row]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(language, query, tuple(" ".join(rest).split())) for language, query, *rest in cells]
