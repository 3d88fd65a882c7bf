"""Fields that have been filled in, from an example's values to blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.content.example import Example
from macros.content.fields import (
    AmountField,
    ChecklistField,
    Column,
    DateField,
    FormField,
    NumberField,
    TableField,
)
from macros.content.reckoning import reckoned
from macros.content.rich import List, Paragraph, RichBlock, Run
from macros.content.text import Rich
from macros.document import blocks as b
from macros.document.edition import Writing


@dataclass(frozen=True)
class Filled:
    """An example's values, as blocks for its template's fields."""

    w: Writing
    example: Example

    def fields(self, fields: Iterable[FormField]) -> tuple[b.Block, ...]:
        """Return the filled-in fields in order."""
        return tuple(self.field(field) for field in fields)

    def field(self, field: FormField) -> b.Answer | b.Table:
        """Return one filled-in field."""
        label = self.w.text(field.label)
        if isinstance(field, TableField):
            return self._table(field, label)
        return b.Answer(field.id, label, self._answer(field))

    def _answer(self, field: FormField) -> tuple[RichBlock, ...]:
        if isinstance(field, AmountField):
            return self.w.cell(self._kroner(self.example.amounts[field.id]))
        if isinstance(field, NumberField):
            return self.w.cell(_number(self.example.amounts[field.id]))
        if isinstance(field, ChecklistField):
            ticks = self.w.texts(self.example.ticks[field.id])
            return (List(tuple((Paragraph((Run(tick),)),) for tick in ticks)),)
        answer = self.example.answers[field.id]
        return self._date(answer) if isinstance(field, DateField) else self.w.rich(answer)

    def _table(self, field: TableField, label: str) -> b.Table:
        rows = []
        numbers = self.example.numbers(field)
        numbers = reckoned(field.columns, numbers, self.example.amounts)
        for index, values in enumerate(self.example.tables[field.id]):
            given = [self.w.cell(field.row_labels[index])] if field.row_labels else []
            columns = field.columns[len(given) :]
            cells = (self._cell(column, values, numbers[index]) for column in columns)
            rows.append((*given, *cells))
        header = tuple(self.w.text(column.label) for column in field.columns)
        totals = self._totals(field, numbers)
        return b.Table(label, header, tuple(rows), totals=totals, show_caption=True)

    def _cell(
        self, column: Column, values: Mapping[str, Rich], numbers: Mapping[str, float]
    ) -> b.Cell:
        if column.is_number and column.id in numbers:
            return self.w.cell(self._said(column, numbers[column.id]))
        if column.calculate:
            return self.w.cell("–")
        value = values[column.id]
        return self._date(value) if column.type == "date" else self.w.rich(value)

    def _totals(self, field: TableField, rows: Iterable[Mapping[str, float]]) -> tuple[str, ...]:
        if not any(column.sum for column in field.columns):
            return ()
        sums = [
            self._said(column, sum(row.get(column.id, 0) for row in rows)) if column.sum else ""
            for column in field.columns[1:]
        ]
        return (self.w.words("field.sum"), *sums)

    def _said(self, column: Column, number: float) -> str:
        if column.type == "amount":
            return self._kroner(round(number))
        level = [found.label for found in column.levels if found.at_least <= number][-1:]
        return " ".join([_number(number), *self.w.texts(level)])

    def _date(self, value: str) -> b.Cell:
        return self.w.cell(self.w.words.date(dt.date.fromisoformat(value)))

    def _kroner(self, amount: int) -> str:
        return self.w.words("amount", amount=f"{amount:,}".replace(",", "\u00a0"))


def _number(number: float) -> str:
    return f"{number:.10g}".replace(".", ",")
