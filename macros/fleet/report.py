"""What a run came to: one page to read, in both written languages, and the same as data."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE
from macros.content.catalogue import Catalogue, load_catalogue
from macros.fleet.places import Place
from macros.fleet.sites import WHAT
from macros.fleet.state import Counts, Record, State, put_whole
from macros.layouts import FOLDER, environment

_NAME = "rapport"
# The parts of `nvr check` that somebody should do something about, and what such a line says.
_TO_DO = {
    "Målformer": "Resten vises på",
    "Tvillinger som henger etter kilden": "",
    "Farger og logo": "for å gi kontrast",
    "Dette anbefaler vi": "",
}


@dataclass(frozen=True)
class Row:
    """A region in the report; `notes` are the parts of its check that are worth reading."""

    number: int
    name: str
    towns: str
    state: str
    errors: str
    stands: bool
    changes: tuple[str, ...]
    warnings: int
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    seconds: str
    size: str


def write(folder: Path, state: State, places: Sequence[Place], now: dt.datetime) -> None:
    """Write the report of the regions of a run as pages and as data; raises OSError."""
    records = [state.records[place.slug] for place in places if place.slug in state.records]
    put_whole(folder / f"{_NAME}.json", json.dumps(data(records, now), ensure_ascii=False).encode())
    for language in LANGUAGES:
        text = page(records, load_catalogue(language), now)
        put_whole(folder / file_name(language), text.encode())


def file_name(language: str) -> str:
    """Return the name of the report in a language."""
    return f"{_NAME}.html" if language == SOURCE_LANGUAGE else f"{_NAME}.{language}.html"


def data(records: Sequence[Record], now: dt.datetime) -> dict[str, Any]:
    """Return the report as data."""
    regions = []
    for record in records:
        found = dataclasses.asdict(record)
        good = found.pop("good")
        kept = ("whole", "files", "bytes", "at")
        found["site"] = good and {name: good[name] for name in kept}
        found["sections"] = dict(record.sections)
        regions.append(found)
    return {"at": now.isoformat(timespec="seconds"), "regions": regions}


def page(records: Sequence[Record], words: Catalogue, now: dt.datetime) -> str:
    """Return the report as HTML; nothing that a region says can be markup."""
    rows = [row(record, number, words) for number, record in enumerate(records)]
    failed = [one for one in rows if one.errors]
    other = next(code for code in LANGUAGES if code != words.language)
    return environment().get_template("fleet/report.html").render(
        t=words,
        rows=rows,
        failed=failed,
        other=file_name(other),
        at=words("fleet.at", day=words.date(now.date()), time=f"{now:%H:%M}"),
        stands=words("fleet.stands", n=len(rows) - len(failed)),
        style=Markup((FOLDER / "fleet" / "report.css").read_text(encoding="utf-8")),  # noqa: S704
    )  # fmt: skip


def row(record: Record, number: int, words: Catalogue) -> Row:
    """Return how one region went, in words."""
    good = record.good
    notes = [(words("fleet.warnings"), record.warnings), *_worth_reading(record)]
    return Row(
        number=number,
        name=record.name or record.slug,
        towns=", ".join(record.municipalities),
        state=words(f"fleet.outcome.{record.outcome}"),
        errors=record.errors,
        stands=good is not None,
        changes=tuple(_changes(record.changes, words)) if good else (),
        warnings=sum(len(lines) for _, lines in notes),
        notes=tuple((title, lines) for title, lines in notes if lines),
        seconds=words("fleet.seconds", n=round(record.seconds)),
        size=words("fleet.megabytes", n=f"{good.bytes / 1e6:.1f}".replace(".", ","))
        if good
        else "–",
    )


def _worth_reading(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    sections = dict(record.sections)
    for title, said in _TO_DO.items():
        yield title, tuple(line for line in sections.get(title, ()) if said in line)


def _changes(changes: Counts, words: Catalogue) -> Iterator[str]:
    for what in WHAT:
        if kinds := changes.get(what):
            listed = ", ".join(f"{n} {words(f'fleet.kind.{kind}')}" for kind, n in kinds.items())
            yield words(f"fleet.what.{what}", n=sum(kinds.values()), list=listed)
    if not changes:
        yield words("fleet.nothing")
