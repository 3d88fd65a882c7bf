"""How much room texts take: measured wide, so that they hold in a font that stands in, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from macros.content.rich import Paragraph, RichBlock, Run

# Width of letters in parts of the size: those of DejaVu Sans, the widest that may stand in.
_NARROW, _WIDE = "fijlrtI.,:;!|()[]'’ ", "mwMWæÆ@%–—…"
LEADING = 1.2  # a line's height in parts of the size
GAP = 0.45  # between paragraphs


@dataclass(frozen=True)
class Para:
    """A paragraph: its runs, and its mark and level where it is a point of a list."""

    runs: tuple[Run, ...]
    mark: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """Return what it says."""
        return "".join(run.text for run in self.runs)


def paragraphs(blocks: Iterable[RichBlock], level: int = 0) -> list[Para]:
    """Return rich text as paragraphs, points of lists with their marks."""
    found: list[Para] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(Para(block.runs))
            continue
        for number, item in enumerate(block.items, start=1):
            inner = paragraphs(item, level + 1)
            mark = f"{number}." if block.ordered else "•"
            found.append(Para(inner[0].runs, mark, level))
            found += inner[1:]
    return found


def _width(text: str, size: float) -> float:
    letters = (
        0.36 if c in _NARROW else 1.0 if c in _WIDE else 0.72 if c.isupper() else 0.61 for c in text
    )
    return size * sum(letters)


def lines(text: str, size: float, width: float) -> int:
    """Return the lines that a text takes in a box `width` points wide."""
    found, room = 1, width
    for word in text.split():
        wide = _width(word, size)
        if wide > room and room < width:
            found, room = found + 1, width
        while wide > width:  # a word that is longer than a line is broken
            found, wide = found + 1, wide - width
        room -= wide + _width(" ", size)
    return found


def height(found: Sequence[Para], size: float, width: float) -> float:
    """Return the points that paragraphs take."""
    return sum(
        size * (lines(para.text, size, width - _indent(para, size)) * LEADING + GAP)
        for para in found
    )


def _indent(para: Para, size: float) -> float:
    return (1.2 if para.mark else 0) * size * (para.level + 1)


def fitting(found: Sequence[Para], sizes: Sequence[float], width: float, tall: float) -> float:
    """Return the largest of the sizes that fits; the smallest where none does."""
    return next((size for size in sizes if height(found, size, width) <= tall), sizes[-1])
