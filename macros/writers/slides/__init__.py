"""Slides (PowerPoint): real layouts and placeholders, what the leader says in the notes.

PresentationML (ISO/IEC 29500) through python-pptx, which keeps the package, the placeholders and
the notes. The look is ours: master, layouts and theme are written in `master.py`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from macros.content.base import Language
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.document.slides import Deck
from macros.keys import key
from macros.layouts.office import LANGUAGES, Office, office, repack
from macros.writers import Job, Rendered

if TYPE_CHECKING:
    from macros.writers.slides.pages import Pages

SKELETON = "lysbilder.pptx"


@dataclass(frozen=True)
class SlidesPayload(Office):
    """The whole input of one file."""

    name: str
    deck: Deck


def job(deck: Deck, shared: Shared) -> Job:
    """Return the job that makes the deck's file."""
    payload = SlidesPayload(**vars(office(shared)), name=file_name(deck.name, "pptx"), deck=deck)
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


@dataclass(frozen=True)
class SkeletonPayload(Office):
    """The whole input of the slides that a script fills in."""

    language: str


def skeleton_job(language: Language, shared: Shared) -> Job:
    """Return the job that makes the slides that a script fills with the answers to a survey."""
    payload = SkeletonPayload(**vars(office(shared)), language=LANGUAGES[language])
    return Job(SKELETON, key(__name__, payload), render_skeleton, payload)


def render_skeleton(payload: SkeletonPayload) -> Rendered:
    """Return the file of a payload."""
    import io

    from macros.writers.slides.master import presentation
    from macros.writers.slides.skeleton import add_slides

    language = payload.language
    site = " · ".join(filter(None, (payload.words("site.name"), payload.region)))
    file = presentation(dict(payload.colours), payload.fonts, language, site, payload.logo)
    add_slides(file, language)
    found, moment = file.core_properties, dt.datetime(2000, 1, 1)
    found.title, found.author, found.language = site[:255], payload.owner[:255], language
    found.last_modified_by, found.revision = payload.owner[:255], 1
    found.created = found.modified = moment
    out = io.BytesIO()
    file.save(out)
    return Rendered(repack(out.getvalue(), None), None)


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
