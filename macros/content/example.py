"""Examples: templates filled in. The template's own fields decide what can be filled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field, StrictInt

from macros.content.base import Date, Page, Slug, Strict, Version
from macros.content.errors import found_text, suggest
from macros.content.fields import (
    AmountField,
    ChecklistField,
    ChoiceField,
    DateField,
    FormField,
    NumberField,
    TableField,
)
from macros.content.load import DataPath
from macros.content.template import Template
from macros.content.text import Rich, TemplateRef, Text

Amount = Annotated[StrictInt, Field(ge=0)]
Mismatch = tuple[DataPath, str, str]
NO_NUMBER = "–"
_NUMBER = re.compile(r"\d+(,\d+)?", re.ASCII)


class Cover(Strict):
    """What stands on the cover of the filled-in document."""

    region: Text = Field(description="Navnet på eksempelregionen.")
    case_number: Text = Field(description="Saksnummer.")
    date: Date = Field(description="Dato, på formen 2026-01-31.")
    version: Version = Field(description="Versjon av dokumentet.")
    prepared_by: Text = Field(description="Rollen som har laget det, aldri et navn.")
    exempt: Text = Field(description="Hjemmel for unntak, eller at det er offentlig.")


class Example(Page):
    """A template filled in by a fictional region. Everything goes by the fields' ids."""

    kind: ClassVar[str] = "example"
    template: TemplateRef = Field(description="Malen som er fylt ut.")
    cover: Cover = Field(description="Forsiden.")
    answers: dict[Slug, Rich] = Field(
        default={}, description="Svar på felt med tekst, dato (2026-01-31) og ett valg (teksten)."
    )
    amounts: dict[Slug, Amount] = Field(default={}, description="Beløp i kroner, og andre tall.")
    ticks: dict[Slug, tuple[Text, ...]] = Field(
        default={}, description="Punktene som er krysset av, med punktets tekst."
    )
    tables: dict[Slug, tuple[dict[Slug, Rich], ...]] = Field(
        default={},
        description="Radene i hver tabell, med kolonnenes id. Tall med siffer, eller – for ingen.",
    )

    def numbers(self, field: TableField) -> list[dict[str, float]]:
        """Return the numbers of a table's rows, by column."""
        columns = [column.id for column in field.columns if column.is_number]
        return [
            {key: float(row[key].replace(",", ".")) for key in columns if is_number(row.get(key))}
            for row in self.tables[field.id]
        ]


def mismatches(example: Example, template: Template) -> Iterator[Mismatch]:
    """Return (path, message, suggestion) for all that does not fit the template's fields."""
    fields = {field.id: field for field in template.fields}
    groups: dict[str, Mapping[str, object]] = {
        "answers": example.answers,
        "amounts": example.amounts,
        "ticks": example.ticks,
        "tables": example.tables,
    }
    for group, values in groups.items():
        for field_id in values:
            if field_id not in fields:
                hint = suggest(field_id, fields)
                yield (group, field_id), f"malen {template.id} har ikke feltet «{field_id}»", hint
            elif (wanted := _group(fields[field_id])) != group:
                yield (group, field_id), f"skal stå under {wanted}", ""
    for field in fields.values():
        group = _group(field)
        if field.id not in groups[group]:
            yield (group,), f"mangler feltet «{field.id}» ({field.label})", ""
        else:
            yield from _value(example, field)


def _group(field: FormField) -> str:
    if isinstance(field, TableField):
        return "tables"
    if isinstance(field, AmountField | NumberField):
        return "amounts"
    return "ticks" if isinstance(field, ChecklistField) else "answers"


def _value(example: Example, field: FormField) -> Iterator[Mismatch]:
    if isinstance(field, TableField):
        yield from _rows(field, example.tables[field.id])
    elif isinstance(field, ChecklistField):
        labels = [str(option.label) for option in field.options]
        for index, tick in enumerate(example.ticks[field.id]):
            if tick not in labels:
                yield ("ticks", field.id, index), _not_one_of(tick, labels), suggest(tick, labels)
    elif isinstance(field, ChoiceField):
        labels = [str(option.label) for option in field.options]
        answer = example.answers[field.id]
        if answer not in labels:
            yield ("answers", field.id), _not_one_of(answer, labels), suggest(answer, labels)
    elif isinstance(field, DateField) and not is_date(example.answers[field.id]):
        yield ("answers", field.id), "skal være en dato på formen 2026-01-31", ""


def _rows(field: TableField, rows: tuple[dict[str, Rich], ...]) -> Iterator[Mismatch]:
    columns = {column.id: column for column in field.columns}
    given = field.columns[0].id if field.row_labels else None
    if field.row_labels and len(rows) != len(field.row_labels):
        message = f"skal ha {len(field.row_labels)} rader, som malen, har {len(rows)}"
        yield ("tables", field.id), message, ""
    for index, row in enumerate(rows):
        where: DataPath = ("tables", field.id, index)
        for name in row:
            if name not in columns:
                yield (*where, name), f"tabellen har ikke kolonnen «{name}»", suggest(name, columns)
            elif name == given:
                yield (*where, name), "kolonnen er fylt ut i malen", "Ta bort linjen."
            elif columns[name].calculate:
                yield (*where, name), "kolonnen regnes ut", "Ta bort linjen."
        for column in field.columns:
            value = row.get(column.id)
            labels = [str(option.label) for option in column.options]
            if value is None and column.id != given and not column.calculate:
                yield where, f"mangler kolonnen «{column.id}» ({column.label})", ""
            elif value is not None and column.type == "amount" and not value.isdigit():
                yield (*where, column.id), "skal være et beløp med bare siffer", ""
            elif value is not None and column.type == "number" and value != NO_NUMBER:
                if not is_number(value):
                    yield (*where, column.id), "skal være et tall, eller – for ingen", ""
            elif value is not None and column.type == "date" and not is_date(value):
                yield (*where, column.id), "skal være en dato på formen 2026-01-31", ""
            elif value is not None and labels and value not in labels:
                yield (*where, column.id), _not_one_of(value, labels), suggest(value, labels)


def is_number(value: str | None) -> bool:
    """Return whether a text is a number such as 12 or 0,5."""
    return value is not None and bool(_NUMBER.fullmatch(value))


def is_date(value: str) -> bool:
    """Return whether a text is a date such as 2026-01-31."""
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _not_one_of(value: str, labels: list[str]) -> str:
    return f"skal være ett av valgene {', '.join(labels)}, fikk {found_text(str(value))}"
