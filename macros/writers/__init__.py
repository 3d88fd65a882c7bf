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
    """A finished file: its bytes, and its number of pages where it has any."""

    data: bytes
    pages: int | None


@dataclass(frozen=True)
class Job:
    """A file to make.

    `filename` is its name in `last-ned/`; `key` (hex) is the same exactly when the bytes
    would be; `render(payload)` makes it and may run in another process. `weight` says how
    long it takes beside the others: the pool begins with the heaviest.
    """

    filename: str
    key: str
    render: Callable[[Any], Rendered]
    payload: Any
    weight: int = 0
