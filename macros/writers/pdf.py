"""The PDF to read, print and archive, and the card of one page.

One file passes PDF/A-2a (ISO 19005-2, level A) and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from macros.document.blocks import Block, Document, Section
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import Layout, pdf_pass
from macros.writers import Job, Rendered, WriterError

# Type sizes of a card in points, the largest that fits is taken. 8.5 is the least that one reads
# with ease at arm's length.
CARD_SIZES = (10.0, 9.25, 8.5)


@dataclass(frozen=True)
class PdfPayload:
    """The whole input of one PDF. `assets` maps `asset:` names to files.

    One that may have only so many pages, `most`, has no picture of the first.
    """

    name: str
    html: str
    assets: dict[str, pdf_pass.Asset]
    version: str = ""
    address: str = ""
    most: int | None = None


@dataclass(frozen=True)
class CardPayload(PdfPayload):
    """The whole input of one card. `parts` names what can be made shorter."""

    parts: tuple[str, ...] = ()


def job(document: Document, shared: Shared) -> Job:
    """Return the job that makes the document's PDF."""
    html = _html(replace(document, blocks=_printed(document)), shared, "print.css")
    assets, address = pdf_pass.assets(shared.brand), shared.base_url + document.address
    name = file_name(document.name, "pdf")
    payload = PdfPayload(name, html, assets, document.version, address)
    found = key(__name__, replace(payload, name=""))
    return Job(name, found, render, payload, len(html), preview=True)


def _printed(document: Document) -> tuple[Block, ...]:
    """Return a document's blocks, each section with what it has on paper."""
    return tuple(
        replace(block, blocks=block.printed)
        if isinstance(block, Section) and block.printed
        else block
        for block in document.blocks
    )


def card_job(card: Document, shared: Shared) -> Job:
    """Return the job that makes a one-page card."""
    html = _html(card, shared, "print.css", "card.css", page="card")
    assets, address = pdf_pass.assets(shared.brand), shared.base_url + card.address
    name = file_name(card.name, "card")
    parts = tuple(block.title for block in card.blocks if isinstance(block, Section))
    payload = CardPayload(name, html, assets, card.version, address, 1, parts)
    found = key(__name__, replace(payload, name=""))
    return Job(name, found, render_card, payload, len(html))


def _html(document: Document, shared: Shared, *sheets: str, page: str = "document") -> str:
    layout = Layout("print", shared.words, pdf_pass.links(document, shared))
    return pdf_pass.document_html(layout, document, shared, *sheets, page=page)


def render_card(payload: CardPayload) -> Rendered:
    """Return the card of a payload, in the largest type in which it fills one page.

    Raises WriterError as `render` does, and when the card is too long in the smallest type too.
    """
    for size in CARD_SIZES:
        style = f"<style>html{{font-size:{size}pt}}</style></head>"
        card = render(replace(payload, html=payload.html.replace("</head>", style, 1)))
        if card.pages == 1:
            return card
    shorter = ", ".join(f"«{part}»" for part in payload.parts)
    raise WriterError(
        f"{payload.name}: teksten får ikke plass på én side. Kort ned sammendraget eller {shorter}."
    )


def render(payload: PdfPayload) -> Rendered:
    """Return the PDF of a payload.

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
            pdf_pass.declare(pdf, payload.version, payload.address)
            pdf_pass.mend_tags(pdf)
            data = pdf_pass.save(pdf)
        picture = pdf_pass.first_page(data) if payload.most is None else None
        return Rendered(data, pages, picture)
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error
