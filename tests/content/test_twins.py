"""A nynorsk twin holds texts; everything else stands in the source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.content.guides import Meeting
from macros.content.model import Role
from macros.content.project import load_project

Change = Callable[[str, str, str], Path]
TWIN = "guides/meeting/oppstartsmote.nn.yml"


def test_a_twin_has_its_own_texts_and_the_numbers_and_references_of_the_source(tree: Path) -> None:
    handbooks = load_project(tree).handbooks
    source, twin = (handbooks[language].find(Meeting, "oppstartsmote") for language in ("nb", "nn"))
    assert (source.language, twin.language) == ("nb", "nn")
    assert source.agenda[1].result == "Et vedtatt mandat."
    assert twin.agenda[1].result == "Eit vedteke mandat."
    assert [item.minutes for item in twin.agenda] == [item.minutes for item in source.agenda]
    assert twin.participants[0].role == "prosjektleder"
    assert (twin.version, twin.updated) == (source.version, source.updated)


def test_an_item_of_a_shared_file_has_its_twin_in_a_shared_file(tree: Path) -> None:
    role = load_project(tree).handbooks["nn"].find(Role, "prosjektleder")
    assert (role.title, role.phases[0].time, role.mandate) == (
        "Prosjektleiar",
        "To dagar i veka.",
        "does",
    )


def test_a_twin_need_not_say_a_number_again_so_it_follows_when_the_source_changes(
    tree: Path, change: Change
) -> None:
    source = "guides/meeting/oppstartsmote.yml"
    change(source, "minutes: 30", "minutes: 35")
    change(source, "minutes: 20", "minutes: 25")
    twin = load_project(tree).handbooks["nn"].find(Meeting, "oppstartsmote")
    assert (twin.minutes, twin.agenda[1].minutes) == (35, 25)


def test_what_has_no_twin_is_in_bokmal_and_is_listed_as_missing(tree: Path) -> None:
    (tree / TWIN).unlink()
    project = load_project(tree)
    assert project.handbooks["nn"].find(Meeting, "oppstartsmote").language == "nb"
    assert "meeting/oppstartsmote" in project.missing["nn"]
    assert "role/prosjektleder" not in project.missing["nn"]


def test_a_wrong_text_in_a_twin_is_told_in_the_twin(
    tree: Path, change: Change, told: Callable[..., str]
) -> None:
    change(TWIN, "short: Ta berre mandatet.", "short: '{{ region.namn }}'")
    report = told(tree)
    assert report.startswith(f"{TWIN}:40:10: variants.short: ukjent navn {{{{ region.namn }}}}")
    assert report.endswith("\n1 feil.")


def test_a_twin_that_is_a_mere_copy_of_the_shape_is_told_text_by_text(
    tree: Path, told: Callable[..., str]
) -> None:
    (tree / TWIN).write_text('translates: "1.0"\n')
    lines = told(tree).splitlines()
    assert lines[-1] == "37 feil."
    assert all(f"{TWIN}:1:1: " in line and "mangler oversettelse" in line for line in lines[:-1])


def test_a_text_where_the_source_has_a_list_is_told(
    tree: Path, change: Change, told: Callable[..., str]
) -> None:
    change(TWIN, "result: [eit felles mål, ein leiar]", "result: eit felles mål")
    report = told(tree)
    assert "result: finnes ikke i guides/meeting/oppstartsmote.yml" in report
    assert "mangler oversettelse av result[1]: «en leder»" in report
