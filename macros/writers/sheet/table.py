"""A sheet with one table: Excel's own, with a header that stays, sums and what is worked out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from macros.content.catalogue import Catalogue
from macros.document import blocks as b
from macros.writers.sheet.cells import limit
from macros.writers.sheet.look import ACROSS, AMOUNT, DATE, LEVELS, Look, height, wrapped
from macros.writers.sheet.plan import letters, name

if TYPE_CHECKING:
    from macros.writers.sheet.plan import Placed, Plan

_SPARE = 5  # rows more than the form has on paper
_LEAST = {"amount": 14, "date": 12, "number": 9}  # digits across
_MARGIN = 3.5  # digits for the button that filters
_NUMBERS = {"amount": AMOUNT, "date": DATE, "number": "General"}
_SPECIAL = re.compile(r"(['\[\]#@])")  # in the name of a column in a formula


def write(page: Any, look: Look, placed: Placed, found: Plan, words: Catalogue) -> None:
    """Write a table with room to write on in."""
    block = placed.block
    look.paper(page)
    widths = _widths(block)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    head = _head(page, look, placed, found, words)
    spare = max(_SPARE, (block.rows - len(block.labels)) // 2)
    last = head + block.rows + spare
    sums = any(column.sum for column in block.columns)
    sheet = _Sheet(page, look, block, name(block.id), _headers(block), head, last)
    sheet.table(words, sums=sums)
    sheet.cells(words, widths)
    labels = [column.label for column in block.columns]
    room = [width - _MARGIN for width in widths]
    page.set_row(head, height(list(zip(labels, room, strict=True))))
    page.freeze_panes(head + 1, 1 if block.labels else 0)
    page.repeat_rows(head)
    page.print_area(0, 0, last + sums, len(widths) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 2}"})


def _head(page: Any, look: Look, placed: Placed, found: Plan, words: Catalogue) -> int:
    """Write what stands above the table, and return the row of its header."""
    block, row = placed.block, 0
    required = f" ({words('field.required')})" if block.required else ""
    for style, text, size in (("name", block.label + required, 18), ("note", block.hint, 11)):
        for line in wrapped(text, ACROSS, size) if text else ():
            page.set_row(row, 27 if style == "name" else None)
            look.text(page, row, 0, line, style)
            row += 1
    guide = f"internal:'{found.guidance}'!A{_line_of(placed, found)}"
    page.write_url(row, 0, guide, look.format("link"), words("sheet.to_guidance"))
    return row + 1


def _line_of(placed: Placed, found: Plan) -> int:
    lines = (at for at, line in enumerate(found.lines, 1) if line.section == placed.section)
    return next(lines, 1)


def _widths(block: b.FieldTable) -> list[float]:
    """Return the columns' widths: by weight, and none narrower than what stands in it."""
    whole = sum(column.width for column in block.columns)
    widths = []
    for column in block.columns:
        words = [word for word in re.split(r"[\s-]", column.label) if word]
        options = [len(text) for _, text in column.options]
        least = max(
            max(map(len, words), default=0) * 1.15 + _MARGIN,
            _LEAST.get(column.kind, 8),
            min(max(options, default=0) + _MARGIN, 30),
        )
        widths.append(max(least, ACROSS * column.width / whole))
    return widths


def _headers(block: b.FieldTable) -> list[str]:
    """Return the columns' headers, no two alike: Excel knows columns by them."""
    found: list[str] = []
    for column in block.columns:
        header, number = column.label, 1
        while header.casefold() in (other.casefold() for other in found):
            number += 1
            header = f"{column.label} {number}"
        found.append(header)
    return found


