"""Fillable PDF: the print layout with form fields (AcroForm), to be typed in and saved.

It passes PDF/UA-1 (ISO 14289-1). It is no archive file: PDF/A asks for an appearance of each
field, and a field that is yet to be filled in has none.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from macros.content.catalogue import Catalogue
from macros.document import blocks as b
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import Layout, pdf_pass
from macros.layouts.body import body, body_name, layout
from macros.layouts.fill import filled
from macros.layouts.slots import REGISTER, Own
from macros.writers import Gathered, Gathering, Job, Rendered, WriterError
from macros.writers.fillable.font import FONT, form_fonts, letters

# The flags of a field (ISO 32000-1, tables 221 and 228).
_REQUIRED, _MULTILINE = 1 << 1, 1 << 12
_DATE = "dd.mm.yyyy"
_INK = "0.086 0.125 0.165 rg"  # the print layout's #16202a


@dataclass(frozen=True)
class Entry:
    """A field of the form: `name` is stable over versions, `tooltip` is what is read aloud."""

    name: str
    tooltip: str
    date: bool = False
    required: bool = False


@dataclass(frozen=True)
class FormPayload:
    """The whole input of a form's body. `assets` maps `asset:` names to files."""

    name: str
    html: str
    assets: dict[str, pdf_pass.Asset]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class FillablePayload:
    """The whole input of one form but for its body."""

    name: str
    own: Own


def can_fill(document: b.Document) -> bool:
    """Return whether the document's blocks hold something to fill in or tick off."""
    return bool(document.name) and next(_blocks(document.blocks, ""), None) is not None


def job(document: b.Document, shared: Shared) -> Gathering:
    """Return the job that makes the document's form; ask `can_fill` first."""
    name = file_name(document.name, "fillable")
    document = _continued(document, shared.words)
    register = tuple(enumerate(document.register, start=1))
    entries = (
        *(_register_entry(index, label, shared.words) for index, (label, _) in register),
        *_entries(document, shared.words),
    )
    _check_names(name, entries)
    form = layout(document, shared, first="form")
    inputs = tuple(
        (
            label,
            _input(form, index, REGISTER.word if value and value == shared.region.name else value),
        )
        for index, (label, value) in register
    )
    page = dataclasses.replace(document, form=bool(inputs), register=inputs)
    html, assets, own = body(form, page, shared, "print.css", "fillable.css")
    payload = FormPayload(name, html, assets, entries)
    made = key(__name__, html, assets, entries)
    typeset = Job(body_name(name), made, render_body, payload, len(html))
    found = key(__name__, own, [made])
    parts = (("body", typeset),)
    return Gathering(name, found, render, FillablePayload(name, own), parts=parts)


def _continued(document: b.Document, words: Catalogue) -> b.Document:
    """Return a document with a last sheet for the rows of tables that run out.

    A program can draw no new row in a PDF, so those that are likely to be needed are there.
    """
    tables = [one for one, _ in _blocks(document.blocks, "") if isinstance(one, b.FieldTable)]
    more = tuple(_rest(table, words) for table in tables if table.more)
    if not more:
        return document
    title = words("fillable.more")
    sheet = b.Section("flere-rader", title, more, new_page=True)
    return dataclasses.replace(document, blocks=(*document.blocks, sheet))


def _rest(table: b.FieldTable, words: Catalogue) -> b.FieldTable:
    summed = any(column.sum for column in table.columns)
    return dataclasses.replace(
        table,
        label=words("fillable.more_of", label=table.label),
        hint=words("fillable.more_sum") if summed else "",
        columns=tuple(dataclasses.replace(column, sum=False) for column in table.columns),
        rows=table.more,
        before=table.rows,
        labels=(),
        required=False,
        more=0,
    )


def _input(layout: Layout, index: int, value: str) -> Markup:
    return layout.render("form/register.html", name=f"forside_{index}", value=value)


def _register_entry(index: int, label: str, words: Catalogue) -> Entry:
    date = label == words("register.date")
    if date:
        label = f"{label} ({words('field.date')})"
    return Entry(f"forside_{index}", f"{label} – {words('fillable.cover')}", date)


