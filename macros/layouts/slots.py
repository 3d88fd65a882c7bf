"""Slots: what of a document on paper is a region's own, put in when the rest has been typeset.

The rest, the body, is the same for all regions that share the document's words, the fonts, and
whether there is a logo. So it is typeset once for all of them. It says nothing of a region: a
picture without content keeps each slot free, each colour of the brand has another that stands in
for it, and addresses begin with a word of ours. `fill.py` puts in what a region has.
"""

from __future__ import annotations

import dataclasses
import io
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import segno
from markupsafe import Markup

from macros.content.brand.brand import Brand
from macros.document.blocks import Document
from macros.document.shared import Shared
from macros.layouts.glyphs import DOT
from macros.layouts.scene import scene_colours

BASE = "nvr-base:/"  # what the addresses of a body begin with
LETTERS = "nvr-letters:"  # the address of what brings the letters of slots into the file
_WORD = "nvr-slot-"  # what a slot is called in a body
_MM = 72 / 25.4
# Inter's line of this height has its letters' foot so far up (em): half of what is left of the
# line beside the letters, and the room that they take below (0.241 of 1.21).
_LEADING, FOOT = 1.36, 0.316
# The width (em) that letters have in the mean; what becomes wider than it says is set smaller.
_WIDE = 0.55
# The letters that names and addresses are mostly written with. Others are the body's own.
_COMMON = string.ascii_letters + string.digits + "-./:·–æøåÆØÅ,&()_~%#?=+@'«»"


@dataclass(frozen=True)
class Slot:
    """A box of `width` points for a region's own. A text has a size (points) and lines.

    A drawing has no size, and `tall` points. `role` is the colour of a text. On paper, what has
    `right` ends at the right side of its box, and begins at the left otherwise.
    """

    name: str
    width: float
    tall: float = 0
    size: float = 0
    lines: int = 1
    role: str = "muted"
    right: bool = False

    @property
    def height(self) -> float:
        """Return the box's height in points."""
        return self.tall or round(self.lines * self.size * _LEADING, 2)

    @property
    def word(self) -> str:
        """Return what stands for the slot's text in a body."""
        return _WORD + self.name

    def of(self, text: str) -> Slot:
        """Return the slot with two lines where the text will not do with one."""
        wide = len(text) * _WIDE * self.size
        return dataclasses.replace(self, lines=2) if wide > self.width else self


LOGO = Slot("logo", 120 * _MM, tall=14 * _MM)
SITE = Slot("site", 160 * _MM, size=9)
QR = Slot("qr", 26 * _MM, tall=26 * _MM)
ADDRESS = Slot("address", 145 * _MM, size=8.5, role="link")
RUNNING_SITE = Slot("running-site", 59 * _MM, size=8, lines=2, right=True)
RUNNING_ADDRESS = Slot("running-address", 131 * _MM, size=8)
CARD_LOGO = Slot("card-logo", 26 * _MM, tall=10 * _MM)
CARD_SITE = Slot("card-site", 90 * _MM, size=8.5)
REGISTER = Slot("register", 105 * _MM, size=9.5, role="ink")
SLOTS = (LOGO, SITE, QR, ADDRESS, RUNNING_SITE, RUNNING_ADDRESS, CARD_LOGO, CARD_SITE, REGISTER)


@dataclass(frozen=True)
class Own:
    """What of a document on paper is a region's own.

    `colours` has what each colour of a body stands for, `roles` those of texts in slots, as hex
    values. `logo` is its ending and its file.
    """

    name: str
    site: str
    owner: str
    address: str
    base_url: str
    qr: str
    colours: Mapping[str, str]
    roles: Mapping[str, str]
    logo: tuple[str, bytes] | None
    logo_alt: str

    def text(self, slot: Slot) -> str:
        """Return what is read of a slot: its text, or what a drawing is described by."""
        if slot in (LOGO, CARD_LOGO):
            return self.logo_alt
        if slot is QR:
            return self.qr
        if slot.name == REGISTER.name:
            return self.name
        return self.address if "address" in slot.name else self.site

    @property
    def letters(self) -> str:
        """Return the letters that are brought into the file, a space between each two.

        Nothing is joined or moved together then, and the space is one of them.
        """
        return " ".join(sorted({*_COMMON, *self.site, *self.address} - {" "}))


