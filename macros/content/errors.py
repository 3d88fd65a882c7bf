"""Problems in content, collected and reported together, in Norwegian."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import Literal

_MOST = 100  # problems of one file that a report shows
Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place.

    `file` is relative to the project (or absolute when outside it), `line` and `column`
    count from 1 (0 when the whole file is meant), `where` is the path inside the file.
    """

    file: str
    line: int
    column: int
    where: str
    message: str
    suggestion: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        where = f"{self.where}: " if self.where else ""
        hint = f". {self.suggestion}" if self.suggestion else ""
        label = "advarsel: " if self.severity == "warning" else ""
        return _one_line(f"{place}: {label}{where}{self.message}{hint}")


def _one_line(text: str) -> str:
    """Return the text without line breaks, terminal codes and other invisible characters."""
    return "".join(
        character if character.isprintable() else " " if character.isspace() else "\ufffd"
        for character in text
    )


class ContentError(Exception):
    """Raised once, with every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__(report(self.problems))


def report(problems: Sequence[Problem]) -> str:
    """Return the problems as lines of text, in file order, with a count last.

    Of a file with more than 100 problems only the first are shown, then how many more it has.
    """
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    counts = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in ((errors, "feil", "feil"), (warnings, "advarsel", "advarsler"))
        if number
    ]
    lines: list[str] = []
    for file, found in groupby(problems, key=lambda problem: problem.file):
        own = list(found)
        shown = set(sorted(own, key=lambda problem: problem.severity)[:_MOST])  # errors first
        lines += [str(problem) for problem in own if problem in shown]
        if len(own) > _MOST:
            lines.append(_one_line(f"{file}: og {len(own) - _MOST} til i denne filen"))
    return "\n".join([*lines, " og ".join(counts) + "."]) if lines else "Ingen feil."


def suggest(word: str, known: Iterable[str]) -> str:
    """Return «Mente du …?» for the nearest known word, or the empty string."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Mente du «{near[0]}»?" if near else ""


def path_text(path: Sequence[str | int]) -> str:
    """Return a path such as `sections[1].questions[0].why`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def found_text(value: object) -> str:
    """Return a value as it is quoted in a message, shortened to 40 characters."""
    if value is None:
        return "ingenting"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "et oppslag med nøkler"
    if isinstance(value, list):
        return "en liste"
    text = str(value).replace("\n", " ")
    return f"«{text[:40]}…»" if len(text) > 40 else f"«{text}»"
