"""Composers for the process itself: phases, gates, checklists, roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from macros.content.model import CheckItem, Checklist, Gate, Phase, Role, Step
from macros.content.rich import List, Paragraph, Run
from macros.content.timeline import step_months
from macros.document import blocks as b
from macros.document.address import STEP
from macros.document.decisions import deciders, way
from macros.document.edition import Edition, Writing
from macros.document.formats import PHASE
from macros.document.guides import mistakes
from macros.document.parts import anchor, document, part, points, related
from macros.document.timeline import follow, moved, period

# In the plan of a phase so many roles of a step stand by name.
FEW = 3


def compose_phase(edition: Edition, item: Phase) -> b.Document:
    """Return the document of a phase: month by month, with what each step needs."""
    w = Writing(edition, item)
    gate = edition.handbook.find(Gate, item.exit_gate)
    sections = (
        part(w, "purpose", w.rich(item.purpose)),
        part(w, "deliverables", (points(w, item.deliverables),)),
        part(w, "prerequisites", (points(w, item.prerequisites),)),
        part(w, "ownership", w.rich(item.ownership)),
        part(w, "month_plan", (month_plan(w, item),)),
        part(w, "steps", tuple(_step(w, *found) for found in step_times(w, item))),
        part(w, "templates", (_templates(w, item),)),
        part(w, "exit_gate", gate_blocks(edition, gate)),
        part(w, "checklist", (w.cards([("checklist", item.checklist)]),)),
        part(w, "pitfalls", (mistakes(w, item.pitfalls),)),
    )
    return document(w, item, phase_facts(w, item), sections, [item.id], formats=PHASE)


def phase_facts(w: Writing, item: Phase) -> b.Facts:
    """Return how long a phase lasts, when, and between which gates."""
    duration = w.words("months", min=item.duration.min, max=item.duration.max)
    return b.Facts(
        (
            *_period(w, item),
            w.fact("duration", duration),
            w.fact("starts_after", (w.link("gate", item.entry_gate),)),
            w.fact("ends_at", (w.link("gate", item.exit_gate),)),
        )
    )


def _period(w: Writing, item: Phase) -> tuple[b.Fact, ...]:
    own, link = w.edition.timeline, follow(w.edition, w.words)
    if own is None or link is None:
        return ()
    time = own.phase(item.id)
    when = Run(f"{period(w.words, time.first, time.last)}. ")
    return (b.Fact(w.words("timeline.period"), (when, link)),)


def _templates(w: Writing, item: Phase) -> List:
    return List(tuple((Paragraph((w.link("template", ref),)),) for ref in item.templates))


def step_times(w: Writing, item: Phase) -> Iterator[tuple[Step, tuple[str, ...]]]:
    """Return each step with its months and, where the region has dates, its days."""
    own = w.edition.timeline
    length = own.phase(item.id).months if own else item.duration.max
    for at, (step, first, last) in enumerate(step_months(item, length)):
        months = w.words("month", month=first)
        if first != last:
            months = w.words("month_range", first=first, last=last)
        if own is None:
            yield step, (months,)
        else:
            time = own.phase(item.id).steps[at]
            yield step, (months, period(w.words, time.first, time.last))


def month_plan(w: Writing, item: Phase) -> b.Table:
    """Return the steps of a phase with their months, their dates where there are any, and roles."""
    rows = []
    for step, times in step_times(w, item):
        target = f"phase/{item.id}#{STEP}{step.id}"
        roles = _some(w, [effort.role for effort in step.effort], target)
        title = Run(w.text(step.title), target=target)
        when = tuple(Paragraph((Run(text),)) for text in times)
        rows.append((when, (Paragraph((title,)),), (Paragraph(roles),)))
    header = (w.words("table.when"), w.words("table.what"), w.words("table.who"))
    return b.Table(w.words("section.month_plan"), header, tuple(rows))


def _some(w: Writing, roles: Sequence[str], target: str) -> tuple[Run, ...]:
    """Return the roles of a step: all when they are few, else the first and a way to the rest."""
    if len(roles) <= FEW:
        return w.links("role", roles)
    more = w.words("roles_more", n=len(roles) - 1)
    return (w.link("role", roles[0]), Run(" "), Run(more, target=target))


def step_facts(w: Writing, step: Step, times: tuple[str, ...]) -> b.Facts:
    """Return when a step is, how many hours each role spends on it, and when it is done."""
    effort: list[Run] = []
    for entry in step.effort:
        effort += [Run(", ")] if effort else []
        effort += [w.link("role", entry.role), Run(f" {_hours(w, entry.hours)}")]
    return b.Facts(
        (
            w.fact("when", ": ".join(times)),
            w.fact("effort", tuple(effort)),
            w.fact("done", w.text(step.done)),
        )
    )


def _hours(w: Writing, hours: int) -> str:
    return w.words("hours", n=hours).replace(" ", "\u00a0")  # a number stays with its unit


def _step(w: Writing, step: Step, times: tuple[str, ...]) -> b.Section:
    inner: tuple[b.Block, ...] = (step_facts(w, step, times), *w.rich(step.text))
    if step.uses:
        inner = (*inner, w.cards(ref.target for ref in step.uses))
    return b.Section(f"{STEP}{step.id}", w.text(step.title), inner)


def gate_blocks(edition: Edition, gate: Gate) -> tuple[b.Block, ...]:
    """Return a gate: the question, what must be true, the papers and the three outcomes."""
    w = Writing(edition, gate)
    papers = List(
        tuple(
            (
                Paragraph(
                    (
                        Run(
                            w.text(paper.title),
                            target=f"template/{paper.template}" if paper.template else "",
                        ),
                    )
                ),
            )
            for paper in gate.papers
        )
    )
    outcomes = tuple(
        (w.cell(w.words(f"outcome.{name}")), w.cell(getattr(gate.outcomes, name)))
        for name in ("go", "change", "stop")
    )
    header = (w.words("table.outcome"), w.words("table.meaning"))

    def sub(key: str, inner: tuple[b.Block, ...]) -> b.Section:
        return b.Section(f"{gate.id}-{anchor(key)}", w.words(f"section.{key}"), inner)

    return (
        *gate_head(edition, gate),
        sub("deciders", (deciders(edition, gate),)),
        sub("way", (way(edition, gate),)),
        sub("criteria", (points(w, gate.criteria),)),
        sub("papers", (papers,)),
        sub("outcomes", (b.Table(w.words("section.outcomes"), header, outcomes),)),
    )


def gate_head(edition: Edition, gate: Gate) -> tuple[b.Block, ...]:
    """Return a gate's question, its day where the region has dates, and who is heard."""
    w = Writing(edition, gate)
    return (
        Paragraph((Run(w.text(gate.question), strong=True),)),
        *((b.Facts(date),) if (date := _gate_date(w, gate)) else ()),
        *w.rich(gate.anchoring),
    )


