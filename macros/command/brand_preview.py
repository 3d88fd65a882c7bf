"""A region's brand on one page, as `nvr check` writes it: logo, colours, head, cover and card.

The page stands alone: fonts, logo and style sheets are in it, and its policy forbids every request.
The parts have the site's own style sheets and the files' own HTML; the browser draws them, since
making the files takes longer than a check may.
"""

from __future__ import annotations

import base64
import dataclasses
import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.content.brand.brand import Brand
from macros.content.brand.contrast import DARK, LIGHT, PAIRS, Side, Wanted, before, contrast
from macros.content.project import Project
from macros.content.template import Template
from macros.document.compose import compose
from macros.document.edition import load_edition
from macros.document.shared import Shared
from macros.layouts import Layout, environment, pdf_pass, slots
from macros.layouts.brand import SITE_FONTS, font_files, logo_files, site_css
from macros.writers.picture import card_html

# What paper has around the text, and a browser does not know.
_COVER = "<style>body{margin:18mm}.running{display:none}</style></head>"
_CARD = "<style>html{border-top:20px solid var(--nvr-own)}body{box-sizing:border-box}</style>"
_SHEETS = pdf_pass.FONTS.parent / "css"
_FONT = re.compile(r"url\(\"?(?:\.\./)+([^\")]+)\"?\)")
_ASSET = re.compile(r"asset:([^\"')\s]+)")
# What the roles are, to one who has not read the style sheets.
_TEXTS = {
    "ink": "Tekst",
    "muted": "Dempet tekst",
    "accent": "Uthevet tekst i regionens farge",
    "heading": "Overskrift",
    "link": "Lenke",
    "on-button": "Tekst på knapp",
    "on-accent": "Tekst på regionens farge",
    "edge": "Kant rundt knapp",
}
_GROUNDS = {
    "paper": "bakgrunnen",
    "tint-1": "lyst felt",
    "tint-2": "felt",
    "tint-3": "sterkt felt",
    "line": "linje",
    "accent": "regionens farge",
    "button": "knapp",
}


@dataclass(frozen=True)
class Pair:
    """Text on a ground; `before` is as the region wrote them, None where it did not."""

    name: str
    text: str
    ground: str
    ratio: float
    least: float
    before: tuple[str, str, float] | None

    @property
    def moved(self) -> bool:
        """Return whether a colour of the region's was changed to be read."""
        return self.before is not None and self.before[:2] != (self.text, self.ground)


def write_preview(project: Project, cache: Path) -> Path:
    """Write the page to the cache and return its place. Raises OSError."""
    path = cache / f"merkevare-{project.folder.name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(preview(project), encoding="utf-8")
    return path


def preview(project: Project) -> str:
    """Return the page as HTML."""
    brand = project.brand
    edition = load_edition(project, project.region.language)
    url = project.region.front_page(edition.language)
    shared = Shared(edition.region, brand, edition.words(), url)
    first = next(iter(edition.handbook.all(Template)), None)
    cover = ""
    if first:
        document = dataclasses.replace(compose(edition, first), blocks=())
        layout = Layout("print", shared.words, pdf_pass.links(document, shared.base_url))
        logo = pdf_pass.logo(brand)
        found = slots.real(slots.own(document, shared), logo["src"] if logo else "")
        css = pdf_pass.css(brand, "print.css")
        cover = pdf_pass.document_html(layout, document, css, found)
    card, files = card_html(shared)
    sides = ((LIGHT, brand.light, brand.wanted[0]), (DARK, brand.dark, brand.wanted[1]))
    return environment().get_template("preview.html").render(
        name=project.region.name or shared.words("site.name"),
        site=_site_name(shared),
        brand=brand,
        logos=_logos(brand),
        sides=[(side.name, scheme, pairs(wanted, side, scheme)) for side, scheme, wanted in sides],
        css=_site_css(brand),
        cover=_with_files(cover.replace("</head>", _COVER, 1), pdf_pass.assets(brand)),
        card=_with_files(card + _CARD, files),
        words=shared.words,
    )  # fmt: skip


def _site_name(shared: Shared) -> str:
    name = shared.words("site.name")
    return f"{name} – {shared.region.name}" if shared.region.name else name


def pairs(wanted: Wanted, side: Side, scheme: Mapping[str, str]) -> Iterator[Pair]:
    """Return each text of the design on each ground that it stands on."""
    own = before(wanted, side)
    for text, ground, least in PAIRS:
        was = None
        if text in own:
            pair = own[text], own.get(ground, scheme[ground])
            was = (*pair, contrast(*pair))
        name = f"{_TEXTS[text]} på {_GROUNDS[ground]}"
        ratio = contrast(scheme[text], scheme[ground])
        yield Pair(name, scheme[text], scheme[ground], ratio, least, was)


def _logos(brand: Brand) -> list[str]:
    return [_data(name, file) for name, file in logo_files(brand).items()]


def _data(name: str, file: pdf_pass.Asset) -> str:
    """Return a file as an address that holds it; its name says what it is."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    data = file if isinstance(file, bytes) else file.read_bytes()
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _with_files(html: str, files: Mapping[str, pdf_pass.Asset]) -> str:
    """Return HTML for print with its files inside."""
    return _ASSET.sub(lambda m: _data(m[1], files[m[1]]) if m[1] in files else m[0], html)


def _site_css(brand: Brand) -> str:
    """Return the site's style sheets with the fonts inside; what they lack is left out."""
    files: dict[str, pdf_pass.Asset] = {
        f"fonts/{path.name}": path for path in pdf_pass.FONTS.glob("*.woff2")
    }
    files |= {SITE_FONTS + name: file for name, file in font_files(brand).items()}
    sheets = [(_SHEETS / name).read_text(encoding="utf-8") for name in _NAMES]
    css = "\n".join([site_css(brand), *sheets])
    return _FONT.sub(
        lambda m: f'url("{_data(m[1], files[m[1]])}")' if m[1] in files else "none", css
    )


_NAMES = ("handbook.css", "shell.css", "search.css")
