"""What a reader is told of a file beside its link, which is known when the file is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from markupsafe import Markup

from macros.content.catalogue import Catalogue

_PAGES = re.compile(r"<!--nvr-pages ([\w.-]+) ([\w./-]+)-->")
_MARKER = re.compile(r"<!--nvr-(file|package) ([\w.-]+)-->")


@dataclass(frozen=True)
class FileFacts:
    """What a reader is told of a file: bytes, and pages where it has any.

    Of a package, `whole` is what it comes to when a browser has put all its files in it.
    """

    size: int
    pages: int | None
    whole: int = 0


def _size(words: Catalogue, size: int) -> str:
    """Return bytes in words: kB, or MB with one decimal from a million on."""
    if size < 1_000_000:
        return words("page.size", size=max(1, round(size / 1000)))
    return words("page.large_size", size=f"{size / 1_000_000:.1f}".replace(".", ","))


def fill_markers(page: str, found: Mapping[str, FileFacts], words: Catalogue) -> str:
    """Return a page's HTML with format, pages and size put in for each file."""

    def facts(match: re.Match[str]) -> str:
        file = found[match[2]]
        parts = [
            words(f"format.{PurePath(match[2]).suffix.removeprefix('.')}"),
            words("page.pages", n=file.pages) if file.pages else "",
            _size(words, file.size if match[1] == "file" else file.whole),
        ]
        return f"({', '.join(part for part in parts if part)})"

    def pictures(match: re.Match[str]) -> str:
        return _pictures(match[2], found[match[1]].pages or 0, words)

    return _PAGES.sub(pictures, _MARKER.sub(facts, page))


def _pictures(address: str, count: int, words: Catalogue) -> str:
    """Return the first pages of a file; each shows its own part of one picture."""
    item = Markup(
        '<li><img class="pages__page pages__page--{}-{}" src="{}" alt="{}" width="150" height="212"'
        ' loading="lazy"></li>'
    )
    texts = ((at, words("page.picture", n=at)) for at in range(1, count + 1))
    found = Markup("").join(item.format(at, count, address, text) for at, text in texts)
    return Markup('<ul class="pages">{}</ul>').format(found)
