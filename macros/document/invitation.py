"""The invitation to a meeting as events: its day, and the days that its papers are sent.

A meeting on the way to a gate has its day from there (`decisions.py`). Any other is proposed
in the step of the phase that uses it, when there has been time to send its papers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from macros.content.guides import Meeting
from macros.content.handbook import download_name
from macros.content.model import Gate
from macros.content.timeline import StepTime, decision_day
from macros.document.decisions import step_day
from macros.document.edition import Edition, Writing, length
from macros.document.timeline import Calendar, Event


def compose_invitation(edition: Edition, item: Meeting) -> Calendar | None:
    """Return a meeting's days and its papers'; None where the region has no dates for it."""
    w = Writing(edition, item)
    days = dict(_days(edition, item))
    if not days:
        return None
    events = [event for place, day in days.items() for event in _events(w, item, place, day)]
    region = edition.region.short_name or edition.region.name
    title = w.text(item.title)
    return Calendar(
        str(download_name(item)),
        item.language,
        f"{title} – {region}" if region else title,
        item.updated,
        tuple(sorted(events, key=lambda event: (event.first, event.id))),
    )


def _days(edition: Edition, item: Meeting) -> Iterator[tuple[str, dt.date]]:
    """Return each day with what names it for good; none twice."""
    seen: set[dt.date] = set()
    for place, day in (*_on_ways(edition, item), *_in_steps(edition, item)):
        if day not in seen:
            seen.add(day)
            yield place, day


def _on_ways(edition: Edition, item: Meeting) -> Iterator[tuple[str, dt.date]]:
    for gate in edition.handbook.all(Gate):
        for step in gate.way:
            if step.meeting == item.id and (day := step_day(edition, gate, step)):
                yield f"{gate.id}-{step.id}", day


def _in_steps(edition: Edition, item: Meeting) -> Iterator[tuple[str, dt.date]]:
    """Return a day in each step that uses the meeting, but where the way to a gate has one."""
    own = edition.timeline
    if own is None:
        return
    on_ways = {gate.id for gate in edition.handbook.all(Gate) if _meets(gate, item)}
    longest = max((paper.days_before for paper in item.papers), default=0)
    for phase, step in edition.uses.get((item.kind, item.id), []):
        before = {str(phase.entry_gate)} if phase.id == own.phases[0].id else set()
        if not on_ways & {str(phase.exit_gate), *before}:
            time = own.phase(phase.id)
            when = next(found for found in time.steps if found.id == step.id)
            yield f"{phase.id}-{step.id}", _proposed(when, longest)


def _meets(gate: Gate, item: Meeting) -> bool:
    return any(step.meeting == item.id for step in gate.way)


def _proposed(step: StepTime, longest: int) -> dt.date:
    """Return the first day of a step with time for the papers before it, else its last."""
    day = decision_day(min(step.first + dt.timedelta(days=longest), step.last)).day
    return day if day <= step.last else decision_day(step.last, -1).day


def _events(w: Writing, item: Meeting, place: str, day: dt.date) -> Iterator[Event]:
    title, category = w.text(item.title), w.words("kind.meeting")
    key, target = f"meeting-{item.id}-{place}", f"meeting/{item.id}"
    text = w.words("invitation.meeting", length=length(w.words, item.minutes))
    yield Event(key, title, text, target, category, day, day)
    by_days = sorted(item.papers, key=lambda paper: -paper.days_before)
    for days, papers in groupby(by_days, key=lambda paper: paper.days_before):
        if days:
            sent = decision_day(day - dt.timedelta(days=days), -1).day
            named = w.words("invitation.papers", title=title, date=w.words.date(day))
            text = "\n".join(w.text(paper.title) for paper in papers)
            yield Event(f"{key}-{days}", named, text, target, category, sent, sent)
