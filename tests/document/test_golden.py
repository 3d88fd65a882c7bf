"""Every golden document: the smallest file of a kind goes in, the tree that it must give comes out.

They show what composing does. `python -m tests.document.golden` writes them anew.
"""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import pytest

from macros.content.model import KINDS
from macros.document import blocks as b
from tests.document.golden import FOLDER, as_yaml, documents, golden_edition, used


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Any]]:
    edition = golden_edition(tmp_path_factory.mktemp("golden") / "handbook")
    return {name: (source, tree) for name, source, tree in documents(edition)}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_a_document_is_composed_as_its_golden_file_says(
    trees: dict[str, tuple[str, Any]], path: Path
) -> None:
    assert as_yaml(*trees[path.stem]) == path.read_text(encoding="utf-8")


def test_each_document_kind_and_block_has_a_golden_file(
    trees: dict[str, tuple[str, Any]],
) -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == trees.keys()
    kinds = {name.partition("-")[0] for name in trees}
    # Those without a page of their own stand in list-glossary, list-decisions and list-laws.
    assert kinds >= KINDS.keys() - {"term", "decision", "law", "value"}
    blocks = {kind.__name__ for kind in typing.get_args(b.Block)}
    assert blocks - {name for _, tree in trees.values() for name in used(tree)} == set()
