"""A region's finished site as files: what they come to, and what differs from the last time."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from pathlib import Path, PurePath

from macros.fleet.state import Counts

# What a file is, to who reads the report, by what its name ends in.
KINDS = {
    ".html": "page",
    ".pdf": "pdf",
    ".docx": "word",
    ".odt": "odt",
    ".xlsx": "excel",
    ".pptx": "slides",
    ".zip": "zip",
    ".ics": "calendar",
    **dict.fromkeys((".webp", ".png", ".svg", ".jpg"), "picture"),
    **dict.fromkeys((".css", ".js", ".woff2"), "look"),
}
OTHER = "data"
WHAT = ("added", "changed", "removed")


def listed(site: Path) -> dict[str, str]:
    """Return the hash of each file of a site by its path."""
    found = {}
    for path in _files(site):
        with path.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
        found[path.relative_to(site).as_posix()] = sha
    return found


def measured(site: Path) -> tuple[int, int]:
    """Return how many files a site has, and their bytes; nothing where there is none."""
    sizes = [path.stat().st_size for path in _files(site)]
    return len(sizes), sum(sizes)


def _files(site: Path) -> list[Path]:
    return [Path(where) / name for where, _, names in os.walk(site) for name in sorted(names)]


def kept_list(path: Path) -> dict[str, str]:
    """Return the list of the files of the last site; empty where it was not kept."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found) if isinstance(found, dict) else {}


def changes(before: dict[str, str], now: dict[str, str]) -> Counts:
    """Return how many files are added, changed and removed, by kind."""
    became = {
        "added": now.keys() - before.keys(),
        "changed": {name for name in now.keys() & before.keys() if now[name] != before[name]},
        "removed": before.keys() - now.keys(),
    }
    return {
        what: dict(sorted(Counter(map(kind, became[what])).items()))
        for what in WHAT
        if became[what]
    }


def kind(name: str) -> str:
    """Return what a file is."""
    return KINDS.get(PurePath(name).suffix, OTHER)