def own(document: Document, shared: Shared) -> Own:
    """Return what a region has in the slots of a document."""
    brand, words, region = shared.brand, shared.words, shared.region
    name, address = words("site.name"), shared.base_url + document.address
    mark = brand.mark("light") if brand.logo else None
    wanted = "link" if any(side.link for side in brand.wanted) else "accent"
    real = _colours(brand)
    return Own(
        name=str(region.name or ""),
        site=f"{name}{DOT}{region.name}" if region.name else name,
        owner=str(region.owner),
        address=address,
        base_url=shared.base_url,
        qr=words("print.qr", address=address),
        colours={_stand_in(index): real[name] for index, name in enumerate(sorted(real))},
        roles={"muted": "#44505c", "ink": brand.paper["ink"], "link": brand.paper[wanted]},
        logo=mark.paper if mark else None,
        logo_alt=brand.logo.alt if brand.logo else "",
    )


def _colours(brand: Brand) -> dict[str, str]:
    return {**brand.paper, **{f"scene-{part}": one for part, one in scene_colours(brand).items()}}


def _stand_in(index: int) -> str:
    """Return a colour that no design has, another for each index below 256."""
    return f"#{index:02x}07f3"


def body_brand(brand: Brand) -> tuple[Brand, dict[str, str]]:
    """Return a brand whose colours on paper stand in for any region's; the landscape's too."""
    names = {name: _stand_in(index) for index, name in enumerate(sorted(_colours(brand)))}
    scene = {name.removeprefix("scene-"): one for name, one in names.items() if "scene-" in name}
    return dataclasses.replace(brand, paper={name: names[name] for name in brand.paper}), scene


def markup(slot: Slot) -> Markup:
    """Return the picture that keeps a slot free, on a line of text or by itself."""
    drop = round(FOOT * slot.size, 2)
    return Markup(
        '<img class="slot" src="asset:{}" alt="{}" style="width:{:.2f}pt;height:{:.2f}pt;{}">'
    ).format(slot.word, slot.word, slot.width, slot.height, f"vertical-align:-{drop}pt")


def in_register(document: Document, shared: Shared) -> tuple[tuple[str, str], ...]:
    """Return the register of a document's cover with a slot for the region's name."""
    name = shared.region.name
    return tuple(
        (label, markup(REGISTER.of(name)) if name and value == name else value)
        for label, value in document.register
    )


def pictures() -> dict[str, bytes]:
    """Return the pictures that keep slots free, by their names.

    One is a pixel high, and as many wide as says which slot it is.
    """
    return {slot.word: _picture(place) for place, slot in enumerate(SLOTS, start=1)}


@cache
def _picture(width: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (width, 1), 255).save(out, "PNG")
    return out.getvalue()


def real(found: Own, src: str) -> dict[str, object]:
    """Return what stands in the slots of a document that is looked at in a browser.

    `src` is the logo's address.
    """
    logo = Markup('<img class="cover__logo" src="{}" alt="{}">').format(src, found.logo_alt)
    return {
        "author": found.owner,
        "named": found.site,
        "place": found.address,
        "href": found.address,
        "logo": logo if found.logo else "",
        "site": found.site,
        "qr": qr_code(found.address, found.qr),
        "address": found.address,
        "running_site": found.site,
        "running_address": found.address,
        "letters": "",
    }


def standing_in(found: Own, document: Document) -> dict[str, object]:
    """Return what stands in the slots of a body."""
    return {
        "author": f"{_WORD}owner",
        "named": SITE.word,
        "place": ADDRESS.word,
        "href": BASE + document.address,
        "logo": markup(LOGO) if found.logo else "",
        "card_logo": markup(CARD_LOGO) if found.logo else "",
        "site": markup(SITE.of(found.site)),
        "card_site": markup(CARD_SITE.of(found.site)),
        "qr": markup(QR),
        "address": markup(ADDRESS.of(found.address)),
        "running_site": markup(RUNNING_SITE.of(found.site)),
        "running_address": markup(RUNNING_ADDRESS.of(found.address)),
        "letters": Markup('<p class="letters"><a href="{}">{}</a></p>').format(
            LETTERS, found.letters
        ),
    }


def metadata(found: Own) -> dict[str, str]:
    """Return what the words of a body's metadata stand for."""
    return {f"{_WORD}owner": found.owner, SITE.word: found.site, ADDRESS.word: found.address}


def qr_code(address: str, alt: str) -> Markup:
    """Return a drawing of the address as a QR code (ISO/IEC 18004, level M) with its quiet zone.

    The drawing's title is what WeasyPrint gives the figure as its text.
    """
    drawing = qr_matrix(address).svg_inline(
        border=4, omitsize=True, title=alt, svgclass="qr", lineclass=None
    )
    return Markup(drawing)  # noqa: S704 (segno escapes the title)


@lru_cache(maxsize=64)  # a document's files lead to one page, and the best pattern is searched for
def qr_matrix(address: str) -> segno.QRCode:
    """Return the address as a QR code (ISO/IEC 18004, level M)."""
    return segno.make_qr(address, error="m", boost_error=False)
