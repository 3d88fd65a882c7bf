"""A photo that a region has on its front page: which files are taken, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from macros.content.brand.logo import MAX_BYTES, find, is_name
from macros.content.errors import Problem, suggest
from macros.content.load import Source
from macros.content.svg.images import opened
from macros.content.svg.style import Unfit

# Widths in pixels: a phone's column, the front page's half, and both on screens with double dots.
WIDTHS = (480, 800, 1200, 1600)
FOLDER = "assets/region/"
_LEAST = 800
_KINDS = {".png", ".jpg", ".jpeg", ".webp"}
_AT = ("front", "photo", "path")


@dataclass(frozen=True)
class Photo:
    """A photo that has been read once: its file, and its size when it stands upright."""

    path: Path
    width: int
    height: int

    @property
    def files(self) -> dict[str, tuple[int, int]]:
        """Return width and height of each picture that is made of it, by address in the site.

        None is enlarged. Those in WebP are chosen from; the one in JPEG is for who reads no WebP.
        """
        widest = min(self.width, WIDTHS[-1])
        widths = [*(width for width in WIDTHS if width < widest), widest]
        sizes = [(width, max(1, round(width * self.height / self.width))) for width in widths]
        found = {f"{FOLDER}forside-{size[0]}.webp": size for size in sizes}
        return found | {f"{FOLDER}forside.jpg": sizes[min(1, len(sizes) - 1)]}


def load_photo(folder: Path, name: str, source: Source, problems: list[Problem]) -> Photo | None:
    """Return the photo that a region names; add to `problems` what is wrong with it."""
    try:
        photo = _read(folder, name)
    except Unfit as unfit:
        message = f"bildet «{name[:60]}» {unfit.found}"
        problems.append(source.problem(_AT, message, unfit.hint))
        return None
    if photo.width < _LEAST:
        message = f"bildet er {photo.width} piksler bredt og kan bli uskarpt"
        hint = f"Bruk et som er minst {_LEAST} piksler bredt."
        problem = source.problem(_AT, message, hint)
        problems.append(replace(problem, severity="warning"))
    return photo


def _read(folder: Path, name: str) -> Photo:
    if Path(name).suffix.lower() not in _KINDS or not is_name(name):
        kinds = "PNG, JPEG eller WebP"
        raise Unfit(f"skal være en fil i mappen, i formatet {kinds}", f"Lagre det som {kinds}.")
    path = find(folder, name)
    if path is None:
        beside = folder.rglob("*")
        known = [one.relative_to(folder).as_posix() for one in beside if one.suffix in _KINDS]
        raise Unfit("finnes ikke i mappen", suggest(name, known) or "Se etter at navnet er likt.")
    try:
        if path.stat().st_size > MAX_BYTES:
            hint = "Lagre det mindre. 2000 piksler bredt er mer enn nok."
            raise Unfit(f"er større enn {MAX_BYTES // 1_000_000} MB", hint)
        image = opened(path.read_bytes())
    except OSError as error:
        raise Unfit(f"kan ikke leses: {error.strerror}", "Se etter at filen er hel.") from error
    return Photo(path, image.width, image.height)