class _Sheet:
    """One table being written: rows `head` to `last` of a page, the sums below it."""

    def __init__(
        self,
        page: Any,
        look: Look,
        block: b.FieldTable,
        name: str,
        headers: list[str],
        head: int,
        last: int,
    ) -> None:
        self.page, self.look, self.block, self.name = page, look, block, name
        self.headers, self.head, self.last = headers, head, last

    def table(self, words: Catalogue, *, sums: bool) -> None:
        """Make the cells a table of Excel's own."""
        columns: list[dict[str, Any]] = []
        for at, (column, header) in enumerate(zip(self.block.columns, self.headers, strict=True)):
            said: dict[str, Any] = {"header": header, "header_format": self.look.format("head")}
            if column.calculation:
                said["formula"] = f"={self.formula(column)}"
            if column.sum and at:
                said["total_function"] = "sum"
            elif at == 0 and sums:
                said["total_string"] = words("field.sum")
            columns.append(said)
        options = {
            "name": self.name,
            "columns": columns,
            "style": None,
            "total_row": sums,
            "title": self.block.label,
            "description": self.block.hint,
        }
        self.page.add_table(self.head, 0, self.last + sums, len(columns) - 1, options)
        for at, column in enumerate(self.block.columns if sums else ()):
            self._sum(at, column, words)

    def _sum(self, at: int, column: b.FieldColumn, words: Catalogue) -> None:
        style = self.look.format("sum", _NUMBERS.get(column.kind, "@"))
        if at == 0:
            self.page.write_string(self.last + 1, at, words("field.sum"), style)
        elif column.sum:
            formula = f"=SUBTOTAL(109,{self._column(column.id)})"
            self.page.write_formula(self.last + 1, at, formula, style, 0)
        else:
            self.page.write_blank(self.last + 1, at, None, style)

    def cells(self, words: Catalogue, widths: list[float]) -> None:
        """Write what is given, leave the rest to the reader, and say what may stand where."""
        for at, column in enumerate(self.block.columns):
            style = "worked" if column.calculation else "cell"
            shown = self.look.format(style, _number(column))
            for row in range(self.head + 1, self.last + 1):
                if column.calculation:
                    self.page.write_formula(row, at, f"={self.formula(column)}", shown, "")
                elif at or row - self.head > len(self.block.labels):
                    self.page.write_blank(row, at, None, shown)
            bounds = (column.low, column.high)
            rule = limit(self.look, words, column.kind, column.options, bounds)
            if rule and not column.calculation:
                self.page.data_validation(self.head + 1, at, self.last, at, rule)
            self._levels(at, column)
        for row, label in enumerate(self.block.labels, start=self.head + 1):
            self.page.set_row(row, height([(label, widths[0])]))
            self.look.text(self.page, row, 0, label, "rowhead")

    def _levels(self, at: int, column: b.FieldColumn) -> None:
        """Colour a number by its level; the number's format says the word."""
        cell = f"${letters(at)}{self.head + 2}"
        grounds = LEVELS.get(len(column.levels), ())
        for (low, _), ground in zip(reversed(column.levels), reversed(grounds), strict=True):
            rule = {
                "type": "formula",
                "criteria": f"=AND(ISNUMBER({cell}),{cell}>={low})",
                "format": self.look.ground(ground),
                "stop_if_true": True,
            }
            self.page.conditional_format(self.head + 1, at, self.last, at, rule)

    def formula(self, column: b.FieldColumn) -> str:
        """Return what a calculated column is worked out by; empty until there is enough."""
        how = column.calculation or b.Calculation()
        if how.share_of:
            return self._share(how)
        added = ",".join(map(self._cell, how.add))
        factors = [*map(self._cell, how.times), *([name(how.rate or "")] if how.rate else [])]
        lacking = [f"COUNT({added})=0"] if added else []
        lacking += [f"COUNT({','.join(factors)})<{len(factors)}"] if factors else []
        product = "*".join([*([f"SUM({added})"] if added else []), *factors])
        return f'IF(OR({",".join(lacking)}),"",{product})'

    def _share(self, how: b.Calculation) -> str:
        whole, first = name(how.share_of or ""), self.block.columns[0].id
        lacking = [f"COUNT({whole})=0"]
        share = even = f"1/COUNTA({self._column(first)})"
        if how.by:
            total = f"SUM({self._column(how.by)})"
            lacking += [f"COUNT({self._cell(how.by)})=0", f"{total}=0"]
            share = f"{self._cell(how.by)}/{total}"
        else:
            lacking += [f'{self._cell(first)}=""']
        if how.even:
            part = name(how.even)
            lacking += [f"COUNT({part})=0"]
            share = f"({part}/100*{even}+(1-{part}/100)*{share})"
        return f'IF(OR({",".join(lacking)}),"",{whole}*{share})'

    def _cell(self, column: str) -> str:
        """Return the cell of a column in the same row, as a formula names it."""
        return f"{self.name}[[#This Row],[{self._escaped(column)}]]"

    def _column(self, column: str) -> str:
        return f"{self.name}[{self._escaped(column)}]"

    def _escaped(self, column: str) -> str:
        ids = [found.id for found in self.block.columns]
        return _SPECIAL.sub(r"'\1", self.headers[ids.index(column)])


def _number(column: b.FieldColumn) -> str:
    """Return the format of a column's cells; a number with levels has its word beside it."""
    if not column.levels:
        return _NUMBERS.get(column.kind, "@")
    said = [(low, text.replace('"', "”")) for low, text in column.levels]
    above = [f'[>={low}]0" {text}"' for low, text in reversed(said[1:])]
    return ";".join([*above, f'0" {said[0][1]}"'])
