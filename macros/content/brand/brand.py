"""A region's brand: `_brand.yml`, resolved to what every format can use.

Colours become roles that can be read (`colour.py`); logo and font files are looked into before
anything is built with them (`logo.py`, `font.py`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from macros.content.brand.colours import WAYS, Colours, NoColour, TwoColours, Way, bare_colours
from macros.content.brand.contrast import DARK, DEFAULT_ACCENT, LIGHT, Side, Wanted, is_dark, scheme
from macros.content.brand.file import ROLES, BrandFile
from macros.content.brand.fonts import BOLD, Face, bad_fonts, faces, family_of
from macros.content.brand.logos import BrandLogo, drawn, resolve_logo, there
from macros.content.brand.mark import Mark
from macros.content.brand.notes import see_through, told, unused
from macros.content.brand.typography import ELEMENTS
from macros.content.errors import Problem
from macros.content.load import DataPath, Source, expect_mapping, inside, parse_yaml, read_text
from macros.content.validate import build

__all__ = ["BOLD", "Brand", "BrandLogo", "Face", "load_brand", "resolve"]

_SIDES: dict[Way, Side] = {"light": LIGHT, "dark": DARK}
# Keys that are no part of the format: those of its drafts, and those that we had before.
_NOW = {
    "logo.light": "Skriv medium: {light: …, dark: …} under logo.",
    "logo.dark": "Skriv medium: {light: …, dark: …} under logo.",
    "logo.alt": "Skriv teksten ved bildet: medium: {light: {path: …, alt: …}}.",
    "color.with": "Nøkkelen heter palette.",
    "typography.with": "Nøkkelen heter fonts.",
    "template": "Nøkkelen heter defaults.",
}


@dataclass(frozen=True)
class Brand:
    """Resolved colours (CSS hex values by role), logo and fonts.

    `paper` is `light` on white paper, for every document. `marks` are the logo's files, drawn, by
    their paths: what is shown comes from there, never from the region's files. `base`, `headings`
    and `mono` are families of `faces`, or None for the handbook's own. `heading_weight` is None
    where the design decides. `wanted` are the region's own colours of both sides, `notes` what
    has no effect.
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
    mono: str | None = None
    heading_weight: int | None = None
    wanted: tuple[Wanted, Wanted] = (Wanted(DEFAULT_ACCENT), Wanted(DEFAULT_ACCENT))
    notes: tuple[str, ...] = ()
    marks: Mapping[str, Mark] = dataclasses.field(default_factory=dict)

    @property
    def document(self) -> dict[str, str]:
        """Return the colours on paper for a program that has styles in place of a style sheet.

        Where the region has a colour of its own for headings, the largest (`first-heading`) and
        the smallest (`last-heading`) have it too.
        """
        paper, wanted = self.paper, self.wanted[0]
        first, last = ("heading", "heading") if wanted.heading else ("accent", "muted")
        link = "link" if wanted.link else "accent"
        found = {"first-heading": paper[first], "last-heading": paper[last], "link": paper[link]}
        return {**paper, **found}

    def mark(self, variant: Literal["light", "dark", "small"]) -> Mark | None:
        """Return a variant of the logo, drawn; None where there is none."""
        path = getattr(self.logo, variant, None)
        return self.marks.get(path) if path else None


def load_brand(folder: Path, label: str, problems: list[Problem], name: str = "") -> Brand:
    """Return the brand in `folder`, or the national one where there is no `_brand.yml`.

    `name` is the region's, for a logo that has no text of its own.
    """
    path = folder / "_brand.yml"
    if path.is_file() and not inside(folder, path):
        message = "filen er en lenke ut av regionens mappe"
        problems.append(Problem(f"{label}/{path.name}", 0, 0, "", message))
    elif path.is_file() and (source := _read(path, f"{label}/{path.name}", problems)):
        found = build(BrandFile, source, (), _without_empty(source.data))
        if isinstance(found, BrandFile):
            return _checked(found, source, folder, problems, name)
        problems.extend(
            dataclasses.replace(one, suggestion=_NOW.get(one.where, one.suggestion))
            for one in found
        )
    return resolve(BrandFile(), folder)


def _read(path: Path, label: str, problems: list[Problem]) -> Source | None:
    """Return the file's values, None after adding what is wrong with it as YAML."""
    text = read_text(path, label, problems)
    if text is None:
        return None
    wrong: list[Problem] = []
    source = parse_yaml(text, label, wrong)
    # In braces, a # takes the closing one with it, and YAML tells of the brace.
    if source is None and (bare := list(bare_colours(text))):
        wrong = [
            Problem(
                label,
                line,
                column,
                "",
                f"# begynner en kommentar, så {colour} blir ikke lest",
                f'Sett fargen i anførselstegn: "{colour}".',
            )
            for line, column, colour in bare
        ]
    problems.extend(wrong)
    return source if source and expect_mapping(source, (), problems) else None


def _without_empty(data: Any) -> Any:
    """Return the values without keys that have none: brand.yml takes those for left out."""
    if not isinstance(data, dict):
        return data
    return {key: _without_empty(value) for key, value in data.items() if value is not None}


