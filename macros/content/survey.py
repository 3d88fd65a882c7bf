"""Surveys: questions with stable codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from macros.content.analysis import Analysis, Code, check_analysis
from macros.content.base import (
    Count,
    Guide,
    Letter,
    Minutes,
    Options,
    Privacy,
    Strict,
    check_order,
    check_unique,
)
from macros.content.text import Rich, Text, ValueRef
from macros.content.written import complaint


class Condition(Strict):
    """Show the question only when another has one of these answers."""

    question: Code = Field(description="Koden til det tidligere spørsmålet.")
    answers: tuple[str, ...] = Field(min_length=1, description="Svarkodene som viser spørsmålet.")


class _Question(Strict):
    code: Code = Field(description="Fast kode, for eksempel «INF01». Endres aldri.")
    text: Text = Field(description="Spørsmålet. Én tanke.")
    help: Text | None = Field(default=None, description="Kort hjelp.")
    required: StrictBool = Field(default=False, description="Må besvares.")
    condition: Condition | None = Field(default=None, description="Når spørsmålet vises.")


class SingleQuestion(_Question):
    """One of several answers."""

    type: Literal["single"]
    options: Options = Field(description="Svarene.")


class MultipleQuestion(_Question):
    """Any of several answers."""

    type: Literal["multiple"]
    options: Options = Field(description="Svarene.")
    max_answers: Count | None = Field(default=None, description="Største antall svar.")


class ScaleQuestion(_Question):
    """A balanced scale from 1 to `points`."""

    type: Literal["scale"]
    points: Literal[5, 7] = Field(default=5, description="Antall trinn.")
    low: Text = Field(description="Hva laveste trinn betyr.")
    high: Text = Field(description="Hva høyeste trinn betyr.")
    unsure: StrictBool = Field(default=True, description="Tilby «vet ikke».")


class MatrixQuestion(_Question):
    """The same scale for several rows."""

    type: Literal["matrix"]
    rows: Options = Field(description="Radene.")
    columns: Options = Field(description="Svarene.")


class NumberQuestion(_Question):
    """A whole number."""

    type: Literal["number"]
    unit: Text = Field(description="Enheten, for eksempel «ansatte».")
    min: StrictInt = Field(default=0, description="Minste verdi.")
    max: StrictInt | None = Field(default=None, description="Største verdi.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.min, self.max, ("min", "max"))
        return self


class TextQuestion(_Question):
    """An answer in words."""

    type: Literal["text"]
    lines: Annotated[StrictInt, Field(ge=1, le=12)] = Field(default=3, description="Linjer.")


SurveyQuestion = Annotated[
    SingleQuestion
    | MultipleQuestion
    | ScaleQuestion
    | MatrixQuestion
    | NumberQuestion
    | TextQuestion,
    Field(discriminator="type"),
]

# Seconds to read and answer, by type; a matrix is counted by its rows.
SECONDS = {"single": 15, "multiple": 25, "scale": 12, "matrix": 10, "number": 15, "text": 60}


class SurveySection(Strict):
    """Questions about one theme."""

    title: Text = Field(description="Temaet.")
    intro: Text | None = Field(default=None, description="Innledning til temaet.")
    questions: tuple[SurveyQuestion, ...] = Field(min_length=1, description="Spørsmålene.")


class Survey(Guide):
    """A survey. `minutes` follows from the number and type of the questions."""

    kind: ClassVar[str] = "survey"
    minutes: Minutes = Field(description="Tid å svare, i minutter.")
    target: Rich = Field(description="Målgruppen, og hvordan du når den.")
    privacy: Privacy = Field(description="Personvern.")
    invitation: Letter = Field(description="Invitasjonen.")
    reminder: Letter = Field(description="Påminnelsen.")
    sections: tuple[SurveySection, ...] = Field(min_length=2, description="Spørsmålene.")
    reading: tuple[Text, ...] = Field(min_length=2, description="Slik leser du svarene.")
    minimum_group: ValueRef = Field(
        description="Verdien som sier hvor få svar en gruppe som vises for seg, kan ha."
    )
    small_groups: Rich = Field(description="Råd når grupper er små og noen kan kjennes igjen.")
    analysis: Analysis = Field(
        default=Analysis(), description="Hvordan svarene telles, deles inn og sammenlignes."
    )

    @property
    def questions(self) -> tuple[SurveyQuestion, ...]:
        """Return all questions in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def _placed(self) -> Iterator[tuple[tuple[str | int, ...], SurveyQuestion]]:
        for at, section in enumerate(self.sections):
            for index, question in enumerate(section.questions):
                yield ("sections", at, "questions", index), question

    @property
    def seconds(self) -> int:
        """Return the estimated time to answer, in seconds, along the longest way through."""
        return sum(self._along(one) for one in self.questions if one.condition is None)

    def _along(self, question: SurveyQuestion) -> int:
        """Return the seconds of a question, and of those that its slowest answer leads to."""
        rows = len(question.rows) if isinstance(question, MatrixQuestion) else 1
        after = [
            (one.condition.answers, self._along(one))
            for one in self.questions
            if one.condition and one.condition.question == question.code
        ]
        if isinstance(question, SingleQuestion):
            ways = [sum(t for codes, t in after if o.code in codes) for o in question.options]
        else:
            ways = [sum(t for _, t in after)]
        return SECONDS[question.type] * rows + max(ways)

    @property
    def takes(self) -> int:
        return self.minutes

    @model_validator(mode="after")
    def _minutes_follow(self) -> Self:
        expected = max(1, round(self.seconds / 60))
        if abs(self.minutes - expected) > max(1, expected // 4):
            raise complaint(
                "er {minutes}, men spørsmålene tar omtrent {expected} minutter",
                at=("minutes",),
                minutes=self.minutes,
                expected=expected,
            )
        return self

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        check_unique(((question.code, (*at, "code")) for at, question in self._placed), "koden")
        return self

    @model_validator(mode="after")
    def _conditions_hold(self) -> Self:
        answers: dict[str, set[str]] = {}
        for at, question in self._placed:
            if (rule := question.condition) and not set(rule.answers) <= answers.get(
                rule.question, set()
            ):
                raise complaint(
                    "vilkåret for {code} peker på svar som ikke finnes i {question}",
                    at=(*at, "condition"),
                    code=question.code,
                    question=rule.question,
                )
            options = question.options if hasattr(question, "options") else ()
            answers[question.code] = {option.code for option in options}
        return self

    @model_validator(mode="after")
    def _analysis_holds(self) -> Self:
        types = {question.code: question.type for question in self.questions}
        answers = (o.code for q in self.questions for o in getattr(q, "options", ()))
        check_analysis(self.analysis, types, answers)
        return self
