"""How far a run has come: a bar in a terminal, a line for each region where there is none."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from macros.fleet.run import Outcome
from macros.fleet.state import Counts, Record

Say = Callable[[str], None]
_ENDINGS = {
    "built": "bygget",
    "unchanged": "uendret",
    "failed": "har feil",
    "stopped": "avbrutt",
    "right": "i orden",
}
TO_REST = 5  # seconds: what is nearer is not told


@dataclass
class Progress:
    """Tells of each region as it is finished, and how long the rest may take."""

    total: int
    jobs: int
    say: Say
    began: float = field(default_factory=time.monotonic)
    endings: Counter[str] = field(default_factory=Counter)
    worked: list[float] = field(default_factory=list)

    def heard(self, outcome: Outcome, record: Record) -> None:
        """Tell of one region."""
        self.count(outcome)
        line = f"[{self.endings.total()}/{self.total}] {outcome.place.slug}: "
        line += _ENDINGS[outcome.ending]
        if outcome.ending == "failed":
            line += f", etter {duration(outcome.seconds)}"
        if outcome.ending == "built":
            line += f" på {duration(outcome.seconds)}"
            line += f", {changed(record.changes, first=record.first)}"
        self.say(line if outcome.ending == "stopped" else f"{line}{self.left()}")

    def count(self, outcome: Outcome) -> None:
        """Take one region's ending into the reckoning."""
        self.endings[outcome.ending] += 1
        if outcome.seconds:
            self.worked.append(outcome.seconds)

    def left(self) -> str:
        """Return how long the rest may take, by what those that are finished took."""
        rest = self.total - self.endings.total()
        if not rest or not self.worked:
            return ""
        seconds = sum(self.worked) / len(self.worked) * rest / self.jobs
        return f". Om lag {duration(seconds)} igjen" if seconds > TO_REST else ""

    def summary(self) -> str:
        """Return how it went in one line."""
        told = [f"{count} {_ENDINGS[ending]}" for ending, count in self.endings.items()]
        took = duration(time.monotonic() - self.began)
        return f"{', '.join(told) or 'Ingen regioner'}. Det tok {took}."


@contextmanager
def progress(total: int, jobs: int, say: Say) -> Iterator[Progress]:
    """Give what tells of a run, with a bar below the lines where there is a terminal."""
    if not sys.stdout.isatty():
        yield Progress(total, jobs, say)
        return
    from rich.console import Console  # only where there is a terminal
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress as Bar,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("igjen"), TimeRemainingColumn())
    with Bar(*columns, console=Console(highlight=False, markup=False)) as bar:
        task = bar.add_task("", total=total)

        def aloud(line: str) -> None:
            bar.console.print(line, markup=False, highlight=False)

        class Shown(Progress):
            def heard(self, outcome: Outcome, record: Record) -> None:
                super().heard(outcome, record)
                bar.advance(task)

            def left(self) -> str:
                return ""  # the bar says it

        yield Shown(total, jobs, aloud)


def duration(seconds: float) -> str:
    """Return how long something took, as it is said: 41 s, 12 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} t {minutes % 60} min"


def changed(changes: Counts, *, first: bool = False) -> str:
    """Return how many files are otherwise than before."""
    if first:
        return "alt er nytt"  # there was no site
    if not changes:
        return "ingen filer er endret"
    said = {"added": "nye", "changed": "endret", "removed": "borte"}
    parts = [
        f"{sum(changes[what].values())} {word}" for what, word in said.items() if what in changes
    ]
    return f"filer: {', '.join(parts)}"


def size(count: int) -> str:
    """Return bytes as they are said."""
    return f"{count / 1e6:.1f} MB".replace(".", ",")
