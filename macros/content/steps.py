"""What names a step of a phase names one that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.content.entries import Entry, Key
from macros.content.errors import Problem, suggest
from macros.content.load import DataPath
from macros.content.model import Checklist, Phase


def step_problems(entries: Mapping[Key, Entry]) -> Iterator[Problem]:
    """Return the pitfalls, and the points of checklists, of a step that their phase lacks."""
    for entry in entries.values():
        if isinstance(entry.item, Phase):
            yield from _unknown(entry, _steps(entry), _pitfalls(entry.item))
        elif isinstance(entry.item, Checklist):
            phase = entries.get(("phase", str(entry.item.phase)))
            if phase or not entry.item.phase:  # of one that is wrong itself, that is said
                yield from _unknown(entry, _steps(phase), _points(entry.item))


def _steps(entry: Entry | None) -> list[str]:
    return [step.id for step in entry.item.steps] if entry and isinstance(entry.item, Phase) else []


def _unknown(
    entry: Entry, steps: list[str], named: Iterator[tuple[DataPath, str]]
) -> Iterator[Problem]:
    for path, step in named:
        if step not in steps:
            message = f"steget «{step}» finnes ikke i fasen"
            hint = suggest(step, steps) if steps else "Sjekklisten hører ikke til noen fase."
            yield entry.source.problem((*entry.prefix, *path), message, hint)


def _pitfalls(phase: Phase) -> Iterator[tuple[DataPath, str]]:
    for at, pitfall in enumerate(phase.pitfalls):
        if pitfall.step:
            yield ("pitfalls", at, "step"), pitfall.step


def _points(checklist: Checklist) -> Iterator[tuple[DataPath, str]]:
    for at, group in enumerate(checklist.groups):
        for number, point in enumerate(group.points):
            if point.step:
                yield ("groups", at, "points", number, "step"), point.step
