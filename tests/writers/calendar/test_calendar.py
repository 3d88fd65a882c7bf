"""Calendar files, read by ical.js, which Thunderbird reads calendars with."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from macros.content.guides import Meeting
from macros.content.model import Gate
from macros.content.project import load_project
from macros.content.region import Region
from macros.content.timeline import Months, Starts, closed
from macros.document.edition import Edition, load_edition
from macros.document.invitation import compose_invitation
from macros.document.shared import Shared
from macros.document.timeline import Calendar, Event, compose_calendar
from macros.downloads.jobs import jobs
from macros.writers import Job
from macros.writers.calendar import invitation_job, jobs as calendar_jobs
from macros.writers.data import handbook_json
from tests import real
from tests.node import NODE

ROOT = Path(__file__).parents[3]
ICAL = Path(__file__).parent / "node_modules" / "ical.js"
PROJECT = real.project()
STARTS = Starts(forstudie=dt.date(2027, 2, 1), months=Months(forstudie=6))
EPOCH = "1800000000"  # 15 January 2027


@pytest.fixture(autouse=True)
def commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def edition(**changes: Any) -> Edition:
    region = PROJECT.region.model_copy(update={"starts": STARTS, **changes})
    return dataclasses.replace(load_edition(PROJECT, "nb"), region=region)


def shared(found: Edition) -> Shared:
    return Shared(found.region, PROJECT.brand, found.words(), found.region.base_url)


def made(calendar: Calendar | None, found: Edition) -> dict[str, bytes]:
    assert calendar
    return {job.filename: job.render(job.payload).data for job in written(calendar, found)}


def written(calendar: Calendar, found: Edition) -> list[Job]:
    return list(calendar_jobs(calendar, shared(found)))


def read(data: bytes) -> dict[str, Any]:
    assert ICAL.is_dir(), "ical.js mangler: kjør make test, som henter det"
    script = Path(__file__).parent / "ical.cjs"
    run = subprocess.run([NODE, script, ICAL], input=data, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@cache
def files() -> dict[str, bytes]:
    return made(compose_calendar(edition()), edition())


def whole() -> bytes:
    return files()["tidslinje.ics"]


def test_another_program_finds_every_gate_phase_and_step() -> None:
    found = read(whole())
    assert found["version"] == "2.0"
    assert found["kinds"] == ["vevent"]
    events = {event["uid"]: event for event in found["events"]}
    phases = PROJECT.handbooks["nb"].items["phase"].values()
    steps = sum(len(getattr(phase, "steps", ())) for phase in phases)
    ways = [gate.way for gate in PROJECT.handbooks["nb"].all(Gate)]
    on_the_way = sum(step.days_before > way[-1].days_before for way in ways for step in way)
    assert len(events) == len(found["events"]) == 4 + 3 + steps + on_the_way
    assert all(event["allDay"] and event["language"] == "nb" for event in events.values())
    gate = events["gate-forstudie@handbok.example.no"]
    assert (gate["start"], gate["end"]) == ("2027-08-02", "2027-08-03")
    assert gate["summary"] == "Beslutning: Etter forstudien"
    assert "Flyttet fra 31. juli 2027 på grunn av fellesferien og helg." in gate["description"]
    assert gate["url"] == "https://handbok.example.no/faser/#beslutningspunkt-forstudie"
    start = events["phase-forstudie@handbok.example.no"]
    assert (start["start"], start["summary"]) == ("2027-02-01", "Forstudie begynner")


def test_a_step_lasts_from_its_first_day_to_its_last() -> None:
    events = {event["uid"]: event for event in read(whole())["events"]}
    step = events["phase-forprosjekt-orientering@handbok.example.no"]
    # The first two months, from the day of the decision; the end is the day after (RFC 5545).
    assert (step["start"], step["end"]) == ("2027-08-02", "2027-10-02")
    assert step["description"].startswith("Ferdig når: ")


def test_the_other_file_has_the_gates_alone() -> None:
    found = read(files()["tidslinje-beslutningspunkter.ics"])
    assert [event["start"] for event in found["events"]] == [
        "2027-02-01",
        "2027-08-02",
        "2028-08-01",
        "2029-08-01",
    ]


@pytest.mark.parametrize("name", ["tidslinje.ics", "tidslinje-beslutningspunkter.ics"])
def test_lines_end_and_fold_as_the_standard_says(name: str) -> None:
    data = files()[name]
    data.decode("utf-8")
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert not any(b"\r" in line or b"\n" in line or len(line) > 75 for line in lines)


def test_the_clock_is_never_asked() -> None:
    assert {event["stamp"] for event in read(whole())["events"]} == {"2027-01-15T08:00:00Z"}
    assert made(compose_calendar(edition()), edition()) == files()


def test_a_program_learns_that_dates_are_published_and_how_often_to_ask() -> None:
    for data in files().values():
        found = read(data)
        assert (found["method"], found["asks"]) == ("PUBLISH", ["P1D", "P1D"])
        assert all(event["parts"] == 0 for event in found["events"])  # no alarms


def test_a_later_build_says_that_events_have_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {event["uid"]: event for event in read(whole())["events"]}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 60))
    later = read(made(compose_calendar(edition()), edition())["tidslinje.ics"])["events"]
    assert {event["modified"] for event in before.values()} == {"2027-01-15T08:00:00Z"}
    assert {event["modified"] for event in later} == {"2027-01-15T08:01:00Z"}
    assert all(event["sequence"] > before[event["uid"]]["sequence"] > 0 for event in later)
    assert all(event["sequence"] < 2**31 for event in later)


def invitations() -> dict[str, list[dict[str, Any]]]:
    own = edition()
    found = {}
    for item in own.handbook.all(Meeting):
        calendar = compose_invitation(own, item)
        assert calendar, item.id
        job = invitation_job(calendar, shared(own))
        assert job.filename.endswith("-i-kalenderen.ics")
        found[item.id] = read(job.render(job.payload).data)["events"]
    return found


def test_each_meeting_has_its_day_and_those_that_its_papers_are_sent() -> None:
    found = invitations()
    for item in edition().handbook.all(Meeting):
        events = {event["uid"].partition("@")[0]: event for event in found[item.id]}
        assert all(event["allDay"] for event in events.values())
        papers = {paper.days_before for paper in item.papers if paper.days_before}
        meetings = [uid for uid in events if not re.search(r"-\d+$", uid)]
        assert meetings
        assert len(events) == len(meetings) * (1 + len(papers))
        for uid in meetings:
            day = dt.date.fromisoformat(events[uid]["start"])
            assert closed(day) is None
            for days in papers:
                sent = dt.date.fromisoformat(events[f"{uid}-{days}"]["start"])
                assert closed(sent) is None
                assert sent <= day - dt.timedelta(days=days)
    # The councils meet on the day that the way to the gate says.
    first = found["forankringsmote"][2]
    assert (first["start"], first["end"]) == ("2027-01-04", "2027-01-05")
    assert "42" not in first["summary"]
    sent = found["forankringsmote"][0]
    assert sent["summary"] == "Send ut papirer: Forankringsmøte 4. januar 2027"
    assert "Likelydende saksframlegg" in sent["description"]


def test_a_meeting_offers_its_file_where_the_region_has_dates() -> None:
    undated = PROJECT.region.model_copy(update={"languages": ("nb",)})
    region = undated.model_copy(update={"starts": STARTS})
    offered = jobs(dataclasses.replace(PROJECT, region=region))
    for found in offered.values():
        names = [name for name in found if name.endswith("-i-kalenderen.ics")]
        assert len(names) == len(list(PROJECT.handbooks["nb"].all(Meeting)))
    assert not any(
        name.endswith("-i-kalenderen.ics")
        for name in jobs(dataclasses.replace(PROJECT, region=undated))["nb"]
    )
    day = dt.date(2027, 1, 15)
    data = json.loads(handbook_json(edition(), "https://handbok.example.no/", day))
    for meeting in data["contents"]["meeting"]:
        (file,) = (one for one in meeting["files"] if one["type"] == "text/calendar")
        assert file["address"].rpartition("/")[2] in offered["nb"]


def test_without_a_commit_the_stamp_is_the_newest_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    calendar = compose_calendar(edition())
    assert calendar
    found = read(made(calendar, edition())["tidslinje.ics"])
    assert {event["stamp"] for event in found["events"]} == {f"{calendar.updated}T00:00:00Z"}


def test_a_moved_date_makes_a_new_file_with_the_same_events() -> None:
    later = edition(starts=Starts(forstudie=dt.date(2027, 3, 1), months=Months(forstudie=6)))
    calendar, before = compose_calendar(later), compose_calendar(edition())
    assert calendar
    assert before
    keys = [[job.key for job in written(found, later)] for found in (calendar, before)]
    assert not set(keys[0]) & set(keys[1])
    moved = made(calendar, later)["tidslinje.ics"]
    uids = [{event["uid"] for event in read(data)["events"]} for data in (moved, whole())]
    assert uids[0] == uids[1]


def test_two_regions_on_one_host_have_events_of_their_own() -> None:
    uids = []
    for path in ("sogn", "fjord"):
        own = edition(site_url=f"https://eksempel.example.no/{path}/")
        data = made(compose_calendar(own), own)["tidslinje.ics"]
        uids.append({event["uid"] for event in read(data)["events"]})
    assert not uids[0] & uids[1]
    assert "gate-oppstart@eksempel.example.no/sogn" in uids[0]


NASTY = 'Æ;ø,å\\n\\\\: "x" END:VEVENT {{ 7*7 }} <b> ATTACH:file:///etc ' + "ß𝄞" * 60


def test_what_a_region_writes_is_text() -> None:
    own = edition(name=NASTY, short_name=NASTY)
    found = read(made(compose_calendar(own), own)["tidslinje.ics"])
    assert found["name"] == found["newer"] == f"Tidslinje – {NASTY}"
    assert len(found["events"]) == len(read(whole())["events"])


def test_a_line_break_makes_no_event() -> None:
    # A region cannot write one (see below); the file would hold if it could.
    text = "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:B"
    day = dt.date(2027, 3, 1)
    event = Event("x", text, text, "phase/forstudie", text, day, day)
    own = edition()
    found = read(made(Calendar("tidslinje", "nb", text, day, (event,)), own)["tidslinje.ics"])
    (only,) = found["events"]
    assert only["summary"].splitlines()[0] == "A"
    assert only["parts"] == 0
    assert found["newer"].splitlines()[0] == "A"


@pytest.mark.parametrize("character", ["\r\n", "\n", "\x00", "\x1b", "\u202e"])
def test_a_region_has_no_line_breaks_or_control_characters(character: str) -> None:
    values = PROJECT.region.model_dump()
    with pytest.raises(ValueError, match=r"linje|tegnet"):
        Region.model_validate({**values, "name": f"A{character}BEGIN:VEVENT"})


def test_only_a_region_with_dates_has_calendar_files() -> None:
    without = load_project(ROOT / "tests" / "content" / "minimal")
    region = without.region.model_copy(update={"starts": STARTS})
    within = jobs(dataclasses.replace(without, region=region))
    assert all(set(files()) <= set(within[language]) for language in ("nb", "nn"))
    assert not any(set(files()) & set(found) for found in jobs(without).values())
