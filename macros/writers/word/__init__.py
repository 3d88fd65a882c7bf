"""Word: the tree as a document of real styles, with a content control for each field.

WordprocessingML (ISO/IEC 29500, transitional), written as text: every element is ours, and what
a library keeps of it in memory takes four fifths of the time.
"""

from __future__ import annotations

import datetime as dt
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from macros.content.rich import Run
from macros.document import blocks as b
from macros.document.formats import file_name
from macros.document.shared import Shared, absolute_link
from macros.keys import key
from macros.layouts.office import FONT, LANGUAGES, Fonts, Office, office, theme
from macros.writers import Job, Rendered, WriterError

if TYPE_CHECKING:
    from macros.writers.word.body import Body
    from macros.writers.word.package import Package
    from macros.writers.word.properties import Properties
    from macros.writers.word.xml import Element

Link = Callable[[str], tuple[str, str]]
_WORDS = (
    *("agenda", "field", "guidance", "letter", "minutes", "process"),
    *("question", "register", "section", "table", "word"),
)
_NAME_LENGTH = 40  # characters of a bookmark, at most


@dataclass(frozen=True)
class WordPayload(Office):
    """The whole input of one file."""

    name: str
    document: b.Document


def job(document: b.Document, shared: Shared) -> Job:
    """Return the job that makes the document's Word file."""
    name = file_name(document.name, "docx")
    payload = WordPayload(**vars(office(shared, *_WORDS)), name=name, document=document)
    return Job(payload.name, key(__name__, replace(payload, name="")), render, payload)


def render(payload: WordPayload) -> Rendered:
    """Return the Word file of a payload.

    Raises WriterError when a text has a character that XML cannot hold.
    """
    from macros.writers.word import frame
    from macros.writers.word.package import Package

    document, words = payload.document, payload.words
    numbered = _is_numbered(document.parted[1])
    language = LANGUAGES[document.language]
    look = parts(payload.colours, language, words("guidance"), payload.fonts, numbered)
    file = Package(_properties(payload), look)
    body = _body(payload, file, numbered)
    first = _first(payload, file, body)
    body.write(document.parted[1])
    listed = frame.contents(words, body.headings)
    _run_heads(payload, file, body)
    if body.forms.controls.answers:
        body.forms.controls.answers.put_into(file)
    made = [*first, *listed, *_on_new_page(document, body.elements), body.sections[-1]]
    return finished(file, made, document.updated, payload.name)


def finished(file: Package, body: Iterable[object], day: dt.date | None, name: str) -> Rendered:
    """Return a file with its body.

    Raises WriterError when a text has a character that XML cannot hold.
    """
    try:
        return Rendered(file.finished("".join(map(str, body)), day), None)
    except ValueError as error:
        raise WriterError(f"{name}: en tekst kan ikke skrives som XML: {error}") from error


@lru_cache(maxsize=8)
def parts(
    colours: tuple[tuple[str, str], ...],
    language: str,
    guidance: str,
    families: Fonts,
    numbered: bool = False,
) -> Mapping[str, str]:
    """Return the XML of the parts that make the look, by their kind; see `Package`.

    All documents of an edition have the same. `guidance` names the style of what can be deleted
    in one go, `families` are the region's fonts of text and of headings; `numbered` gives
    headings numbers.
    """
    from macros.writers.word.fonts import fonts
    from macros.writers.word.styles import numbering, styles

    base, headings = (font or FONT for font in families)
    roles = dict(colours)
    return {
        "styles": styles(roles, language, guidance, (base, headings), numbered=numbered),
        "numbering": numbering(numbered=numbered),
        "theme": theme(roles, families),
        "fontTable": fonts(FONT, base, headings),
    }


def _is_numbered(blocks: tuple[b.Block, ...], above: str = "") -> bool:
    """Return whether all sections are numbered in order, so that Word can do it itself."""
    sections = [block for block in blocks if isinstance(block, b.Section)]
    return (bool(sections) or bool(above)) and all(
        section.number == f"{above}{at}" and _is_numbered(section.blocks, f"{section.number}.")
        for at, section in enumerate(sections, start=1)
    )


