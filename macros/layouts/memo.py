"""What a server has rendered: a block that its author has not changed is not rendered again.

A block as HTML is a function of the block, of the layout and its words, and of where its links
lead. The first three are the key; where links led is noted, and asked again before a block is
given out. Templates are read anew at each build: when one has changed, nothing is remembered.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from macros.content.catalogue import Catalogue
    from macros.document.blocks import Block
    from macros.layouts import Layout

_BUILDS = 5  # what none of so many builds has asked for is forgotten


@dataclasses.dataclass
class _Kept:
    """A rendered block: the words that it was rendered with, where its links led, and its roles.

    Roles are those that it was the first of its page to link to.
    """

    html: Markup
    words: Catalogue
    links: dict[str, str]
    roles: frozenset[str]
    build: int


class Memo:
    """Blocks by what they are made of. It is empty, and stays so, until a server `begins`."""

    def __init__(self) -> None:
        self._kept: dict[Any, _Kept] = {}
        self._layouts: object = None
        self._build = 0
        self._open = False  # whether a block is being rendered: those in it are a part of it

    def begin(self, layouts: object) -> None:
        """Begin a build with layouts that are, or are not, as they were."""
        self._build += 1
        if layouts != self._layouts:
            self._kept.clear()
        self._layouts = layouts
        oldest = self._build - _BUILDS
        self._kept = {key: one for key, one in self._kept.items() if one.build > oldest}

    def block(self, layout: Layout, block: Block, level: int) -> Markup:
        """Return a block as HTML, as the layout renders it."""
        if self._layouts is None or self._open:
            return layout.block(block, level)
        key = (block, level, _manner(layout))
        found = self._kept.get(key)
        if found is None or not _holds(found, layout):
            found = self._kept[key] = self._rendered(layout, block, level)
        found.build = self._build
        layout.linked.update(found.roles)
        return found.html

    def _rendered(self, layout: Layout, block: Block, level: int) -> _Kept:
        links: dict[str, str] = {}

        def link(target: str) -> str:
            links[target] = layout.link(target)
            return links[target]

        before = frozenset(layout.linked)
        self._open = True
        try:
            html = dataclasses.replace(layout, link=link).block(block, level)
        finally:
            self._open = False
        return _Kept(html, layout.words, links, frozenset(layout.linked - before), self._build)


def _manner(layout: Layout) -> tuple[object, ...]:
    """Return all of a layout but its words and its links."""
    return (
        layout.medium,
        layout.anchor_prefix,
        layout.first,
        layout.roles_once,
        layout.about,
        frozenset(layout.linked),
    )


def _holds(kept: _Kept, layout: Layout) -> bool:
    """Return whether a layout has the words that a block was rendered with, and leads as it did."""
    return kept.words is layout.words and all(
        layout.link(target) == address for target, address in kept.links.items()
    )


def stamp(folder: Path) -> tuple[object, ...]:
    """Return what is another when a file below a folder has changed."""
    found = ((path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((str(path), said.st_mtime_ns, said.st_size) for path, said in found)


MEMO = Memo()
