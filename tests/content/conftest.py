"""The minimal handbook, and what loading a changed copy of it says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from macros.content.errors import ContentError, report
from macros.content.project import load_project

ROOT = Path(__file__).parents[2]
MINIMAL = Path(__file__).parent / "minimal"

settings.register_profile("content", deadline=None, derandomize=True, database=None)
settings.load_profile("content")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the minimal handbook that a test may change."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "handbook"))


@pytest.fixture
def change(tree: Path) -> Callable[[str, str, str], Path]:
    """Return a function that swaps one stretch of text in a file of the tree."""

    def swap(name: str, old: str, new: str) -> Path:
        path = tree / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"«{old}» står {text.count(old)} ganger i {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return swap


@pytest.fixture
def told() -> Callable[..., str]:
    """Return a function that loads a tree and gives the report an author would read."""

    def load(root: Path, region: str | None = None) -> str:
        try:
            return report(load_project(root, region).warnings)
        except ContentError as error:
            return str(error)

    return load
