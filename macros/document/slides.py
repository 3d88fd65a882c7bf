"""The tree of a slide deck: what is shown to those who take part, and what their leader says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from macros.content.base import Language
from macros.content.guides import Activity, AgendaItem, Meeting, Workshop
from macros.content.presentation import Presentation
from macros.content.rich import List, Paragraph, Run
from macros.document import blocks as b
from macros.document.edition import Edition, Writing, length
from macros.document.formats import SLIDES
from macros.document.guides import compose_meeting, compose_workshop
from macros.document.parts import document

Notes = tuple[tuple[str, b.Cell], ...]


@dataclass(frozen=True)
class Slide:
    """One slide, by what it is for.

    `aside` is a short line beside the title, `result` what comes of a task, `notes` what the
    leader says and does, each under a label.
    """

    kind: Literal["text", "table", "task", "pause"]
    title: str
    body: b.Cell = ()
    aside: str = ""
    result: str = ""
    table: b.Table | None = None
    notes: Notes = ()


@dataclass(frozen=True)
class Deck:
    """Slides that are shown together; `aside` is how long it takes, `name` as a document's."""

    kind: str
    id: str
    language: Language
    label: str
    title: str
    summary: str
    aside: str
    address: str
    name: str
    version: str
    updated: dt.date | None
    slides: tuple[Slide, ...]


def compose_presentation(edition: Edition, item: Presentation) -> b.Document:
    """Return the document of a presentation: each slide, and what is said to it."""
    w = Writing(edition, item)
    facts = (
        w.fact("time", length(w.words, item.minutes)),
        w.fact("phase", w.links("phase", item.phases)),
    )
    sections = tuple(
        b.Section(
            f"lysbilde-{number}",
            w.words("slides.number", n=number, title=w.text(slide.title)),
            (*w.rich(slide.text), b.Callout("script", w.words("script.say"), w.rich(slide.say))),
        )
        for number, slide in enumerate(item.slides, start=1)
    )
    return document(w, item, b.Facts(facts), sections, item.phases, formats=SLIDES)


def compose_decks(edition: Edition, whole: b.Document) -> Iterator[Deck]:
    """Return the deck of a document, where it has one."""
    item = edition.handbook.items[whole.kind][whole.id]
    if "pptx" in whole.formats and isinstance(item, Meeting | Workshop | Presentation):
        yield compose_deck(edition, item)


def compose_deck(edition: Edition, item: Meeting | Workshop | Presentation) -> Deck:
    """Return the slides of an item; no two have the same title."""
    w = Writing(edition, item)
    if isinstance(item, Presentation):
        whole, slides = compose_presentation(edition, item), tuple(_shown(w, item))
    elif isinstance(item, Meeting):
        whole, slides = compose_meeting(edition, item), _led(w, item, _items(w, item))
    else:
        whole, slides = compose_workshop(edition, item), _led(w, item, _activities(w, item))
    return Deck(
        kind=whole.kind,
        id=whole.id,
        language=whole.language,
        label=w.words(f"slides.label.{whole.kind}"),
        title=whole.title,
        summary=whole.summary,
        aside=length(w.words, item.minutes),
        address=whole.address,
        name=whole.name or whole.id,
        version=whole.version,
        updated=whole.updated,
        slides=_told_apart(slides),
    )


def _shown(w: Writing, item: Presentation) -> Iterator[Slide]:
    for slide in item.slides:
        notes = ((w.words("script.say"), w.rich(slide.say)),)
        yield Slide("text", w.text(slide.title), w.rich(slide.text), notes=notes)


def _led(w: Writing, item: Meeting | Workshop, steps: Iterator[Slide]) -> tuple[Slide, ...]:
    """Return why, what comes of it and the plan, and then each step."""
    purpose = w.rich(item.purpose)
    # A workshop's summary says what those who come will do; a meeting's is for its leader.
    why = purpose[:1] if isinstance(item, Meeting) else w.cell(item.summary)
    return (
        Slide("text", w.words("slides.why"), why, notes=((w.words("slides.purpose"), purpose),)),
        Slide("text", w.words("slides.result"), _points(w, item.result)),
        Slide("table", w.words("slides.plan"), table=_plan(w, item)),
        *steps,
    )


