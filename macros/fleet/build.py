"""`nvr fleet build`: each region that has changed is built beside its old site and swapped in."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from macros.building.faults import cause
from macros.engines import module
from macros.fleet.front import Listed
from macros.fleet.places import Place, label
from macros.fleet.prints import (
    Hashes,
    Print,
    code_print,
    content_print,
    settings_print,
    tree,
)
from macros.fleet.run import Outcome, Processes, Said, Setup, run
from macros.fleet.sites import changes, kept_list, listed, measured
from macros.fleet.state import FACTS, REMOVED, Good, Record, Room, State, content_name, put_whole


@dataclass
class Fleet:
    """The regions of a run, what they are made of, and what is remembered of them."""

    setup: Setup
    engine: str
    places: Sequence[Place]
    room: Room
    state: State
    code: str
    content: Hashes
    unwritten: str = ""

    @classmethod
    def of(cls, setup: Setup, engine: str, places: Sequence[Place], out: Path) -> tuple[Fleet, str]:
        """Return the fleet with sites in `out`, and what is wrong with what was remembered."""
        room = Room(out)
        state, wrong = room.read()
        code, content = code_print(setup.root), content_print(setup.root)
        return cls(setup, engine, places, room, state, code, content), wrong

    def print(self, place: Place) -> Print:
        """Return what a region's site is made of now; raises OSError where its folder is gone."""
        settings = settings_print(self.engine, self.setup.host or "")
        return Print(self.code, settings, self.content, tree(place.folder))

    def stands(self, place: Place, now: Print) -> bool:
        """Return whether a region's site is there, whole, and made of what there is now."""
        record = self.state.records.get(place.slug)
        good = record.good if record else None
        if record is None or good is None or record.outcome != "built":
            return False
        return good.whole == now.whole and measured(self.site(place)) == (good.files, good.bytes)

    def standing(self) -> set[Place]:
        """Return the regions that a build would leave as they are."""
        return {place for place in self.places if self._known_to_stand(place)}

    def _known_to_stand(self, place: Place) -> bool:
        try:
            return self.stands(place, self.print(place))
        except Exception:  # it will be told of when it is built
            return False

    def site(self, place: Place) -> Path:
        """Return the folder that a region's site is published in."""
        return self.room.out / place.slug

    def listed(self) -> list[Listed]:
        """Return every edition that stands, also of regions that this run does not have."""
        sites = {slug: record.good for slug, record in self.state.records.items()}
        return [
            Listed(slug, good.name, good.municipalities, good.address, good.languages)
            for slug, good in sites.items()
            if good and (self.room.out / slug / "index.html").is_file()
        ]

    def remember(self, record: Record) -> None:
        """Take a region's new record, and write all of them."""
        self.state.put(record, self.content)
        self.keep(lambda: self.room.write(self.state))

    def keep(self, write: Callable[[], None]) -> None:
        """Write something beside the sites; a fleet goes on where it cannot."""
        try:
            write()
        except OSError as error:
            self.unwritten = cause(error)


def build(
    fleet: Fleet, standing: Collection[Place], told: Callable[[Outcome, Record], None]
) -> bool:
    """Build all but what is `standing`; `told` hears of each region. Returns False if interrupted.

    What is remembered is written after each region, so a run that is ended goes on from there.
    Where it cannot be written, the fleet says so in `unwritten`, and builds on.
    """
    processes = Processes(fleet.setup)
    prints: dict[str, Print] = {}

    def attempt(place: Place) -> Outcome:
        began = time.monotonic()
        if place in standing:
            return Outcome(place, "unchanged", Said(True, ""))
        prints[place.slug] = fleet.print(place)
        said = processes.one(place, module(fleet.engine, fleet.site(place)))
        return Outcome(place, processes.ending(said), said, time.monotonic() - began)

    def heard(outcome: Outcome) -> None:
        slug = outcome.place.slug
        record = _record(fleet, outcome, prints.get(slug))
        if outcome.ending in ("built", "failed"):
            fleet.remember(record)
        fleet.state.endings[slug] = outcome.ending
        told(outcome, record)

    finished = run(fleet.places, processes, attempt, heard)
    _not_heard(fleet)
    return finished


def _not_heard(fleet: Fleet) -> None:
    """Say of the regions that nothing was made of why: a run ended early, or is not about them."""
    state, root = fleet.state, fleet.setup.root
    for place in fleet.places:
        state.endings.setdefault(place.slug, "unreached")
        if place.slug not in state.records:
            state.untried[place.slug] = _untried(fleet, place)
    for slug, record in state.records.items():
        stands = (fleet.room.out / slug).is_dir()
        gone = "gone" if stands else REMOVED
        here = (root / record.folder).is_dir()
        state.endings.setdefault(slug, "unasked" if here else gone)


def _untried(fleet: Fleet, place: Place) -> Record:
    return Record(place.slug, label(fleet.setup.root, place.folder), "new")


def _record(fleet: Fleet, outcome: Outcome, now: Print | None) -> Record:
    """Return the record of a region after a run; its log and list of files are written."""
    place, said = outcome.place, outcome.said
    before = fleet.state.records.get(place.slug) or _untried(fleet, place)
    if outcome.ending in ("unchanged", "stopped"):
        return before
    if said.text:
        log = f"{said.text}\n".encode()
        fleet.keep(lambda: put_whole(fleet.room.log(place.slug), log))
    record = replace(
        before,
        folder=label(fleet.setup.root, place.folder),
        outcome=outcome.ending,
        errors="" if said.passed else said.text,
        seconds=round(outcome.seconds, 1),
        cpu=round(said.cpu, 2),
        at=_now(),
    )
    if said.facts:
        record = replace(record, **_facts(said))
    return _finished(fleet, record, place, now) if said.passed and now else record


def _finished(fleet: Fleet, record: Record, place: Place, now: Print) -> Record:
    site, kept = fleet.site(place), fleet.room.list(place.slug)
    files = listed(site)
    found = changes(kept_list(kept) if record.good else {}, files)
    fleet.keep(lambda: put_whole(kept, json.dumps(files).encode()))
    good = Good(
        now.whole,
        now.code,
        now.settings,
        content_name(now.content),
        now.region,
        *measured(site),
        at=_now(),
        **{name: getattr(record, name) for name in FACTS},
    )
    return replace(record, changes=found, first=record.good is None, good=good)


def _facts(said: Said) -> dict[str, Any]:
    facts = said.facts
    return {
        "name": facts["name"],
        "address": facts["address"],
        **{key: tuple(facts[key]) for key in ("municipalities", "languages", "warnings")},
        "sections": tuple((title, tuple(lines)) for title, lines in facts["sections"]),
    }


def _now() -> str:
    """Return the time of this run: of the report, and of no file of any edition."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
