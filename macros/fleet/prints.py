"""What an edition is made of, as hashes: where none has moved, the edition is as it was.

Four parts: the code with its libraries, the content that all regions share, the region's folder,
and the settings. The time of the build is no part: it moves with every commit, and an edition
that is not built again keeps the time that it was built at.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.building.settings import FILE
from macros.content.built import VARIABLE as TIME
from macros.content.files import LEFT_BY_A_PROGRAM
from macros.content.project import CONTENT_FOLDERS
from macros.fleet.places import printable
from macros.keys import FOLDER as CODE

Hashes = Mapping[str, str]
_SHARED = (*CONTENT_FOLDERS, "docs", FILE, "LICENSE", "LICENSE-content")


@dataclass(frozen=True)
class Print:
    """The hashes of what one edition is made of; of content and region, file by file."""

    code: str
    settings: str
    content: Hashes
    region: Hashes

    @property
    def whole(self) -> str:
        """Return one hash of it all, by which an edition can be kept."""
        parts = (
            self.code,
            self.settings,
            sorted(self.content.items()),
            sorted(self.region.items()),
        )
        return digest(json.dumps(parts).encode())


def digest(data: bytes) -> str:
    """Return the hash (hex) of bytes."""
    return hashlib.sha256(data).hexdigest()


def code_print(root: Path) -> str:
    """Return the hash of the code that builds, of what it needs, and of the project's own layouts.

    Any other version of any package counts: what a library does to the bytes, nobody knows
    beforehand.
    """
    libraries = sorted({f"{one.name}={one.version}" for one in importlib.metadata.distributions()})
    found = dict(tree(CODE))
    own = root / CODE.name
    if own.is_dir() and own.resolve() != CODE:
        found |= {f"./{name}": sha for name, sha in tree(own).items()}
    return digest(
        json.dumps([platform.python_version(), libraries, sorted(found.items())]).encode()
    )


def content_print(root: Path) -> Hashes:
    """Return the hashes of the content that all editions share, by path."""
    found: dict[str, str] = {}
    for name in _SHARED:
        path = root / name
        if path.is_dir():
            found |= {f"{name}/{inner}": sha for inner, sha in tree(path).items()}
        elif path.is_file():
            found[name] = digest(path.read_bytes())
    return found


def settings_print(engine: str, address: str) -> str:
    """Return the hash of what is set for one edition: engine, address, a time that is said."""
    return digest(json.dumps([engine, address, os.environ.get(TIME, "")]).encode())


def tree(folder: Path) -> dict[str, str]:
    """Return the hash of each file below a folder, by its path there.

    A link counts as what it says, and nothing is read through it. Raises OSError, as where the
    folder is gone.
    """
    found: dict[str, str] = {}
    ahead = [(folder, "")]  # and what stands before the names in it
    while ahead:
        inner, before = ahead.pop()
        with os.scandir(inner) as entries:
            for entry in entries:
                path, name = Path(entry.path), f"{before}{entry.name}"
                if entry.name == "__pycache__" or LEFT_BY_A_PROGRAM.fullmatch(entry.name):
                    continue
                if entry.is_symlink():
                    found[name] = digest(os.fsencode(path.readlink()))
                elif entry.is_dir():
                    ahead.append((path, f"{name}/"))
                elif entry.is_file():
                    found[name] = digest(path.read_bytes())
    return dict(sorted(found.items()))


def moved(before: Hashes, now: Hashes) -> list[str]:
    """Return the files that are added, changed or gone, in order."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def names(files: Iterable[str], folder: str) -> list[str]:
    """Return the files' paths from the project's folder."""
    return [printable(f"{folder}/{name}") for name in files]
