"""Fields to fill in, from content models to blocks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from macros.content.base import Option
from macros.content.catalogue import Catalogue
from macros.content.fields import (
    ChecklistField,
    ChoiceField,
    Column,
    FormField,
    LongField,
    TableField,
)
from macros.document import blocks as b
from macros.document.edition import Writing


def form_fields(
    w: Writing, fields: Iterable[FormField], prefix: str = ""
) -> tuple[b.Field | b.FieldTable, ...]:
    """Return the blocks of fields; `prefix` keeps ids apart within a document."""
    return tuple(_field(w, field, prefix) for field in fields)


def _field(w: Writing, field: FormField, prefix: str) -> b.Field | b.FieldTable:
    label, hint = w.text(field.label), w.text(field.hint or "")
    if isinstance(field, TableField):
        scales = (_scale(w, column) for column in field.columns if column.levels)
        hint = " ".join(filter(None, (hint, *scales)))
        return b.FieldTable(
            prefix + field.id,
            label,
            tuple(_column(w, column) for column in field.columns),
            max(field.rows or 0, len(field.row_labels)) or 5,
            w.texts(field.row_labels),
            hint,
            field.required,
            more=field.more_rows or 0,
        )
    return b.Field(
        prefix + field.id,
        label,
        field.type,
        hint,
        field.required,
        field.lines if isinstance(field, LongField) else 1,
        options(w, field.options) if isinstance(field, ChoiceField | ChecklistField) else (),
        fact=field.fact or "",
    )


def _column(w: Writing, column: Column) -> b.FieldColumn:
    return b.FieldColumn(
        column.id,
        w.text(column.label),
        column.type,
        column.width,
        options(w, column.options),
        column.sum,
        column.min,
        column.max,
        _calculation(column),
        tuple((level.at_least, w.text(level.label)) for level in column.levels),
        fact=column.fact or "",
    )


def _scale(w: Writing, column: Column) -> str:
    """Return what each level of a column is called, as «Tall: 1–5 lav, 6–25 høy.»"""
    said = []
    for level, above in zip_longest(column.levels, column.levels[1:]):
        bounds = {"low": level.at_least, "high": above.at_least - 1 if above else ""}
        key = "field.level" if above else "field.last_level"
        said.append(w.words(key, label=w.text(level.label), **bounds))
    return w.words("field.scale", label=w.text(column.label), levels=", ".join(said))


def _calculation(column: Column) -> b.Calculation | None:
    how = column.calculate
    if how is None:
        return None
    return b.Calculation(how.add, how.times, how.rate, how.share_of, how.by, how.even)


def asked_points(
    name: str, fields: Iterable[b.Field | b.FieldTable], words: Catalogue
) -> b.Checklist:
    """Return what fields ask for as points to tick off, for whoever has no room to write."""
    return b.Checklist(name, tuple(_asked(field, words) for field in fields))


def _asked(field: b.Field | b.FieldTable, words: Catalogue) -> b.CheckPoint:
    if isinstance(field, b.FieldTable):
        inside = " · ".join(column.label for column in field.columns)
    else:
        inside = " / ".join(label for _, label in field.options)
    hint = ". ".join(filter(None, (inside, field.hint)))
    must = f" ({words('field.required')})" if field.required else ""
    return b.CheckPoint(field.id, field.label + must, hint)


def options(w: Writing, found: Iterable[Option]) -> tuple[tuple[str, str], ...]:
    """Return options as (code, label)."""
    return tuple((option.code, w.text(option.label)) for option in found)
