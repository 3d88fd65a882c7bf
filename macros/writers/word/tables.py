"""Tables: a grid, a header row that repeats on each page, rows that never split."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from macros.writers.word.xml import Element, Para, make, paragraph

# Twips (1/20 pt): the room that a letter takes on average at 10 pt, and a cell's own margins.
_LETTER, _CELL_MARGINS = 108, 200
# Letters of DejaVu Sans Bold, in parts of the size: where Inter is not, LibreOffice takes DejaVu.
_EM, _NARROW, _WIDE = 200, "fijlrtIJ.,:;!|()[]/-'", (0.7, 0.78)
_SHORT = 15  # characters of a text that stays on one line, such as «29. januar 2026»
_TEXT = "Tabelltekst"
_LONGEST = 90  # characters after which a longer cell makes its column no wider


@dataclass(frozen=True)
class Row:
    """A row: each cell's paragraphs, whether it is a header, and the fill of some cells."""

    cells: Sequence[Sequence[Element]]
    header: bool = False
    fills: Mapping[int, str] = field(default_factory=dict)
    height: int = 0


def table(
    style: str,
    title: str,
    widths: Sequence[int],
    rows: Sequence[Row],
    *,
    row_header: bool = False,
    total: bool = False,
    around: Callable[[Sequence[str]], Sequence[str]] = tuple,
) -> list[Element]:
    """Return a table and the gap below it. `widths` are in twips, `title` is its alt text.

    `around` may put the finished rows into something. The gap is a paragraph: two tables without
    one between them would become one in Word.
    """
    look = {"firstRow": rows[0].header, "lastRow": total, "firstColumn": row_header}
    others = {"lastColumn": False, "noHBand": True, "noVBand": True}
    flags = {name: int(value) for name, value in {**look, **others}.items()}
    bits = 0x0600 | 0x20 * flags["firstRow"] | 0x40 * total | 0x80 * row_header
    found = make(
        "tbl",
        make(
            "tblPr",
            make("tblStyle", val=f"Tabell{style}"),
            make("tblW", w=sum(widths), type="dxa"),
            make("tblLayout", type="fixed"),
            make("tblLook", val=f"{bits:04X}", **flags),
            make("tblCaption", val=title),
        ),
        make("tblGrid", *(make("gridCol", w=width) for width in widths)),
        *around([_row(row, widths) for row in rows]),
    )
    return [found, gap()]


def gap() -> Para:
    """Return a low empty paragraph, to keep apart what would run together."""
    return paragraph("Mellomrom", [])


def is_gap(element: Element) -> bool:
    """Return whether an element is a gap and nothing more."""
    return isinstance(element, Para) and element == gap()


def _row(row: Row, widths: Sequence[int]) -> str:
    cells = [
        make("tc", _cell_look(width, row.fills.get(at, "")), *(inner or [paragraph(_TEXT, [])]))
        for at, (width, inner) in enumerate(zip(widths, row.cells, strict=True))
    ]
    return make("tr", _row_look(row.height, row.header), *cells)


@lru_cache(maxsize=64)
def _row_look(height: int, header: bool) -> str:
    return make(
        "trPr",
        make("cantSplit"),
        make("trHeight", val=height, hRule="atLeast") if height else None,
        make("tblHeader") if header else None,
    )


@lru_cache(maxsize=1024)
def _cell_look(width: int, fill: str) -> str:
    colour = fill.lstrip("#").upper()
    shade = make("shd", val="clear", color="auto", fill=colour) if fill else None
    return make("tcPr", make("tcW", w=width, type="dxa"), shade)


def shares(weights: Sequence[float], width: int) -> list[int]:
    """Return `width` twips shared out by weight; the last column takes what rounding left."""
    whole = sum(weights)
    found = [int(width * weight / whole) for weight in weights]
    found[-1] += width - sum(found)
    return found


def fitting(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return widths for columns of text: by what they hold, with words and dates whole."""
    wishes = [
        min(max((len(text) for text in column), default=1), _LONGEST) * _LETTER
        for column in columns
    ]
    return at_least([least_width(column) for column in columns], wishes, width)


def at_least(least: Sequence[int], wishes: Sequence[float], width: int) -> list[int]:
    """Return `width` twips shared out by wish, no column narrower than its least.

    Where there is not even room for that, it is shared out by the least.
    """
    if sum(least) >= width:
        return shares(least, width)
    found = shares(wishes, width)
    fixed = {at for at, low in enumerate(least) if found[at] <= low}
    if not any(found[at] < least[at] for at in fixed):
        return found
    room = width - sum(least[at] for at in fixed)
    free = [at for at in range(len(least)) if at not in fixed]
    rest = at_least([least[at] for at in free], [wishes[at] for at in free], room)
    given = dict(zip(free, rest, strict=True))
    return [given.get(at, low) for at, low in enumerate(least)]


def least_width(texts: Sequence[str]) -> int:
    """Return the width that keeps the longest word whole, and short texts on one line."""
    pieces = [
        piece for text in texts for piece in ([text] if len(text) <= _SHORT else text.split())
    ]
    return max(map(_room, pieces), default=_LETTER) + _CELL_MARGINS


def _room(piece: str) -> int:
    """Return the twips that a piece needs, also in bold in the widest font that stands in."""
    if " " in piece:
        return len(piece) * _LETTER
    ems = sum(
        1.05 if c in "mwMWæÆ" else 0.43 if c in _NARROW else _WIDE[c.isupper()] for c in piece
    )
    return max(len(piece) * _LETTER, round(ems * _EM))
