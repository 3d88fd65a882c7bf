"""What stands in a page's HTML: headings, anchors, and the scripts that its features need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html


@dataclass(frozen=True)
class Heading:
    """A heading with its level (1 to 6), anchor and text."""

    level: int
    id: str
    title: str


def headings(page: str) -> list[Heading]:
    """Return the headings of a page's HTML that have an id, in order."""
    if "<h" not in page:
        return []
    tree = html.fromstring(f"<div>{page}</div>")
    return [
        Heading(int(node.tag[1]), node.get("id"), " ".join(node.text_content().split()))
        for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")
        if node.get("id")
    ]


def contents(found: Sequence[Heading]) -> list[Heading]:
    """Return the headings that a page's table of contents shows.

    They are those right below its title, else those that stand below no other.
    """
    top: list[Heading] = []
    below: list[Heading] = []
    above: list[Heading] = []  # the headings that the next one stands below
    for heading in found:
        while above and above[-1].level >= heading.level:
            above.pop()
        if not above:
            top.append(heading)
        elif above == top[:1]:
            below.append(heading)
        above.append(heading)
    return below if top and top[0].level == 1 else top


# What begins with the attribute's own letters is found fast; a space has to stand before them.
_ID = re.compile(r'id="([^"]+)"')


def anchors(page: str) -> set[str]:
    """Return the ids in a page's HTML."""
    return _values(_ID, page)


def _values(attribute: re.Pattern[str], page: str) -> set[str]:
    found = attribute.finditer(page)
    return {one[1] for one in found if page[max(one.start() - 1, 0)].isspace()}


# Material's base has a checkbox behind its own menu and search, which we do not have.
_UNUSED = re.compile(r'<(?:input class="md-toggle"[^>]*>|label class="md-overlay"[^>]*></label>)')
_STYLE = re.compile(r'data-style="([a-z-]+)"')
_MODULE = re.compile(r'data-module="([a-z-]+(?:/[a-z-]+)?)"')


def with_scripts(page: str, root: str) -> str:
    """Return a page that loads the script of each feature that it uses, and nothing unused.

    A feature's markup carries `data-module="name"`; its ES module is `assets/js/name.js` below
    `root`, the relative address of the language's root. `fill/form` is one in the folder `fill`.
    `data-style="name"` asks for a style sheet that no other page needs, and that is therefore not
    joined with the rest.
    """
    tags = "".join(
        f'<script type="module" src="{root}assets/js/{name}.js"></script>\n'
        for name in sorted(_values(_MODULE, page))
    )
    sheets = "".join(
        f'<link rel="stylesheet" data-own href="{root}assets/css/{name}.css">\n'
        for name in sorted(_values(_STYLE, page))
    )
    *before, last = _UNUSED.split(page)
    used = "".join([part.rstrip() for part in before]) + last
    return used.replace("</head>", f"{sheets}{tags}</head>", 1)
