"""What an author reads: no more than is of use, in words, and of warnings too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.content.errors import ContentError, Problem, report
from macros.content.project import load_project

REGION = "regions/standard/region.yml"


def test_a_report_shows_100_problems_of_a_file_and_counts_the_rest(
    tree: Path, change: Callable[..., Path]
) -> None:
    path = change(REGION, "languages: [nb, nn]", "languages: [nb, nx]")
    extra = "".join(f"k{number}: 1\n" for number in range(2_000))
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    change("guides/meeting/oppstartsmote.yml", "minutes: 30", "minutes: ti")
    with pytest.raises(ContentError) as caught:
        load_project(tree)
    lines = str(caught.value).splitlines()
    assert len(lines) == 103
    assert lines[0].startswith("guides/meeting/oppstartsmote.yml:15:10: minutes")
    assert lines[-2:] == [f"{REGION}: og 1901 til i denne filen", "2002 feil."]
    assert len(caught.value.problems) == 2_002


def test_errors_are_shown_before_warnings_when_there_are_too_many() -> None:
    warnings = [Problem("a.yml", n, 1, "", "w", severity="warning") for n in range(1, 200)]
    shown = report([*warnings, Problem("a.yml", 500, 1, "", "feil her")])
    assert "a.yml:500:1: feil her" in shown
    assert "a.yml: og 100 til i denne filen" in shown


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "templates/mandat.yml",
            "id: navn,",
            "id: Navn på,",
            "skal være små bokstaver fra a til z, tall og bindestrek, høyst 60 tegn, fikk «Navn på",
        ),
        (
            "templates/mandat.yml",
            "code: avtale",
            "code: Avtale",
            "skal være små bokstaver fra a til z, tall og understrek, fikk «Avtale»",
        ),
        (
            "phases/forstudie.yml",
            "- id: start",
            "- id: Start",
            "skal være små bokstaver fra a til z, tall og bindestrek, fikk «Start»",
        ),
        (
            "guides/workshop/swot.yml",
            'version: "1.0"',
            'version: "1"',
            "skal være to tall med punktum mellom, som «1.0», fikk «1»",
        ),
        (
            "guides/workshop/swot.yml",
            'version: "1.0"',
            "version: “1.0”",
            "skal være to tall med punktum mellom, som «1.0», fikk «“1.0”»",
        ),
        (
            "guides/survey/bedrifter.yml",
            "code: BED02",
            "code: bed02",
            "skal være to til fire store bokstaver fra A til Z og to sifre, som «BED01», fikk",
        ),
    ],
)
def test_a_wrong_form_is_told_with_the_letters_that_it_may_have(
    tree: Path,
    change: Callable[..., Path],
    told: Callable[..., str],
    file: str,
    old: str,
    new: str,
    said: str,
) -> None:
    change(file, old, new)
    report = told(tree)
    assert said in report
    assert "[a-z" not in report
    assert "\\d" not in report


@pytest.mark.parametrize("day", ["1999-12-31", "2101-01-01", "20260131", "2026-W05-6", "31.1.2026"])
def test_a_date_is_a_day_of_this_century_in_one_form(
    tree: Path, change: Callable[..., Path], told: Callable[..., str], day: str
) -> None:
    change("guides/workshop/swot.yml", "date: 2026-01-31", f"date: {day}")
    assert "guides/workshop/swot.yml:4:28: changes[0].date: skal være " in told(tree)


def test_a_region_may_write_below_the_newest_national_change(
    tree: Path, told: Callable[..., str]
) -> None:
    path = tree / "regions/standard/guides/workshop/swot.yml"
    path.parent.mkdir(parents=True)
    path.write_text(
        'based_on: "1.0"\nchanges: [{version: "1.0", date: 2020-01-01, text: Vårt.}]\n',
        encoding="utf-8",
    )
    assert told(tree) == "Ingen feil."


def test_a_text_of_a_region_that_shows_markdown_raw_is_a_warning(
    tree: Path, change: Callable[..., Path], told: Callable[..., str]
) -> None:
    change(REGION, "title: Regional rådgiver", "title: Regional **rådgiver**")
    (tree / "docs").mkdir(exist_ok=True)
    (tree / "docs/side.md").write_text("---\ntitle: A\n---\n# A\n\nb *c\n", encoding="utf-8")
    shown = told(tree)
    assert f"{REGION}:9:21: advarsel: contacts.adviser.title: her gjelder ikke Markdown" in shown
    assert "docs/side.md:6:3: advarsel: «*» er ikke lukket" in shown
    assert shown.endswith("2 advarsler.")


@pytest.mark.parametrize(
    "address", ["https://example.no/%E2%80%AE", "https://example.no/?a=%0A", "https://a.no/%00"]
)
def test_an_address_of_a_region_hides_no_character_behind_a_percent_sign(
    tree: Path, change: Callable[..., Path], told: Callable[..., str], address: str
) -> None:
    change(REGION, "owner: ", f"legal: {{privacy: {address!r}}}\nowner: ")
    shown = told(tree)
    assert "legal.privacy: " in shown
    assert "U+" in shown or "linjeskift" in shown
