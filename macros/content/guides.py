"""Guides: interviews, meetings and workshops."""

from __future__ import annotations

from math import ceil
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StrictBool, StrictFloat, StrictInt, model_validator

from macros.content.base import (
    Count,
    FollowUp,
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
from macros.content.fields import FormField, calculable
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
    per_municipality: Count | None = Field(
        default=None, description="Færreste intervjuer i hver kommune."
    )
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


class Timed(Strict):
    """What takes its time of a plan, and how it gives way when one runs late."""

    minutes: Minutes = Field(description="Minutter.")
    least: Minutes | None = Field(
        default=None,
        description="Det minste antallet minutter som fortsatt virker, når tiden blir knapp.",
    )
    skip: StrictBool = Field(default=False, description="Kan gå ut når tiden blir knapp.")

    @model_validator(mode="after")
    def _least_is_no_more_than_planned(self) -> Self:
        if self.least is not None and self.least > self.minutes:
            raise complaint(
                "er {least}, men det er satt av {minutes} minutter",
                at=("least",),
                least=self.least,
                minutes=self.minutes,
            )
        return self


class AgendaItem(Timed):
    """One item of an agenda."""

    title: Text = Field(description="Saken.")
    lead: Text = Field(description="Hvem som leder saken.")
    pause: StrictBool = Field(default=False, description="Punktet er en pause.")
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
    record: Annotated[
        tuple[FormField, ...], Field(min_length=2), unique("felt-id", "id"), calculable
    ] = Field(description="Referatskjemaet.")
    follow_up: tuple[FollowUp, ...] = Field(min_length=2, description="Oppfølging.")
    variants: MeetingVariants = Field(description="Digitalt og kort.")
    slides: StrictBool = Field(default=True, description="Ledes fra en skjerm og har lysbilder.")
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


Share = Annotated[StrictFloat, Field(ge=0.05, le=60)]


class Pace(Strict):
    """What an activity takes in all, and for each who gets a turn, all in minutes."""

    fixed: Annotated[StrictInt, Field(ge=0, le=600)] = Field(
        default=0, description="Minutter som er like mange for alle grupper."
    )
    per_person: Share | None = Field(
        default=None, description="Minutter til hver deltaker, som 0.5 for et halvt minutt."
    )
    per_group: Share | None = Field(
        default=None, description="Minutter til hver gruppe, som 0.5 for et halvt minutt."
    )
    group_of: Count | None = Field(
        default=None, description="Deltakere i en gruppe. Må stå når per_group står."
    )

    @model_validator(mode="after")
    def _grows_with_people(self) -> Self:
        if (self.per_person is None) == (self.per_group is None):
            raise complaint("skal ha enten per_person eller per_group")
        if (self.per_group is None) != (self.group_of is None):
            raise complaint("per_group og group_of skal stå sammen")
        return self

    def groups(self, people: int) -> int:
        """Return how many groups that many people make."""
        return ceil(people / self.group_of) if self.group_of else 0

    def needed(self, people: int) -> int:
        """Return the minutes that it takes with so many people, rounded up."""
        turns = (self.per_person or 0) * people + (self.per_group or 0) * self.groups(people)
        return self.fixed + ceil(round(turns, 6))


class Activity(Timed):
    """One activity of a run sheet."""

    title: Text = Field(description="Aktiviteten.")
    pace: Pace | None = Field(
        default=None,
        description="Hvordan tiden vokser med deltakerne. Steget må holde til den største gruppen.",
    )
    task: Annotated[tuple[Text, ...], Field(max_length=6)] = Field(
        default=(), description="Oppgaven i deltakernes ord, punkt for punkt, til lysbildet."
    )
    pause: StrictBool = Field(default=False, description="Steget er en pause.")
    say: Rich = Field(description="Det fasilitatoren sier, i talespråk.")
    method: Rich = Field(description="Slik gjør dere det.")
    output: Text = Field(description="Det aktiviteten gir.")
    handout: Slug | None = Field(default=None, description="Id til arbeidsarket som deles ut.")

    @model_validator(mode="after")
    def _least_is_said_once(self) -> Self:
        if self.pace and self.least is not None:
            raise complaint("kan ikke stå sammen med pace, som sier det samme", at=("least",))
        return self


class Worksheet(Strict):
    """A sheet to print and fill in."""

    id: Slug = Field(description="Kjennetegn.")
    title: Text = Field(description="Tittel på arket.")
    paper: Literal["A4", "A3"] = Field(default="A4", description="Papirstørrelse.")
    instruction: Rich = Field(description="Kort instruks til deltakerne.")
    fields: Annotated[
        tuple[FormField, ...], Field(min_length=1), unique("felt-id", "id"), calculable
    ] = Field(description="Feltene.")


class ShortStep(Strict):
    """One step of a short form."""

    title: Text = Field(description="Steget.")
    minutes: Minutes = Field(description="Minutter.")
    how: Rich = Field(description="Slik gjør dere det.")


class ShortForm(Strict):
    """A workshop held in much less time: when that is enough, and what it does not give."""

    title: Text = Field(description="Hva kortformen brukes til.")
    minutes: Minutes = Field(description="Lengde i minutter. Summen av stegene.")
    fits: Text = Field(description="Når kortformen er nok.")
    lacks: Text = Field(description="Det dere ikke får.")
    steps: tuple[ShortStep, ...] = Field(min_length=2, description="Stegene.")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        check_sum(self.minutes, [step.minutes for step in self.steps])
        return self


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
    short: tuple[ShortForm, ...] = Field(
        default=(), description="Kortere måter å gjøre det på, med egen kjøreplan."
    )
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
    def _holds_for_the_largest_group(self) -> Self:
        for index, activity in enumerate(self.run_sheet):
            needed = activity.pace.needed(self.group.max) if activity.pace else 0
            if needed > activity.minutes:
                raise complaint(
                    "er {minutes}, men steget tar {needed} minutter med {people} deltakere",
                    at=("run_sheet", index, "minutes"),
                    hint="Gi det mer tid, la færre få ordet, eller ta ned max i group.",
                    minutes=activity.minutes,
                    needed=needed,
                    people=self.group.max,
                )
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
