"""Writers: one module a format. Each gives jobs that a process pool can run.

A job is everything that its file is made from, so its key says when to make it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class WriterError(Exception):
    """Raised when a file cannot be made as it should be; the text is Norwegian and names it."""


@dataclass(frozen=True)
class Rendered:
    """A finished file: its bytes, its number of pages and a picture of the first, if any.

    The picture is WebP.
    """

    data: bytes
    pages: int | None
    preview: bytes | None = None


@dataclass(frozen=True)
class Job:
    """A file to make.

    `filename` is its name in `last-ned/`; `key` (hex) is the same exactly when the bytes
    would be; `render(payload)` makes it and may run in another process. `weight` says how
    long it takes beside the others: the pool begins with the heaviest. `preview` says that
    it comes with a picture of its first page.
    """

    filename: str
    key: str
    render: Callable[[Any], Rendered]
    payload: Any
    weight: int = 0
    preview: bool = False


@dataclass(frozen=True)
class Gathering(Job):
    """A file made from other finished files.

    `parts` maps the name that the payload knows each of them by to its job. `render` gets a
    pair: the payload, and the bytes of each part by that name.
    """

    parts: tuple[tuple[str, Job], ...] = ()


Gathered = tuple[Any, dict[str, bytes]]
