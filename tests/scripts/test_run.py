"""How minutes are spread when one runs late, and what becomes of a run: the scripts alone."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any

import pytest

from macros.content.guides import Workshop
from macros.writers.run_data import run_files
from tests import real
from tests.scripts.calls import one, run

PLAN, STATE, CLOCK = "run/plan.js", "run/state.js", "run/clock.js"
MINUTE = 60_000
NINE = 1_795_939_200_000  # a time, in milliseconds

Step = dict[str, Any]


def steps(*minutes: int, least: int | None = None) -> list[Step]:
    return [{"minutes": n, "least": least or 1} for n in minutes]


@pytest.mark.parametrize(
    ("planned", "available", "spread"),
    [
        (steps(10, 20, 30), 60, [10, 20, 30]),  # as planned
        (steps(10, 20, 30), 90, [10, 20, 30]),  # early: no step becomes longer than it was
        (steps(10, 20, 30), 30, [5, 10, 15]),  # in proportion
        (steps(10, 20, 30), 54, [9, 18, 27]),
        (steps(10, 10, 10), 29, [10, 10, 9]),  # the last gives first
        (steps(10, 10, 10), 28, [10, 9, 9]),
        (steps(10, 20, least=10), 20, [10, 10]),  # the one that can gives
        (steps(10, 20, least=10), 3, [10, 10]),  # none below its least
        (steps(10, 20, least=10), -7, [10, 10]),
        (steps(10, 20, least=99), 5, [10, 20]),  # a least above what is planned is the plan
        ([], 10, []),
    ],
)
def test_time_is_spread_in_proportion_down_to_the_least(
    planned: list[Step], available: int, spread: list[int]
) -> None:
    assert one(PLAN, "spread", planned, available) == spread


def test_whatever_is_left_the_end_is_kept_where_it_can_be() -> None:
    """Properties over plans drawn by lot: nothing negative, nothing below its least."""
    lot = random.Random(18)  # noqa: S311 (a test)
    plans = []
    for _ in range(400):
        minutes = [lot.randint(1, 90) for _ in range(lot.randint(1, 14))]
        plans.append([{"minutes": n, "least": lot.randint(1, n + 3)} for n in minutes])
    wanted = [lot.randint(-20, sum(s["minutes"] for s in plan) + 20) for plan in plans]
    calls = [[PLAN, "spread", plan, n] for plan, n in zip(plans, wanted, strict=True)]
    less = [[PLAN, "spread", plan, n - 1] for plan, n in zip(plans, wanted, strict=True)]
    beyond = [[PLAN, "beyond", plan, n] for plan, n in zip(plans, wanted, strict=True)]
    found = run([*calls, *less, *beyond])
    size = len(plans)
    for at, (plan, available) in enumerate(zip(plans, wanted, strict=True)):
        spread, tighter, over = found[at], found[size + at], found[2 * size + at]
        planned = sum(step["minutes"] for step in plan)
        least = sum(min(step["least"], step["minutes"]) for step in plan)
        for step, minutes in zip(plan, spread, strict=True):
            assert min(step["least"], step["minutes"]) <= minutes <= step["minutes"]
        assert sum(spread) == min(planned, max(least, available)), (plan, available)
        assert over == max(0, sum(spread) - max(0, available))
        # As a minute more is lost, no step gets longer: nobody sees the plan jump to and fro.
        assert all(after <= before for before, after in zip(spread, tighter, strict=True))


def test_steps_give_in_proportion_within_a_minute() -> None:
    lot = random.Random(5)  # noqa: S311 (a test)
    for _ in range(20):
        minutes = [lot.randint(5, 90) for _ in range(6)]
        part = lot.uniform(0.3, 1)
        spread = one(PLAN, "spread", steps(*minutes), int(sum(minutes) * part))
        share = int(sum(minutes) * part) / sum(minutes)
        assert all(abs(n - share * m) < 1.5 for n, m in zip(spread, minutes, strict=True))


@pytest.mark.parametrize(
    ("skips", "available", "cuts"),
    [
        ([10, 20, 5], 60, []),  # nothing has to go
        ([10, 20, 5], 28, [0]),  # the shortest that is enough; five minutes were too few
        ([10, 20, 5], 33, [2]),
        ([10, 20, 5], 18, [1]),
        ([10, 20, 5], 10, [0, 1]),
        ([10, 20, 5], 2, []),  # not even all of them would do
        ([], 3, []),
    ],
)
def test_what_goes_is_what_the_guide_lets_go_and_no_more(
    skips: list[int], available: int, cuts: list[int]
) -> None:
    plan = [{"minutes": n, "least": n, "skip": True} for n in skips]
    plan += [{"minutes": 3, "least": 3}]
    assert one(PLAN, "cuts", plan, available) == cuts


def test_what_so_many_people_need_is_what_the_handbook_reckons() -> None:
    cases = [
        (activity.pace, people)
        for workshop in real.project().handbooks["nb"].all(Workshop)
        for activity in workshop.run_sheet
        if activity.pace
        for people in range(1, 31)
    ]
    assert len(cases) > 500
    calls = [[PLAN, "needed", pace.model_dump(exclude_none=True), n] for pace, n in cases]
    assert run(calls) == [pace.needed(people) for pace, people in cases]


@cache
def data() -> dict[str, dict[str, Any]]:
    return {name: json.loads(text) for name, text in run_files(real.edition()).items()}


def test_every_workshop_and_meeting_can_be_run_and_begins_at_0() -> None:
    assert len(data()) == 22
    for name, guide in data().items():
        for plan in guide["plans"]:
            assert plan["steps"][0]["start"] == 0
            last = plan["steps"][-1]
            assert last["start"] + last["minutes"] == plan["minutes"], name
            assert all(0 < step["least"] <= step["minutes"] for step in plan["steps"])
        assert guide["record"]["fields"]["title"] == "mote"
    swot = data()["data/kjoring/workshop-swot.json"]
    assert [plan["id"] for plan in swot["plans"]] == ["hele", "kort-45"]
    assert swot["plans"][0]["steps"][3]["least"] == 25
    assert (
        swot["plans"][0]["steps"][0]["task"][0] == "I dag: hvor god hjelp kommunene gir bedriftene."
    )
    group = data()["data/kjoring/meeting-styringsgruppemote.json"]["plans"][0]["steps"]
    assert [step["title"] for step in group if step.get("skip")] == ["Penger og timer"]


def a_run(*minutes: int, **more: Any) -> dict[str, Any]:
    notes = {"text": "", "decisions": [], "actions": []}
    made = [
        {"title": f"Steg {n}", "minutes": n, "least": 1, "out": False, "notes": notes}
        for n in minutes
    ]
    times = dict.fromkeys(("offset", "begun", "end", "at", "began", "given", "waited", "since"), 0)
    return {
        **times,
        "people": 0,
        "start": "",
        "state": "planned",
        "past": [],
        "steps": made,
        **more,
    }


def test_a_run_goes_on_waits_and_comes_back() -> None:
    begun = one(STATE, "begin", a_run(10, 20, 30), NINE)
    assert (begun["state"], begun["end"]) == ("running", NINE + 60 * MINUTE)
    paused = one(STATE, "pause", begun, NINE + 4 * MINUTE)
    forecast = one(STATE, "forecast", paused, NINE + 10 * MINUTE)
    assert forecast["left"] == 6 * MINUTE
    assert [step["minutes"] for step in forecast["coming"]] == [18, 26]
    assert (forecast["late"], forecast["taken"]) == (0, 6)
    goes = one(STATE, "resume", paused, NINE + 10 * MINUTE)
    assert one(STATE, "forecast", goes, NINE + 10 * MINUTE)["left"] == 6 * MINUTE
    second = one(STATE, "next", goes, NINE + 16 * MINUTE)
    assert (second["at"], second["given"]) == (1, 18)
    assert second["past"][0]["waited"] == 6 * MINUTE
    back = one(STATE, "back", second)
    assert {**back, "since": 0} == {**goes, "since": 0}
    last = one(STATE, "next", second, NINE + 34 * MINUTE)
    ended = one(STATE, "next", last, NINE + 60 * MINUTE)
    assert ended["state"] == "ended"
    assert [past["ended"] - past["began"] for past in ended["past"]] == [
        minutes * MINUTE for minutes in (16, 18, 26)
    ]
    again = one(STATE, "back", ended)
    assert (again["state"], again["at"], again["given"]) == ("running", 2, 26)


def test_who_moves_on_early_keeps_the_plan_and_ends_early() -> None:
    begun = one(STATE, "begin", a_run(10, 20, 30), NINE)
    second = one(STATE, "next", begun, NINE + 4 * MINUTE)
    assert second["given"] == 20
    assert one(STATE, "forecast", second, NINE + 4 * MINUTE)["late"] == -6


def test_a_step_gets_more_and_the_others_give_it() -> None:
    begun = one(STATE, "begin", a_run(10, 20, 30), NINE)
    more = one(STATE, "adjust", begun, 5, NINE)
    forecast = one(STATE, "forecast", more, NINE)
    assert (more["given"], forecast["late"]) == (15, 0)
    assert [step["minutes"] for step in forecast["coming"]] == [18, 27]
    less = one(STATE, "adjust", begun, -5, NINE + 7 * MINUTE)
    assert less["given"] == 7  # what it has had, and no less
    late = one(STATE, "adjust", begun, 1, NINE + 13 * MINUTE)
    assert late["given"] == 14


def test_seconds_late_take_no_minute_from_anyone() -> None:
    begun = one(STATE, "begin", a_run(10, 20, 30), NINE)
    second = one(STATE, "next", begun, NINE + 10 * MINUTE + 8_000)
    assert second["given"] == 20
    assert one(STATE, "forecast", second, NINE + 10 * MINUTE + 9_000)["late"] == 0


def test_an_end_that_cannot_be_kept_is_told_and_can_be_moved() -> None:
    planned = a_run(10, 20, 30)
    for step in planned["steps"]:
        step["least"] = step["minutes"] - 2
    planned["steps"][1]["skip"] = True
    begun = one(STATE, "begin", planned, NINE)
    now = NINE + 17 * MINUTE
    forecast = one(STATE, "forecast", begun, now)
    assert (forecast["late"], forecast["beyond"], forecast["cuts"]) == (3, 3, [1])
    cut = one(STATE, "leaveOut", begun, [1], True)
    assert one(STATE, "forecast", cut, now)["late"] == -13
    moved = one(STATE, "moveEnd", begun, now)
    assert one(STATE, "forecast", moved, now)["late"] == 0


def test_so_many_people_decide_how_short_a_step_may_become() -> None:
    planned = a_run(10, 30)
    planned["steps"][1]["pace"] = {"per_person": 1}
    late = NINE + 30 * MINUTE
    begun = one(STATE, "begin", {**planned, "people": 12}, NINE)
    assert one(STATE, "forecast", begun, late, 24)["coming"][0]["minutes"] == 12
    unknown = one(STATE, "begin", planned, NINE)
    assert one(STATE, "forecast", unknown, late, 24)["coming"][0]["minutes"] == 24


@pytest.mark.parametrize(
    ("wall", "steady", "found"),
    [
        (250, 250, {"slept": 0, "back": 0}),
        (61_000, 61_000, {"slept": 0, "back": 0}),  # a slow tick of a tab in the background
        (12 * MINUTE, 12 * MINUTE, {"slept": 12 * MINUTE, "back": 0}),
        (12 * MINUTE, 250, {"slept": 12 * MINUTE, "back": 0}),  # a steady clock that slept too
        (-60 * MINUTE, 250, {"slept": 0, "back": 60 * MINUTE + 250}),
        (-1_000, 250, {"slept": 0, "back": 0}),  # a clock that is set right by a second
    ],
)
def test_sleep_and_a_clock_set_back_are_told_from_each_other(
    wall: int, steady: int, found: dict[str, int]
) -> None:
    before, after = {"wall": NINE, "steady": 9.5}, {"wall": NINE + wall, "steady": 9.5 + steady}
    assert one(CLOCK, "between", before, after) == found


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (5 * MINUTE, "05:00"),
        (5 * MINUTE - 1, "05:00"),
        (0, "00:00"),
        (-1, "00:00"),
        (-70_000, "−01:10"),
        (100 * MINUTE, "100:00"),
    ],
)
def test_time_left_is_counted_down_and_on(left: int, shown: str) -> None:
    assert one(CLOCK, "countdown", left) == shown
