"""XLSForm (.xlsx): what ODK, KoboToolbox and Enketo read. Rules: https://xlsform.org/en/.

The sheets `survey`, `choices` and `settings` are the form. A last sheet, whose name begins
with an underscore so that tools pass it by, holds what whoever sends the survey needs.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros.document.formats import file_name
from macros.document.questionnaire import (
    Condition,
    Letter,
    Option,
    Question,
    Questionnaire,
    Theme,
    range_text,
)
from macros.document.shared import Shared
from macros.keys import key
from macros.writers import Job, Rendered, WriterError
from macros.writers.survey.parts import (
    facts,
    markdown,
    neutral,
    page_url,
    plain,
)

Row = dict[str, str]

# Column -> width in characters. `label`, `hint` and `constraint_message` get the language.
_SURVEY = {
    "type": 24,
    "name": 24,
    "label": 60,
    "hint": 40,
    "required": 10,
    "relevant": 40,
    "constraint": 24,
    "constraint_message": 32,
    "appearance": 14,
}
_CHOICES = {"list_name": 14, "name": 24, "label": 60}
_SETTINGS = {
    "form_title": 44,
    "form_id": 32,
    "version": 10,
    "default_language": 20,
    "style": 10,
}
_TRANSLATED = ("label", "hint", "constraint_message")


@dataclass(frozen=True)
class Sheet:
    """A sheet: column widths in characters, and rows of text. `head` marks a header row."""

    name: str
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    head: bool = True


@dataclass(frozen=True)
class Workbook:
    """The whole input of one file; `properties` are (name, text) as XlsxWriter calls them."""

    name: str
    sheets: tuple[Sheet, ...]
    properties: tuple[tuple[str, str], ...]
    created: dt.date


def job(questionnaire: Questionnaire, shared: Shared) -> Job:
    """Return the job that makes the questionnaire's XLSForm."""
    payload = _workbook(questionnaire, shared)
    return Job(payload.name, key(__name__, payload), render, payload)


def _workbook(questionnaire: Questionnaire, shared: Shared) -> Workbook:
    language = f"{shared.words('language.own_name')} ({questionnaire.language})"
    survey = [_note("intro", _intro(questionnaire, shared))]
    for theme in questionnaire.themes:
        survey += _theme(theme, shared)
    choices = [row for question in questionnaire.questions for row in _choices(question)]
    settings = {
        "form_title": _text(questionnaire.title),
        "form_id": questionnaire.name.replace("-", "_"),
        "version": questionnaire.version,
        "default_language": language,
        "style": "pages",
    }
    sheets = (
        _sheet("survey", _SURVEY, survey, language),
        _sheet("choices", _CHOICES, choices, language),
        _sheet("settings", _SETTINGS, [settings], language),
        _about(questionnaire, shared),
    )
    properties = (
        ("title", questionnaire.title),
        ("author", shared.region.owner),
        ("subject", questionnaire.summary),
        ("category", shared.words("kind.survey")),
        ("comments", " · ".join(value for _, value in facts(questionnaire, shared))),
        ("hyperlink_base", page_url(questionnaire, shared)),
    )
    name = file_name(questionnaire.name, "xlsform")
    return Workbook(name, sheets, properties, questionnaire.updated)


def _sheet(name: str, columns: dict[str, int], rows: list[Row], language: str) -> Sheet:
    header = tuple(f"{key}::{language}" if key in _TRANSLATED else key for key in columns)
    cells = (tuple(row.get(key, "") for key in columns) for row in rows)
    return Sheet(name, tuple(columns.values()), (header, *cells))


def _intro(questionnaire: Questionnaire, shared: Shared) -> str:
    minutes = shared.words("survey_file.minutes", n=questionnaire.minutes)
    information = markdown(questionnaire.information, shared, _text)
    return f"**{_text(questionnaire.title)}**\n\n{information}\n\n{minutes}"


def _note(name: str, label: str) -> Row:
    return {"type": "note", "name": name, "label": label}


def _theme(theme: Theme, shared: Shared) -> Iterator[Row]:
    yield {
        "type": "begin_group",
        "name": theme.id,
        "label": _text(theme.title),
        "appearance": "field-list",
    }
    if theme.intro:
        yield _note(f"{theme.id}_intro", _text(theme.intro))
    for question in theme.questions:
        yield from _matrix(question) if question.type == "matrix" else [_plain(question, shared)]
    yield {"type": "end_group", "name": theme.id}


def _plain(question: Question, shared: Shared) -> Row:
    return {
        "type": _type(question),
        "name": question.code,
        "label": _text(question.text),
        "hint": _text(question.hint),
        "required": "yes" if question.required else "",
        "relevant": _relevant(question.condition),
        **_limits(question, shared),
        "appearance": "multiline" if question.lines > 1 else "",
    }


