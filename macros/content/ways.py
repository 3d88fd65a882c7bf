"""What must hold between decisions, gates, meetings and phases, so that nobody hears two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.content.base import Guide
from macros.content.decisions import Decision, WayStep
from macros.content.entries import Entry, Key
from macros.content.errors import Problem
from macros.content.guides import Meeting
from macros.content.load import DataPath
from macros.content.model import Gate, Phase, Step
from macros.content.template import Template

_MONTH = 365 / 12  # days
Entries = Mapping[Key, Entry]
Found = Iterator[tuple[Entry, DataPath, str, str]]


def way_problems(entries: Entries) -> Iterator[Problem]:
    """Return what contradicts itself in who decides on what, when and from which paper."""
    for check in (_deciders, _circles, _order, _rests, _papers, _room, _templates, _after):
        for entry, path, message, hint in check(entries):
            yield entry.source.problem(entry.prefix + path, message, hint)


def papers_at(gate: Gate, decision: Decision) -> list[str]:
    """Return the templates that a decision rests on at a gate: those that are made on its way."""
    made = {str(paper) for step in gate.way for paper in step.papers}
    every = [str(paper) for paper in decision.papers]
    return [paper for paper in every if paper in made] or every


def _gates(entries: Entries) -> Iterator[tuple[Entry, Gate]]:
    return ((entry, entry.item) for entry in entries.values() if isinstance(entry.item, Gate))


def _decisions(entries: Entries) -> Iterator[tuple[Entry, Decision]]:
    return ((entry, entry.item) for entry in entries.values() if isinstance(entry.item, Decision))


def _decided(gate: Gate) -> dict[str, list[tuple[int, WayStep]]]:
    """Return the steps of a gate's way that decide on each thing, with their places."""
    found: dict[str, list[tuple[int, WayStep]]] = {}
    for at, step in enumerate(gate.way):
        for thing in step.what if step.does == "decides" else ():
            found.setdefault(str(thing), []).append((at, step))
    return found


def _deciders(entries: Entries) -> Found:
    """Each thing is decided once at each of its gates, by the one body that decides on it."""
    things = {decision.id: (entry, decision) for entry, decision in _decisions(entries)}
    for gate_entry, gate in _gates(entries):
        decided = _decided(gate)
        for thing, steps in decided.items():
            if thing not in things:
                continue
            decision = things[thing][1]
            for at, step in steps:
                if step.who != decision.decided_by:
                    message = (
                        f"«{thing}» besluttes av {step.who} her, men av {decision.decided_by} "
                        "i decisions.yml"
                    )
                    yield gate_entry, ("way", at, "who"), message, "La én rolle beslutte."
            if len(steps) > 1:
                at = steps[1][0]
                message = f"«{thing}» besluttes i flere steg på veien"
                yield gate_entry, ("way", at, "what"), message, "La det stå i ett av dem."
            if gate.id not in decision.gates:
                message = f"«{thing}» besluttes ikke ved dette beslutningspunktet"
                hint = f"Sett inn {gate.id} i gates i decisions.yml, eller ta bort «{thing}» her."
                yield gate_entry, ("way", steps[0][0], "what"), message, hint
    for entry, decision in things.values():
        for at, gate_id in enumerate(decision.gates):
            found = entries.get(("gate", str(gate_id)))
            if found and isinstance(found.item, Gate) and decision.id not in _decided(found.item):
                message = f"ingen beslutter «{decision.id}» på veien til {gate_id}"
                hint = "Legg det til et steg med does: decides i gates.yml."
                yield entry, ("gates", at), message, hint


def _circles(entries: Entries) -> Found:
    """Nothing rests on itself, over others or not."""
    rests = {
        decision.id: [str(one) for one in decision.rests_on] for _, decision in _decisions(entries)
    }
    for entry, decision in _decisions(entries):
        for at, first in enumerate(rests[decision.id]):
            waiting, seen = [first], set()
            while waiting:
                one = waiting.pop()
                if one == decision.id:
                    message = f"«{decision.id}» bygger på seg selv, gjennom «{first}»"
                    yield entry, ("rests_on", at), message, "Ta bort den ene av de to."
                    break
                if one not in seen:
                    seen.add(one)
                    waiting += rests.get(one, [])


def _order(entries: Entries) -> Found:
    """The steps of a way stand in the order in which they happen."""
    for entry, gate in _gates(entries):
        for at, (before, step) in enumerate(zip(gate.way, gate.way[1:], strict=False), start=1):
            if step.days_before > before.days_before:
                message = (
                    f"steget «{step.id}» er {step.days_before} dager før, og kan ikke stå etter "
                    f"«{before.id}» ({before.days_before} dager før)"
                )
                yield entry, ("way", at, "days_before"), message, "Sett stegene i rekkefølge."


