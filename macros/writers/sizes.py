"""What a reader is told of a file beside its link, which is known when the file is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from macros.content.catalogue import Catalogue

_MARKER = re.compile(r"<!--nvr-file ([\w.-]+)-->")


@dataclass(frozen=True)
class FileFacts:
    """What a reader is told of a file: bytes, and pages where it has any."""

    size: int
    pages: int | None


def _size(words: Catalogue, size: int) -> str:
    """Return bytes in words: kB, or MB with one decimal from a million on."""
    if size < 1_000_000:
        return words("page.size", size=max(1, round(size / 1000)))
    return words("page.large_size", size=f"{size / 1_000_000:.1f}".replace(".", ","))


def fill_markers(page: str, found: Mapping[str, FileFacts], words: Catalogue) -> str:
    """Return a page's HTML with format, pages and size put in for each file."""

    def facts(match: re.Match[str]) -> str:
        file = found[match[1]]
        parts = [
            words(f"format.{PurePath(match[1]).suffix.removeprefix('.')}"),
            words("page.pages", n=file.pages) if file.pages else "",
            _size(words, file.size),
        ]
        return f"({', '.join(part for part in parts if part)})"

    return _MARKER.sub(facts, page)
