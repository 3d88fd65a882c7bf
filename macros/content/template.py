"""Templates: documents that a reader fills in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import Field, StrictBool, model_validator

from macros.content.answers_record import AnswersRecord, check_answers_record
from macros.content.base import Page, Slug, Strict, check_unique
from macros.content.errors import suggest
from macros.content.fields import FormField, TableField, check_calculations
from macros.content.findings_record import FindingsRecord, check_findings_record
from macros.content.record import Record, check_record
from macros.content.text import ItemRef, PhaseRef, Rich, RoleRef, Text
from macros.content.written import complaint


class Part(Strict):
    """A part of a chapter: guidance, prompts and fields."""

    id: Slug = Field(description="Kjennetegn, fast fra versjon til versjon.")
    title: Text = Field(description="Overskrift.")
    guidance: Rich = Field(description="Veiledning til den som fyller ut.")
    prompts: tuple[Text, ...] = Field(default=(), description="Spørsmål som hjelper i gang.")
    fields: tuple[FormField, ...] = Field(min_length=1, description="Feltene.")


class Chapter(Strict):
    """A chapter: its own guidance, then fields, parts or both."""

    id: Slug = Field(description="Kjennetegn, fast fra versjon til versjon.")
    title: Text = Field(description="Overskrift.")
    guidance: Rich = Field(description="Veiledning til den som fyller ut.")
    prompts: tuple[Text, ...] = Field(default=(), description="Spørsmål som hjelper i gang.")
    fields: tuple[FormField, ...] = Field(default=(), description="Feltene i kapitlet.")
    parts: tuple[Part, ...] = Field(default=(), description="Underkapitlene.")

    @model_validator(mode="after")
    def _has_something_to_fill_in(self) -> Self:
        if not self.fields and not self.parts:
            raise complaint("kapitlet må ha fields eller parts")
        return self


class Template(Page):
    """A document to fill in."""

    kind: ClassVar[str] = "template"
    phases: tuple[PhaseRef, ...] = Field(min_length=1, description="Fasene den brukes i.")
    purpose: Rich = Field(description="Hva dokumentet er til, og hvem som leser det.")
    filled_by: RoleRef = Field(description="Rollen som fyller ut.")
    decided_by: RoleRef = Field(description="Rollen som vedtar eller godkjenner.")
    when: Text = Field(description="Når i prosjektet den fylles ut.")
    time: Text = Field(description="Hvor lang tid det tar.")
    numbered: StrictBool = Field(default=True, description="Nummererte kapitler.")
    spreadsheet: StrictBool = Field(
        default=False,
        description="Malen er mest tabeller. Den finnes som regneark, og det tilbys først.",
    )
    spreadsheet_tables: tuple[Slug, ...] = Field(
        default=(),
        description="Id-ene til tabellene som finnes som regneark, når resten er mest tekst.",
    )
    run_record: Record | None = Field(
        default=None,
        description="Feltene som blir fylt ut når malen er referat fra noe som er kjørt.",
    )
    findings_record: FindingsRecord | None = Field(
        default=None,
        description="Tabellene med samtaler og funn, når rapporten henter fra malen.",
    )
    answers_record: AnswersRecord | None = Field(
        default=None,
        description="Feltene som blir fylt ut når malen er rapport over svar.",
    )
    chapters: tuple[Chapter, ...] = Field(min_length=1, description="Kapitlene.")
    related: tuple[ItemRef, ...] = Field(min_length=1, description="Det som hører sammen.")

    @property
    def in_phases(self) -> tuple[str, ...]:
        return tuple(self.phases)

    @property
    def time_said(self) -> str:
        return str(self.time)

    @property
    def led_by(self) -> frozenset[str]:
        return frozenset({self.filled_by})

    @property
    def joined_by(self) -> frozenset[str]:
        return frozenset({self.decided_by})

    @property
    def fields(self) -> Iterator[FormField]:
        """Return every field in reading order."""
        for chapter in self.chapters:
            yield from chapter.fields
            for part in chapter.parts:
                yield from part.fields

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        check_unique(((field.id, (*at, "id")) for field, at in self._placed), "felt-id")
        return self

    @model_validator(mode="after")
    def _calculations_lead_to_numbers(self) -> Self:
        check_calculations([field for field, _ in self._placed], [at for _, at in self._placed])
        return self

    @model_validator(mode="after")
    def _spreadsheet_has_tables(self) -> Self:
        tables = [field.id for field in self.fields if isinstance(field, TableField)]
        if self.spreadsheet and self.spreadsheet_tables:
            raise complaint("kan ikke stå når spreadsheet er true", at=("spreadsheet_tables",))
        if self.spreadsheet and not tables:
            raise complaint("malen har ingen tabell", at=("spreadsheet",))
        for index, name in enumerate(self.spreadsheet_tables):
            if name not in tables:
                raise complaint(
                    "malen har ingen tabell «{name}»",
                    at=("spreadsheet_tables", index),
                    hint=suggest(name, tables),
                    name=name,
                )
        return self

    @model_validator(mode="after")
    def _records_lead_to_fields(self) -> Self:
        if self.run_record:
            check_record(self.run_record, tuple(self.fields))
        if self.findings_record:
            check_findings_record(self.findings_record, tuple(self.fields))
        if self.answers_record:
            check_answers_record(self.answers_record, tuple(self.fields))
        return self

    @property
    def _placed(self) -> Iterator[tuple[FormField, tuple[str | int, ...]]]:
        holders: list[tuple[tuple[str | int, ...], Chapter | Part]] = []
        for index, chapter in enumerate(self.chapters):
            at = ("chapters", index)
            holders.append((at, chapter))
            holders += [((*at, "parts", number), part) for number, part in enumerate(chapter.parts)]
        for path, holder in holders:
            for index, field in enumerate(holder.fields):
                yield field, (*path, "fields", index)
