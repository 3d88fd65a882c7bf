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
from typing import Any, NamedTuple

import yaml

from macros.content.characters import REMOVE, Refused, find_written, unseen
from macros.content.decode import NotText, decoded
from macros.content.errors import Problem, Severity, found_text, path_text
from macros.content.yaml_faults import UNKEYLIKE, explain, in_quotes, named, odd_sign

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
_BEGINS_PLAIN = {"", *"~nNtTfF-+0123456789"}
# What YAML has no room for (1.2, 5.1), and what YAML 1.1 counts as the end of a line.
_UNREADABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_CUT_OFF = re.compile(r"[ \t]+(?P<comment>#[^\s#].*)")


class Place(NamedTuple):
    """Where something stands; line and column count from 1. `written` is how it is written.

    There are tens of thousands, and no other class is made as fast.
    """

    file: str
    line: int
    column: int
    written: str = ""

    def of(self, sought: str) -> Place:
        """Return the place of some of its characters, or its own when they are not found."""
        at = find_written(self.written, sought)
        if at <= 0:
            return self
        line = self.written.count("\n", 0, at)
        column = at - self.written.rfind("\n", 0, at) if line else self.column + at
        return Place(self.file, self.line + line, column)


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
        self,
        path: DataPath,
        message: str,
        suggestion: str = "",
        *,
        key: bool = False,
        sought: str = "",
    ) -> Problem:
        """Return an error about the value (or key) at `path`, or some characters of it."""
        at = self.place(path, key=key).of(sought)
        return Problem(at.file, at.line, at.column, path_text(path), message, suggestion)


class _Mark(NamedTuple):
    line: int
    column: int


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
            problem = Problem(label, 0, 0, "", f"filen er større enn {MAX_BYTES // 1000} kB")
        else:
            return decoded(path.read_bytes())
    except NotText as error:
        problem = Problem(label, error.line, error.column, "", error.message, error.hint)
    except OSError as error:
        problem = Problem(label, 0, 0, "", f"filen kan ikke leses: {error.strerror}")
    problems.append(problem)
    return None


def front_matter_end(lines: Sequence[str]) -> int | None:
    """Return the number of the line that closes a page's front matter, from 0; else None."""
    if not lines or lines[0].rstrip() != "---":
        return None
    return next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), None)


def parse_yaml(text: str, label: str, problems: list[Problem]) -> Source | None:
    """Return the values of a YAML text, or None after adding what is wrong to `problems`."""
    source = Source(label)
    text = text.removeprefix("\ufeff")
    lines = text.split("\n")
    if _UNREADABLE.search(text) and (unread := list(_unreadable(lines, label))):
        problems.extend(unread)
        return None
    try:
        _Builder(source, problems, lines).build(text)
    except _Refused as error:
        problems.append(
            Problem(label, error.line, error.column, "", error.message, error.suggestion)
        )
        return None
    except yaml.YAMLError as error:
        problems.append(not_yaml(text, label, error))
        return None
    return source


