"""Slides (PowerPoint): real layouts and placeholders, what the leader says in the notes.

PresentationML (ISO/IEC 29500) through python-pptx, which keeps the package, the placeholders and
the notes. The look is ours: master, layouts and theme are written in `master.py`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from macros.content.brand.mark import Mark
from macros.content.catalogue import Catalogue
from macros.document.formats import file_name
from macros.document.office import repack
from macros.document.shared import Shared
from macros.document.slides import Deck
from macros.keys import key
from macros.writers import Job, Rendered

if TYPE_CHECKING:
    from macros.writers.slides.pages import Pages

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}
COLOURS = (
    *("ink", "paper", "muted", "line", "accent", "tint-1", "tint-2", "tint-3"),
    *("heading", "link"),
)


@dataclass(frozen=True)
class SlidesPayload:
    """The whole input of one file.

    `logo` is what was drawn and its alternative; `fonts` the region's, of text and of headings.
    """

    name: str
    deck: Deck
    words: Catalogue
    colours: tuple[tuple[str, str], ...]
    owner: str
    region: str
    base_url: str
    logo: tuple[Mark, str] | None
    fonts: tuple[str | None, str | None]


def job(deck: Deck, shared: Shared) -> Job:
    """Return the job that makes the deck's file."""
    brand = shared.brand
    payload = SlidesPayload(
        file_name(deck.name, "pptx"),
        deck,
        shared.words,
        tuple((name, brand.document[name]) for name in COLOURS),
        shared.region.owner,
        shared.region.name or "",
        shared.base_url,
        (mark, brand.logo.alt) if brand.logo and (mark := brand.mark("light")) else None,
        (brand.base, brand.headings),
    )
    return Job(payload.name, key(__name__, replace(payload, name="")), render, payload)


def render(payload: SlidesPayload) -> Rendered:
    """Return the file of a payload."""
    import io

    from macros.writers.slides.master import presentation
    from macros.writers.slides.pages import Pages

    deck, language = payload.deck, LANGUAGES[payload.deck.language]
    site = " · ".join(filter(None, (payload.words("site.name"), payload.region)))
    file = presentation(dict(payload.colours), payload.fonts, language, site, payload.logo)
    _fill(payload, Pages(file, language))
    _properties(payload, file, language)
    out = io.BytesIO()
    file.save(out)
    return Rendered(repack(out.getvalue(), deck.updated), None)


def _fill(payload: SlidesPayload, pages: Pages) -> None:
    from macros.writers.slides.split import split

    deck, words = payload.deck, payload.words
    address = payload.base_url + deck.address
    date = words.date(deck.updated) if deck.updated else ""
    version = words("page.version", version=deck.version, date=date)
    pages.cover(
        deck.title,
        f"{deck.label} · {deck.aside}",
        " · ".join(filter(None, (payload.region, version))),
        address,
        (words("slides.help"), deck.summary),
    )
    for slide in deck.slides:
        for part in split(slide, words):
            pages.add(part)


def _properties(payload: SlidesPayload, file: Any, language: str) -> None:
    deck, found = payload.deck, file.core_properties
    moment = dt.datetime.combine(deck.updated or dt.date(2000, 1, 1), dt.time())
    found.title, found.subject, found.author = deck.title[:255], deck.label, payload.owner[:255]
    found.keywords = ", ".join(filter(None, (deck.label, payload.region)))[:255]
    found.comments, found.language = deck.summary[:255], language
    found.version, found.identifier = deck.version, (payload.base_url + deck.address)[:255]
    found.last_modified_by, found.revision = payload.owner[:255], 1
    found.created = found.modified = moment
