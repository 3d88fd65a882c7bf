"""What search says and does beside its hits: none found, did you mean, address, no script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from macros.site.said import asked as asked_for
from tests.site.search_lists import answers, halves, measured

# What the project sets itself, for queries by someone who has not seen the engine.
THIRD, FIRST, HONEST = 0.95, 0.75, 0.8
FIELD = "main input[type=search]"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def asked(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


def test_the_half_that_is_worked_with_reaches_the_goal(page: Page, address: str) -> None:
    """The other half is only ever a figure: `make bench` prints it."""
    for language, figures in measured(page, address, halves()["work"]).items():
        assert figures.third >= THIRD * figures.asked, language
        assert figures.first >= FIRST * figures.asked, language
        assert figures.honest >= HONEST * figures.unanswerable, language


def test_both_halves_are_alike_and_have_no_query_in_common() -> None:
    work, held = halves().values()
    assert len(work) == len(held) == 160
    assert not {row[:2] for row in work} & {row[:2] for row in held}


@pytest.mark.parametrize(
    ("folder", "query", "first"),
    [
        # Each language's words find pages in the other.
        ("", "kven bestemmer kva", "/beslutninger/"),
        ("", "usemje", "/guider/mote/avklaringsmote/"),
        ("", "tilsett", "/undersokelser/kommuneansatte/"),
        ("nn/", "uenighet", "/guider/mote/avklaringsmote/"),
        ("nn/", "folkevalgte", "/undersokelser/folkevalgte/"),
        ("nn/", "hvem er med i styringsgruppen", "/roller/styringsgruppe/"),
        # Plurals that the stemmer does not know, and what they own.
        ("", "næringsutviklernes", "/roller/naeringsutvikler/"),
        ("nn/", "næringsutviklaranes", "/roller/naeringsutvikler/"),
        # Words alike as parts of compounds; those of office and project life.
        ("", "evalueringsmøte", "/guider/mote/laeringsmote/"),
        ("", "KPI", "/guider/workshop/gevinster/"),
        ("", "steering committee", "/roller/styringsgruppe/"),
        ("", "lessons learned", "/guider/mote/laeringsmote/"),
        ("", "budget template", "/maler/budsjett/"),
        ("", "kick-off", "/guider/mote/oppstartsmote/"),
        # A page's own subject comes before a section that bears the word.
        ("", "varighet", "/tidslinje/"),
        ("", "deltakere", "/roller/"),
    ],
)
def test_a_word_finds_the_page_that_is_about_it(
    page: Page, address: str, folder: str, query: str, first: str
) -> None:
    page.goto(f"{address}{folder}sok/")
    (got,) = answers(page, address + folder, [query])
    assert first in got.hits[:3]


def test_what_people_ask_for_stands_at_pages_that_there_are(site: Path) -> None:
    for folder in ("", "nn/"):
        file = json.loads((site / folder / "sok" / "indeks.json").read_text(encoding="utf-8"))
        pages = {row[0].rstrip("/") for row in file["pages"]}
        assert sorted(asked_for().keys() - pages) == []


def test_a_rare_word_leaves_the_other_pages_in(page: Page, address: str) -> None:
    page.goto(f"{address}sok/")
    alone, both = answers(page, address, ["styringsgruppe", "styringsgruppe opplesing"])
    assert len(alone.hits) > 5
    assert len(both.hits) > 5


def test_what_the_handbook_does_not_have_is_said_with_ways_on(page: Page, address: str) -> None:
    for folder, query, said in (
        ("", "skuleskyss", "Fant ingen side om «skuleskyss»"),
        ("nn/", "feriepengar", "Fann inga side om «feriepengar»"),
    ):
        page.goto(f"{address}{folder}sok/?q={query}")
        expect(page.locator("main [role=status]")).to_contain_text(said)
        ways = page.locator("main .search__ways a")
        assert [way.get_attribute("href") for way in ways.all()] == [
            f"../{to}/" for to in ("kontakt", "ordliste", "finn")
        ]
        expect(ways.first).to_be_visible()
        ways.first.click()
        assert page.url == f"{address}{folder}kontakt/"


def test_a_misspelt_word_is_answered_and_the_right_one_offered(page: Page, address: str) -> None:
    page.goto(f"{address}sok/?q=mal+reffereat")
    meant = page.locator("main .search__meant")
    expect(meant).to_have_text("mal referat")
    expect(page.locator("main [role=status]")).to_contain_text("Mente du mal referat?")
    expect(page.locator("main .search__link").first).to_be_visible()
    meant.click()
    expect(meant).to_have_count(0)
    assert page.locator(FIELD).input_value() == asked(page) == "mal referat"


def test_the_address_has_the_query_as_typed_and_back_goes_through_them(
    page: Page, address: str
) -> None:
    page.goto(f"{address}sok/")
    own = page.title()
    for query in ("kick-off", '"samme ord" -workshop'):
        page.locator(FIELD).fill(query)
        expect(page).to_have_title(f"{query} – {own}")
        assert asked(page) == query
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("kick-off")
    expect(page.locator("main .search__count")).to_contain_text("«kick-off»")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("")
    expect(page).to_have_title(own)
    page.go_forward()
    expect(page.locator(FIELD)).to_have_value("kick-off")


def test_a_query_is_kept_when_a_hit_is_opened_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}sok/")
    page.locator(FIELD).fill("mandat")
    page.locator("main .search__link").first.click()
    page.wait_for_url(f"{address}maler/mandat/")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("mandat")
    expect(page.locator("main .search__link").first).to_be_visible()


def having(site: Path, expression: str) -> set[str]:
    """Return the addresses of the bokmål pages whose text has a regular expression."""
    texts = json.loads((site / "sok" / "tekst.json").read_text(encoding="utf-8"))
    rows = json.loads((site / "sok" / "indeks.json").read_text(encoding="utf-8"))["pages"]
    return {
        f"/{row[0]}"
        for row, text in zip(rows, texts, strict=True)
        if re.search(expression, text, re.IGNORECASE)
    }


def test_a_word_with_a_minus_takes_the_pages_with_it_away(
    page: Page, address: str, site: Path
) -> None:
    page.goto(f"{address}sok/")
    every, fewer = answers(page, address, ["tillit", "tillit -undersøkelse"])
    gone = having(site, r"\bundersøkelse\b")
    assert set(every.hits) & gone
    assert fewer.hits
    assert not set(fewer.hits) & gone


def test_words_in_quotes_stand_together_on_every_page_found(
    page: Page, address: str, site: Path
) -> None:
    page.goto(f"{address}sok/")
    loose, quoted, guillemets = answers(page, address, ["samme ord", '"samme ord"', "«samme ord»"])
    together = having(site, r"\bsamme ord\b")
    assert set(loose.hits) - together
    assert {hit.partition("#")[0] for hit in quoted.hits} == together
    assert guillemets.hits == quoted.hits


def test_there_is_a_word_while_the_index_comes(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/sok/indeks.json", lambda route: held.append(route))
    page.goto(f"{address}sok/?q=mandat")
    expect(page.locator("main .search__count")).to_have_text("Henter søket …")
    held[0].continue_()
    expect(page.locator("main .search__count")).to_contain_text("treff på «mandat»")


def test_an_index_that_does_not_come_is_asked_for_again(page: Page, address: str) -> None:
    page.route("**/sok/indeks.json", lambda route: route.abort())
    page.goto(f"{address}sok/?q=mandat")
    expect(page.locator("main .search__count")).to_contain_text("Prøv igjen")
    page.unroute("**/sok/indeks.json")
    page.keyboard.press("Control+A")
    page.locator(FIELD).fill("mandatet")
    expect(page.locator("main .search__count")).to_contain_text("treff på «mandatet»")


def test_results_beyond_twenty_come_when_asked_for(page: Page, address: str) -> None:
    page.goto(f"{address}sok/?q=kommune")
    links = page.locator("main .search__link")
    expect(links).to_have_count(20)
    more = page.locator("main .search__more")
    count = int(re.findall(r"\d+", more.inner_text())[0])
    more.click()
    expect(links).to_have_count(20 + count)
    # The reader goes on where the list went on.
    assert page.evaluate("document.activeElement.textContent") == links.nth(20).inner_text()


def test_without_scripts_there_are_ways_on_and_the_query_stays(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "nn/maler/")
    page.locator("header input[type=search]").fill('"same ord" -mal')
    page.locator("header input[type=search]").press("Enter")
    assert asked(page) == '"same ord" -mal'
    for way in page.locator("main .search__ways a").all():
        assert way.is_visible()
    assert page.locator("main .search__ways a").count() == 3
    context.close()
