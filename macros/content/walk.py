"""Walks a model and gives every value with its path in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from macros.content.load import DataPath
from macros.content.text import Ref, Rich, Text, ValueRef
from macros.content.written import values_in


def walk(value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    """Return (path, value) for every leaf of a model, in the order of its fields."""
    # A stack and not recursion: every check of the content walks tens of thousands of leaves.
    waiting = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, BaseModel):
            inner: Iterable[tuple[str | int, Any]] = value.__dict__.items()
        elif isinstance(value, tuple):
            inner = enumerate(value)
        elif isinstance(value, dict):
            inner = value.items()
        else:
            yield path, value
            continue
        waiting.extend([((*path, key), item) for key, item in inner][::-1])


def texts(model: BaseModel) -> Iterator[tuple[DataPath, str]]:
    """Return (path, text) for everything that is translated: one-line and rich text."""
    return ((path, value) for path, value in walk(model) if isinstance(value, Text | Rich))


def references(model: BaseModel) -> Iterator[tuple[DataPath, tuple[str, str]]]:
    """Return (path, (kind, id)) for every reference, links and values in texts included."""
    for path, value in walk(model):
        if isinstance(value, Ref):
            yield path, value.target
        elif isinstance(value, Text | Rich):
            yield from ((path, (ValueRef.kind, item_id)) for item_id in values_in(value))
            for link in value.links if isinstance(value, Rich) else ():
                kind, slash, item_id = link.partition("/")
                if slash and ":" not in link:
                    yield path, (kind, item_id)
