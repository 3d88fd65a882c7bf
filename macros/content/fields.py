"""Fields that a reader fills in: in templates, minutes forms and worksheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, StrictInt, model_validator

from macros.content.base import Option, Options, Slug, Strict, check_order, unique
from macros.content.errors import suggest
from macros.content.facts import FACT_HELP, FactKey, check_fact
from macros.content.load import DataPath
from macros.content.text import Text
from macros.content.written import complaint


class _Field(Strict):
    id: Slug = Field(description="Kjennetegn, fast fra versjon til versjon.")
    label: Text = Field(description="Ledeteksten.")
    hint: Text | None = Field(default=None, description="Kort hjelp til utfyllingen.")
    required: StrictBool = Field(default=False, description="Må fylles ut.")
    fact: FactKey | None = Field(default=None, description=FACT_HELP)

    @model_validator(mode="after")
    def _fact_fits(self) -> Self:
        check_fact(self.fact, getattr(self, "type", ""))
        return self


class ShortField(_Field):
    """One line of text."""

    type: Literal["short"]


class LongField(_Field):
    """Several lines of text."""

    type: Literal["long"]
    lines: Annotated[StrictInt, Field(ge=2, le=40)] = Field(
        default=5, description="Antall skrivelinjer på papir."
    )


class DateField(_Field):
    """A date."""

    type: Literal["date"]


class AmountField(_Field):
    """An amount of money in kroner."""

    type: Literal["amount"]


class NumberField(_Field):
    """A number that is no money, such as a share in per cent."""

    type: Literal["number"]


class ChoiceField(_Field):
    """One of several."""

    type: Literal["choice"]
    options: Options = Field(description="Alternativene.")


class ChecklistField(_Field):
    """Any of several, each ticked off."""

    type: Literal["checklist"]
    options: Annotated[tuple[Option, ...], Field(min_length=1), unique("koden", "code")] = Field(
        description="Punktene."
    )


class Level(Strict):
    """A word for numbers from a limit and up, such as «høy» from 12."""

    at_least: Annotated[StrictInt, Field(ge=0)] = Field(description="Det minste tallet.")
    label: Text = Field(description="Ordet som vises ved tallet.")


class Calculation(Strict):
    """How a column is worked out: columns added and then multiplied, or a sum shared out."""

    add: tuple[Slug, ...] = Field(default=(), description="Kolonnene som legges sammen.")
    times: tuple[Slug, ...] = Field(default=(), description="Kolonnene som ganges.")
    rate: Slug | None = Field(
        default=None, description="Felt i malen som det også ganges med, for eksempel en timesats."
    )
    share_of: Slug | None = Field(
        default=None, description="Felt i malen med det som deles på radene."
    )
    by: Slug | None = Field(
        default=None, description="Kolonnen det deles etter. Uten den deles det likt."
    )
    even: Slug | None = Field(
        default=None, description="Felt i malen med prosenten som deles likt før resten."
    )

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if bool(self.add or self.times) == bool(self.share_of):
            raise complaint("skal ha enten share_of, eller add eller times")
        for name, needs in (("by", "share_of"), ("even", "by")):
            if getattr(self, name) and not getattr(self, needs):
                raise complaint("kan bare stå sammen med {needs}", at=(name,), needs=needs)
        if self.rate and self.share_of:
            raise complaint("kan ikke stå sammen med share_of", at=("rate",))
        return self


class Column(Strict):
    """A column of a table to fill in."""

    id: Slug = Field(description="Kjennetegn.")
    label: Text = Field(description="Kolonneoverskrift.")
    type: Literal["short", "long", "date", "amount", "number", "choice"] = Field(
        default="short", description="Hva som skrives i kolonnen."
    )
    options: Annotated[tuple[Option, ...], unique("koden", "code")] = Field(
        default=(), description="Alternativer når type er choice."
    )
    width: Annotated[StrictInt, Field(ge=1, le=12)] = Field(
        default=2, description="Bredde i forhold til de andre kolonnene."
    )
    sum: StrictBool = Field(
        default=False, description="Summeres nederst (bare type amount og number)."
    )
    min: StrictInt | None = Field(default=None, description="Minste tall (bare type number).")
    max: StrictInt | None = Field(default=None, description="Største tall (bare type number).")
    calculate: Calculation | None = Field(
        default=None, description="Slik regner et regneark ut kolonnen."
    )
    levels: Annotated[tuple[Level, ...], Field(max_length=3)] = Field(
        default=(), description="Ord for tallet, det laveste først. To eller tre."
    )
    fact: FactKey | None = Field(default=None, description=FACT_HELP)

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type == "choice" and not self.options:
            raise complaint("choice skal ha alternativer i options", at=("type",))
        if self.type != "choice" and self.options:
            raise complaint("kan bare stå når type er choice", at=("options",))
        if self.sum and not self.is_number:
            raise complaint("kan bare være true når type er amount eller number", at=("sum",))
        for name in ("min", "max"):
            if getattr(self, name) is not None and self.type != "number":
                raise complaint("kan bare stå når type er number", at=(name,))
        for name in ("calculate", "levels"):
            if getattr(self, name) and not self.is_number:
                raise complaint("kan bare stå når type er amount eller number", at=(name,))
        if self.min is not None:
            check_order(self.min, self.max, ("min", "max"))
        check_fact(self.fact, self.type, column=True)
        return self

    @model_validator(mode="after")
    def _levels_rise(self) -> Self:
        if len(self.levels) == 1:
            raise complaint("skal ha to eller tre ord", at=("levels",))
        for at, (low, high) in enumerate(pairwise(self.levels), start=1):
            if high.at_least <= low.at_least:
                raise complaint(
                    "skal være større enn {low}, som står foran, fikk «{high}»",
                    at=("levels", at, "at_least"),
                    low=low.at_least,
                    high=high.at_least,
                )
        return self

    @property
    def is_number(self) -> bool:
        """Return whether one can reckon with what stands in the column."""
        return self.type in ("amount", "number")


class TableField(_Field):
    """A table with named columns: either rows with given first cells, or blank rows."""

    type: Literal["table"]
    columns: Annotated[tuple[Column, ...], Field(min_length=2), unique("kolonne-id", "id")] = Field(
        description="Kolonnene."
    )
    rows: Annotated[StrictInt, Field(ge=1, le=40)] | None = Field(
        default=None, description="Antall tomme rader."
    )
    row_labels: tuple[Text, ...] = Field(default=(), description="Ferdig utfylt første kolonne.")
    more_rows: Annotated[StrictInt, Field(ge=1, le=40)] | None = Field(
        default=None,
        description="Rader til på et siste ark i utfyllbar PDF, der radene kan ta slutt.",
    )

    @model_validator(mode="after")
    def _has_room_for_the_labels(self) -> Self:
        if self.rows is not None and self.rows < len(self.row_labels):
            raise complaint(
                "skal være minst like mange som row_labels ({labels}), fikk «{rows}»",
                at=("rows",),
                labels=len(self.row_labels),
                rows=self.rows,
            )
        return self


FormField = Annotated[
    ShortField
    | LongField
    | DateField
    | AmountField
    | NumberField
    | ChoiceField
    | ChecklistField
    | TableField,
    Field(discriminator="type"),
]


def check_calculations(fields: Sequence[FormField], places: Sequence[DataPath]) -> None:
    """Raise at the first name in a calculation that is no number's; `places` are the fields'."""
    numbers = [field.id for field in fields if isinstance(field, AmountField | NumberField)]
    for field, place in zip(fields, places, strict=True):
        columns = field.columns if isinstance(field, TableField) else ()
        for index, column in enumerate(columns):
            before = [found.id for found in columns[:index] if found.is_number]
            at: DataPath = (*place, "columns", index, "calculate")
            for name, inner in _of_the_row(column):
                if name not in before:
                    raise complaint(
                        "«{name}» er ikke en kolonne med tall som står foran i tabellen",
                        at=(*at, *inner),
                        hint=suggest(name, before),
                        name=name,
                    )
            for name, inner in _of_the_form(column):
                if name not in numbers:
                    raise complaint(
                        "«{name}» er ikke et felt med tall i den samme malen",
                        at=(*at, *inner),
                        hint=suggest(name, numbers),
                        name=name,
                    )


def _of_the_row(column: Column) -> Iterator[tuple[str, DataPath]]:
    if found := column.calculate:
        yield from ((name, ("add", at)) for at, name in enumerate(found.add))
        yield from ((name, ("times", at)) for at, name in enumerate(found.times))
        yield from ((name, ("by",)) for name in (found.by,) if name)


def _of_the_form(column: Column) -> Iterator[tuple[str, DataPath]]:
    if found := column.calculate:
        for key in ("rate", "share_of", "even"):
            if name := getattr(found, key):
                yield name, (key,)


def _check(fields: tuple[FormField, ...]) -> tuple[FormField, ...]:
    check_calculations(fields, [(at,) for at in range(len(fields))])
    return fields


calculable = AfterValidator(_check)
