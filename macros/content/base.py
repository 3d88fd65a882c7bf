"""What all models of content share: strictness, scalar types, the small recurring parts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
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


Options = Annotated[tuple[Option, ...], Field(min_length=2), unique("koden", "code")]


class Paper(Strict):
    """A paper to send or to bring."""

    title: Text = Field(description="Hva papiret er.")
    template: TemplateRef | None = Field(default=None, description="Malen, når den finnes.")
    days_before: Days = Field(description="Hvor mange dager før det sendes ut.")
