"""Composer for surveys."""

from __future__ import annotations

from macros.content.analysis import UNSURE
from macros.content.rich import Paragraph, Run
from macros.content.survey import (
    MatrixQuestion,
    MultipleQuestion,
    NumberQuestion,
    ScaleQuestion,
    SingleQuestion,
    Survey,
    SurveyQuestion,
    SurveySection,
    TextQuestion,
)
from macros.document import blocks as b
from macros.document.edition import Edition, Writing, length
from macros.document.formats import SURVEY
from macros.document.forms import options
from macros.document.guides import letter, privacy_sections
from macros.document.parts import document, guide_facts, in_order, part, points, related
from macros.document.region import answer_here


def compose_survey(edition: Edition, item: Survey) -> b.Document:
    """Return the document of a survey."""
    w = Writing(edition, item)
    count = w.fact("count", w.words("survey.questions", n=len(item.questions)))
    facts = guide_facts(w, item, length(w.words, item.minutes), count)
    small = w.words("survey.minimum_group", n=edition.number(item.minimum_group))
    sections = (
        *answer_here(w, item),
        part(w, "purpose", w.rich(item.purpose)),
        *in_order(w),
        part(w, "target", w.rich(item.target)),
        part(w, "privacy", privacy_sections(w, item.privacy)),
        part(w, "invitation", (letter(w, item.invitation.subject, w.rich(item.invitation.body)),)),
        part(w, "reminder", (letter(w, item.reminder.subject, w.rich(item.reminder.body)),)),
        part(
            w,
            "questions",
            tuple(_section(w, index, found) for index, found in enumerate(item.sections, start=1)),
        ),
        part(w, "reading", (points(w, item.reading),)),
        part(w, "small_groups", (Paragraph((Run(small),)), *w.rich(item.small_groups))),
        related(w, item.related),
    )
    return document(w, item, facts, sections, item.phases, formats=SURVEY)


def _section(w: Writing, index: int, section: SurveySection) -> b.Section:
    intro = (Paragraph((Run(w.text(section.intro)),)),) if section.intro else ()
    questions = tuple(_question(w, question) for question in section.questions)
    return b.Section(f"tema-{index}", w.text(section.title), (*intro, *questions))


def _question(w: Writing, question: SurveyQuestion) -> b.Field | b.FieldTable:
    if isinstance(question, MatrixQuestion):
        return _matrix(w, question)
    choices: tuple[tuple[str, str], ...] = ()
    if isinstance(question, SingleQuestion | MultipleQuestion):
        choices = options(w, question.options)
    elif isinstance(question, ScaleQuestion):
        choices = _scale(w, question)
    return b.Field(
        question.code,
        w.text(question.text),
        _KINDS[question.type],
        _hint(w, question),
        question.required,
        question.lines if isinstance(question, TextQuestion) else 1,
        choices,
        question.code,
    )


_KINDS: dict[str, b.FieldKind] = {
    "single": "choice",
    "multiple": "checklist",
    "scale": "choice",
    "number": "number",
    "text": "long",
}


def _matrix(w: Writing, question: MatrixQuestion) -> b.FieldTable:
    first = b.FieldColumn("rad", w.words("survey.row"), "short", 5)
    columns = tuple(
        b.FieldColumn(code, text, "choice", 2) for code, text in options(w, question.columns)
    )
    labels = tuple(text for _, text in options(w, question.rows))
    return b.FieldTable(
        question.code,
        w.text(question.text),
        (first, *columns),
        len(labels),
        labels,
        _hint(w, question),
        question.required,
        question.code,
    )


def _scale(w: Writing, question: ScaleQuestion) -> tuple[tuple[str, str], ...]:
    names = {1: w.text(question.low), question.points: w.text(question.high)}
    steps = [
        (str(step), f"{step} – {names[step]}" if step in names else str(step))
        for step in range(1, question.points + 1)
    ]
    return (*steps, (UNSURE, w.words("survey.unsure"))) if question.unsure else tuple(steps)


def _hint(w: Writing, question: SurveyQuestion) -> str:
    parts = [w.text(question.help)] if question.help else []
    if isinstance(question, MultipleQuestion) and question.max_answers:
        parts.append(w.words("survey.max_answers", n=question.max_answers))
    if isinstance(question, NumberQuestion):
        parts.append(w.words("survey.unit", unit=w.text(question.unit)))
    if question.condition:
        parts.append(w.words("survey.condition", code=question.condition.question))
    return " ".join(parts)
