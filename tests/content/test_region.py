"""A region says who it is; what it writes is data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.content.errors import ContentError, Problem
from macros.content.project import load_project
from macros.content.region import Region, load_region, region_folder

VALID = "name: A\nshort_name: A\nowner: B\nlanguages: [nb]\nsite_url: https://a.no\n"


def region(tmp_path: Path, text: str) -> tuple[Region | None, list[str]]:
    (tmp_path / "region.yml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    found = load_region(tmp_path, "r", problems)
    return found, [str(problem).split(": ", 1)[1] for problem in problems]


def test_five_keys_are_enough(tmp_path: Path) -> None:
    found, problems = region(tmp_path, VALID)
    assert problems == []
    assert found
    assert found.contacts.adviser is None


@pytest.mark.parametrize("address", ["https://a.no", "https://a.no/", "https://a.no//"])
def test_the_address_ends_in_one_slash(tmp_path: Path, address: str) -> None:
    found, problems = region(tmp_path, VALID.replace("https://a.no", address))
    assert found, problems
    assert found.base_url == "https://a.no/"


@pytest.mark.parametrize(
    ("old", "new", "report"),
    [
        ("https://a.no", "a.no", "site_url: skal være en adresse som begynner med https://"),
        ("https://a.no", "javascript:alert(1)", "site_url: skal være en adresse som begynner"),
        ("https://a.no", "'https://a.no/\" onx=\"'", "site_url: skal være en adresse som begynner"),
        ("https://a.no", "'https://a.no/{{ 7*7 }}'", "site_url: skal være en adresse"),
        ("https://a.no", "https://u:p@a.no", "site_url: skal være en adresse som begynner"),
        ("[nb]", "[no]", "languages[0]: skal være nb eller nn, fikk «no»"),
        ("[nb]", "[]", "languages: skal ha minst 1 punkt, har 0"),
        ("[nb]", "[nb, nb]", "languages[1]: målformen «nb» er brukt to ganger"),
        ("[nb]", "nb", "languages: skal være en liste, fikk «nb»"),
        ("owner: B\n", "", "mangler nøkkelen «owner»"),
        ("owner: B", "ownr: B", "ownr: ukjent nøkkel. Mente du «owner»?"),
        ("owner: B", "owner: |\n  B\n  C", "owner: skal være på én linje"),
        ("owner: B", "owner: B\nscript: x", "script: ukjent nøkkel"),
        ("name: A\nsh", "name: 5\nsh", "name: skal være en tekst, fikk «5»"),
        ("name: A\nsh", 'name: "A\\u202e"\nsh', "name: kan ikke ha det usynlige tegnet U+202E"),
    ],
)
def test_a_mistake_is_told_in_norwegian(tmp_path: Path, old: str, new: str, report: str) -> None:
    assert old in VALID
    found, problems = region(tmp_path, VALID.replace(old, new, 1))
    assert found is None
    assert any(problem.startswith(report) for problem in problems), problems


@pytest.mark.parametrize(
    ("key", "value", "report"),
    [
        ("email", "kari", "skal være en e-postadresse, fikk «kari»"),
        ("email", "kari@a.no?bcc=x@b.no", "skal være en e-postadresse"),
        ("phone", "ring meg", "skal være et telefonnummer, fikk «ring meg»"),
        ("phone", "55000000", "skal være en tekst, fikk «55000000»"),
        ("mail", "a@b.no", "ukjent nøkkel. Mente du «email»?"),
    ],
)
def test_a_mistake_in_a_contact_is_told_at_the_contact(
    tmp_path: Path, key: str, value: str, report: str
) -> None:
    person = {"name": "Kari", "title": "Rådgiver", "email": "kari@a.no", key: value}
    lines = "".join(f"    {name}: {text}\n" for name, text in person.items())
    _, problems = region(tmp_path, f"{VALID}contacts:\n  adviser:\n{lines}")
    assert any(problem.startswith(f"contacts.adviser.{key}: {report}") for problem in problems), (
        problems
    )


@pytest.mark.parametrize(
    "name", ["{{ 7*7 }}", "{% include '/etc/passwd' %}", "<script>alert(1)</script>", "A & B"]
)
def test_the_name_of_a_region_is_kept_as_it_is_written(tmp_path: Path, name: str) -> None:
    found, problems = region(tmp_path, VALID.replace("name: A", f'name: "{name}"', 1))
    assert found, problems
    assert found.name == name


def test_an_unknown_region_is_told_with_the_nearest_name(tree: Path) -> None:
    shutil.copytree(tree / "regions" / "standard", tree / "regions" / "sogn")
    with pytest.raises(ContentError) as error:
        load_project(tree, "songn")
    assert str(error.value) == "REGION=songn: fant ingen region.yml. Mente du «sogn»?\n1 feil."
    with pytest.raises(ContentError, match=r"Kjente regioner: sogn, standard\."):
        load_project(tree, "xyz")


@pytest.mark.parametrize("choice", ["../" * 50 + "etc", "/dev/null", "æ", "a b", "-"])
def test_a_choice_that_leads_nowhere_is_told(tree: Path, choice: str) -> None:
    with pytest.raises(ContentError, match=r"fant ingen region\.yml"):
        region_folder(tree, choice)


@pytest.mark.parametrize("choice", ["a" * 300, "../" + "æ" * 300, "a/" * 3000, "a\0b", "\0"])
def test_a_choice_that_no_folder_can_be_called_is_told_in_a_line(tree: Path, choice: str) -> None:
    with pytest.raises(ContentError, match=r"fant ingen region\.yml") as error:
        region_folder(tree, choice)
    problem, _ = str(error.value).splitlines()
    assert problem.isprintable()
    assert len(problem) < 300


def test_a_choice_that_leads_in_a_circle_is_told(tree: Path) -> None:
    (tree / "regions" / "ring").symlink_to("ring")
    for choice in ("ring", "regions/ring"):
        with pytest.raises(ContentError, match=r"fant ingen region\.yml"):
            region_folder(tree, choice)


@pytest.mark.parametrize("how", ["../utenfor", "absolute"])
def test_a_region_may_live_outside_the_project(
    tree: Path, told: Callable[..., str], how: str
) -> None:
    outside = Path(shutil.move(tree / "regions" / "standard", tree.parent / "utenfor"))
    choice = str(outside) if how == "absolute" else how
    project = load_project(tree, choice)
    assert project.region.name == "Fjordregionen"
    assert project.folder == outside
    (outside / "region.yml").write_text("name: ~\n")
    assert "../utenfor/region.yml:1:1: mangler nøkkelen «owner»" in told(tree, choice)


def test_the_standard_region_is_the_default(tree: Path) -> None:
    assert region_folder(tree, None) == region_folder(tree, "standard")
