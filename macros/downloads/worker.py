"""What runs in a worker: a file is made, unless it is found in the cache or in the store.

A path that is not absolute is one of the worker's own cache, on whatever machine that is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.downloads.cache import Damaged, Note, Sum, alone, noted, own_folder, read, store
from macros.downloads.shared_store import SharedStore, Trouble
from macros.writers import Rendered, WriterError


@dataclass(frozen=True)
class Made:
    """A file of the cache: its note, and how the worker came by it."""

    note: Note
    fetched: bool = False
    spoilt: bool = False  # in the store
    trouble: Trouble = field(default_factory=Trouble)


def make(
    render: Callable[[Any], Rendered],
    payload: Any,
    path: Path,
    *,
    preview: bool = False,
    shared: SharedStore | None = None,
    anew: bool = False,
) -> Made:
    """Make a file of the cache, and what stands beside it.

    What another build is making is waited for and not made again; `anew`, what is found anywhere
    is not taken either.
    """
    path = _here(path)
    with alone(path):
        made, spoilt = (None, False) if anew else _found(path, shared, preview=preview)
        if made is None:
            rendered = render(payload)
            made = Made(store(path, rendered.data, rendered.pages, rendered.preview), spoilt=spoilt)
            if shared:
                shared.put(path, made.note)
    return Made(made.note, made.fetched, made.spoilt, shared.trouble()) if shared else made


def _found(path: Path, shared: SharedStore | None, *, preview: bool) -> tuple[Made | None, bool]:
    """Return the file if it is there, and whether the store had it damaged."""
    with suppress(Damaged):
        if note := noted(path, preview=preview):
            if shared:
                shared.keep(path, note)
            return Made(note), False
    if shared is None:
        return None, False
    note, spoilt = shared.fetch(path, preview=preview)
    return (Made(note, fetched=True) if note else None), spoilt


def gather(
    render: Callable[[Any], Rendered],
    payload: Any,
    parts: dict[str, tuple[Path, Sum]],
    path: Path,
    *,
    preview: bool = False,
    shared: SharedStore | None = None,
    anew: bool = False,
) -> Made:
    """Make a file of the cache from others of it.

    Raises Damaged with the path of each part that is not what was made.
    """
    files: dict[str, bytes] = {}
    damaged: list[Path] = []
    for name, (part, wanted) in parts.items():
        try:
            files[name] = _part(part, wanted, shared)
        except Damaged:
            damaged.append(part)
    if damaged and shared and (why := shared.trouble().reading):
        raise WriterError(
            f"en Dask-arbeider fikk ikke hentet filer fra lageret {shared}: {why}."
            " Sett NVR_STORE og nøkkelen der arbeideren starter."
        )
    if damaged:
        raise Damaged(*damaged)
    return make(render, (payload, files), path, preview=preview, shared=shared, anew=anew)


def _part(part: Path, wanted: Sum, shared: SharedStore | None) -> bytes:
    path = _here(part)
    if shared and not part.is_absolute():
        with suppress(Damaged):
            return read(path, wanted)
        shared.fetch(path, preview=False)  # another machine may have made it
    return read(path, wanted)


def _here(path: Path) -> Path:
    return path if path.is_absolute() else own_folder() / path
