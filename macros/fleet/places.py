"""Which regions a fleet has: each with its folder, its name below the host and its address."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.content.errors import ContentError, Problem, suggest
from macros.content.files import LEFT_BY_A_PROGRAM
from macros.content.region import SLUG, below_host, known_regions, links_out
from macros.content.region_file import load_region

REGIONS = "regions"
_LIST = "--regions"


@dataclass(frozen=True)
class Place:
    """A region of the fleet: what it is called in addresses, and where its folder is.

    `problem` is why it cannot be built at all: the others can.
    """

    slug: str
    folder: Path
    problem: str = ""


def places(root: Path, wanted: str | None, host: str | None = None) -> list[Place]:
    """Return the regions of a folder, of a list (a file, or names with commas), or all there are.

    Raises ContentError where two have the same name or the same address, or where one that is
    named is not there: before anything is made.
    """
    found = sorted(_listed(root, wanted), key=lambda place: place.slug)
    if not found:
        hint = "Lag en region med make region NAME=…, eller si med --regions hvor de ligger."
        raise ContentError([Problem(wanted or REGIONS, 0, 0, "", "fant ingen regioner", hint)])
    same = [*_same_slug(root, found), *_same_folder(root, found), *_same_address(root, found, host)]
    if same:
        raise ContentError(same)
    return found


def label(root: Path, folder: Path) -> str:
    """Return a folder's path as messages have it: from the project's folder."""
    return printable(os.path.relpath(folder, root).replace(os.sep, "/"))


def printable(text: str) -> str:
    """Return a text in which bytes of a name that are no text stand as a question mark."""
    return text.encode(errors="replace").decode()


def _listed(root: Path, wanted: str | None) -> Iterator[Place]:
    if wanted and SLUG.fullmatch(wanted) and (root / REGIONS / wanted).is_dir():
        yield _place(root / REGIONS / wanted)  # also where another folder has that name
        return
    # A list of many names is longer than any path may be; `Path.is_dir` would say so by an error.
    if wanted is None or os.path.isdir(root / wanted):  # noqa: PTH112
        yield from _in_folder(root / (wanted or REGIONS))
        return
    file = root / wanted
    if os.path.isfile(file):  # noqa: PTH113
        text = file.read_text(encoding="utf-8-sig", errors="replace")  # what is odd is not there
    else:
        text = wanted.replace(",", "\n")
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    named = {line: _named(root, line) for line in lines if line}
    missing = [
        _not_there(root, line)
        for line, folder in named.items()
        if not os.path.isdir(folder)  # noqa: PTH112
    ]
    if missing:
        raise ContentError(missing)
    yield from (_place(folder) for folder in named.values())


def _in_folder(folder: Path) -> Iterator[Place]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not LEFT_BY_A_PROGRAM.fullmatch(path.name):
            yield _place(path)


def _named(root: Path, line: str) -> Path:
    return root / REGIONS / line if SLUG.fullmatch(line) else (root / line).resolve()


def _not_there(root: Path, line: str) -> Problem:
    known = known_regions(root)
    hint = suggest(line, known) or f"Kjente regioner: {', '.join(known)}."
    what = "fant ingen region, mappe eller liste med dette navnet"
    return Problem(f"{_LIST}={line[:200]}", 0, 0, "", what, hint)


def _place(folder: Path) -> Place:
    if SLUG.fullmatch(folder.name):
        return Place(folder.name, folder)
    name = printable(folder.name)
    problem = (
        f"Mappen heter «{name}», og navnet blir en del av adressen."
        " Gi den et navn med bare små bokstaver fra a til z, tall og bindestrek."
    )
    return Place(name, folder, problem)


def _same_slug(root: Path, found: Iterable[Place]) -> Iterator[Problem]:
    yield from _same(
        root, found, lambda place: place.slug.casefold(), "to regioner heter det samme"
    )


def _same_folder(root: Path, found: Iterable[Place]) -> Iterator[Problem]:
    """Return a problem for each region that is a link to another's folder."""
    what = "to regioner er den samme mappen"
    yield from _same(root, found, lambda place: str(place.folder.resolve()), what)


def _same_address(root: Path, found: Iterable[Place], host: str | None) -> Iterator[Problem]:
    addresses = {place: own_address(root, place, host) for place in found}
    known = [place for place, address in addresses.items() if address]
    what = "to regioner har samme adresse"
    yield from _same(root, known, lambda place: addresses[place].casefold(), what)


def own_address(root: Path, place: Place, host: str | None) -> str:
    """Return the address of a region's edition; empty where its file does not say one.

    Raises ContentError for a host that is no address.
    """
    if host:
        return below_host(host, place.slug)
    if place.problem or links_out(place.folder, place.slug):
        return ""  # nothing is read through a link that leads out
    file = load_region(place.folder, label(root, place.folder), [])
    return file.region.site_url if file and file.region else ""


def _same(
    root: Path, found: Iterable[Place], by: Callable[[Place], str], what: str
) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for place in found:
        other = first.setdefault(by(place), place)
        if other is not place:
            both = f"{what}: {label(root, other.folder)} og {label(root, place.folder)}"
            where = f"{label(root, place.folder)}/region.yml"
            hint = "Gi den ene et annet navn eller en annen adresse. Ingen utgaver er bygget."
            yield Problem(where, 0, 0, "", both, hint)
