"""What all models of content share: strictness, scalar types, the small recurring parts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    model_validator,
)

from macros.content.errors import found_text
from macros.content.shape import Shape
from macros.content.text import ItemRef, PhaseRef, Rich, RoleRef, TemplateRef, Text
from macros.content.written import complaint

Language = Literal["nb", "nn"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
SOURCE_LANGUAGE: Language = "nb"
LETTERS = "små bokstaver fra a til z, tall og bindestrek"
Slug = Annotated[
    str,
    Shape(r"^[a-z0-9]+(-[a-z0-9]+)*$", f"{LETTERS}, høyst 60 tegn", longest=60),
]
PointId = Annotated[str, Shape(r"^[a-z0-9-]+$", LETTERS)]
Version = Annotated[str, Shape(r"^\d+\.\d+$", "to tall med punktum mellom, som «1.0»")]
Minutes = Annotated[StrictInt, Field(ge=1, le=600)]
Days = Annotated[StrictInt, Field(ge=0, le=365)]
Hours = Annotated[StrictInt, Field(ge=1, le=2000)]
Count = Annotated[StrictInt, Field(ge=1, le=1000)]


FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _iso_date(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        day = dt.date.fromisoformat(value if _ISO_DATE.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise complaint(
            "skal være en dato på formen 2026-01-31, fikk {found}", found=found_text(value)
        ) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise complaint("skal være mellom 2000 og 2100, fikk «{day}»", day=day.isoformat())
    return day


Date = Annotated[dt.date, BeforeValidator(_iso_date)]


class Strict(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def check_unique(found: Iterable[tuple[str, tuple[str | int, ...]]], what: str) -> None:
    """Raise at the first value that is there already; `found` gives values and their places."""
    seen: set[str] = set()
    for value, at in found:
        if value in seen:
            raise complaint("{what} «{value}» er brukt to ganger", at=at, what=what, value=value)
        seen.add(value)


def unique(what: str, key: str) -> AfterValidator:
    """Return a check that no two items of a list have the same value of `key`."""

    def check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        check_unique(((getattr(item, key), (at, key)) for at, item in enumerate(items)), what)
        return items

    return AfterValidator(check)


def check_order(low: int, high: int | None, names: tuple[str, str]) -> None:
    """Raise at the second of two named keys when it is less than the first."""
    if high is not None and high < low:
        raise complaint(
            "skal være minst like stor som {name} ({low}), fikk «{high}»",
            at=names[1:],
            name=names[0],
            low=low,
            high=high,
        )


class Change(Strict):
    """One line of an item's own change log."""

    version: Version = Field(description="Versjonsnummer, for eksempel «1.0».")
    date: Date = Field(description="Dato for endringen, på formen 2026-01-31.")
    text: Text = Field(description="Hva som er endret, i én setning.")


class Item(Strict):
    """Anything with an id and a title. `kind` names the kind in references and addresses."""

    kind: ClassVar[str] = ""
    id: Slug = Field(description="Kjennetegn, satt av filnavnet eller nøkkelen.")
    language: Language = Field(default="nb", description="Målformen som teksten er på.")
    title: Text = Field(description="Tittel som leseren ser.")

    # What a reader can choose an item by. A kind says what it knows of these.

    @property
    def in_phases(self) -> tuple[str, ...]:
        """Return the ids of the phases that it says it is used in; none where it says nothing."""
        return ()

    @property
    def takes(self) -> int | None:
        """Return how many minutes it takes, where that is set."""
        return None

    @property
    def time_said(self) -> str:
        """Return how long it takes in its author's own words; empty where there are none."""
        return ""

    @property
    def led_by(self) -> frozenset[str]:
        """Return the ids of the roles that carry it out."""
        return frozenset()

    @property
    def joined_by(self) -> frozenset[str]:
        """Return the ids of the roles that have another part in it."""
        return frozenset()


class Page(Item):
    """An item with a page of its own, a summary and a change log (newest first)."""

    summary: Text = Field(description="Én eller to setninger om hva leseren får.")
    changes: tuple[Change, ...] = Field(
        min_length=1, description="Endringslogg, nyeste først. Gir versjon og dato på dokumentet."
    )

    @property
    def version(self) -> str:
        """Return the newest version number."""
        return self.changes[0].version

    @property
    def updated(self) -> dt.date:
        """Return the date of the newest change."""
        return self.changes[0].date


