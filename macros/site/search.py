"""The index of search, which a browser reads at the first query.

All that is Norwegian about it (stems, compounds, spellings) is done in the browser, by
`assets/js/lib-words.js` and `lib-find.js`, for pages and queries alike.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

from macros.content.catalogue import Catalogue
from macros.content.model import KINDS
from macros.content.project import Project
from macros.document.edition import Edition
from macros.site.said import alike, asked, common, translated, weak

INDEX = "sok/indeks.json"  # below the language's root
TEXTS = "sok/tekst.json"  # the pages' texts, which are only read for a query in quotes
_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDING = re.compile(r"(?<=.....)(ane|ene|anes|enes|ar|er|en|et|ast|es|a|e)$")
_LEFT_OUT = ".//svg | .//script | .//template | .//noscript | .//form | .//*[@class='downloads']"
_LEFT_OUT += " | .//*[@class='process-small'] | .//*[@role='search']"
# A word on more than half of the pages tells nothing of any of them.
_TELLING = 0.5
# A page dwells on a word that it has more often than this, and on so many words at most.
_OFTEN, _STRONG = 2, 24
_WEIGHTS = {
    "page": 0.9,
    "list": 0.75,
    "step": 0.85,
    **{kind.name: kind.weight for kind in KINDS.values()},
}


@dataclass(frozen=True)
class Entry:
    """A page as it is searched: what is shown of it, and the words in it."""

    shown: tuple[Any, ...]
    headings: list[list[str]]
    words: Counter[str]
    text: str


def search_index(entries: Sequence[Entry], project: Project, edition: Edition) -> bytes:
    """Return the index of one language's built pages as JSON; same pages, same bytes."""
    counts = Counter(word for entry in entries for word in entry.words)
    telling = [word for word, n in counts.items() if n <= max(2, _TELLING * len(entries))]
    # The most usual words first: steps between their numbers are small, and the file too.
    telling.sort(key=lambda word: (-counts[word], word))
    number = {word: place for place, word in enumerate(telling)}
    known = {word for entry in entries for word in entry.words} | _shown_words(entries)
    asks, others = asked(), alike(project)
    said = set(_WORD.findall(f"{asks.values()} {others}".lower()))
    found = {
        "words": " ".join(telling),
        "alike": others,
        "pairs": " ".join(
            f"{one} {other}"
            for one, other in translated(project)
            if _root(one) != _root(other)
            and ((other in known and one not in known) or other in said)
        ),
        "kinds": _kinds(edition.words()),
        "common": " ".join(dict.fromkeys(common())),
        "weak": " ".join(dict.fromkeys(weak())),
        "pages": [
            [
                *entry.shown,
                entry.headings,
                asks.get(entry.shown[0].strip("/"), ""),
                _steps(entry.words, number),
                _steps(_strong(entry.words, counts, len(entries)), number),
            ]
            for entry in entries
        ],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def search_texts(entries: Sequence[Entry]) -> bytes:
    """Return the texts of the pages in the order of the index, for queries in quotes."""
    found = [entry.text for entry in entries]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def write_index(site: Path, project: Project, edition: Edition) -> None:
    """Write the index of the language that is built at `site`."""
    words = edition.words()
    entries = [
        _entry(path.parent.relative_to(site).as_posix(), path, words)
        for path in sorted(_pages(site, edition))
    ]
    (site / INDEX).parent.mkdir(exist_ok=True)
    (site / INDEX).write_bytes(search_index(entries, project, edition))
    (site / TEXTS).write_bytes(search_texts(entries))


def _pages(site: Path, edition: Edition) -> Iterator[Path]:
    """Return the language's pages, without those of the languages in folders below it."""
    others = set(edition.region.languages)
    for path in site.rglob("index.html"):
        where = path.relative_to(site).parts
        if where[0] not in others and path.parent != site / "sok":
            yield path


def _root(word: str) -> str:
    """Return a word without its ending: what is the same then, the browser's stemmer finds."""
    return _ENDING.sub("", word)


def _steps(words: Iterable[str], number: Mapping[str, int]) -> str:
    """Return the words' numbers, each as the step from the one before, in letters."""
    places = sorted(number[word] for word in words if word in number)
    return "".join(
        _letters(place - before) for before, place in zip([0, *places], places, strict=False)
    )


def _letters(step: int) -> str:
    """Return a number in base 26: capitals, and one small letter that ends it."""
    last, rest = chr(97 + step % 26), step // 26
    while rest:
        last, rest = chr(65 + rest % 26) + last, rest // 26
    return last


def _strong(words: Counter[str], counts: Counter[str], pages: int) -> list[str]:
    """Return the words that a page dwells on, and few others do."""
    worth = {
        word: n * math.log(pages / counts[word])
        for word, n in words.items()
        if n > _OFTEN and counts[word] < pages
    }
    return sorted(worth, key=lambda word: (-worth[word], word))[:_STRONG]


def _shown_words(entries: Iterable[Entry]) -> set[str]:
    shown = " ".join(f"{entry.shown[1]} {entry.shown[5]}" for entry in entries)
    return set(_WORD.findall(shown.lower()))


def _kinds(words: Catalogue) -> dict[str, str]:
    """Return the names of groups by kind, and under `one.` what a single page is called."""
    many = {
        key.removeprefix("kinds."): words(key) for key in words.texts if key.startswith("kinds.")
    }
    one = {f"one.{kind}": words(f"kind.{kind}") for kind in many}
    return {**many, **one, "page": words("search.pages"), "list": words("search.lists")}


def _entry(where: str, path: Path, words: Catalogue) -> Entry:
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
    # A space between: the words of two cells are not one.
    text = " ".join(" ".join(article.itertext()).replace("\u00ad", "").split())
    return Entry(
        shown,
        [[found.get("id"), _text([found])] for found in headings],
        Counter(_WORD.findall(text.lower())),
        text,
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
