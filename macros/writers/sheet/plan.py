"""What goes on which sheet: the tables, the other fields, the guidance and the lists of choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from macros.content.catalogue import Catalogue
from macros.content.rich import List, Paragraph, RichBlock, Run
from macros.document import blocks as b

LONGEST_NAME = 31  # letters of a sheet's name in Excel
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
# What Excel takes for a cell, a row or a column, or for a value.
_TAKEN = re.compile(r"[a-z]{1,3}\d+|r\d*c?\d*|c\d*|true|false")

Style = Literal["title", "h1", "h2", "h3", "body", "item", "label", "link"]
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A row of the guidance: a text, a way out (`target`) or to a table (`table`)."""

    style: Style
    text: str
    target: str = ""
    table: str = ""
    section: str = ""


@dataclass(frozen=True)
class Placed:
    """A table: its sheet, and the section that its guidance stands in."""

    block: b.FieldTable
    sheet: str
    section: str


@dataclass
class Plan:
    """The sheets of a workbook, by what they are for."""

    fields: str
    guidance: str
    choices_sheet: str
    lines: list[Line] = field(default_factory=list)
    entries: list[str | b.Field] = field(default_factory=list)
    tables: list[Placed] = field(default_factory=list)
    choices: dict[Options, tuple[str, str]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Return the names of the sheets in order."""
        last = [self.choices_sheet] if self.choices else []
        return [self.fields, *(placed.sheet for placed in self.tables), self.guidance, *last]

    @property
    def singles(self) -> Iterator[b.Field]:
        """Return the fields that stand in no table."""
        return (entry for entry in self.entries if isinstance(entry, b.Field))


def name(field_id: str) -> str:
    """Return the name that stands for a field in formulas: its id, as a spreadsheet can have it."""
    found = field_id.replace("-", "_")
    if found[0].isdigit():
        return f"_{found}"
    return f"{found}_" if _TAKEN.fullmatch(found) else found


def plan(document: b.Document, words: Catalogue) -> Plan:
    """Return what goes where."""
    found = Plan(words("sheet.fields"), words("sheet.guidance"), words("sheet.choices"))
    found.lines += _head(document)
    wanted = set(document.sheets) | _named(document) if document.sheets else None
    _walk(found, document.blocks, wanted, 0, "")
    for single in found.singles:
        _list(found, single.label, single.kind, single.options)
    for placed in found.tables:
        for column in placed.block.columns:
            _list(found, f"{placed.block.label}: {column.label}", column.kind, column.options)
    return found


def _list(found: Plan, label: str, kind: str, options: Options) -> None:
    """Note a list of choices, once for all that offer the same."""
    if kind == "choice" and options and options not in found.choices:
        column = letters(len(found.choices))
        area = f"='{found.choices_sheet}'!${column}$3:${column}${len(options) + 2}"
        found.choices[options] = (label, area)


def letters(index: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A to Z, then AA."""
    high, low = divmod(index, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


def _head(document: b.Document) -> Iterator[Line]:
    yield Line("title", document.title)
    yield Line("body", document.summary)
    for fact in document.facts.facts:
        yield Line("body", f"{fact.label}: {said(fact.value)}")


def _named(document: b.Document) -> set[str]:
    """Return the fields that the tables of a part of a form reckon with."""
    return {
        found
        for block in _tables(document.blocks)
        if block.id in document.sheets
        for column in block.columns
        if (how := column.calculation)
        for found in (how.rate, how.share_of, how.even)
        if found
    }


def _tables(blocks: Iterable[b.Block]) -> Iterator[b.FieldTable]:
    for block in blocks:
        if isinstance(block, b.FieldTable):
            yield block
        elif isinstance(block, b.Section):
            yield from _tables(block.blocks)


def _has(block: b.Block, wanted: set[str] | None) -> bool:
    """Return whether a block belongs to a workbook of `wanted` fields; None is all of it."""
    if wanted is None:
        return True
    if isinstance(block, b.Section):
        return any(_has(inner, wanted) for inner in block.blocks)
    return isinstance(block, b.Field | b.FieldTable) and block.id in wanted


def _walk(
    found: Plan, blocks: Iterable[b.Block], wanted: set[str] | None, depth: int, where: str
) -> None:
    """Put each block in its place; `where` is the section that they stand in."""
    whole = list(blocks)
    own = any(_has(block, wanted) for block in whole if not isinstance(block, b.Section))
    first = True
    for block in whole:
        if isinstance(block, b.Section):
            if _has(block, wanted):
                title = f"{block.number} {block.title}".strip()
                style: Style = "h1" if depth == 0 else "h2" if depth == 1 else "h3"
                found.lines.append(Line(style, title, section=block.id))
                _walk(found, block.blocks, wanted, depth + 1, block.id)
        elif isinstance(block, b.FieldTable):
            if _has(block, wanted):
                sheet = _sheet_name(block.label, found.names)
                found.tables.append(Placed(block, sheet, where))
                found.lines.append(Line("link", block.label, table=sheet))
        elif isinstance(block, b.Field):
            if _has(block, wanted):
                if first:
                    heading = [line.text for line in found.lines if line.section == where]
                    found.entries += heading[-1:]
                first = False
                found.entries.append(block)
        elif own and depth:
            found.lines += read(block)


def read(block: b.Block) -> Iterator[Line]:
    """Return what is to be read of a block, line by line."""
    if isinstance(block, b.Callout):
        if block.kind != "guidance":
            yield Line("label", block.title)
        yield from rich(block.blocks)
    elif isinstance(block, Paragraph | List):
        yield from rich((block,))
    elif isinstance(block, b.Cards):
        for card in block.cards:
            length = f" ({card.fact})" if card.fact else ""
            yield Line("link", f"{card.kind}: {card.title}{length}", card.target)
    elif isinstance(block, b.Facts):
        for fact in block.facts:
            yield Line("body", f"{fact.label}: {said(fact.value)}")
    else:
        raise TypeError(f"{type(block).__name__} has no place in a workbook")


def rich(blocks: Iterable[RichBlock]) -> Iterator[Line]:
    """Return rich text line by line. A cell has one link at most, and texts have none."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Line("body", said(block.runs))
        else:
            for at, item in enumerate(block.items, start=1):
                mark = f"{at}." if block.ordered else "•"
                text = "\n".join(line.text for line in rich(item))
                yield Line("item", f"{mark} {text}")


def said(runs: Iterable[Run]) -> str:
    """Return the words of runs."""
    return "".join(run.text for run in runs)


def _sheet_name(label: str, taken: Iterable[str]) -> str:
    """Return a name for a sheet: the label, cut between words, and no other sheet's."""
    known = {sheet.casefold() for sheet in taken}
    plain = _NOT_IN_NAMES.sub(" ", label).strip(" '") or "Ark"
    number, found = 1, _cut(plain, LONGEST_NAME)
    while found.casefold() in known:
        number += 1
        found = f"{_cut(plain, LONGEST_NAME - len(str(number)) - 1)} {number}"
    return found


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    whole = text[: most + 1].rpartition(" ")[0]
    return (whole or text[:most]).rstrip(" ,.:;'–-")
