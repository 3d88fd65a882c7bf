"""What people write that our pages do not: other words for ours, and what they ask a page for.

The lists are kept by hand in `macros/layouts/search/`. What the two languages call the same is
taken from the texts themselves (`pairs.py`), so a word that is translated needs no line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE, Language
from macros.content.catalogue import load_catalogue
from macros.content.model import Term
from macros.content.project import Project, prose_pages
from macros.content.walk import texts
from macros.layouts import FOLDER
from macros.site.pairs import word_pairs

PAGES = FOLDER / "search" / "pages.txt"


def common() -> list[str]:
    """Return the words that tell nothing, of all languages: people mix them."""
    return [word for line in _lines() if ":" not in line for word in line.split()]


def weak() -> list[str]:
    """Return words that say what is done and not what it is about: they count for little."""
    return [word for line in _read(FOLDER / "search" / "weak.txt") for word in line.split()]


def alike(project: Project) -> list[tuple[str, str]]:
    """Return (word, word that means the same): from the glossary, and what people ask for."""
    found = set()
    for handbook in project.handbooks.values():
        for term in handbook.all(Term):
            for other in (*term.older, *term.avoid, term.abbreviation):
                if other:
                    found.add((str(other), str(term.title)))
    for line in _lines():
        asked, colon, meant = line.partition(":")
        if colon:
            found.update((one.strip(), meant.strip()) for one in asked.split(","))
    return sorted(found)


def asked() -> dict[str, str]:
    """Return what people ask for, by the address of the page that answers."""
    lines = (line.partition(":") for line in _read(PAGES))
    return {address.strip(): words.strip() for address, _, words in lines}


@lru_cache(maxsize=1)
def translated(project: Project) -> tuple[tuple[str, str], ...]:
    """Return (word, the same in another language), both ways."""
    found: set[tuple[str, str]] = set()
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            for pair in word_pairs(_twins(project, language)):
                found |= {pair, pair[::-1]}
    return tuple(sorted(found))


def _twins(project: Project, language: Language) -> Iterator[tuple[str, str]]:
    """Return (text, text in another language) for all that is there in both."""
    source, twins = project.handbooks[SOURCE_LANGUAGE], project.handbooks.get(language)
    for kind, items in twins.items.items() if twins else ():
        for item_id, twin in items.items():
            item = source.items[kind].get(item_id)
            if item is not None and twin.language != item.language:
                theirs = dict(texts(twin))
                yield from ((text, theirs[at]) for at, text in texts(item) if at in theirs)
    ours, words = load_catalogue(SOURCE_LANGUAGE).texts, load_catalogue(language).texts
    yield from ((ours[key], words[key]) for key in ours.keys() & words.keys())
    for page in prose_pages(project.root):
        yield from _paragraphs(project.root / "docs", page, language)


def _paragraphs(folder: Path, page: str, language: Language) -> Iterator[tuple[str, str]]:
    twin = folder / f"{page}.{language}.md"
    if twin.is_file():
        left, right = (
            path.read_text("utf-8", "replace").split("\n\n")
            for path in (folder / f"{page}.md", twin)
        )
        if len(left) == len(right):
            yield from zip(left, right, strict=True)


def _lines() -> Iterator[str]:
    for language in LANGUAGES:
        yield from _read(FOLDER / "search" / f"{language}.txt")


@lru_cache(maxsize=8)
def _read(path: Path) -> list[str]:
    """Return the lines of a list, without those that explain it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
