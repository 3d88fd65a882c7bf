"""Every form filled in, and the files that come of it: made once for the tests of all formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.scripts.calls import run
from tests.scripts.filled import answered, forms, made

Filled = dict[str, Path]


@pytest.fixture(scope="session")
def documents() -> dict[str, dict[str, Any]]:
    """Return a document with every field answered, for each form."""
    return {name: answered(name, form) for name, form in forms().items()}


@pytest.fixture(scope="session")
def fill(
    documents: dict[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., tuple[Filled, dict[str, Any]]]:
    """Return what fills in the site's files of a format, by one call of Node.

    It gives the files by the form's name, and what had no room in each.
    """

    def filled(wanted: str, module: str, ending: str, *names: str) -> tuple[Filled, dict[str, Any]]:
        folder = tmp_path_factory.mktemp(wanted)
        calls, files = [], {}
        for name in names or [name for name, form in forms().items() if wanted in form["files"]]:
            path = folder / f"{name.replace('/', '-')}.{ending}"
            path.write_bytes(made(forms()[name], wanted))
            call = [module, "fill", {"file": str(path)}, forms()[name], documents[name], []]
            calls.append([{"to": str(path)}, *call])
            files[name] = path
        left = run(calls)
        assert [one for one in left if "error" in one] == []
        return files, dict(zip(files, left, strict=True))

    return filled
