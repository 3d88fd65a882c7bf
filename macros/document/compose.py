"""One composer for each kind, and the pages that list: the way in for writers' callers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from macros.content.base import Guide, Item
from macros.content.handbook import WHOLE_NAME
from macros.content.law import Law
from macros.content.model import KINDS, LISTS, Gate, Phase, Term
from macros.content.rich import List, Paragraph, Run
from macros.document import blocks as b, timeline
from macros.document.address import address
from macros.document.changes import FEED, change_lines
from macros.document.decisions import between_gates, deciders, way
from macros.document.edition import Edition, Writing, card
from macros.document.folding import folded
from macros.document.formats import CALENDAR, DOWNLOADS, WHOLE, files
from macros.document.guides import compose_interview, compose_meeting, compose_workshop
from macros.document.process import (
    compose_checklist,
    compose_phase,
    compose_role,
    gate_blocks,
    month_plan,
)
from macros.document.slides import compose_presentation
from macros.document.steps import overview
from macros.document.survey import compose_survey
from macros.document.template import compose_example, compose_template, template_page

_COMPOSERS: dict[str, Callable[[Edition, Any], b.Document]] = {
    "phase": compose_phase,
    "interview": compose_interview,
    "meeting": compose_meeting,
    "workshop": compose_workshop,
    "survey": compose_survey,
    "template": compose_template,
    "example": compose_example,
    "role": compose_role,
    "checklist": compose_checklist,
    "presentation": compose_presentation,
}


# What a page shows instead of the whole, which is in the files.
_PAGES: dict[str, Callable[[Edition, Any], b.Document]] = {
    "phase": overview,
    "template": template_page,
}


def compose(edition: Edition, item: Item) -> b.Document:
    """Return the document of an item that has a page of its own, or files.

    It is composed once: pages, files and what gathers them get the same.
    """
    found = edition.composed.get(id(item))
    if found is None:  # the item is kept with it, so that no other gets its identity
        found = edition.composed[id(item)] = item, _COMPOSERS[item.kind](edition, item)
    return found[1]


def page(edition: Edition, item: Item) -> b.Document:
    """Return what an item's own page shows; one that is too long has ways on."""
    if item.kind in _PAGES:
        return _PAGES[item.kind](edition, item)
    whole = compose(edition, item)
    return folded(edition, item, whole) if isinstance(item, Guide) else whole


def downloads(edition: Edition) -> list[b.Document]:
    """Return the document of every item with files that is in the edition's own language."""
    return [
        compose(edition, item)
        for kind in KINDS.values()
        for item in (edition.handbook.all(kind.model) if kind.prefix is not None else ())
        if item.language == edition.language
    ]


def item_cards(edition: Edition, kinds: Iterable[str], phase: str | None = None) -> b.Cards:
    """Return a card for each item of the kinds, for one phase when it is named."""
    found = []
    for kind in kinds:
        for item in edition.handbook.all(KINDS[kind].model):
            if phase is None or phase in item.in_phases:
                found.append(card(edition, kind, item.id))
    return b.Cards(tuple(found))


def gate_sections(edition: Edition) -> tuple[b.Section, ...]:
    """Return every gate as a section, in order."""
    return tuple(
        b.Section(f"beslutningspunkt-{gate.id}", gate.title, gate_blocks(edition, gate))
        for gate in edition.handbook.all(Gate)
    )


def compose_list(edition: Edition, name: str) -> b.Document:
    """Return the page that lists the items of `LISTS[name]`, a section for each kind."""
    _, kinds = LISTS[name]
    if len(kinds) == 1:
        blocks: tuple[b.Block, ...] = (item_cards(edition, kinds),)
    else:
        words = edition.words()
        blocks = tuple(
            b.Section(
                KINDS[kind].model.kind, words(f"kinds.{kind}"), (item_cards(edition, [kind]),)
            )
            for kind in kinds
        )
    return _listing(edition, name, blocks)


def compose_phases(edition: Edition) -> b.Document:
    """Return the page of the whole process: the phases and the gates between them."""
    words = edition.words()
    blocks = (
        timeline.dated_process(edition, set()),
        item_cards(edition, ["phase"]),
        b.Section("beslutningspunkter", words("kinds.gate"), gate_sections(edition)),
    )
    return _listing(edition, "phases", blocks)


def compose_decisions(edition: Edition) -> b.Document:
    """Return the page of who decides on what, gate by gate, and the way of each case."""
    words = edition.words()
    sections = tuple(
        b.Section(
            f"vei-{gate.id}",
            Writing(edition, gate).text(gate.title),
            (
                deciders(edition, gate),
                b.Section(f"{gate.id}-veien", words("section.way"), (way(edition, gate),)),
            ),
        )
        for gate in edition.handbook.all(Gate)
    )
    if other := between_gates(edition):
        sections += (b.Section("utenom", words("section.between_gates"), (other,)),)
    return _listing(edition, "decisions", (Paragraph((Run(words("way.intro")),)), *sections))


def compose_timeline(edition: Edition) -> b.Document:
    """Return the page of when it all happens, with calendar files where there are dates."""
    words = edition.words()
    steps = tuple(
        b.Section(
            f"steg-{phase.id}",
            Writing(edition, phase).text(phase.title),
            (month_plan(Writing(edition, phase), phase),),
        )
        for phase in edition.handbook.all(Phase)
    )
    blocks: list[b.Block] = [timeline.introduction(edition), timeline.picture(edition)]
    if follow := timeline.follow(edition, words):
        blocks.append(_subscription(edition, follow))
    blocks.append(b.Section("steg", words("timeline.steps"), steps))
    found = _listing(edition, "timeline", tuple(blocks))
    name, formats = (timeline.NAME, CALENDAR) if edition.timeline else (None, ())
    return dataclasses.replace(found, facts=timeline.facts(edition), name=name, formats=formats)