def _told_apart(slides: tuple[Slide, ...]) -> tuple[Slide, ...]:
    """Return the slides with a number after a title that was there before."""
    seen: dict[str, int] = {}
    found = []
    for slide in slides:
        number = seen[slide.title] = seen.get(slide.title, 0) + 1
        title = f"{slide.title} ({number})" if number > 1 else slide.title
        found.append(replace(slide, title=title))
    return tuple(found)


def _points(w: Writing, texts: tuple[str, ...]) -> b.Cell:
    if len(texts) == 1:
        return w.cell(texts[0])
    return (List(tuple((Paragraph((Run(w.text(text)),)),) for text in texts)),)


def _plan(w: Writing, item: Meeting | Workshop) -> b.Table:
    """Return the steps with their start, as clock time from the beginning, and their minutes."""
    steps = item.agenda if isinstance(item, Meeting) else item.run_sheet
    rows, start = [], 0
    for step in steps:
        clock = f"{start // 60}:{start % 60:02d}"
        rows.append((w.cell(clock), w.cell(step.title), w.cell(str(step.minutes))))
        start += step.minutes
    keys = ("from_start", "what", "minutes")
    header = tuple(w.words(f"card.{key}") for key in keys)
    return b.Table(w.words("slides.plan"), header, tuple(rows))


def _activities(w: Writing, item: Workshop) -> Iterator[Slide]:
    sheets = {sheet.id: w.text(sheet.title) for sheet in item.worksheets}
    work = [activity for activity in item.run_sheet if not activity.pause]
    for activity in item.run_sheet:
        minutes = w.words("minutes", n=activity.minutes)
        notes = _said(w, activity)
        title = w.text(activity.title)
        body = _points(w, activity.task)
        if activity.pause:
            yield Slide("pause", title, body, minutes, notes=notes)
            continue
        number = work.index(activity) + 1
        parts = [w.words("slides.step", n=number, total=len(work)), minutes]
        if activity.handout:
            parts.append(w.words("slides.sheet", title=sheets[activity.handout]))
        result = f"{w.words('slides.gives')} {w.text(activity.output)}"
        yield Slide("task", title, body, " · ".join(parts), result, notes=notes)


def _said(w: Writing, activity: Activity) -> Notes:
    found = (
        (w.words("agenda.say"), w.rich(activity.say)),
        (w.words("agenda.how"), w.rich(activity.method)),
    )
    output = (w.words("agenda.result"), w.cell(activity.output))
    return (*found, output) if activity.pause else found


def _items(w: Writing, item: Meeting) -> Iterator[Slide]:
    work = [point for point in item.agenda if not point.pause]
    for point in item.agenda:
        number = work.index(point) + 1 if point in work else 0
        yield _item(w, point, w.words("slides.item", n=number, total=len(work)))
    for decision in item.decisions:
        aside = w.words("slides.decision")
        yield Slide("text", w.text(decision.title), w.rich(decision.draft), aside)


def _item(w: Writing, point: AgendaItem, number: str) -> Slide:
    minutes = w.words("minutes", n=point.minutes)
    notes: Notes = ((w.words("agenda.how"), w.rich(point.how)),)
    if point.pause:
        notes = (*notes, (w.words("agenda.result"), w.cell(point.result)))
        return Slide("pause", w.text(point.title), (), minutes, notes=notes)
    aside = " · ".join((number, minutes, w.text(point.lead)))
    gives = Run(w.words("slides.gives"), strong=True)
    body = (Paragraph((gives, Run(f" {w.text(point.result)}"))),)
    return Slide("text", w.text(point.title), body, aside, notes=notes)