def _check_names(name: str, entries: Iterable[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.name in seen or "." in entry.name:
            raise WriterError(f"{name}: to felt kan ikke hete «{entry.name}»")
        seen.add(entry.name)


def _blocks(blocks: Iterable[b.Block], section: str) -> Iterator[tuple[b.Asking, str]]:
    """Return each block to fill in, in reading order, with the heading that it stands under."""
    for block in blocks:
        if isinstance(block, b.Section):
            yield from _blocks(block.blocks, f"{block.number} {block.title}".strip())
        elif isinstance(block, b.Asking):
            yield block, section


def _entries(document: b.Document, words: Catalogue) -> Iterator[Entry]:
    """Return the fields of a document in reading order: those that `layouts/form/` writes."""
    for block, section in _blocks(document.blocks, document.title):
        if isinstance(block, b.FieldTable):
            yield from _table(block, section, words)
        elif isinstance(block, b.Field):
            yield from _field(block, section, words)
        elif isinstance(block, b.Question):
            yield Entry(f"sporsmal_{block.number}", _join(f"{block.number} {block.text}", section))
        else:
            for point in block.points:
                yield Entry(f"punkt_{point.id}", _join(point.text, section))


def _join(*parts: str) -> str:
    return " – ".join(part for part in parts if part)


def _label(label: str, words: Catalogue, kind: str = "", required: bool = False) -> str:
    """Return a label with what stands beside it on the page: unit or form, and whether needed."""
    if kind in ("date", "amount", "number"):
        label += f" ({words(f'field.{kind}')})"
    return label + (f" ({words('field.required')})" if required else "")


def _field(field: b.Field, section: str, words: Catalogue) -> Iterator[Entry]:
    label = _label(field.label, words, field.kind, field.required)
    if field.kind == "checklist":
        # No single box must be ticked, so none has the flag; the label says that one must.
        for code, text in field.options:
            yield Entry(f"{field.id}_{code}", _join(text, label, section))
    else:
        yield Entry(field.id, _join(label, section), field.kind == "date", field.required)


def _table(table: b.FieldTable, section: str, words: Catalogue) -> Iterator[Entry]:
    label = _label(table.label, words, required=table.required)
    for row in range(table.rows):
        given = row < len(table.labels)
        number = row + 1 + table.before
        name = table.labels[row] if given else words("fillable.row", n=number)
        for column in table.columns[given:]:
            yield Entry(
                f"{table.id}_{number}_{column.id}",
                _join(_label(column.label, words, column.kind), name, label, section),
                column.kind == "date",
                table.required and row == 0 and column.kind != "choice",
            )
    for column in table.columns[1:]:
        if column.sum:
            tooltip = _join(_label(column.label, words, column.kind), words("field.sum"))
            yield Entry(f"{table.id}_sum_{column.id}", _join(tooltip, label, section))


def render_body(payload: FormPayload) -> Rendered:
    """Return the body of a form, typeset, with its fields.

    Raises WriterError when WeasyPrint warns or asks for other files than the payload's, and
    when the fields in the file are not the payload's, in its order.
    """
    import pikepdf

    try:
        raw, pages = pdf_pass.raw_pdf(
            payload.html,
            payload.assets,
            pdf_variant="pdf/ua-1",
            pdf_forms=True,
            uncompressed_pdf=True,
        )
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            pdf_pass.mend_tags(pdf)
            _mend_form(pdf, payload.entries)
            return Rendered(pdf_pass.save(pdf), pages)
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error


def render(gathered: Gathered) -> Rendered:
    """Return the form of a payload and its body. Raises WriterError when they do not fit."""
    payload, parts = gathered
    own = payload.own
    try:
        return Rendered(
            *filled(parts["body"], own, lambda pdf: _draw_values(pdf, pdf.Root.AcroForm, own))
        )
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error


def _mend_form(pdf: Any, entries: tuple[Entry, ...]) -> None:
    """Give the fields what WeasyPrint does not: tooltip, flags, dates, a font, an order."""
    import pikepdf

    form = pdf.Root.AcroForm
    found, names = [str(field.T) for field in form.Fields], [entry.name for entry in entries]
    if odd := sorted((Counter(found) - Counter(names)) + (Counter(names) - Counter(found)))[:3]:
        raise pdf_pass.PassError(f"feltene i filen er ikke dokumentets: {', '.join(odd)}")
    fields = dict(zip(found, form.Fields, strict=True))
    form.Fields = pikepdf.Array([fields[name] for name in names])
    # With this flag, Firefox saves what is typed without drawing it, and Chromium, which draws
    # it then, has no letters beyond Windows' own. Without it, each reader draws with our font.
    del form.NeedAppearances
    form.DR = pikepdf.Dictionary(Font=form_fonts(pdf, form, fields.values()))
    ticks: dict[bytes, Any] = {}
    dates = _date_actions(pdf)
    for entry in entries:
        _mend_field(fields[entry.name], entry, dates, ticks)
    for page in pdf.pages:
        page.obj.Tabs = pikepdf.Name.S  # the order of the tags, which is that of reading


def _mend_field(field: Any, entry: Entry, dates: Any, ticks: dict[bytes, Any]) -> None:
    import pikepdf

    # Text strings (ISO 32000-1, 7.9.2.2): pikepdf writes UTF-16 where Latin does not do.
    field.TU = pikepdf.String(entry.tooltip)
    flags = int(field.get("/Ff", 0)) | (_REQUIRED if entry.required else 0)
    if flags:
        field.Ff = flags
    if field.FT == "/Btn":
        field.MK = pikepdf.Dictionary(CA=pikepdf.String("4"))  # a tick, for readers that draw it
        field.DA = pikepdf.String(f"/ZaDb 0 Tf {_INK}")
        on = field.AP.N.get("/on")
        # All ticks look the same, so they are one drawing.
        field.AP.N.on = ticks.setdefault(on.read_bytes() + repr(on.BBox).encode(), on)
        return
    # The size of the layout, never 0: each reader then chooses one for each box, and one is huge
    # and the next too small to read. What is longer than its box scrolls.
    field.DA = pikepdf.String(f"/{FONT} {_size(field):g} Tf {_INK}")
    if entry.date:
        field.AA = dates


def _size(field: Any) -> float:
    found = re.search(r"/\S+ ([\d.]+) Tf", str(field.DA))
    return float(found[1]) if found else 0


def _draw_values(pdf: Any, form: Any, own: Own) -> None:
    """Draw what is filled in from the start, for readers that draw nothing until one types."""
    import pikepdf

    codes = {letter: code for code, letter in letters().items()}
    for field in form.Fields:
        value = str(field.get("/V", ""))
        if value == REGISTER.word:
            value = own.name
            field.V = pikepdf.String(value)
        if field.FT != "/Tx" or not value or set(value) - set(codes):
            continue
        left, bottom, right, top = (float(side) for side in field.Rect)
        width, height, size = abs(right - left), abs(top - bottom), _size(field)
        text = pikepdf.String(bytes(codes[letter] for letter in value)).unparse().decode("latin-1")
        content = (
            f"/Tx BMC q BT /{FONT} {size:g} Tf {_INK} 2 {height / 2 - 0.36 * size:.2f} Td "
            f"{text} Tj ET Q EMC"
        )
        drawing = pdf.make_stream(content.encode("latin-1"))
        drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawing.BBox = pikepdf.Array([0, 0, round(width, 2), round(height, 2)])
        drawing.Resources = form.DR
        field.AP = pikepdf.Dictionary(N=drawing)


def _date_actions(pdf: Any) -> Any:
    """Return the actions that make a text field a date field: readers show a calendar for them."""
    import pikepdf

    def action(call: str) -> Any:
        script = pikepdf.String(f'{call}("{_DATE}");')
        return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)

    found = pikepdf.Dictionary(F=action("AFDate_FormatEx"), K=action("AFDate_KeystrokeEx"))
    return pdf.make_indirect(found)
