"""Word: the tree as a document of real styles, with a content control for each field.

WordprocessingML (ISO/IEC 29500, transitional) through python-docx, which keeps the package's
parts and relations; content controls it does not know, so they are written here.
"""

from __future__ import annotations

import io
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from macros.content.catalogue import Catalogue
from macros.content.rich import Run
from macros.document import blocks as b
from macros.document.formats import file_name
from macros.document.shared import Shared, absolute_link
from macros.keys import key
from macros.layouts.office import FONT, LANGUAGES, Fonts, Office, office, repack, theme
from macros.writers import Job, Rendered

if TYPE_CHECKING:
    from macros.writers.word.body import Body

_NAME_LENGTH = 40  # characters of a bookmark, at most


@dataclass(frozen=True)
class WordPayload(Office):
    """The whole input of one file."""

    name: str
    document: b.Document


def job(document: b.Document, shared: Shared) -> Job:
    """Return the job that makes the document's Word file."""
    name = file_name(document.name, "docx")
    payload = WordPayload(**vars(office(shared)), name=name, document=document)
    return Job(payload.name, key(__name__, replace(payload, name="")), render, payload)


def render(payload: WordPayload) -> Rendered:
    """Return the Word file of a payload."""
    import docx

    from macros.writers.word import frame, package
    from macros.writers.word.body import section_properties

    document, words = payload.document, payload.words
    numbered = _is_numbered(document.parted[1])
    look = parts(
        dict(payload.colours), LANGUAGES[document.language], words, payload.fonts, numbered=numbered
    )
    file = docx.Document(io.BytesIO(package.empty(_properties(payload), look)))
    body = _body(payload, file, numbered)
    first = _first(payload, file, body)
    body.write(document.parted[1])
    listed = frame.contents(words, body.headings)
    root = file.element.body
    for element in [*first, *listed, *_on_new_page(document, body.elements)]:
        root.append(element)
    root.append(section_properties(body.paper))
    _run_heads(payload, file, body)
    if body.forms.controls.answers:
        body.forms.controls.answers.put_into(file)
    out = io.BytesIO()
    file.save(out)
    return Rendered(repack(out.getvalue(), document.updated), None)


def parts(
    colours: Mapping[str, str],
    language: str,
    words: Catalogue,
    families: Fonts,
    *,
    numbered: bool = False,
) -> dict[str, str]:
    """Return the XML of the parts that make the look, by their kind; see `package.empty`.

    `families` are the region's fonts of text and of headings; `numbered` gives headings numbers.
    """
    from macros.writers.word.fonts import fonts
    from macros.writers.word.styles import numbering, styles

    base, headings = (font or FONT for font in families)
    return {
        "styles": styles(colours, language, words("guidance"), (base, headings), numbered=numbered),
        "numbering": numbering(numbered=numbered),
        "theme": theme(colours, families),
        "fontTable": fonts(FONT, base, headings),
    }


def _is_numbered(blocks: tuple[b.Block, ...], above: str = "") -> bool:
    """Return whether all sections are numbered in order, so that Word can do it itself."""
    sections = [block for block in blocks if isinstance(block, b.Section)]
    return (bool(sections) or bool(above)) and all(
        section.number == f"{above}{at}" and _is_numbered(section.blocks, f"{section.number}.")
        for at, section in enumerate(sections, start=1)
    )


def _first(payload: WordPayload, file: Any, body: Body) -> list[Any]:
    """Return what stands before the contents: help and cover, or the head of a page."""
    from macros.writers.word import frame
    from macros.writers.word.sheet import sheet

    document, edition, logo = payload.document, _edition(payload, body), _logo(payload, file)
    if not document.written:
        return frame.head(document, body, _site(payload), edition, logo)
    return [sheet(document, body, payload.words, edition), *frame.cover(document, body, logo)]


def _body(payload: WordPayload, file: Any, numbered: bool) -> Body:
    from macros.writers.word.answers import Answers
    from macros.writers.word.body import Body
    from macros.writers.word.controls import Controls
    from macros.writers.word.forms import Forms
    from macros.writers.word.text import Texts

    bookmarks = _bookmarks(payload.document.blocks)
    texts = Texts(_links(payload, file, bookmarks), lists(file))
    found = payload.document
    answers = Answers(found.kind, found.id, found.version, found.language) if found.asks else None
    if answers:
        answers.place("cover", "title", value=found.title)
    controls = Controls(LANGUAGES[found.language], answers)
    forms = Forms(payload.words, controls, texts, own=bool(found.written))
    colours = dict(payload.colours)
    fills = (colours["tint-1"], colours["tint-3"])
    return Body(forms, texts, bookmarks, LANGUAGES, fills, numbered)