def _type(question: Question) -> str:
    if question.type in ("single", "scale"):
        return f"select_one {question.code}"
    if question.type == "multiple":
        return f"select_multiple {question.code}"
    return "integer" if question.type == "number" else "text"


def _limits(question: Question, shared: Shared) -> Row:
    if question.max_answers:
        message = shared.words("survey.max_answers", n=question.max_answers)
        constraint = f"count-selected(.) <= {question.max_answers}"
        return {"constraint": constraint, "constraint_message": message}
    if question.type == "number":
        limits = [f". >= {question.minimum}"]
        limits += [f". <= {question.maximum}"] if question.maximum is not None else []
        message = range_text(question, shared.words)
        return {"constraint": " and ".join(limits), "constraint_message": message}
    return {}


def _matrix(question: Question) -> Iterator[Row]:
    """Return a group that is shown as a table; each row is a question of its own."""
    hint = f"\n\n{_text(question.hint)}" if question.hint else ""
    yield {
        "type": "begin_group",
        "name": question.code,
        # A group has no hint (and a note inside would break the table).
        "label": _text(question.text) + hint,
        "relevant": _relevant(question.condition),
        "appearance": "table-list",
    }
    for row in question.rows:
        yield {
            "type": f"select_one {question.code}",
            "name": f"{question.code}_{row.code}",
            "label": _text(row.label),
            "required": "yes" if question.required else "",
        }
    yield {"type": "end_group", "name": question.code}


def _relevant(condition: Condition | None) -> str:
    if condition is None:
        return ""
    return " or ".join(
        f"selected(${{{condition.question}}}, '{answer.code}')" for answer in condition.answers
    )


def _choices(question: Question) -> Iterator[Row]:
    for option in question.options:
        yield _choice(question.code, option)


def _choice(list_name: str, option: Option) -> Row:
    return {"list_name": list_name, "name": option.code, "label": _text(option.label)}


# What Markdown, HTML and `${…}` begin with; labels may use all three, texts none.
_MARKS = re.compile(r"([\\*_]|^#)", re.MULTILINE)


def _text(text: str) -> str:
    found = _MARKS.sub(r"\\\1", text)
    return found.replace("](", "] (").replace("${", "$ {").replace("<", "< ")


def _about(questionnaire: Questionnaire, shared: Shared) -> Sheet:
    words = shared.words
    rows = [
        *facts(questionnaire, shared),
        (words("survey_file.purpose"), questionnaire.summary),
        (words("section.target"), plain(questionnaire.target)),
        (words("section.invitation"), _letter(questionnaire.invitation, words("letter.subject"))),
        (words("section.reminder"), _letter(questionnaire.reminder, words("letter.subject"))),
    ]
    return Sheet(f"_{words('survey_file.about')}", (28, 90), tuple(rows), head=False)


def _letter(letter: Letter, subject: str) -> str:
    return f"{subject} {letter.subject}\n\n{plain(letter.body)}"


def render(payload: Workbook) -> Rendered:
    """Return the workbook's bytes; raises WriterError for a text that no cell can hold."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    # A cell is text whatever it looks like: no formula, no link, no number.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    created = dt.datetime.combine(payload.created, dt.time())
    book.set_properties({**dict(payload.properties), "created": created})
    top = {"text_wrap": True, "valign": "top"}
    formats = {name: book.add_format(top | extra) for name, extra in _FORMATS.items()}
    for sheet in payload.sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats, payload.name)
    book.close()
    return Rendered(out.getvalue(), None)


_FORMATS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bottom": 1},
    "label": {"bold": True},
    "body": {},
}
_LINE, _TALLEST = 15, 409  # points: a line of 11-point type, and the tallest row that Excel has
_LETTERS = 1.12  # letters of running text in the width of one digit, which columns are measured in


def _write(page: Any, sheet: Sheet, formats: dict[str, Any], name: str) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    if sheet.head:
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for at, row in enumerate(sheet.rows):
        page.set_row(at, _height(row, sheet.widths))
        for column, cell in enumerate(row):
            style = "head" if sheet.head and at == 0 else "body"
            style = "label" if not sheet.head and column == 0 else style
            if cell and page.write_string(at, column, neutral(cell), formats[style]):
                raise WriterError(f"{name}: en celle i arket «{sheet.name}» er for lang")


def _height(row: tuple[str, ...], widths: tuple[int, ...]) -> int:
    """Return the height in points that shows all of a row; LibreOffice finds none itself."""
    lines = max(
        sum(max(1, math.ceil(len(line) / width / _LETTERS)) for line in cell.split("\n"))
        for cell, width in zip(row, widths, strict=True)
    )
    return min(_LINE * lines, _TALLEST)
