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
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from macros.content.catalogue import Catalogue
from macros.document import blocks as b
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import Layout, pdf_pass
from macros.writers import Job, Rendered, WriterError

# The flags of a field (ISO 32000-1, tables 221 and 228).
_REQUIRED, _MULTILINE = 1 << 1, 1 << 12
_DATE = "dd.mm.yyyy"
_INK = "0.086 0.125 0.165 rg"  # the print layout's #16202a
_FONT = "InterForm"
# WinAnsi lacks the letters of the Sámi languages that stand here in place of signs that nobody
# types in a form. All have a name in Adobe's glyph list, as PDF/UA-1 (7.21.6) asks.
_SAMI = {
    0x81: "Ccaron", 0x83: "Nacute", 0x86: "nacute", 0x87: "Gcaron", 0x88: "gcaron", 0x8D: "ccaron",
    0x8F: "Dcroat", 0x90: "dcroat", 0x98: "Eng", 0x9D: "eng", 0xA4: "Tbar", 0xA6: "tbar",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A field of the form: `name` is stable over versions, `tooltip` is what is read aloud."""

    name: str
    tooltip: str
    date: bool = False
    required: bool = False


@dataclass(frozen=True)
class FillablePayload:
    """The whole input of one form. `assets` maps `asset:` names to files."""

    name: str
    html: str
    assets: dict[str, pdf_pass.Asset]
    entries: tuple[Entry, ...]


def can_fill(document: b.Document) -> bool:
    """Return whether the document's blocks hold something to fill in or tick off."""
    return bool(document.name) and next(_blocks(document.blocks, ""), None) is not None


def job(document: b.Document, shared: Shared) -> Job:
    """Return the job that makes the document's form; ask `can_fill` first."""
    name = file_name(document.name, "fillable")
    register = tuple(enumerate(document.register, start=1))
    entries = (
        *(_register_entry(index, label, shared.words) for index, (label, _) in register),
        *_entries(document, shared.words),
    )
    _check_names(name, entries)
    layout = Layout("print", shared.words, pdf_pass.links(document, shared), first="form")
    inputs = tuple((label, _input(layout, index, value)) for index, (label, value) in register)
    page = dataclasses.replace(document, form=bool(inputs), register=inputs)
    html = pdf_pass.document_html(layout, page, shared, "print.css", "fillable.css")
    assets = pdf_pass.assets(shared.brand)
    found = key(__name__, html, assets, entries)
    return Job(name, found, render, FillablePayload(name, html, assets, entries), len(html))


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


_Fill = b.Field | b.FieldTable | b.Question | b.Checklist


def _blocks(blocks: Iterable[b.Block], section: str) -> Iterator[tuple[_Fill, str]]:
    """Return each block to fill in, in reading order, with the heading that it stands under."""
    for block in blocks:
        if isinstance(block, b.Section):
            yield from _blocks(block.blocks, f"{block.number} {block.title}".strip())
        elif isinstance(block, _Fill):
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
        name = table.labels[row] if given else words("fillable.row", n=row + 1)
        for column in table.columns[given:]:
            yield Entry(
                f"{table.id}_{row + 1}_{column.id}",
                _join(_label(column.label, words, column.kind), name, label, section),
                column.kind == "date",
                table.required and row == 0 and column.kind != "choice",
            )
    for column in table.columns[1:]:
        if column.sum:
            tooltip = _join(_label(column.label, words, column.kind), words("field.sum"))
            yield Entry(f"{table.id}_sum_{column.id}", _join(tooltip, label, section))


def render(payload: FillablePayload) -> Rendered:
    """Return the form of a payload.

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
    form.DR = pikepdf.Dictionary(Font=_form_fonts(pdf, form, fields.values()))
    ticks: dict[bytes, Any] = {}
    dates = _date_actions(pdf)
    for entry in entries:
        _mend_field(fields[entry.name], entry, dates, ticks)
    _draw_values(pdf, form)
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
    # Size 0: the reader makes the text smaller when it fills the box, so that no word is hidden.
    field.DA = pikepdf.String(f"/{_FONT} 0 Tf {_INK}")
    if entry.date:
        field.AA = dates


def _draw_values(pdf: Any, form: Any) -> None:
    """Draw what is filled in from the start, for readers that draw nothing until one types."""
    import pikepdf

    codes = {letter: code for code, letter in _letters().items()}
    for field in form.Fields:
        value = str(field.get("/V", ""))
        if field.FT != "/Tx" or not value or set(value) - set(codes):
            continue
        left, bottom, right, top = (float(side) for side in field.Rect)
        width, height = abs(right - left), abs(top - bottom)
        text = pikepdf.String(bytes(codes[letter] for letter in value)).unparse().decode("latin-1")
        content = (
            f"/Tx BMC q BT /{_FONT} 10.5 Tf {_INK} 2 {height / 2 - 3.75:.2f} Td {text} Tj ET Q EMC"
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


def _form_fonts(pdf: Any, form: Any, fields: Iterable[Any]) -> Any:
    """Return the fonts to type in and to tick with.

    WeasyPrint names a composite font, for which readers must turn letters into glyph numbers;
    some cannot. So its program is put into a simple font, which every reader can write with.
    """
    import pikepdf

    found = pikepdf.Dictionary(
        ZaDb=pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.ZapfDingbats,
        )
    )
    used = {name for field in fields if (name := _font_name(field))}
    if used:  # not where there are only boxes to tick
        (composite,) = used
        found[f"/{_FONT}"] = _simple_font(pdf, form.DR.Font[composite])
        del form.DR.Font[composite]
    return found


def _font_name(field: Any) -> str | None:
    found = re.search(r"(/\S+) \S+ Tf", str(field.get("/DA", "")))
    return found[1] if found else None


def _simple_font(pdf: Any, composite: Any) -> Any:
    import pikepdf

    descriptor = composite.DescendantFonts[0].FontDescriptor
    letters = _letters()
    program, widths = _program(descriptor.FontFile2.read_bytes())
    descriptor.FontFile2.write(program)
    descriptor.FontFile2.Length1 = len(program)
    descriptor.Flags = 1 << 5  # not symbolic
    differences: list[Any] = []
    for code, name in _SAMI.items():
        differences += [code, pikepdf.Name(f"/{name}")]
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.TrueType,
            BaseFont=descriptor.FontName,
            FirstChar=32,
            LastChar=255,
            Widths=pikepdf.Array(widths),
            FontDescriptor=descriptor,
            Encoding=pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding,
                BaseEncoding=pikepdf.Name.WinAnsiEncoding,
                Differences=pikepdf.Array(differences),
            ),
            ToUnicode=pdf.make_stream(_to_unicode(letters)),
        )
    )


@lru_cache(maxsize=4)
def _program(whole: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Return a font with a form's letters alone, and each code's width (thousandths of an em).

    All forms have the same font whole, and cutting it takes a tenth of a form's time.
    """
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    letters = _letters()
    font = TTFont(io.BytesIO(whole), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(letter) for letter in letters.values()])
    cutter.subset(font)
    cmap, advances = font.getBestCmap(), font["hmtx"]
    scale = 1000 / font["head"].unitsPerEm
    names = [cmap.get(ord(letters.get(code, "\0"))) for code in range(32, 256)]
    out = io.BytesIO()
    font.save(out)
    widths = (round(advances[name][0] * scale) if name else 0 for name in names)
    return out.getvalue(), tuple(widths)


def _letters() -> dict[int, str]:
    """Return the letter of each code from 32 to 255 of the form's font."""
    from fontTools.agl import toUnicode  # type: ignore[import-untyped]

    found = {}
    for code in range(32, 256):
        letter = bytes([code]).decode("cp1252", errors="ignore")
        if code in _SAMI:
            found[code] = toUnicode(_SAMI[code])
        elif letter and code not in (0x7F, 0xA0, 0xAD):
            found[code] = letter
    return found


def _to_unicode(letters: dict[int, str]) -> bytes:
    lines = [f"<{code:02x}> <{ord(letter):04x}>" for code, letter in sorted(letters.items())]
    parts = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
