"""`typography` of `_brand.yml`, resolved: the font files, and what each kind of text is set in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from macros.content.brand import font as fonts
from macros.content.brand.file import BrandFile
from macros.content.brand.logos import INSIDE, is_address, local, there
from macros.content.brand.typography import (
    ELEMENTS,
    OWN_FONT,
    BrandFont,
    FontFileOf,
    Typography,
    first_family,
)
from macros.content.errors import Problem
from macros.content.load import DataPath, Source, inside

BOLD = 600  # the weight of our headings; a lighter font is not made heavier on paper
_ENDINGS = (".woff2", ".woff", ".ttf", ".otf")
_OURS = {OWN_FONT.lower(), f"{OWN_FONT} Reserve".lower(), f"{OWN_FONT} Form".lower()}
# What may stand in CSS, Word and ODT as it is.
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ -]){0,39}")


@dataclass(frozen=True)
class Face:
    """One font file as CSS names it; `path` is inside the region's folder.

    A variable font has the weights from `weight` to `heaviest`. A file that was too large has its
    smaller form, in WOFF2, as `data`.
    """

    family: str
    path: str
    weight: int
    style: str
    heaviest: int = 0
    data: bytes = b""

    @property
    def suffix(self) -> str:
        """Return what the name of the file that readers get ends in."""
        return ".woff2" if self.data else Path(self.path).suffix


def is_ours(family: str) -> bool:
    """Return whether the handbook brings a font of this name itself."""
    return first_family(family).lower() in _OURS


def own_files(font: BrandFont) -> tuple[FontFileOf, ...]:
    """Return the files of a family that lie in the folder; none for our own and for the web's."""
    if not font.is_file or is_ours(font.family):
        return ()
    return tuple(one for one in font.files if not is_address(one.path))


def faces(type_: Typography, folder: Path) -> tuple[Face, ...]:
    """Return the font files that are used, as CSS names them."""
    found = []
    for font in type_.fonts:
        for one in own_files(font):
            path = local(one.path)
            if path is None:
                continue
            low, high = one.weight or _weights_of(folder / path)
            style = "italic" if one.style == "oblique" else one.style
            data = _smaller(folder / path)
            found.append(Face(first_family(font.family), path, low, style, high, data))
    return tuple(found)


def _smaller(path: Path) -> bytes:
    try:
        return fonts.smaller(path)
    except fonts.FontError:  # told of by `bad_fonts`
        return b""


def _weights_of(path: Path) -> tuple[int, int]:
    try:
        return fonts.weights(path) or (400, 400)
    except fonts.FontError:  # told of by `bad_fonts`
        return 400, 400


def family_of(type_: Typography, element: str) -> str | None:
    """Return the family with files that a kind of text is set in, None for the handbook's own."""
    wanted = getattr(type_, element).family
    with_files = {first_family(font.family) for font in type_.fonts if own_files(font)}
    return first_family(wanted) if wanted and first_family(wanted) in with_files else None


def bad_fonts(file: BrandFile, source: Source, folder: Path) -> Iterator[Problem]:
    """Return what is wrong with fonts and their names, and warnings of what they lack."""
    declared = {first_family(font.family) for font in file.typography.fonts} | {OWN_FONT}
    for name, key in ELEMENTS:
        family = first_family(getattr(file.typography, name).family or "")
        # A font may lack a declaration. One that is nearly another's name is a slip of the pen.
        near = get_close_matches(family, sorted(declared - {family}), n=1, cutoff=0.88)
        if near and family not in declared:
            place = there(source, ("typography", key, "family"))
            message = f"skriften «{family}» finnes ikke i typography.fonts"
            yield source.problem(place, message, f"Mente du «{near[0]}»?")
    for at, font in enumerate(file.typography.fonts):
        here: DataPath = ("typography", "fonts", at)
        files = own_files(font)
        if files and not _PLAIN.fullmatch(first_family(font.family)):
            message = (
                "skal være et navn med bokstaver, tall, mellomrom og bindestrek, "
                f"fikk «{font.family[:40]}»"
            )
            yield source.problem((*here, "family"), message)
        for number, one in enumerate(font.files):
            if one in files and one.path not in [other.path for other in font.files[:number]]:
                place = there(source, (*here, "files", number, "path"))
                yield from _bad_font(one.path, source, folder, place)
        used = faces(Typography(fonts=(font,)), folder)
        there_are = bool(used) and all((folder / one.path).is_file() for one in used)
        if there_are and max(one.heaviest for one in used) < BOLD:
            message = f"skriften «{font.family}» har ingen fil med weight {BOLD} eller mer"
            hint = "Overskrifter og uthevet tekst blir ikke halvfete i PDF."
            yield _warning(source.problem((*here, "files"), message, hint))


def _bad_font(written: str, source: Source, folder: Path, place: DataPath) -> Iterator[Problem]:
    name = local(written)
    if name is None or not name.endswith(_ENDINGS):
        message = "skal være en .woff2-, .woff-, .ttf- eller .otf-fil i regionens mappe"
        yield source.problem(place, f"{message}, fikk «{written[:60]}»", INSIDE)
        return
    if not (folder / name).is_file() or not inside(folder, folder / name):
        yield source.problem(place, f"filen «{name}» finnes ikke i regionens mappe")
        return
    try:
        norwegian, sami = fonts.missing_letters(folder / name)
        fonts.smaller(folder / name)
    except fonts.FontError as error:
        yield source.problem(place, f"filen «{name}» {error}", error.hint)
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
