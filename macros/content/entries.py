"""One item as it was loaded: its model, and the values and places that it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.content.base import SOURCE_LANGUAGE, Item, Language
from macros.content.errors import Problem
from macros.content.files import source_files, twin_files
from macros.content.load import DataPath, Source, expect_mapping, read_yaml
from macros.content.model import Kind
from macros.content.names import taken
from macros.content.validate import build

Key = tuple[str, str]
UNREAD = "*"  # stands for every item of a shared file that could not be read


@dataclass(frozen=True)
class Entry:
    """An item, and where its values stand: at `prefix` in `source`."""

    kind: Kind
    item_id: str
    source: Source
    prefix: DataPath
    item: Item

    @property
    def key(self) -> Key:
        """Return (kind, id)."""
        return self.kind.name, self.item_id

    @property
    def data(self) -> Any:
        """Return the item's plain values."""
        return value_at(self.source.data, self.prefix)


def value_at(data: Any, path: DataPath) -> Any:
    """Return the value at a path that is there."""
    for part in path:
        data = data[part]
    return data


def load_item(
    kind: Kind,
    item_id: str,
    source: Source,
    prefix: DataPath,
    language: Language,
    problems: list[Problem],
) -> Item | None:
    """Return the item at `prefix`, or None after adding what is wrong to `problems`."""
    data = value_at(source.data, prefix)
    if kind.address and (why := taken(item_id)):
        what = "nøkkelen" if kind.one_file else "filen"
        hint = f"Gi {what} et annet navn."
        problems.append(source.problem(prefix, why, hint, key=True))
    for key in ("id", "language"):
        if key in data:
            problems.append(
                source.problem((*prefix, key), "settes av filnavnet og skal ikke stå her", key=True)
            )
    found = build(kind.model, source, prefix, {**data, "id": item_id, "language": language})
    if isinstance(found, list):
        problems.extend(found)
        return None
    return found


def read_items(
    root: Path,
    kind: Kind,
    language: Language,
    problems: list[Problem],
    *,
    label: str = "",
    unread: set[Key] | None = None,
) -> Iterator[tuple[str, Source, DataPath]]:
    """Return (id, source, prefix) for what the files of a kind hold in a language.

    `label` goes before file names in messages. The key of a shared file that cannot be read
    is added to `unread`.
    """
    source_language = language == SOURCE_LANGUAGE
    paths = source_files(root, kind) if source_language else twin_files(root, kind, language)
    for path in paths:
        source = read_yaml(path, label + path.relative_to(root).as_posix(), problems)
        if source is None or not expect_mapping(source, (), problems):
            if kind.one_file and unread is not None:
                unread.add((kind.name, UNREAD))
        elif kind.one_file:
            yield from ((str(key), source, (key,)) for key in source.data)
        else:
            yield path.name.partition(".")[0], source, ()
