"""The brand as CSS, for the site and for paper. Families and colours were checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from macros.content.brand import Brand, Face
from macros.content.brand_file import OWN_FONT
from macros.layouts import css_variables

SITE_FONTS = "assets/region/skrifter/"
_FORMATS = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}


def font_files(brand: Brand) -> dict[str, Path]:
    """Return the region's font files by a name that is their own in any folder."""
    return {font_name(face): brand.folder / face.path for face in brand.faces}


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
    """Return a flat name for a font file: its path in the region's folder without slashes."""
    return face.path.replace("/", "--")


def preloads(brand: Brand) -> list[str]:
    """Return the fonts that every page shows text in, as addresses below the site's root."""
    own = [
        SITE_FONTS + font_name(face)
        for face in brand.faces
        if face.family == brand.base and face.style == "normal" and face.path.endswith(".woff2")
    ]
    return own[:2] or ["assets/fonts/inter-400.woff2", "assets/fonts/inter-600.woff2"]


def site_css(brand: Brand) -> str:
    """Return `brand.css`: the colours of both sides, and the region's fonts from own files."""
    faces = _faces(brand, f"../../{SITE_FONTS}", "font-display:swap;")
    # Inter's measures in a font of the system's hold the place until the file is there.
    base, headings = (
        f'{_family(name)},"{OWN_FONT} Reserve"' for name in (brand.base, brand.headings)
    )
    fonts = f"--nvr-font:{base};--nvr-font-headings:{headings};"
    return (
        f"{faces}:root{{{css_variables(brand.light)}{fonts}}}\n"
        # Paper is white, whatever the screen was.
        f"@media screen{{[data-md-color-scheme=slate]{{{css_variables(brand.dark)}}}}}\n"
    )


def paper_css(brand: Brand) -> str:
    """Return what goes after a print style sheet: the region's fonts and its colour of text.

    A field of a form names its own font and keeps it.
    """
    ink = "html{color:var(--nvr-ink)}"
    if not brand.faces:
        return ink
    base, headings = _family(brand.base), _family(brand.headings)
    return (
        f"{_faces(brand, 'asset:region/', '')}{ink}html{{font-family:{base}}}"
        f"@page{{@bottom-right{{font-family:{base}}}}}"
        f"h1,h2,h3,h4,h5,h6{{font-family:{headings}}}"
    )


def variables(colours: Mapping[str, str]) -> str:
    """Return colours as a rule for the whole document."""
    return f":root{{{css_variables(colours)}}}"


def _family(name: str | None) -> str:
    return f'"{name}","{OWN_FONT}"' if name else f'"{OWN_FONT}"'


def _faces(brand: Brand, folder: str, more: str) -> str:
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f'font-style:{face.style};{more}src:url("{folder}{font_name(face)}") '
        f'format("{_FORMATS[Path(face.path).suffix]}")}}\n'
        for face in brand.faces
    )
