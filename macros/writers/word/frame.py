"""What stands around the blocks: the head or cover, the contents, headers and footers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

from macros.content.brand.mark import Mark
from macros.content.catalogue import Catalogue
from macros.document import blocks as b
from macros.layouts.office import DRAWING
from macros.writers.word.body import Body, Heading
from macros.writers.word.package import Package
from macros.writers.word.sections import Section, text_width
from macros.writers.word.tables import gap
from macros.writers.word.xml import Element, Para, field, joined, make, paragraph, run

_HIGH, _WIDE = 14, 70  # mm: the room that a logo has on the cover
_EMU = 36000  # of a mm
_OPEN = "http://schemas.openxmlformats.org/drawingml/2006"

DEPTH = 3  # heading levels in the contents
_FEWEST = 6  # headings below which contents help nobody


def cover(document: b.Document, body: Body, logo: str | None) -> list[Element]:
    """Return the cover of a document that is written: its own title, and its register."""
    room = make("spacing", before=900 if logo else 1200, after=360)
    title = paragraph("Title", [body.forms.title(document.title)], room)
    found = [paragraph("", [logo]), title] if logo else [title]
    found[0].new_page = True  # the sheet before it may be there or not
    return [*found, *body.forms.register(document.register, body.width)]


def head(
    document: b.Document, body: Body, site: str, edition: Sequence[str], logo: str | None
) -> list[Element]:
    """Return what comes first: a cover where there is a register, else the head of a page."""
    top = [paragraph("", [logo])] if logo else []
    found: list[Element] = [
        *top,
        paragraph(
            "Utgave", [run(site)], make("spacing", before=0, after=900 if document.form else 360)
        ),
        paragraph("Merkelapp", [run(document.label)]),
        paragraph("Title", [run(document.title)]),
        paragraph("Subtitle", [run(document.summary)]),
    ]
    if document.process:
        found += body.process(document.process)
    found += body.facts(document.facts)
    if document.register:
        found.append(gap())
        found += body.forms.register(document.register, body.width)
    return [*found, paragraph("Utgave", edition)]


def contents(words: Catalogue, headings: Iterable[Heading]) -> list[Element]:
    """Return a table of contents with links, or nothing for a short document.

    It is filled in beforehand, without page numbers: Word would ask every reader «vil du
    oppdatere feltene?» if it had to do it on opening. Updating the field adds the numbers.
    It stands where the page is not full yet, so that no page has it alone.
    """
    shown = [heading for heading in headings if heading.level <= DEPTH]
    if len(shown) < _FEWEST:
        return []
    above = make("spacing", before=480, after=120)
    title = paragraph("TOCHeading", [run(words("word.contents"))], above)
    begin, instruction, separate, end = field(f'TOC \\o "1-{DEPTH}" \\h \\z \\u', [])
    entries = [_entry(heading) for heading in shown]
    entries[0].inner = begin + instruction + separate + entries[0].inner
    entries[-1].inner += end
    gallery = make(
        "docPartObj", make("docPartGallery", val="Table of Contents"), make("docPartUnique")
    )
    properties = make("sdtPr", make("id", val=1000), gallery)
    return [make("sdt", properties, make("sdtContent", title, *entries)), gap()]


def _entry(heading: Heading) -> Para:
    text = f"{heading.number} {heading.text}".lstrip()
    link = make("hyperlink", run(text), anchor=heading.bookmark, history="1")
    return paragraph(f"TOC{heading.level}", [link])


def running(
    file: Package, sections: Iterable[Section], top: Iterable[str], address: str, words: Catalogue
) -> None:
    """Give sections a header with `top`, and a footer with address and page.

    A section of another paper than the one before has its own: the tab stops differ.
    """
    inner, paper = "".join(top), ""
    for section in sections:
        if section.paper != paper:
            paper = section.paper
            _put(file, section, "header", "default", inner)
            _put(file, section, "footer", "default", _foot(address, words))


def first_page(file: Package, section: Section, address: str, words: Catalogue) -> None:
    """Give the first page a footer, and no header: title and region stand on it."""
    section.first = True
    _put(file, section, "header", "first", "")
    _put(file, section, "footer", "first", _foot(address, words))


def _foot(address: str, words: Catalogue) -> str:
    before, _, rest = words("word.page").partition("{page}")
    between, _, after = rest.partition("{pages}")
    return joined(
        run(f"{address}\t{before}"),  # without an address the page still stands at the right
        *field("PAGE", [run("1")]),
        run(between),
        *field("NUMPAGES", [run("1")]),
        run(after) if after else None,
    )


def _put(file: Package, section: Section, kind: str, when: str, inner: str) -> None:
    tabs = make("tabs", make("tab", val="right", pos=text_width(section.paper)))
    text = str(paragraph(kind.title(), [inner], tabs))
    section.heads.append((kind, when, file.head(kind, text)))


def logo(file: Package, mark: Mark, alt: str) -> str:
    """Return a run with the logo, as large as its room lets it be."""
    scale = min(_HIGH / mark.height, _WIDE / mark.width)
    wide, high = (int(side * scale * _EMU) for side in (mark.width, mark.height))
    relation = file.picture(mark.picture)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_OPEN}/wordprocessingDrawing" xmlns:a="{DRAWING}"'
        f' xmlns:pic="{_OPEN}/picture"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="1" name="Logo" descr={quoteattr(alt)}/><wp:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="{_OPEN}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" '
        'name="image.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
