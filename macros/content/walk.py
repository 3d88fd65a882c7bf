"""Walks a model and gives every value with its path in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
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
        inner = _inside(value.__class__)
        if inner is None:
            yield path, value
        else:
            waiting.extend([((*path, key), item) for key, item in inner(value)][::-1])


@cache
def _inside(kind: type) -> Callable[[Any], Iterable[tuple[str | int, Any]]] | None:
    """Return what gives the parts of a value of a type, or None for a leaf.

    Asked once for each type: pydantic answers slowly whether something is one of its models.
    """
    if issubclass(kind, BaseModel):
        return lambda value: value.__dict__.items()
    if issubclass(kind, tuple):
        return enumerate
    return dict.items if issubclass(kind, dict) else None


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
