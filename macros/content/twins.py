"""A twin holds the same item in another language: its texts, and nothing that could differ.

`bedrift.nn.yml` translates `bedrift.yml`. Numbers, codes and references stand in the
source alone; a twin may repeat them, but only unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from copy import deepcopy
from typing import Any

from macros.content.base import Item, Page
from macros.content.entries import value_at
from macros.content.errors import Problem, found_text, path_text
from macros.content.load import DataPath, Source
from macros.content.patch import leaves
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
    theirs = leaves(value_at(twin.data, prefix))
    ours = leaves(value_at(base.data, prefix))
    problems.extend(_version(twin, prefix, item, theirs.pop((TRANSLATES,), None)))
    wanted = {path for path, _ in texts(item)}
    problems.extend(drift(base.file, ours, twin, prefix, theirs, wanted))
    if any(problem.severity == "error" for problem in problems[found:]):
        return None
    return replaced(base, prefix, {path: (theirs[path], twin, path) for path in wanted})


def drift(
    name: str,
    ours: Mapping[DataPath, Any],
    twin: Source,
    prefix: DataPath,
    theirs: Mapping[DataPath, Any],
    wanted: AbstractSet[DataPath],
) -> Iterator[Problem]:
    """Return what is wrong with a twin's values `theirs`, laid beside `ours` of the file `name`.

    `wanted` are the paths of the texts to translate.
    """
    for path in sorted(wanted - theirs.keys(), key=path_text):
        yield twin.problem(
            prefix + path,
            f"mangler oversettelse av {path_text(path)}: {found_text(ours.get(path))}",
        )
    for path, value in theirs.items():
        if path in wanted:
            continue
        if path not in ours:
            yield twin.problem(prefix + path, f"finnes ikke i {name}", key=True)
        elif ours[path] != value:
            message = f"skal være lik {name} ({ours[path]}), fikk «{value}»"
            yield twin.problem(prefix + path, message, "Ta bort linjen.")


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


def replaced(
    base: Source, prefix: DataPath, new: Mapping[DataPath, tuple[Any, Source, DataPath]]
) -> Source:
    """Return the source with other texts: by path, the text, and the path of it in its source."""
    merged = Source(base.file, deepcopy(base.data), dict(base.values), dict(base.keys))
    for path, (value, source, own) in new.items():
        full = prefix + path
        value_at(merged.data, full[:-1])[full[-1]] = value
        merged.values[full] = source.place(prefix + own)
    return merged
