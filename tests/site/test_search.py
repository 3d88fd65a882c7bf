"""Search as people do it: in Norwegian, with their spelling, by keyboard, on a lost address."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.site.search_lists import FINDER, wanted

HERE = Path(__file__).parent
FIND = """async ([root, queries]) => {
  const { open } = await import(OWN);
  const finder = await open(root + "sok/indeks.json");
  return queries.map((query) => finder.find(query).slice(0, 3).map((hit) => "/" + hit.url));
}""".replace("OWN", FINDER)


def queries(name: str) -> list[tuple[str, list[str]]]:
    """Return (query, addresses of which one must be among the first three)."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t")[:2] for line in lines if line and not line.startswith("#")]
    return [(query, wanted.split()) for query, wanted in pairs]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("name", "folder"),
    [("search-dev.tsv", ""), ("search-own.tsv", ""), ("search-nn.tsv", "nn/")],
)
def test_what_people_ask_for_is_among_the_first_three(
    page: Page, address: str, name: str, folder: str
) -> None:
    root, asked = address + folder, queries(name)
    page.goto(f"{root}sok/")
    got = page.evaluate(FIND, [root, [query for query, _ in asked]])
    missed = [
        f"{query}: {hits}"
        for (query, addresses), hits in zip(asked, got, strict=True)
        if not wanted(addresses, hits)
    ]
    assert len(asked) > 10
    assert len(missed) <= 0.05 * len(asked), missed


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("prosjekt leder", "/roller/prosjektleder/"),  # a compound typed as two words
        ("utfylt saksframlegg", "/eksempler/saksframlegg/"),  # a kind of page, by another word
        ("mal for mandat", "/maler/mandat/"),
        ("kontakt oss", "/kontakt/"),  # named by its address, not by its title
        ("budsjett for prosjektet", "/maler/budsjett/"),  # named, where others mention all words
        ("gevinstrealisering", "/guider/workshop/gevinster/"),  # a compound that nobody has written
    ],
)
def test_the_page_that_is_meant_comes_first(
    page: Page, address: str, query: str, first: str
) -> None:
    page.goto(f"{address}sok/")
    (got,) = page.evaluate(FIND, [address, [query]])
    assert got[0] == first


def test_results_come_while_typing_and_the_keyboard_is_enough(page: Page, address: str) -> None:
    page.goto(address + "maler/")
    page.keyboard.press("/")
    page.keyboard.type("radman")
    status = page.locator("header [role=status]")
    expect(status).to_contain_text("treff på «radman»")
    best = page.locator("header .search__group").first
    assert best.locator("h2").inner_text() == "Beste treff"
    assert "ommunedirektør" in best.inner_text()
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.getAttribute('class')"
    assert page.evaluate(focused) == "search__link"
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "search__input"
    assert not page.locator("header .search__results").is_visible()
    page.keyboard.type("nen")
    expect(status).to_contain_text("«radmannen»")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}sok/?q=radmannen")
    expect(page.locator("main [role=status]")).to_contain_text("treff på «radmannen»")


def test_results_are_grouped_and_tell_kind_phase_and_time(page: Page, address: str) -> None:
    page.goto(f"{address}sok/?q=swot")
    first = page.locator("main .search__hit").first
    expect(first).to_contain_text("Workshop · Forstudie · 2 timer 35 minutter")
    groups = page.locator("main .search__kind").all_inner_texts()
    assert groups[0] == "Beste treff"
    assert {"Møter", "Maler"} & set(groups)
    assert first.locator("mark").first.inner_text() == "SWOT"


def test_a_section_is_found_and_led_to(page: Page, address: str) -> None:
    page.goto(f"{address}sok/?q=personvernombud")
    page.locator("main .search__link").first.wait_for()
    page.goto(f"{address}sok/?q=vertskommune")
    link = page.locator("main .search__link[href*='ordliste/#']").first
    link.click()
    assert re.search(r"/ordliste/#[a-z-]+$", page.url)


def test_before_the_first_query_little_is_fetched(page: Page, address: str, site: Path) -> None:
    fetched: list[str] = []

    def note(route: Route) -> None:
        fetched.append(route.request.url.removeprefix(address))
        route.continue_()

    page.route(re.compile("assets/js|indeks"), note)
    page.goto(address + "maler/")
    assert "sok/indeks.json" not in fetched
    with page.expect_response("**/sok/indeks.json"):
        page.locator("header input[type=search]").focus()
    sizes = [len(gzip.compress((site / name).read_bytes(), 6)) for name in fetched]
    assert "sok/indeks.json" in fetched
    assert sum(sizes) < 150_000
    index = gzip.compress((site / "sok" / "indeks.json").read_bytes(), 6)
    assert len(index) < 100_000  # with the words of both languages


@pytest.mark.parametrize(
    ("folder", "title"), [("", "Siden finnes ikke"), ("nn/", "Sida finst ikkje")]
)
def test_a_lost_address_is_searched_for_in_its_language(
    page: Page, site: Path, folder: str, title: str
) -> None:
    lost = (site / "404.html").read_text(encoding="utf-8")
    prefix = re.findall(r'href="(/[^"]*?)assets/', lost)[0]

    def answer(route: Route) -> None:
        path = site / urlsplit(route.request.url).path.removeprefix(prefix)
        path = path / "index.html" if path.is_dir() else path
        if path.is_file():
            route.fulfill(path=path)
        else:
            route.fulfill(body=lost, status=404, content_type="text/html; charset=utf-8")

    root = f"http://handbok.example.no{prefix}"
    page.route("http://handbok.example.no/**", answer)
    page.goto(f"{root}{folder}gamle/risikoregisteret/")
    assert page.get_by_role("heading", level=1).inner_text() == title
    link = page.locator("main .search__link", has_text="Risikoregister").first
    link.wait_for()
    # The address is what was lost, also when the words of it are mended here.
    page.locator("main input[type=search]").fill("risikoregister")
    expect(page.locator("main [role=status]")).to_contain_text("«risikoregister»")
    assert page.url == f"{root}{folder}gamle/risikoregisteret/"
    link.click()
    assert page.url == f"{root}{folder}maler/risikoregister/"


def test_without_scripts_the_form_leads_to_where_it_is_said(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "maler/")
    page.locator("header input[type=search]").fill("mandat")
    page.locator("header input[type=search]").press("Enter")
    assert page.url == f"{address}sok/?q=mandat"
    assert page.get_by_text("Søket trenger JavaScript").is_visible()
    context.close()


def test_what_is_typed_stays_text(page: Page, address: str) -> None:
    page.goto(f"{address}sok/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+mandat")
    expect(page.locator("main [role=status]")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("main .search img").count() == 0
