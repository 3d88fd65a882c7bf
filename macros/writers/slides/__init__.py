"""Slides (PowerPoint): real layouts and placeholders, what the leader says in the notes.

PresentationML (ISO/IEC 29500). python-pptx gives the empty file, once for all decks of an edition;
master, layouts and theme in it are ours (`master.py`), and so are the slides (`pages.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from macros.content.base import Language
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.document.slides import Deck
from macros.keys import key
from macros.layouts.office import LANGUAGES, Office, office
from macros.writers import Job, Rendered, WriterError

if TYPE_CHECKING:
    from macros.writers.slides.package import Look
    from macros.writers.slides.pages import Pages

SKELETON = "lysbilder.pptx"


@dataclass(frozen=True)
class SlidesPayload(Office):
    """The whole input of one file."""

    name: str
    deck: Deck


def job(deck: Deck, shared: Shared) -> Job:
    """Return the job that makes the deck's file."""
    payload = SlidesPayload(
        **vars(office(shared, "slides")), name=file_name(deck.name, "pptx"), deck=deck
    )
    return Job(payload.name, key(__name__, replace(payload, name="")), render, payload)


def render(payload: SlidesPayload) -> Rendered:
    """Return the file of a payload.

    Raises WriterError when a text has a character that XML cannot hold.
    """
    from macros.writers.slides.package import deck
    from macros.writers.slides.pages import Pages

    found, language = payload.deck, LANGUAGES[payload.deck.language]
    pages = Pages(language)
    _fill(payload, pages)
    core = _properties(payload, language)
    try:
        data = deck(_look(payload, language), pages.slides, core, found.updated)
    except ValueError as error:
        raise WriterError(f"{payload.name}: en tekst kan ikke skrives som XML: {error}") from error
    return Rendered(data, None)


def _look(payload: Office, language: str) -> Look:
    from macros.writers.slides.package import Look

    return Look(payload.colours, payload.fonts, language, _site(payload), payload.logo)


def _site(payload: Office) -> str:
    return " · ".join(filter(None, (payload.words("site.name"), payload.region)))


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
    from macros.writers.slides.package import deck, pictures
    from macros.writers.slides.properties import core
    from macros.writers.slides.skeleton import DOT, slides

    language, look = payload.language, _look(payload, payload.language)
    picture = f"image{pictures(look) + 1}.png"
    said = {
        "dc:title": look.site,
        "dc:creator": payload.owner,
        "cp:lastModifiedBy": payload.owner,
        "cp:revision": "1",
        "dc:language": language,
    }
    made = slides(language, picture)
    return Rendered(deck(look, made, core(None, said), None, {picture: DOT}), None)


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


def _properties(payload: SlidesPayload, language: str) -> str:
    from macros.writers.slides.properties import core

    deck = payload.deck
    said = {
        "dc:title": deck.title,
        "dc:subject": deck.label,
        "dc:creator": payload.owner,
        "cp:keywords": ", ".join(filter(None, (deck.label, payload.region))),
        "dc:description": deck.summary,
        "cp:lastModifiedBy": payload.owner,
        "cp:revision": "1",
        "dc:language": language,
        "cp:version": deck.version,
        "dc:identifier": payload.base_url + deck.address,
    }
    return core(deck.updated, said)
