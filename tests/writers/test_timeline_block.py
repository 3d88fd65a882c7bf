"""A timeline in a file is its table: when, what, and why a date has moved."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pypdfium2
import pytest
from lxml import etree

from macros.content.model import Phase
from macros.content.timeline import Months, Starts
from macros.document.blocks import Document
from macros.document.compose import compose
from macros.document.edition import load_edition
from macros.document.shared import Shared
from macros.document.timeline import picture
from macros.writers import Job, odt, pdf, word
from tests import real

PROJECT = real.project()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(etree.fromstring(package.read(name)).itertext())


def docx_text(data: bytes) -> str:
    return part(data, "word/document.xml")


def odt_text(data: bytes) -> str:
    return part(data, "content.xml")


def pdf_text(data: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


@pytest.mark.parametrize(
    ("write", "text"), [(word.job, docx_text), (odt.job, odt_text), (pdf.job, pdf_text)]
)
def test_every_file_tells_it_in_words(
    write: Callable[[Document, Shared], Job], text: Callable[[bytes], str]
) -> None:
    starts = Starts(forstudie=dt.date(2027, 2, 1), months=Months(forstudie=6))
    region = PROJECT.region.model_copy(update={"starts": starts})
    edition = dataclasses.replace(load_edition(PROJECT, "nb"), region=region)
    whole = compose(edition, edition.handbook.find(Phase, "forstudie"))
    document = dataclasses.replace(whole, blocks=(picture(edition),))
    job = write(document, Shared(region, PROJECT.brand, edition.words(), "https://a.example.no/"))
    found = " ".join(text(real.finished(job).data).split())
    assert "Flyttet fra 31. juli 2027 på grunn av fellesferien og helg." in found
    assert "Beslutning: Avslutning" in found
