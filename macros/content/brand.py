"""A region's brand: `_brand.yml`, resolved to what every format can use.

Colours become roles that can be read (`colour.py`); logo and font files are looked into before
anything is built with them (`logo.py`, `font.py`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coloraide import Color

from macros.content import font as fonts
from macros.content import logo as logos
from macros.content.brand_file import OWN_FONT, BrandFile, BrandLogo, Typeface, pathed
from macros.content.colour import DARK, DEFAULT_ACCENT, LIGHT, Wanted, scheme
from macros.content.errors import Problem, suggest
from macros.content.load import DataPath, Source, expect_mapping, inside, read_yaml
from macros.content.svg_style import Unfit
from macros.content.validate import build

Marks = dict[str, logos.Mark]
BOLD = 600  # the weight of our headings; a lighter font is not made heavier on paper


@dataclass(frozen=True)
class Face:
    """One font file as CSS names it; `path` is inside the region's folder."""

    family: str
    path: str
    weight: int
    style: str


@dataclass(frozen=True)
class Brand:
    """Resolved colours (CSS hex values by role), logo and fonts.

    `paper` is `light` on white paper, for every document. `marks` are the logo's files, drawn, by
    name: what is shown comes from there, never from the region's files. `base` and `headings` are
    families of `faces`, or None for the handbook's own font.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]
    paper: Mapping[str, str]
    logo: BrandLogo | None
    moved: tuple[str, ...]
    folder: Path
    faces: tuple[Face, ...] = ()
    base: str | None = None
    headings: str | None = None
    marks: Mapping[str, logos.Mark] = dataclasses.field(default_factory=dict)

    def mark(self, variant: Literal["light", "dark", "small"]) -> logos.Mark | None:
        """Return a variant of the logo, drawn; None where there is none."""
        name = getattr(self.logo, variant, None)
        return self.marks.get(name) if name else None


def load_brand(folder: Path, label: str, problems: list[Problem]) -> Brand:
    """Return the brand in `folder`, or the national one where there is no `_brand.yml`."""
    path = folder / "_brand.yml"
    file, marks = BrandFile(), Marks()
    if path.is_file() and not inside(folder, path):
        message = "filen er en lenke ut av regionens mappe"
        problems.append(Problem(f"{label}/{path.name}", 0, 0, "", message))
    elif path.is_file():
        source = read_yaml(path, f"{label}/_brand.yml", problems)
        if source and expect_mapping(source, (), problems):
            found = build(BrandFile, source, (), source.data)
            if isinstance(found, list):
                problems.extend(found)
            else:
                file = found
                problems.extend(_unresolved(file, source))
                marks = _logos(file, source, folder, problems)
                problems.extend(_bad_fonts(file, source, folder))
    return dataclasses.replace(resolve(file, folder), marks=marks)


def _unresolved(file: BrandFile, source: Source) -> Iterator[Problem]:
    """Return each colour and font that is named and not there."""
    colour = file.color
    for path, value in [
        (("color", "primary"), colour.primary),
        (("color", "secondary"), colour.secondary),
        *(
            (("color", role, side), getattr(getattr(colour, role), side))
            for role in ("foreground", "background")
            for side in ("light", "dark")
        ),
        *((("color", "palette", name), value) for name, value in colour.palette.items()),
    ]:
        if value is not None and not _hex_of(value, colour.palette):
            hint = suggest(value, colour.palette)
            if path not in source.values:  # one colour, written without light and dark
                path = path[:-1]
            yield source.problem(path, f"fargen «{value}» finnes ikke i palette", hint)
    families = {font.family for font in file.typography.fonts} | {OWN_FONT}
    for use in ("base", "headings"):
        face = getattr(file.typography, use)
        if face and face.family not in families:
            hint = suggest(face.family, families)
            message = f"skriften «{face.family}» finnes ikke i typography.fonts"
            yield source.problem(("typography", use), message, hint)


def _logos(file: BrandFile, source: Source, folder: Path, problems: list[Problem]) -> Marks:
    """Return the logo's files, drawn, by their names; add what is wrong with them."""
    names: dict[str, list[str]] = {}
    for variant in ("light", "dark", "small"):
        if name := getattr(file.logo, variant, None):
            names.setdefault(name, []).append(variant)
    paths = {name: logos.find(folder, name) for name in names}
    made = logos.marks(path for path in paths.values() if path)
    found: dict[str, logos.Mark] = {}
    for name, variants in names.items():
        place, path = _place_of(source, variants[0], name), paths[name]
        mark = made[path] if path else Unfit("finnes ikke i regionens mappe", "")
        if isinstance(mark, Unfit):
            problems.append(source.problem(place, f"filen «{name}» {mark.found}", mark.hint))
            continue
        found[name] = mark
        for message, hint in logos.notes(mark, variants):
            problems.append(_warning(source.problem(place, f"filen «{name}» {message}", hint)))
    return found


