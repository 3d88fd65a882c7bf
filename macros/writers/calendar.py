"""Calendar files (RFC 5545): one with everything, one with the gates alone.

Every event is whole days, since nobody knows the hour of a decision years ahead. Its UID
is made of its own id and the site's address, so a new file moves an event instead of adding
one, and two regions never have the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from macros.content.built import built
from macros.document.formats import INVITATION, SUFFIXES
from macros.document.shared import Shared, absolute_link
from macros.document.timeline import Calendar
from macros.keys import key
from macros.writers import Job, Rendered

_REFRESH = dt.timedelta(days=1)  # how often a calendar that follows should ask
_OUTLOOK_REFRESH = "P1D"
_BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # no file is older: see `built`


@dataclass(frozen=True)
class CalendarPayload:
    """The whole input of one file; `changed` is what it says of when it was made."""

    filename: str
    calendar: Calendar
    base_url: str
    owner: str
    changed: dt.datetime


def jobs(calendar: Calendar, shared: Shared) -> Iterator[Job]:
    """Return the jobs that make the calendar's files."""
    gates = tuple(event for event in calendar.events if event.gate)
    yield _job(calendar, SUFFIXES["ics"], shared)
    yield _job(replace(calendar, events=gates), SUFFIXES["ics_gates"], shared)


def invitation_job(calendar: Calendar, shared: Shared) -> Job:
    """Return the job that makes a meeting's invitation, with the days of its papers."""
    return _job(calendar, SUFFIXES[INVITATION], shared)


def _job(calendar: Calendar, suffix: str, shared: Shared) -> Job:
    payload = CalendarPayload(
        calendar.name + suffix,
        calendar,
        shared.base_url,
        shared.region.base_url,
        _changed(calendar),
    )
    return Job(payload.filename, key(__name__, payload), render, payload)


def _changed(calendar: Calendar) -> dt.datetime:
    """Return when the dates last changed: at the build's commit, as far as anyone can tell."""
    newest = dt.datetime.combine(calendar.updated, dt.time(), dt.UTC)
    return max(newest, built(calendar.updated))


def render(payload: CalendarPayload) -> Rendered:
    """Return the file: lines of at most 75 octets that end in CRLF, all text escaped."""
    import icalendar

    calendar = payload.calendar
    found = icalendar.Calendar()
    found.add("prodid", f"-//Næringsvennlig region//{calendar.name}//NO")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")  # dates to take in, and nobody to answer
    language: dict[str, str] = {"LANGUAGE": calendar.language}
    # The library knows no type for these two, and would write a plain string as it stands.
    title = icalendar.vText(calendar.title)
    # Programs show the older name; the newer is the standard's (RFC 7986, 5.1).
    found.add("x-wr-calname", title)
    found.add("name", title, language)
    # Outlook knows its own name for it alone; the other is the standard's (RFC 7986, 5.7).
    found.add("x-published-ttl", icalendar.vText(_OUTLOOK_REFRESH))
    found.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
    for event in _events(payload, language):
        found.add_component(event)
    return Rendered(found.to_ical(), None)


def _events(payload: CalendarPayload, language: dict[str, str]) -> Iterator[Any]:
    import icalendar

    place = urlsplit(payload.owner)
    host = f"{place.hostname}{place.path}".rstrip("/")
    for event in payload.calendar.events:
        found = icalendar.Event()
        found.add("uid", f"{event.id}@{host}")
        found.add("dtstamp", payload.changed)
        found.add("last-modified", payload.changed)
        # Programs take an event anew when its number has grown (RFC 5545, 3.8.7.4). What has
        # changed since the last file nobody knows, so all grow, by the minutes between them.
        found.add("sequence", int((payload.changed - _BEGINNING).total_seconds() // 60))
        found.add("dtstart", event.first)
        found.add("dtend", event.last + dt.timedelta(days=1))  # not included (RFC 5545, 3.6.1)
        found.add("summary", event.title, language)
        found.add("description", event.text, language)
        found.add("categories", [event.category], language)
        found.add("url", absolute_link(event.target, payload.base_url))
        # The day is not taken: people still meet on it (RFC 5545, 3.8.2.7).
        found.add("transp", "TRANSPARENT")
        yield found
