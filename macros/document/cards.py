"""One-page cards: a meeting or workshop at a glance, for the one who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.content.guides import Meeting, Workshop
from macros.document import blocks as b
from macros.document.edition import Edition, Writing
from macros.document.guides import compose_meeting, compose_workshop
from macros.document.parts import anchor, part, points

Step = tuple[str, int, str]


def compose_cards(edition: Edition, document: b.Document) -> Iterator[b.Document]:
    """Return the card of a document, where it has one."""
    item = edition.handbook.items[document.kind][document.id]
    if "card" in document.formats and isinstance(item, Meeting | Workshop):
        yield compose_card(edition, item)


def compose_card(edition: Edition, item: Meeting | Workshop) -> b.Document:
    """Return the card of a meeting or workshop guide, with the guide's address and name.

    Its last section is the run sheet; what stands before it may be set in columns.
    """
    w = Writing(edition, item)
    more: tuple[b.Section, ...] = ()
    if isinstance(item, Meeting):
        whole, key = compose_meeting(edition, item), "agenda"
        steps: list[Step] = [(x.title, x.minutes, x.result) for x in item.agenda]
        result, bring = "meeting_result", tuple(paper.title for paper in item.papers)
        more = (_list(w, "decisions", (entry.title for entry in item.decisions)),)
    else:
        whole, key = compose_workshop(edition, item), "run_sheet"
        steps = [(x.title, x.minutes, x.output) for x in item.run_sheet]
        result, bring = "workshop_result", item.materials
    return b.Document(
        kind=whole.kind,
        id=whole.id,
        language=whole.language,
        label=w.words(f"card.label.{whole.kind}"),
        title=whole.title,
        summary=whole.summary,
        address=whole.address,
        facts=_facts(w, whole.facts),
        blocks=(
            part(w, result, (points(w, item.result),)),
            _list(w, "participants", (entry.who for entry in item.participants)),
            _list(w, "bring", bring),
            *more,
            part(w, key, (_run_sheet(w, w.words(f"section.{key}"), steps),)),
        ),
        name=whole.name,
        version=whole.version,
        updated=whole.updated,
        formats=("card",),
    )


def _facts(w: Writing, facts: b.Facts) -> b.Facts:
    """Return the guide's facts without the phase, which the one who holds it knows.

    What to prepare is done by then, and the result has a section of its own.
    """
    left_out = {w.words(f"fact.{key}") for key in ("phase", "prepare", "result")}
    return b.Facts(tuple(fact for fact in facts.facts if fact.label not in left_out))


def _list(w: Writing, key: str, texts: Iterable[str]) -> b.Section:
    return b.Section(anchor(key), w.words(f"card.{key}"), (points(w, texts),))


def _run_sheet(w: Writing, caption: str, steps: Iterable[Step]) -> b.Table:
    """Return the steps: from and to, an empty cell for the reader's own clock, minutes, what."""
    rows: list[tuple[b.Cell, ...]] = []
    start = 0
    for title, minutes, result in steps:
        end = start + minutes
        clock = w.cell(f"{_clock(start)}–{_clock(end)}")
        rows.append((clock, (), w.cell(str(minutes)), w.cell(title), w.cell(result)))
        start = end
    keys = ("from_start", "own_clock", "minutes", "what", "result")
    return b.Table(caption, tuple(w.words(f"card.{key}") for key in keys), tuple(rows))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
