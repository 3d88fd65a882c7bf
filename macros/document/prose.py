"""A region's own pages as documents, and the national pages that lead to what it changed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from itertools import pairwise

from macros.content.handbook import Handbook
from macros.content.model import KINDS
from macros.content.region_page import Element, Grid, Heading, Picture, RegionPage
from macros.content.rich import RichBlock, Run, map_runs
from macros.content.written import fill
from macros.document import blocks as b
from macros.document.address import address
from macros.document.edition import Edition

PICTURE_FOLDER = "assets/region/sider/"
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s#]+\.md)(#[^()\s]*)?\)")


def compose_prose(edition: Edition, page: RegionPage) -> b.Document:
    """Return a region's page as a document, with the region's names filled in."""
    return b.Document(
        kind="prose",
        id=page.id,
        language=page.language,
        label="",
        title=_fill(edition, page, page.title),
        summary="",
        address=address("page", page.id),
        facts=b.Facts(()),
        blocks=_sections(edition, page, list(page.elements), 2),
    )


def described(edition: Edition, page: RegionPage) -> tuple[str, str]:
    """Return a page's title and description, with the region's names filled in."""
    return _fill(edition, page, page.title), _fill(edition, page, page.description)


def _fill(edition: Edition, page: RegionPage, text: str) -> str:
    return fill(text, edition.names[page.language])


def _rich(edition: Edition, page: RegionPage, blocks: tuple[RichBlock, ...]) -> b.Cell:
    return map_runs(
        blocks, lambda run: Run(_fill(edition, page, run.text), run.strong, run.em, run.target)
    )


def _sections(
    edition: Edition, page: RegionPage, elements: Sequence[Element], level: int
) -> tuple[b.Block, ...]:
    """Return elements as blocks: what follows a heading stands in its section."""
    starts = [
        at for at, e in enumerate(elements) if isinstance(e, Heading) and e.level == level
    ] + [len(elements)]
    found = [_block(edition, page, element) for element in elements[: starts[0]]]
    for start, end in pairwise(starts):
        heading = elements[start]
        if isinstance(heading, Heading):
            inner = _sections(edition, page, elements[start + 1 : end], level + 1)
            found.append(b.Section(heading.anchor, _fill(edition, page, heading.text), inner))
    return tuple(found)


def _block(edition: Edition, page: RegionPage, element: Element) -> b.Block:
    if isinstance(element, Grid):
        header = tuple(_fill(edition, page, text) for text in element.header)
        rows = tuple(tuple(_rich(edition, page, cell) for cell in row) for row in element.rows)
        return b.Table(", ".join(header), header, rows, row_header=False)
    if isinstance(element, Picture):
        alt = _fill(edition, page, element.alt)
        return b.Figure(PICTURE_FOLDER + element.path, alt, *element.size)
    if isinstance(element, Heading):
        return b.Section(element.anchor, _fill(edition, page, element.text), ())
    return _rich(edition, page, (element,))[0]


def hidden_paths(handbook: Handbook) -> set[str]:
    """Return the Markdown paths of the pages that the region hides."""
    return {
        address(kind, item_id).rstrip("/") + ".md"
        for kind, item_id in handbook.hidden
        if kind == "page" or KINDS[kind].address
    }


def mended(markdown: str, path: str, handbook: Handbook) -> str:
    """Return a national page's Markdown without links to what the region hides.

    The words of the link stay. A link to a place within a page that the region wrote anew
    leads to the page where the new one has no such place.
    """
    if not (handbook.hidden or handbook.prose):
        return markdown
    gone = hidden_paths(handbook)
    words = {f"#{item_id}" for kind, item_id in handbook.hidden if kind == "term"}

    def mend(match: re.Match[str]) -> str:
        text, target, anchor = match[1], match[2], match[3] or ""
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if found in gone or (found == "ordliste/index.md" and anchor in words):
            return text
        own = handbook.prose.get(found.removesuffix(".md"))
        if own and anchor.removeprefix("#") not in own.anchors:
            return f"[{text}]({target})"
        return match[0]

    return _LINK.sub(mend, markdown)
