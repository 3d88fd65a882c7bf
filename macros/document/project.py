"""The page «Mitt prosjekt»: what the handbook has a place for, whatever the reader has saved.

What is saved is known to the reader's browser alone; its script shows it beside what stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.content.guides import Interview, Meeting, Workshop
from macros.content.model import Checklist, Phase
from macros.content.rich import List, Paragraph, Run
from macros.content.template import Template
from macros.document.edition import Edition, Writing
from macros.document.features import ADDRESSES, has
from macros.document.timeline import dated_process

_SAVES = (
    "fill",
    "run",
)  # the features whose records go on at their own page, with the id after `#`
_FORMS = (Template, Checklist, Interview, Meeting, Workshop)  # what is filled in or run


@dataclass(frozen=True)
class Stop:
    """A phase or a gate on the way: its target, when it is, and its days as ISO dates, if any."""

    kind: str
    number: int
    title: str
    target: str
    when: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class TickList:
    """What can be ticked on one page: the list's name in the browser, and how much it holds."""

    name: str
    title: str
    target: str
    count: int


def stops(edition: Edition) -> list[Stop]:
    """Return the phases and the gates in order; the next gate is known by its day."""
    days: dict[str, tuple[str, str]] = {}
    if own := edition.timeline:
        days |= {f"gate/{one.id}": (one.day.isoformat(), one.day.isoformat()) for one in own.gates}
        days |= {
            f"phase/{one.id}": (one.first.isoformat(), one.last.isoformat()) for one in own.phases
        }
    return [
        Stop(
            step.kind,
            step.number,
            step.title,
            step.target,
            step.when or (step.note if step.kind == "phase" else ""),
            *days.get(step.target, ("", "")),
        )
        for step in dated_process(edition, set()).steps
    ]


def tick_lists(edition: Edition) -> Iterator[TickList]:
    """Return the checklists, then the interviews."""
    for checklist in edition.handbook.all(Checklist):
        points = sum(len(group.points) for group in checklist.groups)
        yield _ticked(edition, checklist, points)
    for interview in edition.handbook.all(Interview):
        questions = sum(len(section.questions) for section in interview.sections)
        yield _ticked(edition, interview, questions)


def _ticked(edition: Edition, item: Checklist | Interview, count: int) -> TickList:
    title = Writing(edition, item).text(item.title)
    target = f"{item.kind}/{item.id}"
    return TickList(target.replace("/", ":"), title, target, count)


def form_titles(edition: Edition) -> dict[str, str]:
    """Return the title of each item that a document or a run may be of, by `kind/id`."""
    return {
        f"{item.kind}/{item.id}": Writing(edition, item).text(item.title)
        for model in _FORMS
        for item in edition.handbook.all(model)
    }


def records(edition: Edition) -> dict[str, str]:
    """Return the address where each kind of record goes on, by the feature that saves it."""
    return {name: ADDRESSES[name] for name in _SAVES if has(edition, name)}


def kept(edition: Edition) -> tuple[str, ...]:
    """Return what the edition has the reader's browser keep, by the names of it in the words."""
    named = {"fill": "documents", "run": "runs", "offline": "pages"}
    return ("ticks", *(name for feature, name in named.items() if has(edition, feature)))


def stored(edition: Edition) -> List:
    """Return what the edition has the reader's browser remember, a line for each thing."""
    words = edition.words()
    keys = [*kept(edition), "scheme", "clock"]
    return List(tuple((Paragraph((Run(words(f"saved.stored.{key}")),)),) for key in keys))


def saved_address(edition: Edition) -> str:
    """Return where all that is saved can be taken care of: one place, whatever the features."""
    where = ADDRESSES["project"] if has(edition, "project") else "sjekklister/"
    return f"{where}#lagret"


def last_gates(edition: Edition) -> dict[str, str]:
    """Return the gate that each phase leads to, as `gate/id`, by the phase's id."""
    return {phase.id: f"gate/{phase.exit_gate}" for phase in edition.handbook.all(Phase)}
