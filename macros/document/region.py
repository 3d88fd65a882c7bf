"""What a region says of itself, as blocks: who it is, its pages, where its surveys are answered.

Every text here is data from `region.yml` beside the site's own words. What the region has
not given has a national answer, so that no page has a hole in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.content.base import Language
from macros.content.people import Contact
from macros.content.region import Region
from macros.content.rich import List, Paragraph, Run
from macros.content.survey import Survey
from macros.document import blocks as b
from macros.document.edition import Edition, Words, Writing


def region_facts(edition: Edition) -> b.Facts:
    """Return who owns the edition, which municipalities it is for, and how it files papers."""
    region, words = edition.region, edition.words()
    names = ", ".join(found.name for found in edition.municipalities)
    facts = [
        ("region.owner", region.owner),
        ("region.municipalities", names or words("region.every_municipality")),
        ("region.archive", region.archive.system or ""),
        ("register.case_number", _case_number(region, words)),
    ]
    return b.Facts(tuple(b.Fact(words(key), (Run(text),)) for key, text in facts if text))


@dataclass(frozen=True)
class Person:
    """Someone to ask, as pages show them; `municipalities` are names, for all where empty."""

    name: str
    title: str
    email: str
    phones: tuple[str, ...]
    municipalities: tuple[str, ...]
    language: Language


def person(edition: Edition, contact: Contact) -> Person:
    """Return a contact of the region's with the names of the municipalities they have."""
    names = {found.number: found.name for found in edition.municipalities}
    return Person(
        contact.name,
        contact.title,
        contact.email,
        contact.phones,
        tuple(names[number] for number in getattr(contact, "municipalities", ())),
        edition.region.language_of(contact.title),
    )


def legal_links(edition: Edition) -> List | Paragraph:
    """Return links to the region's own pages for the public, or who can be asked for them."""
    words = edition.words()
    links = [
        (Paragraph((Run(words(f"region.{key}"), target=target),)),)
        for key in type(edition.region.legal).model_fields
        if (target := getattr(edition.region.legal, key))
    ]
    return List(tuple(links)) if links else Paragraph((Run(words("region.no_pages")),))


def answer_here(w: Writing, item: Survey) -> tuple[b.Section, ...]:
    """Return a section that leads to the region's own survey; none where it gives no address."""
    surveys = w.region.surveys
    address = surveys.addresses.get(item.id)
    if address is None:
        return ()
    key = "region.answer_link_in" if surveys.tool else "region.answer_link"
    link = Run(w.words(key, tool=surveys.tool), target=address)
    inner = (Paragraph((Run(w.words("region.answer_note")),)), Paragraph((link,)))
    return (b.Section("svar", w.words("region.answer"), inner),)


def case_number_fact(w: Writing) -> tuple[b.Fact, ...]:
    """Return how the region writes the case number on the cover; none where it does not say."""
    text = _case_number(w.region, w.words)
    return (b.Fact(w.words("register.case_number"), (Run(text),)),) if text else ()


def _case_number(region: Region, words: Words) -> str:
    habit = region.archive.case_number
    if habit is None:
        return ""
    shown = words("region.case_number", format=habit.format)
    return f"{shown} {habit.hint}" if habit.hint else shown
