"""`logo` of `_brand.yml`: which of the pictures that it names is used, and where it is written."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from macros.content.brand import logo as logos
from macros.content.brand.colours import WAYS, Way
from macros.content.brand.file import LogoFile, LogoImage, LogoSides
from macros.content.brand.mark import Mark
from macros.content.errors import Problem, suggest
from macros.content.load import DataPath, Source
from macros.content.svg.style import Unfit

_ADDRESS = re.compile(r"(https?:)?//", re.IGNORECASE)
_LONGEST, _PART = 200, 255  # letters of a path; bytes of a name in it, as file systems have them
_WANTED = "skal være en SVG-, PNG-, JPEG- eller WebP-fil i regionens mappe"
INSIDE = "Legg filen i mappen, og skriv navnet slik: bilder/filen. Skill med /."
SIZES = ("medium", "large", "small")  # the first that is there is the logo
Use = Way | Literal["small"]


@dataclass(frozen=True)
class BrandLogo:
    """The logo's files in the region's folder, and the text for those who do not see it."""

    light: str
    alt: str
    dark: str | None = None
    small: str | None = None


@dataclass(frozen=True)
class Picture:
    """One picture that is used: what the file says of it, and where."""

    path: str
    alt: str | None
    place: DataPath


def is_address(path: str) -> bool:
    """Return whether a path is an address on the web."""
    return _ADDRESS.match(path) is not None


def local(path: str) -> str | None:
    """Return a path as it is named inside the region's folder; None when it leads elsewhere.

    Both `./x` and `/x` begin at the folder of `_brand.yml` (brand.yml; Quarto's project paths).
    """
    if len(path) > _LONGEST or not path.isprintable() or re.match(r"[a-z]{2,}:", path, re.I):
        return None
    # A drive or a backslash is a path of one machine.
    if "\\" in path or path[1:2] == ":":
        return None
    if any(len(part.encode()) > _PART for part in path.split("/")):
        return None
    found = posixpath.normpath(path.lstrip("/"))
    return None if found in (".", "..") or found.startswith("../") else found


def pictures(logo: LogoFile) -> dict[Use, Picture]:
    """Return the pictures that are used, by what for: `light`, `dark` and `small`.

    The logo is the first size that has a file in the folder.
    """
    sizes = {size: _sides(logo, size) for size in SIZES}
    own = {size: sides for size, sides in sizes.items() if sides}
    found: dict[Use, Picture] = {}
    found.update(next(iter(own.values()), {}).items())
    if small := own.get("small"):
        found["small"] = small.get("light") or small["dark"]
    return found


def addresses(logo: LogoFile) -> Iterator[Picture]:
    """Return the pictures that lie on another host."""
    for size in SIZES:
        yield from _sides(logo, size, here=False).values()


def _sides(logo: LogoFile, size: str, *, here: bool = True) -> dict[Way, Picture]:
    """Return the pictures of one size: those of the folder, or (`here` false) of other hosts."""
    sides = getattr(logo, size)
    found = {way: _followed(logo, size, sides, way) for way in WAYS} if sides else {}
    return {way: one for way, one in found.items() if one and is_address(one.path) != here}


def _followed(logo: LogoFile, size: str, sides: LogoSides, way: Way) -> Picture | None:
    """Return a picture, with the file of `images` where it is named."""
    image: LogoImage | None = getattr(sides, way)
    if image is None:
        return None
    named = logo.images.get(image.path)
    if named is None:
        return Picture(image.path, image.alt, ("logo", size, way, "path"))
    side: Way = way if getattr(named, way) else "light" if named.light else "dark"
    target: LogoImage | None = getattr(named, side)
    if target is None:
        return None
    place: DataPath = ("logo", "images", image.path, side, "path")
    return Picture(target.path, image.alt or target.alt, place)


def resolve_logo(logo: LogoFile | None, name: str) -> BrandLogo | None:
    """Return the logo, None where no file of the folder is named; `name` is for want of a text.

    What is wrong with the files is told by `drawn`.
    """
    used = {
        use: (path, picture)
        for use, picture in (pictures(logo) if logo else {}).items()
        if (path := local(picture.path))
    }
    main = used.get("light") or used.get("dark")
    if main is None:
        return None
    path, picture = main
    dark, small = (used[use][0] if use in used else None for use in ("dark", "small"))
    alts = [picture.alt, *(used[use][1].alt for use in ("light", "dark") if use in used), name]
    return BrandLogo(path, next(filter(None, alts), "Logo"), dark, small)


def drawn(logo: LogoFile, source: Source, folder: Path, problems: list[Problem]) -> dict[str, Mark]:
    """Return the files that are used, drawn, by their paths in the region's folder.

    Adds what is wrong with each of them, and what its owner had better know of it: once, where it
    is written.
    """
    uses = _uses(logo)
    names = (path for path in uses if local(path) and logos.is_name(path))
    found = {path: logos.find(folder, path) for path in names}
    made = logos.marks(file for file in found.values() if file)
    marks: dict[str, Mark] = {}
    for path, used in uses.items():
        picture = next(iter(used.values()))
        place = there(source, picture.place)
        if path not in found:
            hint = suggest(picture.path, logo.images) or INSIDE
            problems.append(source.problem(place, f"{_WANTED}, fikk «{picture.path[:60]}»", hint))
            continue
        file = found[path]
        mark = made[file] if file else Unfit("finnes ikke i regionens mappe", "")
        if isinstance(mark, Unfit):
            problems.append(source.problem(place, f"filen «{path}» {mark.found}", mark.hint))
            continue
        marks[path] = mark
        for message, hint in logos.notes(mark, used):
            note = source.problem(place, f"filen «{path}» {message}", hint)
            problems.append(dataclasses.replace(note, severity="warning"))
    return marks


def _uses(logo: LogoFile) -> dict[str, dict[Use, Picture]]:
    """Return what each file is used for: by its path in the folder, or as written if it has none.

    A logo for the dark alone is used on both grounds.
    """
    found: dict[str, dict[Use, Picture]] = {}
    used = pictures(logo)
    for use, picture in used.items():
        file = found.setdefault(local(picture.path) or picture.path, {})
        file[use] = picture
        if use == "dark" and "light" not in used:
            file["light"] = picture
    return found


def there(source: Source, path: DataPath) -> DataPath:
    """Return the keys of a path that are written: a short form has fewer."""
    found: DataPath = ()
    for part in path:
        if (*found, part) in source.values:
            found = (*found, part)
    return found
