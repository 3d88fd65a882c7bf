"""What larger fleets would cost: the model against fleets whose cost is known beforehand."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from macros.content.project import load_project
from tools.bench_fleet import arguments
from tools.fleet_figures import (
    ALONE,
    EACH,
    FIRST,
    LANGUAGES,
    OTHER,
    Figure,
    Region,
    Step,
    as_json,
    figures,
    table,
)
from tools.fleet_model import Row, fitted, student
from tools.made_regions import ROOT, Made, made, write

SIZES = (10, 30, 60)
OWN, LATER = "eget innhold", "hver region, for hver hundrede før den"


@pytest.fixture(scope="module")
def regions() -> list[Made]:
    return made(ROOT, 1000, LANGUAGES)


def cost(one: Made, later: float = 0) -> float:
    return 25 + {0: 100, 1: 60}.get(one.number, 0) + 4 * one.own_page + later * one.number / 100


def measured(regions: list[Made], seed: int, later: float = 0, noise: float = 1) -> list[Step]:
    """Return a fleet of 60 as it would be measured."""
    chance, steps = np.random.default_rng(seed), []
    for begin, end in pairwise((0, *ALONE, *SIZES)):
        each = []
        for one in regions[begin:end]:
            cpu = cost(one, later) + chance.normal(0, noise)
            each.append(Region(one, cpu, cpu, 40_000_000))
        total = sum(one.cpu for one in each) + 0.5 * len(each)  # the fleet's own process
        memory = 1_500_000_000 + int(chance.normal(0, 1e7))
        steps.append(Step(tuple(each), total, total / 2, (5 + end) * 1_000_000, memory))
    return steps


def figure(steps: list[Step], name: str) -> Figure:
    return next(one for one in figures(steps) if one.name == name)


def test_the_model_finds_what_each_part_costs_and_leaves_out_what_costs_nothing(
    regions: list[Made],
) -> None:
    found = figure(measured(regions, 1), "Prosessortid").model().parts
    assert found == pytest.approx({FIRST: 100, OTHER: 60, EACH: 25.5, OWN: 4}, abs=3)
    assert found[EACH] == pytest.approx(25.5, abs=0.5)


def test_what_grows_with_the_fleet_is_found_and_carried_on(regions: list[Made]) -> None:
    found = figure(measured(regions, 2, later=10), "Prosessortid")
    assert found.model().parts[LATER] == pytest.approx(10, abs=3)
    said = found.predict(regions)
    assert said.off
    assert abs(said.value - sum(cost(one, 10) + 0.5 for one in regions)) < said.off


@pytest.mark.parametrize("count", [357, 1000])
def test_the_interval_holds_95_of_100_fleets(regions: list[Made], count: int) -> None:
    chance, held = np.random.default_rng(count), 0
    ahead = made(ROOT, count, LANGUAGES)
    for seed in range(200):
        said = figure(measured(regions, seed, noise=5), "Prosessortid").predict(ahead)
        real = sum(cost(one) + 0.5 + chance.normal(0, 5) for one in ahead)
        held += abs(real - said.value) <= (said.off or 0)
    assert 0.90 <= held / 200 <= 0.99


def test_a_step_that_is_held_out_is_predicted_by_those_before_it(regions: list[Made]) -> None:
    found = {one.name: one.held_out() for one in figures(measured(regions, 3))}
    guess, real = found["Prosessortid"]
    assert real == pytest.approx(sum(cost(one) + 0.5 for one in regions[30:60]), rel=0.02)
    assert guess == pytest.approx(real, rel=0.05)
    assert found["Etter klokken"][0] == pytest.approx(guess / 2, rel=1e-3)
    assert found["Nettstedene"] == pytest.approx((30 * 40e6, 30 * 40e6))
    assert found["Mellomlageret"] == pytest.approx((30e6, 30e6))
    assert found["Mest minne"][0] == pytest.approx(1.5e9, rel=0.05)


def test_the_table_and_the_data_have_what_was_measured_and_what_is_expected(
    regions: list[Made],
) -> None:
    steps, ahead = measured(regions, 4), [regions[:357], regions]
    rows = [line.split() for line in table(figures(steps), SIZES, ahead).splitlines()]
    assert rows[0] == [
        "Regioner",
        "1",
        "2",
        "10",
        "30",
        "60",
        "357",
        "(modell)",
        "1000",
        "(modell)",
    ]
    sites = next(row for row in rows if row[:1] == ["Nettstedene,"])
    assert sites[2:9] == ["40,0", "80,0", "400", "1200", "2400", "14280", "±"]
    data = json.loads(json.dumps(as_json(steps, SIZES, ahead)))
    cpu = data["figures"]["Prosessortid"]
    assert cpu["predicted"]["357"]["value"] == pytest.approx(357 * 26.5 + 160, rel=0.03)
    assert len(data["steps"][3]["regions"]) == 20
    assert list(data["figures"]["Mest minne"]["measured"]) == ["10", "30", "60"]


def test_student_s_distribution_is_as_in_the_tables() -> None:
    found = [student(freedom, 0.95) for freedom in (1, 2, 10, 58)]
    assert found == pytest.approx([12.706, 4.303, 2.228, 2.002], abs=1e-3)


def test_figures_that_bear_no_model_are_refused() -> None:
    same = [Row({FIRST: 1, EACH: 1}, 5), Row({FIRST: 1, EACH: 1}, 6)]
    with pytest.raises(ValueError, match="2 målinger kan ikke skille"):
        fitted(same, (FIRST, EACH))
    exact = fitted([Row({FIRST: 1, EACH: 1}, 5), Row({EACH: 1}, 3)], (FIRST, EACH))
    assert exact.predict({EACH: 1}).off is None  # nothing to tell an error by


@pytest.mark.parametrize("words", [["10"], ["10", "30"], ["10", "10", "30"], ["2", "3", "4"]])
def test_too_few_sizes_are_refused_before_anything_is_built(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        arguments(words)
    assert "minst tre ulike antall" in capsys.readouterr().err


def test_sizes_are_taken_in_order_and_10_30_60_where_none_is_said() -> None:
    assert arguments([]).sizes == [10, 30, 60]
    found = arguments(["6", "3", "4", "--real", "--json", "a.json"])
    assert (found.sizes, found.real, found.json) == ([3, 4, 6], True, Path("a.json"))


def test_a_made_up_region_has_what_regions_have(tmp_path: Path) -> None:
    """Real municipalities, a page of its own, and a guide that the national has moved on from."""
    own, plain = write(tmp_path, made(ROOT, 2))
    project = load_project(ROOT, str(own))
    assert len(project.municipalities) > 100
    assert list(project.handbooks["nb"].prose) == ["om-samarbeidet"]
    assert ["based_on" in str(told) for told in project.warnings] == [True]
    assert not (plain / "docs").exists()
