"""Slides that hold what is on them: sizes by measured text, and more slides for more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from macros.content.catalogue import Catalogue
from macros.content.rich import Run
from macros.document.sentences import sentences
from macros.document.slides import Notes, Slide
from macros.writers.slides.fit import Para, fitting, height, lines, paragraphs

WIDE = 816  # points across the text of a slide
TITLE_SIZES, TITLE_TALL = (36, 32, 28, 24), 84
SIZES = (32, 28, 24, 22, 20, 18)
TABLE_SIZES = (20, 18, 16, 14)
ROW_MARGIN = 9  # points above and below the text of a cell
COLUMNS = (0.16, 0.68, 0.16)
_TALL = {"text": 320, "task": 244, "table": 335, "pause": 200}
_ASIDE_SIZES = (16, 14, 12)
_LONGEST_TITLE = 110  # letters; the rest of a longer one stands in the text
_RESULT_SIZES, _RESULT_TALL = (18, 16, 14), 50


@dataclass(frozen=True)
class Page:
    """One finished slide: all texts with their sizes in points."""

    kind: Literal["text", "table", "task", "pause"]
    title: str
    title_size: float
    aside: str
    aside_size: float
    body: tuple[Para, ...]
    size: float
    result: str = ""
    result_size: float = 18
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: Notes = ()


def split(slide: Slide, words: Catalogue) -> Iterator[Page]:
    """Return a slide as one or more that hold their text; titles say which of how many."""
    title, rest = _title(slide.title)
    aside, more, aside_size = _aside(slide.aside)
    over = [Para((Run(text),)) for text in (rest, more) if text]
    body = [*over, *paragraphs(slide.body)]
    kind = slide.kind
    if slide.result and not _holds(slide.result):
        body.append(Para((Run(slide.result),)))
        kind = "text"
    size = fitting(body, SIZES, WIDE, _TALL[kind])
    table_size, tables = _tables(slide)
    if kind == "table":
        size = table_size
    chunks = _chunks(body, size, _TALL[kind]) if kind != "table" else [[] for _ in tables]
    for number, chunk in enumerate(chunks, start=1):
        many = {"title": title, "n": number, "total": len(chunks)}
        named = words("slides.part", **many) if len(chunks) > 1 else title
        yield Page(
            kind=kind,
            title=named,
            title_size=fitting([Para((Run(named),))], TITLE_SIZES, WIDE, TITLE_TALL),
            aside=aside,
            aside_size=aside_size,
            body=tuple(chunk),
            size=size,
            result=slide.result if kind == "task" and number == len(chunks) else "",
            result_size=_result_size(slide.result),
            header=slide.table.header if slide.table else (),
            rows=tables[number - 1] if kind == "table" else (),
            notes=slide.notes if number == 1 else (),
        )


def _title(title: str) -> tuple[str, str]:
    """Return a title that fits, and the whole of it where that is longer."""
    if len(title) <= _LONGEST_TITLE:
        return title, ""
    cut = title[:_LONGEST_TITLE].rpartition(" ")[0] or title[:_LONGEST_TITLE]
    return f"{cut} …", title


def _aside(aside: str) -> tuple[str, str, float]:
    """Return a line that fits with its size, and the whole of it where that is longer."""
    for size in _ASIDE_SIZES:
        if lines(aside, size, WIDE) == 1:
            return aside, "", size
    short, _ = _title(aside)
    while lines(short, size, WIDE) > 1:
        short = f"{short.removesuffix(' …').rpartition(' ')[0] or short[: len(short) // 2]} …"
    return short, aside, size


def _result_size(result: str) -> float:
    return fitting([Para((Run(result),))], _RESULT_SIZES, WIDE - 24, _RESULT_TALL)


def _holds(result: str) -> bool:
    size = _result_size(result)
    return height([Para((Run(result),))], size, WIDE - 24) <= _RESULT_TALL


def _chunks(body: Sequence[Para], size: float, tall: float) -> list[list[Para]]:
    """Return paragraphs in heaps that fit a slide each; a long one is parted between sentences."""
    whole = [piece for para in body for piece in _pieces(para, size, tall)]
    found: list[list[Para]] = [[]]
    for para in whole:
        if found[-1] and height([*found[-1], para], size, WIDE) > tall:
            found.append([])
        found[-1].append(para)
    return found


def _pieces(para: Para, size: float, tall: float) -> Iterator[Para]:
    if height([para], size, WIDE) <= tall:
        yield para
        return
    text = ""
    for sentence in sentences(para.text):
        longer = f"{text} {sentence}".strip()
        if text and height([Para((Run(longer),))], size, WIDE) > tall:
            yield Para((Run(text),), para.mark, para.level)
            longer = sentence
        text = longer
    while height([Para((Run(text),))], size, WIDE) > tall:  # one sentence without an end
        part = text[: len(text) // 2].rpartition(" ")[0] or text[: len(text) // 2]
        yield Para((Run(part),), para.mark, para.level)
        text = text[len(part) :].strip()
    yield Para((Run(text),), para.mark, para.level)


Rows = tuple[tuple[str, ...], ...]


def _tables(slide: Slide) -> tuple[float, list[Rows]]:
    """Return the rows of a table for each slide that it takes, and their size."""
    if slide.table is None:
        return TABLE_SIZES[0], []
    every = tuple(
        tuple(" ".join(para.text for para in paragraphs(cell)) for cell in row)
        for row in slide.table.rows
    )
    tall, head = float(_TALL["table"]), slide.table.header
    for size in TABLE_SIZES:
        if sum(_row(row, size) for row in (head, *every)) <= tall:
            return size, [every]
    size, used = TABLE_SIZES[-1], 0.0
    heaps: list[list[tuple[str, ...]]] = [[]]
    for row in every:
        if heaps[-1] and used + _row(row, size) > tall - _row(head, size):
            heaps.append([])
            used = 0
        heaps[-1].append(row)
        used += _row(row, size)
    return size, [tuple(heap) for heap in heaps]


def _row(row: Sequence[str], size: float) -> float:
    return ROW_MARGIN + size * 1.2 * max(
        lines(text, size, share * WIDE - 16) for text, share in zip(row, COLUMNS, strict=True)
    )
