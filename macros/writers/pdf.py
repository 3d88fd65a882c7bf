"""The PDF to read, print and archive, and the card of one page.

One file passes PDF/A-2a (ISO 19005-2, level A) and PDF/UA-1 (ISO 14289-1). It is made in two
steps: its body is typeset once for all regions, and what is a region's own is put in.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from macros.document.blocks import Block, Document, Section
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import pdf_pass
from macros.layouts.body import body, body_name, layout
from macros.layouts.fill import filled
from macros.layouts.slots import Own, in_register
from macros.writers import Gathered, Gathering, Job, Rendered, WriterError

# Type sizes of a card in points, the largest that fits is taken. 8.5 is the least that one reads
# with ease at arm's length.
CARD_SIZES = (10.0, 9.25, 8.5)


@dataclass(frozen=True)
class BodyPayload:
    """The whole input of a body. `assets` maps `asset:` names to files.

    It may have only so many pages, `most`, where there is a limit.
    """

    name: str
    html: str
    assets: dict[str, pdf_pass.Asset]
    most: int | None = None


@dataclass(frozen=True)
class CardPayload(BodyPayload):
    """The whole input of a card's body. `parts` names what can be made shorter."""

    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PdfPayload:
    """The whole input of one PDF but for its body.

    `preview` asks for a picture of its first page.
    """

    name: str
    own: Own
    version: str = ""
    preview: bool = True


def job(document: Document, shared: Shared) -> Gathering:
    """Return the job that makes the document's PDF."""
    printed = replace(document, blocks=_printed(document), register=in_register(document, shared))
    html, assets, own = body(layout(document, shared), printed, shared, "print.css")
    name = file_name(document.name, "pdf")
    typeset = Job(body_name(name), "", render_body, BodyPayload(name, html, assets), len(html))
    return _filled(typeset, PdfPayload(name, own, document.version))


def card_job(card: Document, shared: Shared) -> Gathering:
    """Return the job that makes a one-page card."""
    sheets = ("print.css", "card.css")
    html, assets, own = body(layout(card, shared), card, shared, *sheets, page="card")
    name = file_name(card.name, "card")
    parts = tuple(block.title for block in card.blocks if isinstance(block, Section))
    payload = CardPayload(name, html, assets, 1, parts)
    typeset = Job(body_name(name), "", render_card, payload, len(html))
    return _filled(typeset, PdfPayload(name, own, card.version, preview=False))


def _filled(typeset: Job, payload: PdfPayload) -> Gathering:
    """Return the job that puts what is the region's own into what another typesets."""
    typeset = replace(typeset, key=key(__name__, replace(typeset.payload, name="")))
    found = key(__name__, replace(payload, name=""), [typeset.key])
    parts = (("body", typeset),)
    return Gathering(payload.name, found, render, payload, preview=payload.preview, parts=parts)


def _printed(document: Document) -> tuple[Block, ...]:
    """Return a document's blocks, each section with what it has on paper."""
    return tuple(
        replace(block, blocks=block.printed)
        if isinstance(block, Section) and block.printed
        else block
        for block in document.blocks
    )


def render_card(payload: CardPayload) -> Rendered:
    """Return the body of a card, in the largest type in which it fills one page.

    Raises WriterError as `render_body` does, and when it is too long in the smallest type too.
    """
    for size in CARD_SIZES:
        style = f"<style>html{{font-size:{size}pt}}</style></head>"
        card = render_body(replace(payload, html=payload.html.replace("</head>", style, 1)))
        if card.pages == 1:
            return card
    shorter = ", ".join(f"«{part}»" for part in payload.parts)
    raise WriterError(
        f"{payload.name}: teksten får ikke plass på én side. Kort ned sammendraget eller {shorter}."
    )


def render_body(payload: BodyPayload) -> Rendered:
    """Return the body of a PDF, typeset and tagged.

    It is empty where there are more pages than the payload allows. Raises WriterError when
    WeasyPrint asks for anything outside the payload's assets, or warns about anything at all.
    """
    import pikepdf

    try:
        raw, pages = pdf_pass.raw_pdf(
            payload.html, payload.assets, payload.most, pdf_variant="pdf/a-2a"
        )
        if not raw:
            return Rendered(raw, pages)
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            pdf_pass.mend_tags(pdf)
            return Rendered(pdf_pass.save(pdf), pages)
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error


def render(gathered: Gathered) -> Rendered:
    """Return the PDF of a payload and its body. Raises WriterError when they do not fit."""
    payload, parts = gathered
    own, version = payload.own, payload.version
    try:
        data, pages = filled(
            parts["body"], own, lambda pdf: pdf_pass.declare(pdf, version, own.address)
        )
        picture = pdf_pass.first_page(data) if payload.preview else None
        return Rendered(data, pages, picture)
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error
