"""Which tables of a template hold talks and what was found in them, when it is a log of talks."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from macros.content.base import Slug, Strict
from macros.content.fields import FormField
from macros.content.record import NamedTable, check_table
from macros.content.written import complaint


class Talks(NamedTable):
    """The table of talks, one a row."""

    number: Slug = Field(description="Kolonnen med nummeret på samtalen.")
    role: Slug = Field(description="Kolonnen med rollen (type choice).")
    place: Slug | None = Field(default=None, description="Kolonnen med kommunen. Den telles bare.")


class Found(NamedTable):
    """The table of findings, one a row."""

    text: Slug = Field(description="Kolonnen med funnet.")
    theme: Slug = Field(description="Kolonnen med området (type choice).")
    numbers: Slug = Field(description="Kolonnen med numrene på samtalene.")
    places: Slug | None = Field(default=None, description="Kolonnen med antall kommuner.")


class Names(NamedTable):
    """The table of who has which number: what stands in it is taken out of the findings."""

    columns: tuple[Slug, ...] = Field(
        min_length=1, description="Kolonnene som sier hvem det er, personen først."
    )


class FindingsRecord(Strict):
    """The tables that findings for a report come from; all are ids of the template."""

    talks: Talks = Field(description="Tabellen med samtalene.")
    findings: Found = Field(description="Tabellen med funnene.")
    names: Names | None = Field(default=None, description="Tabellen med navn og numre.")


def check_findings_record(record: FindingsRecord, fields: Sequence[FormField]) -> None:
    """Raise at the first table or column that the template does not have, or that is no list."""
    known = {field.id: field for field in fields}
    for key, lists in (("talks", ("role",)), ("findings", ("theme",)), ("names", ())):
        if named := getattr(record, key):
            table = check_table(named, known, ("findings_record", key))
            types = {column.id: column.type for column in table.columns}
            for name in lists:
                if types[getattr(named, name)] != "choice":
                    raise complaint(
                        "kolonnen «{name}» må være av typen choice",
                        at=("findings_record", key, name),
                        name=getattr(named, name),
                    )
