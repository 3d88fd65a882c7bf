"""The PDF to read, print and archive.

One file passes PDF/A-2a (ISO 19005-2, level A) and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from macros.document.blocks import Document
from macros.document.edition import Shared
from macros.layouts import Layout, pdf_pass
from macros.writers import Job, Rendered, WriterError


@dataclass(frozen=True)
class PdfPayload:
    """The whole input of one PDF. `assets` maps `asset:` names to files."""

    name: str
    html: str
    assets: dict[str, Path]


def job(document: Document, shared: Shared) -> Job:
    """Return the job that makes the document's PDF."""
    layout = Layout("print", shared.words, pdf_pass.links(document, shared))
    html = pdf_pass.document_html(layout, document, shared, "print.css")
    assets = pdf_pass.assets(shared.brand)
    payload = PdfPayload(f"{document.name}.pdf", html, assets)
    key = pdf_pass.key((html,), assets, __file__)
    return Job(payload.name, key, render, payload, len(html), preview=True)


def render(payload: PdfPayload) -> Rendered:
    """Return the PDF of a payload.

    Raises WriterError when WeasyPrint asks for anything outside the payload's assets, or
    warns about anything at all.
    """
    import pikepdf

    try:
        raw, pages = pdf_pass.raw_pdf(payload.html, payload.assets, pdf_variant="pdf/a-2a")
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            pdf_pass.declare_ua(pdf)
            pdf_pass.mend_tags(pdf)
            data = pdf_pass.save(pdf)
        return Rendered(data, pages, pdf_pass.first_page(data))
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error
