"""A document says the same in every format, word for word and in the same order.

What a format shows otherwise, on purpose:

- The cover's register (region, case number …) is on paper and in files, not on the web page.
- The line of phases above a web page does not say how long they take: the phases' pages do.
- A template's Word file is the document that is written: what helps comes first, chapters are
  counted by Word, choices drop down, and there is no picture of the process.
- Workbooks and slides have an order of their own: `sheet/test_sheet.py`, `slides/test_slides.py`.
- A card's summary is on the web page only. Paper and files name a card, in one line, before they
  say what kind it is; the page the other way round.
"""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from macros.content.base import Language
from macros.document import blocks as b
from macros.document.compose import downloads
from macros.document.edition import Edition, load_edition
from macros.writers import fillable, odt, pdf, word
from macros.writers.page import PageWriter
from tests import real
from tests.writers.editions import shared
from tests.writers.said import groups, head, in_word, missing, squeezed, texts

pytestmark = pytest.mark.xdist_group("equality")

ROOT = Path(__file__).parents[2]
PROJECT = real.project()
EDITIONS: dict[Language, Edition] = {
    language: load_edition(PROJECT, language) for language in PROJECT.handbooks
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

DOCUMENTS = {
    f"{language}-{document.name}": document
    for language, edition in EDITIONS.items()
    for document in downloads(edition)
    if "docx" in document.formats
}


def page(document: b.Document) -> str:
    edition = EDITIONS[document.language]
    # As another page shows it: the document's own folds some of it, or leads on to the rest.
    shown = PageWriter(edition, "et-annet-sted/").item([document.kind], document.id)
    tree = html.fromstring(shown)
    for link in tree.xpath("//*[@class='downloads']"):
        link.drop_tree()
    return str(tree.text_content())


def paper(document: b.Document) -> str:
    return printed(real.body(pdf.job(document, shared(document.language))).payload.html)


def form(document: b.Document) -> str:
    return printed(real.body(fillable.job(document, shared(document.language))).payload.html)


def printed(text: str) -> str:
    (body,) = html.document_fromstring(text).xpath("//body")
    for repeated in body.xpath("//*[contains(@class, 'running')] | //select"):
        repeated.drop_tree()
    return str(body.text_content())


def word_file(document: b.Document) -> str:
    job = word.job(document, shared(document.language))
    root = part(job.render(job.payload).data, "word/document.xml")
    for contents in root.iter(f"{W}docPartGallery"):
        contents.getparent().getparent().getparent().clear()
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


def odt_file(document: b.Document) -> str:
    job = odt.job(document, shared(document.language))
    root = part(job.render(job.payload).data, "content.xml")
    for contents in root.iter(f"{TEXT}table-of-content"):
        contents.clear()
    return "".join(root.itertext())


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


FORMATS = {"page": page, "pdf": paper, "fillable": form, "docx": word_file, "odt": odt_file}


def on_paper(blocks: tuple[b.Block, ...]) -> tuple[b.Block, ...]:
    """Return blocks with what a section has on paper, where that is another than on a screen."""
    return tuple(
        dataclasses.replace(one, blocks=one.printed)
        if isinstance(one, b.Section) and one.printed
        else one
        for one in blocks
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_format_says_what_the_document_says(name: str) -> None:
    whole_document = DOCUMENTS[name]
    assert len(list(texts(whole_document.blocks))) > 15
    for kind, said in FORMATS.items():
        if kind != "page" and kind not in whole_document.formats:
            continue
        whole = squeezed(said(whole_document))
        docx = kind == "docx"
        document = in_word(whole_document, numbers=False) if docx else whole_document
        wanted = [squeezed(text) for text in head(document)]
        cover = [] if kind == "page" else [squeezed(text) for text, _ in document.register]
        steps = document.process.steps if kind == "page" and document.process else ()
        noted = {squeezed(step.note) for step in steps}
        asked = [text for text in (*wanted, *cover) if text not in noted]
        assert [text for text in asked if text not in whole] == [], kind
        blocks = on_paper(document.blocks) if kind == "pdf" else document.blocks
        assert missing(groups(blocks), whole) == [], kind
