"""Which fields of a template get what, when it is the minutes of something that was run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pydantic import Field

from macros.content.base import Slug, Strict
from macros.content.errors import suggest
from macros.content.fields import ChoiceField, FormField, TableField
from macros.content.load import DataPath
from macros.content.written import complaint


class Status(Strict):
    """The choice that says that the minutes are a draft."""

    field: Slug = Field(description="Feltet, et valg.")
    draft: Slug = Field(description="Koden som sier at referatet er et utkast.")


class NamedTable(Strict):
    """A table of the template, with those of its columns that are named by the other keys."""

    table: Slug = Field(description="Tabellen.")


class Plan(NamedTable):
    """The table of what was planned."""

    what: Slug = Field(description="Kolonnen med saken.")
    who: Slug | None = Field(default=None, description="Kolonnen med den som leder saken.")
    minutes: Slug | None = Field(default=None, description="Kolonnen med minuttene.")


class Points(NamedTable):
    """The table of what was said and decided at each point."""

    what: Slug = Field(description="Kolonnen med saken og når den ble behandlet.")
    notes: Slug = Field(description="Kolonnen med det som kom fram.")
    decision: Slug = Field(description="Kolonnen med beslutningen.")


class Actions(NamedTable):
    """The table of who does what by when."""

    what: Slug = Field(description="Kolonnen med oppgaven.")
    who: Slug = Field(description="Kolonnen med den som gjør den.")
    due: Slug = Field(description="Kolonnen med fristen.")


class Record(Strict):
    """What a template's fields get from something that was run; all are ids of the template."""

    title: Slug = Field(description="Feltet med hva som ble kjørt.")
    date: Slug = Field(description="Feltet med datoen.")
    time: Slug = Field(description="Feltet med klokkeslettene.")
    result: Slug | None = Field(default=None, description="Feltet med ønsket resultat.")
    status: Status | None = Field(default=None, description="Valget som sier at det er et utkast.")
    plan: Plan | None = Field(default=None, description="Tabellen med planen.")
    points: Points = Field(description="Tabellen med det som ble sagt og bestemt.")
    actions: Actions = Field(description="Tabellen med oppgavene.")


def check_record(record: Record, fields: Sequence[FormField]) -> None:
    """Raise at the first field, column or code that the template does not have."""
    known = {field.id: field for field in fields}
    for key in ("title", "date", "time", "result"):
        if name := getattr(record, key):
            _found(name, known, ("run_record", key), "malen har ikke feltet «{name}»")
    if record.status:
        at: DataPath = ("run_record", "status")
        message = "malen har ikke feltet «{name}»"
        _found(record.status.field, known, (*at, "field"), message)
        field = known[record.status.field]
        codes = [option.code for option in field.options] if isinstance(field, ChoiceField) else []
        _found(record.status.draft, codes, (*at, "draft"), "feltet har ikke valget «{name}»")
    for key in ("plan", "points", "actions"):
        if table := getattr(record, key):
            check_table(table, known, ("run_record", key))


def check_table(table: NamedTable, known: Mapping[str, FormField], at: DataPath) -> TableField:
    """Return the table that is named; raise at the first column that it does not have."""
    tables = {name: field for name, field in known.items() if isinstance(field, TableField)}
    _found(table.table, tables, (*at, "table"), "malen har ikke tabellen «{name}»")
    columns = [column.id for column in tables[table.table].columns]
    for key, named in table.model_dump(exclude={"table"}, exclude_none=True).items():
        places = {(): named} if isinstance(named, str) else {(i,): n for i, n in enumerate(named)}
        for place, name in places.items():
            _found(name, columns, (*at, key, *place), "tabellen har ikke kolonnen «{name}»")
    return tables[table.table]


def _found(name: str, known: Collection[str], at: DataPath, message: str) -> None:
    if name not in known:
        raise complaint(message, at=at, hint=suggest(name, list(known)), name=name)
