"""The sheets to read: the guidance, and the lists that the choices come from."""

from __future__ import annotations

import urllib.parse
from typing import TYPE_CHECKING, Any

from macros.content.catalogue import Catalogue
from macros.document.shared import absolute_link
from macros.writers.sheet.look import UPRIGHT, Look, height

if TYPE_CHECKING:
    from macros.writers.sheet import SheetPayload
    from macros.writers.sheet.plan import Line, Plan

_SIZES = {"title": 18, "h1": 14, "h2": 12}
_LIST_WIDTH = 34
_LONGEST_LINK = 2000  # letters of an address in Excel


def write(page: Any, look: Look, found: Plan, payload: SheetPayload) -> None:
    """Write what there is to know, a paragraph a row."""
    look.paper(page, upright=True)
    page.set_column(0, 0, UPRIGHT)
    row = 0
    for line in found.lines:
        size = _SIZES.get(line.style, 11)
        page.set_row(row, height([(line.text, UPRIGHT)], size) + (10 if line.style == "h1" else 0))
        _line(page, look, row, line, payload)
        row += 1
    words, address = payload.words, payload.base_url + payload.document.address
    look.text(page, row + 1, 0, f"{words('print.address')}:", "label")
    page.write_url(row + 2, 0, _address(address), look.format("link"), address)
    page.print_area(0, 0, row + 2, 0)


def _line(page: Any, look: Look, row: int, line: Line, payload: SheetPayload) -> None:
    link = f"internal:'{line.table}'!A1" if line.table else ""
    if line.target:
        own = payload.document.address
        address = absolute_link(line.target, payload.base_url, own)
        link = "" if address.startswith("#") else _address(address)
    if line.style == "link" and link and len(link) < _LONGEST_LINK:
        page.write_url(row, 0, link, look.format("link"), line.text)
    else:
        look.text(page, row, 0, line.text, "body" if line.style == "link" else line.style)


def _address(address: str) -> str:
    return urllib.parse.quote(address, safe="%/:=&?~#+!$,;'@()*")


def write_choices(page: Any, look: Look, found: Plan, words: Catalogue) -> None:
    """Write each list of choices in a column of its own, under what it is for."""
    look.paper(page)
    look.text(page, 0, 0, words("sheet.choices_help"), "note")
    page.set_row(1, max(height([(label, _LIST_WIDTH)]) for label, _ in found.choices.values()))
    page.set_column(0, len(found.choices) - 1, _LIST_WIDTH)
    for column, (options, (label, _)) in enumerate(found.choices.items()):
        look.text(page, 1, column, label, "head")
        for row, (_, text) in enumerate(options, start=2):
            look.text(page, row, column, text, "cell")
    page.freeze_panes(2, 0)
    page.repeat_rows(1)
