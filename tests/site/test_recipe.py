"""A toy kind, added by the recipe of CONTRIBUTING.md and nothing else: it is everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.document.formats import SUFFIXES
from tests.site.conftest import ROOT, small_project

pytestmark = pytest.mark.xdist_group("small")

MODEL = '''
from typing import ClassVar

from pydantic import Field

from macros.content.base import Page
from macros.content.text import PhaseRef, Rich


class Hint(Page):
    """A hint."""

    kind: ClassVar[str] = "hint"
    phase: PhaseRef = Field(description="Fasen.")
    text: Rich = Field(description="Tipset.")

    @property
    def in_phases(self) -> tuple[str, ...]:
        return (self.phase,)
'''
COMPOSER = '''
from macros.content.hint import Hint
from macros.document import blocks as b
from macros.document.edition import Edition, Writing
from macros.document.parts import document, part


def compose_hint(edition: Edition, item: Hint) -> b.Document:
    """Return the document of a hint."""
    w = Writing(edition, item)
    facts = b.Facts((w.fact("mood", "Munter"),))
    return document(w, item, facts, (part(w, "hint_text", w.rich(item.text)),), [item.phase])
'''
# File, the text before which a line is put, and the line: one for each place of the recipe.
STEPS = [
    (
        "macros/content/model.py",
        "from macros.content.law import Law\n",
        "from macros.content.hint import Hint\n",
    ),
    (
        "macros/content/model.py",
        '        Kind(Role, "reference',
        '        Kind(Hint, "hints", "tips", "tips-", "hints", found=True, weight=0.5),\n',
    ),
    (
        "macros/document/compose.py",
        "from macros.document.guides",
        "from macros.document.hint import compose_hint\n",
    ),
    ("macros/document/compose.py", '    "role": compose_role,\n', '    "hint": compose_hint,\n'),
    (
        "macros/document/parts.py",
        '    "checklist": "sjekkliste",\n',
        '    "hint_text": "tipset",\n',
    ),
    ("mkdocs.yml", "- <templates>\n", "- <hints>\n"),
]
WORDS = {
    "kind": {"hint": "Tips"},
    "kinds": {"hint": "Tips og råd"},
    "fact": {"mood": "Humør"},
    "section": {"hint_text": "Selve tipset"},
    "list": {"hints": {"title": "Alle tips", "summary": "Korte råd."}},
}
ITEM = """title: Ta med kaffe
summary: Det gir bedre møter.
changes:
  - {version: "1.0", date: 2026-01-31, text: Første versjon.}
phase: forstudie
text: Kaffe og **frukt**.
"""


def words_added(text: str) -> str:
    """Return a file of words with those of the toy kind, each under its group."""
    for group, added in WORDS.items():
        lines = "".join(
            f"  {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in added.items()
        )
        assert f"\n{group}:\n" in text, group
        text = text.replace(f"\n{group}:\n", f"\n{group}:\n{lines}", 1)
    return text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small project whose code has one kind more."""
    root = tmp_path_factory.mktemp("oppskrift") / "prosjekt"
    shutil.copytree(ROOT / "macros", root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    small_project(root)
    (root / "macros/content/hint.py").write_text(MODEL, encoding="utf-8")
    (root / "macros/document/hint.py").write_text(COMPOSER, encoding="utf-8")
    for file, before, line in STEPS:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(before) == 1, (file, before)
        (root / file).write_text(text.replace(before, line + before), encoding="utf-8")
    for path in (root / "macros/layouts/strings").glob("*.yml"):
        path.write_text(words_added(path.read_text(encoding="utf-8")), encoding="utf-8")
    (root / "hints").mkdir()
    (root / "hints/kaffe.yml").write_text(ITEM, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.mark.audit
def test_a_kind_by_the_recipe_has_a_page_a_list_and_files(made: Path) -> None:
    page = (made / "tips/kaffe/index.html").read_text(encoding="utf-8")
    assert "Ta med kaffe" in page
    assert "Selve tipset" in page
    assert "<strong>frukt</strong>" in page
    assert "Ta med kaffe" in (made / "tips/index.html").read_text(encoding="utf-8")
    for name in ("docx", "pdf", "odt"):
        assert (made / f"last-ned/tips-kaffe{SUFFIXES[name]}").is_file(), name


@pytest.mark.audit
def test_a_kind_by_the_recipe_is_found(made: Path) -> None:
    assert "Ta med kaffe" in (made / "finn/index.html").read_text(encoding="utf-8")
    index = json.loads((made / "sok/indeks.json").read_text(encoding="utf-8"))
    found = {page[0]: page for page in index["pages"]}["tips/kaffe/"]
    assert found[2] == "hint"
    assert found[6] == 0.5
    data = json.loads((made / "data/handbok.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in data["contents"]["hint"]] == ["kaffe"]
