"""What a document says, by walking its tree: what a reader is to see in every format."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from macros.content.rich import List, Paragraph, Run
from macros.document import blocks as b


def squeezed(text: str) -> str:
    """Return text without space and hyphens, so that line breaks do not matter."""
    return re.sub(r"[\s\u00ad\ufffe\u200b\u0002-]+", "", text)


def head(document: b.Document) -> Iterator[str]:
    """Return what stands before the blocks; each format has its own order for it."""
    yield from (document.title, document.summary, document.label)
    yield from texts(document.facts)
    if document.process:
        yield from texts(document.process)


def in_word(document: b.Document, *, numbers: bool = True) -> b.Document:
    """Return a document as its Word file tells it, where what is written is one of its own.

    What helps comes first, without the picture of the process; lists that drop down have the
    choices, and Word counts the chapters: `numbers` says whether they are to be seen.
    """
    own = bool(document.written)
    helps, written = document.parted
    blocks = (*helps, *(_in_word(block, numbers=numbers, drop=own) for block in written))
    process = None if own else document.process
    return dataclasses.replace(document, blocks=blocks, process=process)


def _in_word(block: b.Block, *, numbers: bool, drop: bool) -> b.Block:
    match block:
        case b.Section():
            inner = tuple(_in_word(one, numbers=numbers, drop=drop) for one in block.blocks)
            number = block.number if numbers else ""
            return dataclasses.replace(block, blocks=inner, number=number)
        case b.Field(kind="choice") if drop:
            return dataclasses.replace(block, options=())
        case b.FieldTable() if drop:
            columns = (dataclasses.replace(column, options=()) for column in block.columns)
            return dataclasses.replace(block, columns=tuple(columns))
    return block


def texts(value: Any) -> Iterator[str]:
    """Return the texts of blocks in reading order."""
    for group in groups(value):
        yield from group


def groups(value: Any) -> Iterator[tuple[str, ...]]:
    """Return the texts of blocks in reading order; those of one group may stand in any order."""
    for group in _groups(value):
        if shown := tuple(text for text in group if text.strip()):
            yield shown


def _groups(value: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(value, str):
        yield (value,)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _groups(inner)
    else:  # a new block has to be added here too
        yield from _groups_of(value)


def _groups_of(value: Any) -> Iterator[tuple[str, ...]]:
    match value:
        case Run():
            yield (value.text,)
        case Paragraph():
            yield ("".join(run.text for run in value.runs),)
        case List():
            yield from _groups(value.items)
        case b.Section():
            yield from _groups((value.number + value.title, value.blocks))
        case b.Table():
            caption = value.caption if value.show_caption else ""
            yield from _groups((caption, value.header, value.rows, value.totals))
        case b.Way():
            # The page draws it, the others show the table: the same words in another order.
            for stop in value.stops:
                links = (link.text for link in stop.links)
                yield (stop.when, stop.who.text, stop.title, stop.text, *links)
        case b.Agenda():
            for row in value.rows:
                yield from _groups((_clock(row), row.title, row.who, row.parts))
        case b.Question():
            yield from _groups((f"{value.number}{value.text}", value.why, value.follow_ups))
        case b.Callout() | b.Answer():
            title = value.label if isinstance(value, b.Answer) else value.title
            yield from _groups((title, value.blocks))
        case b.Field():
            labels = tuple(label for _, label in value.options)
            yield from _groups((value.label, value.code, value.hint, labels))
        case b.FieldTable():
            yield from _groups((value.label, value.code, value.hint))
            for column in value.columns:
                yield from _groups((column.label, tuple(label for _, label in column.options)))
            yield from _groups(value.labels)
        case b.Checklist():
            for point in value.points:
                yield from _groups((point.text, point.help, point.link.text if point.link else ""))
        case b.Cards():
            for card in value.cards:
                yield (card.kind, card.fact, card.title)
        case b.Facts():
            for fact in value.facts:
                yield (fact.label, "".join(run.text for run in fact.value))
        case b.Terms():
            for entry in value.entries:
                yield from _groups((entry.term, entry.definition, entry.notes))
        case b.Process():
            for step in value.steps:
                yield (step.title, step.note if step.kind == "phase" else "")
        case b.Timeline() | b.Way():  # a file cannot draw, and shows the table instead
            yield from _groups(value.table)
        case _:
            raise TypeError(type(value))


def _clock(row: b.AgendaRow) -> str:
    def clock(minutes: int) -> str:
        return f"{minutes // 60}:{minutes % 60:02d}"

    return f"{clock(row.start)}–{clock(row.start + row.minutes)}"


def missing(wanted: Iterator[tuple[str, ...]], whole: str) -> list[str]:
    """Return the texts that `whole` (squeezed) does not have, or has before those they follow."""
    at, found = 0, []
    for group in wanted:
        ends = [at]
        for text in map(squeezed, group):
            where = whole.find(text, at)
            if where < 0:
                found.append(text)
            else:
                ends.append(where + len(text))
        at = max(ends)
    return found
