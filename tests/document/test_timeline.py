"""The timeline page and the phases say when, in words that people use."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from lxml import html

from macros.content.base import Language
from macros.content.model import Gate, Phase
from macros.content.rich import runs_of
from macros.content.timeline import Months, Reason, Starts
from macros.document import blocks as b
from macros.document.compose import compose, compose_timeline
from macros.document.edition import Edition, load_edition
from macros.document.process import gate_blocks
from macros.document.timeline import moved, period
from macros.layouts import Layout
from macros.pages.generated import generated_pages
from macros.pages.navigation import navigation
from macros.writers.front import follow
from macros.writers.page import PageWriter
from tests import real

ROOT = Path(__file__).parents[2]
PROJECT = real.project()
SIX = Starts(forstudie=dt.date(2027, 2, 1), months=Months(forstudie=6))


@cache
def edition(language: Language = "nb", starts: Starts | None = SIX) -> Edition:
    region = PROJECT.region.model_copy(update={"starts": starts})
    return dataclasses.replace(load_edition(PROJECT, language), region=region)


def plain(cell: b.Cell) -> str:
    """Return the text of a cell, with the spaces that keep a date together made plain."""
    return " ".join(run.text for run in runs_of(cell)).replace("\u00a0", " ")


def picture(found: Edition) -> b.Timeline:
    (block,) = (block for block in compose_timeline(found).blocks if isinstance(block, b.Timeline))
    return block


def rows(found: Edition) -> list[tuple[str, ...]]:
    return [tuple(map(plain, row)) for row in picture(found).table.rows]


def test_the_table_says_when_and_why_a_decision_has_moved() -> None:
    assert rows(edition()) == [
        ("Beslutning: Oppstart", "1. februar 2027", "Etter planen."),
        ("Forstudie", "1. februar–31. juli 2027", "6 måneder."),
        (
            "Beslutning: Etter forstudien",
            "2. august 2027",
            "Flyttet fra 31. juli 2027 på grunn av fellesferien og helg.",
        ),
        ("Forprosjekt", "2. august 2027–1. august 2028", "12 måneder."),
        ("Beslutning: Etter forprosjektet", "1. august 2028", "Etter planen."),
        ("Hovedprosjekt", "2. august 2028–1. august 2029", "12 måneder."),
        ("Beslutning: Avslutning", "1. august 2029", "Etter planen."),
    ]


def test_the_other_language_has_words_of_its_own() -> None:
    assert rows(edition("nn"))[2] == (
        "Avgjerd: Etter forstudien",
        "2. august 2027",
        "Flytt frå 31. juli 2027 på grunn av fellesferien og helg.",
    )


def test_without_dates_the_timeline_counts_months() -> None:
    found = edition(starts=None)
    when = [row[1] for row in rows(found)]
    assert when == [
        *("før måned 1", "måned 1–9", "etter måned 9", "måned 10–21", "etter måned 21"),
        *("måned 22–33", "etter måned 33"),
    ]
    document = compose_timeline(found)
    assert document.name is None
    assert document.facts.facts[0].value[0].text == "21–33 måneder"


@pytest.mark.parametrize("starts", [SIX, None], ids=["dates", "months"])
def test_the_picture_says_in_words_what_it_shows(starts: Starts | None) -> None:
    found = picture(edition(starts=starts))
    for part in (*found.bars, *found.points):
        assert f"{part.title}: {part.when}." in found.text
    assert [point.number for point in found.points] == [1, 2, 3, 4]
    assert found.bars[0].begins == 0
    assert max(bar.ends for bar in found.bars) <= found.total
    for bar, before, after in zip(found.bars, found.points, found.points[1:], strict=False):
        assert before.at <= bar.begins < bar.ends
        assert after.at >= bar.ends - 1


def page(found: Edition) -> Any:
    return html.fromstring(str(PageWriter(found, "tidslinje/").listing("timeline")))


@pytest.mark.parametrize("starts", [SIX, None], ids=["dates", "months"])
def test_each_drawing_has_a_name_and_a_text_of_its_own(starts: Starts | None) -> None:
    tree = page(edition(starts=starts))
    drawings = tree.xpath('//svg[@role="img"]')
    assert len(drawings) == 2
    ids = [found.get("id") for found in tree.xpath("//svg//*[@id]")]
    assert len(set(ids)) == 4
    for drawing in drawings:
        title, text = drawing.get("aria-labelledby").split()
        assert drawing.xpath(f'.//*[@id="{title}"]')[0].text.startswith("Tidslinje")
        assert "Etter forprosjektet: " in drawing.xpath(f'.//*[@id="{text}"]')[0].text
    assert tree.xpath("//table//th[@scope='row']//a/@href")[:2] == [
        "../faser/#beslutningspunkt-oppstart",
        "../faser/forstudie/",
    ]


@pytest.mark.parametrize(
    ("language", "address"),
    [
        ("nb", "handbok.example.no/last-ned/tidslinje.ics"),
        ("nn", "handbok.example.no/nn/last-ned/tidslinje.ics"),
    ],
)
def test_the_page_offers_the_calendar_to_download_and_to_follow(
    language: Language, address: str
) -> None:
    tree = page(edition(language))
    assert tree.xpath("//a[@download]/@href") == [
        "../last-ned/tidslinje.ics",
        "../last-ned/tidslinje-beslutningspunkter.ics",
    ]
    (follow,) = tree.xpath("//a[starts-with(@href, 'webcal')]")
    assert follow.get("href") == f"webcal://{address}"
    assert follow.text == "Følg med i kalenderen din"
    assert f"https://{address}" in tree.text_content()


def test_without_dates_there_is_nothing_to_follow() -> None:
    found = edition(starts=None)
    for tree in (page(found), phase_page(found)):
        assert tree.xpath("//a[contains(@href, '.ics') or starts-with(@href, 'webcal')]") == []
    assert follow(found) == ""


def test_the_page_stands_beside_the_phases() -> None:
    (section,) = navigation(edition(), ["<phases>"])
    assert "tidslinje/index.md" in section["Faser"]
    assert "tidslinje/index.md" in generated_pages(edition())


def phase_page(found: Edition) -> Any:
    markup = PageWriter(found, "faser/forstudie/").item(["phase"], "forstudie")
    return html.fromstring(str(markup))


def phase_text(starts: Starts | None) -> str:
    return " ".join(phase_page(edition(starts=starts)).text_content().split())


def test_the_front_page_and_each_phase_lead_to_the_calendar() -> None:
    address = "webcal://handbok.example.no/last-ned/tidslinje.ics"
    (link,) = phase_page(edition()).xpath("//dd/a[starts-with(@href, 'webcal')]")
    assert (link.get("href"), link.text) == (address, "Følg med i kalenderen din")
    front = html.fragment_fromstring(str(follow(edition())))
    assert (front.get("href"), front.text) == (address, "Følg med i kalenderen din")
    for name in ("index.md", "index.nn.md"):
        assert "{{ follow() }}" in (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_page_of_the_phases_has_the_dates_in_its_picture() -> None:
    def dates(found: Edition) -> list[str]:
        tree = html.fromstring(str(PageWriter(found, "faser/").listing("phases")))
        return [" ".join(node.text.split()) for node in tree.find_class("process__when")]

    assert dates(edition())[:3] == [
        "1. februar 2027",
        "1. februar–31. juli 2027",
        "2. august 2027",
    ]
    assert dates(edition(starts=None)) == []


def test_a_phase_says_when_it_is_and_when_each_step_is() -> None:
    starts = Starts(forstudie=dt.date(2027, 3, 1))
    text = phase_text(starts)
    assert "Periode1. mars–30. november 2027" in text
    own = edition(starts=starts)
    whole = compose(own, own.handbook.find(Phase, "forstudie"))
    layout = Layout("page", own.words(), str)
    file = html.fromstring(f"<div>{layout.blocks(whole.blocks, 2)}</div>").text_content()
    assert "Måned 1–21. mars–30. april 2027" in " ".join(file.split())  # on two lines in the file
    assert "Måned 1–2: 1. mars–30. april 2027" in text
    assert "Dato30. november 2027" in text


def test_a_short_phase_has_no_months_that_it_does_not_last() -> None:
    found = compose(edition(), edition().handbook.find(Phase, "forstudie"))
    (plan,) = (
        block
        for section in found.blocks
        if isinstance(section, b.Section) and section.id == "maned-for-maned"
        for block in section.blocks
        if isinstance(block, b.Table)
    )
    when = [plain(row[0]) for row in plan.rows]
    assert when[0] == "Måned 1 1. februar–28. februar 2027"
    assert when[-1] == "Måned 5–6 1. juni–31. juli 2027"


def test_without_dates_a_phase_says_months_alone() -> None:
    text = phase_text(None)
    assert "Periode" not in text
    assert "Måned 7–9" in text  # the longest, as the steps are written
    assert "2027" not in text


def test_a_gate_says_its_date_and_why() -> None:
    found = edition()
    (facts,) = (
        block
        for block in gate_blocks(found, found.handbook.find(Gate, "forstudie"))
        if isinstance(block, b.Facts)
    )
    assert facts.facts[-1].value[0].text == (
        "2. august 2027. Flyttet fra 31. juli 2027 på grunn av fellesferien og helg."
    )


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_reason_has_words(language: Language) -> None:
    words = edition(language).words()
    assert all(words(f"timeline.reason.{reason}") for reason in get_args(Reason))


def test_one_reason_needs_no_and() -> None:
    found = edition()
    assert found.timeline
    gate = dataclasses.replace(found.timeline.gates[1], reasons=("easter",))
    assert moved(found.words(), gate).endswith("på grunn av påsken.")


def test_a_period_does_not_break_between_day_and_month() -> None:
    words = edition().words()
    said = period(words, dt.date(2027, 3, 1), dt.date(2027, 8, 31))
    assert said == "1.\u00a0mars–31.\u00a0august 2027"
