"""Answers are counted as pandas counts them, in every survey, and compared as statistics says."""

from __future__ import annotations

import math
import random
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from macros.content import survey as model
from macros.writers.answers_data import answers_data
from tests import real
from tests.scripts.answers import SIDES, Answers, Survey, drawn, keys, question, questions, survey
from tests.scripts.calls import one, run

PROTECT, COMPARE, INTERVAL = "answers/protect.js", "answers/compare.js", "answers/interval.js"
GROUPS = {"bedrifter": ("BED01", ["BED02", "BED03"])}


@cache
def surveys() -> dict[str, Survey]:
    """Return each survey's data with no limit, so that every cell is shown."""
    found: dict[str, Survey] = {"prove": survey()}
    for item in real.edition().handbook.all(model.Survey):
        data = answers_data(real.edition(), item)
        if item.id in GROUPS:
            data["place"], data["groups"] = GROUPS[item.id]
        found[item.id] = data
    return {name: data | {"minimum_group": 0} for name, data in found.items()}


class Judge:
    """Counts a set by pandas, from nothing but the survey's data and the answers."""

    def __init__(self, of: Survey, answers: Answers) -> None:
        self.of = of
        self.aside = set(of["aside"])
        self.frame = pd.DataFrame(
            {k: pd.Series(v, dtype=object) for k, v in answers["columns"].items()}
        )

    def asked(self, q: dict[str, Any]) -> pd.Series:
        rule = q["condition"]
        if not rule:
            return pd.Series(True, index=self.frame.index)
        on = next(one for one in questions(self.of) if one["code"] == rule["question"])
        if self.frame[on["code"]].isna().all():  # a file without it: who answered was asked
            own = [key for key in self.frame if key.split("/")[0] == q["code"]]
            return self.frame[own].notna().any(axis=1)
        listed = self.frame[on["code"]].map(lambda v: v if isinstance(v, list) else [v])
        return listed.explode().isin(rule["answers"]).groupby(level=0).any() & self.asked(on)

    def group(self, by: str, code: str) -> pd.Series:
        if not by:
            return pd.Series(True, index=self.frame.index)
        said = self.frame[by].where(~self.frame[by].isin(self.aside))
        return said.isna() if code == "-" else said == code

    def cell(self, q: dict[str, Any], key: str, by: str, code: str) -> dict[str, Any]:
        """Return what a cell must hold."""
        column = self.frame.loc[self.asked(q) & self.group(by, code), key]
        given = column.dropna()
        found = {"asked": len(column), "missing": int(column.isna().sum())}
        if q["type"] == "number":
            values = given.astype(float)
            return found | {"n": len(values), "aside": {}, "counts": {}} | spread(values)
        listed = given.map(lambda v: v if isinstance(v, list) else [v]).explode()
        count = listed[~listed.isin(self.aside)]
        people = count.index.nunique()
        only = listed[~listed.index.isin(count.index)].groupby(level=0).first()
        options = [o["code"] for o in q["options"]]
        chosen, put_aside = count.value_counts(), only.value_counts()
        names = [o for o in options if o not in self.aside]
        found |= {
            "n": int(people),
            "counts": {o: int(chosen.get(o, 0)) for o in names},
            "aside": {o: int(put_aside.get(o, 0)) for o in options if o in self.aside},
        }
        if q["ordered"]:
            place = count.map({o: at for at, o in enumerate(names, 1)}).astype(float)
            found |= spread(place) | sides(place, len(names))
        if q["type"] != "multiple" and people and chosen.max() == people:
            found["alike"] = True
        return found


def spread(values: pd.Series) -> dict[str, float]:
    if values.empty:
        return {}
    found = {"mean": values.mean(), "median": values.median()}
    return found | ({"sd": values.std()} if len(values) > 1 else {})


def sides(place: pd.Series, options: int) -> dict[str, float]:
    if place.empty or options < 3 or not options % 2:
        return {}
    middle = (options + 1) / 2
    return {
        "low": (place < middle).mean(),
        "mid": (place == middle).mean(),
        "high": (place > middle).mean(),
    }


