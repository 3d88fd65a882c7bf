"""The card that stands for one page where it is shared: 1200 × 630 pixels, as Open Graph has it.

What all cards of an edition have in common is laid out once in a process, with its foot; label
and title of each are written on it. Laying out every card would cost a hundred pages more than it
is worth.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.content.brand.brand import BOLD, Brand
from macros.document.edition import Edition
from macros.document.share import FOLDER, ShareCard, share_cards
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import FOLDER as LAYOUTS, drawing, pdf_pass
from macros.layouts.brand import font_name, variables
from macros.layouts.palette import Ground, Picture, ground
from macros.writers import Job, Rendered, WriterError

_LEFT, _TOP, _WIDTH = 90, 90, 1020
_LOGO, _BESIDE_SCENE = (
    120,
    780,
)  # a logo moves the texts down so far; width beside the picture
_FOOT = 548  # where the foot's letters stand
_SIZES = ((84, 2), (68, 3), (56, 4))  # the title: pixels, and the most lines that it may take
_INKS = ("accent", "ink", "muted")


@dataclass(frozen=True)
class SharePayload:
    """The whole input of one card: the ground as HTML, then texts, colours and fonts."""

    card: ShareCard
    foot: str
    ground: str
    files: dict[str, pdf_pass.Asset]
    colours: Mapping[str, str]
    fonts: tuple[tuple[str, ...], tuple[str, ...]]  # of headings and of text, the wanted first
    logo: bool


def jobs(edition: Edition, root: Path, shared: Shared) -> dict[str, Job]:
    """Return the job of each page's card by its address below the language's root."""
    brand, name = shared.brand, shared.words("site.name")
    foot = f"{name} · {shared.region.name}" if shared.region.name else name
    look = (_ground(brand), pdf_pass.assets(brand), dict(brand.paper), _fonts(brand))
    found = {}
    for card in share_cards(edition, root):
        payload = SharePayload(card, foot, *look, bool(brand.mark("light")))
        made = Job("kort.png", key(__name__, payload), render, payload)
        found[f"{FOLDER}{card.page}.png"] = made
    return found


def _ground(brand: Brand) -> str:
    sheet = (LAYOUTS / "print" / "social.css").read_text(encoding="utf-8")
    logo = pdf_pass.logo(brand)
    image = f'<img src="{logo["src"]}" alt="">' if logo else ""
    return f'<style>{variables(brand.paper)}{sheet}</style>{image}<div class="scene"></div>'


def _fonts(brand: Brand) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the files of headings and of text: the region's own first, where it has any."""

    def own(family: str | None, weight: int) -> tuple[str, ...]:
        faces = [face for face in brand.faces if (face.family, face.style) == (family, "normal")]
        best = sorted(faces, key=lambda face: abs(face.weight - weight))
        return tuple(f"region/{font_name(face)}" for face in best[:1])

    return (
        (*own(brand.headings, BOLD), "fonts/inter-600.woff2"),
        (*own(brand.base, 400), "fonts/inter-400.woff2"),
    )


def render(payload: SharePayload) -> Rendered:
    """Return the card as a PNG with a palette.

    Raises WriterError when it cannot be drawn.
    """
    try:
        begun = _begun(
            payload.ground,
            tuple(sorted(payload.files.items())),
            tuple(payload.colours[name] for name in _INKS),
            tuple(_files(payload, payload.fonts[1])),
            payload.foot,
        )
    except pdf_pass.PassError as error:
        raise WriterError(f"kort for {payload.card.page}: {error}") from error
    picture = Picture(begun)
    _write(picture, payload)
    return Rendered(picture.png(), None)


@lru_cache(maxsize=2)
def _begun(
    html: str,
    files: tuple[tuple[str, pdf_pass.Asset], ...],
    inks: tuple[str, ...],
    fonts: tuple[pdf_pass.Asset, ...],
    foot: str,
) -> Ground:
    """Return what all cards begin with: what is laid out, and the foot."""
    picture = Picture(_drawn(html, files, inks))
    font = _font(fonts, 30, foot)
    line = _lines(foot, font.getlength, _BESIDE_SCENE, 1)[0]
    picture.write((_LEFT, _FOOT), line, inks[_INKS.index("muted")], font)
    return picture.as_ground()


@lru_cache(maxsize=2)
def _drawn(
    html: str, files: tuple[tuple[str, pdf_pass.Asset], ...], inks: tuple[str, ...]
) -> Ground:
    return ground(drawing.draw(html, dict(files), 96), inks, (_LEFT, _FOOT))


def _write(picture: Picture, payload: SharePayload) -> None:
    """Write the label, and the title in the largest size that it has room in."""
    colours, top = payload.colours, _TOP + (_LOGO if payload.logo else 0)
    width = _BESIDE_SCENE if payload.logo else _WIDTH
    headings = _files(payload, payload.fonts[0])
    if payload.card.label:
        font = _font(headings, 34, payload.card.label)
        label = _lines(payload.card.label, font.getlength, width, 1)[0]
        picture.write((_LEFT, top + 34), label, colours["accent"], font)
        top += 60
    for size, most in _SIZES:
        font = _font(headings, size, payload.card.title)
        lines = _lines(payload.card.title, font.getlength, width, most)
        if not lines[-1].endswith("…"):
            break
    for at, line in enumerate(lines):
        base = top + round(size * (0.95 + 1.1 * at))
        picture.write((_LEFT, base), line, colours["ink"], font)


def _files(payload: SharePayload, names: Iterable[str]) -> list[pdf_pass.Asset]:
    return [payload.files[name] for name in names]


def _font(files: Iterable[pdf_pass.Asset], size: int, text: str) -> Any:
    """Return the first font that has all the letters of a text, else the last."""
    wanted = {ord(letter) for letter in text if not letter.isspace()}
    for file in files:
        if wanted <= _letters(file):
            break
    return _opened(file, size)


@lru_cache(maxsize=16)
def _opened(file: pdf_pass.Asset, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(_readable(file), size)


def _readable(file: pdf_pass.Asset) -> Any:
    return io.BytesIO(file) if isinstance(file, bytes) else str(file)


@lru_cache(maxsize=8)
def _letters(file: pdf_pass.Asset) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(_readable(file), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _lines(text: str, measure: Callable[[str], float], width: int, most: int) -> list[str]:
    """Return a text in at most so many lines of a width; one that is cut ends in «…»."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer) <= width:
            lines[-1] = longer
        else:
            lines = [*lines, word] if lines[-1] else [word]
    whole = len(lines) <= most and all(measure(line) <= width for line in lines)
    if whole:
        return lines
    # A word wider than the card is cut where it stands, as everything after it is.
    wide = next((at for at, line in enumerate(lines) if measure(line) > width), most - 1)
    last = min(wide, most - 1)
    end = lines[last] + "…"
    while measure(end) > width and len(end) > 1:
        end = end[:-2].rstrip() + "…"
    return [*lines[:last], end]
