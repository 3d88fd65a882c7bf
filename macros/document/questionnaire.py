"""The neutral tree of a survey that people answer: what `Document` is for files to read.

A `Document` shows a question as a field; survey tools need what a field has no place for:
scales, conditions, limits, and codes in the form that each tool can hold.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.content import base, survey as model
from macros.content.analysis import UNSURE, QuestionType
from macros.content.handbook import download_name
from macros.content.rich import RichBlock
from macros.document.address import address
from macros.document.edition import Edition, Words, Writing

# What LimeSurvey's tables hold: `answers.code` and `questions.title`. Letters and digits only.
_SHORT, _PLAIN = 5, 20
_RESERVED = ("time", "other")  # what LimeSurvey calls columns of its own


@dataclass(frozen=True)
class Option:
    """An answer, or a row of a matrix.

    `code` is the handbook's own. `short` (at most 5 letters and digits) and `plain` (at
    most 20) stand for it in tools that cannot hold it; each is unique among its siblings.
    """

    code: str
    label: str
    short: str
    plain: str


@dataclass(frozen=True)
class Condition:
    """Show a question when an earlier one, which may take several answers, has one of these."""

    question: str
    answers: tuple[Option, ...]
    multiple: bool


@dataclass(frozen=True)
class Question:
    """A question with filled-in texts; `number` is its place in the questionnaire, from 1.

    `help` is the author's own, `hint` adds the unit and the limit for tools that do not
    say them. `minimum` and `maximum` are for numbers, `lines` for texts, `rows` for matrices.
    """

    code: str
    number: int
    type: QuestionType
    text: str
    help: str = ""
    hint: str = ""
    required: bool = False
    condition: Condition | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    max_answers: int | None = None
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    lines: int = 1


@dataclass(frozen=True)
class Theme:
    """Questions that stand together on a page; `id` is unique in the questionnaire."""

    id: str
    title: str
    intro: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Letter:
    """An e-mail to send."""

    subject: str
    body: tuple[RichBlock, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A survey, ready for any survey tool.

    `name` is the stem of its downloads and `address` its page below the language's root.
    `information` is what whoever answers has a right to know, `target` advice to whoever
    sends it, `minimum_group` the least number of answers in a group that is shown.
    """

    id: str
    language: base.Language
    name: str
    title: str
    summary: str
    address: str
    version: str
    updated: dt.date
    minutes: int
    minimum_group: int
    information: tuple[RichBlock, ...]
    target: tuple[RichBlock, ...]
    invitation: Letter
    reminder: Letter
    themes: tuple[Theme, ...]

    @property
    def questions(self) -> Iterator[Question]:
        """Return all questions in order."""
        return (question for theme in self.themes for question in theme.questions)


def compose_questionnaire(edition: Edition, item: model.Survey) -> Questionnaire:
    """Return the questionnaire of a survey, in the survey's own language."""
    w = Writing(edition, item)
    return Questionnaire(
        id=item.id,
        language=item.language,
        name=str(download_name(item)),
        title=w.text(item.title),
        summary=w.text(item.summary),
        address=address(item.kind, item.id),
        version=item.version,
        updated=item.updated,
        minutes=item.minutes,
        minimum_group=edition.number(item.minimum_group),
        information=w.rich(item.privacy.information),
        target=w.rich(item.target),
        invitation=_letter(w, item.invitation),
        reminder=_letter(w, item.reminder),
        themes=_themes(w, item),
    )


def questionnaires(edition: Edition) -> Iterator[Questionnaire]:
    """Return the questionnaire of every survey that is in the edition's own language."""
    for item in edition.handbook.all(model.Survey):
        if item.language == edition.language:
            yield compose_questionnaire(edition, item)


def range_text(question: Question, words: Words) -> str:
    """Return what a number may be, in words."""
    if question.maximum is None:
        return words("survey_file.from", min=question.minimum)
    return words("survey_file.between", min=question.minimum, max=question.maximum)


def _letter(w: Writing, letter: base.Letter) -> Letter:
    return Letter(w.text(letter.subject), w.rich(letter.body))


def _themes(w: Writing, item: model.Survey) -> tuple[Theme, ...]:
    earlier: dict[str, Question] = {}
    themes = []
    for index, section in enumerate(item.sections, start=1):
        questions = []
        for question in section.questions:
            earlier[question.code] = _question(w, question, earlier)
            questions.append(earlier[question.code])
        intro = w.text(section.intro or "")
        themes.append(Theme(f"tema_{index}", w.text(section.title), intro, tuple(questions)))
    return tuple(themes)


