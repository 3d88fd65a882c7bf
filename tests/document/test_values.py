"""A value is named once, and stands the same on a page, in a file and in the open data."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from macros.content.project import Project, load_project
from macros.document.compose import compose
from macros.document.edition import Edition, load_edition
from macros.document.shared import Shared
from macros.pages.calls import page_names
from macros.pages.sandbox import Code
from macros.writers.data import handbook_json
from macros.writers.word import job
from tests.content.conftest import MINIMAL

MEETING = "guides/meeting/oppstartsmote.yml"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The smallest handbook, whose kick-off meeting names a value."""
    root = Path(shutil.copytree(MINIMAL, tmp_path / "handbook"))
    swap(root / MEETING, "{{ region.name }}", "minst {{ verdi.minste-gruppe }} svar")
    return root


@pytest.fixture
def project(tree: Path) -> Project:
    return load_project(tree)


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def file(project: Project, edition: Edition) -> str:
    item = edition.handbook.get("meeting", "oppstartsmote")
    shared = Shared(project.region, project.brand, edition.words(), "https://example.org/")
    made = job(compose(edition, item), shared)
    with zipfile.ZipFile(io.BytesIO(made.render(made.payload).data)) as parts:
        return parts.read("word/document.xml").decode()


def test_a_value_stands_on_a_page_in_a_file_and_in_the_open_data(project: Project) -> None:
    edition = load_edition(project, "nb")
    said = "minst fem svar"
    assert said in str(compose(edition, edition.handbook.get("meeting", "oppstartsmote")))
    assert said in file(project, edition)
    data = json.loads(handbook_json(edition, "https://example.org/", dt.date(2026, 11, 29)))
    assert said in data["contents"]["meeting"][0]["purpose"]
    assert data["contents"]["value"][0]["number"] == 5
    prose = Code({}, page_names(edition))
    assert prose.run("Vi viser aldri færre enn {{verdi.minste-gruppe}}.", "side.md") == (
        "Vi viser aldri færre enn fem.",
        [],
    )


def test_a_page_that_names_no_value_is_told_of_the_nearest(project: Project) -> None:
    prose = Code({}, page_names(load_edition(project, "nb")))
    _, problems = prose.run("Er dere\n{{ verdi.minste-grupe }}?", "side.md")
    assert [str(problem) for problem in problems] == [
        "side.md:2:1: ukjent navn «verdi.minste-grupe». Mente du «verdi.minste-gruppe»?"
    ]


def test_a_region_changes_a_value_in_every_text_and_rule_at_once(
    tree: Path,
) -> None:
    own = tree / "regions" / "standard" / "reference"
    own.mkdir()
    (own / "values.yml").write_text("minste-gruppe:\n  based_on: x\n  number: 15\n", "utf-8")
    edition = load_edition(load_project(tree), "nb")
    assert "minst 15 svar" in str(
        compose(edition, edition.handbook.get("meeting", "oppstartsmote"))
    )
    assert "færre enn 15 svar" in str(compose(edition, edition.handbook.get("survey", "bedrifter")))


def test_words_of_a_value_are_in_the_language_of_the_text(
    tree: Path,
) -> None:
    swap(tree / MEETING, "minste-gruppe", "rytme")
    swap(tree / MEETING.replace(".yml", ".nn.yml"), "{{ region.name }}", "{{ verdi.rytme }}")
    values = tree / "reference" / "values.yml"
    rhythm = "rytme:\n  title: Rytme\n  text: hver uke\n  why: Slik.\n"
    values.write_text(values.read_text("utf-8") + rhythm, "utf-8")
    (tree / "reference" / "values.nn.yml").write_text(
        "rytme:\n  title: Rytme\n  text: kvar veke\n  why: Slik.\n", "utf-8"
    )
    project = load_project(tree)
    for language, said in (("nb", "hver uke"), ("nn", "kvar veke")):
        edition = load_edition(project, language)
        assert said in str(compose(edition, edition.handbook.get("meeting", "oppstartsmote")))
