"""Guides: interviews, meetings and workshops."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StrictInt, model_validator

from macros.content.base import (
    Count,
    FollowUp,
    FormField,
    Guide,
    Letter,
    Minutes,
    Mistake,
    Paper,
    Participant,
    Preparation,
    Privacy,
    Slug,
    Strict,
    check_order,
    unique,
)
from macros.content.text import Rich, Text
from macros.content.written import complaint


def check_sum(total: int, parts: list[int]) -> None:
    """Raise unless the parts add up to the stated total, both in minutes."""
    if sum(parts) != total:
        raise complaint(
            "er {total}, men delene er {sum} minutter til sammen",
            at=("minutes",),
            total=total,
            sum=sum(parts),
        )


class Script(Strict):
    """Words to say, and how long they take."""

    minutes: Minutes = Field(description="Minutter.")
    text: Rich = Field(description="Det du sier, i talespråk.")


class Question(Strict):
    """A question to ask."""

    question: Text = Field(description="Spørsmålet, slik du stiller det.")
    why: Text = Field(description="Hvorfor vi spør: hva svaret brukes til.")
    follow_ups: tuple[Text, ...] = Field(min_length=1, description="Oppfølgingsspørsmål.")
    lines: Annotated[StrictInt, Field(ge=2, le=20)] = Field(
        default=5, description="Antall notatlinjer på papir."
    )


class InterviewSection(Strict):
    """Questions about one theme."""

    title: Text = Field(description="Temaet.")
    minutes: Minutes = Field(description="Minutter.")
    questions: tuple[Question, ...] = Field(min_length=1, description="Spørsmålene.")


class Interviewees(Strict):
    """Whom to interview and how many."""

    min: Count = Field(description="Minste antall intervjuer.")
    max: Count = Field(description="Største antall intervjuer.")
    who: Rich = Field(description="Hvem du velger, og hvordan.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.min, self.max, ("min", "max"))
        return self


class Interview(Guide):
    """An interview guide. Opening, sections and closing add up to `minutes`."""

    kind: ClassVar[str] = "interview"
    minutes: Minutes = Field(description="Lengde i minutter. Summen av delene.")
    interviewees: Interviewees = Field(description="Hvem, og hvor mange.")
    preparation: tuple[Preparation, ...] = Field(min_length=2, description="Forberedelser.")
    invitation: Letter = Field(description="Invitasjonen du sender.")
    privacy: Privacy = Field(description="Personvern.")
    opening: Script = Field(description="Det du sier først.")
    sections: tuple[InterviewSection, ...] = Field(min_length=2, description="Samtalen.")
    closing: Script = Field(description="Det du sier til slutt.")
    afterwards: tuple[FollowUp, ...] = Field(min_length=2, description="Etter intervjuet.")
    mistakes: tuple[Mistake, ...] = Field(min_length=3, description="Vanlige feil.")

    @property
    def takes(self) -> int:
        return self.minutes

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        parts = [section.minutes for section in self.sections]
        check_sum(self.minutes, [self.opening.minutes, *parts, self.closing.minutes])
        return self


class AgendaItem(Strict):
    """One item of an agenda."""

    title: Text = Field(description="Saken.")
    minutes: Minutes = Field(description="Minutter.")
    lead: Text = Field(description="Hvem som leder saken.")
    how: Rich = Field(description="Slik gjennomføres den.")
    result: Text = Field(description="Det saken gir.")


class Decision(Strict):
    """A decision to take."""

    title: Text = Field(description="Hva det gjelder.")
    draft: Rich = Field(description="Utkast til vedtak.")


class MeetingVariants(Strict):
    """Other ways to hold the meeting."""

    digital: Rich = Field(description="Slik gjør du det på skjerm.")
    short: Rich = Field(description="Slik gjør du det på halve tiden.")


class Meeting(Guide):
    """A meeting guide. The agenda adds up to `minutes`."""

    kind: ClassVar[str] = "meeting"
    minutes: Minutes = Field(description="Lengde i minutter. Summen av agendaen.")
    result: tuple[Text, ...] = Field(
        min_length=2, description="Fortsetter «Når møtet er slutt, har vi …»."
    )
    participants: tuple[Participant, ...] = Field(min_length=2, description="Deltakerne.")
    papers: tuple[Paper, ...] = Field(min_length=1, description="Papirer som sendes ut.")
    agenda: tuple[AgendaItem, ...] = Field(min_length=3, description="Agendaen.")
    decisions: tuple[Decision, ...] = Field(min_length=1, description="Beslutninger.")
    record: Annotated[tuple[FormField, ...], Field(min_length=2), unique("felt-id", "id")] = Field(
        description="Referatskjemaet."
    )
    follow_up: tuple[FollowUp, ...] = Field(min_length=2, description="Oppfølging.")
    variants: MeetingVariants = Field(description="Digitalt og kort.")
    mistakes: tuple[Mistake, ...] = Field(min_length=3, description="Vanlige feil.")

    @property
    def takes(self) -> int:
        return self.minutes

    @property
    def joined_by(self) -> frozenset[str]:
        return frozenset(entry.role for entry in self.participants if entry.role)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        check_sum(self.minutes, [item.minutes for item in self.agenda])
        return self


class Activity(Strict):
    """One activity of a run sheet."""

    title: Text = Field(description="Aktiviteten.")
    minutes: Minutes = Field(description="Minutter.")
    say: Rich = Field(description="Det fasilitatoren sier, i talespråk.")
    method: Rich = Field(description="Slik gjør dere det.")
    output: Text = Field(description="Det aktiviteten gir.")
    handout: Slug | None = Field(default=None, description="Id til arbeidsarket som deles ut.")


class Worksheet(Strict):
    """A sheet to print and fill in."""

    id: Slug = Field(description="Kjennetegn.")
    title: Text = Field(description="Tittel på arket.")
    paper: Literal["A4", "A3"] = Field(default="A4", description="Papirstørrelse.")
    instruction: Rich = Field(description="Kort instruks til deltakerne.")
    fields: Annotated[tuple[FormField, ...], Field(min_length=1), unique("felt-id", "id")] = Field(
        description="Feltene."
    )


class GroupSize(Strict):
    """From and to, in persons."""

    min: Count = Field(description="Minste antall personer.")
    max: Count = Field(description="Største antall personer.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.min, self.max, ("min", "max"))
        return self


class Workshop(Guide):
    """A workshop guide. The run sheet adds up to `minutes`."""

    kind: ClassVar[str] = "workshop"
    minutes: Minutes = Field(description="Lengde i minutter. Summen av kjøreplanen.")
    group: GroupSize = Field(description="Antall deltakere.")
    result: tuple[Text, ...] = Field(
        min_length=2, description="Fortsetter «Når workshopen er slutt, har vi …»."
    )
    fits: tuple[Text, ...] = Field(min_length=1, description="Passer når …")
    avoid: tuple[Text, ...] = Field(min_length=1, description="Passer ikke når …")
    participants: tuple[Participant, ...] = Field(min_length=2, description="Deltakerne.")
    room: Rich = Field(description="Rommet.")
    materials: tuple[Text, ...] = Field(min_length=2, description="Det du trenger.")
    preparation: tuple[Preparation, ...] = Field(min_length=2, description="Forberedelser.")
    run_sheet: tuple[Activity, ...] = Field(min_length=4, description="Kjøreplanen.")
    worksheets: Annotated[tuple[Worksheet, ...], Field(min_length=1), unique("ark-id", "id")] = (
        Field(description="Arbeidsark.")
    )
    facilitation: tuple[Text, ...] = Field(min_length=3, description="Råd til fasilitatoren.")
    digital: Rich = Field(description="Slik gjør du det på skjerm.")
    documentation: Rich = Field(description="Slik tar dere vare på resultatet.")
    follow_up: tuple[FollowUp, ...] = Field(min_length=2, description="Oppfølging.")

    @property
    def takes(self) -> int:
        return self.minutes

    @property
    def joined_by(self) -> frozenset[str]:
        return frozenset(entry.role for entry in self.participants if entry.role)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        check_sum(self.minutes, [activity.minutes for activity in self.run_sheet])
        return self

    @model_validator(mode="after")
    def _handouts_exist(self) -> Self:
        known = {sheet.id for sheet in self.worksheets}
        for index, activity in enumerate(self.run_sheet):
            if activity.handout and activity.handout not in known:
                raise complaint(
                    "arket «{handout}» finnes ikke i worksheets",
                    at=("run_sheet", index, "handout"),
                    handout=activity.handout,
                )
        return self
