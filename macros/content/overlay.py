"""A region's own content: its folder laid over the national handbook.

`regions/<slug>/` may hold the same folders as the project. A file of a new name is a new
item, one of a known name patches the national item (`patch.py`), or takes its place with
`replace: true`. `hide` in `region.yml` takes items away, and with them the references in
national lists and links; where a reference is required, it is an error.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from macros.content.base import LANGUAGES, Language, Page
from macros.content.entries import UNREAD, Entry, Key
from macros.content.errors import Problem, found_text, suggest
from macros.content.files import LEFT_BY_A_PROGRAM, meant, not_read, passed_over
from macros.content.model import KINDS
from macros.content.names import lookalike

_LETTERS = 6  # of the code that stands for a version
# What names a point to a reader, the best first.
_NAMES = ("label", "title", "question", "text", "id", "code")
_FILES = ("region.yml", "_brand.yml", "README.md")

# Items by language; a language after the source's has only those that are translated.
Entries = dict[Language, dict[Key, Entry]]
Adapted = Literal["changed", "added"]


@dataclass(frozen=True)
class RegionFolder:
    """A region's folder, how it is named in messages, and what it hides."""

    path: Path
    label: str
    hide: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """Return what goes before the name of a file in the folder."""
        return f"{self.label}/"


@dataclass(frozen=True)
class RegionChange:
    """One thing that the region has otherwise than the national edition.

    `item` is `kind/id`, `path` the value's place in it, `national` and `region` the values
    in short (empty where there is none).
    """

    what: Literal["changed", "added", "replaced", "hidden"]
    item: str
    path: str = ""
    national: str = ""
    region: str = ""


@dataclass
class Overlaid:
    """The handbook's entries with the region's laid over, and what became otherwise."""

    entries: Entries
    declared: set[Key]
    hidden: dict[Key, Problem] = field(default_factory=dict)
    changes: list[RegionChange] = field(default_factory=list)
    adapted: dict[Language, dict[Key, Adapted]] = field(
        default_factory=lambda: {language: {} for language in LANGUAGES}
    )


def strays(region: RegionFolder, declared: set[Key]) -> Iterator[Problem]:
    """Return the errors about files in the folder that nothing reads."""
    for path in passed_over(region.path):
        yield not_read(region.path, path, region.prefix)
        if found := meant(region.path, path):
            kind, stem = found
            declared.add((kind.name, UNREAD if kind.one_file else stem))
    known = sorted({kind.source.split("/")[0] for kind in KINDS.values()} | {"docs"})
    alike = {
        lookalike(region.path, name): name for name in _FILES if not (region.path / name).exists()
    }
    for path in sorted(region.path.iterdir()):
        if LEFT_BY_A_PROGRAM.fullmatch(path.name) or path.name in (*_FILES, *known):
            continue
        if path.is_file() and path.name in alike:
            hint = f"Gi den navnet «{alike[path.name]}»."
            yield Problem(region.prefix + path.name, 0, 0, "", "filen blir ikke lest", hint)
        elif path.is_dir() and _holds_content(path):
            hint = suggest(path.name, known) or f"Innhold ligger i {', '.join(known)}."
            yield Problem(region.prefix + path.name, 0, 0, "", "mappen blir ikke lest", hint)
        elif path.suffix in (".yml", ".yaml", ".md"):
            hint = suggest(path.name, _FILES) or f"Legg den i {', '.join(known)}."
            yield Problem(region.prefix + path.name, 0, 0, "", "filen blir ikke lest", hint)


def _holds_content(folder: Path) -> bool:
    return any(path.suffix in (".yml", ".yaml", ".md") for path in folder.rglob("*"))


def fingerprint(entry: Entry) -> str:
    """Return what `based_on` says of a national item: its version, or a code where it has none."""
    if isinstance(entry.item, Page):
        return entry.item.version
    text = json.dumps(entry.data, sort_keys=True, ensure_ascii=False, default=str)
    return f"kode-{hashlib.sha256(text.encode()).hexdigest()[:_LETTERS]}"


def in_short(value: Any) -> str:
    """Return a value as a report shows it: a point by its name, a list by its length."""
    if value is None:
        return ""
    if isinstance(value, list):
        return f"{len(value)} {'punkt' if len(value) == 1 else 'punkter'}"
    if isinstance(value, dict):
        named = (value[key] for key in _NAMES if key in value)
        return found_text(next(named, value))
    return found_text(value)