def _checked(
    file: BrandFile, source: Source, folder: Path, problems: list[Problem], name: str
) -> Brand:
    problems.extend(_unresolved(file, source))
    marks = drawn(file.logo, source, folder, problems) if file.logo else {}
    problems.extend(bad_fonts(file, source, folder))
    brand = resolve(file, folder, name)
    grounds: dict[Way, str] = {"light": brand.light["paper"], "dark": brand.dark["paper"]}
    clear = see_through(file, _colours(file), grounds)
    notes = told(unused(file, source), source, clear)
    return dataclasses.replace(brand, marks=marks, notes=notes)


def _unresolved(file: BrandFile, source: Source) -> Iterator[Problem]:
    """Return each colour that is named and not there."""
    colours = _colours(file)
    for name in file.color.palette:
        try:
            colours.in_palette(name)
        except NoColour as error:
            yield source.problem(("color", "palette", name), error.message, error.hint)
    named: list[tuple[DataPath, str, TwoColours]] = [
        (("color", role), role, getattr(file.color, role)) for role in ROLES
    ]
    for element, key in ELEMENTS:
        face = getattr(file.typography, element)
        named += [
            (("typography", key, "color"), "", face.color),
            (("typography", key, "background-color"), "", face.background_color),
        ]
    for path, role, pair in named:
        for way in WAYS:
            if (value := getattr(pair, way)) is None:
                continue
            try:
                colours.find(value, way, "#ffffff", role=role)
            except NoColour as error:
                if value not in file.color.palette:  # else told of where it is written
                    yield source.problem(there(source, (*path, way)), error.message, error.hint)


def _colours(file: BrandFile) -> Colours:
    roles: dict[Way, dict[str, str]] = {"light": {}, "dark": {}}
    for role in ROLES:
        pair = getattr(file.color, role)
        for way in WAYS:
            if (value := getattr(pair, way) or pair.light or pair.dark) is not None:
                roles[way][role] = value
    ours: dict[Way, dict[str, str]] = {
        way: {"foreground": side.ink, "background": side.paper}
        | dict.fromkeys(("primary", "secondary", "link"), DEFAULT_ACCENT)
        for way, side in _SIDES.items()
    }
    return Colours(file.color.palette, roles, ours)


def _hex(colours: Colours, value: str | None, way: Way, ground: str, role: str = "") -> str | None:
    try:
        return colours.find(value, way, ground, role=role).hex if value else None
    except NoColour:  # told of as an error
        return None


def _text_and_ground(file: BrandFile, colours: Colours) -> tuple[TwoColours, TwoColours]:
    """Return what is written for text and for ground on each side.

    One colour is for the light side only. A dark ground alone is a dark design: then both are for
    the dark side.
    """
    text, ground = file.color.foreground, file.color.background
    if ground.light and not ground.dark and not text.dark:
        colour = _hex(colours, ground.light, "light", LIGHT.paper, "background")
        if colour and is_dark(colour):
            return TwoColours(dark=text.light), TwoColours(dark=ground.light)
    return text, ground


def _wanted(file: BrandFile) -> dict[Way, Wanted]:
    """Return the region's own colours on each side."""
    colours, color, type_ = _colours(file), file.color, file.typography
    text, grounds = _text_and_ground(file, colours)
    found: dict[Way, Wanted] = {}
    for way, side in _SIDES.items():
        paper = _hex(colours, getattr(grounds, way), way, side.paper, "background")

        def own(
            pair: TwoColours, role: str = "", way: Way = way, on: str = paper or side.paper
        ) -> str | None:
            return _hex(colours, getattr(pair, way) or pair.light or pair.dark, way, on, role)

        found[way] = Wanted(
            primary=own(color.primary, "primary") or DEFAULT_ACCENT,
            secondary=own(color.secondary, "secondary"),
            foreground=_hex(colours, getattr(text, way), way, paper or side.paper, "foreground"),
            background=paper,
            heading=own(type_.headings.color),
            link=own(type_.link.color) or own(color.link, "link"),
        )
    return found


def resolve(file: BrandFile, folder: Path, name: str = "") -> Brand:
    """Return the colours for light, dark and paper, each text colour checked against its ground."""
    type_, wanted = file.typography, _wanted(file)
    light, moved = scheme(wanted["light"], LIGHT)
    dark, more = scheme(wanted["dark"], DARK)
    paper, _ = scheme(dataclasses.replace(wanted["light"], background=None), LIGHT)
    base = family_of(type_, "base")
    headings = family_of(type_, "headings") if type_.headings.family else base
    return Brand(
        light=light,
        dark=dark,
        paper=paper,
        logo=resolve_logo(file.logo, file.meta.name.full or name),
        moved=(*moved, *more),
        folder=folder,
        faces=faces(type_, folder),
        base=base,
        headings=headings,
        mono=family_of(type_, "monospace"),
        heading_weight=type_.headings.weight,
        wanted=(wanted["light"], wanted["dark"]),
    )
