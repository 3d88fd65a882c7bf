"""The whole handbook: finding items, order, and what is left to the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.content.handbook import download_name
from macros.content.load import read_yaml
from macros.content.model import KINDS, Gate, Phase
from macros.content.project import Project, load_project
from macros.content.region import region_folder
from macros.content.template import Template
from macros.content.walk import references, texts

from .conftest import MINIMAL


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(MINIMAL)


def test_the_minimal_handbook_has_something_of_every_kind_and_every_field(project: Project) -> None:
    handbook = project.handbooks["nb"]
    assert all(handbook.items[kind] for kind in KINDS)
    fields = handbook.find(Template, "mandat").fields
    assert {field.type for field in fields} == {
        *("short", "long", "date", "amount", "number", "choice", "checklist", "table")
    }
    assert not project.warnings


def test_a_kind_or_item_that_is_not_there_is_told_with_the_nearest_name(project: Project) -> None:
    handbook = project.handbooks["nb"]
    with pytest.raises(KeyError, match=r"ukjent slag «worksop»\. Mente du «workshop»\?"):
        handbook.get("worksop", "swot")
    with pytest.raises(KeyError, match=r"workshop «swott» finnes ikke\. Mente du «swot»\?"):
        handbook.get("workshop", "swott")
    with pytest.raises(KeyError, match="phase «mandat» finnes ikke"):
        handbook.find(Phase, "mandat")


def test_items_come_in_their_stated_order(project: Project) -> None:
    gates = project.handbooks["nb"].all(Gate)
    assert [gate.id for gate in gates] == ["oppstart", "forstudie"]


def test_only_items_with_a_page_are_pages(project: Project) -> None:
    kinds = {page.kind for page in project.handbooks["nb"].pages()}
    assert kinds == {name for name, kind in KINDS.items() if kind.address}
    assert "gate" not in kinds


def test_an_items_file_carries_its_kind_where_ids_could_meet(project: Project) -> None:
    handbook = project.handbooks["nb"]
    names = {
        kind: download_name(next(iter(handbook.items[kind].values())))
        for kind in ("interview", "survey", "checklist", "template", "gate", "term")
    }
    assert names == {
        "interview": "intervju-bedrift",
        "survey": "undersokelse-bedrifter",
        "checklist": "sjekkliste-forstudie",
        "template": "mandat",
        "gate": None,
        "term": None,
    }


def test_every_text_and_reference_of_an_item_is_walked(project: Project) -> None:
    meeting = project.handbooks["nb"].get("meeting", "oppstartsmote")
    paths = dict(texts(meeting))
    assert paths["agenda", 1, "result"] == "Et vedtatt mandat."
    assert paths["record", 0, "label"] == "Dato"
    assert ("minutes",) not in paths
    assert ("papers", 0, "template") not in paths
    found = dict(references(meeting))
    assert found["papers", 0, "template"] == ("template", "mandat")
    assert found["related", 1] == ("workshop", "swot")
    assert found["purpose",] == ("template", "mandat")


def test_hidden_files_and_the_copies_that_editors_leave_are_nobodys_mistake(tree: Path) -> None:
    for name in (".DS_Store", ".swot.yml.swp", "#swot.yml#", "swot.yml~", ".lagret/swot.yml"):
        path = tree / "guides" / "workshop" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("title: SWOT\n")
    assert not load_project(tree).warnings


def test_items_cannot_be_changed_after_loading(project: Project) -> None:
    with pytest.raises(ValueError, match="frozen"):
        project.handbooks["nb"].get("phase", "forstudie").title = "x"  # type: ignore[misc,assignment]


def test_the_minimal_handbook_is_plain_enough_to_copy(project: Project) -> None:
    for path in sorted(MINIMAL.rglob("*.yml")):
        assert read_yaml(path, path.name, []), path
    assert region_folder(MINIMAL, None) == project.folder
