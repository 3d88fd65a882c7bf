"""The brand as CSS, for the site and for paper. Families and colours were checked when read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from macros.content.brand.brand import Brand, Face
from macros.content.brand.typography import OWN_FONT
from macros.layouts import css_variables

SITE_FONTS = "assets/region/skrifter/"
_SAFE = re.compile(r"[\w-]+(/[\w-]+)*\.\w+", re.ASCII)
_UNSAFE = re.compile(r"[^\w-]+", re.ASCII)
_FORMATS = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}


def font_files(brand: Brand) -> dict[str, bytes | Path]:
    """Return the region's font files by a name that is their own in any folder."""
    return {font_name(face): face.data or brand.folder / face.path for face in brand.faces}


def logo_files(brand: Brand) -> dict[str, bytes]:
    """Return the logo's files by their address: for light grounds, then for dark; none without.

    The addresses are ours, whatever the region calls its files.
    """
    light = brand.mark("light")
    if light is None:
        return {}
    variants = {"logo": light, "logo-dark": brand.mark("dark") or light}
    return {f"assets/region/{name}{mark.web[0]}": mark.web[1] for name, mark in variants.items()}


def font_name(face: Face) -> str:
    """Return a flat name for a font file: its path in the region's folder without slashes.

    What cannot stand in any address or style sheet gives way to a hash of the path.
    """
    if _SAFE.fullmatch(face.path):
        return str(Path(face.path.replace("/", "--")).with_suffix(face.suffix))
    stem = _UNSAFE.sub("-", Path(face.path).stem).strip("-")
    return f"{stem}-{hashlib.sha256(face.path.encode()).hexdigest()[:8]}{face.suffix}"


def preloads(brand: Brand) -> list[str]:
    """Return the fonts that every page shows text in, as addresses below the site's root."""
    own = [
        SITE_FONTS + font_name(face)
        for face in brand.faces
        if face.family == brand.base and face.style == "normal" and face.suffix == ".woff2"
    ]
    return own[:2] or ["assets/fonts/inter-400.woff2", "assets/fonts/inter-600.woff2"]


def site_css(brand: Brand) -> str:
    """Return `brand.css`: the colours of both sides, and the region's fonts from own files.

    It stands before our own style sheets, so what it says of texts is more specific than they are.
    """
    faces = _faces(brand, f"../../{SITE_FONTS}", "font-display:optional;", ranges=True)
    # Inter's measures in a font of the system's hold the place until the file is there.
    base, headings = (
        f'{_family(name)},"{OWN_FONT} Reserve"' for name in (brand.base, brand.headings)
    )
    fonts = f"--nvr-font:{base};--nvr-font-headings:{headings};"
    link = ".md-typeset{--md-typeset-a-color:var(--nvr-link)}"
    code = f'html .md-typeset code{{font-family:"{brand.mono}",monospace}}' if brand.mono else ""
    return (
        f"{faces}:root{{{css_variables(brand.light)}{fonts}}}\n"
        # Paper is white, whatever the screen was.
        f"@media screen{{[data-md-color-scheme=slate]{{{css_variables(brand.dark)}}}}}\n"
        f"{_texts(brand, 'html .md-typeset ', link)}{code}"
    )


def paper_css(brand: Brand) -> str:
    """Return what goes after a print style sheet: the region's fonts and its colour of text.

    A field of a form names its own font and keeps it.
    """
    ink = "html{color:var(--nvr-ink)}" + _texts(brand, "", "a{color:var(--nvr-link)}")
    if not brand.faces:
        return ink
    base, headings = _family(brand.base), _family(brand.headings)
    return (
        f"{_faces(brand, 'asset:region/', '', ranges=False)}{ink}html{{font-family:{base}}}"
        f"@page{{@bottom-right{{font-family:{base}}}}}"
        f"h1,h2,h3,h4,h5,h6{{font-family:{headings}}}"
    )


def _texts(brand: Brand, within: str, link: str) -> str:
    """Return the rules of headings and links where the region has a look of its own for them.

    `within` goes before each heading; `link` is the rule of links.
    """
    headings = ",".join(f"{within}h{level}" for level in range(1, 7))
    rules = ""
    if any(side.heading for side in brand.wanted):
        rules += f"{headings}{{color:var(--nvr-heading)}}"
    if brand.heading_weight:
        rules += f"{headings}{{font-weight:{brand.heading_weight}}}"
    return rules + (link if any(side.link for side in brand.wanted) else "")


def variables(colours: Mapping[str, str]) -> str:
    """Return colours as a rule for the whole document."""
    return f":root{{{css_variables(colours)}}}"


def _family(name: str | None) -> str:
    return f'"{name}","{OWN_FONT}"' if name else f'"{OWN_FONT}"'


def _faces(brand: Brand, folder: str, more: str, *, ranges: bool) -> str:
    """Return the rules of the region's fonts. With `ranges`, a variable font has all its weights.

    WeasyPrint takes one weight a file: there, a variable font is that of running text.
    """
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{_weight(face, ranges)};'
        f'font-style:{face.style};{more}src:url("{folder}{font_name(face)}") '
        f'format("{_FORMATS[face.suffix]}")}}\n'
        for face in brand.faces
    )


def _weight(face: Face, ranges: bool) -> str:
    if face.heaviest <= face.weight:
        return str(face.weight)
    if ranges:
        return f"{face.weight} {face.heaviest}"
    return str(min(max(face.weight, 400), face.heaviest))
