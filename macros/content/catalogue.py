"""The site's own words, one file a language: `macros/layouts/strings/<language>.yml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.content.base import Language
from macros.content.errors import ContentError, Problem
from macros.content.load import read_yaml

FOLDER = Path(__file__).parent.parent / "layouts" / "strings"


@dataclass(frozen=True)
class Catalogue:
    """Texts by dotted key. Calling it with a key gives the text, filled with the values."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text; with `n`, the singular `<key>.one` is used for 1.

        Raises KeyError when there is no such key.
        """
        if values.get("n") == 1 and f"{key}.one" in self.texts:
            key = f"{key}.one"
        elif key not in self.texts and f"{key}.many" in self.texts:
            key = f"{key}.many"
        return self.texts[key].format_map(values) if values else self.texts[key]

    def only(self, *groups: str) -> Catalogue:
        """Return the texts of some groups, for a file that says no others.

        Then it has its key, and so its bytes in the cache, from these alone.
        """
        begin = tuple(f"{group}." for group in groups)
        texts = {
            key: text for key, text in self.texts.items() if key.startswith(begin) or key in groups
        }
        return Catalogue(self.language, texts)

    def keys(self, group: str) -> dict[str, str]:
        """Return the key, within a group, of each of its texts."""
        begin = f"{group}."
        found = self.texts.items()
        return {text: key.removeprefix(begin) for key, text in found if key.startswith(begin)}

    def date(self, day: dt.date) -> str:
        """Return a date in words, such as «24. november 2026»."""
        return self("date.format", day=day.day, month=self(f"date.m{day.month}"), year=day.year)


def load_catalogue(language: Language) -> Catalogue:
    """Return the catalogue of a language; raises ContentError when it cannot be read."""
    path = FOLDER / f"{language}.yml"
    return _read(language, path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=8)
def _read(language: Language, path: Path, changed: int) -> Catalogue:  # noqa: ARG001 (of the key)
    problems: list[Problem] = []
    source = read_yaml(path, path.name, problems)
    if source is None:
        raise ContentError(problems)
    return Catalogue(language, dict(_flat(source.data, "")))


def _flat(data: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found
