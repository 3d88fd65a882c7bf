"""What all blocks are made of: paragraphs, lists, links, fields, and the styles that they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from macros.content.catalogue import Catalogue
from macros.content.rich import List, Paragraph, RichBlock, Run
from macros.writers.odt.xml import Child, Node, named, tag

# Width of the text in mm, by paper: the page less its margins in styles.xml.
TEXT_WIDTH = {"A4": 166.0, "A3": 378.0}
BOX = "☐"
_NO_NAME = re.compile(r"[^\w-]+")


@dataclass
class Flow:
    """One document being written.

    `link` turns a run's target into an address. `paper` is what the block being written asks
    for, `page` what the page before it has; `sheet` says that it is handed out on paper, and
    `begun` that the heading above it has begun the page already.
    `automatic` holds, by name, the styles that belong to this document alone, in order of use.
    """

    words: Catalogue
    link: Callable[[str], str]
    paper: Literal["A4", "A3"] = "A4"
    page: Literal["A4", "A3"] = "A4"
    sheet: bool = False
    begun: bool = False
    automatic: dict[str, Node] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """Return the width of the text in mm."""
        return TEXT_WIDTH[self.paper]

    def style(self, own: str, family: str, parent: str, *properties: Node, **more: str) -> str:
        """Return the name of an automatic style, made the first time that it is asked for."""
        if own not in self.automatic:
            attributes = {"style:name": own, "style:family": family}
            if parent:
                attributes["style:parent-style-name"] = parent
            attributes |= {f"style:{key}".replace("_", "-"): value for key, value in more.items()}
            self.automatic[own] = tag("style:style", attributes, *properties)
        return own

    def unique(self, text: str) -> str:
        """Return a name that no other object of the document has."""
        stem = _NO_NAME.sub("_", text).strip("_")[:40] or "x"
        self.names[stem] = number = self.names.get(stem, 0) + 1
        return stem if number == 1 else f"{stem}_{number}"

    def new_page(self, style: str) -> str:
        """Return a paragraph style that begins a page of the paper that is asked for."""
        self.page = self.paper
        master = "Standard" if self.paper == "A4" else "A3"
        return self.style(f"{style}_{master}", "paragraph", style, master_page_name=master)

    def anchor(self, place: str) -> Node:
        """Return the place that a link to `#place` leads to."""
        return tag("text:bookmark", {"text:name": place})

    def runs(self, runs: Iterable[Run]) -> list[Child]:
        """Return runs of text."""
        return [self._run(run) for run in runs]

    def _run(self, run: Run) -> Child:
        found: Child = run.text
        if run.strong:
            found = span("Strong_20_Emphasis", found)
        if run.em:
            found = span("Emphasis", found)
        return self.a(run.target, found) if run.target else found

    def a(self, target: str, *children: Child, style: str = "Internet_20_link") -> Node:
        """Return a link to an address or to `kind/id`."""
        styles = {"text:style-name": style, "text:visited-style-name": style}
        link = {"xlink:type": "simple", "xlink:href": self.link(target)}
        return tag("text:a", link | styles, *children)

    def rich(self, blocks: Iterable[RichBlock], style: str = "Text_20_body") -> list[Node]:
        """Return rich text in a paragraph style; its lists are in the list styles of that name."""
        found = []
        for block in blocks:
            if isinstance(block, Paragraph):
                found.append(p(style, *self.runs(block.runs)))
            else:
                found.append(self._list(block, style))
        return found

    def _list(self, block: List, style: str) -> Node:
        kind = "tall" if block.ordered else "punkt"
        list_style = {"text:style-name": f"{style}_{kind}"}
        items = [
            tag(
                "text:list-item",
                {},
                *(
                    p(f"{style}_liste", *self.runs(inner.runs))
                    if isinstance(inner, Paragraph)
                    else self._list(inner, style)
                    for inner in item
                ),
            )
            for item in block.items
        ]
        return tag("text:list", list_style, *items)

    def points(self, texts: Iterable[str], style: str) -> Node:
        """Return a bullet list of plain texts."""
        return self._list(List(tuple((Paragraph((Run(t),)),) for t in texts)), style)

    def placeholder(self, label: str, kind: str = "text") -> Node:
        """Return a field that a click replaces by what is typed (ODF 1.3, part 3, 7.5.25)."""
        known = f"field.{kind}" in self.words.texts
        hint = self.words(f"field.{kind}") if known else self.words("odt.write")
        attributes = {"text:placeholder-type": "text", "text:description": label}
        return span("Placeholder", tag("text:placeholder", attributes, f"<{hint}>"))

    def dropdown(self, label: str, options: tuple[tuple[str, str], ...]) -> Node:
        """Return a list of labels to choose from; the first entry says what to do."""
        choose = self.words("odt.choose")
        first = {"text:value": choose, "text:current-selected": "true"}
        labels = [tag("text:label", first)]
        labels += [tag("text:label", {"text:value": value}) for value in dict(options).values()]
        attributes = {"text:name": self.unique(label)}
        return span("Placeholder", tag("text:drop-down", attributes, *labels, choose))

    def check(self, place: str, *children: Child, style: str = "Avkryssing") -> Node:
        """Return a line with a box to tick; see `named` for its place."""
        return p(style, BOX, tag("text:tab"), *children, place=place)


def p(style: str, *children: Child, place: str = "") -> Node:
    """Return a paragraph; see `named` for its place."""
    return tag("text:p", {"text:style-name": style, **named(place)}, *children)


def span(style: str, *children: Child) -> Node:
    """Return text in a character style."""
    return tag("text:span", {"text:style-name": style}, *children)
