"""Walks a model and gives every value with its path in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from macros.content.load import DataPath
from macros.content.text import Ref, Rich, Text


def walk(value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    """Return (path, value) for every leaf of a model, in the order of its fields."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    else:
        yield path, value


def texts(model: BaseModel) -> Iterator[tuple[DataPath, str]]:
    """Return (path, text) for everything that is translated: one-line and rich text."""
    return ((path, value) for path, value in walk(model) if isinstance(value, Text | Rich))


def references(model: BaseModel) -> Iterator[tuple[DataPath, tuple[str, str]]]:
    """Return (path, (kind, id)) for every reference, those in rich text included."""
    for path, value in walk(model):
        if isinstance(value, Ref):
            yield path, value.target
        elif isinstance(value, Rich):
            for link in value.links:
                kind, slash, item_id = link.partition("/")
                if slash and ":" not in link:
                    yield path, (kind, item_id)
