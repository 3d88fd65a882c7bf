"""Who decides on what, and the way of a case to the municipal councils and back."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StrictInt, model_validator

from macros.content.base import Count, Item, Slug, Strict, unique
from macros.content.text import DecisionRef, GateRef, MeetingRef, RoleRef, TemplateRef, Text
from macros.content.written import complaint

# A year before the council meets, or after: no way is longer.
DaysBefore = Annotated[StrictInt, Field(ge=-365, le=365)]


class Decision(Item):
    """Something that is decided: by one body, from one paper, at one or more gates."""

    kind: ClassVar[str] = "decision"
    order: Count = Field(description="Plass i rekkefølgen.")
    summary: Text = Field(description="Hva beslutningen går ut på, i én setning.")
    gates: tuple[GateRef, ...] = Field(
        default=(), description="Beslutningspunktene der dette blir besluttet."
    )
    when: Text | None = Field(
        default=None,
        description="Når det blir besluttet, for det som ikke hører til et beslutningspunkt.",
    )
    prepared_by: RoleRef = Field(description="Rollen som forbereder saken.")
    advised_by: tuple[RoleRef, ...] = Field(
        default=(), description="Rollene som gir råd før beslutningen."
    )
    decided_by: RoleRef = Field(description="Den ene rollen som beslutter.")
    papers: tuple[TemplateRef, ...] = Field(
        default=(), description="Malene til papirene som beslutningen bygger på."
    )
    meeting: MeetingRef | None = Field(
        default=None, description="Møtet der det blir besluttet, for det som har when."
    )
    rests_on: tuple[DecisionRef, ...] = Field(
        default=(), description="Beslutninger som må være tatt først, eller i samme møte."
    )

    @model_validator(mode="after")
    def _has_a_time(self) -> Self:
        if bool(self.gates) == (self.when is not None):
            raise complaint("skal ha enten gates eller when, som sier når det blir besluttet")
        return self


class WayStep(Strict):
    """One step of a case on its way to a gate, counted from the day that the councils meet."""

    id: Slug = Field(description="Kjennetegn, brukt i kalenderen. Endres aldri.")
    title: Text = Field(description="Hva som skjer, kort.")
    days_before: DaysBefore = Field(
        description="Dager før det siste kommunestyret møtes. Et tall under null er dager etter."
    )
    who: RoleRef = Field(description="Rollen som gjør det.")
    does: Literal["prepares", "advises", "decides"] = Field(
        description="prepares: forbereder. advises: gir råd. decides: beslutter."
    )
    what: tuple[DecisionRef, ...] = Field(
        min_length=1, description="Det som forberedes, drøftes eller besluttes."
    )
    papers: tuple[TemplateRef, ...] = Field(
        default=(), description="Papirene som er ferdige når steget er gjort."
    )
    meeting: MeetingRef | None = Field(
        default=None, description="Møtet der det skjer. Guiden sier når papirene sendes ut."
    )
    text: Text = Field(description="Hvordan, i én eller to setninger.")


Way = Annotated[tuple[WayStep, ...], Field(min_length=2), unique("steg-id", "id")]
