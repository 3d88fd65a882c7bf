"""Every golden file: the minimal handbook, one change, and the exact report that it must give.

A golden file says what `must` hold, then how the tree differs from `tests/content/minimal/`:
`edit` swaps text that stands once in a file, `add` writes whole files, `remove` takes them away.
`report` is what `nvr check` has to say.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from .conftest import ROOT

CASES = sorted((ROOT / "tests" / "golden").glob("*.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_golden_file_gives_its_report(
    case: Path,
    tree: Path,
    change: Callable[[str, str, str], Path],
    told: Callable[..., str],
) -> None:
    golden = yaml.safe_load(case.read_text(encoding="utf-8"))
    assert golden.keys() <= {"must", "edit", "add", "remove", "report"}
    for name, swaps in golden.get("edit", {}).items():
        for old, new in swaps.items():
            change(name, old, new)
    for name, text in golden.get("add", {}).items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, encoding="utf-8")
    for name in golden.get("remove", []):
        (tree / name).unlink()
    assert told(tree) == golden["report"].rstrip("\n"), golden["must"]
