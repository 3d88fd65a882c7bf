"""The made-up answers are such as could be given, and say what is known about them beforehand."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from typing import Any

import pytest

from macros.content.base import LANGUAGES, Language
from macros.content.survey import Survey
from macros.writers.answers_data import answers_data
from macros.writers.answers_sample import ID, PEOPLE
from tests import real
from tests.writers.samples import sample_files

Row = dict[str, str]
SURVEYS = real.edition().handbook.all(Survey)
NAMES = [f"Eksempelkommune {letter}" for letter in "ABCD"]
BEFORE = "data/svar/samarbeidstillit-for-eksempel.csv"


@cache
def data(survey: str, language: Language = "nb") -> dict[str, Any]:
    edition = real.edition(language)
    return answers_data(edition, edition.handbook.find(Survey, survey))


@cache
def files(language: Language = "nb") -> dict[str, str]:
    return sample_files(real.edition(language))


def rows(address: str, language: Language = "nb") -> list[Row]:
    return list(csv.DictReader(io.StringIO(files(language)[address])))


def sets() -> list[tuple[str, str]]:
    """Return (survey, address) of each set."""
    own = [(item.id, data(item.id)["sample"]) for item in SURVEYS]
    return [*own, ("samarbeidstillit", BEFORE)]


def questions(survey: str) -> list[dict[str, Any]]:
    return [question for theme in data(survey)["themes"] for question in theme["questions"]]


def keys(question: dict[str, Any]) -> list[str]:
    code = question["code"]
    return [f"{code}_{row['code']}" for row in question["rows"]] or [code]


def question(survey: str, code: str) -> dict[str, Any]:
    return next(one for one in questions(survey) if one["code"] == code)


every_set = pytest.mark.parametrize(
    ("survey", "address"), [pytest.param(*one, id=one[1]) for one in sets()]
)


def test_every_survey_has_a_set_and_the_one_that_is_repeated_has_two() -> None:
    assert set(files()) == {address for _, address in sets()}
    assert data("samarbeidstillit")["sample_before"] == BEFORE
    assert [item.id for item in SURVEYS if "sample_before" in data(item.id)] == ["samarbeidstillit"]


@pytest.mark.parametrize("address", [address for _, address in sets()])
def test_every_row_says_that_it_is_made_up(address: str) -> None:
    found = rows(address)
    assert len(found) == PEOPLE
    assert [row[ID] for row in found] == [f"oppdiktet-{at:03}" for at in range(1, PEOPLE + 1)]
    assert "eksempel" in address


@every_set
def test_every_answer_is_one_that_the_question_has(survey: str, address: str) -> None:
    found = rows(address)
    assert list(found[0]) == [ID, *(key for one in questions(survey) for key in keys(one))]
    for one in questions(survey):
        codes = {option["code"] for option in one["options"]} | (
            set(NAMES) if one["open"] else set()
        )
        for answer in (row[key] for row in found for key in keys(one) if row[key]):
            if one["type"] == "number":
                assert one["min"] <= int(answer) <= (one["max"] or 100)
            elif one["type"] == "multiple":
                chosen = answer.split(" ")
                assert set(chosen) <= codes
                assert len(set(chosen)) == len(chosen) <= one.get("max_answers", len(codes))
                assert len(chosen) == 1 or not {"ingen", "vet_ikke"} & set(chosen)
            elif one["type"] != "text":
                assert answer in codes, (one["code"], answer)


@every_set
def test_only_those_who_are_asked_answer_and_they_answer_what_they_must(
    survey: str, address: str
) -> None:
    missing = 0
    for row in rows(address):
        for one in questions(survey):
            rule = one["condition"]
            asked = not rule or set(row[rule["question"]].split()) & set(rule["answers"])
            given = [bool(row[key]) for key in keys(one)]
            assert asked or not any(given), one["code"]
            if asked and one["required"]:
                assert all(given), one["code"]
            missing += one["type"] != "text" and bool(asked) and not all(given)
    assert missing > PEOPLE / 4  # that somebody skips a question has to be seen, too


@every_set
def test_one_municipality_is_below_the_limit_and_the_others_are_not(
    survey: str, address: str
) -> None:
    place, limit = data(survey)["place"], data(survey)["minimum_group"]
    if place is None:
        assert survey == "samarbeidstillit"  # it must not ask
        return
    counts = Counter(row[place] for row in rows(address))
    assert {name for name in counts if name.startswith("Eks")} == set(NAMES)
    assert [name for name in NAMES if counts[name] < limit] == NAMES[-1:]
    assert counts[NAMES[-1]] > 0


@every_set
def test_groups_differ(survey: str, address: str) -> None:
    by = data(survey)["place"] or data(survey)["groups"][0]
    spreads = []
    for one in questions(survey):
        steps = [option["code"] for option in one["options"] if option["code"] != "vet_ikke"]
        for key in keys(one) if one["ordered"] and one["code"] != by else ():
            groups: dict[str, list[int]] = {}
            for row in rows(address):
                if row[key] in steps and row[by]:
                    groups.setdefault(row[by], []).append(steps.index(row[key]))
            means = [sum(all_) / len(all_) for all_ in groups.values() if len(all_) > 15]
            spreads += [max(means) - min(means)] if len(means) > 1 else []
    assert len([spread for spread in spreads if spread > 0.3]) > len(spreads) / 5


@every_set
def test_vet_ikke_is_there_and_is_not_what_most_say(survey: str, address: str) -> None:
    answers = [row[key] for row in rows(address) for one in questions(survey) for key in keys(one)]
    share = answers.count("vet_ikke") / len([answer for answer in answers if answer])
    assert 0.02 < share < 0.1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_of_the_author_is_written_by_one(language: Language) -> None:
    for item in real.edition(language).handbook.all(Survey):
        for sample in item.analysis.samples:
            found = [row[sample.question] for row in rows(data(item.id)["sample"], language)]
            assert Counter(filter(None, found)) == Counter(sample.texts)


def test_the_answers_are_the_same_in_both_languages() -> None:
    for survey, address in sets():
        texts = {one["code"] for one in questions(survey) if one["type"] == "text"}
        same = [
            [{k: v for k, v in row.items() if k not in {ID, *texts}} for row in rows(address, one)]
            for one in LANGUAGES
        ]
        assert same[0] == same[1], address


def high(address: str, code: str, survey: str) -> float:
    """Return the share above the middle, of those who have an opinion."""
    aside = set(data(survey)["aside"])
    steps = [o["code"] for o in question(survey, code)["options"] if o["code"] not in aside]
    answers = [steps.index(row[code]) for row in rows(address) if row[code] in steps]
    return sum(answer > len(steps) // 2 for answer in answers) / len(answers)


@pytest.mark.parametrize(
    ("now", "before", "survey", "code"),
    [
        (
            "data/svar/effektmaling-eksempel.csv",
            "data/svar/bedrifter-eksempel.csv",
            "bedrifter",
            "DIA06",
        ),
        ("data/svar/samarbeidstillit-eksempel.csv", BEFORE, "samarbeidstillit", "TIL02"),
    ],
    ids=["effektmaling", "samarbeidstillit"],
)
def test_some_of_what_was_asked_before_has_changed_and_some_has_not(
    now: str, before: str, survey: str, code: str
) -> None:
    assert high(now, code, survey) - high(before, code, survey) > 0.15
    there = set(rows(now)[0])
    scales = [one["code"] for one in questions(survey) if one["type"] == "scale"]
    changes = [high(now, one, survey) - high(before, one, survey) for one in scales if one in there]
    assert [change for change in changes if abs(change) < 0.1]


def test_they_have_the_same_bytes_in_another_run() -> None:
    code = (
        "import hashlib\nfrom tests import real\n"
        "from tests.writers.samples import sample_files\n"
        "print(hashlib.sha256(repr(sample_files(real.edition())).encode()).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=real.ROOT,
        env={**os.environ, "PYTHONHASHSEED": "19"},
    )
    assert other.stdout.strip() == hashlib.sha256(repr(files()).encode()).hexdigest()


def test_the_page_is_told_where_they_are() -> None:
    for language in LANGUAGES:
        for item in real.edition(language).handbook.all(Survey):
            found = json.loads(json.dumps(data(item.id, language)))
            assert found["sample"] in files(language)
