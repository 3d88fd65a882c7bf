"""What the calculated columns of a table come to, by the rules that a spreadsheet has too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from macros.content.fields import Calculation, Column

Numbers = Mapping[str, float]


def reckoned(
    columns: Iterable[Column], rows: Iterable[Numbers], form: Numbers
) -> list[dict[str, float]]:
    """Return the rows' numbers by column, those worked out included; `form` has the fields'.

    What lacks something to be worked out from is left out.
    """
    found = [dict(row) for row in rows]
    for column in columns:
        for row in found if column.calculate else ():
            value = _value(column.calculate, row, found, form) if column.calculate else None
            if value is not None:
                row[column.id] = value
    return found


def _value(how: Calculation, row: Numbers, rows: Sequence[Numbers], form: Numbers) -> float | None:
    if how.share_of:
        return _share(how, row, rows, form)
    added = [row[name] for name in how.add if name in row]
    factors = [row.get(name) for name in how.times]
    factors += [form.get(how.rate)] if how.rate else []
    known = [factor for factor in factors if factor is not None]
    if len(known) < len(factors) or (how.add and not added):
        return None
    return prod([sum(added) if how.add else 1, *known])


def _share(how: Calculation, row: Numbers, rows: Sequence[Numbers], form: Numbers) -> float | None:
    whole, percent = form.get(how.share_of or ""), form.get(how.even, 0) if how.even else 0
    if whole is None:
        return None
    if not how.by:
        return whole / len(rows)
    total = sum(found.get(how.by, 0) for found in rows)
    if how.by not in row or not total:
        return None
    even = percent / 100
    return whole * (even / len(rows) + (1 - even) * row[how.by] / total)
