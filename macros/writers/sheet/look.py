"""How the cells look, and what all sheets share: formats, paper, texts that fit."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from macros.layouts.office import FONT
from macros.writers import WriterError

if TYPE_CHECKING:
    from macros.writers.sheet.plan import Options

LINE = 15  # points of a line of 11-point type
TALLEST = 409  # points of the tallest row that Excel has
LETTERS = 1.1  # letters of running text in the width of one digit, which columns are measured in
ACROSS = 132  # digits across a sheet of A4 on its side
UPRIGHT = 76  # on A4 upright: LibreOffice makes one wide column no smaller to fit the paper
AMOUNT, DATE = '#,##0" kr";-#,##0" kr"', "dd.mm.yyyy"
_ROW = 21
_A4 = 9
_LONGEST_FOOT = 150  # letters; Excel takes 255 for all three parts
# Ground of each level, from the lowest; the word beside the number says the same.
LEVELS = {2: ("#DDEBDD", "#F7C9C0"), 3: ("#DDEBDD", "#FBE7B2", "#F7C9C0")}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18},
    "h1": {"bold": True, "font_size": 14, "font_color": "accent", "valign": "bottom"},
    "h2": {"bold": True, "font_size": 12, "font_color": "accent", "valign": "bottom"},
    "h3": {"bold": True},
    "body": {},
    "item": {"indent": 1},
    "label": {"bold": True},
    "hint": {"font_color": "muted"},
    "note": {"font_color": "muted", "text_wrap": False},
    "link": {"font_color": "link", "underline": 1, "text_wrap": False},
    "head": {"bold": True, "bg_color": "tint-2", "border": 1, "valign": "vcenter"},
    "rowhead": {"bg_color": "tint-1", "border": 1, "valign": "vcenter"},
    "cell": {"border": 1, "valign": "vcenter"},
    "worked": {"border": 1, "bg_color": "tint-1", "valign": "vcenter"},
    "sum": {"bold": True, "border": 1, "top": 2, "bg_color": "tint-2", "valign": "vcenter"},
    "heading": {
        "bold": True,
        "font_size": 12,
        "font_color": "accent",
        "bottom": 2,
        "valign": "bottom",
        "text_wrap": False,
    },
    "name": {"bold": True, "font_size": 18, "text_wrap": False},
}
# Which cells hold what a reader writes: text that looks like a formula stays text there.
_TEXT = "@"


class Look:
    """The formats of one workbook, and what its sheets are written with."""

    def __init__(
        self, book: Any, file: str, colours: Mapping[str, str], font: str | None, foot: str
    ) -> None:
        self.book = book
        self.choices: Mapping[Options, tuple[str, str]] = {}
        self._file = file
        self._colours = colours
        self._font = font or FONT
        self._foot = foot.replace("&", "&&")[:_LONGEST_FOOT]
        self.format = cache(self._format)
        book.formats[0].set_font_name(self._font)

    def _format(self, style: str, number: str = _TEXT, align: str = "") -> Any:
        return self.book.add_format(self.said(style, number, align))

    def said(self, style: str, number: str = _TEXT, align: str = "") -> dict[str, Any]:
        """Return a style in XlsxWriter's words."""
        said = {
            "font_name": self._font,
            "font_color": "ink",
            "text_wrap": True,
            "valign": "top",
            "num_format": number,
            "border_color": "line",
            **({"align": align} if align else {}),
            **_STYLES[style],
        }
        for key, value in said.items():
            if key.endswith("color"):
                said[key] = self._colours[str(value)]
        if said.get("border"):
            said["top_color"] = said["bottom_color"] = self._colours["line"]
        return said

    def ground(self, colour: str) -> Any:
        """Return the format that colours a cell by what stands in it."""
        return self.book.add_format({"bg_color": colour, "font_color": self._colours["ink"]})

    def text(self, page: Any, row: int, column: int, text: str, style: str) -> None:
        """Write a text; raise WriterError for one that no cell can hold."""
        if page.write_string(row, column, text, self.format(style)):
            raise WriterError(f"{self._file}: en tekst er for lang til en celle i et regneark")

    def paper(self, page: Any, *, upright: bool = False) -> None:
        """Set the paper: A4, as wide as the sheet, its name and the page's number below."""
        page.set_portrait() if upright else page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.set_footer(f"&L&8{self._foot}&R&8&A · &P/&N")
        page.hide_gridlines(2)
        page.set_default_row(_ROW)
        page.set_tab_color(self._colours["accent"])


def height(texts: Sequence[tuple[str, float]], size: float = 11) -> float:
    """Return the points that show all of a row; each text comes with the width of its column."""
    lines = max(len(wrapped(text, width, size)) for text, width in texts)
    return float(min(max(_ROW, lines * LINE * size / 11 + 6), TALLEST))


def wrapped(text: str, width: float, size: float = 11) -> list[str]:
    """Return the lines that a text takes in a column."""
    letters = max(1, int(width * LETTERS * 11 / size))
    return [line for part in text.split("\n") for line in textwrap.wrap(part, letters) or [""]]
