"""ODT: OpenDocument Text 1.3, for whoever edits and does not use Word.

The XML is made with lxml and zipped here. The libraries were weighed: odfpy has had no release
since 2020, and both it and odfdo write the clock into the zip. What is left of them, names for
elements, does not outweigh that; the tests judge the files by the standard's own schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from macros.content.brand.mark import Mark
from macros.content.catalogue import Catalogue
from macros.document.blocks import Document
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.keys import key
from macros.writers import Job, Rendered, WriterError

_WORDS = (
    *("agenda", "date", "fact", "field", "letter", "minutes", "odt", "page", "print"),
    *("process", "question", "register", "section", "site", "table"),
)


@dataclass(frozen=True)
class OdtPayload:
    """The whole input of one file; `logo` is what was drawn, and its text."""

    name: str
    document: Document
    words: Catalogue
    region: str
    owner: str
    colours: Mapping[str, str]
    base_url: str
    logo: tuple[Mark, str] | None
    fonts: tuple[str | None, str | None] = (None, None)


def job(document: Document, shared: Shared) -> Job:
    """Return the job that makes the document's ODT."""
    brand = shared.brand
    logo = None
    if brand.logo and (mark := brand.mark("light")):
        logo = (mark, str(brand.logo.alt))
    payload = OdtPayload(
        file_name(document.name, "odt"),
        document,
        shared.words.only(*_WORDS),
        shared.region.name or "",
        shared.region.owner,
        shared.brand.document,
        shared.base_url,
        logo,
        (shared.brand.base, shared.brand.headings),
    )
    return Job(payload.name, key(__name__, replace(payload, name="")), render, payload)


def render(payload: OdtPayload) -> Rendered:
    """Return the ODT of a payload; it has no number of pages until a program lays it out.

    Raises WriterError when a text has a character that XML cannot hold.
    """
    from macros.writers.odt.package import pack
    from macros.writers.odt.parts import LOGO, make_parts

    try:
        parts = make_parts(payload)
    except ValueError as error:
        raise WriterError(f"{payload.name}: en tekst kan ikke skrives som XML: {error}") from error
    if payload.logo:
        parts[LOGO] = payload.logo[0].picture
    return Rendered(pack(parts, payload.document.updated), None)
