"""How the answers to a survey are read, as data: one JSON file a survey, for the scripts.

A script knows codes, types and groups, and never a survey: all that it counts and shows stands
here. `open` marks a question whose answers are blanks to fill in («[kommune 1]»), so that a file
has names of its own there; `about` is which questions an advice on reading names, none for all.
Addresses are below the language's root.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from macros.content import survey as model
from macros.content.analysis import UNSURE
from macros.content.base import Language
from macros.content.brand.brand import Brand
from macros.content.template import Template
from macros.document.address import (
    ANSWERS,
    address,
    answers_address,
    form_address,
    sample_address,
)
from macros.document.compose import compose
from macros.document.edition import Edition, Writing
from macros.document.formats import DOWNLOADS, files
from macros.document.questionnaire import (
    Option,
    Question,
    Questionnaire,
    Theme,
    compose_questionnaire,
)
from macros.document.rich_data import rich

VERSION = 1  # of the form of these files
_CODE = re.compile(r"\b([A-Z]{2,4})(\d{2})(?:–([A-Z]{2,4})(\d{2}))?\b")
_BLANK = re.compile(r"\[[^\]]+\]")


def answers_files(edition: Edition) -> dict[str, str]:
    """Return the JSON of each survey, by its address below the language's root."""
    return {
        answers_address(item.id): json.dumps(
            answers_data(edition, item), ensure_ascii=False, separators=(",", ":")
        )
        + "\n"
        for item in edition.handbook.all(model.Survey)
    }


# What the report and its companions are made from, besides the answers.
REPORT = f"{ANSWERS}rapport.json"
SLIDES = f"{ANSWERS}lysbilder.pptx"  # `writers/slides/skeleton.py`
_PALETTE = ("ink", "muted", "accent", "line", "paper")


def report_files(edition: Edition, brand: Brand) -> dict[str, str]:
    """Return the JSON that says what a report is made from, by its address; none without a form."""
    for template in edition.handbook.all(Template):
        if template.answers_record:
            found = report_data(edition, brand, template)
            return {REPORT: json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"}
    return {}


def report_data(edition: Edition, brand: Brand, template: Template) -> dict[str, Any]:
    """Return what a report is made from: forms and files, which field gets what, and the look.

    Colours are those of the region's files on white paper, and so is the font of texts.
    """
    whole = compose(edition, template)
    palette = {name: brand.document[name] for name in _PALETTE}
    return {
        "schema": VERSION,
        "language": edition.language,
        "address": address(template.kind, template.id),
        "form": form_address(template.kind, template.id),
        "docx": f"{DOWNLOADS}{dict(files(whole))['docx']}",
        "slides": SLIDES,
        "fields": template.answers_record and template.answers_record.model_dump(exclude_none=True),
        "palette": {**palette, **({"font": brand.base} if brand.base else {})},
    }


def answers_data(edition: Edition, item: model.Survey) -> dict[str, Any]:
    """Return how the answers to a survey are read."""
    w = Writing(edition, item)
    whole = compose_questionnaire(edition, item)
    analysis = item.analysis
    low_high = {q.code: q for q in item.questions if isinstance(q, model.ScaleQuestion)}
    ends = {code: (w.text(q.low), w.text(q.high)) for code, q in low_high.items()}
    return {
        "schema": VERSION,
        "id": item.id,
        "version": item.version,
        "language": item.language,
        "title": whole.title,
        "address": address(item.kind, item.id),
        "minimum_group": whole.minimum_group,
        "aside": [UNSURE, *analysis.aside],
        **analysis.model_dump(include={"place", "groups", "first"}),
        **({"grouped": analysis.grouped} if analysis.grouped else {}),
        **{
            name: [ref.target[1] for ref in getattr(analysis, name)]
            for name in ("before", "beside")
        },
        "themes": [_theme(theme, analysis.ordered, ends) for theme in whole.themes],
        "reading": list(_reading(w, item, whole)),
        "small_groups": rich(w.rich(item.small_groups)),
        "others": _others(edition, item),
        "sample": sample_address(item.id),
        **(
            {"sample_before": sample_address(item.id, before=True)}
            if analysis.again(item.id)
            else {}
        ),
    }


def _others(edition: Edition, item: model.Survey) -> dict[Language, str]:
    """Return where the same survey is in the edition's other languages, from the site's root."""
    first = edition.region.languages[0]
    return {
        language: f"{'' if language == first else f'{language}/'}{answers_address(item.id)}"
        for language in edition.region.languages
        if language != edition.language
    }


def _theme(
    theme: Theme, ordered: tuple[str, ...], ends: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    return {
        "id": theme.id,
        "title": theme.title,
        "questions": [_question(one, ordered, ends) for one in theme.questions],
    }


def _question(
    question: Question, ordered: tuple[str, ...], ends: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    condition = question.condition
    found: dict[str, Any] = {
        "code": question.code,
        "number": question.number,
        "type": question.type,
        "text": question.text,
        "required": question.required,
        "ordered": question.type in ("scale", "matrix") or question.code in ordered,
        "open": any(_BLANK.fullmatch(option.label) for option in question.options),
        "condition": condition
        and {
            "question": condition.question,
            "answers": [answer.code for answer in condition.answers],
        },
        "options": [_option(option) for option in question.options],
        "rows": [_option(row) for row in question.rows],
    }
    if question.code in ends:
        found["low"], found["high"] = ends[question.code]
    if question.type == "number":
        found |= {"min": question.minimum, "max": question.maximum, "unit": question.unit}
    if question.max_answers:
        found["max_answers"] = question.max_answers
    return found


def _option(option: Option) -> dict[str, str]:
    return {
        "code": option.code,
        "label": option.label,
        "short": option.short,
        "plain": option.plain,
    }


def _reading(w: Writing, item: model.Survey, whole: Questionnaire) -> Iterator[dict[str, Any]]:
    codes = [question.code for question in whole.questions]
    for text in w.texts(item.reading):
        yield {"text": text, "about": list(dict.fromkeys(_named(text, codes)))}


def _named(text: str, codes: list[str]) -> Iterator[str]:
    """Return the codes that a text names, one by one or from one to another."""
    for match in _CODE.finditer(text):
        first, last = f"{match[1]}{match[2]}", f"{match[3]}{match[4]}" if match[3] else ""
        if first in codes:
            yield from codes[codes.index(first) : codes.index(last or first) + 1]
