"""When things happen: the start dates of a region, and every date that follows from them.

Pure functions of `Starts` and the phases. No clock: today is never asked for.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from macros.content.base import LAST_DAY, Date, Strict
from macros.content.model import Month, Phase, Step

_DAY = dt.timedelta(days=1)

Reason = Literal[
    "july", "easter", "christmas", "labour", "constitution", "ascension", "whit", "holiday",
    "weekend",
]  # fmt: skip

# The library's English names; its Norwegian ones are bokmål only.
_NAMES: Mapping[str, Reason] = {
    "Constitution Day": "constitution",
    "Labor Day": "labour",
    "Ascension Day": "ascension",
    "Pentecost Monday": "whit",
}


class Months(Strict):
    """How long each phase lasts, where the region has decided it."""

    forstudie: Month | None = Field(
        default=None, description="Måneder til forstudien.", examples=[8]
    )
    forprosjekt: Month | None = Field(
        default=None, description="Måneder til forprosjektet.", examples=[10]
    )
    hovedprosjekt: Month | None = Field(
        default=None, description="Måneder til hovedprosjektet.", examples=[12]
    )


class Starts(Strict):
    """When the phases begin. What is left out is worked out from the phase before."""

    forstudie: Date = Field(
        description="Dagen forstudien begynner, på formen 2027-03-01.", examples=["2027-03-01"]
    )
    forprosjekt: Date | None = Field(
        default=None,
        description="Dagen forprosjektet begynner. Regnes ut når den mangler.",
        examples=["2028-01-10"],
    )
    hovedprosjekt: Date | None = Field(
        default=None,
        description="Dagen hovedprosjektet begynner. Regnes ut når den mangler.",
        examples=["2029-01-08"],
    )
    months: Months = Field(
        default=Months(), description="Hvor mange måneder fasene varer. Regnes ut når de mangler."
    )

    def day(self, phase_id: str) -> dt.date | None:
        """Return the day given for a phase, or None."""
        found: dt.date | None = getattr(self, phase_id, None)
        return found


@dataclass(frozen=True)
class StepTime:
    """When a step is done: its months in the phase, counted from 1, and its days."""

    id: str
    first_month: int
    last_month: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class PhaseTime:
    """A phase from its first day to its last, `months` long."""

    id: str
    months: int
    first: dt.date
    last: dt.date
    steps: tuple[StepTime, ...]


@dataclass(frozen=True)
class GateTime:
    """The day of a decision; `reasons` say why it is not the planned day, empty if it is."""

    id: str
    day: dt.date
    planned: dt.date
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Timeline:
    """The phases in order, and the gates around them: one more than there are phases."""

    phases: tuple[PhaseTime, ...]
    gates: tuple[GateTime, ...]

    def phase(self, phase_id: str) -> PhaseTime:
        """Return a phase's times."""
        return next(found for found in self.phases if found.id == phase_id)

    def gate(self, gate_id: str) -> GateTime:
        """Return a gate's day."""
        return next(found for found in self.gates if found.id == gate_id)


@cache
def _public_holidays(year: int) -> Mapping[dt.date, str]:
    return _calendar()(years=year, language="en_US")


@cache
def _calendar() -> Callable[..., Mapping[dt.date, str]]:
    from holidays.countries.norway import Norway  # only a region with dates pays for it

    # The library stops at 2100; phases that begin then end some years later.
    return type("_Norway", (Norway,), {"end_year": LAST_DAY.year + 20})


@cache
def _easter_sunday(year: int) -> dt.date:
    return next(day for day, name in _public_holidays(year).items() if "Easter Sunday" in name)


def closed(day: dt.date) -> Reason | None:
    """Return why nobody should decide anything on a day, or None for a day that will do.

    July is the common holiday. Easter runs from Palm Sunday to Easter Monday, Christmas from
    24 December to 1 January. The rest are weekends and public holidays, by the law on them
    (lov 24. februar 1995 nr. 12) and that on 1 and 17 May (lov 26. april 1947 nr. 1).
    """
    if day.month == 7:
        return "july"
    if -7 <= (day - _easter_sunday(day.year)).days <= 1:
        return "easter"
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1):
        return "christmas"
    names = _public_holidays(day.year).get(day, "").split("; ")
    if known := [reason for name, reason in _NAMES.items() if name in names]:
        return known[0]
    if day.weekday() >= calendar.SATURDAY:
        return "weekend"
    return "holiday" if names != [""] else None