def same(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Return whether two cells are the same: whole numbers exactly, others to ten digits."""
    return mine.keys() == theirs.keys() and all(
        math.isclose(mine[name], theirs[name], rel_tol=1e-10, abs_tol=1e-12)
        if isinstance(theirs[name], float)
        else mine[name] == theirs[name]
        for name in theirs
    )


@pytest.mark.parametrize(
    "name", ["prove", *(i.id for i in real.edition().handbook.all(model.Survey))]
)
def test_every_cell_of_every_survey_is_as_pandas_counts_it(name: str) -> None:
    of = surveys()[name]
    lot = random.Random(name)  # noqa: S311 (a test)
    sets = [drawn(of, n, lot, alike=alike) for n, alike in ((1, 0), (23, 0.4), (180, 0.1))]
    results = run([[PROTECT, "figuresOf", of, answers] for answers in sets])
    cells = 0
    for answers, result in zip(sets, results, strict=True):
        judge = Judge(of, answers)
        by_code = {q["code"]: q for q in questions(of)}
        shown = [figure["code"] for figure in result["figures"]]
        assert shown == [code for code, q in by_code.items() if q["type"] != "text"]
        for figure in result["figures"]:
            q = by_code[figure["code"]]
            assert [row["key"] for row in figure["rows"]] == keys(q)
            for row in figure["rows"]:
                for group, cell in zip(figure["groups"], row["cells"], strict=True):
                    must = judge.cell(q, row["key"], group["by"], group["code"])
                    assert same(cell, must), (row["key"], group, cell, must)
                    assert cell["asked"] == cell["n"] + cell["missing"] + sum(
                        cell["aside"].values()
                    )
                    cells += 1
    assert cells > 40


def test_what_is_shown_is_the_same_when_small_groups_are_hidden() -> None:
    of = surveys()["bedrifter"]
    answers = drawn(of, 180, random.Random(3))  # noqa: S311 (a test)
    bare, kept = run([[PROTECT, "figuresOf", of | {"minimum_group": n}, answers] for n in (0, 10)])
    shown = 0
    for open_, closed in zip(bare["figures"], kept["figures"], strict=True):
        for one_row, row in zip(open_["rows"], closed["rows"], strict=True):
            for full, cell in zip(one_row["cells"], row["cells"], strict=True):
                assert cell == full or set(cell) == {"hidden"}
                shown += cell == full
    assert shown > 100


def test_groups_are_who_said_so_and_the_rest_is_who_did_not() -> None:
    of = survey()
    answers = drawn(of, 200, random.Random(8))  # noqa: S311 (a test)
    result = one(PROTECT, "figuresOf", of, answers)
    scale = next(f for f in result["figures"] if f["code"] == "SKA01")
    for by, column in (("STE01", "STE01"), ("BRA01", "BRA01"), ("STR01", "STR01")):
        said = pd.Series(answers["columns"][column], dtype=object).replace("vet_ikke", None)
        count = said.fillna("-").value_counts()
        groups = {g["code"]: g["n"] for g in scale["groups"] if g["by"] == by}
        assert groups == count.to_dict()
    assert {g["label"] for g in result["places"]} == {"", *(f"Sted {n}" for n in range(1, 5))}
    for code in ("STE01", "BRA01", "STR01", "TAL01"):
        figure = next(f for f in result["figures"] if f["code"] == code)
        assert [g["by"] for g in figure["groups"]] == [""]  # never by each other


def test_municipalities_of_the_same_name_are_one_and_more_of_them_than_blanks_are_counted() -> None:
    of = survey(groups=[])
    answers = drawn(of, 120, random.Random(9))  # noqa: S311 (a test)
    column = answers["columns"]["STE01"]
    column[:30] = ["kommune_7"] * 30
    answers["places"] |= {"kommune_7": "Den sjuende", "kommune_2": " sted 1 "}
    result = one(PROTECT, "figuresOf", of, answers)
    count = (
        pd.Series(column, dtype=object).replace("kommune_2", "kommune_1").fillna("-").value_counts()
    )
    assert {g["code"]: g["n"] for g in result["places"]} == count.to_dict()
    figure = result["figures"][0]
    assert "Den sjuende" in [o["label"] for o in figure["options"]]
    assert "kommune_2" not in figure["rows"][0]["cells"][0]["counts"]


def test_a_question_without_a_column_is_no_figure_and_its_condition_is_who_answered() -> None:
    of = survey(place=None, groups=[], minimum_group=0)
    answers = drawn(of, 60, random.Random(2))  # noqa: S311 (a test)
    del answers["columns"]["ENK01"], answers["columns"]["MAT01/rad_b"]
    result = one(PROTECT, "figuresOf", of, answers)
    figures = {f["code"]: f for f in result["figures"]}
    assert "ENK01" not in figures
    assert [row["key"] for row in figures["MAT01"]["rows"]] == ["MAT01/rad_a"]
    answered = sum(v is not None for v in answers["columns"]["BET01"])
    assert figures["BET01"]["rows"][0]["cells"][0]["asked"] == answered
    # A file without the column gives one in which nobody has answered.
    answers["columns"]["ENK01"] = [None] * 60
    figures = {f["code"]: f for f in one(PROTECT, "figuresOf", of, answers)["figures"]}
    assert figures["BET01"]["rows"][0]["cells"][0]["asked"] == answered


# Two published examples: Newcombe (1998), table II, method 10, and t at 97.5 % (any table of it).
@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_the_interval_of_a_change_in_shares_is_newcombes(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    before, after = ({"some": x, "n": n} for x, n in (second, first))
    found = one(INTERVAL, "ofShares", before, after)
    assert [round(found["low"], 4), round(found["high"], 4)] == [low, high]


def test_t_is_that_of_the_tables() -> None:
    table = {9: 2.26216, 10: 2.22814, 15: 2.13145, 20: 2.08596, 30: 2.04227, 100: 1.98397}
    found = run([[INTERVAL, "student", n] for n in table])
    assert found == pytest.approx(list(table.values()), abs=2e-5)


def test_the_interval_of_a_change_in_means_holds_as_often_as_it_says() -> None:
    """Welch's interval, drawn again and again: 95 of 100 hold the difference that there is."""
    lot = np.random.default_rng(19)
    calls = []
    for _ in range(3000):
        one_, other = lot.normal(20, 4, 12), lot.normal(23, 9, 30)
        before, after = (
            {"mean": float(x.mean()), "sd": float(x.std(ddof=1)), "n": len(x)}
            for x in (one_, other)
        )
        calls.append([INTERVAL, "ofMeans", before, after])
    held = sum(found["low"] <= 3 <= found["high"] for found in run(calls))
    assert 0.94 <= held / 3000 <= 0.96


def tiny(*more: dict[str, Any], **of: Any) -> Survey:
    return (
        survey(place=None, groups=[])
        | {"themes": [{"id": "t", "title": "T", "questions": list(more)}]}
        | of
    )


def answered(of: Survey, **columns: list[Any]) -> Answers:
    n = len(next(iter(columns.values())))
    base = {"survey": of["id"], "version": "1.0", "label": "x", "places": {}, "notes": []}
    return base | {"n": n, "columns": columns}


def changed(
    before: Answers, after: Answers, first: Survey, then: Survey | None = None
) -> list[Any]:
    results = run(
        [[PROTECT, "figuresOf", first, before], [PROTECT, "figuresOf", then or first, after]]
    )
    return one(COMPARE, "changes", *results)


def scale(low: int, high: int) -> list[str]:
    return ["1"] * low + ["5"] * high


SKA = question("SKA01", "scale", ["1", "2", "3", "4", "5", "vet_ikke"])


@pytest.mark.parametrize(
    ("before", "after", "sure"),
    [
        ((50, 50), (35, 65), "up"),  # a hundred each time: fifteen percentage points are a change
        ((65, 35), (80, 20), "down"),
        ((50, 50), (40, 60), "unsure"),  # and ten are not
        ((18, 1), (1, 39), "few"),
        ((19, 1), (1, 39), "up"),
    ],
)
def test_a_change_is_told_only_when_one_can_be_sure(
    before: tuple[int, int], after: tuple[int, int], sure: str
) -> None:
    of = tiny(SKA)
    first, second = (answered(of, SKA01=scale(*n)) for n in (before, after))
    [found] = changed(first, second, of)
    shares = [n[1] / sum(n) for n in (before, after)]
    assert found["sure"] == sure
    assert found["measure"] == "high"
    assert [found["before"]["value"], found["after"]["value"]] == pytest.approx(shares)
    assert found["change"] == pytest.approx(shares[1] - shares[0])
    assert found["low"] <= found["change"] <= found["high"]


def test_a_change_that_is_told_is_always_of_more_than_two_people() -> None:
    """As the survey of trust asks for: of the smaller side, whatever the shares."""
    calls, moved = [], []
    for n in range(20, 200, 9):
        for held in range(0, n, max(1, n // 12)):
            for more in (1, 2):
                if held + more <= n:
                    pair = ({"some": held, "n": n}, {"some": held + more, "n": n})
                    calls.append([INTERVAL, "ofShares", *pair])
                    moved.append(more)
    assert all(found["low"] <= 0 for found in run(calls))
    assert len(moved) > 400


def test_only_what_is_the_same_is_compared_and_else_it_is_said_why() -> None:
    row = [{"code": c, "label": c, "short": c, "plain": c} for c in ("a", "b")]
    first = tiny(
        SKA,
        question("ENK01", "single", ["ja", "nei", "vet_ikke"]),
        question("ENK02", "single", ["ja", "nei"]),
        question("ENK03", "single", ["ja", "nei"]),
        question("MAT01", "matrix", SIDES, rows=row),
        question("TAL01", "number", []),
        question("BOR01", "single", ["ja"]),
    )
    then = tiny(
        SKA,
        question("ENK01", "single", ["ja", "nei", "vet_ikke"]),
        question("ENK02", "single", ["ja", "nei", "delvis"]),
        question("ENK03", "multiple", ["ja", "nei"]),
        question("MAT01", "matrix", SIDES, rows=row[:1]),
        question("TAL01", "number", []),
    )
    lot = random.Random(4)  # noqa: S311 (a test)
    before, after = drawn(first, 90, lot), drawn(then, 80, lot)
    after["columns"]["SKA01"] = ["vet_ikke"] * 75 + ["4"] * 5  # five answers: hidden
    found = changed(before, after, first, then)
    reasons = {(c["key"], c["measure"]): c.get("reason") for c in found}
    assert reasons == {
        ("SKA01", "high"): "hidden",
        ("ENK01", "ja"): None,
        ("ENK01", "nei"): None,
        ("ENK02", ""): "options",
        ("ENK03", ""): "type",
        ("MAT01/a", "high"): None,
        ("MAT01/b", "high"): "rows",
        ("TAL01", "mean"): None,
    }
    for change in found:
        numbers = [change[k] for k in ("before", "after", "change", "low", "high", "sure")]
        assert all(n is None for n in numbers) == ("reason" in change)
    number = next(c for c in found if c["key"] == "TAL01")
    values = [pd.Series(s["columns"]["TAL01"], dtype=float) for s in (before, after)]
    assert number["change"] == pytest.approx(values[1].mean() - values[0].mean())


def test_municipalities_and_surveys_stand_side_by_side_and_what_is_hidden_does_not() -> None:
    of = survey()
    answers = drawn(of, 150, random.Random(12))  # noqa: S311 (a test)
    column = answers["columns"]["STE01"]
    column[:] = ["kommune_1"] * 80 + ["kommune_2"] * 50 + ["kommune_3"] * 20
    answers["columns"]["SKA01"][130:] = [None] * 15 + ["5"] * 5
    result = one(PROTECT, "figuresOf", of, answers)
    sides = [{"result": result, "which": g} for g in result["places"]]
    found = {(b["key"], b["measure"]): b for b in one(COMPARE, "beside", sides)}
    frame = pd.DataFrame({"by": column, "SKA01": answers["columns"]["SKA01"]})
    frame = frame[frame.SKA01.notna() & (frame.SKA01 != "vet_ikke")]
    high = frame.SKA01.isin(["4", "5"]).groupby(frame.by).mean()
    values = found["SKA01", "high"]["sides"]
    # The third has five answers; the second is hidden with it, or all less the first would tell.
    assert values[0]["value"] == pytest.approx(high["kommune_1"])
    assert values[1:] == [None, None]
    assert ("STE01", "kommune_1") not in found
    assert ("TAL01", "mean") not in found


def test_five_thousand_answers_are_counted_in_well_under_a_second(
    record_property: Any,
) -> None:
    of = surveys()["bedrifter"] | {"minimum_group": 10}
    answers = drawn(of, 5000, random.Random(1))  # noqa: S311 (a test)
    seconds = one("../../../tests/scripts/timed.mjs", "seconds", of, answers)
    record_property(
        "figure", f"5000 × {len(answers['columns'])} counted and protected in {seconds:.2f} s"
    )
    assert seconds < 1.5  # with Node's own compiling on several threads
