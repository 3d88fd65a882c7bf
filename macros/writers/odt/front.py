"""What a document begins with: logo, title, facts, register and table of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.document import blocks as b
from macros.writers.odt import tables
from macros.writers.odt.body import blocks
from macros.writers.odt.flow import Flow, p, span
from macros.writers.odt.xml import Node, tag

_CONTENTS = 3  # levels of heading that the table of contents shows


@dataclass(frozen=True)
class Picture:
    """A logo: its path in the package, what it shows, width and height in mm."""

    path: str
    alt: str
    width: float
    height: float


def front(
    flow: Flow, document: b.Document, site: str, address: str, logo: Picture | None
) -> list[Node]:
    """Return the head of a document; one with a register gets a cover and contents."""
    # The first paragraph says which page it stands on: one without a header.
    first = flow.style("Første", "paragraph", "Logo" if logo else "Nettsted", **_FIRST)
    found = [_logo(logo, first)] if logo else []
    found += [
        p("Nettsted" if logo else first, site),
        p("Dokumenttype", document.label),
        _title(document),
        p("Subtitle", document.summary),
    ]
    if document.process:
        found += tables.process(flow, document.process)
    found += blocks(flow, (document.facts,), 1)
    if document.register:
        found.append(tables.register(flow, document.title, document.register))
    found.append(_version(flow, document, address))
    if document.register:
        found += _contents(flow, document)
    return found


def _title(document: b.Document) -> Node:
    # What is written gets a title of its own.
    return p("Title", document.title, place="forside.title" if document.written else "")


_FIRST = {"master_page_name": "Forside"}


def _logo(logo: Picture, style: str) -> Node:
    frame = tag(
        "draw:frame",
        {
            "draw:name": "Logo",
            "draw:style-name": "Bilde",
            "text:anchor-type": "as-char",
            "svg:width": f"{logo.width:.1f}mm",
            "svg:height": f"{logo.height:.1f}mm",
        },
        tag(
            "draw:image",
            {
                "xlink:href": logo.path,
                "xlink:type": "simple",
                "xlink:show": "embed",
                "xlink:actuate": "onLoad",
            },
        ),
        # Of the two, LibreOffice and Word show the title as the alternative text.
        tag("svg:title", {}, logo.alt),
        tag("svg:desc", {}, logo.alt),
    )
    return p(style, frame)


def _version(flow: Flow, document: b.Document, address: str) -> Node:
    t = flow.words
    date = t.date(document.updated) if document.updated else ""
    where = f" · {t('print.address')}: " if document.version else f"{t('print.address')}: "
    version = t("page.version", version=document.version, date=date) if document.version else ""
    return p("Versjon", version, where, flow.a(address, address))


def _contents(flow: Flow, document: b.Document) -> list[Node]:
    """Return the table of contents.

    Its entries are written without page numbers, which only the reader's program knows;
    they come when the reader updates the index.
    """
    t = flow.words
    source = tag(
        "text:table-of-content-source",
        {"text:outline-level": str(_CONTENTS), "text:use-index-source-styles": "false"},
        tag("text:index-title-template", {"text:style-name": "Contents_20_Heading"}, t("odt.toc")),
        *(_template(level) for level in range(1, _CONTENTS + 1)),
    )
    title = tag(
        "text:index-title",
        {"text:name": "Innhold_tittel", "text:style-name": "Innhold"},
        p("Contents_20_Heading", t("odt.toc")),
    )
    entries = [
        p(
            f"Contents_20_{level}",
            flow.a(f"#{section.id}", *_entry(section), style="Index_20_Link"),
        )
        for level, section in _sections(document.blocks, 1)
    ]
    body = tag("text:index-body", {}, title, *entries)
    attributes = {"text:name": "Innhold", "text:protected": "true"}
    return [tag("text:table-of-content", attributes, source, body), p("Mellomrom")]


def _entry(section: b.Section) -> list[Node | str]:
    return (
        [span("Tall", f"{section.number} "), section.title] if section.number else [section.title]
    )


def _template(level: int) -> Node:
    return tag(
        "text:table-of-content-entry-template",
        {"text:outline-level": str(level), "text:style-name": f"Contents_20_{level}"},
        tag("text:index-entry-link-start"),
        tag("text:index-entry-text"),
        tag("text:index-entry-tab-stop", {"style:type": "right", "style:leader-char": "."}),
        tag("text:index-entry-page-number"),
        tag("text:index-entry-link-end"),
    )


def _sections(found: tuple[b.Block, ...], level: int) -> Iterator[tuple[int, b.Section]]:
    for block in found:
        if isinstance(block, b.Section) and level <= _CONTENTS:
            yield level, block
            yield from _sections(block.blocks, level + 1)
