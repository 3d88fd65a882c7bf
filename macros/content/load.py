"""The only reader of YAML: events in, plain values with line and column out.

The document is built from libyaml's event stream, not from PyYAML's recursive composer,
so that a deep, huge or self-referring file is refused before it costs anything.
PyYAML's own parser is never used: it is slow and refuses some of what libyaml reads.
Plain scalars follow YAML 1.2's core schema (10.3.2): `no` is a text, not False.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from macros.content.errors import Problem, found_text, path_text

DataPath = tuple[str | int, ...]
MAX_BYTES = 512_000
MAX_DEPTH = 16

_PLAIN: list[tuple[re.Pattern[str], Callable[[str], Any]]] = [
    (re.compile(r"~|null|Null|NULL|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]{1,18}"), int),
    (re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}"), float),
]


@dataclass(frozen=True)
class Place:
    """Where something stands; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass
class Source:
    """A file's values, with the place of each value and each key by its path."""

    file: str
    data: Any = None
    values: dict[DataPath, Place] = field(default_factory=dict)
    keys: dict[DataPath, Place] = field(default_factory=dict)

    def place(self, path: DataPath, *, key: bool = False) -> Place:
        """Return the place of the value (or key) at `path`, or of its nearest parent."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(self.file, 1, 1))

    def problem(
        self, path: DataPath, message: str, suggestion: str = "", *, key: bool = False
    ) -> Problem:
        """Return an error about the value (or key) at `path`."""
        at = self.place(path, key=key)
        return Problem(at.file, at.line, at.column, path_text(path), message, suggestion)


class _Refused(Exception):
    def __init__(self, mark: Any, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.line: int = mark.line + 1 if mark else 0
        self.column: int = mark.column + 1 if mark else 0
        self.message, self.suggestion = message, suggestion


def read_yaml(path: Path, label: str, problems: list[Problem]) -> Source | None:
    """Return the file's values, or None after adding what is wrong to `problems`.

    `label` is how the file is named in messages. Refuses files over 512 000 bytes or 16
    levels, duplicate keys, anchors, aliases, tags and more than one document.
    """
    text = read_text(path, label, problems)
    return None if text is None else parse_yaml(text, label, problems)


def read_text(path: Path, label: str, problems: list[Problem]) -> str | None:
    """Return the file's text, or None after adding why it cannot be read to `problems`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            message = f"filen er større enn {MAX_BYTES // 1000} kB"
        else:
            return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"filen er ikke UTF-8 (byte {error.start})"
    except OSError as error:
        message = f"filen kan ikke leses: {error.strerror}"
    problems.append(Problem(label, 0, 0, "", message))
    return None


def parse_yaml(text: str, label: str, problems: list[Problem]) -> Source | None:
    """Return the values of a YAML text, or None after adding what is wrong to `problems`."""
    source = Source(label)
    try:
        _Builder(source, problems).build(text)
    except _Refused as error:
        problems.append(
            Problem(label, error.line, error.column, "", error.message, error.suggestion)
        )
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problems.append(Problem(label, line, column, "", *_syntax(error)))
        return None
    return source


def _syntax(error: yaml.YAMLError) -> tuple[str, str]:
    text = str(getattr(error, "problem", None) or error)
    hints = {
        "mapping values are not allowed": "Sett teksten i anførselstegn når den har kolon.",
        "found a tab character": "Bruk mellomrom, ikke tabulator, til innrykk.",
        "found character that cannot start": "Sett tekst som begynner med @, % eller ` i "
        "anførselstegn, og bruk mellomrom til innrykk.",
        "did not find expected key": "Se på innrykket og anførselstegnene på linjen før.",
        "did not find expected '-'": "Se på innrykket på denne linjen og den før.",
        "did not find expected ','": "Det mangler et komma, eller klammen er ikke lukket.",
        "could not find expected ':'": "Det mangler et kolon etter nøkkelen på linjen før.",
        "found unexpected end of stream": "Et anførselstegn er ikke lukket.",
    }
    hint = next((hint for start, hint in hints.items() if start in text), "")
    return f"filen er ikke gyldig YAML ({text})", hint


