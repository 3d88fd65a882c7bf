"""Slides made of their layouts: each text in its placeholder, in the order that it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from macros.content.rich import Run
from macros.layouts.markup import attribute, text as escaped
from macros.writers.slides.fit import Para, fitting, paragraphs
from macros.writers.slides.master import EMU, TABLE_BOX
from macros.writers.slides.package import Slide
from macros.writers.slides.split import COLUMNS, Page

TITLE, BODY, ASIDE, RESULT, EXTRA = 0, 1, 10, 11, 12  # indexes of placeholders; the last are ours
_SMALL = 'type="body" idx="{}" sz="quarter"'
_HEAD, _TEXT, _TIME = 'type="title"', 'type="body" idx="1"', _SMALL.format(ASIDE)
# Each layout's number and its placeholders in order; see `master.py`.
_LAYOUTS: dict[str, tuple[int, dict[int, str]]] = {
    "cover": (
        1,
        {TITLE: 'type="ctrTitle"', BODY: 'type="subTitle" idx="1"', EXTRA: _SMALL.format(EXTRA)},
    ),
    "text": (2, {TITLE: _HEAD, ASIDE: _TIME, BODY: _TEXT}),
    "table": (3, {TITLE: _HEAD, ASIDE: _TIME, BODY: 'type="tbl" idx="1"'}),
    "task": (4, {TITLE: _HEAD, ASIDE: _TIME, BODY: _TEXT, RESULT: _SMALL.format(RESULT)}),
    "pause": (5, {TITLE: _HEAD, ASIDE: _TIME, BODY: _TEXT}),
}
_NAMES = {TITLE: "Tittel", BODY: "Innhold", ASIDE: "Tid", RESULT: "Resultat", EXTRA: "Adresse"}
_FIRST = 2  # id of a slide's first shape: its tree has 1
_COVER_SIZES, _COVER_TALL = (44, 40, 36, 32, 28, 24, 20, 18), 165
_TABLE_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"  # Office's own first choice


class Pages:
    """The slides of one file."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.slides: list[Slide] = []

    def cover(
        self, title: str, subtitle: str, version: str, address: str, notes: Iterable[str]
    ) -> None:
        """Add the title slide."""
        slide = self.slide("cover")
        size = fitting([Para((Run(title),))], _COVER_SIZES, 800, _COVER_TALL)
        lines = [Para((Run(version),)), Para((Run(address, target=address),))]
        texts = {
            TITLE: self.written(slide, [Para((Run(title),))], size),
            BODY: self.written(slide, [Para((Run(subtitle),))], 24),
            EXTRA: self.written(slide, lines, 14),
        }
        slide.shapes += placed("cover", texts)
        self.note(slide, [Para((Run(text),)) for text in notes])

    def add(self, page: Page) -> None:
        """Add a slide; a placeholder that nothing goes into is left out."""
        slide = self.slide(page.kind)
        size = page.aside_size if page.kind != "pause" else 0
        texts = {
            TITLE: self.written(slide, [Para((Run(page.title),))], page.title_size),
            ASIDE: self.written(slide, [Para((Run(page.aside),))] * bool(page.aside), size),
        }
        if page.kind != "table":
            texts[BODY] = self.written(slide, page.body, page.size)
        if page.kind == "task" and page.result:
            texts[RESULT] = self.written(slide, [Para((Run(page.result),))], page.result_size)
        slide.shapes += placed(page.kind, texts)
        if page.kind == "table":
            slide.shapes.append(self._table(slide, page))
        said = []
        for label, cell in page.notes:
            said += [Para((Run(label, strong=True),)), *paragraphs(cell)]
        self.note(slide, said)

    def slide(self, kind: str) -> Slide:
        """Return a new slide without shapes."""
        made = Slide(len(self.slides) + 1, _LAYOUTS[kind][0])
        self.slides.append(made)
        return made

    def note(self, slide: Slide, found: Iterable[Para]) -> None:
        """Write what is said at a slide."""
        slide.notes += [self._paragraph(para, 0, slide.link_notes) for para in found]

    def written(self, slide: Slide, found: Iterable[Para], size: float = 0) -> str:
        """Return paragraphs on a slide; without a size they have the layout's."""
        return "".join(self._paragraph(para, size, slide.link) for para in found)

    def _paragraph(self, para: Para, size: float, link: Callable[[str], str]) -> str:
        runs = "".join(self._run(run, size, link) for run in para.runs)
        return f"<a:p>{_mark(para, size) if para.mark else ''}{runs}</a:p>"

    def _run(self, run: Run, size: float, link: Callable[[str], str]) -> str:
        look = f' lang="{self.language}"' + (f' sz="{int(size * 100)}"' if size else "")
        look += ' b="1"' * run.strong + ' i="1"' * run.em
        inner = ""
        if run.target.startswith("https://"):
            inner = f'<a:hlinkClick r:id="{link(run.target)}"/>'
        own = f"<a:rPr{look}>{inner}</a:rPr>" if inner else f"<a:rPr{look}/>"
        return f"<a:r>{own}<a:t>{escaped(run.text)}</a:t></a:r>"

    def _table(self, slide: Slide, page: Page) -> str:
        left, top, wide, _ = (round(side * EMU) for side in TABLE_BOX)
        widths = [int(wide * share) for share in COLUMNS]
        tall = int((page.size * 1.2 + 8) * EMU)
        rows = (page.header, *page.rows)
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{_FIRST + 2}" name="{_NAMES[BODY]}"'
            f' descr="{attribute(page.title)}"/><p:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>'
            f"<p:ph {_LAYOUTS['table'][1][BODY]}/></p:nvPr></p:nvGraphicFramePr><p:xfrm>"
            f'<a:off x="{left}" y="{top}"/><a:ext cx="{sum(widths)}" cy="{tall * len(rows)}"/>'
            '</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/'
            '2006/table"><a:tbl><a:tblPr firstRow="1" bandRow="1">'
            f"<a:tableStyleId>{_TABLE_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>"
            + "".join(f'<a:gridCol w="{width}"/>' for width in widths)
            + "</a:tblGrid>"
            + "".join(self._row(slide, page.size, tall, at, row) for at, row in enumerate(rows))
            + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _row(self, slide: Slide, size: float, tall: int, at: int, row: Iterable[str]) -> str:
        """Return a row; the colour behind it is the header's, or one of two in turn."""
        ground = "accent1" if at == 0 else "bg2" if at % 2 else "bg1"
        margin = 4 * EMU
        cells = (
            "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>"
            + self.written(slide, [Para((Run(text, strong=at == 0),))], size)
            + f'</a:txBody><a:tcPr anchor="ctr" marT="{margin}" marB="{margin}"><a:solidFill>'
            f'<a:schemeClr val="{ground}"/></a:solidFill></a:tcPr></a:tc>'
            for text in row
        )
        return f'<a:tr h="{tall}">{"".join(cells)}</a:tr>'


def placed(kind: str, texts: Mapping[int, str]) -> list[str]:
    """Return a layout's placeholders with their texts; one that has none is left out."""
    return [
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{_NAMES[index]}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {holder}/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{texts[index]}</p:txBody></p:sp>"
        for number, (index, holder) in enumerate(_LAYOUTS[kind][1].items(), start=_FIRST)
        if texts.get(index)
    ]


def _mark(para: Para, size: float) -> str:
    """Return a paragraph's mark, as a list has it; the lines below it stand under it."""
    step = int((size or 12) * 1.2 * EMU)
    place = f'marL="{step * (para.level + 1)}" indent="{-step}"'
    start = para.mark.rstrip(".")
    mark = (
        '<a:buChar char="•"/>'
        if para.mark == "•"
        else f'<a:buAutoNum type="arabicPeriod" startAt="{start}"/>'
    )
    return f"<a:pPr {place}>{mark}</a:pPr>"
