"""A workbook of a form: a sheet for each table, one for the other fields, one for the guidance.

Office Open XML (ISO/IEC 29500) through XlsxWriter. The tables are Excel's own, so that they
filter, add up and grow; what is worked out is a formula by the names of the columns.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from macros.document import blocks as b
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts.office import LANGUAGES, Office, office, repack
from macros.writers import Job, Rendered

if TYPE_CHECKING:
    from macros.writers.sheet.look import Look

_WORDS = ("field", "register", "sheet", "word")


@dataclass(frozen=True)
class SheetPayload(Office):
    """The whole input of one file."""

    name: str
    document: b.Document


def job(document: b.Document, shared: Shared) -> Job:
    """Return the job that makes the document's workbook."""
    name = file_name(document.name, "xlsx")
    payload = SheetPayload(**vars(office(shared, *_WORDS)), name=name, document=document)
    return Job(payload.name, key(__name__, replace(payload, name="")), render, payload)


def render(payload: SheetPayload) -> Rendered:
    """Return the workbook of a payload; raises WriterError for a text that no cell can hold."""
    import xlsxwriter  # type: ignore[import-untyped]

    from macros.writers.sheet.look import Look

    out = io.BytesIO()
    # A cell is text whatever it looks like: no formula, no link, no number.
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(_properties(payload))
    book.set_custom_property(payload.words("word.source"), _page(payload))
    book.set_custom_property(payload.words("word.source_version"), payload.document.version)
    look = Look(book, payload.name, dict(payload.colours), payload.fonts[0], _foot(payload))
    _fill(payload, look)
    book.close()
    language = LANGUAGES[payload.document.language]
    return Rendered(repack(out.getvalue(), payload.document.updated, _said(language)), None)


def _fill(payload: SheetPayload, look: Look) -> None:
    from macros.writers.sheet import fields, guidance, table
    from macros.writers.sheet.plan import plan

    document, words = payload.document, payload.words
    found = plan(document, words)
    sheets = {name: look.book.add_worksheet(name) for name in found.names}
    look.choices = found.choices
    fields.write(sheets[found.fields], look, found, payload)
    for placed in found.tables:
        table.write(sheets[placed.sheet], look, placed, found, words)
    guidance.write(sheets[found.guidance], look, found, payload)
    if found.choices:
        guidance.write_choices(sheets[found.choices_sheet], look, found, words)


def _page(payload: SheetPayload) -> str:
    return payload.base_url + payload.document.address


def _foot(payload: SheetPayload) -> str:
    """Return what stands at the foot of each printed page."""
    document, words = payload.document, payload.words
    date = words.date(document.updated) if document.updated else ""
    version = words("page.version", version=document.version, date=date)
    return " · ".join(filter(None, (words("site.name"), payload.region, version)))


def _properties(payload: SheetPayload) -> dict[str, Any]:
    document = payload.document
    return {
        "title": document.title,
        "subject": document.label,
        "author": payload.owner,
        "company": payload.owner,
        "category": document.label,
        "keywords": ", ".join(filter(None, (document.label, payload.region))),
        "comments": document.summary,
        "hyperlink_base": _page(payload),
        "created": dt.datetime.combine(document.updated or dt.date(2000, 1, 1), dt.time()),
    }


def _said(language: str) -> dict[str, tuple[str, str]]:
    """Return what XlsxWriter has no property for: the language of the text."""
    end = "</cp:coreProperties>"
    return {"docProps/core.xml": (end, f"<dc:language>{escape(language)}</dc:language>{end}")}
