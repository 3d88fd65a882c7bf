"""`logo` of `_brand.yml`: which of the pictures that it names is used, and where it is written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from macros.content import logo as logos
from macros.content.brand_colour import WAYS, Way
from macros.content.brand_file import LogoFile, LogoImage, LogoSides
from macros.content.errors import Problem, suggest
from macros.content.load import DataPath, Source, inside

ENDINGS = (".svg", ".png")
_ADDRESS = re.compile(r"(https?:)?//", re.IGNORECASE)
_LONGEST = 200
INSIDE = "Legg filen i mappen, og skriv navnet slik: bilder/filen. Skill med /."
SIZES = ("medium", "large", "small")  # the first that is there is the logo


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
    found = posixpath.normpath(path.lstrip("/"))
    return None if found in (".", "..") or found.startswith("../") else found


def pictures(logo: LogoFile) -> dict[Way | Literal["small"], Picture]:
    """Return the pictures that are used, by what for: `light`, `dark` and `small`.

    The logo is the first size that has a file in the folder.
    """
    sizes = {size: _sides(logo, size) for size in SIZES}
    own = {size: sides for size, sides in sizes.items() if sides}
    found: dict[Way | Literal["small"], Picture] = {}
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

    What is wrong with the files is told by `bad_logo`.
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


def bad_logo(logo: LogoFile, source: Source, folder: Path) -> Iterator[Problem]:
    """Return what is wrong with each of the files, told once where it is written."""
    seen: set[str] = set()
    for picture in pictures(logo).values():
        if picture.path in seen:
            continue
        seen.add(picture.path)
        place = there(source, picture.place)
        path = local(picture.path)
        if path is None or not path.endswith(ENDINGS):
            hint = suggest(picture.path, logo.images) or INSIDE
            message = "skal være en .svg- eller .png-fil i regionens mappe"
            yield source.problem(place, f"{message}, fikk «{picture.path[:60]}»", hint)
        elif not (folder / path).is_file() or not inside(folder, folder / path):
            yield source.problem(place, f"filen «{path}» finnes ikke i regionens mappe")
        elif complaint := logos.complaint_about(folder / path):
            yield source.problem(place, f"filen «{path}» {complaint}")


def there(source: Source, path: DataPath) -> DataPath:
    """Return the keys of a path that are written: a short form has fewer."""
    found: DataPath = ()
    for part in path:
        if (*found, part) in source.values:
            found = (*found, part)
    return found
