"""What must hold of the values that the handbook itself reckons with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.content.entries import Entry, Key
from macros.content.errors import Problem
from macros.content.survey import Survey
from macros.content.value import Value

SMALLEST_GROUP = 5  # fewer answers than this are never shown, whatever a region says


def value_problems(entries: Mapping[Key, Entry]) -> Iterator[Problem]:
    """Return the errors about groups so small that a survey would show who answered."""
    for key in {
        e.item.minimum_group.target for e in entries.values() if isinstance(e.item, Survey)
    }:
        entry = entries.get(key)
        if entry and isinstance(entry.item, Value) and (entry.item.number or 0) < SMALLEST_GROUP:
            message = (
                f"skal være et tall som er minst {SMALLEST_GROUP}, for en undersøkelse bruker den "
                "som minste gruppe"
            )
            at = "number" if entry.item.number else "text"
            yield entry.source.problem((*entry.prefix, at), message)
