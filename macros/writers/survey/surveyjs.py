"""SurveyJS JSON: what the Form Library and the Creator read, from version 2 on.

Valid against `surveyjs_definition.json` of the npm package survey-core.
"""

from __future__ import annotations

import json
from typing import Any

from macros.document.formats import file_name
from macros.document.questionnaire import (
    Condition,
    Option,
    Question,
    Questionnaire,
    Theme,
    range_text,
)
from macros.document.shared import Shared
from macros.writers import Job
from macros.writers.survey.parts import (
    TextFile,
    html,
    html_text,
    source_line,
    text_job,
)

# SurveyJS has one Norwegian, for the library's own buttons and messages.
_LOCALE = "no"


def job(questionnaire: Questionnaire, shared: Shared) -> Job:
    """Return the job that makes the questionnaire's SurveyJS file."""
    survey = {
        "locale": _LOCALE,
        "title": _text(questionnaire.title),
        "showProgressBar": True,
        "showQuestionNumbers": "off",
        "firstPageIsStartPage": True,
        "pages": [
            _start(questionnaire, shared),
            *(_page(theme, shared) for theme in questionnaire.themes),
        ],
    }
    text = json.dumps(survey, ensure_ascii=False, indent=2) + "\n"
    return text_job(TextFile(file_name(questionnaire.name, "surveyjs"), text), __name__)


def _start(questionnaire: Questionnaire, shared: Shared) -> dict[str, Any]:
    minutes = html_text(shared.words("survey_file.minutes", n=questionnaire.minutes))
    information = f"{html(questionnaire.information, shared)}<p>{minutes}</p>"
    source = f"<p>{html_text(source_line(questionnaire, shared))}</p>"
    return {
        "name": "intro",
        "elements": [
            {"type": "html", "name": "information", "html": information},
            # For whoever has the file; who answers does not see it.
            {"type": "html", "name": "source", "visible": False, "html": source},
        ],
    }


def _page(theme: Theme, shared: Shared) -> dict[str, Any]:
    return {
        "name": theme.id,
        "title": _text(theme.title),
        **({"description": _text(theme.intro)} if theme.intro else {}),
        "elements": [_element(question, shared) for question in theme.questions],
    }


def _element(question: Question, shared: Shared) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": _TYPES[question.type],
        "name": question.code,
        "title": _text(question.text),
    }
    if question.hint:
        found["description"] = _text(question.hint)
    if question.condition:
        found["visibleIf"] = _visible_if(question.condition)
    if question.required:
        found["isRequired"] = True
    return found | _own(question, shared)


_TYPES = {
    "single": "radiogroup",
    "scale": "radiogroup",
    "multiple": "checkbox",
    "matrix": "matrix",
    "number": "text",
    "text": "comment",
}


def _own(question: Question, shared: Shared) -> dict[str, Any]:
    """Return what only the question's type has."""
    if question.type == "matrix":
        rows, columns = _values(question.rows), _values(question.options)
        every = {"eachRowRequired": True} if question.required else {}
        return {"columns": columns, "rows": rows, **every}
    if question.type == "number":
        return _number(question, shared)
    if question.type == "text":
        return {"rows": question.lines}
    limit = {"maxSelectedChoices": question.max_answers} if question.max_answers else {}
    return {"choices": _values(question.options), **limit}


def _number(question: Question, shared: Shared) -> dict[str, Any]:
    message = range_text(question, shared.words)
    found: dict[str, Any] = {"inputType": "number", "min": question.minimum}
    if question.maximum is not None:
        found |= {"max": question.maximum, "maxErrorText": message}
    # A step would refuse decimals too, but with the library's own, vaguer words.
    whole = {"type": "regex", "regex": r"^-?\d+$", "text": message}
    return {**found, "minErrorText": message, "validators": [whole]}


def _values(options: tuple[Option, ...]) -> list[dict[str, str]]:
    return [{"value": option.code, "text": _text(option.label)} for option in options]


def _visible_if(condition: Condition) -> str:
    # `anyof` holds for one answer and for several, whether or not there is an answer yet.
    answers = ", ".join(f"'{answer.code}'" for answer in condition.answers)
    return f"{{{condition.question}}} anyof [{answers}]"


def _text(text: str) -> str:
    """Return a text in which the library finds no variable between braces."""
    return text.replace("{", "(").replace("}", ")")
