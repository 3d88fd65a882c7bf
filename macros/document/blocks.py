"""The neutral tree: what a document says, and nothing of how a format shows it.

A run's `target` is an address on the web or `kind/id`; writers turn it into a link.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass
from typing import Literal

from macros.content.base import Language
from macros.content.rich import List, Paragraph, RichBlock, Run
from macros.document.asked import (
    Calculation as Calculation,
    Checklist as Checklist,
    CheckPoint as CheckPoint,
    Field as Field,
    FieldColumn as FieldColumn,
    FieldKind as FieldKind,
    FieldTable as FieldTable,
)

Cell = tuple[RichBlock, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `id` is its anchor, unique in the document.

    `printed` is what the PDF has instead, where the whole is for a screen: it says where that is.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    new_page: bool = False
    paper: Literal["A4", "A3"] = "A4"
    printed: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table to read.

    `row_header` makes each row's first cell a header; `totals` is a last row of sums.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_header: bool = True
    totals: tuple[str, ...] = ()
    show_caption: bool = False


@dataclass(frozen=True)
class Figure:
    """A picture on a region's own page, which no file is made of; size in pixels.

    `src` is its address below the root of the language.
    """

    src: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Stop:
    """One way on: its anchor on the page, the link, what is there, and a few facts."""

    id: str
    link: Run
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Stops:
    """What a page is too short to hold, each with the way to it; no file is made of them.

    `id` is the list's own anchor, where it has one.
    """

    stops: tuple[Stop, ...]
    numbered: bool = False
    id: str = ""


@dataclass(frozen=True)
class Fold:
    """What stands on a page for those who ask for it, under what they press; no file has one."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class AgendaRow:
    """One item: its start and length in minutes, who leads, and labelled text."""

    start: int
    minutes: int
    title: str
    who: str
    parts: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Agenda:
    """A run sheet of `total` minutes."""

    rows: tuple[AgendaRow, ...]
    total: int


def question_key(text: str) -> str:
    """Return eight hex digits that change with a question's text only."""
    return f"{zlib.crc32(text.encode()):08x}"


@dataclass(frozen=True)
class Question:
    """A question to ask aloud. `lines` is the space for notes on paper."""

    number: int
    text: str
    why: str
    follow_ups: tuple[str, ...]
    lines: int

    @property
    def key(self) -> str:
        """Return what a reader's tick follows: hex digits that change with the text only."""
        return question_key(self.text)


@dataclass(frozen=True)
class Callout:
    """A passage set apart.

    `script` is spoken, `letter` is sent, `guidance` can be skipped by who knows it.
    """

    kind: Literal["script", "letter", "guidance", "notice"]
    title: str
    blocks: tuple[RichBlock, ...]


@dataclass(frozen=True)
class Answer:
    """A field that has been filled in."""

    id: str
    label: str
    blocks: tuple[RichBlock, ...]


@dataclass(frozen=True)
class Card:
    """A way to another item: its kind in words, title, summary and a short fact."""

    kind: str
    title: str
    summary: str
    target: str
    fact: str = ""
    language: Language = "nb"


@dataclass(frozen=True)
class Cards:
    """Ways on."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Fact:
    """A labelled fact; a value may hold links."""

    label: str
    value: tuple[Run, ...]


@dataclass(frozen=True)
class Facts:
    """What a reader must know at a glance."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class TermEntry:
    """A word and its meaning."""

    id: str
    term: str
    definition: Cell
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """Words and their meanings."""

    entries: tuple[TermEntry, ...]


@dataclass(frozen=True)
class Process:
    """The picture of the process: three phases, four gates, and where the reader is."""

    steps: tuple[ProcessStep, ...]


@dataclass(frozen=True)
class ProcessStep:
    """A phase or a gate of the picture. `note` is the duration or the question.

    The large picture of the site has a phase's aim as `text`, and where the region has dates,
    its period or the day of the gate as `when`.
    """

    kind: Literal["phase", "gate"]
    number: int
    title: str
    note: str
    target: str
    here: bool
    text: str = ""
    when: str = ""


@dataclass(frozen=True)
class TimelineBar:
    """A phase of the picture, from `begins` to `ends`; `lines` is its time on two lines."""

    number: int
    title: str
    when: str
    lines: tuple[str, str]
    begins: int
    ends: int


@dataclass(frozen=True)
class TimelinePoint:
    """A gate of the picture."""

    number: int
    title: str
    when: str
    at: int


@dataclass(frozen=True)
class TimelineMark:
    """A place on the axis; the strong ones begin a year."""

    label: str
    at: int
    strong: bool


@dataclass(frozen=True)
class Timeline:
    """A picture of when phases run and gates fall, and a table with the same facts.

    Places count from 0 to `total`, in days or in months. `text` is the alternative to the
    picture. A writer that cannot draw shows the table alone.
    """

    title: str
    text: str
    total: int
    bars: tuple[TimelineBar, ...]
    points: tuple[TimelinePoint, ...]
    marks: tuple[TimelineMark, ...]
    table: Table


@dataclass(frozen=True)
class WayStop:
    """A stop of a case: when, who, what they do there, and where to read on.

    `level` is how high it stands in the picture: 0 prepares, 1 advises, 2 decides.
    """

    when: str
    who: Run
    does: str
    title: str
    text: str
    links: tuple[Run, ...]
    level: int


@dataclass(frozen=True)
class Way:
    """A picture of a case's way from who prepares it to who decides, and back.

    `label` names the picture; a writer that cannot draw shows the table, with the same facts.
    """

    label: str
    stops: tuple[WayStop, ...]
    table: Table


Asking = Field | FieldTable | Question | Checklist  # what somebody answers in
Block = (
    Paragraph
    | List
    | Section
    | Table
    | Figure
    | Stops
    | Fold
    | Agenda
    | Question
    | Callout
    | Field
    | FieldTable
    | Answer
    | Checklist
    | Cards
    | Facts
    | Terms
    | Process
    | Timeline
    | Way
)


@dataclass(frozen=True)
class Document:
    """One item, ready for any writer.

    `address` is the page's address below the language's root, `name` the stem of its
    downloads (None where it has none), `form` says that it is to be filled in,
    `register` what stands on its cover: label and value, empty where the reader writes,
    `formats` names the files that it is offered in, the first one foremost (see `formats.py`),
    `sheets` the tables that its workbook has, where that has not all of it. `written` is the id of
    the section that is what a reader writes, where all others only help with it.
    """

    kind: str
    id: str
    language: Language
    label: str
    title: str
    summary: str
    address: str
    facts: Facts
    blocks: tuple[Block, ...]
    name: str | None = None
    version: str = ""
    updated: dt.date | None = None
    process: Process | None = None
    form: bool = False
    register: tuple[tuple[str, str], ...] = ()
    formats: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    written: str = ""

    @property
    def asks(self) -> bool:
        """Return whether it is to be answered in; a survey is, but in a tool for surveys."""
        return "questionnaire" not in self.formats and _ask(self.blocks)

    @property
    def parted(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """Return the blocks that only help whoever writes, and those of what is written."""
        helps: list[Block] = []
        own: tuple[Block, ...] = ()
        for block in self.blocks:
            if isinstance(block, Section) and self.written and block.id == self.written:
                own = block.blocks
            else:
                helps.append(block)
        return (tuple(helps), own) if own else ((), self.blocks)


def _ask(blocks: tuple[Block, ...]) -> bool:
    return any(
        _ask(one.blocks) if isinstance(one, Section) else isinstance(one, Asking) for one in blocks
    )
