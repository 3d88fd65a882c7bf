"""A region's brand: `_brand.yml` (Posit's brand.yml), resolved to colours that can be read.

Contrast is WCAG 2.2's (1.4.3, 1.4.6): text aims at 7:1. A colour that falls short is
moved in OKLCH lightness until it passes; hue and, where the gamut allows, chroma stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from coloraide import Color
from pydantic import AfterValidator, Field

from macros.content.base import Strict
from macros.content.errors import Problem, suggest
from macros.content.load import Source, expect_mapping, read_yaml
from macros.content.text import Plain, complaint
from macros.content.validate import build

TARGET = 7.0
INK, PAPER = "#16202a", "#ffffff"
NIGHT_INK, NIGHT_PAPER = "#e8edf2", "#12181f"
DEFAULT_ACCENT = "#0b4f6c"
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9_-]*", re.IGNORECASE)
_LOGO = re.compile(r"[\w-]{1,60}(/[\w-]{1,60}){0,4}\.(svg|png)", re.ASCII)
LOGO_MAX_BYTES = 200_000


def _colour(value: str) -> str:
    if not _HEX.fullmatch(value) and not _NAME.fullmatch(value):
        raise complaint(
            "skal være en farge som «#0b4f6c» eller et navn fra palette, fikk «{value}»",
            value=value[:40],
        )
    return value


def _logo(value: str) -> str:
    if not _LOGO.fullmatch(value):
        raise complaint(
            "skal være en .svg- eller .png-fil i regionens mappe, fikk «{value}»", value=value[:60]
        )
    return value


ColourName = Annotated[str, AfterValidator(_colour)]
LogoFile = Annotated[str, AfterValidator(_logo)]


class BrandColour(Strict):
    """The palette and the roles that the site uses."""

    palette: dict[str, ColourName] = Field(default={}, description="Egne fargenavn.")
    primary: ColourName = Field(default=DEFAULT_ACCENT, description="Regionens farge.")


class BrandLogo(Strict):
    """The logo, in one variant or for light and dark backgrounds."""

    light: LogoFile = Field(description="Logo på lys bakgrunn.")
    dark: LogoFile | None = Field(default=None, description="Logo på mørk bakgrunn.")
    alt: Plain = Field(description="Tekst for den som ikke ser logoen.")


class BrandFile(Strict):
    """The keys of `_brand.yml` that are used."""

    color: BrandColour = Field(default=BrandColour(), description="Farger.")
    logo: BrandLogo | None = Field(default=None, description="Logo.")


@dataclass(frozen=True)
class Brand:
    """Resolved colours (CSS hex values by custom-property name) and logo."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    logo: BrandLogo | None
    moved: tuple[str, ...]
    folder: Path


def load_brand(folder: Path, label: str, problems: list[Problem]) -> Brand:
    """Return the brand in `folder`, or the national one where there is no `_brand.yml`."""
    path = folder / "_brand.yml"
    file = BrandFile()
    if path.is_file():
        source = read_yaml(path, f"{label}/_brand.yml", problems)
        if source and expect_mapping(source, (), problems):
            found = build(BrandFile, source, (), source.data)
            if isinstance(found, list):
                problems.extend(found)
            else:
                file = found
                problems.extend(_unresolved(file, source))
                problems.extend(_missing_logo(file, source, folder))
    return resolve(file, folder)


def _unresolved(file: BrandFile, source: Source) -> list[Problem]:
    found = []
    for path, value in [
        (("color", "primary"), file.color.primary),
        *((("color", "palette", name), value) for name, value in file.color.palette.items()),
    ]:
        if not _hex_of(value, file.color.palette):
            hint = suggest(value, file.color.palette)
            found.append(source.problem(path, f"fargen «{value}» finnes ikke i palette", hint))
    return found


