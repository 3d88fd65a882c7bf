"""What `mkdocs.yml` says, read for engines that are not MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.building.settings import read_settings
from macros.content.errors import ContentError


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("site_dir: site\nnav: [a, b\n", (2, 6), "er ikke lukket"),
        ("site_dir: site\n\tnav: []\n", (2, 1), "tabulator"),
        ("theme: !!python/name:os.system\n", (1, 8), "!"),
        ("- site\n", (1, 1), "en liste"),
        ("", (1, 1), "ingenting"),
    ],
    ids=["bracket", "tab", "tag", "list", "empty"],
)
def test_settings_that_cannot_be_read_are_told_at_their_place(
    tmp_path: Path, text: str, place: tuple[int, int], said: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_settings(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("mkdocs.yml", *place)
    assert said in problem.message
    assert problem.suggestion
