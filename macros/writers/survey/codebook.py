"""The codebook: every code with its question, type and answers, as CSV and as JSON.

The CSV is for people and spreadsheets: a row a variable (a matrix has one for each of its
rows), semicolons and a byte order mark, as Excel in Norwegian wants it. The JSON is for
programs: a question an object, with English keys.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from macros.content.catalogue import Catalogue
from macros.document.formats import file_name
from macros.document.questionnaire import Letter, Option, Question, Questionnaire, Theme
from macros.document.shared import Shared
from macros.writers import Job
from macros.writers.survey.parts import TextFile, neutral, page_url, plain, text_job

_COLUMNS = (
    "code",
    "question",
    "type",
    "options",
    "section",
    "required",
    "condition",
    "min",
    "max",
    "unit",
    "max_answers",
    "limesurvey",
    "number",
)


def csv_job(questionnaire: Questionnaire, shared: Shared) -> Job:
    """Return the job that makes the codebook for spreadsheets."""
    words = shared.words
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([words(f"survey_file.column.{column}") for column in _COLUMNS])
    for theme in questionnaire.themes:
        for question in theme.questions:
            for row in _rows(theme, question, words):
                writer.writerow([neutral(row[column]) for column in _COLUMNS])
    name = file_name(questionnaire.name, "codebook_csv")
    return text_job(TextFile(name, "\ufeff" + out.getvalue()), __name__)


def _rows(theme: Theme, question: Question, words: Catalogue) -> Iterator[dict[str, str]]:
    row = {
        "code": question.code,
        "question": question.text,
        "type": words(f"survey_file.type.{question.type}"),
        "options": _listed(question.options),
        "section": theme.title,
        "required": words("survey_file.yes" if question.required else "survey_file.no"),
        "condition": _condition(question),
        "min": _number(question.minimum),
        "max": _number(question.maximum),
        "unit": question.unit,
        "max_answers": _number(question.max_answers),
        "limesurvey": _limesurvey(question),
        "number": str(question.number),
    }
    if question.type != "matrix":
        yield row
    for part in question.rows:
        code, text = f"{question.code}_{part.code}", f"{question.text} – {part.label}"
        own = f"{question.code}_{part.plain}"
        changed = [f"{code} → {own}"] if own != code else []
        both = " | ".join([*changed, row["limesurvey"]] if row["limesurvey"] else changed)
        yield {**row, "code": code, "question": text, "limesurvey": both}


def _listed(options: Iterable[Option]) -> str:
    return " | ".join(f"{option.code} = {option.label}" for option in options)


def _condition(question: Question) -> str:
    if question.condition is None:
        return ""
    answers = " | ".join(answer.code for answer in question.condition.answers)
    return f"{question.condition.question} = {answers}"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _stored(question: Question, option: Option) -> str:
    """Return the code that LimeSurvey holds for an answer."""
    return option.plain if question.type == "multiple" else option.short


def _limesurvey(question: Question) -> str:
    """Return the answers that LimeSurvey knows by another code."""
    return " | ".join(
        f"{option.code} → {_stored(question, option)}"
        for option in question.options
        if _stored(question, option) != option.code
    )


def json_job(questionnaire: Questionnaire, shared: Shared) -> Job:
    """Return the job that makes the codebook for programs."""
    book = {
        "title": questionnaire.title,
        "language": questionnaire.language,
        "version": questionnaire.version,
        "updated": questionnaire.updated.isoformat(),
        "region": shared.region.name or shared.region.owner,
        "address": page_url(questionnaire, shared),
        "minutes": questionnaire.minutes,
        "minimum_group": questionnaire.minimum_group,
        "information": plain(questionnaire.information),
        "invitation": _letter(questionnaire.invitation),
        "reminder": _letter(questionnaire.reminder),
        "questions": [
            _entry(theme, question)
            for theme in questionnaire.themes
            for question in theme.questions
        ],
    }
    text = json.dumps(book, ensure_ascii=False, indent=2) + "\n"
    return text_job(TextFile(file_name(questionnaire.name, "codebook_json"), text), __name__)


def _letter(letter: Letter) -> dict[str, str]:
    return {"subject": letter.subject, "body": plain(letter.body)}


def _entry(theme: Theme, question: Question) -> dict[str, Any]:
    condition = question.condition
    entry: dict[str, Any] = {
        "code": question.code,
        "number": question.number,
        "question": question.text,
        "type": question.type,
        "section": theme.title,
        "help": question.help,
        "required": question.required,
        "condition": condition
        and {
            "question": condition.question,
            "answers": [answer.code for answer in condition.answers],
        },
        "options": [
            {"code": option.code, "label": option.label, "limesurvey": _stored(question, option)}
            for option in question.options
        ],
    }
    if question.type == "matrix":
        entry["rows"] = [
            {"code": row.code, "label": row.label, "limesurvey": row.plain} for row in question.rows
        ]
    if question.type == "number":
        entry |= {"min": question.minimum, "max": question.maximum, "unit": question.unit}
    if question.type == "multiple":
        entry["max_answers"] = question.max_answers
    return entry
