"""A twin that translates an older version: what has changed since, sentence by sentence."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from macros.command.report import region_report
from macros.content.project import load_project

MINIMAL = Path(__file__).parent / "content" / "minimal"
SOURCE = "guides/meeting/oppstartsmote.yml"
NEWER = '  - {version: "1.1", date: 2026-02-01, text: Rettet.}\n  - version: "1.0"'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path / "handbok"))


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.no"]
    subprocess.run([*command, *arguments], check=True, capture_output=True)


def committed(tree: Path) -> None:
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "alt")


def moved_on(tree: Path) -> None:
    path = tree / SOURCE
    text = path.read_text(encoding="utf-8").replace('  - version: "1.0"', NEWER)
    text = text.replace("Velkommen til {{ region.name }}.", "Velg ordstyrer. Si velkommen.")
    path.write_text(text, encoding="utf-8")
    twin = tree / SOURCE.replace(".yml", ".nn.yml")
    text = twin.read_text(encoding="utf-8").replace("changes:\n", "changes:\n  - text: Retta.\n")
    twin.write_text(text, encoding="utf-8")


def test_the_sentences_that_changed_stand_beside_the_twin(tree: Path) -> None:
    committed(tree)
    moved_on(tree)
    said = region_report(load_project(tree))
    section = said.split("Tvillinger som henger etter kilden\n")[1].split("\n\n")[0]
    assert section.splitlines()[:4] == [
        "  guides/meeting/oppstartsmote.nn.yml",
        "    purpose (linje 7)",
        "      før:      Velkommen til {{ region.name }}.",
        "      nå:       Velg ordstyrer. Si velkommen.",
    ]
    assert section.splitlines()[4].startswith("      tvilling: Alle går heim med **same** svar.")
    assert len(section.splitlines()) == 5


def test_a_twin_of_the_newest_version_is_not_mentioned(tree: Path) -> None:
    committed(tree)
    assert "henger etter" not in region_report(load_project(tree))


def test_where_git_does_not_know_the_version_that_is_said(tree: Path) -> None:
    moved_on(tree)
    said = region_report(load_project(tree))
    assert "Git har ikke versjonen som er oversatt." in said
