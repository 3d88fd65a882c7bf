"""The blocks that ask for something: fields, tables to fill in, points to tick off.

They belong to the neutral tree, and are had from `blocks.py` with the rest of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from macros.content.rich import Run

FieldKind = Literal["short", "long", "date", "amount", "number", "choice", "checklist"]


@dataclass(frozen=True)
class Field:
    """One thing to fill in. Options are (code, label), `fact` is what other forms ask for too."""

    id: str
    label: str
    kind: FieldKind
    hint: str = ""
    required: bool = False
    lines: int = 1
    options: tuple[tuple[str, str], ...] = ()
    code: str = ""
    fact: str = ""


@dataclass(frozen=True)
class Calculation:
    """How a column is worked out.

    `add` and `times` are columns before it, added and then multiplied; `rate` is a field that
    it is multiplied by, too. Or `share_of` is a field that is shared out on the rows, by the
    column `by` or evenly; `even` is a field with the per cent that are shared evenly first.
    """

    add: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    rate: str | None = None
    share_of: str | None = None
    by: str | None = None
    even: str | None = None


@dataclass(frozen=True)
class FieldColumn:
    """A column to fill in; `width` is relative to the other columns.

    `low` and `high` are the limits of a number; `levels` are words for it, each from a number
    and up, the lowest first.
    """

    id: str
    label: str
    kind: Literal["short", "long", "date", "amount", "number", "choice"]
    width: int
    options: tuple[tuple[str, str], ...] = ()
    sum: bool = False
    low: int | None = None
    high: int | None = None
    calculation: Calculation | None = None
    levels: tuple[tuple[int, str], ...] = ()
    fact: str = ""


@dataclass(frozen=True)
class FieldTable:
    """A table to fill in: `labels` are given first cells, `rows` counts all rows.

    `more` rows are for a format that cannot grow, on a sheet of their own, where they are
    counted on from `before`.
    """

    id: str
    label: str
    columns: tuple[FieldColumn, ...]
    rows: int
    labels: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False
    code: str = ""
    more: int = 0
    before: int = 0


@dataclass(frozen=True)
class CheckPoint:
    """One point to tick off; its id never changes."""

    id: str
    text: str
    help: str = ""
    link: Run | None = None


@dataclass(frozen=True)
class Checklist:
    """Points to tick off; `some` says that they are a part of the list, on another page."""

    id: str
    points: tuple[CheckPoint, ...]
    some: bool = False