class Guide(Page):
    """A page that belongs to phases and that roles carry out."""

    phases: tuple[PhaseRef, ...] = Field(min_length=1, description="Fasene den brukes i.")
    roles: tuple[RoleRef, ...] = Field(min_length=1, description="Rollene som gjennomfører.")
    purpose: Rich = Field(description="Hvorfor du gjør dette, og hvilken beslutning det tjener.")
    related: tuple[ItemRef, ...] = Field(
        min_length=1, description="Det som hører sammen, som «kind/id»."
    )
    after: tuple[ItemRef, ...] = Field(
        default=(), description="Det som må være gjort først, som «kind/id». Fasene må følge det."
    )

    @property
    def in_phases(self) -> tuple[str, ...]:
        return tuple(self.phases)

    @property
    def led_by(self) -> frozenset[str]:
        return frozenset(self.roles)


class Participant(Strict):
    """Who takes part."""

    who: Text = Field(description="Hvem som deltar.")
    role: RoleRef | None = Field(default=None, description="Rollen, når den står i rollelisten.")
    why: Text = Field(description="Hvorfor de er med, eller hva de bidrar med.")


class Preparation(Strict):
    """Something to do before, and when."""

    days_before: Days = Field(description="Hvor mange dager i forveien.")
    text: Rich = Field(description="Hva du gjør.")


class FollowUp(Strict):
    """Something to do afterwards, by whom and when."""

    days_after: Days = Field(description="Senest så mange dager etter (0 = samme dag).")
    who: RoleRef = Field(description="Rollen som gjør det.")
    text: Rich = Field(description="Hva som skal gjøres.")


class Mistake(Strict):
    """A common mistake and its remedy."""

    mistake: Text = Field(description="Feilen mange gjør.")
    remedy: Text = Field(description="Hva du gjør i stedet.")


class Letter(Strict):
    """A text to send."""

    subject: Text = Field(description="Emnefeltet.")
    body: Rich = Field(description="Teksten, klar til å sendes.")


class Privacy(Strict):
    """What participants are told, on which legal basis, and when data are deleted."""

    information: Rich = Field(description="Informasjonen deltakeren får.")
    legal_basis: Rich = Field(description="Behandlingsgrunnlaget, og hva kommunen må avklare.")
    deletion: Rich = Field(description="Når og hvordan opplysningene slettes.")


class Option(Strict):
    """An alternative with a stable code."""

    code: Annotated[
        str, Shape(r"^[a-z0-9_]{1,24}$", "små bokstaver fra a til z, tall og understrek")
    ] = Field(description="Fast kode, bare små bokstaver, tall og understrek.")
    label: Text = Field(description="Teksten som vises.")


# Fields that a reader fills in: in templates, minutes forms and worksheets.


Options = Annotated[tuple[Option, ...], Field(min_length=2), unique("koden", "code")]


class _Field(Strict):
    id: Slug = Field(description="Kjennetegn, fast fra versjon til versjon.")
    label: Text = Field(description="Ledeteksten.")
    hint: Text | None = Field(default=None, description="Kort hjelp til utfyllingen.")
    required: StrictBool = Field(default=False, description="Må fylles ut.")


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


class Column(Strict):
    """A column of a table to fill in."""

    id: Slug = Field(description="Kjennetegn.")
    label: Text = Field(description="Kolonneoverskrift.")
    type: Literal["short", "long", "date", "amount", "choice"] = Field(
        default="short", description="Hva som skrives i kolonnen."
    )
    options: Annotated[tuple[Option, ...], unique("koden", "code")] = Field(
        default=(), description="Alternativer når type er choice."
    )
    width: Annotated[StrictInt, Field(ge=1, le=12)] = Field(
        default=2, description="Bredde i forhold til de andre kolonnene."
    )
    sum: StrictBool = Field(default=False, description="Summeres nederst (bare type amount).")

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type == "choice" and not self.options:
            raise complaint("choice skal ha alternativer i options", at=("type",))
        if self.type != "choice" and self.options:
            raise complaint("kan bare stå når type er choice", at=("options",))
        if self.sum and self.type != "amount":
            raise complaint("kan bare være true når type er amount", at=("sum",))
        return self


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
    ShortField | LongField | DateField | AmountField | ChoiceField | ChecklistField | TableField,
    Field(discriminator="type"),
]


class Paper(Strict):
    """A paper to send or to bring."""

    title: Text = Field(description="Hva papiret er.")
    template: TemplateRef | None = Field(default=None, description="Malen, når den finnes.")
    days_before: Days = Field(description="Hvor mange dager før det sendes ut.")
