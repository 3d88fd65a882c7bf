"""The index of search, which a browser reads at the first query.

All that is Norwegian about it (stems, compounds, spellings) is done in the browser, by
`assets/js/lib-words.js` and `lib-find.js`, for pages and queries alike.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

from macros.content.catalogue import Catalogue
from macros.content.model import KINDS, Term
from macros.document.edition import Edition
from macros.layouts import FOLDER

INDEX = "sok/indeks.json"  # below the language's root
_WORD = re.compile(r"[^\W\d_]{3,}")
_LEFT_OUT = ".//svg | .//script | .//template | .//noscript | .//form | .//*[@class='downloads']"
_LEFT_OUT += " | .//*[@class='process-small'] | .//*[@role='search']"
# A word on more than half of the pages tells nothing of any of them.
_TELLING = 0.5
_WEIGHTS = {"page": 0.9, "list": 0.75, **{kind.name: kind.weight for kind in KINDS.values()}}


@dataclass(frozen=True)
class _Entry:
    """A page as it is searched: what is shown of it, and the words in it."""

    shown: tuple[Any, ...]
    headings: list[list[str]]
    words: frozenset[str]


def search_index(site: Path, edition: Edition) -> bytes:
    """Return the index of one language's built pages as JSON; same pages, same bytes."""
    words = edition.words()
    entries = [
        _entry(path.parent.relative_to(site).as_posix(), path, words)
        for path in sorted(_pages(site, edition))
    ]
    counts = Counter(word for entry in entries for word in entry.words)
    telling = sorted(word for word, n in counts.items() if n <= max(2, _TELLING * len(entries)))
    number = {word: place for place, word in enumerate(telling)}
    found = {
        "words": " ".join(telling),
        "alike": sorted(_alike(edition)),
        "kinds": _kinds(words),
        "common": [word for line in _said(edition) if ":" not in line for word in line.split()],
        "pages": [[*e.shown, e.headings, _steps(e.words, number)] for e in entries],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def write_index(site: Path, edition: Edition) -> None:
    """Write the index of the language that is built at `site`."""
    target = site / INDEX
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(search_index(site, edition))


def _pages(site: Path, edition: Edition) -> Iterator[Path]:
    """Return the language's pages, without those of the languages in folders below it."""
    others = set(edition.region.languages)
    for path in site.rglob("index.html"):
        where = path.relative_to(site).parts
        if where[0] not in others and path.parent != site / "sok":
            yield path


def _steps(words: Iterable[str], number: dict[str, int]) -> list[int]:
    """Return the words' numbers, each as the step from the one before: small, and alike."""
    places = sorted(number[word] for word in words if word in number)
    return [place - before for before, place in zip([0, *places], places, strict=False)]


def _alike(edition: Edition) -> Iterator[tuple[str, str]]:
    """Return (word, word that means the same): from the glossary, and what people ask for."""
    for term in edition.handbook.all(Term):
        for other in (*term.older, *term.avoid, term.abbreviation):
            if other:
                yield str(other), str(term.title)
    for line in _said(edition):
        asked, colon, meant = line.partition(":")
        if colon:
            yield asked.strip(), meant.strip()


def _said(edition: Edition) -> list[str]:
    """Return the lines of the language's own list: words that do not count, words alike."""
    text = (FOLDER / "search" / f"{edition.language}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _kinds(words: Catalogue) -> dict[str, str]:
    """Return the names of groups by kind, and under `one.` what a single page is called."""
    many = {
        key.removeprefix("kinds."): words(key) for key in words.texts if key.startswith("kinds.")
    }
    one = {f"one.{kind}": words(f"kind.{kind}") for kind in many}
    return {**many, **one, "page": words("search.pages"), "list": words("search.lists")}


def _entry(where: str, path: Path, words: Catalogue) -> _Entry:
    tree = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    article = tree.xpath("//article")[0]
    for extra in article.xpath(_LEFT_OUT):
        extra.drop_tree()
    kind = _kind(article)
    facts = {
        " ".join(fact.findtext("dt", "").split()): " ".join(fact.find("dd").text_content().split())
        for fact in article.xpath("(.//dl[contains(@class, 'facts')])[1]/div[dt and dd]")
    }
    shown = (
        "" if where == "." else f"{where}/",
        _text(article.xpath("(.//h1)[1]")),
        kind,
        facts.get(words("fact.phase"), ""),
        facts.get(words("fact.time"), ""),
        _text(article.xpath("(.//*[@class='head__summary'])[1]"))
        or "".join(tree.xpath("//meta[@name='description']/@content")),
        float(article.get("data-weight") or _WEIGHTS.get(kind, 1)),
    )
    headings = article.xpath(".//h2[@id] | .//h3[@id] | .//dt[@id]")
    return _Entry(
        shown,
        [[found.get("id"), _text([found])] for found in headings],
        # A space between: the words of two cells are not one.
        frozenset(_WORD.findall(" ".join(article.itertext()).replace("\u00ad", "").lower())),
    )


def _kind(article: html.HtmlElement) -> str:
    """Return what sort of page it is: an item's kind, `list`, or `page` for prose."""
    for name in article.xpath("(.//article)[1]/@class"):
        for part in name.split():
            if part.startswith("nvr--"):
                found = part.removeprefix("nvr--")
                return found if found != "term" else "list"
    return "page"


def _text(found: list[html.HtmlElement]) -> str:
    return " ".join(found[0].text_content().split()) if found else ""
