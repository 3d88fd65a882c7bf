"""When each page was last changed: an item by its own log, a prose page by git.

One date for the page, the sitemap and whoever else asks. Days are counted in UTC, as the
commits' own zone says where somebody sat and not when.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.content.base import SOURCE_LANGUAGE
from macros.content.history import days
from macros.content.model import KINDS, LISTS
from macros.content.project import prose_pages
from macros.content.prose import FOLDER as PROSE_FOLDER
from macros.document.compose import LISTINGS
from macros.document.edition import Edition
from macros.document.steps import owners


@dataclass(frozen=True)
class Changed:
    """What a page says of its last change: the day as ISO 8601 and the whole in words."""

    iso: str
    text: str


@dataclass(frozen=True)
class Dates:
    """The day of the last change of each page, by its path in `docs/`; none where nobody knows."""

    edition: Edition
    days: Mapping[str, dt.date]

    def iso(self, path: str) -> str:
        """Return a page's day as ISO 8601 writes it, or the empty string."""
        return self.days[path].isoformat() if path in self.days else ""

    def changed(self, path: str) -> Changed | None:
        """Return what the page says of its last change; an item says its version as well."""
        if path not in self.days:
            return None
        words = self.edition.words()
        item = owners(self.edition).get(f"{path.removesuffix('.md')}/")
        date = words.date(self.days[path])
        if item:
            return Changed(self.iso(path), words("changed.item", version=item.version, date=date))
        return Changed(self.iso(path), words("changed.page", date=date))


def page_dates(edition: Edition, root: Path, region: Path) -> Dates:
    """Return when the pages of an edition were last changed.

    A page that lists has the day of the newest that it lists. `root` is the project's folder,
    `region` the region's own.
    """
    shown = owners(edition).items()
    found = {f"{address.rstrip('/')}.md": item.updated for address, item in shown}
    for name, (where, _) in LISTINGS.items():
        listed = [item.updated for item in edition.handbook.pages() if item.kind in _kinds(name)]
        if listed:
            found[f"{where}index.md"] = max(listed)
    national, own = days(root / "docs"), days(region / PROSE_FOLDER)
    for page_id in prose_pages(root):
        found |= _of_file(national, root / "docs", page_id, edition.language)
    for page in edition.handbook.prose.values():
        found.pop(f"{page.id}.md", None)
        found |= _of_file(own, region / PROSE_FOLDER, page.id, page.language)
    return Dates(edition, found)


def _kinds(listing: str) -> Collection[str]:
    """Return what a page lists; of words and laws nobody knows when they came."""
    if listing in LISTS:
        return LISTS[listing][1]
    return {"phases": ("phase",), "timeline": ("phase",), "glossary": (), "laws": ()}.get(
        listing, KINDS
    )


def _of_file(
    days: Mapping[str, dt.date], folder: Path, page: str, language: str
) -> dict[str, dt.date]:
    twin = f"{page}.{language}.md"
    name = twin if language != SOURCE_LANGUAGE and (folder / twin).is_file() else f"{page}.md"
    return {f"{page}.md": days[name]} if name in days else {}
