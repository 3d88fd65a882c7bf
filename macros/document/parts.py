"""What the composers share: sections with standing headings, facts, links to steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from macros.content.base import Guide, Page
from macros.content.handbook import download_name
from macros.content.rich import List, Paragraph, Run
from macros.content.text import ItemRef
from macros.document import blocks as b
from macros.document.address import STEP, address
from macros.document.edition import Writing
from macros.document.formats import READING

# Anchors of the standing sections. They are addresses: once published they stay, whatever
# the heading above them comes to say, and they are the same in both languages.
ANCHORS = {
    "about_template": "om-malen",
    "advice": "rad",
    "after": "rekkefolge",
    "afterwards": "etterpa",
    "agenda": "agenda",
    "avoid": "passer-ikke",
    "bring": "ta-med",
    "checklist": "sjekkliste",
    "closing": "avslutning",
    "conversation": "samtalen",
    "criteria": "kriterier",
    "deciders": "hvem-beslutter",
    "decisions": "beslutninger",
    "deletion": "sletting",
    "deliverables": "leveranser",
    "digital": "digitalt",
    "documentation": "dokumentasjon",
    "examples": "eksempel",
    "exit_gate": "beslutningspunkt",
    "facilitation": "fasilitering",
    "fits": "passer",
    "follow_up": "oppfolging",
    "information": "informasjon",
    "interviewees": "hvem",
    "invitation": "invitasjon",
    "legal_basis": "behandlingsgrunnlag",
    "meeting_result": "resultat",
    "mistakes": "vanlige-feil",
    "month_plan": "maned-for-maned",
    "opening": "apning",
    "outcomes": "utfall",
    "ownership": "eierskap",
    "papers": "papirer",
    "participants": "deltakere",
    "pitfalls": "fallgruver",
    "preparation": "forberedelser",
    "prerequisites": "forutsetninger",
    "privacy": "personvern",
    "purpose": "formal",
    "questions": "sporsmal",
    "reading": "les-svarene",
    "record": "referat",
    "related": "hor-sammen",
    "reminder": "paminnelse",
    "role_description": "om-rollen",
    "role_phases": "oppgaver",
    "room": "rom-og-utstyr",
    "run_sheet": "kjoreplan",
    "short": "kortversjon",
    "short_forms": "kortformer",
    "small_groups": "sma-grupper",
    "step_check": "sjekk",
    "step_uses": "dette-bruker-du",
    "steps": "steg",
    "steps_that_use": "brukes-i",
    "target": "malgruppe",
    "templates": "maler",
    "to_fill_in": "fyll-ut",
    "variants": "varianter",
    "way": "veien",
    "when": "nar-passer-den",
    "workshop_result": "resultat",
    "worksheets": "arbeidsark",
}


def anchor(key: str) -> str:
    """Return the anchor of a standing section."""
    return ANCHORS[key]


def part(w: Writing, key: str, inner: tuple[b.Block, ...]) -> b.Section:
    """Return a section under the standing heading `section.<key>`."""
    return b.Section(ANCHORS[key], w.words(f"section.{key}"), inner)


def points(w: Writing, texts: Iterable[str]) -> List:
    """Return a bullet list of plain texts."""
    return List(tuple((Paragraph((Run(w.text(text)),)),) for text in texts))


def related(w: Writing, refs: Sequence[ItemRef]) -> b.Section:
    """Return the section of ways on."""
    return part(w, "related", (w.cards(ref.target for ref in refs),))


def labels(w: Writing, register: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return lines of a cover's register, each under the label `register.<key>`."""
    return tuple((w.words(f"register.{key}"), value) for key, value in register)


def in_order(w: Writing) -> tuple[b.Section, ...]:
    """Return where the process uses the item, what comes before it and what builds on it."""
    return (*_step_links(w), *_order_links(w))


def _order_links(w: Writing) -> tuple[b.Section, ...]:
    """Return what must be done first and what waits for this; none when there is nothing."""
    first = w.item.after if isinstance(w.item, Guide) else ()
    then = w.edition.followers.get((w.item.kind, w.item.id), [])
    lines = []
    for key, targets in (("first", [ref.target for ref in first]), ("then", then)):
        runs: list[Run] = []
        for kind, item_id in targets:
            runs += [Run(", ") if runs else Run(f"{w.words(f'order.{key}')} ")]
            runs.append(w.link(kind, item_id))
        lines += [(Paragraph((*runs, Run("."))),)] if runs else []
    return (part(w, "after", (List(tuple(lines)),)),) if lines else ()


def _step_links(w: Writing) -> tuple[b.Section, ...]:
    """Return a section that says which phase steps use the item; none when no step does."""
    found = w.edition.uses.get((w.item.kind, w.item.id), [])
    if not found:
        return ()
    items = tuple(
        (
            Paragraph(
                (
                    Run(f"{phase.title}: "),
                    Run(w.text(step.title), target=f"phase/{phase.id}#{STEP}{step.id}"),
                )
            ),
        )
        for phase, step in found
    )
    return (part(w, "steps_that_use", (List(items),)),)


def guide_facts(w: Writing, item: Guide, time: str, size: b.Fact, *more: b.Fact) -> b.Facts:
    """Return the fact strip of a guide: time, size, phase, who leads, and what is its own."""
    return b.Facts(
        (
            w.fact("time", time),
            size,
            w.fact("phase", w.links("phase", item.phases)),
            w.fact("lead", w.links("role", item.roles)),
            *more,
        )
    )


def prepare_fact(w: Writing, key: str, days: Sequence[int]) -> b.Fact:
    """Return how much there is to prepare and when it begins, as a way to the section `key`.

    `days` says for each thing how many days before it is due.
    """
    first = max(days)
    when = w.words("prepare.days", n=first) if first else w.words("same_day")
    text = w.words(f"prepare.{key}", n=len(days), when=when)
    target = f"{w.item.kind}/{w.item.id}#{ANCHORS[key]}"
    return w.fact("prepare", (Run(text, target=target),))


def result_fact(w: Writing, key: str, results: Sequence[str]) -> b.Fact:
    """Return the first thing that one leaves with, and a way to the section `key` with the rest."""
    more = w.words("result.more", n=len(results) - 1)
    target = f"{w.item.kind}/{w.item.id}#{ANCHORS[key]}"
    first = w.text(results[0])
    return w.fact("result", (Run(f"{first[:1].upper()}{first[1:]}, "), Run(more, target=target)))


def _by_the_region(w: Writing, item: Page) -> tuple[b.Fact, ...]:
    """Return who changed or wrote the item, where it is not the national one."""
    how = w.edition.handbook.adapted.get((item.kind, item.id))
    if how is None:
        return ()
    region = w.region
    return (b.Fact(w.words(f"overlay.{how}"), (Run(region.name or region.owner),)),)


def document(
    w: Writing,
    item: Page,
    facts: b.Facts,
    sections: Iterable[b.Block],
    phases: Iterable[str],
    *,
    register: tuple[tuple[str, str], ...] = (),
    formats: tuple[str, ...] = READING,
) -> b.Document:
    """Return an item's document with what all kinds have in common."""
    return b.Document(
        kind=item.kind,
        id=item.id,
        language=item.language,
        label=w.words(f"kind.{item.kind}"),
        title=w.text(item.title),
        summary=w.text(item.summary),
        address=address(item.kind, item.id),
        facts=b.Facts((*facts.facts, *_by_the_region(w, item))),
        blocks=tuple(sections),
        name=download_name(item),
        version=item.version,
        updated=item.updated,
        process=w.process(phases),
        form=bool(register),
        register=register,
        formats=formats,
    )
