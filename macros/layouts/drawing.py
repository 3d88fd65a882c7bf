"""HTML drawn as a picture: WeasyPrint lays out, PDFium draws. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.layouts.pdf_pass import Asset, raw_pdf


def draw(html: str, files: Mapping[str, Asset], dots: float, *, clear: bool = False) -> Any:
    """Return the first page of the HTML as a Pillow image, with `dots` pixels an inch.

    `files` are what the HTML may name with `asset:`. `clear` leaves the ground transparent, else
    it is white. Raises PassError when the HTML asks for anything else.
    """
    import pypdfium2  # type: ignore[import-untyped]

    raw, _ = raw_pdf(html, files)
    with pypdfium2.PdfDocument(raw) as pdf:
        ground = (255, 255, 255, 0) if clear else (255, 255, 255, 255)
        image = pdf[0].render(scale=dots / 72, fill_color=ground, maybe_alpha=clear).to_pil()
    return image.convert("RGBA" if clear else "RGB")