def _first(payload: WordPayload, file: Package, body: Body) -> list[Element]:
    """Return what stands before the contents: help and cover, or the head of a page."""
    from macros.writers.word import frame
    from macros.writers.word.sheet import sheet

    document, edition, logo = payload.document, _edition(payload, body), _logo(payload, file)
    if not document.written:
        return frame.head(document, body, _site(payload), edition, logo)
    return [sheet(document, body, payload.words, edition), *frame.cover(document, body, logo)]


def _body(payload: WordPayload, file: Package, numbered: bool) -> Body:
    from macros.writers.word.answers import Answers
    from macros.writers.word.body import Body
    from macros.writers.word.controls import Controls
    from macros.writers.word.forms import Forms
    from macros.writers.word.text import Texts

    bookmarks = _bookmarks(payload.document.blocks)
    texts = Texts(_links(payload, file, bookmarks), file.new_list)
    found = payload.document
    answers = Answers(found.kind, found.id, found.version, found.language) if found.asks else None
    if answers:
        answers.place("cover", "title", value=found.title)
    controls = Controls(LANGUAGES[found.language], answers)
    forms = Forms(payload.words, controls, texts, own=bool(found.written))
    colours = dict(payload.colours)
    fills = (colours["tint-1"], colours["tint-3"])
    return Body(forms, texts, bookmarks, LANGUAGES, fills, numbered)


def _links(payload: WordPayload, file: Package, bookmarks: Mapping[str, str]) -> Link:
    outside = links_out(file, payload.base_url)
    own = f"{payload.document.kind}/{payload.document.id}#"

    def link(target: str) -> tuple[str, str]:
        fragment = target.removeprefix(own)
        if fragment != target and fragment in bookmarks:
            return "", bookmarks[fragment]
        return outside(target)

    return link


def links_out(file: Package, base_url: str) -> Link:
    """Return what gives a link's relation in the file, and no bookmark: see `Texts`."""

    def link(target: str) -> tuple[str, str]:
        url = urllib.parse.quote(absolute_link(target, base_url), safe="%/:=&?~#+!$,;'@()*")
        return file.link(url), ""

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


def _on_new_page(document: b.Document, elements: list[Element]) -> list[Element]:
    """Return the elements; what is written begins on the page after its cover.

    All else follows the contents, so that no page has a few lines of those alone.
    """
    first = elements[0] if document.written and elements else None
    if first and not isinstance(first, str):
        first.new_page = True
    return elements


def _site(payload: WordPayload) -> str:
    name = payload.words("site.name")
    return f"{name} · {payload.region}" if payload.region else name


def _page(payload: WordPayload) -> str:
    return payload.base_url + payload.document.address


def _edition(payload: WordPayload, body: Body) -> list[str]:
    """Return the line on version, date and address, as on the page."""
    document, words = payload.document, payload.words
    date = words.date(document.updated) if document.updated else ""
    text = words("page.version", version=document.version, date=date)
    page = _page(payload)
    return body.texts.runs((Run(f"{text} · {words('print.address')}: "), Run(page, target=page)))


def _logo(payload: WordPayload, file: Package) -> str | None:
    from macros.writers.word import frame

    return frame.logo(file, *payload.logo) if payload.logo else None


def _run_heads(payload: WordPayload, file: Package, body: Body) -> None:
    from macros.writers.word import frame

    words = payload.words
    # What is written says where it comes from on the sheet before it, and in its properties.
    page = "" if payload.document.written else _page(payload)
    frame.first_page(file, body.sections[0], page, words)
    frame.running(file, body.sections, _top(payload, body), page, words)


def _top(payload: WordPayload, body: Body) -> list[str]:
    """Return the line above each page but the first: title and region."""
    from macros.writers.word.xml import run

    document = payload.document
    if not document.written:
        return [run(f"{document.title}\t{_site(payload)}")]
    region = [run("\t"), body.forms.region(payload.region)] if payload.region else []
    return [body.forms.title(document.title), *region]


def _properties(payload: WordPayload) -> Properties:
    from macros.writers.word.properties import Properties

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
