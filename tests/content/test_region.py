"""A region says who it is; what it writes is data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.content.errors import ContentError, Problem
from macros.content.project import load_project
from macros.content.region import Region, region_folder
from macros.content.region_file import load_region

VALID = "name: A\nshort_name: A\nowner: B\nlanguages: [nb]\nsite_url: https://a.no\n"


def region(tmp_path: Path, text: str) -> tuple[Region | None, list[str]]:
    (tmp_path / "region.yml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    found = load_region(tmp_path, "r", problems)
    return found and found.region, [str(problem).split(": ", 1)[1] for problem in problems]


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
        ("https://a.no", "'https://a.no/\" onx=\"'", 'site_url: kan ikke ha tegnet «"»'),
        ("https://a.no", "'https://a.no/{{ 7*7 }}'", "site_url: kan ikke ha tegnet «{»"),
        ("https://a.no", "https://u:p@a.no", "site_url: kan ikke ha brukernavn eller passord"),
        ("[nb]", "[no]", "languages[0]: skal være nb eller nn, fikk «no»"),
        ("[nb]", "[]", "languages: skal ha minst 1 punkt, har 0"),
        ("[nb]", "[nb, nb]", "languages[1]: målformen «nb» er brukt to ganger"),
        ("[nb]", "nb", "languages: skal være en liste, fikk «nb»"),
        ("owner: B\n", "", "mangler nøkkelen «owner»"),
        ("owner: B", "ownr: B", "ownr: ukjent nøkkel. Mente du «owner»?"),
        ("owner: B", "owner: |\n  B\n  C", "owner: skal være på én linje"),
        ("owner: B", "owner: B\nscript: x", "script: ukjent nøkkel"),
        ("name: A\nsh", "name: 5\nsh", "name: skal være en tekst, fikk «5»"),
        *(
            (
                "name: A\nsh",
                f'name: "A\\u{code}B"\nsh',
                f"name: kan ikke ha tegnet U+{code}",
            )
            for code in (
                *("001B", "0085", "061C", "200B", "200F", "202A", "202E", "2028", "2066"),
                *("2069", "FEFF", "FFFE", "FFFF"),
            )
        ),
        ("owner: B", "owner: B\nmunicipalities: [4640]", "municipalities[0]: skal være en tekst"),
        (
            "owner: B",
            "owner: B\nmunicipalities: ['4640', '4640']",
            "municipalities[1]: kommunen «4640» er brukt to ganger",
        ),
        ("owner: B", "owner: B\nanalytics: matomo", "analytics: kan bare være none: nettstedet"),
        ("owner: B", "owner: B\ncost: |\n  A\n  B", "cost: skal være på én linje"),
        (
            "owner: B",
            "owner: B\nlegal: {privacy: 'data:text/html,x'}",
            "legal.privacy: skal være en adresse som begynner med https://, fikk «data:text",
        ),
        (
            "owner: B",
            "owner: B\nlegal: {privaci: https://a.no}",
            "legal.privaci: ukjent nøkkel. Mente du «privacy»?",
        ),
        (
            "owner: B",
            "owner: B\nsurveys: {addresses: {bedrifter: 'javascript:alert(1)'}}",
            "surveys.addresses.bedrifter: skal være en adresse som begynner med https://",
        ),
        (
            "owner: B",
            "owner: B\nsurveys: {addresses: [https://a.no]}",
            "surveys.addresses: skal være et oppslag med nøkler, fikk en liste",
        ),
        (
            "owner: B",
            "owner: B\narchive: {case_number: {hint: Spør}}",
            "archive.case_number: mangler nøkkelen «format»",
        ),
        ("https://a.no", "https://a.no/" + "a" * 500, "site_url: kan ha høyst 500 tegn"),
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


@pytest.mark.parametrize(
    "address",
    [
        "https://svar.a.no/s?id=1&x=%C3%A6",
        "https://forms.a.no/r.aspx?id=a_b-c%2b=#del",
        "http://a.no",
    ],
)
def test_the_address_of_a_survey_may_have_a_query(tmp_path: Path, address: str) -> None:
    found, problems = region(tmp_path, f"{VALID}surveys:\n  addresses:\n    bedrifter: {address}\n")
    assert found, problems
    assert found.surveys.addresses == {"bedrifter": address}


@pytest.mark.parametrize("address", ["https://a.no/'x", 'https://a.no/?"x', "https://a.no/?<b>"])
def test_the_address_of_a_survey_has_no_quote_or_bracket(tmp_path: Path, address: str) -> None:
    quoted = address.replace("'", "''")
    found, _ = region(tmp_path, f"{VALID}surveys: {{addresses: {{bedrifter: '{quoted}'}}}}\n")
    assert found is None


def test_a_string_of_ten_megabytes_is_refused_in_one_line(tmp_path: Path) -> None:
    found, problems = region(tmp_path, VALID.replace("owner: B", "owner: " + "B" * 10_000_000))
    assert found is None
    assert problems == ["filen er større enn 512 kB"]


def test_municipalities_are_known_by_number_in_the_regions_own_order(
    tree: Path, change: Callable[[str, str, str], Path]
) -> None:
    change(
        "regions/standard/region.yml", "languages:", 'municipalities: ["4641", "0301"]\nlanguages:'
    )
    found = load_project(tree).municipalities
    assert [municipality.name for municipality in found] == ["Aurland", "Oslo"]


def test_without_the_list_of_municipalities_the_list_is_what_is_missing(
    tree: Path, change: Callable[[str, str, str], Path], told: Callable[..., str]
) -> None:
    change("regions/standard/region.yml", "languages:", 'municipalities: ["4641"]\nlanguages:')
    (tree / "reference" / "municipalities.csv").unlink()
    assert told(tree) == "reference/municipalities.csv: kan ikke leses som UTF-8\n1 feil."


@pytest.mark.parametrize("name", ["region.yml", "_brand.yml", "logo.svg", "bilder/kart.png"])
def test_a_link_that_leads_out_of_the_regions_folder_is_refused_unread(
    tree: Path, told: Callable[..., str], name: str
) -> None:
    outside = tree.parent / "hemmelig"
    outside.write_text("passord: hemmelig\n")
    path = tree / "regions" / "standard" / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(outside)
    assert told(tree) == (
        f"regions/standard/{name}: filen er en lenke som fører ut av regionens mappe. "
        "Legg selve filen i mappen.\n1 feil."
    )


def test_a_folder_inside_may_not_be_a_link_out_either(tree: Path, told: Callable[..., str]) -> None:
    (tree / "regions" / "standard" / "bilder").symlink_to(tree.parent, target_is_directory=True)
    assert "regions/standard/bilder: filen er en lenke" in told(tree)
    (tree / "regions" / "sogn").symlink_to(tree / "docs", target_is_directory=True)
    (tree / "docs" / "region.yml").write_text("name: ~\n")
    assert "regions/sogn: mappen er en lenke ut av regions" in told(tree, "sogn")


def test_a_link_inside_the_folder_is_no_harm(tree: Path, told: Callable[..., str]) -> None:
    (tree / "regions" / "standard" / "merke.svg").symlink_to("logo.svg")
    (tree / "regions" / "standard" / ".lagret").symlink_to(tree.parent)
    assert told(tree) == "Ingen feil."


def test_links_in_a_circle_are_told(tree: Path, told: Callable[..., str]) -> None:
    (tree / "regions" / "standard" / "a.svg").symlink_to("b.svg")
    (tree / "regions" / "standard" / "b.svg").symlink_to("a.svg")
    assert "regions/standard/a.svg: filen er en lenke som fører ut" in told(tree)


@pytest.mark.parametrize("twin", ["regions/Standard", "../standard"])
def test_two_regions_of_one_name_are_told(tree: Path, told: Callable[..., str], twin: str) -> None:
    shutil.copytree(tree / "regions" / "standard", tree / twin)
    for choice in ("standard", twin) if twin.startswith("regions") else (twin,):
        assert "to regioner heter det samme: " in told(tree, choice)
        assert "Gi den ene mappen et annet navn." in told(tree, choice)
