"""`nvr fleet build`, `check`, `status` and `diff`, as they are called."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from macros.building.faults import BuildError
from macros.building.target import keep_off
from macros.content.base import SOURCE_LANGUAGE
from macros.content.region import HOST_VARIABLE, host_address
from macros.downloads.cluster import answering
from macros.downloads.shared_store import SharedStore, unused
from macros.engines import command
from macros.fleet import report
from macros.fleet.build import Fleet, build
from macros.fleet.differ import Difference, as_json, differences, expected, lines, since
from macros.fleet.front import Listed, write_front
from macros.fleet.places import Place, places
from macros.fleet.progress import Progress, progress, size
from macros.fleet.run import Outcome, Processes, Setup, run
from macros.fleet.state import Record, Room

Say = Callable[[str], None]


def fleet(root: Path, options: argparse.Namespace, say: Say) -> int:
    """Run one of the commands; raises ContentError, BuildError."""
    host = options.host or os.environ.get(HOST_VARIABLE) or None
    host = host and host_address(host)
    found = places(root, options.regions, host)
    jobs = max(1, getattr(options, "jobs", None) or os.cpu_count() or 1)
    setup = Setup(root, host, min(jobs, len(found)), getattr(options, "scheduler", None))
    if options.way == "check":
        return _check(setup, found, say)
    if options.way == "front":
        return _front(setup, found, (root / options.out).resolve(), say)
    if options.way == "diff" and options.since:
        _tell(since(root, found, options.since), options.json, say)
        return 0
    out = (root / options.out).resolve()
    if options.way == "build":
        keep_off(root, [out / one.slug for one in found], [one.folder for one in found])
        out.mkdir(parents=True, exist_ok=True)
        # What another fleet remembers is read when that has ended.
        with Room(out).alone():
            return _build(_known(setup, options.engine, found, out), say)
    one = _known(setup, options.engine, found, out)
    if options.way == "diff":
        differs = differences(one)
        _tell(differs, options.json, say, expected(one, differs))
        return 0
    return _status(one, say)


def _known(setup: Setup, engine: str, found: Sequence[Place], out: Path) -> Fleet:
    one, wrong = Fleet.of(setup, engine, found, out)
    if wrong:
        sys.stderr.write(f"{wrong}\n")  # what is said otherwise may be JSON
    return one


def _tell(
    found: Sequence[Difference], wanted: bool, say: Say, seconds: float | None = None
) -> None:
    if wanted:
        say(json.dumps(as_json(found, seconds), ensure_ascii=False, indent=1))
        return
    for line in lines(found, seconds):
        say(line)


def _build(one: Fleet, say: Say) -> int:
    command(one.engine, None)  # one that is not installed is told of once
    if one.setup.scheduler:
        answering(one.setup.scheduler)
    one.setup = replace(one.setup, store=_store(say))
    stand = one.standing()
    jobs = min(one.setup.jobs, max(1, len(one.places) - len(stand)))
    one.setup = replace(one.setup, jobs=jobs)
    failed: list[Record] = []
    with progress(len(one.places), one.setup.jobs, say) as shown:

        def told(outcome: Outcome, record: Record) -> None:
            shown.heard(outcome, record)
            failed.extend([record] if outcome.ending == "failed" else [])

        finished = build(one, stand, told)
    if host := one.setup.host:
        one.keep(lambda: write_front(one.setup.root, one.room.out, host, one.listed()))
    now = dt.datetime.now(dt.UTC)
    one.keep(lambda: report.write(one.room.folder, one.state, one.places, now))
    for record in failed:
        say(f"\n{record.slug}: {record.errors}")
    if one.unwritten:
        say(
            "\nUtgavene er bygget, men forsiden, rapporten eller listen over det som er bygget, ble"
            f" ikke skrevet: {one.unwritten} Rett det, og kjør på nytt."
        )
    say(f"\n{shown.summary()} Se {_report(one)}.")
    if not finished:
        say("Avbrutt. Utgavene som er ferdige, er hele. Kjør på nytt for å fortsette herfra.")
    return 0 if finished and not failed and not one.unwritten else 1


def _store(say: Say) -> str | None:
    """Return the address of the store behind the cache; one that fails is told of once for all."""
    store = SharedStore.said()
    if store and (why := store.unusable()):
        say(unused(store, why))
        return None
    return store.address if store else None


def _report(one: Fleet) -> str:
    page = one.room.folder / report.file_name(SOURCE_LANGUAGE)
    return os.path.relpath(page, one.setup.root).replace(os.sep, "/")


def _status(one: Fleet, say: Say) -> int:
    """Say of each region whether its site is there and as it would be built now."""
    said = {
        "new": "ikke bygget ennå",
        "changed": "endret siden den ble bygget",
        "failed": "hadde feil sist. Nettstedet fra før blir liggende",
        "same": "uendret siden den ble bygget",
        "gone": "mappen finnes ikke, eller kan ikke leses. Et nettsted fra før blir liggende",
    }
    for found in differences(one):
        record = one.state.records.get(found.slug)
        good = record.good if record else None
        text = said[found.state]
        if record and record.outcome == "failed" and not good:
            text = "har feil. Ikke noe nettsted ennå"
        about = f" ({good.at[:10]}, {good.files} filer, {size(good.bytes)})" if good else ""
        say(f"{found.slug}: {text}{about}")
    return 0


def _front(setup: Setup, found: list[Place], out: Path, say: Say) -> int:
    """Write what lies at the host's root, with every region that passes its check."""
    if not setup.host:
        raise BuildError(
            "Si hvilken adresse utgavene ligger under, for eksempel --host https://handbok.example.no/."
        )
    regions: list[Listed] = []

    def right(place: Place, facts: dict[str, Any]) -> None:
        names = ("name", "municipalities", "address", "languages")
        regions.append(Listed(place.slug, *(facts[name] for name in names)))

    code = _check(setup, found, say, right)
    write_front(setup.root, out, setup.host, regions)
    count = len(regions)
    say("Forsiden har 1 region." if count == 1 else f"Forsiden har {count} regioner.")
    return code


def _check(
    setup: Setup,
    found: list[Place],
    say: Say,
    right: Callable[[Place, dict[str, Any]], None] = lambda _, __: None,
) -> int:
    """Check every region, show what is wrong in each, and hand over the facts of the others."""
    processes = Processes(setup)
    shown = Progress(len(found), setup.jobs, say)
    failed: list[str] = []

    def attempt(place: Place) -> Outcome:
        began = time.monotonic()
        said = processes.one(place)
        ending = processes.ending(said)
        return Outcome(
            place, "right" if ending == "built" else ending, said, time.monotonic() - began
        )

    def told(outcome: Outcome) -> None:
        slug, said = outcome.place.slug, outcome.said
        shown.count(outcome)
        if outcome.ending == "failed":
            failed.append(slug)
            say(f"{slug}: har feil\n{said.text}\n")
        elif outcome.ending == "right":
            right(outcome.place, said.facts)
            say("\n".join([f"{slug}: i orden", *(f"  {line}" for line in said.facts["warnings"])]))

    finished = run(found, processes, attempt, told)
    say(f"\n{shown.summary()}")
    return 0 if finished and not failed else 1
