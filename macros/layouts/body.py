"""The body of a document on paper: all but what is a region's own, typeset once for all regions."""

from __future__ import annotations

from macros.document.blocks import Document
from macros.document.shared import Shared
from macros.layouts import Layout, pdf_pass
from macros.layouts.scene import drawn
from macros.layouts.slots import BASE, Own, body_brand, own, pictures, standing_in


def layout(document: Document, shared: Shared, first: str = "blocks") -> Layout:
    """Return the layout of a body: its links lead to no region's site yet."""
    return Layout("print", shared.words, pdf_pass.links(document, BASE), first=first)


def body(
    layout: Layout, document: Document, shared: Shared, *sheets: str, page: str = "document"
) -> tuple[str, dict[str, pdf_pass.Asset], Own]:
    """Return the HTML of a document's body, the files that it may name, and the region's own.

    `page` is the template in `print/` that the document goes into.
    """
    found = own(document, shared)
    brand, scene = body_brand(shared.brand)
    css = pdf_pass.css(brand, *sheets)
    html = pdf_pass.document_html(layout, document, css, standing_in(found, document), page)
    files = pdf_pass.fonts(shared.brand) | pictures() | {"scene.svg": drawn(scene)}
    return html, files, found


def body_name(filename: str) -> str:
    """Return what the body of a file is called where it is told of; no reader gets it."""
    return filename.removesuffix(".pdf") + ".sats.pdf"