def _missing_logo(file: BrandFile, source: Source, folder: Path) -> list[Problem]:
    found = []
    for variant in ("light", "dark"):
        name = getattr(file.logo, variant, None)
        if name is None:
            continue
        path = folder / name
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            message = f"filen «{name}» finnes ikke i regionens mappe"
        elif path.stat().st_size > LOGO_MAX_BYTES:
            message = f"filen «{name}» er større enn {LOGO_MAX_BYTES // 1000} kB"
        elif path.suffix == ".svg" and (reason := _unsafe_svg(path)):
            message = f"filen «{name}» {reason}"
        else:
            continue
        found.append(source.problem(("logo", variant), message))
    return found


_SVG_UNSAFE = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<\s*([\w.-]+:)?(script|foreignObject|use|image|iframe|animate|set)\b"
    rb"|[\s\"'/]on\w+\s*=|(href|src)\s*=\s*[\"'](?!#)|@import|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def _unsafe_svg(path: Path) -> str:
    content = path.read_bytes()
    if b"\0" in content:  # UTF-16, in which the words that are looked for would not be found
        return "skal være UTF-8"
    match = _SVG_UNSAFE.search(content)
    if match is None:
        return ""
    return f"har innhold som ikke er lov i en logo: {match[0].decode('ascii', 'replace').strip()}"


def _hex_of(value: str, palette: Mapping[str, str]) -> str | None:
    seen: set[str] = set()
    while not value.startswith("#"):
        if value in seen or value not in palette:
            return None
        seen.add(value)
        value = palette[value]
    return Color(value).to_string(hex=True)


def readable(colour: str, background: str, target: float = TARGET) -> str:
    """Return `colour`, moved in OKLCH lightness as little as `target` contrast asks for."""
    against = Color(background)
    if Color(colour).contrast(against) >= target:
        return colour
    towards = 0.0 if against.luminance() > 0.18 else 1.0
    near, far = Color(colour).convert("oklch")["lightness"], towards
    for _ in range(24):
        middle = (near + far) / 2
        if _with_lightness(colour, middle).contrast(against) >= target:
            far = middle
        else:
            near = middle
    return _with_lightness(colour, far).to_string(hex=True)


def _with_lightness(colour: str, lightness: float, chroma: float = 1.0) -> Color:
    moved = Color(colour).convert("oklch")
    moved["lightness"] = lightness
    moved["chroma"] *= chroma
    # Rounded to the hex value that is shipped, so that the contrast measured is the one seen.
    return Color(moved.convert("srgb").fit().to_string(hex=True))


def resolve(file: BrandFile, folder: Path) -> Brand:
    """Return the colours for light and dark, each text colour checked against its ground."""
    own = _hex_of(file.color.primary, file.color.palette) or DEFAULT_ACCENT
    light, dark = _scheme(own, INK, PAPER, False), _scheme(own, NIGHT_INK, NIGHT_PAPER, True)
    moved = tuple(
        f"{name}: {own} ble {scheme['accent']} for å gi kontrast {TARGET:.0f}:1"
        for name, scheme in (("lys", light), ("mørk", dark))
        if scheme["accent"] != own
    )
    return Brand(light, dark, file.logo, moved, folder)


def _scheme(own: str, ink: str, paper: str, night: bool) -> dict[str, str]:
    tints = {
        f"tint-{step}": _with_lightness(own, lightness, chroma).to_string(hex=True)
        for step, lightness, chroma in (
            ((1, 0.27, 0.35), (2, 0.31, 0.45), (3, 0.35, 0.5))
            if night
            else ((1, 0.965, 0.25), (2, 0.93, 0.4), (3, 0.89, 0.5))
        )
    }
    # A link may stand on the page or on the lightest tint: it passes on both.
    accent = readable(readable(own, paper), tints["tint-1"])
    on_own = max((ink, paper), key=lambda text: Color(text).contrast(Color(accent)))
    return {
        "ink": ink,
        "paper": paper,
        "muted": "#b4bfca" if night else "#44505c",
        "line": "#3a4653" if night else "#d3dae0",
        "own": own,
        "accent": accent,
        "on-accent": on_own,
        **tints,
    }
