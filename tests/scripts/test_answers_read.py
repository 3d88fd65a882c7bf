"""Answers are read from what each survey tool gives out, and nothing is lost without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scripts import answer_files as files
from tests.scripts.calls import run

DRIVER = "../../../tests/scripts/answers.mjs"
SURVEYS = ["bedrifter", "effektmaling", "folkevalgte", "kommuneansatte", "samarbeidstillit"]


def whole(folder: Path, given: dict[str, bytes], survey: str, **options: Any) -> Any:
    """Return what comes of files: tables, matches and the set, or what they are refused for."""
    return together(folder, [(given, survey, options)])[0]


def together(folder: Path, asked: list[tuple[dict[str, bytes], str, dict[str, Any]]]) -> list[Any]:
    """Return what comes of each, in one run of Node."""
    calls = []
    for number, (given, survey, options) in enumerate(asked):
        paths = []
        for name, content in given.items():
            path = folder / str(number) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            paths.append(str(path))
        by_hand = options.pop("by_hand", {})
        twins = [files.surveys("nn")[survey]]
        calls.append([DRIVER, "whole", paths, files.surveys()[survey], twins, options, by_hand])
    return run(calls)


def exports(survey: files.Survey, answers: files.Answers) -> dict[str, tuple[str, bytes, str]]:
    """Return what each tool gives out: the file's name, its bytes, and what it is known as."""
    lime, odk, forms, quest = files.limesurvey, files.odk, files.forms, files.questback
    comma = {"separator": ",", "encoding": "utf-8"}
    return {
        "LimeSurvey, koder": ("results.csv", files.as_csv(lime(survey, answers)), "limesurvey"),
        "LimeSurvey, fulle tekster": (
            "results.csv",
            files.as_csv(lime(survey, answers, "full", long=True), ","),
            "limesurvey",
        ),
        "LimeSurvey, koder og tekster": (
            "results.csv",
            files.as_csv(lime(survey, answers, "codetext", long=True)),
            "limesurvey",
        ),
        "LimeSurvey, Excel": ("results.xlsx", files.as_xlsx(lime(survey, answers)), "limesurvey"),
        "ODK Central": ("skjema.csv", files.as_csv(odk(survey, answers), **comma), "odk"),
        "ODK Central, delt": (
            "skjema.csv",
            files.as_csv(odk(survey, answers, split="/"), **comma),
            "odk",
        ),
        "KoboToolbox": ("kobo.csv", files.as_csv(odk(survey, answers, "/", "/")), "kobo"),
        "KoboToolbox, Excel": ("kobo.xlsx", files.as_openpyxl(odk(survey, answers, "/", "/")), "kobo"),
        "SurveyJS": ("svar.json", files.surveyjs(survey, answers), "surveyjs"),
        "Forms": ("Skjema.xlsx", files.as_xlsx(forms(survey, answers)), "forms"),
        "Forms, engelsk": ("Form.csv", files.as_csv(forms(survey, answers, "en"), **comma), "forms"),
        "Questback, tekst": ("qb.xlsx", files.as_xlsx(quest(survey, answers)), "questback"),
        "Questback, tall": ("qb.xlsx", files.as_xlsx(quest(survey, answers, True)), "questback"),
        "Questback, Windows": (
            "qb.csv",
            files.as_csv(quest(survey, answers), ";", "cp1252", quote=False),
            "questback",
        ),
        "kodeboken": ("svar.txt", files.as_csv(files.codes(survey, answers), "\t", "utf-16"), "codes"),
    }


@pytest.mark.parametrize("name", SURVEYS)
def test_every_answer_is_read_from_what_each_tool_gives_out(name: str, tmp_path: Path) -> None:
    survey = files.surveys()[name]
    answers = files.answered(survey, 40)
    given = exports(survey, answers)
    results = together(tmp_path, [({file: data}, name, {}) for file, data, _ in given.values()])
    for (tool, (_, _, known)), found in zip(given.items(), results, strict=True):
        assert "error" not in found, (tool, found)
        match = found["matches"][0]
        assert match["missing"] == [] and match["unknown"] == [], (tool, match)
        assert match["tool"] == known, tool
        wanted = files.expected(survey, answers)
        for key, column in found["set"]["columns"].items():
            assert column == wanted[key], (tool, key)
        assert found["set"]["n"] == len(answers), tool