def _links(payload: WordPayload, file: Any, bookmarks: Mapping[str, str]) -> Any:
    outside = links_out(file, payload.base_url)
    own = f"{payload.document.kind}/{payload.document.id}#"

    def link(target: str) -> tuple[str, str]:
        fragment = target.removeprefix(own)
        if fragment != target and fragment in bookmarks:
            return "", bookmarks[fragment]
        return outside(target)

    return link


def links_out(file: Any, base_url: str) -> Callable[[str], tuple[str, str]]:
    """Return what gives a link's relation in the file, and no bookmark: see `Texts`."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    def link(target: str) -> tuple[str, str]:
        url = urllib.parse.quote(absolute_link(target, base_url), safe="%/:=&?~#+!$,;'@()*")
        return file.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True), ""

    return link


def _bookmarks(blocks: tuple[b.Block, ...]) -> dict[str, str]:
    """Return a name that Word takes for each section: letters, digits and `_`, none twice."""
    return {
        section.id: f"s{number}_{re.sub(r'[^0-9A-Za-z]', '_', section.id)}"[:_NAME_LENGTH]
        for number, section in enumerate(_sections(blocks), start=1)
    }


def _sections(blocks: tuple[b.Block, ...]) -> Iterator[b.Section]:
    for block in blocks:
        if isinstance(block, b.Section):
            yield block
            yield from _sections(block.blocks)


def lists(file: Any) -> Callable[[], int]:
    """Return what begins a numbered list anew and gives its instance: see `Texts`."""
    from macros.writers.word.xml import make

    numbering = file.part.numbering_part.element

    def new_list() -> int:
        number = len(numbering.num_lst) + 1
        again = make("lvlOverride", make("startOverride", val=1), ilvl=0)
        numbering.append(make("num", make("abstractNumId", val=1), again, numId=number))
        return number

    return new_list


def _on_new_page(document: b.Document, elements: list[Any]) -> list[Any]:
    """Return the elements; what is written begins on the page after its cover.

    All else follows the contents, so that no page has a few lines of those alone.
    """
    if document.written and elements and hasattr(elements[0], "get_or_add_pPr"):
        elements[0].get_or_add_pPr().get_or_add_pageBreakBefore()
    return elements


def _site(payload: WordPayload) -> str:
    name = payload.words("site.name")
    return f"{name} · {payload.region}" if payload.region else name


def _page(payload: WordPayload) -> str:
    return payload.base_url + payload.document.address


def _edition(payload: WordPayload, body: Body) -> list[Any]:
    """Return the line on version, date and address, as on the page."""
    document, words = payload.document, payload.words
    date = words.date(document.updated) if document.updated else ""
    text = words("page.version", version=document.version, date=date)
    page = _page(payload)
    return body.texts.runs((Run(f"{text} · {words('print.address')}: "), Run(page, target=page)))


def _logo(payload: WordPayload, file: Any) -> Any:
    from macros.writers.word import frame

    if payload.logo is None:
        return None
    mark, alt = payload.logo
    return frame.logo(file, io.BytesIO(mark.picture), (mark.width, mark.height), alt)


def _run_heads(payload: WordPayload, file: Any, body: Body) -> None:
    from macros.writers.word import frame

    sections, words, width = list(file.sections), payload.words, 0
    # What is written says where it comes from on the sheet before it, and in its properties.
    page = "" if payload.document.written else _page(payload)
    frame.first_page(sections[0], page, words)
    for section in sections:
        if section.page_width != width:  # the tab stops differ, so A3 has its own
            frame.running(section, _top(payload, body), page, words)
        width = section.page_width


def _top(payload: WordPayload, body: Body) -> list[Any]:
    """Return the line above each page but the first: title and region."""
    from macros.writers.word.xml import run

    document = payload.document
    if not document.written:
        return [run(f"{document.title}\t{_site(payload)}")]
    region = [run("\t"), body.forms.region(payload.region)] if payload.region else []
    return [body.forms.title(document.title), *region]


def _properties(payload: WordPayload) -> Any:
    from macros.writers.word.package import Properties

    document, words, page = payload.document, payload.words, _page(payload)
    own = {words("word.source"): page, words("word.source_version"): document.version}
    return Properties(
        title=document.title,
        author=payload.owner,
        label=document.label,
        summary=document.summary,
        keywords=f"{document.label}, {_site(payload)}",
        version=document.version,
        language=LANGUAGES[document.language],
        address=page,
        updated=document.updated,
        own=tuple({**own, **dict(document.register)}.items()),
    )
