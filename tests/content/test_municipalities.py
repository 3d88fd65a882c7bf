"""The table of municipalities is right, and a wrong number leads to the right one."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from macros.content.errors import ContentError
from macros.content.municipalities import (
    NAME_COLUMNS,
    SOURCE,
    TABLE,
    Municipality,
    load_municipalities,
    suggest_number,
)

ROOT = Path(__file__).parents[2]
MUNICIPALITIES = load_municipalities(ROOT)

# The division of 1 January 2024, after Viken, Vestfold og Telemark and Troms og Finnmark were
# dissolved, and the language resolutions that Språkrådet counts in each county (2021):
# county number, county, municipalities, bokmål, nynorsk, neutral.
COUNTIES = [
    ("03", "Oslo", 1, 0, 0, 1),
    ("11", "Rogaland", 23, 2, 9, 12),
    ("15", "Møre og Romsdal", 27, 0, 15, 12),
    ("18", "Nordland", 41, 20, 0, 21),
    ("31", "Østfold", 12, 11, 0, 1),
    ("32", "Akershus", 21, 14, 0, 7),
    ("33", "Buskerud", 18, 10, 3, 5),
    ("34", "Innlandet", 46, 22, 7, 17),
    ("39", "Vestfold", 6, 3, 0, 3),
    ("40", "Telemark", 17, 2, 8, 7),
    ("42", "Agder", 25, 7, 6, 12),
    ("46", "Vestland", 43, 0, 41, 2),
    ("50", "Trøndelag", 38, 7, 0, 31),
    ("55", "Troms", 21, 7, 0, 14),
    ("56", "Finnmark", 18, 14, 0, 4),
]
# A letter that a language has and plain Norwegian spelling has not, to catch lost accents.
LETTERS = {
    "no": "A-ZÆØÅa-zæøå -",
    "se": "A-ZÁČĐŊŠŦŽa-záčđŋšŧž",
    "smj": "A-ZÁÅÄa-záåäŋń",
    "sma": "A-ZÅÄÖÏa-zåäöï",
    "fkv": "A-ZÄÖŠŽa-zäöšžđ",
}


def of(county_number: str) -> list[Municipality]:
    return [each for each in MUNICIPALITIES.values() if each.county_number == county_number]


# The facts.


def test_all_municipalities_of_2024_are_there_in_order() -> None:
    assert len(MUNICIPALITIES) == 357
    assert list(MUNICIPALITIES) == sorted(MUNICIPALITIES)
    assert all(re.fullmatch(r"[0-9]{4}", number) for number in MUNICIPALITIES)
    assert {each.county_number for each in MUNICIPALITIES.values()} == {row[0] for row in COUNTIES}


@pytest.mark.parametrize(("number", "county", "count", "nb", "nn", "neutral"), COUNTIES)
def test_a_county_has_its_municipalities_and_their_language_forms(
    number: str, county: str, count: int, nb: int, nn: int, neutral: int
) -> None:
    found = of(number)
    assert len(found) == count
    assert {each.county for each in found} == {county}
    assert all(each.number.startswith(number) for each in found)
    forms = Counter(each.language_form for each in found)
    assert forms["nb"] <= nb
    assert forms["nn"] <= nn
    assert forms["neutral"] <= neutral
    # What is not certain is left out, never guessed: only these have gaps.
    assert forms[None] == {"11": 6, "15": 1}.get(number, 0)


@pytest.mark.parametrize(
    ("number", "name", "county"),
    [
        ("0301", "Oslo", "Oslo"),
        ("1101", "Eigersund", "Rogaland"),
        ("1508", "Ålesund", "Møre og Romsdal"),
        ("1580", "Haram", "Møre og Romsdal"),  # on its own again since 2024
        ("1804", "Bodø", "Nordland"),
        ("1818", "Herøy", "Nordland"),  # and 1515, of the same name
        ("3118", "Indre Østfold", "Østfold"),
        ("3205", "Lillestrøm", "Akershus"),
        ("3338", "Nore og Uvdal", "Buskerud"),
        ("3453", "Øystre Slidre", "Innlandet"),
        ("3911", "Færder", "Vestfold"),
        ("4036", "Vinje", "Telemark"),
        ("4219", "Evje og Hornnes", "Agder"),
        ("4640", "Sogndal", "Vestland"),
        ("5061", "Rindal", "Trøndelag"),  # from Møre og Romsdal in 2019
        ("5501", "Tromsø", "Troms"),
        ("5605", "Sør-Varanger", "Finnmark"),
    ],
)
def test_known_municipalities(number: str, name: str, county: str) -> None:
    assert (MUNICIPALITIES[number].name, MUNICIPALITIES[number].county) == (name, county)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("1826", "Aarborte – Hattfjelldal"),
        ("1841", "Fauske – Fuossko"),
        ("1845", "Sørfold – Fuolldá"),
        ("1875", "Hábmer – Hamarøy"),
        ("5001", "Trondheim – Tråante"),
        ("5041", "Snåase – Snåsa"),
        ("5043", "Raarvihke – Røyrvik"),
        ("5512", "Dielddanuorri – Tjeldsund"),
        ("5538", "Storfjord – Omasvuotna – Omasvuono"),
        ("5540", "Gáivuotna – Kåfjord – Kaivuono"),
        ("5544", "Nordreisa – Ráisa – Raisi"),
        ("5610", "Kárášjohka – Karasjok"),
        ("5612", "Guovdageaidnu – Kautokeino"),
        ("5622", "Porsanger – Porsáŋgu – Porsanki"),
        ("5628", "Deatnu – Tana"),
        ("5636", "Unjárga – Nesseby"),
    ],
)
def test_parallel_names_stand_in_the_official_order(number: str, name: str) -> None:
    assert MUNICIPALITIES[number].name == name


def test_the_shown_name_is_made_of_the_official_names() -> None:
    for each in MUNICIPALITIES.values():
        assert sorted(each.name.split(" – ")) == sorted(each.names.values())
        assert unicodedata.is_normalized("NFC", each.name)
        for language, name in each.names.items():
            assert re.fullmatch(f"[{LETTERS[language]}]+", name), (language, name)


def test_official_names_in_sami_and_kven() -> None:
    counts = Counter(tag for each in MUNICIPALITIES.values() for tag in each.names)
    assert counts == {"no": 357, "se": 15, "smj": 3, "sma": 8, "fkv": 4}
    assert set(counts) == set(NAME_COLUMNS)
    assert MUNICIPALITIES["5622"].names == {
        "no": "Porsanger",
        "se": "Porsáŋgu",
        "fkv": "Porsanki",
    }
    assert MUNICIPALITIES["1875"].names["smj"] == "Hábmer"
    assert MUNICIPALITIES["5025"].names["sma"] == "Rosse"


def test_a_former_number_leads_to_one_municipality_and_is_in_use_no_more() -> None:
    former = [number for each in MUNICIPALITIES.values() for number in each.former_numbers]
    assert len(former) == len(set(former))
    assert MUNICIPALITIES.keys().isdisjoint(former)
    # The three counties that were dissolved gave every municipality a new number.
    for county in ("31", "32", "33", "39", "40", "55", "56"):
        prefixes = {"30"} if county < "34" else {"38"} if county < "50" else {"54"}
        for each in of(county):
            assert sum(number[:2] in prefixes for number in each.former_numbers) == 1, each


# Suggestions.


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ("1420", "Mente du 4640 Sogndal?"),  # until 2020
        ("1419", "Mente du 4640 Sogndal?"),  # Leikanger, merged into it
        ("3001", "Mente du 3101 Halden?"),  # Viken, 2020–2023
        ("3817", "Mente du 4020 Midt-Telemark?"),  # Vestfold og Telemark
        ("5430", "Mente du 5612 Guovdageaidnu – Kautokeino?"),  # Troms og Finnmark
        ("1507", "Mente du 1508 Ålesund?"),  # before Haram left
        ("301", "Mente du 0301 Oslo?"),  # a number, not text
        (" Sogndal ", "Mente du 4640 Sogndal?"),
        ("tromso", "Mente du 5501 Tromsø?"),
        ("Karasjok", "Mente du 5610 Kárášjohka – Karasjok?"),
        ("Herøy", "Mente du 1515 Herøy eller 1818 Herøy?"),
        ("9999", f"Numrene står i {TABLE}."),
        ("", f"Numrene står i {TABLE}."),
        ("🙂" * 100_000, f"Numrene står i {TABLE}."),
        ("٤٦٤٠", f"Numrene står i {TABLE}."),
    ],
)
def test_a_wrong_number_leads_to_the_right_one(wrong: str, answer: str) -> None:
    assert suggest_number(wrong, MUNICIPALITIES) == answer


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("4604", "4640 Sogndal"), ("0310", "0301 Oslo"), ("4690", "4640 Sogndal"), ("5602", "5601 ")],
)
def test_digits_swapped_or_mistyped_are_recognised(slip: str, meant: str) -> None:
    answer = suggest_number(slip, MUNICIPALITIES)
    assert meant in answer
    assert answer.count(" eller ") <= 1
    assert len(re.findall(r"\d{4}", answer)) <= 3


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    answer = suggest_number(text, MUNICIPALITIES)
    assert answer.startswith(("Mente du ", "Numrene står i "))


# A table that somebody has edited.


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a function that copies the table with one stretch of text swapped."""

    def swap(old: str, new: str) -> Path:
        path = tmp_path / TABLE
        path.parent.mkdir()
        text = (ROOT / TABLE).read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path

    return swap


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("0301,", "301,", f"{TABLE}:2:1: number skal være fire sifre, fikk «301»"),
        ("1101,", "0301,", f"{TABLE}:3:1: nummeret «0301» er brukt to ganger"),
        ("1101,", "1201,", "county_number skal være «12»"),
        ("Oslo,Oslo,03,Oslo,,,,,neutral", "Oslo,Oslo,03,Oslo,,,,,no", "fikk «no»"),
        ("Oslo,Oslo,03,Oslo", "Oslo,,03,Oslo", "display_name mangler"),
        ("Oslo,Oslo,03,Oslo", "Oslo,03,Oslo", f"{TABLE}:2:1: linjen skal ha 11 felt"),
        ("Oslo,Oslo,03,Oslo", "Os,lo,Oslo,03,Oslo", "linjen skal ha 11 felt"),
        ("number,name,", "nummer,name,", f"{TABLE}:1:1: har andre kolonner enn ventet"),
    ],
)
def test_a_row_that_is_wrong_is_named(
    table: Callable[[str, str], Path], old: str, new: str, told: str
) -> None:
    with pytest.raises(ContentError, match=re.escape(told)):
        load_municipalities(table(old, new))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=f"{TABLE}: kan ikke leses"):
        load_municipalities(tmp_path)


def test_the_table_and_its_source_are_content_and_files_beside_them_are_not(
    tree: Path, told: Callable[..., str]
) -> None:
    (tree / "reference").mkdir(exist_ok=True)
    for name in (TABLE, SOURCE):
        shutil.copy(ROOT / name, tree / name)
    assert "blir ikke lest" not in told(tree)
    shutil.copy(ROOT / TABLE, tree / "reference" / "kommuner.csv")
    assert "reference/kommuner.csv: filen blir ikke lest" in told(tree)


def test_the_source_tells_what_each_column_holds() -> None:
    text = (ROOT / SOURCE).read_text(encoding="utf-8")
    columns = (ROOT / TABLE).read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert [column for column in columns if f"`{column}`" not in text] == []
    assert "1. januar 2024" in text
