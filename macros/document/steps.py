"""Phases on the web: an overview of each, and a page of its own for every step below it.

A file of a phase has all of it in one (see `process.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.content.base import Page
from macros.content.model import Checklist, Gate, Phase, Pitfall, Step
from macros.content.rich import List, Paragraph, Run
from macros.document import blocks as b
from macros.document.address import STEP, address, step_address
from macros.document.edition import Edition, Writing
from macros.document.formats import PHASE
from macros.document.guides import mistakes
from macros.document.parts import anchor, document, part, points
from macros.document.process import (
    check_points,
    gate_head,
    phase_facts,
    step_facts,
    step_times as times,
)


@dataclass(frozen=True)
class StepPage:
    """A page of a step: its phase, its place there (from 1), and its address."""

    phase: Phase
    step: Step
    number: int

    @property
    def address(self) -> str:
        """Return the address of the page below the language's root."""
        return step_address(self.phase.id, self.step.id)


def step_pages(edition: Edition) -> list[StepPage]:
    """Return the page of each step of each phase, in order."""
    return [
        StepPage(phase, step, number)
        for phase in edition.handbook.all(Phase)
        for number, step in enumerate(phase.steps, start=1)
    ]


def owners(edition: Edition) -> dict[str, Page]:
    """Return the item that each page shows, or a part of, by the page's address."""
    found = {address(item.kind, item.id): item for item in edition.handbook.pages()}
    return found | {page.address: page.phase for page in step_pages(edition)}


def step_label(edition: Edition, page: StepPage) -> str:
    """Return what stands above the title of a step: its place in its phase."""
    w = Writing(edition, page.phase)
    phase = w.text(page.phase.title)
    return w.words("step.label", n=page.number, all=len(page.phase.steps), phase=phase)


def overview(edition: Edition, item: Phase) -> b.Document:
    """Return the page of a phase: month by month, what each step gives, and what it ends with."""
    w = Writing(edition, item)
    gate = edition.handbook.find(Gate, item.exit_gate)
    sections = (
        part(w, "month_plan", _plan(w, item)),
        part(w, "purpose", w.rich(item.purpose)),
        part(w, "deliverables", (points(w, item.deliverables),)),
        part(w, "prerequisites", (points(w, item.prerequisites),)),
        part(w, "ownership", _fold(w, "ownership", w.rich(item.ownership))),
        part(w, "exit_gate", _gate(edition, gate)),
        part(w, "checklist", (w.cards([("checklist", item.checklist)]),)),
        part(w, "templates", _fold(w, "templates", (_templates(w, item),))),
        part(w, "pitfalls", _fold(w, "pitfalls", _pitfalls(w, item))),
    )
    return document(w, item, phase_facts(w, item), sections, [item.id], formats=PHASE)


def _fold(w: Writing, key: str, inner: tuple[b.Block, ...]) -> tuple[b.Fold]:
    return (b.Fold(w.words(f"step.fold.{key}"), inner),)


def _plan(w: Writing, item: Phase) -> tuple[b.Block, ...]:
    """Return the steps: what each gives, when, who and how much there is to use."""
    stops = []
    for step, when in times(w, item):
        target = f"phase/{item.id}#{STEP}{step.id}"
        roles = [w.title("role", effort.role) for effort in step.effort]
        who = (
            roles[0] if len(roles) == 1 else f"{roles[0]} {w.words('roles_more', n=len(roles) - 1)}"
        )
        facts = [": ".join(when), who]
        if step.uses:
            facts.append(w.words("step.uses", n=len(step.uses)))
        link = Run(w.text(step.title), target=target)
        stop = b.Stop(f"{STEP}{step.id}", link, w.text(step.done), " · ".join(facts))
        stops.append(stop)
    intro = Paragraph((Run(w.words("step.intro")),))
    return (intro, b.Stops(tuple(stops), numbered=True, id=anchor("steps")))


def _who(w: Writing, step: Step) -> str:
    """Return the role that works most on a step, and how many others do."""
    first, *rest = [w.title("role", effort.role) for effort in step.effort]
    return f"{first} {w.words('roles_more', n=len(rest))}" if rest else first


def _gate(edition: Edition, gate: Gate) -> tuple[b.Block, ...]:
    """Return the gate that a phase ends at; all else of it stands where it does."""
    w = Writing(edition, gate)
    elsewhere = tuple(
        b.Stop(
            f"{gate.id}-{anchor(key)}",
            Run(w.words(f"section.{key}"), target=f"gate/{gate.id}#{gate.id}-{anchor(key)}"),
            w.words(f"step.see.{key}"),
        )
        for key in ("deciders", "way", "papers", "outcomes")
    )
    criteria = b.Section(
        f"{gate.id}-{anchor('criteria')}",
        w.words("section.criteria"),
        (points(w, gate.criteria),),
    )
    return (*gate_head(edition, gate), criteria, b.Stops(elsewhere))


def _templates(w: Writing, item: Phase) -> Paragraph:
    return Paragraph((*w.links("template", item.templates), Run(".")))


def _pitfalls(w: Writing, item: Phase) -> tuple[b.Block, ...]:
    """Return what goes wrong, each with the way to its step, where what to do stands."""
    own = [found for found in item.pitfalls if not found.step]
    ways = tuple(
        (Paragraph((Run(w.text(found.mistake), target=f"phase/{item.id}#{STEP}{found.step}"),)),)
        for found in item.pitfalls
        if found.step
    )
    return (*((List(ways),) if ways else ()), *((mistakes(w, own),) if own else ()))


def compose_step(edition: Edition, page: StepPage) -> b.Document:
    """Return the page of a step: how it is done, with what, and what can go wrong."""
    phase, step = page.phase, page.step
    w = Writing(edition, phase)
    when = next(times for found, times in times(w, phase) if found.id == step.id)
    inner: list[b.Block] = list(w.rich(step.text))
    if step.uses:
        inner.append(part(w, "step_uses", (w.cards(ref.target for ref in step.uses),)))
    if found := [pitfall for pitfall in phase.pitfalls if pitfall.step == step.id]:
        inner.append(_wrong(w, found))
    checklist = edition.handbook.find(Checklist, phase.checklist)
    if checks := check_points(edition, checklist, step.id):
        inner.append(part(w, "step_check", (checks,)))
    return b.Document(
        kind="step",
        id=f"{phase.id}/{step.id}",
        language=phase.language,
        label=step_label(edition, page),
        title=w.text(step.title),
        summary="",
        address=page.address,
        facts=step_facts(w, step, when),
        blocks=tuple(inner),
        updated=phase.updated,
        process=w.process([phase.id]),
    )


def _wrong(w: Writing, found: Sequence[Pitfall]) -> b.Section:
    return part(w, "pitfalls", (mistakes(w, found),))
