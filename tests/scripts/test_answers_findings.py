"""Findings come out of a log of talks in every form it has, and point at nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from macros.content.base import LANGUAGES, Language
from macros.writers.talks_data import talks_data
from tests import real
from tests.scripts.calls import one, run
from tests.scripts.filled import forms, made

LOG = "template/intervjulogg"
MODULE = "answers/findings.js"
WORDS = {"others": "Andre roller", "none": "Uten område"}
Row = dict[str, str]

ROLES = ("ordforer", "bedrift", "bedrift", "bedrift", "naeringsutvikler", "naeringsutvikler")
TALKS = [
    {
        "nr": str(at),
        "dato": "2027-01-31",
        "rolle": role,
        "kommune": f"Eksempelkommune {'AAB'[at % 3]}",
    }
    for at, role in enumerate(ROLES, start=1)
]
NAMES = [
    {"nr": "1", "navn": "Navn Navnesen", "arbeidssted": "Eksempel kommune"},
    {
        "nr": "2",
        "navn": "Prøve Prøvesen",
        "arbeidssted": "Prøvebedrift AS",
        "kontakt": "00 00 00 00",
    },
]
FINDINGS = [
    {"funn": "Svar tar for lang tid", "omrade": "service", "numre": "2, 3 og 4", "kommuner": "2"},
    {"funn": "Ingen vet hvem som har saken", "omrade": "dialog", "numre": "1–3, 5", "kommuner": ""},
    {"funn": "Navnesen savner tomter, sa Prøvebedrift (nr. 2)", "omrade": "areal", "numre": "2"},
    {"funn": "Boliger mangler", "omrade": "", "numre": "5;6"},
    {"funn": "Noe fra ingen", "omrade": "annet", "numre": ""},
]


def abouts(first: Language = "nb") -> list[dict[str, Any]]:
    """Return where things stand, the page's language first."""
    languages = sorted(LANGUAGES, key=lambda language: language != first)
    return [json.loads(json.dumps(talks_data(real.edition(language)))) for language in languages]


def document(language: Language = "nb", **values: list[Row]) -> dict[str, Any]:
    found = {"logg": TALKS, "funnliste": FINDINGS, "navn": NAMES} | values
    return {
        "schema": "naeringsvennlig-region/dokument",
        "form": 1,
        "id": "3f0c1c5e-8f5a-4a57-9d0b-0a4f7f6d2b11",
        "template": LOG,
        "version": forms(language)[LOG]["version"],
        "language": language,
        "name": "Logg",
        "created": "2027-01-31T10:00:00.000Z",
        "changed": "2027-01-31T10:00:00.000Z",
        "cover": {},
        "values": found,
    }


def of(doc: dict[str, Any]) -> Any:
    return one(MODULE, "fromDocument", doc, abouts(), WORDS)


def themes(found: Any) -> dict[str, list[dict[str, Any]]]:
    return {theme["title"]: theme["rows"] for theme in found["themes"]}


def test_a_saved_log_gives_its_findings_by_theme() -> None:
    found = of(document())
    assert found["talks"] == len(TALKS)
    assert themes(found) == {
        "Næringsareal": [{"text": "[…] savner tomter, sa […]", "talks": 1, "roles": []}],
        "Service og informasjon": [
            {
                "text": "Svar tar for lang tid",
                "talks": 3,
                "roles": [{"label": "Bedrift", "n": 3}],
                "places": 2,
            }
        ],
        "Dialog og samarbeid": [
            {
                "text": "Ingen vet hvem som har saken",
                "talks": 4,
                "roles": [{"label": "Bedrift", "n": 2}, {"label": "Andre roller", "n": 2}],
                "places": 2,
            }
        ],
        "Annet": [{"text": "Noe fra ingen", "talks": 1, "roles": []}],
        "Uten område": [
            {
                "text": "Boliger mangler",
                "talks": 2,
                "roles": [{"label": "Næringsutvikler", "n": 2}],
                "places": 2,
            }
        ],
    }
    notes = {note["key"]: note["count"] for note in found["notes"]}
    assert notes == {"talks_none": 1, "talks_taken": 3, "talks_one": 1}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wanted", ["docx", "xlsx", "json"])
