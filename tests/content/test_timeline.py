"""Dates follow from a start: the right days, never one that nobody works."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from macros.content.errors import ContentError, Problem
from macros.content.model import Phase
from macros.content.project import load_project
from macros.content.region_file import load_region
from macros.content.timeline import (
    Months,
    Reason,
    Starts,
    after_months,
    closed,
    decision_day,
    faults,
    step_months,
    timeline,
)
from tests import real

ROOT = Path(__file__).parents[2]
PHASES = real.project().handbooks["nb"].all(Phase)
REGION = "name: A\nshort_name: A\nowner: B\nlanguages: [nb]\nsite_url: https://a.no\n"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("planned", "decided", "reasons"),
    [
        ("2027-06-30", "2027-06-30", ()),
        ("2027-07-15", "2027-08-02", ("july", "weekend")),  # 1 August 2027 is a Sunday
        ("2026-07-01", "2026-08-03", ("july", "weekend")),
        ("2027-03-22", "2027-03-30", ("easter",)),  # Easter Sunday 2027 is 28 March
        ("2027-03-20", "2027-03-30", ("weekend", "easter")),
        ("2030-04-18", "2030-04-23", ("easter",)),  # and 21 April in 2030
        ("2027-05-01", "2027-05-03", ("labour", "weekend")),
        ("2028-05-17", "2028-05-18", ("constitution",)),
        ("2027-05-17", "2027-05-18", ("constitution",)),  # which is Whit Monday too
        ("2027-05-06", "2027-05-07", ("ascension",)),
        ("2026-05-25", "2026-05-26", ("whit",)),
        ("2026-12-24", "2027-01-04", ("christmas", "weekend")),
        ("2027-12-23", "2027-12-23", ()),
        ("2027-10-31", "2027-11-01", ("weekend",)),
    ],
)
def test_a_decision_waits_for_a_day_that_people_work(
    planned: str, decided: str, reasons: tuple[Reason, ...]
) -> None:
    found = decision_day(day(planned))
    assert (found.day, found.reasons) == (day(decided), reasons)


@pytest.mark.parametrize(
    ("start", "decided"),
    [("2027-03-01", "2027-03-01"), ("2027-08-01", "2027-06-30"), ("2027-01-01", "2026-12-23")],
)
def test_the_first_decision_is_never_after_the_start(start: str, decided: str) -> None:
    assert timeline(Starts(forstudie=day(start)), PHASES).gates[0].day == day(decided)


def test_one_date_gives_all_the_others() -> None:
    starts = Starts(forstudie=day("2027-03-01"), months=Months(forstudie=6, forprosjekt=10))
    found = timeline(starts, PHASES)
    assert [(phase.id, str(phase.first), str(phase.last)) for phase in found.phases] == [
        ("forstudie", "2027-03-01", "2027-08-31"),
        ("forprosjekt", "2027-09-01", "2028-06-30"),
        ("hovedprosjekt", "2028-07-01", "2029-06-30"),
    ]
    assert [(gate.id, str(gate.day)) for gate in found.gates] == [
        ("oppstart", "2027-03-01"),
        ("forstudie", "2027-08-31"),
        ("forprosjekt", "2028-06-30"),
        ("avslutning", "2029-08-01"),
    ]


def test_a_phase_waits_for_its_decision() -> None:
    starts = Starts(forstudie=day("2027-02-01"), months=Months(forstudie=6))
    found = timeline(starts, PHASES)
    assert found.phase("forstudie").last == day("2027-07-31")
    assert found.gate("forstudie").day == found.phase("forprosjekt").first == day("2027-08-02")


def test_a_phase_is_as_long_as_the_next_start_leaves_room_for() -> None:
    starts = Starts(forstudie=day("2027-01-11"), forprosjekt=day("2027-09-01"))
    found = timeline(starts, PHASES)
    # Seven months end on 10 August, eight would end on 10 September.
    assert [phase.months for phase in found.phases] == [7, 12, 12]
    assert list(faults(starts, PHASES)) == []


def test_steps_have_dates_and_the_longest_phase_is_as_written() -> None:
    starts = Starts(forstudie=day("2027-03-01"), months=Months(forstudie=9))
    steps = timeline(starts, PHASES).phase("forstudie").steps
    assert (str(steps[0].first), str(steps[0].last)) == ("2027-03-01", "2027-03-31")
    assert (str(steps[-1].first), str(steps[-1].last)) == ("2027-09-01", "2027-11-30")
    for step, first, last in step_months(PHASES[0], PHASES[0].duration.max):
        assert (first, last) == (step.first_month, step.last_month)


@pytest.mark.parametrize(
    ("first", "months", "then"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2027-12-01", 1, "2028-01-01"),
        ("2027-03-15", 12, "2028-03-15"),
    ],
)
def test_months_are_counted_as_people_do(first: str, months: int, then: str) -> None:
    assert after_months(day(first), months) == day(then)


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))


def lengths(phase: Phase) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(phase.duration.min, phase.duration.max)


@settings(max_examples=150, deadline=None)
@given(
    start=DAYS,
    gaps=st.lists(st.none() | st.integers(0, 500), min_size=2, max_size=2),
    months=st.tuples(*(lengths(phase) for phase in PHASES)),
)
def test_whatever_the_start_the_timeline_holds(
    start: dt.date, gaps: list[int | None], months: tuple[int | None, ...]
) -> None:
    names = [phase.id for phase in PHASES]
    starts = {"forstudie": start}
    for name, gap in zip(names[1:], gaps, strict=True):
        later = None if gap is None else start + dt.timedelta(days=gap)
        if later and later.year <= 2100:
            starts[name] = later
    given_ = Starts(**starts, months=Months(**dict(zip(names, months, strict=True))))
    found = timeline(given_, PHASES)
    for gate in found.gates:
        assert gate.day.weekday() < 5
        assert gate.day.month != 7
        assert closed(gate.day) is None
        assert (gate.day == gate.planned) == (not gate.reasons)
    for phase, gate in zip(found.phases, found.gates[1:], strict=True):
        assert phase.first <= phase.last <= gate.day
        assert (gate.day - phase.last).days <= 34  # July and what may stand around it
        assert phase.last < after_months(phase.first, phase.months)
        for step in phase.steps:
            assert 1 <= step.first_month <= step.last_month <= phase.months
            assert phase.first <= step.first <= step.last <= phase.last
        begins = [step.first for step in phase.steps]
        assert begins == sorted(begins)
    assert found.gates[0].day <= found.phases[0].first
    if not list(faults(given_, PHASES)):
        for gate, phase in zip(found.gates, found.phases, strict=False):
            assert gate.day <= phase.first or gate is found.gates[0]
        order = [gate.day for gate in found.gates]
        assert order == sorted(set(order))


def report(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "region.yml").write_text(REGION + text, encoding="utf-8")
    problems: list[Problem] = []
    if load_region(tmp_path, "r", problems) is None:
        return [str(problem) for problem in problems]
    try:
        load_project(ROOT, str(tmp_path))
    except ContentError as error:
        return [str(problem).split("/", 1)[1] for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "starts: {forstudie: 1999-12-31}\n",
            ":6:21: starts.forstudie: skal være mellom 2000 og 2100, fikk «1999-12-31»",
        ),
        (
            "starts: {forstudie: 01.03.2027}\n",
            ":6:21: starts.forstudie: skal være en dato på formen 2026-01-31, fikk «01.03.2027»",
        ),
        ("starts: {}\n", ":6:9: starts: mangler nøkkelen «forstudie»"),
        (
            "starts:\n  forstudie: 2027-03-01\n  forprosjet: 2028-03-01\n",
            ":8:3: starts.forprosjet: ukjent nøkkel. Mente du «forprosjekt»?",
        ),
        (
            "starts:\n  forstudie: 2027-03-01\n  months: {forstudie: 12}\n",
            ":8:23: starts.months.forstudie: skal være 6 til 9, som er rådet for fasen, fikk «12»",
        ),
        (
            "starts:\n  forstudie: 2027-03-01\n  forprosjekt: 2027-06-01\n",
            ":8:16: starts.forprosjekt: skal være tidligst 2027-08-31, for forstudie begynner "
            "2027-03-01 og varer 6 måneder, og så tas beslutningen. Velg en senere dato, eller la "
            "forstudie begynne før eller vare kortere.",
        ),
    ],
)
def test_dates_that_cannot_be_are_told_with_their_place(
    tmp_path: Path, text: str, said: str
) -> None:
    (found,) = report(tmp_path, text)
    assert found.endswith("region.yml" + said)


def test_every_impossible_date_is_told_at_once(tmp_path: Path) -> None:
    text = (
        "starts:\n  forstudie: 2027-03-01\n  forprosjekt: 2027-04-01\n"
        "  hovedprosjekt: 2027-05-01\n  months: {hovedprosjekt: 36}\n"
    )
    assert len(report(tmp_path, text)) == 3
