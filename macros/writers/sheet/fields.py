"""The first sheet: whose the form is, and every field that stands in no table."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from macros.document import blocks as b
from macros.writers.sheet.cells import limit
from macros.writers.sheet.look import AMOUNT, DATE, LINE, Look, height
from macros.writers.sheet.plan import name

if TYPE_CHECKING:
    from macros.writers.sheet import SheetPayload
    from macros.writers.sheet.plan import Plan

WIDTHS = (46, 60, 40)
_LOGO = 40  # points high
_NUMBERS = {"date": DATE, "amount": AMOUNT, "number": "General"}


def write(page: Any, look: Look, found: Plan, payload: SheetPayload) -> None:
    """Write title, register and fields, each with a name for formulas."""
    document, words = payload.document, payload.words
    look.paper(page)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    row = _logo(page, payload)
    page.set_row(row, height([(document.title, sum(WIDTHS[:2]))], 18))
    look.text(page, row, 0, document.title, "title")
    _cell(look, found, "cover-title", "A", row, row)
    look.text(page, row + 1, 0, words("sheet.intro"), "note")
    guide = f"internal:'{found.guidance}'!A1"
    page.write_url(row + 2, 0, guide, look.format("link"), words("sheet.to_guidance"))
    head = row + 4
    for column, key in enumerate(("field", "answer", "help")):
        look.text(page, head, column, words(f"sheet.{key}"), "head")
    page.freeze_panes(head + 1, 0)
    page.repeat_rows(head)
    keys = words.keys("register")
    row = head + 1
    for label, value in document.register:
        kind: b.FieldKind = "date" if keys[label] == "date" else "short"
        line = b.Field(f"cover-{keys[label]}", label, kind)
        row = _field(page, look, row, line, value, found, words)
    for entry in found.entries:
        if isinstance(entry, b.Field):
            row = _field(page, look, row, entry, "", found, words)
        else:
            page.set_row(row, 30)
            look.text(page, row, 0, entry, "heading")
            row += 1
    page.print_area(0, 0, row - 1, len(WIDTHS) - 1)


def _logo(page: Any, payload: SheetPayload) -> int:
    """Place the logo, and return the row below it."""
    if payload.logo is None:
        return 0
    mark, alt = payload.logo
    scale = _LOGO / 0.75 / mark.height
    page.set_row(0, _LOGO + 8)
    options = {
        "image_data": io.BytesIO(mark.picture),
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": 4,
        "y_offset": 4,
        "description": alt,
    }
    page.insert_image(0, 0, "logo.png", options)
    return 1


def _field(
    page: Any, look: Look, row: int, field: b.Field, value: str, found: Plan, words: Any
) -> int:
    """Write a field and return the row below it."""
    required = f" ({words('field.required')})" if field.required else ""
    label = field.label + required
    if field.kind == "checklist":
        return _points(page, look, row, field, label, found, words)
    tall = height([(label, WIDTHS[0]), (field.hint, WIDTHS[2])])
    page.set_row(row, max(tall, field.lines * LINE + 6 if field.kind == "long" else 0))
    look.text(page, row, 0, label, "rowhead")
    style = look.format("cell", _NUMBERS.get(field.kind, "@"), "left")
    if value:
        page.write_string(row, 1, value, style)
    else:
        page.write_blank(row, 1, None, style)
    if field.hint:
        look.text(page, row, 2, field.hint, "hint")
    if rule := limit(look, words, field.kind, field.options):
        page.data_validation(row, 1, row, 1, rule)
    _cell(look, found, field.id, "B", row, row)
    return row + 1


def _points(
    page: Any, look: Look, row: int, field: b.Field, label: str, found: Plan, words: Any
) -> int:
    """Write a point a row, each with a cell to say yes in."""
    page.set_row(row, height([(label, WIDTHS[0]), (field.hint, WIDTHS[2])]))
    look.text(page, row, 0, label, "label")
    if field.hint:
        look.text(page, row, 2, field.hint, "hint")
    first = row + 1
    for row, (_, text) in enumerate(field.options, start=first):
        page.set_row(row, height([(text, WIDTHS[0])]))
        look.text(page, row, 0, text, "rowhead")
        page.write_blank(row, 1, None, look.format("cell"))
    answers = [words("sheet.yes"), words("sheet.no")]
    rule = {"validate": "list", "source": answers, "error_message": words("sheet.pick")}
    page.data_validation(first, 1, row, 1, rule)
    _cell(look, found, field.id, "B", first, row)
    return row + 1


def _cell(look: Look, found: Plan, field_id: str, column: str, first: int, last: int) -> None:
    """Give a field's cells its name; a line of the cover has one, too: `cover_case_number`."""
    area = f"${column}${first + 1}" + (f":${column}${last + 1}" if last > first else "")
    look.book.define_name(name(field_id), f"='{found.fields}'!{area}")
