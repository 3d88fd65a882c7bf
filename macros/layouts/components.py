"""Finished HTML on its way past the Markdown parser."""

from __future__ import annotations

import re
import secrets

from markupsafe import Markup


class Components:
    """Keeps finished HTML out of the Markdown parser, which would only read it through.

    No page can guess a stand-in, and so show what is not its own.
    """

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._mark = secrets.token_hex(8)
        self._stand_in = re.compile(f'<(div|span) data-nvr="{self._mark}-(\\d+)"></\\1>')

    def keep(self, component: Markup) -> str:
        """Return a stand-in for a component, to put into the page's Markdown."""
        return self._stand("div", component)

    def keep_inline(self, component: Markup) -> str:
        """Return a stand-in for what stands within a line; nothing for nothing."""
        return self._stand("span", component) if component else ""

    def _stand(self, element: str, component: Markup) -> str:
        self._kept.append(str(component))
        return f'<{element} data-nvr="{self._mark}-{len(self._kept) - 1}"></{element}>'

    def put_back(self, page: str) -> str:
        """Return a page's HTML with each stand-in replaced by its component."""
        return self._stand_in.sub(lambda match: self._kept[int(match[2])], page)

    def without(self, page: str) -> str:
        """Return a page's HTML without its components: what its author wrote."""
        return self._stand_in.sub("", page)

    def count(self, page: str) -> int:
        """Return how many components stand in a page."""
        return len(self._stand_in.findall(page))