@dataclass
class _Frame:
    container: dict[str, Any] | list[Any]
    path: DataPath
    key: str | None = None


class _Builder:
    """Builds plain values from the event stream, without recursion."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source, self.problems = source, problems
        self.stack: list[_Frame] = []
        self.documents = 0

    def build(self, text: str) -> None:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            mark: Any = event.start_mark
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _Refused(mark, "anker (&) og alias (*) er ikke lov", "Skriv verdien ut.")
            if isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise _Refused(mark, "filen kan bare ha ett dokument", "Ta bort «---».")
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if event.tag:
            raise _Refused(event.start_mark, f"merket «{event.tag}» er ikke lov")
        if len(self.stack) >= MAX_DEPTH:
            raise _Refused(event.start_mark, f"dypere enn {MAX_DEPTH} nivåer er ikke lov")
        container: dict[str, Any] | list[Any] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        path = self._place(container, event.start_mark)
        self.stack.append(_Frame(container, path))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag and event.tag != "!":
            raise _Refused(event.start_mark, f"merket «{event.tag}» er ikke lov")
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            self._key(frame, event)
        else:
            self._place(_plain(event), event.start_mark)

    def _key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        mark: Any = event.start_mark
        key = event.value
        path = (*frame.path, key)
        if key in frame.container:
            first = self.source.keys[path]
            self.problems.append(
                Problem(
                    self.source.file,
                    mark.line + 1,
                    mark.column + 1,
                    path_text(path),
                    f"nøkkelen står to ganger, også på linje {first.line}",
                    "Ta bort den ene.",
                )
            )
        else:
            self.source.keys[path] = Place(self.source.file, mark.line + 1, mark.column + 1)
        frame.key = key

    def _place(self, value: Any, mark: Any) -> DataPath:
        """Put a value where it belongs and return its path."""
        frame = self.stack[-1] if self.stack else None
        path: DataPath = ()
        if frame is None:
            self.source.data = value
        elif isinstance(frame.container, list):
            path = (*frame.path, len(frame.container))
            frame.container.append(value)
        elif frame.key is None:
            raise _Refused(mark, "en nøkkel skal være en tekst")
        else:
            path, key = (*frame.path, frame.key), frame.key
            frame.container[key] = value
            frame.key = None
        self.source.values[path] = Place(self.source.file, mark.line + 1, mark.column + 1)
        return path


def _plain(event: yaml.ScalarEvent) -> Any:
    if event.implicit[0]:
        for pattern, convert in _PLAIN:
            if pattern.fullmatch(event.value):
                return convert(event.value)
    return event.value


def expect_mapping(source: Source, path: DataPath, problems: list[Problem]) -> bool:
    """Return whether the value at `path` is a mapping; add a problem when it is not."""
    value: Any = source.data
    for part in path:
        value = value[part]
    if isinstance(value, dict):
        return True
    problems.append(
        source.problem(path, f"skal være et oppslag med nøkler, fikk {found_text(value)}")
    )
    return False


def sorted_files(folder: Path, suffix: str = ".yml") -> Sequence[Path]:
    """Return the folder's files with the suffix, by name; none when there is no folder."""
    return sorted(path for path in folder.glob(f"*{suffix}") if path.is_file())


def inside(folder: Path, path: Path) -> bool:
    """Return whether a path stays in the folder once every symbolic link is followed."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, a NUL
        return False


def leading_out(folder: Path) -> Iterator[Path]:
    """Return each symbolic link in a folder that leads out of it; hidden ones are passed over."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *sorted(files)):
            path = Path(place, name)
            if path.is_symlink() and not name.startswith(".") and not inside(folder, path):
                yield path
