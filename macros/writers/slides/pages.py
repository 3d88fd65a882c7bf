"""Slides made of their layouts: each text in its placeholder, in the order that it is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.content.rich import Run
from macros.writers.slides.fit import Para, fitting, paragraphs
from macros.writers.slides.split import COLUMNS, Page

ASIDE, RESULT, EXTRA = 10, 11, 12  # indexes of the placeholders that are ours
_LAYOUTS = {"cover": 0, "text": 1, "table": 2, "task": 3, "pause": 4}
_NAMES = {0: "Tittel", 1: "Innhold", ASIDE: "Tid", RESULT: "Resultat", EXTRA: "Adresse"}
_COVER_SIZES, _COVER_TALL = (44, 40, 36, 32, 28, 24, 20, 18), 165


class Pages:
    """The slides of one file."""

    def __init__(self, file: Any, language: str) -> None:
        self.file, self.language = file, language

    def cover(
        self, title: str, subtitle: str, version: str, address: str, notes: Iterable[str]
    ) -> None:
        """Add the title slide."""
        slide = self._slide("cover")
        size = fitting([Para((Run(title),))], _COVER_SIZES, 800, _COVER_TALL)
        self._write(slide, 0, [Para((Run(title),))], size)
        self._write(slide, 1, [Para((Run(subtitle),))], 24)
        lines = [Para((Run(version),)), Para((Run(address, target=address),))]
        self._write(slide, EXTRA, lines, 14)
        self._notes(slide, [Para((Run(text),)) for text in notes])

    def add(self, page: Page) -> None:
        """Add a slide; a placeholder that nothing goes into is taken away."""
        slide = self._slide(page.kind)
        self._write(slide, 0, [Para((Run(page.title),))], page.title_size)
        size = page.aside_size if page.kind != "pause" else 0
        self._write(slide, ASIDE, [Para((Run(page.aside),))] if page.aside else [], size)
        if page.kind == "table":
            self._table(slide, page)
        else:
            self._write(slide, 1, page.body, page.size)
        if page.kind == "task":
            result = [Para((Run(page.result),))] if page.result else []
            self._write(slide, RESULT, result, page.result_size)
        said = []
        for label, cell in page.notes:
            said += [Para((Run(label, strong=True),)), *paragraphs(cell)]
        if said:
            self._notes(slide, said)

    def _slide(self, kind: str) -> Any:
        slide = self.file.slides.add_slide(self.file.slide_layouts[_LAYOUTS[kind]])
        for shape in slide.placeholders:
            shape.name = _NAMES[shape.placeholder_format.idx]
        return slide

    def _write(self, slide: Any, index: int, found: Iterable[Para], size: float = 0) -> None:
        (shape,) = (s for s in slide.placeholders if s.placeholder_format.idx == index)
        written = list(found)
        if written:
            self._fill(shape.text_frame, written, size)
        else:
            shape._element.getparent().remove(shape._element)

    def _fill(self, frame: Any, found: Iterable[Para], size: float = 0) -> None:
        for number, para in enumerate(found):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if para.mark:
                _mark(paragraph, para, size)
            for run in para.runs:
                self._run(paragraph, run, size)

    def _run(self, paragraph: Any, run: Run, size: float) -> None:
        from pptx.util import Pt

        made = paragraph.add_run()
        made.text = run.text
        made.font._element.set("lang", self.language)
        if size:
            made.font.size = Pt(size)
        if run.strong:
            made.font.bold = True
        if run.em:
            made.font.italic = True
        if run.target.startswith("https://"):
            made.hyperlink.address = run.target

    def _notes(self, slide: Any, found: Iterable[Para]) -> None:
        notes = slide.notes_slide
        self._fill(notes.notes_text_frame, found)

    def _table(self, slide: Any, page: Page) -> None:
        from pptx.enum.text import MSO_ANCHOR
        from pptx.util import Emu, Pt

        (holder,) = (s for s in slide.placeholders if s.placeholder_format.idx == 1)
        frame = holder.insert_table(len(page.rows) + 1, len(page.header))
        frame.name = _NAMES[1]
        frame._element._nvXxPr.cNvPr.set("descr", page.title)
        wide = frame.width
        for column, share in zip(frame.table.columns, COLUMNS, strict=True):
            column.width = Emu(int(wide * share))
        tall = Pt(page.size * 1.2 + 8)
        for at, row in enumerate((page.header, *page.rows)):
            frame.table.rows[at].height = tall
            for column_at, text in enumerate(row):
                cell = frame.table.cell(at, column_at)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.margin_top = cell.margin_bottom = Pt(4)
                cell.fill.solid()
                cell.fill.fore_color.theme_color = _ground(at)
                self._fill(cell.text_frame, [Para((Run(text, strong=at == 0),))], page.size)


def _ground(row: int) -> Any:
    """Return the colour behind a row of a table: the header's, or one of two in turn."""
    from pptx.enum.dml import MSO_THEME_COLOR as COLOUR

    if row == 0:
        return COLOUR.ACCENT_1
    return COLOUR.BACKGROUND_2 if row % 2 else COLOUR.BACKGROUND_1


def _mark(paragraph: Any, para: Para, size: float) -> None:
    """Give a paragraph its mark, as a list has it, and let the lines below it stand under it."""
    from lxml import etree

    properties = paragraph._p.get_or_add_pPr()
    step = int((size or 12) * 1.2 * 12700)
    properties.set("marL", str(step * (para.level + 1)))
    properties.set("indent", str(-step))
    tag = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    if para.mark == "•":
        etree.SubElement(properties, f"{tag}buChar", char="•")
    else:
        start = para.mark.rstrip(".")
        etree.SubElement(properties, f"{tag}buAutoNum", type="arabicPeriod", startAt=start)