def _question(w: Writing, question: model.SurveyQuestion, earlier: dict[str, Question]) -> Question:
    number = question if isinstance(question, model.NumberQuestion) else None
    multiple = question if isinstance(question, model.MultipleQuestion) else None
    matrix = question if isinstance(question, model.MatrixQuestion) else None
    return Question(
        code=question.code,
        number=len(earlier) + 1,
        type=question.type,
        text=w.text(question.text),
        help=w.text(question.help or ""),
        hint=_hint(w, question),
        required=question.required,
        condition=_condition(question.condition, earlier) if question.condition else None,
        options=_answers(w, question),
        rows=_options((row.code, w.text(row.label)) for row in matrix.rows) if matrix else (),
        max_answers=multiple.max_answers if multiple else None,
        unit=w.text(number.unit) if number else "",
        minimum=number.min if number else None,
        maximum=number.max if number else None,
        lines=question.lines if isinstance(question, model.TextQuestion) else 1,
    )


def _hint(w: Writing, question: model.SurveyQuestion) -> str:
    parts = [w.text(question.help)] if question.help else []
    if isinstance(question, model.MultipleQuestion) and question.max_answers:
        parts.append(w.words("survey.max_answers", n=question.max_answers))
    if isinstance(question, model.NumberQuestion):
        parts.append(w.words("survey.unit", unit=w.text(question.unit)))
    return " ".join(parts)


def _condition(condition: model.Condition, earlier: dict[str, Question]) -> Condition:
    # The model has made sure that the question stands earlier and has these answers.
    asked = earlier[condition.question]
    answers = tuple(option for option in asked.options if option.code in condition.answers)
    return Condition(asked.code, answers, asked.type == "multiple")


def _answers(w: Writing, question: model.SurveyQuestion) -> tuple[Option, ...]:
    if isinstance(question, model.SingleQuestion | model.MultipleQuestion):
        return _options((option.code, w.text(option.label)) for option in question.options)
    if isinstance(question, model.MatrixQuestion):
        return _options((column.code, w.text(column.label)) for column in question.columns)
    return _options(_scale(w, question)) if isinstance(question, model.ScaleQuestion) else ()


def _scale(w: Writing, question: model.ScaleQuestion) -> Iterator[tuple[str, str]]:
    """Return the steps as (code, label); the ends are named, as in the document."""
    names = {1: w.text(question.low), question.points: w.text(question.high)}
    for step in range(1, question.points + 1):
        yield str(step), f"{step} – {names[step]}" if step in names else str(step)
    if question.unsure:
        yield UNSURE, w.words("survey.unsure")


def _options(found: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    short: set[str] = set()
    plain = set(_RESERVED)
    return tuple(
        Option(
            code,
            label,
            _free(_shortened(code), _SHORT, short),
            _free(code.replace("_", "") or "x", _PLAIN, plain),
        )
        for code, label in found
    )


def _shortened(code: str) -> str:
    """Return at most 5 letters and digits that still remind of the code.

    `svaert_fornoyd` gives `svfor` and `fra_10_til_19` gives `10t19`: numbers are kept
    whole, words shortened, the first words left out when there is no room. It follows
    from the code alone, so that it is the same from year to year.
    """
    parts = re.findall(r"[a-z]+|[0-9]+", code) or ["x"]
    sizes = [len(part) if part.isdigit() else 1 for part in parts]
    for at, part in enumerate(parts):
        if sum(sizes) > _SHORT and not part.isdigit():
            sizes[at] = 0
    # Two letters of the first word, then all that there is room for, from the last word on.
    for at, most in ((0, 2), *((at, _SHORT) for at in reversed(range(len(parts))))):
        if sizes[at]:
            room = sizes[at] + _SHORT - sum(sizes)
            sizes[at] = min(len(parts[at]), max(sizes[at], most), max(sizes[at], room))
    return "".join(part[:size] for part, size in zip(parts, sizes, strict=True))


def _free(wanted: str, room: int, taken: set[str]) -> str:
    """Return `wanted` cut to `room`, numbered at its end when a sibling has it; mark it taken."""
    name, number = wanted[:room], 1
    while name in taken:
        number += 1
        name = f"{wanted[: room - len(str(number))]}{number}"
    taken.add(name)
    return name
