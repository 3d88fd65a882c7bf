"""References to what a region hides: taken out where they may be missing, else told.

A national list simply gets shorter, a national text keeps the words of the link. What the
region wrote itself is never changed: there, the reference is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from macros.content.base import SOURCE_LANGUAGE
from macros.content.entries import Entry, Key, load_item, value_at
from macros.content.errors import Problem
from macros.content.load import DataPath
from macros.content.overlay import Overlaid, RegionFolder
from macros.content.patch import without
from macros.content.text import Rich
from macros.content.walk import references, walk


def unlink(laid: Overlaid, region: RegionFolder, problems: list[Problem]) -> None:
    """Take the references to hidden items out of the entries; add those that are required."""
    if not laid.hidden:
        return
    for language, entries in laid.entries.items():
        for key, entry in list(entries.items()):
            found = [hit for hit in references(entry.item) if hit[1] in laid.hidden]
            own = [hit for hit in found if _is_own(entry, hit[0], region)]
            problems.extend(_told(entry, hit) for hit in own)
            if found and not own:
                entries[key] = _mended(entry, found, problems, language == SOURCE_LANGUAGE)


def _is_own(entry: Entry, path: DataPath, region: RegionFolder) -> bool:
    return entry.source.place(entry.prefix + path).file.startswith(region.prefix)


def _told(entry: Entry, hit: tuple[DataPath, Key]) -> Problem:
    path, (kind, item_id) = hit
    message = f"viser til {kind} «{item_id}», som regionen har skjult"
    hint = f"Ta {kind}/{item_id} ut av hide i region.yml, eller endre punktet i regionens mappe."
    return entry.source.problem(entry.prefix + path, message, hint)


def _mended(
    entry: Entry, found: list[tuple[DataPath, Key]], problems: list[Problem], tell: bool
) -> Entry:
    """Return the entry without the references, or as it was when it cannot be without them."""
    mended = _without(entry, found)
    if mended:
        return mended
    needed = [hit for hit in found if not _without(entry, [hit])] or found
    if tell:  # a twin has the same references as its source
        problems.extend(_told(entry, hit) for hit in needed)
    return entry


def _without(entry: Entry, found: list[tuple[DataPath, Key]]) -> Entry | None:
    texts = {path for path, value in walk(entry.item) if isinstance(value, Rich)}
    gone: set[DataPath] = set()
    new: dict[DataPath, str] = {}
    for path, target in found:
        if path in texts:
            new[path] = plain(new.get(path) or value_at(entry.data, path), target)
        else:
            gone.add(path)
    source = without(entry.source, entry.prefix, gone, new)
    item = load_item(entry.kind, entry.item_id, source, entry.prefix, entry.item.language, [])
    if item is None or set(found) & set(_hits(item)):
        return None
    return replace(entry, source=source, item=item)


def _hits(item: object) -> Iterator[tuple[DataPath, Key]]:
    return references(item)  # type: ignore[arg-type]


def plain(text: str, target: Key) -> str:
    """Return a Markdown text in which a link to `kind/id` is the words alone."""
    return re.sub(rf"\[([^\[\]]*)\]\({re.escape('/'.join(target))}\)", r"\1", text)
