"""A person answers the SurveyJS file in Chromium: what they see, and what is saved of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from macros.document.questionnaire import Question, Questionnaire, questionnaires
from macros.document.shared import Shared
from macros.writers.survey import jobs
from tests import real
from tests.offline import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

LIBRARIES = Path(__file__).parent / "node_modules"
EDITION = real.edition()
SURVEYS = {found.id: found for found in questionnaires(EDITION)}
PAGE = """<!doctype html><html lang="nb"><meta charset="utf-8"><title>Prøve</title>
<link rel="stylesheet" href="survey-core/survey-core.fontless.min.css"><div id="skjema"></div>
<script src="survey-core/survey.core.min.js"></script>
<script src="survey-core/i18n/norwegian.min.js"></script>
<script src="survey-js-ui/survey-js-ui.min.js"></script>
<script src="start.js"></script></html>"""
START = """const survey = new Survey.Model(%s);
survey.onComplete.add(({ data }) => { window.saved = data; });
survey.render(document.getElementById("skjema"));"""


@pytest.mark.xdist_group("answering")
@pytest.mark.parametrize("name", SURVEYS)
def test_a_person_sees_what_follows_from_the_answers_and_all_are_saved(
    name: str, browser: Browser
) -> None:
    assert (LIBRARIES / "survey-js-ui").is_dir(), "survey-js-ui mangler: kjør make test"
    found = SURVEYS[name]
    files: dict[str, bytes | str] = {"index.html": PAGE, "start.js": START % surveyjs(found)}
    with opened(browser, LIBRARIES, files) as page:
        page.get_by_role("button", name="Start").click()
        wanted: dict[str, Any] = {}
        for theme in found.themes:
            if not any(should_be_seen(question, wanted) for question in theme.questions):
                continue  # the library passes by a page with nothing to answer
            page.get_by_text(theme.title, exact=True).first.wait_for()
            for question in theme.questions:
                shown = should_be_seen(question, wanted)
                assert place(page, question).count() == int(shown), question.code
                if shown:
                    wanted[question.code] = answered(place(page, question), question, found)
            page.get_by_role("button", name=re.compile("^(Neste|Fullfør)$")).click()
        page.wait_for_function("window.saved")
        assert page.evaluate("window.saved") == wanted
    conditional = [question.code for question in found.questions if question.condition]
    assert not conditional or set(conditional) & set(wanted)


def surveyjs(found: Questionnaire) -> str:
    shared = Shared(EDITION.region, None, EDITION.words(), "https://handbok.example.no/")  # type: ignore[arg-type]
    (job,) = (one for one in jobs(found, shared) if one.filename.endswith("-surveyjs.json"))
    data = job.render(job.payload).data
    return json.dumps(json.loads(data))


def place(page: Page, question: Question) -> Locator:
    return page.locator(f"[data-name='{question.code}']")


def should_be_seen(question: Question, answers: dict[str, Any]) -> bool:
    if question.condition is None:
        return True
    given = answers.get(question.condition.question, [])
    codes = given if isinstance(given, list) else [given]
    return any(answer.code in codes for answer in question.condition.answers)


def answered(where: Locator, question: Question, found: Questionnaire) -> Any:
    """Answer as a person does, so that more questions come; return what must be saved."""
    if question.type == "number":
        where.locator("input").fill(str(question.minimum))
        return question.minimum
    if question.type == "text":
        where.locator("textarea").fill("Det går bra, čálliin Ánte.")
        return "Det går bra, čálliin Ánte."
    if question.type == "matrix":
        for row in where.locator("tbody tr").all():
            row.locator("label").first.click()
        return {row.code: question.options[0].code for row in question.rows}
    asked = [
        answer
        for one in found.questions
        if one.condition and one.condition.question == question.code
        for answer in one.condition.answers
    ]
    option = asked[0] if asked else question.options[0]
    where.locator("label").filter(has_text=option.label).first.click()
    return [option.code] if question.type == "multiple" else option.code
