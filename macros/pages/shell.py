"""What stands around the pages: the site's name, and what its theme needs of brand and words.

All of it is plain data, so that any template engine can show it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.model import Phase
from macros.content.project import Project
from macros.content.region import Region
from macros.document.address import address
from macros.document.compose import LISTINGS
from macros.document.edition import Edition
from macros.document.features import has
from macros.document.finder import ADDRESS as FINDER
from macros.document.prose import hidden_paths
from macros.layouts.brand import logo_files
from macros.writers.page import inert
from macros.writers.picture import CARD, FOLDER as MARKS
from macros.writers.search_box import search_box

# The words that stand in the theme, by the groups of the catalogue that they are in.
_GROUPS = (
    *("shell.", "lost.", "search.button", "feedback.link", "list.changes.title"),
    "offline.newer.",
)
# Where a form of search has the address of the language's root, which differs from page to page.
ROOT = "%ROOT%"


@dataclass(frozen=True)
class Shell:
    """What the site is called, and under `extra` what its theme shows around the pages.

    `mark_address` is the address of the mark that scales, below the first language's root; the
    empty string where the mark is a picture.
    """

    name: str
    description: str
    author: str
    address: str
    copyright: str
    language: str
    favicon: str
    mark_address: str
    extra: dict[str, Any]


def shell(project: Project, edition: Edition, national: Iterable[str]) -> Shell:
    """Return the shell of a language's pages; `national` are the paths of those in `docs/`."""
    words, region = edition.words(), edition.region
    name = words("site.name")
    extra = {
        "root": region.root(edition.language),
        "others": _other_languages(project, edition),
        "indexes": sorted(_indexes(edition, national)),
        "words": {key: words(key) for key in words.texts if key.startswith(_GROUPS)},
        "search_page": "sok.md" in {*national} - hidden_paths(edition.handbook),
        "footer": _footer(region, words),
        # What a service worker and a manifest need; the worker lies at the root of all languages.
        "offline": has(edition, "offline"),
        "up": between(project.region.languages, edition.language, project.region.language),
        **_search(edition),
        **_marks(project, edition),
    }
    return Shell(
        name=f"{name} – {inert(region.name)}" if region.name else name,
        description=words("site.description"),
        author=inert(region.owner),
        address=region.front_page(edition.language),
        copyright=words("site.copyright"),
        language=edition.language,
        favicon=extra["mark"] + "merke-32.png",
        mark_address=_mark_address(project),
        extra=extra,
    )


def _footer(region: Region, words: Catalogue) -> dict[str, Any]:
    """Return what the region has at the bottom of its pages, as HTML."""
    footer = region.footer
    number = footer.organisation_number or ""
    groups = " ".join(number[at : at + 3] for at in (0, 3, 6))  # as the register writes it
    lines = [
        footer.address or "",
        words("shell.organisation_number", number=groups) if number else "",
    ]
    return {
        "lines": [html.escape(line) for line in lines if line],
        "links": [
            {"title": html.escape(link.title), "url": html.escape(link.url)}
            for link in footer.links
        ],
    }


def between(languages: Sequence[str], here: str, there: str) -> str:
    """Return the path from the root of one language to that of another."""
    up = "" if here == languages[0] else "../"
    return up + ("" if there == languages[0] else f"{there}/")


def _other_languages(project: Project, edition: Edition) -> list[dict[str, str]]:
    region = project.region
    return [
        {
            "code": code,
            "name": edition.catalogues[code]("language.own_name"),
            "path": between(region.languages, edition.language, code),
            "address": region.front_page(code),
            "root": region.root(code),
        }
        for code in region.languages
        if code != edition.language
    ]


def _indexes(edition: Edition, national: Iterable[str]) -> Iterator[str]:
    """Return the addresses of the pages that a section of the menu may begin with."""
    yield from (where for where, _ in LISTINGS.values())
    yield from (address("phase", phase.id) for phase in edition.handbook.all(Phase))
    yield FINDER
    yield from (path.removesuffix("index.md") for path in national if path.endswith("/index.md"))


def _search(edition: Edition) -> dict[str, str]:
    """Return the form of search in the head, and that of the page for lost addresses."""
    lost = search_box(edition, ROOT, "sok-her", full=True, lost=True)
    return {"search": str(search_box(edition, ROOT, "sok-topp")), "search_lost": str(lost)}


def _marks(project: Project, edition: Edition) -> dict[str, Any]:
    """Return where the theme finds logo, mark and card; the first language has them."""
    region, logo = project.region, project.brand.logo
    root = between(region.languages, edition.language, region.language)
    scaled = _mark_address(project)
    found: dict[str, Any] = {
        "logo": None,
        "mark": root + MARKS,
        "mark_svg": root + scaled if scaled else "",
        "card": region.base_url + CARD,
    }
    if logo is not None:
        light, dark = logo_files(project.brand)
        alt = html.escape(logo.alt)
        found["logo"] = {"light": light, "dark": dark, "alt": alt, "plate": logo.dark is None}
    return found


def _mark_address(project: Project) -> str:
    small = project.brand.mark("small")
    return MARKS + "merke.svg" if small is None or small.drawing else ""
