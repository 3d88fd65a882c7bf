"""The timeline in words, as a picture, and as the events of a calendar.

Its dates are the region's own (`content/timeline.py`). Without any it counts months.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from macros.content.base import Language
from macros.content.catalogue import Catalogue
from macros.content.model import Gate, Phase
from macros.content.rich import Paragraph, Run
from macros.content.timeline import GateTime, PhaseTime, Timeline
from macros.content.written import fill
from macros.document import blocks as b
from macros.document.address import STEP
from macros.document.decisions import step_day
from macros.document.edition import Edition, Words, process
from macros.document.formats import DOWNLOADS, SUFFIXES

NAME = "tidslinje"  # the stem of the calendar files: an address, which stays
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")
_MARK_MONTHS = 3  # between marks on an axis of dates; one of months has half as many


def period(words: Catalogue, first: dt.date, last: dt.date) -> str:
    """Return «1. mars–31. august 2027», with both years where they differ."""
    begins = words.date(first)
    if first.year == last.year:
        month = words(f"date.m{first.month}")
        begins = words("timeline.day", day=first.day, month=month)
    # A line may end after the dash or before a year, but not between day and month.
    return f"{begins}–{words.date(last)}".replace(". ", ".\u00a0")


def moved(words: Catalogue, gate: GateTime) -> str:
    """Return why a gate is on another day than planned; empty where it is not."""
    if not gate.reasons:
        return ""
    *others, last = (words(f"timeline.reason.{reason}") for reason in gate.reasons)
    reason = f"{', '.join(others)} {words('timeline.and')} {last}" if others else last
    return words("timeline.moved", date=words.date(gate.planned), reason=reason)


def dated_process(edition: Edition, here: set[str]) -> b.Process:
    """Return the picture of the process, with the region's dates where it has them."""
    words, own = edition.words(), edition.timeline
    steps = process(edition, here, words).steps
    if own is None:
        return b.Process(steps)
    dated = []
    for step in steps:
        item_id = step.target.partition("/")[2]
        if step.kind == "phase":
            time = own.phase(item_id)
            dated.append(replace(step, when=period(words, time.first, time.last)))
        else:
            dated.append(replace(step, when=words.date(own.gate(item_id).day)))
    return b.Process(tuple(dated))


def large_process(edition: Edition, here: set[str]) -> b.Process:
    """Return the dated picture of the process with each phase's aim."""
    steps = []
    for step in dated_process(edition, here).steps:
        if step.kind == "phase":
            phase = edition.handbook.find(Phase, step.target.partition("/")[2])
            aim = _SENTENCE.split(fill(phase.summary, edition.names[phase.language]))[0]
            steps.append(replace(step, text=aim))
        else:
            steps.append(step)
    return b.Process(tuple(steps))


def calendar_address(edition: Edition) -> str:
    """Return the full address of the calendar file with everything."""
    return f"{edition.region.front_page(edition.language)}{DOWNLOADS}{NAME}{SUFFIXES['ics']}"


def follow(edition: Edition, words: Words) -> Run | None:
    """Return the link that has the reader's calendar fetch the dates; None without dates."""
    if edition.timeline is None:
        return None
    # The scheme tells the reader's calendar, not the browser, to open the file.
    address = "webcal:" + calendar_address(edition).partition(":")[2]
    return Run(words("timeline.follow"), target=address)


def picture(edition: Edition) -> b.Timeline:
    """Return the whole process in time: in the region's dates, or in months from its start."""
    own = edition.timeline
    return _in_days(edition, own) if own else _in_months(edition)


def introduction(edition: Edition) -> Paragraph:
    """Return what a reader has to know of the timeline."""
    words = edition.words()
    if edition.timeline:
        return Paragraph((Run(words("timeline.own")),))
    shortest = sum(phase.duration.min for phase in edition.handbook.all(Phase))
    return Paragraph((Run(words("timeline.general", n=shortest)),))


def facts(edition: Edition) -> b.Facts:
    """Return when the whole process runs, or how long it is."""
    words, own = edition.words(), edition.timeline
    if own:
        whole = period(words, own.phases[0].first, own.phases[-1].last)
        return b.Facts((b.Fact(words("timeline.period"), (Run(whole),)),))
    phases = edition.handbook.all(Phase)
    ends = [sum(getattr(phase.duration, end) for phase in phases) for end in ("min", "max")]
    length = words("months", min=ends[0], max=ends[1])
    return b.Facts((b.Fact(words("timeline.whole"), (Run(length),)),))


