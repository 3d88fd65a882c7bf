"""Tables of the handbook's own pages, which Markdown writes, made like those of the blocks."""

from __future__ import annotations

import re
from itertools import count

_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<td\b")
_TAGS = re.compile(r"<[^>]*>")
# From this many columns a table needs more room than a phone or a narrow column has: prose has
# names and code in its cells, which never break.
_WIDE, _MANY = 3, 5


def finished_tables(page: str) -> str:
    """Return a page's HTML with each cell of a Markdown table labelled by its column.

    Where there is no room for columns, a table is read row by row, and the labels tell what
    stands where.
    """
    return _TABLE.sub(_table, page)


def _table(found: re.Match[str]) -> str:
    names = [_TAGS.sub("", name).replace('"', "&quot;") for name in _HEAD.findall(found[1])]

    def row(cells: re.Match[str]) -> str:
        at = count()

        def cell(_: re.Match[str]) -> str:
            number = next(at)
            name = names[number] if number < len(names) else ""
            return f'<td data-label="{name}"' if name else "<td"

        return _CELL.sub(cell, cells[0])

    wrap = " table-wrap--wide" if len(names) >= _WIDE else ""
    many = " table--many" if len(names) >= _MANY else ""
    inner = _ROW.sub(row, found[1])
    return f'<div class="table-wrap{wrap}"><table class="table{many}">{inner}</table></div>'
