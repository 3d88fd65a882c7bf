"""The picture of a document's first pages beside each other, for its page on the web."""

from __future__ import annotations

import io
from dataclasses import dataclass

from macros.document.formats import PAGES_SUFFIX
from macros.keys import key
from macros.writers import Gathered, Gathering, Job, Rendered

MOST = 4  # pages
WIDTH = 300  # pixels of one page; it is shown at half of that, so that it is sharp on good screens
HEIGHT = round(WIDTH * 2**0.5)  # of A4 upright; another page is fitted in


@dataclass(frozen=True)
class PagesPayload:
    """What the picture is made from besides the PDF."""

    most: int = MOST
    size: tuple[int, int] = (WIDTH, HEIGHT)


def job(pdf: Job) -> Gathering:
    """Return the job that draws the first pages of a document's PDF."""
    payload = PagesPayload()
    name = pdf.filename.removesuffix(".pdf") + PAGES_SUFFIX
    found = key(__name__, payload, [pdf.key])
    return Gathering(name, found, render, payload, parts=(("pdf", pdf),))


def render(gathered: Gathered) -> Rendered:
    """Return the picture as WebP; its pages are those that it shows."""
    import pypdfium2  # type: ignore[import-untyped]
    from PIL import Image

    payload, parts = gathered
    width, height = payload.size
    document = pypdfium2.PdfDocument(parts["pdf"])
    shown = min(payload.most, len(document))
    sheet = Image.new("RGB", (width * shown, height), "white")
    for at in range(shown):
        page = document[at]
        scale = min(width / page.get_width(), height / page.get_height())
        drawn = page.render(scale=scale).to_pil().convert("RGB")
        sheet.paste(drawn, (at * width + (width - drawn.width) // 2, (height - drawn.height) // 2))
    document.close()
    out = io.BytesIO()
    sheet.save(out, "WEBP", quality=60, method=4)
    return Rendered(out.getvalue(), shown)