def _gate_date(w: Writing, gate: Gate) -> tuple[b.Fact, ...]:
    own = w.edition.timeline
    time = own and next((found for found in own.gates if found.id == gate.id), None)
    if not time:
        return ()
    text = f"{w.words.date(time.day)}. {moved(w.words, time)}" if time.reasons else ""
    return (b.Fact(w.words("timeline.date"), (Run(text or w.words.date(time.day)),)),)


def compose_checklist(edition: Edition, item: Checklist) -> b.Document:
    """Return the document of a checklist."""
    w = Writing(edition, item)
    count = sum(len(group.points) for group in item.groups)
    facts = [w.fact("points", str(count))]
    if item.phase:
        facts.append(w.fact("phase", (w.link("phase", item.phase),)))
    sections = tuple(
        b.Section(
            f"gruppe-{index}",
            w.text(group.title),
            (b.Checklist(item.id, tuple(_check_point(w, point) for point in group.points)),),
        )
        for index, group in enumerate(item.groups, start=1)
    )
    here = [item.phase] if item.phase else []
    return document(w, item, b.Facts(tuple(facts)), sections, here)


def check_points(edition: Edition, item: Checklist, step: str) -> b.Checklist | None:
    """Return the points of a phase's checklist that belong to one of its steps, if any."""
    w = Writing(edition, item)
    found = tuple(
        _check_point(w, point)
        for group in item.groups
        for point in group.points
        if point.step == step
    )
    return b.Checklist(item.id, found, some=True) if found else None


def _check_point(w: Writing, point: CheckItem) -> b.CheckPoint:
    return b.CheckPoint(
        point.id,
        w.text(point.text),
        w.text(point.help or ""),
        w.link(*point.uses.target) if point.uses else None,
    )


def compose_role(edition: Edition, item: Role) -> b.Document:
    """Return the document of a role: what it does in each phase, and how long it takes."""
    w = Writing(edition, item)
    facts = [
        w.fact("mandate", w.words(f"mandate.{item.mandate}")),
        w.fact("usually", w.text(item.who)),
    ]
    if item.short:
        facts.insert(0, w.fact("short_name", w.text(item.short)))
    phases = tuple(
        b.Section(
            f"fase-{entry.phase}",
            w.title("phase", entry.phase),
            (b.Facts((w.fact("time", w.text(entry.time)),)), points(w, entry.tasks)),
        )
        for entry in item.phases
    )
    sections = (
        part(w, "role_description", w.rich(item.description)),
        part(w, "role_phases", (*_before(w, item), *phases)),
        part(w, "advice", (points(w, item.advice),)),
        related(w, item.related),
    )
    return document(w, item, b.Facts(tuple(facts)), sections, [p.phase for p in item.phases])


def _before(w: Writing, item: Role) -> tuple[b.Section, ...]:
    """Return what a role does before the first phase, with the time that the first gate says."""
    if not item.before:
        return ()
    first = w.edition.handbook.all(Gate)[0]
    hours = next((one.hours for one in first.effort if str(one.role) == item.id), 0)
    facts = (b.Facts((w.fact("time", w.words("hours", n=hours)),)),) if hours else ()
    return (b.Section("for-start", w.words("way.before_start"), (*facts, points(w, item.before))),)
