"""What stands for the edition elsewhere: its mark in the browser's tab, its card in social media.

The mark is the region's `logo.small`, else the handbook's three steps in the region's colour.
The card is 1200 × 630 pixels (Open Graph; the size that the large services show uncropped).
"""

from __future__ import annotations

import html
import io
from dataclasses import dataclass

from macros.content.brand.brand import Brand
from macros.content.brand.contrast import contrast
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import FOLDER as LAYOUTS, drawing, pdf_pass
from macros.layouts.brand import paper_css, variables
from macros.writers import Job, Rendered, WriterError

FOLDER = "assets/region/"
CARD = FOLDER + "kort.png"
_SIDES = {"merke-32.png": 32, "merke-180.png": 180, "favicon.ico": 48}
_STEPS = ((5, 18, 6, 9), (13, 12, 6, 15), (21, 6, 6, 21))  # x, y, width, height of 32 × 32


@dataclass(frozen=True)
class PicturePayload:
    """The whole input of one picture: what is drawn, on a transparent ground or on white."""

    name: str
    html: str
    files: dict[str, pdf_pass.Asset]
    clear: bool = False


def mark_svg(brand: Brand) -> str:
    """Return the handbook's own mark in the region's colour, for the tab of a browser.

    It brings its own ground, since a tab may be light or dark.
    """
    own, on_own = brand.light["button"], brand.light["on-button"]
    steps = "".join(
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="1.5"/>'
        for x, y, width, height in _STEPS
    )
    # A ground that is nearly white needs an edge to be a shape at all.
    edge = f' stroke="{brand.light["edge"]}"' if contrast(own, "#ffffff") < 1.5 else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect x=".5" y=".5" width="31" height="31" rx="6" fill="{own}"{edge}/>'
        f'<g fill="{on_own}">{steps}</g></svg>\n'
    )


def jobs(shared: Shared) -> dict[str, Job]:
    """Return the jobs of an edition's pictures by their address in the site."""
    found = {name: _mark(shared.brand, name, side) for name, side in _SIDES.items()}
    made = {("" if name.endswith(".ico") else FOLDER) + name: job for name, job in found.items()}
    return made | {CARD: _card(shared)}


def _mark(brand: Brand, name: str, side: int) -> Job:
    files: dict[str, pdf_pass.Asset] = {}
    inside = mark_svg(brand)
    if small := brand.mark("small"):
        files["mark.png"], inside = small.picture, '<img src="asset:mark.png" alt="">'
    page = (
        f"<style>@page{{size:{side}px;margin:0}}body{{margin:0}}img,svg{{display:block;"
        f"width:{side}px;height:{side}px;object-fit:contain}}</style>{inside}"
    )
    return _job(PicturePayload(name, page, files, clear=True))


def _card(shared: Shared) -> Job:
    return _job(PicturePayload("kort.png", *card_html(shared)))


def card_html(shared: Shared) -> tuple[str, dict[str, pdf_pass.Asset]]:
    """Return the edition's card as HTML, and the files that it names with `asset:`."""
    brand, words = shared.brand, shared.words
    texts = (words("site.name"), shared.region.name or "", words("site.description"))
    name, region, summary = (html.escape(text) for text in texts)
    sheet = (LAYOUTS / "print" / "social.css").read_text(encoding="utf-8")
    logo = f'<img src="{found["src"]}" alt="">' if (found := pdf_pass.logo(brand)) else ""
    page = (
        f"<style>{variables(brand.paper)}{sheet}{paper_css(brand)}</style>{logo}"
        f'<p class="region">{region}</p><h1>{name}</h1><p class="summary">{summary}</p>'
        '<div class="scene"></div>'
    )
    return page, pdf_pass.assets(brand)


def _job(payload: PicturePayload) -> Job:
    # The name says which kind of picture it is.
    return Job(payload.name, key(__name__, payload), render, payload)


def render(payload: PicturePayload) -> Rendered:
    """Return the picture of a payload.

    Raises WriterError when it cannot be drawn.
    """
    try:
        # A CSS pixel is a 96th of an inch.
        image = drawing.draw(payload.html, payload.files, 96, clear=payload.clear)
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error
    out = io.BytesIO()
    if payload.name.endswith(".ico"):
        image.save(out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    else:
        image.save(out, "PNG", optimize=True)
    return Rendered(out.getvalue(), None)
