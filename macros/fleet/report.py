"""What a run came to: one page to read, in both written languages, and the same as data."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from macros.content.alphabet import alphabetical
from macros.content.base import LANGUAGES, SOURCE_LANGUAGE
from macros.content.catalogue import Catalogue, load_catalogue
from macros.fleet.places import Place
from macros.fleet.sites import WHAT
from macros.fleet.state import FACTS, REMOVED, Record, State, put_whole
from macros.layouts import FOLDER, environment

_NAME = "rapport"
# The parts of `nvr check` that somebody should do something about: what such a line says, and what
# the report calls the part.
TO_DO = {
    "Målformer": ("Resten vises på", "languages"),
    "Tvillinger som henger etter kilden": ("", "behind"),
    "Farger og logo": ("for å gi kontrast", "look"),
    "Dette anbefaler vi": ("", "advice"),
}
# What may become of a region in a run, as the summary tells of it.
ENDINGS = ("built", "unchanged", "failed", "stopped", "unreached", "unasked", "gone")
_UNFINISHED = ("stopped", "unreached")
_TRIED = ("built", "failed")


@dataclass(frozen=True)
class Row:
    """A region in the report; `notes` are the parts of its check that are worth reading."""

    number: int
    name: str
    towns: str
    state: str
    errors: str
    stands: bool
    when: str
    moment: str
    changes: tuple[str, ...]
    warnings: int
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    seconds: str
    size: str


@dataclass(frozen=True)
class Told:
    """What is known of a region, and what became of it in this run."""

    record: Record
    ending: str

    def name(self, words: Catalogue) -> str:
        """Return its name: the national edition's in words, the folder's where nothing is known."""
        record = self.record
        national = words("fleet.national") if record.address else record.slug
        return record.name or national


def write(folder: Path, state: State, places: Sequence[Place], now: dt.datetime) -> None:
    """Write the report of all that is known of a fleet as pages and as data; raises OSError."""
    found = told(state, places)
    put_whole(folder / f"{_NAME}.json", json.dumps(data(found, now), ensure_ascii=False).encode())
    for language in LANGUAGES:
        text = page(found, load_catalogue(language), now)
        put_whole(folder / file_name(language), text.encode())


def told(state: State, places: Sequence[Place]) -> list[Told]:
    """Return the regions of a run, and those that are remembered, with what became of each.

    One whose folder is gone is told of as long as its site stands.
    """
    asked = {place.slug for place in places}
    found = []
    for slug, record in sorted({**state.untried, **state.records}.items()):
        ending = state.endings.get(slug, record.outcome if slug in asked else "unasked")
        found += [Told(record, ending)] if ending != REMOVED else []
    return found


def file_name(language: str) -> str:
    """Return the name of the report in a language."""
    return f"{_NAME}.html" if language == SOURCE_LANGUAGE else f"{_NAME}.{language}.html"


def data(found: Sequence[Told], now: dt.datetime) -> dict[str, Any]:
    """Return the report as data: `ending` is of this run, the rest as it is remembered."""
    regions = []
    for one in found:
        record, good = one.record, one.record.good
        said = dataclasses.asdict(record)
        said["ending"] = one.ending
        said["name"] = one.name(load_catalogue(SOURCE_LANGUAGE))
        kept = ("whole", "files", "bytes", "at", *FACTS)
        said["site"] = good and {name: getattr(good, name) for name in kept}
        del said["good"]
        said["sections"] = dict(record.sections)
        regions.append(said)
    counts = {ending: count for ending, count in _counts(found) if count}
    return {"at": now.isoformat(timespec="seconds"), "endings": counts, "regions": regions}


def _counts(found: Sequence[Told]) -> Iterator[tuple[str, int]]:
    count = Counter(one.ending for one in found)
    yield from ((ending, count[ending]) for ending in ENDINGS)


def page(found: Sequence[Told], words: Catalogue, now: dt.datetime) -> str:
    """Return the report as HTML; nothing that a region says can be markup."""
    ordered = sorted(found, key=lambda one: (alphabetical(one.name(words)), one.record.slug))
    rows = [row(one, number, words) for number, one in enumerate(ordered)]
    counts = [(words(f"fleet.outcome.{ending}"), n) for ending, n in _counts(found) if n]
    other = next(code for code in LANGUAGES if code != words.language)
    return environment().get_template("fleet/report.html").render(
        t=words,
        rows=rows,
        failed=[one for one in rows if one.errors],
        counts=counts,
        unfinished=sum(one.ending in _UNFINISHED for one in found),
        other=file_name(other),
        moment=_local(now).isoformat(timespec="seconds"),
        when=_when(now, words),
        style=Markup((FOLDER / "fleet" / "report.css").read_text(encoding="utf-8")),  # noqa: S704
    )  # fmt: skip


def row(one: Told, number: int, words: Catalogue) -> Row:
    """Return how one region went, in words."""
    record, good = one.record, one.record.good
    built = dt.datetime.fromisoformat(good.at) if good else None
    warned = (words("fleet.warnings"), record.warnings)
    notes = [warned, *_worth_reading(record, words)]
    tried = one.ending in _TRIED
    return Row(
        number=number,
        name=one.name(words),
        towns=", ".join(record.municipalities),
        state=words(f"fleet.outcome.{one.ending}"),
        errors=record.errors if one.ending != "gone" else "",
        stands=good is not None,
        when=_when(built, words) if built else words("fleet.never"),
        moment=_local(built).isoformat(timespec="seconds") if built else "",
        changes=tuple(_changes(record, words)) if good else (),
        warnings=sum(len(lines) for _, lines in notes),
        notes=tuple((title, lines) for title, lines in notes if lines),
        seconds=words("fleet.seconds", n=round(record.seconds)) if tried else "–",
        size=words("fleet.megabytes", n=f"{good.bytes / 1e6:.1f}".replace(".", ","))
        if good
        else "–",
    )


def _local(moment: dt.datetime) -> dt.datetime:
    """Return a time as clocks in Norway show it; servers that build have often another zone."""
    try:
        return moment.astimezone(ZoneInfo("Europe/Oslo"))
    except ZoneInfoNotFoundError:  # a system without the list of zones
        return moment.astimezone()


def _when(moment: dt.datetime, words: Catalogue) -> str:
    here = _local(moment)
    return words("fleet.when", day=words.date(here.date()), time=f"{here:%H.%M}")


def _worth_reading(record: Record, words: Catalogue) -> Iterator[tuple[str, tuple[str, ...]]]:
    sections = dict(record.sections)
    for title, (said, key) in TO_DO.items():
        lines = tuple(line for line in sections.get(title, ()) if said in line)
        yield words(f"fleet.part.{key}"), lines


def _changes(record: Record, words: Catalogue) -> Iterator[str]:
    for what in WHAT:
        if kinds := record.changes.get(what):
            listed = ", ".join(f"{words(f'fleet.kind.{kind}')}: {n}" for kind, n in kinds.items())
            yield words(f"fleet.what.{what}", n=sum(kinds.values()), list=listed)
    if not record.changes:
        yield words("fleet.nothing")