def decision_day(planned: dt.date, towards: Literal[1, -1] = 1) -> GateTime:
    """Return the first day from `planned` on (or back, -1) that will do; its id is empty."""
    day, reasons = planned, list[Reason]()
    while why := closed(day):
        if why not in reasons:
            reasons.append(why)
        day += towards * _DAY
    return GateTime("", day, planned, tuple(reasons))


def after_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def step_months(phase: Phase, months: int) -> Iterator[tuple[Step, int, int]]:
    """Return each step with its first and last month in a phase of `months` months.

    The steps are written for the longest phase. In a shorter one they keep their share of
    it, in whole months, and so more of them run at once.
    """
    whole = max(phase.duration.max, *(step.last_month for step in phase.steps))
    for step in phase.steps:
        first = (step.first_month - 1) * months // whole + 1
        last = -(-step.last_month * months // whole)
        yield step, first, last


def _phase_time(phase: Phase, first: dt.date, months: int) -> PhaseTime:
    steps = tuple(
        StepTime(step.id, begins, ends, after_months(first, begins - 1), _last(first, ends))
        for step, begins, ends in step_months(phase, months)
    )
    return PhaseTime(phase.id, months, first, _last(first, months), steps)


def _last(first: dt.date, months: int) -> dt.date:
    return after_months(first, months) - _DAY


def _length(starts: Starts, phase: Phase, first: dt.date, following: dt.date | None) -> int:
    """Return a phase's months: as given, else the most that the next start leaves room for.

    The longest is the default, since the steps are written for it and since a plan that ends
    early is better news than one that runs late.
    """
    given: int | None = getattr(starts.months, phase.id, None)
    if given is not None:
        return given
    for months in range(phase.duration.max, phase.duration.min, -1):
        if following is None or decision_day(_last(first, months)).day <= following:
            return months
    return phase.duration.min


def timeline(starts: Starts, phases: Sequence[Phase]) -> Timeline:
    """Return the timeline of the phases, which stand in their order.

    The first gate is on the day that the first phase begins, or the last day before it that
    will do. The others are on the last day of their phase, or the first day after it that
    will do. A phase without a start of its own begins the day after the one before it ends,
    or on the day of the gate where that is later.
    """
    times: list[PhaseTime] = []
    gates = [_named(phases[0].entry_gate, decision_day(starts.forstudie, -1))]
    first = starts.forstudie
    for at, phase in enumerate(phases):
        first = starts.day(phase.id) or first
        following = starts.day(phases[at + 1].id) if at + 1 < len(phases) else None
        times.append(_phase_time(phase, first, _length(starts, phase, first, following)))
        last = times[-1].last
        gates.append(_named(phase.exit_gate, decision_day(last)))
        first = max(last + _DAY, gates[-1].day)
    return Timeline(tuple(times), tuple(gates))


def _named(gate_id: str, found: GateTime) -> GateTime:
    return GateTime(gate_id, found.day, found.planned, found.reasons)


def faults(starts: Starts, phases: Sequence[Phase]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Return what cannot be: the path below `starts`, what is wrong, what to do about it."""
    lengths = {phase.id: phase.duration for phase in phases}
    for phase_id in Months.model_fields:
        given: int | None = getattr(starts.months, phase_id)
        if phase_id not in lengths:
            if starts.day(phase_id) or given:
                yield (phase_id,), "fasen finnes ikke i håndboken", ""
        elif given and not lengths[phase_id].min <= given <= lengths[phase_id].max:
            span = f"{lengths[phase_id].min} til {lengths[phase_id].max}"
            message = f"skal være {span}, som er rådet for fasen, fikk «{given}»"
            yield ("months", phase_id), message, ""
    found = timeline(starts, phases)
    for before, gate, phase in zip(found.phases, found.gates[1:], found.phases[1:], strict=False):
        if phase.first < gate.day:
            message = (
                f"skal være tidligst {gate.day}, for {before.id} begynner {before.first} og "
                f"varer {before.months} måneder, og så tas beslutningen"
            )
            hint = f"Velg en senere dato, eller la {before.id} begynne før eller vare kortere."
            yield (phase.id,), message, hint
