"""The hours of a step cover the meetings, workshops and talks that it consists of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil

from macros.content.entries import Entry, Key
from macros.content.errors import Problem
from macros.content.guides import Interview, Meeting, Workshop
from macros.content.model import Phase, Step
from macros.content.value import Value

# The values that talks are reckoned with; a handbook without them is not checked for talks.
MUNICIPALITIES, AROUND = ("value", "anslag-kommuner"), ("value", "timer-rundt-samtale")
Entries = Mapping[Key, Entry]


def hour_problems(entries: Entries) -> Iterator[Problem]:
    """Return the steps that give a role fewer hours than their guides take."""
    for entry in entries.values():
        for at, step in enumerate(entry.item.steps if isinstance(entry.item, Phase) else ()):
            for number, effort in enumerate(step.effort):
                role = str(effort.role)
                needed = ceil(_sitting(entries, step, role) + _talking(entries, step, role))
                if needed > effort.hours:
                    message = f"er {effort.hours}, men guidene i steget tar {needed} timer"
                    path = (*entry.prefix, "steps", at, "effort", number, "hours")
                    hint = f"Skriv minst {needed}, eller ta en guide ut av uses."
                    yield entry.source.problem(path, message, hint)


def talks(interview: Interview, municipalities: int) -> int:
    """Return how many talks so many municipalities make."""
    own = interview.interviewees.per_municipality or 0
    return max(interview.interviewees.min, own * municipalities)


def _sitting(entries: Entries, step: Step, role: str) -> float:
    """Return the hours that a role sits in the meetings and workshops of a step."""
    hours = 0.0
    for ref in step.uses:
        found = entries.get(ref.target)
        if found and isinstance(found.item, Meeting | Workshop):
            there = {str(one.role) for one in found.item.participants if one.role}
            hours += found.item.minutes / 60 if role in there | set(found.item.roles) else 0
    return hours


def _talking(entries: Entries, step: Step, role: str) -> float:
    """Return the hours that the one who holds the interviews of a step spends on them."""
    numbers = [_number(entries, key) for key in (MUNICIPALITIES, AROUND)]
    hours = 0.0
    for ref in step.uses if all(numbers) else ():
        found = entries.get(ref.target)
        if found and isinstance(found.item, Interview) and role == found.item.roles[0]:
            each = found.item.minutes / 60 + numbers[1]
            hours += talks(found.item, numbers[0]) * each
    return hours


def _number(entries: Entries, key: Key) -> int:
    found = entries.get(key)
    return (found.item.number or 0) if found and isinstance(found.item, Value) else 0
