"""`nvr fleet diff`: what the next run would build, and what has moved since the last."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from macros.building.faults import BuildError
from macros.building.settings import FILE
from macros.content.built import VARIABLE as TIME
from macros.fleet.build import Fleet
from macros.fleet.places import Place, label
from macros.fleet.prints import Print, moved, names
from macros.fleet.progress import TO_REST, duration
from macros.fleet.run import choice

# What no edition is made of, wherever git finds it changed.
_NOT_BUILT = ("tests/", "tools/", "schemas/", "images/", ".github/", ".ci/", "regions/")
_NO_PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile")


@dataclass(frozen=True)
class Difference:
    """What has moved for one region; `state` is `new`, `changed`, `failed`, `same` or `gone`."""

    slug: str
    region: str  # as REGION and --regions name it
    state: str
    code: bool = False
    settings: bool = False
    files: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def builds(self) -> bool:
        """Return whether the next run would build it."""
        return self.state in ("new", "changed", "failed")


def differences(fleet: Fleet) -> list[Difference]:
    """Return what has moved for each region since its site was built."""
    return [*(_difference(fleet, place) for place in fleet.places), *_gone(fleet)]


def expected(fleet: Fleet, found: Sequence[Difference]) -> float | None:
    """Return the seconds that the next run may take, by what each region took last.

    A region that has not been built is taken to be as most are. None where nothing is measured.
    """
    records = fleet.state.records.values()
    took = {one.slug: one.seconds for one in records if one.outcome == "built" and one.seconds}
    if not took:
        return None
    usual = median(took.values())  # one that was built first has made what is equal for all
    ahead = [took.get(one.slug, usual) for one in found if one.builds]
    return sum(ahead) / max(1, min(fleet.setup.jobs, len(ahead)))


def as_json(found: Sequence[Difference], seconds: float | None = None) -> dict[str, Any]:
    """Return the differences as data: `build` has what the next run would build."""
    return {
        "build": [one.region for one in found if one.builds],
        "seconds": None if seconds is None else round(seconds),
        "regions": [asdict(one) for one in found],
    }


def _difference(fleet: Fleet, place: Place) -> Difference:
    region = choice(fleet.setup.root, place)
    try:
        now = fleet.print(place)
    except OSError:
        return Difference(place.slug, region, "gone")
    before, record = fleet.state.before(place.slug), fleet.state.records.get(place.slug)
    if before is None:
        return Difference(place.slug, region, "new", fingerprint=now.whole)
    if fleet.stands(place, now):
        return Difference(place.slug, region, "same", fingerprint=now.whole)
    failed = record is not None and record.outcome == "failed"
    return Difference(
        place.slug,
        region,
        "failed" if failed else "changed",
        before.code != now.code,
        before.settings != now.settings,
        tuple(_files(fleet, place, before, now)),
        now.whole,
    )


def _files(fleet: Fleet, place: Place, before: Print, now: Print) -> Iterator[str]:
    yield from moved(before.content, now.content)
    folder = label(fleet.setup.root, place.folder)
    yield from names(moved(before.region, now.region), folder)


def _gone(fleet: Fleet) -> Iterator[Difference]:
    """Return the regions that have a site, and no folder any more."""
    here = {place.slug for place in fleet.places}
    for slug, record in sorted(fleet.state.records.items()):
        stands = (fleet.room.out / slug).is_dir()
        if slug not in here and stands and not (fleet.setup.root / record.folder).is_dir():
            yield Difference(slug, slug, "gone")


def since(root: Path, places: Sequence[Place], commit: str) -> list[Difference]:
    """Return which regions a change touches, by git: their own folders, or what all are made of.

    Raises BuildError where git does not know the commit.
    """
    files = _changed(root, commit)
    shared = tuple(name for name in files if not name.startswith(_NOT_BUILT))
    shared = tuple(name for name in shared if name not in _NO_PAGES)
    code = any(name.startswith("macros/") or ("/" not in name and name != FILE) for name in shared)
    found = []
    for place in places:
        own = f"{label(root, place.folder)}/"
        touched = (*shared, *(name for name in files if name.startswith(own)))
        state = "changed" if touched else "same"
        found.append(Difference(place.slug, choice(root, place), state, code, files=touched))
    return found


def _changed(root: Path, commit: str) -> list[str]:
    command = ["git", "-C", str(root), "diff", "--name-only", "-z", "--relative", "--no-renames"]
    try:
        done = subprocess.run(  # noqa: S603
            [*command, "--end-of-options", commit, "--"],
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
            capture_output=True, encoding="utf-8", errors="surrogateescape", check=False,
        )  # fmt: skip
    except OSError:
        raise BuildError(
            "git er ikke installert. Installer git, eller utelat --since. "
            "Da sammenlignes det med det som er bygget sist."
        ) from None
    if done.returncode:
        raise BuildError(
            f"Git finner ikke «{commit[:100]}». Skriv nummeret på en commit, eller hent hele "
            f"historikken med git fetch --unshallow. (Git sier: {done.stderr.strip()})"
        )
    return [name for name in done.stdout.split("\0") if name]


def lines(found: Sequence[Difference], seconds: float | None = None) -> Iterator[str]:
    """Return what `nvr fleet diff` prints."""
    said = {
        "new": "bygges for første gang",
        "changed": "bygges på nytt",
        "failed": "bygges på nytt, for den hadde feil sist",
        "same": "uendret, bygges ikke",
        "gone": "mappen til regionen finnes ikke, eller kan ikke leses. "
        "Har den et nettsted fra før, blir det liggende",
    }
    for one in found:
        yield f"{one.slug}: {said[one.state]}"
        if one.code:
            yield "  koden, Python eller en pakke er endret"
        if one.settings:
            yield f"  adressen (--host), programmet (--engine) eller {TIME} er endret"
        yield from (f"  {file}" for file in one.files[:_MOST])
        if len(one.files) > _MOST:
            more = len(one.files) - _MOST
            yield f"  og {more} {'fil' if more == 1 else 'filer'} til"
    yield _counted(found, seconds)


def _counted(found: Sequence[Difference], seconds: float | None) -> str:
    """Return how many of the regions that are there would be built, and about how long it takes."""
    count = sum(one.builds for one in found)
    here = sum(one.state != "gone" for one in found)
    known = seconds is not None and seconds > TO_REST
    about = f" Det tar om lag {duration(seconds or 0)}, slik det gikk sist." if known else ""
    return f"{count or 'Ingen'} av {here} blir bygget.{about}"


_MOST = 20