def _place_of(source: Source, variant: str, name: str) -> DataPath:
    """Return where a logo's file is written: by itself, or among brand.yml's images."""
    logo = source.data["logo"]
    if variant in logo:
        images = logo.get("images") or {}
        if logo[variant] in images:
            return ("logo", "images", logo[variant])
        return ("logo", variant)
    for key, image in (logo.get("images") or {}).items():
        if pathed(image).get("path") == name:
            return ("logo", "images", key)
    return ("logo", "medium", variant)


def _bad_fonts(file: BrandFile, source: Source, folder: Path) -> Iterator[Problem]:
    names: set[str] = set()
    for at, font in enumerate(file.typography.fonts):
        here: DataPath = ("typography", "fonts", at)
        if font.family in names or font.family.startswith(OWN_FONT):
            taken = "er brukt to ganger" if font.family in names else "er håndbokens egen"
            yield source.problem((*here, "family"), f"skriften «{font.family}» {taken}")
        names.add(font.family)
        if all(one.weight < BOLD for one in font.files):
            message = f"skriften «{font.family}» har ingen fil med weight {BOLD} eller mer"
            hint = "Overskrifter og uthevet tekst blir ikke halvfete i PDF."
            yield _warning(source.problem((*here, "files"), message, hint))
        paths = [one.path for one in font.files]
        for number, path in enumerate(paths):
            if path not in paths[:number]:
                yield from _bad_font(path, source, folder, (*here, "files", number, "path"))


def _bad_font(name: str, source: Source, folder: Path, place: DataPath) -> Iterator[Problem]:
    if not (folder / name).is_file() or not inside(folder, folder / name):
        yield source.problem(place, f"filen «{name}» finnes ikke i regionens mappe")
        return
    try:
        norwegian, sami = fonts.missing_letters(folder / name)
    except fonts.FontError as error:
        yield source.problem(place, f"filen «{name}» {error}")
        return
    lacks = [
        f"{' '.join(letters)} ({what})"
        for letters, what in ((norwegian, "norsk"), (sami, "nordsamisk"))
        if letters
    ]
    if lacks:
        message = f"skriften i «{name}» mangler {' og '.join(lacks)}"
        hint = f"De tegnene vises med {OWN_FONT}."
        yield _warning(source.problem(place, message, hint))


def _warning(problem: Problem) -> Problem:
    return dataclasses.replace(problem, severity="warning")


def _hex_of(value: str | None, palette: Mapping[str, str]) -> str | None:
    seen: set[str] = set()
    while value is not None and not value.startswith("#"):
        if value in seen or value not in palette:
            return None
        seen.add(value)
        value = palette[value]
    return None if value is None else Color(value).to_string(hex=True)


def resolve(file: BrandFile, folder: Path) -> Brand:
    """Return the colours for light, dark and paper, each text colour checked against its ground."""
    colour, type_ = file.color, file.typography

    def wanted(side: str) -> Wanted:
        own, second, text, ground = (
            _hex_of(name, colour.palette)
            for name in (
                colour.primary,
                colour.secondary,
                getattr(colour.foreground, side),
                getattr(colour.background, side),
            )
        )
        return Wanted(own or DEFAULT_ACCENT, second, text, ground)

    by_day = wanted("light")
    light, moved = scheme(by_day, LIGHT)
    dark, more = scheme(wanted("dark"), DARK)
    paper, _ = scheme(dataclasses.replace(by_day, background=None), LIGHT)
    faces = tuple(
        Face(font.family, one.path, one.weight, one.style)
        for font in type_.fonts
        for one in font.files
    )
    base = _own(type_.base)
    headings = _own(type_.headings) if type_.headings else base
    return Brand(
        light, dark, paper, file.logo, (*moved, *more), folder, faces, base, headings
    )  # fmt: skip


def _own(face: Typeface | None) -> str | None:
    return face.family if face and face.family != OWN_FONT else None
