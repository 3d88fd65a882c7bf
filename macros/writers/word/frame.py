"""What stands around the blocks: the head or cover, the contents, headers and footers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from macros.content.catalogue import Catalogue
from macros.document import blocks as b
from macros.writers.word.body import Body, Heading
from macros.writers.word.tables import gap
from macros.writers.word.xml import Element, field, make, paragraph, run

_HIGH, _WIDE = 14, 70  # mm: the room that a logo has on the cover

DEPTH = 3  # heading levels in the contents
_FEWEST = 6  # headings below which contents help nobody


def cover(document: b.Document, body: Body, logo: Element | None) -> list[Element]:
    """Return the cover of a document that is written: its own title, and its register."""
    title = paragraph("Title", [body.forms.title(document.title)], *_far_down(logo is None))
    found = [paragraph("", [logo]), title] if logo is not None else [title]
    # The sheet before it may be there or not.
    found[0].get_or_add_pPr().get_or_add_pageBreakBefore()
    return [*found, *body.forms.register(document.register, body.width)]


def _far_down(alone: bool) -> list[Element]:
    return [make("spacing", before=1200 if alone else 900, after=360)]


def head(
    document: b.Document, body: Body, site: str, edition: Sequence[Element], logo: Element | None
) -> list[Element]:
    """Return what comes first: a cover where there is a register, else the head of a page."""
    top = [paragraph("", [logo])] if logo is not None else []
    found = [
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
    entries = [_entry(heading) for heading in shown]
    begin, instruction, separate, end = field(f'TOC \\o "1-{DEPTH}" \\h \\z \\u', [])
    at = next(at for at, part in enumerate(entries[0]) if part.tag == qn("w:hyperlink"))
    for offset, part in enumerate((begin, instruction, separate)):
        entries[0].insert(at + offset, part)
    entries[-1].append(end)
    gallery = make(
        "docPartObj", make("docPartGallery", val="Table of Contents"), make("docPartUnique")
    )
    properties = make("sdtPr", make("id", val=1000), gallery)
    return [make("sdt", properties, make("sdtContent", title, *entries)), gap()]


def _entry(heading: Heading) -> Element:
    text = f"{heading.number} {heading.text}".lstrip()
    link = make("hyperlink", run(text), anchor=heading.bookmark, history="1")
    return paragraph(f"TOC{heading.level}", [link])


def running(section: Any, top: Iterable[Element], address: str, words: Catalogue) -> None:
    """Fill a section's header with title and region, its footer with address and page."""
    width = section.page_width - section.left_margin - section.right_margin
    section.header.is_linked_to_previous = False
    _fill(section.header, "Header", top, width)
    section.footer.is_linked_to_previous = False
    _fill(section.footer, "Footer", _foot(address, words), width)


def first_page(section: Any, address: str, words: Catalogue) -> None:
    """Give the first page a footer, and no header: title and region stand on it."""
    width = section.page_width - section.left_margin - section.right_margin
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    _fill(section.first_page_header, "Header", [], width)
    section.first_page_footer.is_linked_to_previous = False
    _fill(section.first_page_footer, "Footer", _foot(address, words), width)


def _foot(address: str, words: Catalogue) -> list[Element]:
    before, _, rest = words("word.page").partition("{page}")
    between, _, after = rest.partition("{pages}")
    return [
        run(f"{address}\t{before}"),  # without an address the page still stands at the right
        *field("PAGE", [run("1")]),
        run(between),
        *field("NUMPAGES", [run("1")]),
        *([run(after)] if after else []),
    ]


def _fill(part: Any, style: str, inner: Iterable[Element], width: int) -> None:
    tabs = make("tabs", make("tab", val="right", pos=width // 635))  # EMU to twips
    old = part.paragraphs[0]._p
    old.addprevious(paragraph(style, inner, tabs))
    old.getparent().remove(old)


def logo(document: Any, png: Any, size: tuple[int, int], alt: str) -> Element:
    """Return a run with the logo, as large as its room lets it be."""
    width, height = size
    scale = min(_HIGH / height, _WIDE / width)
    inline = document.part.new_pic_inline(png, Mm(width * scale), Mm(height * scale))
    inline.docPr.set("descr", alt)
    inline.docPr.set("name", "Logo")
    return make("r", make("drawing", inline))