def test_a_file_of_the_log_gives_the_same_as_the_log_itself(
    language: Language, wanted: str, tmp_path: Path
) -> None:
    doc = document(language)
    path = tmp_path / f"logg.{wanted}"
    if wanted == "json":
        path.write_text(json.dumps(doc), encoding="utf-8")
    else:
        path.write_bytes(made(forms(language)[LOG], wanted, language))
        call = [f"files/{wanted}.js", "fill", {"file": str(path)}, forms(language)[LOG], doc, []]
        assert "error" not in run([[{"to": str(path)}, *call]])[0]
    found = one(MODULE, "fromFile", {"file": str(path)}, path.name, abouts(), WORDS)
    assert found == of(document())


def test_numbers_of_talks_and_names_are_nowhere_in_what_comes_out() -> None:
    said = json.dumps(of(document()), ensure_ascii=False)
    assert [
        name for name in ("Navn", "Prøve", "Prøvebedrift", "kommune A", "nr.") if name in said
    ] == []
    assert "numbers" not in said


@pytest.mark.parametrize(
    ("numbers", "roles"),
    [
        ("1", {}),
        ("1, 2", {}),
        ("1, 2, 3", {}),  # the third would be the only one of another role
        ("1, 2, 3, 5", {"Bedrift": 2, "Andre roller": 2}),
        ("2, 3, 5, 6", {"Bedrift": 2, "Næringsutvikler": 2}),
        ("1, 2, 3, 4, 5, 6", {"Bedrift": 3, "Andre roller": 3}),
        ("2, 3, 99", {}),  # nobody knows who the last one is
    ],
)
def test_no_role_is_told_that_one_alone_has(numbers: str, roles: dict[str, int]) -> None:
    found = of(document(funnliste=[{"funn": "Noe", "omrade": "areal", "numre": numbers}]))
    told = {role["label"]: role["n"] for role in themes(found)["Næringsareal"][0]["roles"]}
    assert told == roles


def test_a_log_from_before_the_lists_is_read_too() -> None:
    """Themes were numbers, and roles were written."""
    talks = [{"nr": "1", "rolle": "bedrift "}, {"nr": "2", "rolle": "Bedrift"}]
    doc = document(logg=talks, funnliste=[{"funn": "Noe", "omrade": "3", "numre": "1 og 2"}])
    assert themes(of(doc)) == {
        "Byggesaker": [{"text": "Noe", "talks": 2, "roles": [{"label": "Bedrift", "n": 2}]}]
    }


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1, 4 og 7", ["1", "4", "7"]),
        ("2-5", ["2", "3", "4", "5"]),
        ("2–3; 8", ["2", "3", "8"]),
        ("3.0", ["3"]),
        ("nr. 12", ["12"]),
        ("", []),
        ("1-9999", ["1"]),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, numbers: list[str]) -> None:
    found = of(document(logg=[], funnliste=[{"funn": "Noe", "omrade": "areal", "numre": text}]))
    assert found["talks"] == len(numbers)
    assert themes(found)["Næringsareal"][0]["talks"] == max(1, len(numbers))


def test_what_is_no_log_with_findings_is_told_of(tmp_path: Path) -> None:
    other = {**document(), "template": "template/mandat"}
    empty = document(funnliste=[])
    files = {"mandat.json": json.dumps(other), "tom.json": json.dumps(empty), "x.json": "{}"}
    calls = []
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        calls.append([MODULE, "fromFile", {"file": str(tmp_path / name)}, name, abouts(), WORDS])
    blank = tmp_path / "intervjulogg.xlsx"
    blank.write_bytes(made(forms()[LOG], "xlsx"))
    calls.append([MODULE, "fromFile", {"file": str(blank)}, blank.name, abouts(), WORDS])
    told = [found["error"].partition(":")[0] for found in run(calls)]
    assert told == ["Template", "Findings", "Foreign", "Findings"]
