"""Who decides on what, and the way of a case to the municipal councils and back."""

from __future__ import annotations

import datetime as dt

from macros.content.decisions import Decision, WayStep
from macros.content.model import Gate
from macros.content.rich import Paragraph, Run
from macros.content.timeline import decision_day
from macros.content.ways import papers_at
from macros.document import blocks as b
from macros.document.edition import Edition, Writing

_WEEK = 7  # days
# How high a stop stands in the picture: those who decide stand highest.
_LEVELS = {"prepares": 0, "advises": 1, "decides": 2}


def way(edition: Edition, gate: Gate) -> b.Way:
    """Return the way to a gate as a picture: what happens when, who does it, on which papers."""
    w = Writing(edition, gate)
    stops = tuple(
        b.WayStop(
            when=_when(w, gate, step),
            who=w.link("role", step.who),
            does=w.words(f"does.{step.does}"),
            title=w.text(step.title),
            text=w.text(step.text),
            links=_links(w, step),
            level=_LEVELS[step.does],
        )
        for step in gate.way
    )
    header = (w.words("table.when"), w.words("table.who"), w.words("table.what"))
    rows = tuple((w.cell(stop.when), _who(stop), _what(stop)) for stop in stops)
    return b.Way(w.words("way.label"), stops, b.Table(w.words("section.way"), header, rows))


def _who(stop: b.WayStop) -> b.Cell:
    return (Paragraph((Run(f"{stop.does}: "), stop.who)),)


def _what(stop: b.WayStop) -> b.Cell:
    found = [Paragraph((Run(stop.title, strong=True), Run(f" {stop.text}")))]
    if stop.links:
        runs: list[Run] = []
        for link in stop.links:
            runs += [Run(", "), link] if runs else [link]
        found.append(Paragraph(tuple(runs)))
    return tuple(found)


def _links(w: Writing, step: WayStep) -> tuple[Run, ...]:
    found = [w.link("template", str(paper)) for paper in step.papers]
    return (w.link("meeting", step.meeting), *found) if step.meeting else tuple(found)


def _when(w: Writing, gate: Gate, step: WayStep) -> str:
    """Return how long before the councils meet, and the day where the region has dates."""
    days = abs(step.days_before)
    unit, n = ("weeks", days // _WEEK) if days % _WEEK == 0 else ("days", days)
    if not days:
        text = w.words("way.day")
    else:
        text = w.words(f"way.{'before' if step.days_before > 0 else 'after'}.{unit}", n=n)
    day = step_day(w.edition, gate, step)
    return f"{w.words.date(day)} ({text})" if day else text


def step_day(edition: Edition, gate: Gate, step: WayStep) -> dt.date | None:
    """Return the day of a step, counted back from the gate's; None without dates.

    One that would fall on a closed day is the open day before it.
    """
    own = edition.timeline
    time = own and next((found for found in own.gates if found.id == gate.id), None)
    if not time:
        return None
    back = dt.timedelta(days=step.days_before - gate.way[-1].days_before)
    return decision_day(time.day - back, -1).day if back else time.day


def decided_at(edition: Edition, gate: Gate) -> list[Decision]:
    """Return what is decided at a gate, in order."""
    return [found for found in edition.handbook.all(Decision) if gate.id in map(str, found.gates)]


def between_gates(edition: Edition) -> b.Table | None:
    """Return a table of what is decided at no gate: by whom, and in which meeting."""
    rows = []
    for decision in edition.handbook.all(Decision):
        if not decision.when:
            continue
        w = Writing(edition, decision)
        meeting = (Run(" "), w.link("meeting", decision.meeting)) if decision.meeting else ()
        rows.append(
            (
                (Paragraph((Run(w.text(decision.title)),)),),
                (Paragraph((w.link("role", decision.decided_by),)),),
                (Paragraph((Run(w.text(decision.when)), *meeting)),),
            )
        )
    words = edition.words()
    header = tuple(words(f"table.{key}") for key in ("thing", "decides", "when"))
    return b.Table(words("section.between_gates"), header, tuple(rows)) if rows else None


def _rests_on(edition: Edition, gate: Gate, decision: Decision) -> tuple[Paragraph, ...]:
    """Return what must be decided first, or in the same meeting: at this gate, else before it."""
    grounds = [edition.handbook.find(Decision, str(ground)) for ground in decision.rests_on]
    here = [ground for ground in grounds if gate.id in map(str, ground.gates)]
    before = [ground for ground in grounds if _first(edition, ground) < gate.order]
    titles = [Writing(edition, one).text(one.title) for one in here or before]
    label = Writing(edition, gate).words("way.rests_on")
    return (Paragraph((Run(f"{label} {'; '.join(titles)}."),)),) if titles else ()


def _first(edition: Edition, decision: Decision) -> int:
    """Return the order of the first gate that a decision is made at; 0 when it is at none."""
    gates = [edition.handbook.find(Gate, str(gate)) for gate in decision.gates]
    return min((gate.order for gate in gates), default=0)


def deciders(edition: Edition, gate: Gate) -> b.Table:
    """Return a table of what is decided at a gate, by whom, on whose advice, from which paper."""
    w = Writing(edition, gate)
    rows = []
    for decision in decided_at(edition, gate):
        own = Writing(edition, decision)
        title = Paragraph((Run(own.text(decision.title)),))
        who = Paragraph((w.link("role", decision.decided_by),))
        advice = Paragraph(w.links("role", decision.advised_by)) if decision.advised_by else None
        papers = papers_at(gate, decision)
        paper = w.links("template", papers) if papers else (Run("–"),)
        rows.append(
            (
                (title,),
                (who,),
                (advice or Paragraph((Run("–"),)),),
                (Paragraph(paper), *_rests_on(edition, gate, decision)),
            )
        )
    header = tuple(w.words(f"table.{key}") for key in ("thing", "decides", "advises", "paper"))
    return b.Table(w.words("section.deciders"), header, tuple(rows))