def _rests(entries: Entries) -> Found:
    """What a decision rests on is decided before it, or in the same step."""
    orders = {gate.id: gate.order for _, gate in _gates(entries)}
    things = {decision.id: decision for _, decision in _decisions(entries)}
    for entry, decision in _decisions(entries):
        last = max((orders.get(str(gate), 0) for gate in decision.gates), default=0)
        for at, ground in enumerate(map(str, decision.rests_on)):
            other = things.get(ground)
            first = min((orders.get(str(one), 0) for one in other.gates), default=0) if other else 0
            if last and first > last:
                message = f"«{decision.id}» bygger på «{ground}», som besluttes ved et senere punkt"
                yield entry, ("rests_on", at), message, "Ta den bort, eller endre gates."
    for entry, gate in _gates(entries):
        decided = _decided(gate)
        for thing, steps in decided.items():
            for ground in map(str, things[thing].rests_on if thing in things else ()):
                if ground in decided and decided[ground][0][0] > steps[0][0]:
                    message = f"«{thing}» bygger på «{ground}», som besluttes senere på veien"
                    yield entry, ("way", steps[0][0], "what"), message, "Bytt rekkefølgen."


def _papers(entries: Entries) -> Found:
    """A paper is ready before the meeting's guide has it sent."""
    for entry, gate in _gates(entries):
        ready = {
            str(paper): (at, step)
            for at, step in reversed(list(enumerate(gate.way)))
            for paper in step.papers
        }
        for at, step in enumerate(gate.way):
            found = entries.get(("meeting", str(step.meeting)))
            if not found or not isinstance(found.item, Meeting):
                continue
            for paper in found.item.papers:
                made = ready.get(str(paper.template))
                sent = step.days_before + paper.days_before
                if made and made[0] <= at and made[1].days_before < sent:
                    message = (
                        f"{paper.template} sendes {sent} dager før kommunestyret, men er ferdig "
                        f"{made[1].days_before} dager før (steget «{made[1].id}»)"
                    )
                    hint = f"Gjør det ferdig før, eller endre days_before i meeting/{step.meeting}."
                    yield entry, ("way", at, "days_before"), message, hint


def _room(entries: Entries) -> Found:
    """A way fits into the phase that it ends, from the month its papers are made."""
    for entry, gate in _gates(entries):
        days = gate.way[0].days_before - gate.way[-1].days_before
        for found in entries.values():
            phase = found.item
            if not isinstance(phase, Phase) or str(phase.exit_gate) != gate.id:
                continue
            made = _made(phase, {str(paper) for paper in gate.way[0].papers})
            room = round((phase.duration.max - made) * _MONTH)
            if days > room:
                message = (
                    f"veien tar {days} dager, men papirene lages i måned {made} av {phase.id}, "
                    f"og da er det {room} dager igjen"
                )
                yield entry, ("way", 0, "days_before"), message, "Begynn før, eller kort inn veien."


def _made(phase: Phase, papers: set[str]) -> int:
    """Return the month in which the last of the papers is begun."""
    first = {
        paper: min(
            (
                step.first_month
                for step in phase.steps
                if ("template", paper) in {ref.target for ref in step.uses}
            ),
            default=1,
        )
        for paper in papers
    }
    return max(first.values(), default=1)


def _templates(entries: Entries) -> Found:
    """A template says the same of who decides on it as the decision that it is made for."""
    for key, found in entries.items():
        if isinstance(found.item, Template):
            own = [d for _, d in _decisions(entries) if key[1] in map(str, d.papers)]
            deciders = sorted({str(decision.decided_by) for decision in own})
            if own and found.item.decided_by not in deciders:
                message = (
                    f"malen sier at {found.item.decided_by} beslutter, men decisions.yml sier "
                    f"{' eller '.join(deciders)}"
                )
                yield found, ("decided_by",), message, f"Skriv {deciders[0]}."


Use = tuple[Phase, Step, int]  # the place in the phase's list of what its steps use


def _after(entries: Entries) -> Found:
    """What must be done before a guide is done before it, wherever the phases use the guide."""
    uses = _uses(entries)
    for key, found in entries.items():
        for at, ground in enumerate(found.item.after if isinstance(found.item, Guide) else ()):
            for use in uses.get(key, ()) if ground.target in entries else ():
                before = [
                    one for one in uses.get(ground.target, ()) if one[0].order <= use[0].order
                ]
                if not any(_is_before(one, use) for one in before):
                    yield found, ("after", at), *_too_late(str(ground), use, before)


def _uses(entries: Entries) -> dict[Key, list[Use]]:
    """Return where the phases use each item, in the order of the steps."""
    found: dict[Key, list[Use]] = {}
    for phase in (entry.item for entry in entries.values() if isinstance(entry.item, Phase)):
        used = [(step, ref.target) for step in phase.steps for ref in step.uses]
        for place, (step, target) in enumerate(used):
            found.setdefault(target, []).append((phase, step, place))
    return found


def _is_before(first: Use, then: Use) -> bool:
    """Return whether one use comes first: its step may overlap, but not end later."""
    if first[0].id != then[0].id:
        return first[0].order < then[0].order
    return first[2] < then[2] and first[1].last_month <= then[1].last_month


def _too_late(ground: str, use: Use, before: list[Use]) -> tuple[str, str]:
    """Return what is wrong and what to do when a guide is used before its ground is laid."""
    phase, step, _ = use
    late = before[0][1] if before else None
    when = f"står i {_named(late)}" if late else "brukes ikke i noen fase før det"
    message = f"brukes i {phase.id}, {_named(step)}, men «{ground}» {when}"
    return message, "Bytt rekkefølgen i uses eller i stegene, eller ta det bort her."


def _named(step: Step) -> str:
    return f"steget «{step.id}», som er ferdig i måned {step.last_month}"