def _subscription(edition: Edition, follow: Run) -> b.Section:
    words = edition.words()
    texts = (
        (follow, Run(f". {words('timeline.follow_help')}")),
        (
            Run(f"{words('timeline.address')} "),
            Run(timeline.calendar_address(edition), strong=True),
        ),
        (Run(words("timeline.download_help")),),
    )
    return b.Section(
        "kalender", words("timeline.calendar"), tuple(Paragraph(runs) for runs in texts)
    )


def compose_glossary(edition: Edition) -> b.Document:
    """Return the glossary, in alphabetical order."""
    entries = []
    for item in edition.handbook.all(Term):
        w = Writing(edition, item)
        notes = []
        if item.abbreviation:
            notes.append(w.words("term.abbreviation", text=item.abbreviation))
        if item.older:
            notes.append(w.words("term.older", text=", ".join(item.older)))
        definition = w.rich(item.definition)
        if item.see:
            runs: list[Run] = [Run(w.words("term.see"))]
            for ref in item.see:
                runs += [Run(" " if len(runs) == 1 else ", "), w.link(*ref.target)]
            definition = (*definition, Paragraph(tuple(runs)))
        entries.append(b.TermEntry(item.id, w.text(item.title), definition, tuple(notes)))
    return _listing(edition, "glossary", (b.Terms(tuple(entries)),))


def compose_laws(edition: Edition) -> b.Document:
    """Return the page of the law that the handbook rests on, with sources and their day."""
    sections = []
    for law in edition.handbook.all(Law):
        w = Writing(edition, law)
        sections.append(b.Section(law.id, w.text(law.title), _law_blocks(w, law)))
    intro = Paragraph((Run(edition.words()("law.intro")),))
    return _listing(edition, "laws", (intro, *sections))


def _law_blocks(w: Writing, law: Law) -> tuple[b.Block, ...]:
    runs: list[Run] = [Run(f"{w.words('law.sources')} ")]
    for at, source in enumerate(law.sources):
        runs += [Run(", ")] if at else []
        runs.append(Run(w.text(source.title), target=source.address))
    runs.append(Run(f". {w.words('law.checked', date=w.words.date(law.checked))}"))
    sections = List(tuple(w.cell(section) for section in law.sections))
    return (sections, *w.rich(law.meaning), Paragraph(tuple(runs)))


def compose_changes(edition: Edition) -> b.Document:
    """Return the change log of the whole handbook, newest first."""
    words = edition.words()
    rows = []
    for line in change_lines(edition):
        w = Writing(edition, line.item)
        # By its address: a log links each of its lines, also those of the same role.
        target = f"site/{address(line.item.kind, line.item.id)}"
        link = (Paragraph((Run(line.title, target=target),)),)
        rows.append((w.cell(words.date(line.date)), link, w.cell(line.text)))
    header = (words("table.when"), words("table.what"), words("table.change"))
    table = b.Table(words("list.changes.title"), header, tuple(rows))
    feed = Paragraph((Run(words("data.feed"), target=f"site/{FEED}"), Run(words("data.feed_help"))))
    return _listing(edition, "changes", (feed, table))


def compose_downloads(edition: Edition) -> b.Document:
    """Return the page of all downloads: the whole, each phase, then every document's files."""
    words = edition.words()
    phases = [
        Run(words("package.phase.title", phase=phase.title), target=f"file/{phase.id}.zip")
        for phase in edition.handbook.all(Phase)
    ]
    packages = List(tuple((Paragraph((link,)),) for link in phases))
    sections = [b.Section("faser", words("package.phases"), (packages,))]
    for name, kind in KINDS.items():
        if kind.prefix is not None and (items := edition.handbook.all(kind.model)):
            rows = tuple(_file_row(edition, compose(edition, item)) for item in items)
            title = words(f"kinds.{name}")
            header = (words("table.document"), words("table.files"))
            sections.append(b.Section(f"filer-{name}", title, (b.Table(title, header, rows),)))
    found = _listing(edition, "downloads", tuple(sections))
    return dataclasses.replace(found, name=WHOLE_NAME, formats=WHOLE)


def _file_row(edition: Edition, document: b.Document) -> tuple[b.Cell, ...]:
    words = edition.words()
    runs: list[Run] = []
    for name, file in files(document):
        runs += [Run(" · ")] if runs else []
        runs.append(Run(words(f"download.short.{name}"), target=f"file/{file}"))
    hidden = document.kind == "presentation" and ("page", document.id) in edition.handbook.hidden
    target = "" if hidden else f"{document.kind}/{document.id}"
    title = Run(document.title, target=target)
    return (Paragraph((title,)),), (Paragraph(tuple(runs)),)


def _listing(edition: Edition, name: str, blocks: tuple[b.Block, ...]) -> b.Document:
    words = edition.words()
    return b.Document(
        kind="list",
        id=name,
        language=edition.language,
        label="",
        title=words(f"list.{name}.title"),
        summary=words(f"list.{name}.summary"),
        address=LISTINGS[name][0],
        facts=b.Facts(()),
        blocks=blocks,
    )


# Every page that lists: id -> (address, composer).
LISTINGS: dict[str, tuple[str, Callable[[Edition], b.Document]]] = {
    "phases": ("faser/", compose_phases),
    "timeline": ("tidslinje/", compose_timeline),
    "decisions": ("beslutninger/", compose_decisions),
    **{name: (where, partial(compose_list, name=name)) for name, (where, _) in LISTS.items()},
    "glossary": ("ordliste/", compose_glossary),
    "laws": ("lov-og-regler/", compose_laws),
    "changes": ("endringer/", compose_changes),
    "downloads": (DOWNLOADS, compose_downloads),
}
