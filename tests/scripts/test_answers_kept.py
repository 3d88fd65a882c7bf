"""The figures alone as a file: what may be kept without the answers, and what is believed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.scripts.answers import drawn, survey
from tests.scripts.calls import one, run

LEAST = 10
KEPT = "answers/kept-figures.js"
SHOWN = {"n", "missing", "aside", "counts", "mean", "median", "sd"}


def lot(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (a test)


def counted() -> dict[str, Any]:
    """Return the figures of a hundred answers, some hidden, and texts that nobody may have."""
    of = survey()
    found: dict[str, Any] = one(
        "answers/protect.js", "figuresOf", of, drawn(of, 100, lot(4), alike=0.4)
    )
    notes = [{"key": "alike", "where": "ola.csv"}]
    return {**found, "set": "Høsten 2027", "notes": notes}


def written(result: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = one(KEPT, "figuresFile", result, True, {"": 250, "kommune_1": 90})
    return found


def test_the_file_has_the_figures_and_nothing_that_anyone_wrote() -> None:
    result = counted()
    assert any(text["answers"] for text in result["texts"])
    file = written(result)
    assert set(file) == {
        *("schema", "version", "survey", "survey_version", "date", "made_up"),
        *("set", "n", "asked", "figures"),
    }
    whole = json.dumps(file, ensure_ascii=False)
    for text in result["texts"]:
        assert all(answer["text"] not in whole for answer in text["answers"])
    assert "ola.csv" not in whole
    cells = [cell for one in file["figures"] for row in one["rows"] for cell in row["cells"]]
    hidden = [cell for cell in cells if "hidden" in cell]
    assert hidden
    assert all(set(cell) == {"hidden"} for cell in hidden)
    assert all(set(cell) <= SHOWN and cell["n"] >= LEAST for cell in cells if "hidden" not in cell)


def test_what_comes_back_is_what_was_shown_and_compares_as_before() -> None:
    result = counted()
    back = one(KEPT, "judgedFigures", written(result), survey())
    assert back["madeUp"] is True
    assert back["asked"] == {"": 250, "kommune_1": 90}
    assert back["result"] == {**result, "texts": [], "notes": []}
    later = one("answers/protect.js", "figuresOf", survey(), drawn(survey(), 90, lot(9)))
    before, after = run(
        [["answers/compare.js", "changes", a, later] for a in (result, back["result"])]
    )
    assert before == after
    assert any(change["sure"] for change in after)


def test_what_no_survey_has_a_place_for_is_dropped() -> None:
    file = written(counted())
    odd = json.loads(json.dumps(file))
    odd["figures"][0]["rows"][0]["cells"][0]["names"] = ["Ola"]
    odd["figures"].append({**odd["figures"][0], "code": "UKJ99"})
    back = one(KEPT, "judgedFigures", {**odd, "answers": ["Ola"]}, survey())
    assert back == one(KEPT, "judgedFigures", file, survey())


def cell(file: dict[str, Any], code: str) -> dict[str, Any]:
    figure = next(one for one in file["figures"] if one["code"] == code)
    found: dict[str, Any] = figure["rows"][0]["cells"][0]
    return found


Spoil = Callable[[dict[str, Any]], object]
WRONG: dict[str, tuple[Spoil, str]] = {
    "newer": (lambda file: file.update(version=2), "Version"),
    "other survey": (lambda file: file.update(survey="bedrifter"), "Other: bedrifter"),
    "few": (lambda file: file.update(n=9), "Few: n"),
    "few in a cell": (
        lambda file: cell(file, "SKA01").update(n=9),
        "Few: figures.3.rows.0.cells.0",
    ),
    "negative": (
        lambda file: cell(file, "SKA01")["counts"].update({"1": -1}),
        "Shape: figures.3.rows.0.cells.0.counts.1",
    ),
    "sum": (
        lambda file: cell(file, "SKA01")["counts"].update({"1": 99}),
        "Shape: figures.3.rows.0.cells.0.counts",
    ),
    "missing": (
        lambda file: cell(file, "SKA01").update(missing=900),
        "Shape: figures.3.rows.0.cells.0.n",
    ),
    "no mean": (lambda file: cell(file, "TAL01").update(mean="mye"), "mean"),
    "infinite": (lambda file: cell(file, "TAL01").update(sd={"inf": True}), "sd"),
    "group": (
        lambda file: file["figures"][3]["groups"][1].update(by="UKJ99"),
        "Shape: figures.3.groups.1",
    ),
    "cells": (
        lambda file: file["figures"][3]["rows"][0]["cells"].pop(),
        "Shape: figures.3.rows.0.cells",
    ),
    "text": (lambda file: file["figures"][3].update(text=3), "Shape: figures.3.text"),
    "asked": (lambda file: file.update(asked={"": -4}), "Shape: asked."),
    "no figures": (lambda file: file.update(figures=[]), "Shape: figures"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_is_not_right_is_refused_whole(name: str) -> None:
    spoil, told = WRONG[name]
    file = written(counted())
    spoil(file)
    found = one(KEPT, "judgedFigures", file, survey())
    assert told in found["error"].splitlines()[0]
