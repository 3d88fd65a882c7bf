"""The change log of the whole handbook: what its page and its feed have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from macros.content.base import Page
from macros.document.edition import Edition, Writing

FEED = "endringer/feed.xml"  # below the language's root


@dataclass(frozen=True)
class ChangeLine:
    """One change of one item, with the item's title and the text filled in."""

    item: Page
    version: str
    date: dt.date
    title: str
    text: str


def change_lines(edition: Edition) -> list[ChangeLine]:
    """Return every change of every item with a page, newest first, then by title."""
    found = []
    for item in edition.handbook.pages():
        w = Writing(edition, item)
        title = w.text(item.title)
        found += [
            ChangeLine(item, change.version, change.date, title, w.text(change.text))
            for change in item.changes
        ]
    return sorted(found, key=lambda line: (-line.date.toordinal(), line.title.casefold()))
