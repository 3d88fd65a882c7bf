"""The filled-in examples walk the way of a decision, with the days that `gates.yml` counts."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

import pytest

from macros.content.load import read_yaml
from macros.content.model import Gate

from .test_complete import ROOT, handbook

MONTHS = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september"]
MONTHS += ["oktober", "november", "desember"]


@cache
def example(name: str) -> dict[str, Any]:
    source = read_yaml(ROOT / "examples" / f"{name}.yml", name, [])
    assert source is not None
    return source.data


def rows(name: str, table: str, column: str) -> list[dt.date]:
    return [dt.date.fromisoformat(row[column]) for row in example(name)["tables"][table]]


def latest(gate_id: str, step_id: str, council: dt.date) -> dt.date:
    """Return the last day that a step of a gate's way can be taken on, before the councils."""
    gate = handbook().get("gate", gate_id)
    assert isinstance(gate, Gate)
    step = next(step for step in gate.way if step.id == step_id)
    return council - dt.timedelta(days=step.days_before)


def last_vote(year: int) -> dt.date:
    """Return when the last of the councils that had voted did so, as the beslutningsnotat says."""
    told = [row["syn"] for row in example("beslutningsnotat")["tables"]["kommunene"]]
    votes = [match for text in told if (match := re.match(r"Vedtatt .*?(\d+)\. (\w+)", text))]
    assert votes
    return max(dt.date(year, MONTHS.index(found[2]) + 1, int(found[1])) for found in votes)


def test_the_case_for_the_start_is_locked_and_advised_on_in_time() -> None:
    council = max(rows("saksframlegg", "moteplan", "kommunestyre"))
    locked = dt.date.fromisoformat(str(example("saksframlegg")["cover"]["date"]))
    regionrad = rows("saksframlegg", "tidligere-vedtak", "dato")[0]
    assert locked <= latest("oppstart", "kommunedirektor", council)
    assert regionrad <= latest("oppstart", "regionrad", council)


def test_the_plan_for_the_forstudie_is_adopted_after_the_councils_have_voted() -> None:
    council = max(rows("saksframlegg", "vedtatt", "dato"))
    start = rows("prosjektplan-forstudie", "beslutninger", "dato")[0]
    adopted = max(rows("prosjektplan-forstudie", "godkjenning", "dato"))
    assert start == latest("oppstart", "start", council)
    assert start < adopted <= latest("oppstart", "oppstartsmote", council)


def test_the_forstudie_ends_in_the_order_of_the_way() -> None:
    council = last_vote(2026)
    ready = max(rows("prosjektplan-forstudie", "prosjektmal", "frist"))
    *_, regionrad, decided = rows("prosjektplan-forstudie", "milepaler-tabell", "frist")
    met = dt.date.fromisoformat(example("beslutningsnotat")["answers"]["motedato"])
    assert ready <= latest("forstudie", "rapport", council)
    assert regionrad <= latest("forstudie", "regionrad", council)
    assert decided == met >= latest("forstudie", "beslutningsmote", council)


@pytest.mark.parametrize("at", range(4))
def test_the_forprosjekt_delivers_to_each_council_in_time(at: int) -> None:
    frist = rows("prosjektplan-forprosjekt", "kommunestyremoter", "frist")[at]
    council = rows("prosjektplan-forprosjekt", "kommunestyremoter", "kommunestyre")[at]
    assert frist <= latest("forprosjekt", "kommunedirektor", council)


def test_the_forprosjekt_ends_in_the_order_of_the_way() -> None:
    council = max(rows("prosjektplan-forprosjekt", "kommunestyremoter", "kommunestyre"))
    ready = max(rows("prosjektplan-forprosjekt", "prosjektmal", "frist"))
    *_, reported, ended = rows("prosjektplan-forprosjekt", "beslutninger", "dato")
    county = rows("prosjektplan-hovedprosjekt", "vedtak", "dato")[-1]
    assert ready <= latest("forprosjekt", "rapport", council)
    assert reported <= latest("forprosjekt", "styringsgruppe", council)
    assert county <= latest("forprosjekt", "fylkeskommune", council)
    assert ended >= latest("forprosjekt", "beslutningsmote", council)