def _in_days(edition: Edition, own: Timeline) -> b.Timeline:
    words = edition.words()
    zero = min(own.phases[0].first, own.gates[0].day)
    total = (max(own.phases[-1].last, own.gates[-1].day) - zero).days + 1
    bars = tuple(_bar(edition, at, phase, zero) for at, phase in enumerate(own.phases, start=1))
    points = tuple(
        b.TimelinePoint(
            number,
            _title(edition, "gate", gate.id),
            words.date(gate.day),
            (gate.day - zero).days,
        )
        for number, gate in enumerate(own.gates, start=1)
    )
    rows = []
    for at, gate in enumerate(own.gates):
        note = moved(words, gate) or words("timeline.planned")
        rows.append(_row(edition, f"gate/{gate.id}", words.date(gate.day), note))
        if at < len(own.phases):
            phase = own.phases[at]
            note = words("timeline.length_note", n=phase.months)
            rows.append(_row(edition, f"phase/{phase.id}", bars[at].when, note))
    marks = tuple(_quarters(words, zero, total))
    return _timeline(edition, total, bars, points, marks, tuple(rows))


def _bar(edition: Edition, number: int, phase: PhaseTime, zero: dt.date) -> b.TimelineBar:
    words = edition.words()
    return b.TimelineBar(
        number,
        _title(edition, "phase", phase.id),
        period(words, phase.first, phase.last),
        (
            words("timeline.from_line", date=words.date(phase.first)),
            words("timeline.to_line", date=words.date(phase.last)),
        ),
        (phase.first - zero).days,
        (phase.last - zero).days + 1,
    )


def _in_months(edition: Edition) -> b.Timeline:
    words, phases = edition.words(), edition.handbook.all(Phase)
    bars, rows, points, begins = [], [], [], 0
    for number, gate_id in enumerate(
        [phases[0].entry_gate, *(phase.exit_gate for phase in phases)], start=1
    ):
        when = words("timeline.after" if begins else "timeline.before", month=begins or 1)
        points.append(b.TimelinePoint(number, _title(edition, "gate", gate_id), when, begins))
        gate = edition.handbook.find(Gate, gate_id)
        question = fill(gate.question, edition.names[gate.language])
        rows.append(_row(edition, f"gate/{gate_id}", when, question))
        if number <= len(phases):
            phase = phases[number - 1]
            bars.append(_month_bar(edition, number, phase, begins))
            span = phase.duration
            note = words("timeline.range_note", min=span.min, max=span.max)
            rows.append(_row(edition, f"phase/{phase.id}", bars[-1].when, note))
            begins = bars[-1].ends
    marks = tuple(
        b.TimelineMark(words("timeline.mark", month=month), month, month % 12 == 0)
        for month in range(2 * _MARK_MONTHS, begins, 2 * _MARK_MONTHS)
    )
    return _timeline(edition, begins, tuple(bars), tuple(points), marks, tuple(rows))


def _month_bar(edition: Edition, number: int, phase: Phase, begins: int) -> b.TimelineBar:
    words, ends = edition.words(), begins + phase.duration.max
    span = words("timeline.span", first=begins + 1, last=ends)
    length = words("months", min=phase.duration.min, max=phase.duration.max)
    title = _title(edition, "phase", phase.id)
    return b.TimelineBar(number, title, span, (span, length), begins, ends)


def _timeline(
    edition: Edition,
    total: int,
    bars: tuple[b.TimelineBar, ...],
    points: tuple[b.TimelinePoint, ...],
    marks: tuple[b.TimelineMark, ...],
    rows: tuple[tuple[b.Cell, ...], ...],
) -> b.Timeline:
    words = edition.words()
    header = tuple(words(key) for key in ("table.what", "table.when", "timeline.note"))
    table = b.Table(words("timeline.table"), header, rows)
    said = [(point.at, f"{point.title}: {point.when}.") for point in points]
    # A phase begins after the gate on its first day, and ends before the gate on its last.
    said += [(bar.begins, f"{bar.title}: {bar.when}.") for bar in bars]
    text = " ".join(line for _, line in sorted(said, key=lambda found: found[0]))
    return b.Timeline(words("timeline.picture"), text, total, bars, points, marks, table)


