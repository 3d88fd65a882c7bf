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

from macros.content.brand.mark import Mark
from macros.content.catalogue import Catalogue
from macros.content.rich import Paragraph, Run
from macros.document import blocks as b
from macros.document.formats import file_name
from macros.document.shared import Shared, absolute_link
from macros.keys import key
from macros.writers import Job, Rendered

if TYPE_CHECKING:
    from macros.writers.word.body import Body

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}
COLOURS = (
    *("ink", "paper", "muted", "line", "accent", "tint-1", "tint-2", "tint-3"),
    *("heading", "first-heading", "link"),
)
_NAME_LENGTH = 40  # characters of a bookmark, at most


@dataclass(frozen=True)
class WordPayload:
    """The whole input of one file.

    `logo` is what was drawn and its alternative; `fonts` the region's, of text and of headings.
    """

    name: str
    document: b.Document
    words: Catalogue
    colours: tuple[tuple[str, str], ...]
    owner: str
    region: str
    base_url: str
    logo: tuple[Mark, str] | None
    fonts: tuple[str | None, str | None]


def job(document: b.Document, shared: Shared) -> Job:
    """Return the job that makes the document's Word file."""
    brand = shared.brand
    payload = WordPayload(
        file_name(document.name, "docx"),
        document,
        shared.words,
        tuple((name, brand.document[name]) for name in COLOURS),
        shared.region.owner,
        shared.region.name or "",
        shared.base_url,
        (mark, brand.logo.alt) if brand.logo and (mark := brand.mark("light")) else None,
        (brand.base, brand.headings),
    )
    return Job(payload.name, key(__name__, replace(payload, name="")), render, payload)


def render(payload: WordPayload) -> Rendered:
    """Return the Word file of a payload."""
    import docx

    from macros.writers.word import frame, package
    from macros.writers.word.body import section_properties

    document, words = payload.document, payload.words
    look = parts(dict(payload.colours), LANGUAGES[document.language], words, payload.fonts)
    file = docx.Document(io.BytesIO(package.empty(_properties(payload), look)))
    body = _body(payload, file)
    first = frame.head(
        document, body, _site(payload), _edition(payload, body), _logo(payload, file)
    )
    body.write(_with_help(payload))
    listed = frame.contents(words, body.headings, new_page=bool(document.register))
    root = file.element.body
    for element in [*first, *listed, *_on_new_page(document, body.elements)]:
        root.append(element)
    root.append(section_properties(body.paper))
    _run_heads(payload, file)
    out = io.BytesIO()
    file.save(out)
    return Rendered(package.repack(out.getvalue(), document.updated), None)


def parts(
    colours: Mapping[str, str],
    language: str,
    words: Catalogue,
    families: tuple[str | None, str | None],
) -> dict[str, str]:
    """Return the XML of the parts that make the look, by their kind; see `package.empty`.

    `families` are the region's fonts of text and of headings.
    """
    from macros.writers.word.styles import FONT, numbering, styles
    from macros.writers.word.theme import fonts, theme

    base, headings = (font or FONT for font in families)
    return {
        "styles": styles(colours, language, words("guidance"), (base, headings)),
        "numbering": numbering(),
        "theme": theme(colours, base, headings),
        "fontTable": fonts(FONT, base, headings),
    }


def _body(payload: WordPayload, file: Any) -> Body:
    from macros.writers.word.body import Body
    from macros.writers.word.controls import Controls
    from macros.writers.word.forms import Forms
    from macros.writers.word.text import Texts

    bookmarks = _bookmarks(payload.document.blocks)
    texts = Texts(_links(payload, file, bookmarks), lists(file))
    forms = Forms(payload.words, Controls(LANGUAGES[payload.document.language]), texts)
    colours = dict(payload.colours)
    fills = (colours["tint-1"], colours["tint-3"])
    return Body(forms, texts, bookmarks, LANGUAGES, fills)


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


def _with_help(payload: WordPayload) -> tuple[b.Block, ...]:
    """Return the blocks, with a word first on how to use a file that has guidance in it."""
    blocks, words = payload.document.blocks, payload.words
    every = [blocks, *(section.blocks for section in _sections(blocks))]
    if not any(
        isinstance(block, b.Callout) and block.kind == "guidance"
        for inner in every
        for block in inner
    ):
        return blocks
    texts = [words("word.help"), words("word.help_guidance", style=words("guidance"))]
    paragraphs = tuple(Paragraph((Run(text),)) for text in texts)
    return (b.Callout("guidance", words("word.help_title"), paragraphs), *blocks)


def _on_new_page(document: b.Document, elements: list[Any]) -> list[Any]:
    """Return the elements; what follows a cover begins on a page of its own."""
    if document.register and elements and hasattr(elements[0], "get_or_add_pPr"):
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


def _run_heads(payload: WordPayload, file: Any) -> None:
    from macros.writers.word import frame

    sections, words, width = list(file.sections), payload.words, 0
    frame.first_page(sections[0], _page(payload), words)
    for section in sections:
        if section.page_width != width:  # the tab stops differ, so A3 has its own
            title, site = payload.document.title, _site(payload)
            frame.running(section, title, site, _page(payload), words)
        width = section.page_width


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
