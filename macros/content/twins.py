"""A twin holds the same item in another language: its texts, and nothing that could differ.

`bedrift.nn.yml` translates `bedrift.yml`. Numbers, codes and references stand in the
source alone; a twin may repeat them, but only unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from macros.content.base import Item, Page
from macros.content.errors import Problem, found_text, path_text
from macros.content.load import DataPath, Source
from macros.content.validate import QUOTES
from macros.content.walk import texts

TRANSLATES = "translates"


def merge(
    base: Source, twin: Source, prefix: DataPath, item: Item, problems: list[Problem]
) -> Source | None:
    """Return the source of `item` with the twin's texts in place, or None when it has drifted.

    Adds an error for each text that is missing, for each value that the source does not
    have, and a warning when the source has a newer version than the one translated.
    """
    found = len(problems)
    theirs = _leaves(_at(twin.data, prefix))
    wanted = {path for path, _ in texts(item)}
    ours = _leaves(_at(base.data, prefix))
    problems.extend(_version(twin, prefix, item, theirs.pop((TRANSLATES,), None)))
    for path in sorted(wanted - theirs.keys(), key=path_text):
        problems.append(
            twin.problem(
                prefix + path,
                f"mangler oversettelse av {path_text(path)}: {found_text(ours.get(path))}",
            )
        )
    for path, value in theirs.items():
        if path in wanted:
            continue
        if path not in ours:
            problems.append(twin.problem(prefix + path, f"finnes ikke i {base.file}", key=True))
        elif ours[path] != value:
            message = f"skal være lik {base.file} ({ours[path]}), fikk «{value}»"
            problems.append(twin.problem(prefix + path, message, "Ta bort linjen."))
    if any(problem.severity == "error" for problem in problems[found:]):
        return None
    return _merged(base, twin, prefix, {path: theirs[path] for path in wanted})


def _version(twin: Source, prefix: DataPath, item: Item, translated: Any) -> Iterator[Problem]:
    if not isinstance(item, Page):
        return
    if translated is None:
        yield twin.problem(prefix, f"mangler nøkkelen «{TRANSLATES}»", f"Skriv «{item.version}».")
    elif not isinstance(translated, str):
        message = f"skal være en tekst, fikk {found_text(translated)}"
        yield twin.problem((*prefix, TRANSLATES), message, QUOTES)
    elif translated != item.version:
        at = twin.place((*prefix, TRANSLATES))
        message = f"oversetter versjon {translated}, men kilden har versjon {item.version}"
        yield Problem(
            at.file,
            at.line,
            at.column,
            path_text((*prefix, TRANSLATES)),
            message,
            severity="warning",
        )


def _merged(base: Source, twin: Source, prefix: DataPath, new: dict[DataPath, Any]) -> Source:
    merged = Source(base.file, deepcopy(base.data), dict(base.values), dict(base.keys))
    for path, value in new.items():
        full = prefix + path
        parent = _at(merged.data, full[:-1])
        parent[full[-1]] = value
        merged.values[full] = twin.place(full)
    return merged


def _at(data: Any, path: DataPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _leaves(data: Any, path: DataPath = ()) -> dict[DataPath, Any]:
    if isinstance(data, dict):
        pairs: Any = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    else:
        return {path: data}
    found: dict[DataPath, Any] = {}
    for key, value in pairs:
        found.update(_leaves(value, (*path, key)))
    return found
