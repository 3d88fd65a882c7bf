"""Fields to fill in, from content models to blocks."""

from __future__ import annotations

from collections.abc import Iterable

from macros.content.base import (
    ChecklistField,
    ChoiceField,
    Column,
    FormField,
    LongField,
    Option,
    TableField,
)
from macros.document import blocks as b
from macros.document.edition import Writing


def form_fields(w: Writing, fields: Iterable[FormField], prefix: str = "") -> tuple[b.Block, ...]:
    """Return the blocks of fields; `prefix` keeps ids apart within a document."""
    return tuple(_field(w, field, prefix) for field in fields)


def _field(w: Writing, field: FormField, prefix: str) -> b.Field | b.FieldTable:
    label, hint = w.text(field.label), w.text(field.hint or "")
    if isinstance(field, TableField):
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
    )


def _column(w: Writing, column: Column) -> b.FieldColumn:
    return b.FieldColumn(
        column.id,
        w.text(column.label),
        column.type,
        column.width,
        options(w, column.options),
        column.sum,
    )


def options(w: Writing, found: Iterable[Option]) -> tuple[tuple[str, str], ...]:
    """Return options as (code, label)."""
    return tuple((option.code, w.text(option.label)) for option in found)