def not_yaml(text: str, label: str, error: yaml.YAMLError) -> Problem:
    """Return what an author is told of a text that libyaml has given up."""
    at, begun = (
        (mark.line + 1, mark.column + 1) if mark else None
        for mark in (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    )
    said = str(getattr(error, "problem", ""))
    fault = explain(text.split("\n"), said, at or (1, 1), begun)
    return Problem(label, fault.line, fault.column, "", fault.message, fault.hint)


def _unreadable(lines: Sequence[str], label: str) -> Iterator[Problem]:
    """Return what libyaml has no room for, or would count as the end of a line."""
    for number, line in enumerate(lines):
        for found in _UNREADABLE.finditer(line):
            message = f"filen {Refused(found[0]).message}"
            yield Problem(label, number + 1, found.start() + 1, "", message, REMOVE)


@dataclass
class _Frame:
    container: dict[str, Any] | list[Any]
    path: DataPath
    key: str | None = None


class _Builder:
    """Builds plain values from the event stream, without recursion."""

    def __init__(self, source: Source, problems: list[Problem], lines: Sequence[str]) -> None:
        self.source, self.problems, self.lines = source, problems, lines
        self.stack: list[_Frame] = []
        self.documents = 0

    def build(self, text: str) -> None:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            mark: Any = event.start_mark
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                hint = f"Skriv verdien ut. Er det en tekst? {self._in_quotes(mark)}"
                raise _Refused(mark, "anker (&) og alias (*) er ikke lov", hint)
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
        self._untagged(event)
        if len(self.stack) >= MAX_DEPTH:
            raise _Refused(event.start_mark, f"dypere enn {MAX_DEPTH} nivåer er ikke lov")
        container: dict[str, Any] | list[Any] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        path = self._place(container, self._at(event.start_mark, self._line(event.start_mark)))
        self.stack.append(_Frame(container, path))

    def _untagged(self, event: Any) -> None:
        if event.tag:
            hint = f"Er det en tekst? {self._in_quotes(event.start_mark)}"
            raise _Refused(event.start_mark, f"merket «{event.tag}» er ikke lov", hint)

    def _in_quotes(self, mark: Any) -> str:
        return in_quotes(self.lines[mark.line])

    def _line(self, mark: Any) -> str:
        """Return the rest of the line from a place."""
        return self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""

    def _at(self, mark: Any, written: str) -> Place:
        return Place(self.source.file, mark.line + 1, mark.column + 1, written)

    def _written(self, event: Any) -> str:
        """Return a scalar as the file has it; an empty one with the comment in its place."""
        start, end = event.start_mark, event.end_mark
        if start.line == end.line and start.column == end.column:
            return self._line(start).strip()
        if start.line == end.line:
            return str(self.lines[start.line][start.column : end.column])
        last = [self.lines[end.line][: end.column]] if end.line < len(self.lines) else []
        between = self.lines[start.line + 1 : end.line]
        return "\n".join([self.lines[start.line][start.column :], *between, *last])

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._untagged(event)
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            self._key(frame, event)
            return
        written = self._written(event)
        value = _plain(event)
        if event.implicit[0]:
            value = self._without_comment(event, value, written)
        self._place(value, self._at(event.start_mark, written))

    def _without_comment(self, event: Any, value: Any, written: str) -> Any:
        """Return the value of an unquoted scalar; tell of what YAML takes out of it.

        `primary: #004f71` is an empty value and a comment. A comment has a space after its #.
        """
        start, end = event.start_mark, event.end_mark
        if found := _CUT_OFF.match(" " + written) if value is None else None:
            message = "verdien er tom, for alt etter # er en kommentar"
            column = self.lines[start.line].index("#", start.column)
            self._tell(start.line, column, message, self._commented(start))
            return found["comment"]
        if not isinstance(value, str):
            return value
        if (rest := self._line(end)) and (found := _CUT_OFF.match(rest)):
            message = f"alt fra «{found['comment'][:20]}» er en kommentar, og vises ikke"
            column = end.column + found.start("comment")
            self._tell(end.line, column, message, self._commented(start), "warning")
        if fault := odd_sign(value, start.line + 1):
            column = start.column + fault.column
            raise _Refused(_Mark(start.line, column - 1), fault.message, fault.hint)
        return value

    def _commented(self, mark: Any) -> str:
        return f"{self._in_quotes(mark)}. Er det en kommentar, så skriv et mellomrom etter #."

    def _tell(
        self, line: int, column: int, message: str, hint: str, severity: Severity = "error"
    ) -> None:
        self.problems.append(
            Problem(self.source.file, line + 1, column + 1, "", message, hint, severity)
        )

    def _key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        mark: Any = event.start_mark
        key = event.value
        self._fit_for_a_key(mark, key)
        path = (*frame.path, key)
        if key in frame.container:
            first = self.source.keys[path]
            message = f"nøkkelen står to ganger, også på linje {first.line}"
            at = self._at(mark, key)
            self.problems.append(
                Problem(at.file, at.line, at.column, path_text(path), message, "Ta bort den ene.")
            )
        else:
            self.source.keys[path] = self._at(mark, key)
        frame.key = key

    def _fit_for_a_key(self, mark: Any, key: str) -> None:
        if fault := odd_sign(self.lines[mark.line], mark.line + 1):
            raise _Refused(_Mark(mark.line, fault.column - 1), fault.message, fault.hint)
        if key.isascii() and key.isidentifier():
            return
        if found := UNKEYLIKE.search(key):
            place = _Mark(mark.line, mark.column + found.start())
            raise _Refused(
                place, f"nøkkelen har {named(found[0])}", "Nøkler skrives uten slike tegn."
            )
        if wrong := unseen(key):
            place = _Mark(mark.line, mark.column + key.index(wrong.character))
            raise _Refused(place, f"en nøkkel {wrong.message}", REMOVE)

    def _place(self, value: Any, at: Place) -> DataPath:
        """Put a value where it belongs and return its path."""
        frame = self.stack[-1] if self.stack else None
        path: DataPath = ()
        if frame is None:
            self.source.data = value
        elif isinstance(frame.container, list):
            path = (*frame.path, len(frame.container))
            frame.container.append(value)
        elif frame.key is None:
            mark = _Mark(at.line - 1, at.column - 1)
            raise _Refused(mark, "en nøkkel skal være en tekst", self._in_quotes(mark))
        else:
            path, key = (*frame.path, frame.key), frame.key
            frame.container[key] = value
            frame.key = None
        self.source.values[path] = at
        return path


def _plain(event: yaml.ScalarEvent) -> Any:
    if event.implicit[0] and event.value[:1] in _BEGINS_PLAIN:
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
    message = f"skal være et oppslag med nøkler, fikk {found_text(value)}"
    hint = "Skriv «nøkkel: verdi», med mellomrom etter kolon." if isinstance(value, str) else ""
    problems.append(source.problem(path, message, hint))
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