def _quarters(words: Catalogue, zero: dt.date, total: int) -> Iterator[b.TimelineMark]:
    """Return a mark where each quarter begins; the first of a year carries its number."""
    year, month = zero.year, 1
    while (at := (dt.date(year, month, 1) - zero).days) < total:
        if at > 0:
            label = str(year) if month == 1 else words(f"date.m{month}")
            yield b.TimelineMark(label, at, month == 1)
        month += _MARK_MONTHS
        if month > 12:
            year, month = year + 1, 1


def _row(edition: Edition, target: str, when: str, note: str) -> tuple[b.Cell, ...]:
    kind, _, item_id = target.partition("/")
    title = _title(edition, kind, item_id)
    if kind == "gate":
        title = edition.words()("timeline.gate", title=title)
    runs = (Run(title, target=target), Run(when), Run(note))
    return tuple((Paragraph((run,)),) for run in runs)


def _title(edition: Edition, kind: str, item_id: str) -> str:
    item = edition.handbook.get(kind, item_id)
    return fill(item.title, edition.names[item.language])


# The calendar


@dataclass(frozen=True)
class Event:
    """Whole days in a calendar. `id` never changes; `target` is the page to read."""

    id: str
    title: str
    text: str
    target: str
    category: str
    first: dt.date
    last: dt.date
    gate: bool = False


@dataclass(frozen=True)
class Calendar:
    """The region's dates as events; `updated` is when the newest of the phases changed."""

    name: str
    language: Language
    title: str
    updated: dt.date
    events: tuple[Event, ...]


def compose_calendar(edition: Edition) -> Calendar | None:
    """Return the gates, the starts of the phases and the steps; None without dates."""
    own, words = edition.timeline, edition.words()
    if own is None:
        return None
    events = [_gate_event(edition, gate) for gate in own.gates]
    for time in own.gates:
        events += _way_events(edition, edition.handbook.find(Gate, time.id))
    for phase in edition.handbook.all(Phase):
        events += _phase_events(edition, own, phase)
    region = edition.region.short_name or edition.region.name
    title = words("list.timeline.title")
    return Calendar(
        NAME,
        edition.language,
        f"{title} – {region}" if region else title,
        max(phase.updated for phase in edition.handbook.all(Phase)),
        tuple(sorted(events, key=lambda event: (event.first, not event.gate, event.id))),
    )


def _gate_event(edition: Edition, time: GateTime) -> Event:
    words = edition.words()
    gate = edition.handbook.find(Gate, time.id)
    question = fill(gate.question, edition.names[gate.language])
    return Event(
        f"gate-{gate.id}",
        words("timeline.gate", title=_title(edition, "gate", gate.id)),
        f"{question} {moved(words, time)}".strip(),
        f"gate/{gate.id}",
        words("kind.gate"),
        time.day,
        time.day,
        gate=True,
    )


def _way_events(edition: Edition, gate: Gate) -> Iterator[Event]:
    """Return the steps of the way to a gate, but for those on the gate's own day."""
    words, names = edition.words(), edition.names[gate.language]
    for step in gate.way:
        day = step_day(edition, gate, step)
        if day is None or step.days_before == gate.way[-1].days_before:
            continue
        yield Event(
            f"gate-{gate.id}-{step.id}",
            f"{fill(step.title, names)} ({fill(gate.title, names)})",
            fill(step.text, names),
            f"gate/{gate.id}",
            words("kind.gate"),
            day,
            day,
        )


def _phase_events(edition: Edition, own: Timeline, phase: Phase) -> Iterator[Event]:
    words, names = edition.words(), edition.names[phase.language]
    time, title, target = own.phase(phase.id), fill(phase.title, names), f"phase/{phase.id}"
    start = words("timeline.phase", title=title)
    summary = fill(phase.summary, names)
    yield Event(f"phase-{phase.id}", start, summary, target, title, time.first, time.first)
    for step, when in zip(phase.steps, time.steps, strict=True):
        yield Event(
            f"phase-{phase.id}-{step.id}",
            fill(step.title, names),
            f"{words('fact.done')}: {fill(step.done, names)}",
            f"{target}#{STEP}{step.id}",
            title,
            when.first,
            when.last,
        )
