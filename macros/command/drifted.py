"""Which sentences of a source have changed since the version that its twin translates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE
from macros.content.errors import Problem, path_text
from macros.content.history import earlier
from macros.content.load import DataPath, Source, parse_yaml, read_yaml
from macros.content.patch import leaves
from macros.content.twins import TRANSLATES
from macros.document.sentences import sentences

_NONE = "–"
_PART = re.compile(r"\n\s*\n|\n(?=\s*(?:-|\d+\.) )")


@dataclass(frozen=True)
class Changed:
    """A text of the source that has changed, sentence by sentence, and what the twin says there.

    `pairs` are sentences before and now; an empty one was added or taken out. `line` is the
    twin's, 0 where it has no such text.
    """

    where: str
    line: int
    pairs: tuple[tuple[str, str], ...]
    twin: str


def drift_lines(root: Path, warnings: tuple[Problem, ...]) -> Iterator[str]:
    """Return what has changed for each twin that is warned of, for who mends it.

    Where git does not know the translated version, that is said.
    """
    for problem in warnings:
        if problem.where == TRANSLATES:
            yield problem.file
            found = changed(root, problem.file)
            if found is None:
                yield "  Git har ikke versjonen som er oversatt. Sammenlign hele filen med kilden."
                continue
            for text in found:
                place = f"linje {text.line}" if text.line else "mangler"
                yield f"  {text.where} ({place})"
                for before, now in text.pairs:
                    yield f"    før:      {before or _NONE}"
                    yield f"    nå:       {now or _NONE}"
                yield f"    tvilling: {text.twin or _NONE}"


def changed(root: Path, twin_file: str) -> list[Changed] | None:
    """Return the texts of a twin's source that are not as in the version that it translates.

    None where no commit has that version.
    """
    twin, source = read_yaml(root / twin_file, twin_file, []), _source_file(twin_file)
    now = read_yaml(root / source, source, [])
    if twin is None or now is None:
        return None
    before = _translated(root, source, twin.data.get(TRANSLATES))
    return None if before is None else list(_texts(before.data, now.data, twin))


def _source_file(twin_file: str) -> str:
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            twin_file = twin_file.replace(f".{language}.yml", ".yml")
    return twin_file


def _translated(root: Path, file: str, version: Any) -> Source | None:
    for text in earlier(root, file):
        found = parse_yaml(text, file, [])
        changes = found.data.get("changes") if found and isinstance(found.data, dict) else None
        if changes and isinstance(changes[0], dict) and changes[0].get("version") == version:
            return found
    return None


def _texts(before: Any, now: Any, twin: Source) -> Iterator[Changed]:
    """Return the texts that differ; what a twin does not have of the source is not translated."""
    old, new, theirs = (leaves(data) for data in (before, now, twin.data))
    for path, text in new.items():
        is_text = isinstance(text, str) and (path in theirs or " " in text)
        if is_text and path[0] != "changes" and old.get(path) != text:
            yield _changed(path, str(old.get(path, "")), text, twin, theirs)


def _changed(
    path: DataPath, old: str, new: str, twin: Source, theirs: dict[DataPath, Any]
) -> Changed:
    was, now = _parted(old), _parted(new)
    pairs: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            pairs.append((" ".join(was[a:b]), " ".join(now[c:d])))
    line = twin.place(path).line if path in theirs else 0
    twin_text = " ".join(str(theirs.get(path, "")).split())
    return Changed(path_text(path), line, tuple(pairs), twin_text)


def _parted(text: str) -> list[str]:
    """Return the sentences of a text in Markdown, a point of a list for itself."""
    parts = _PART.split(text)
    return [" ".join(one.split()) for part in parts for one in sentences(part) if one.strip()]
