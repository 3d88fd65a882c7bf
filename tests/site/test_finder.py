"""The finder: a reader chooses, sees how many, and shares what was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from macros.document.edition import load_edition
from macros.document.finder import FOUND_KINDS, People, entries
from tests import real

PROJECT = real.project()
EDITION = load_edition(PROJECT, "nb")
FOUND = {"nb": entries(EDITION), "nn": entries(load_edition(PROJECT, "nn"))}
TOTAL = len(FOUND["nb"])
CHOICE = "?fase=forstudie&slag=workshop&tid=240&antall=7"
NOTHING = "?fase=forstudie&slag=maler&tid=60"
_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (entry.sources.some((found) => found.node?.parentElement?.closest(".finder__columns")))
      window.shifts.push(entry.value);
}).observe({type: "layout-shift", buffered: true});"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def shown(page: Page) -> list[str]:
    """Return the titles that the reader sees."""
    return page.locator(".finder__title:visible").all_inner_texts()


def form(page: Page) -> Locator:
    return page.locator(".finder__form")


def count(page: Page) -> str:
    """Return what a screen reader is told of how many there are."""
    return page.get_by_role("main").get_by_role("status").first.inner_text()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def expected() -> set[str]:
    """Return the workshops of the first phase for seven, as the data has them."""
    return {
        entry.title
        for entry in FOUND["nb"]
        if entry.kind == "workshop"
        and "forstudie" in entry.phases
        and entry.people
        and entry.people.most
        and entry.people.least <= 7 <= entry.people.most
        and (entry.minutes or 0) <= 240
    }


def test_the_model_has_every_guide_survey_template_and_checklist_with_its_facts() -> None:
    handbook = EDITION.handbook
    everything = [(kind, item) for kind in FOUND_KINDS for item in handbook.items[kind]]
    assert sorted((entry.kind, entry.id) for entry in FOUND["nb"]) == sorted(everything)
    by_id = {(entry.kind, entry.id): entry for entry in FOUND["nb"]}
    swot = by_id["workshop", "swot"]
    workshop = handbook.items["workshop"]["swot"]
    size = workshop.model_dump()["group"]
    assert swot.people == People(size["min"], size["max"])
    assert (swot.address, swot.slug) == ("guider/workshop/swot/", "workshop")
    assert by_id["template", "mandat"].minutes is None
    assert by_id["template", "mandat"].time
    assert by_id["checklist", "forstudie"].phases == ("forstudie",)
    # Without a phase of its own, a checklist is in those whose steps use it.
    used = {phase.id for phase, _ in EDITION.uses["checklist", "personvern-innsyn-arkiv"]}
    assert set(by_id["checklist", "personvern-innsyn-arkiv"].phases) == used


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_without_javascript_everything_is_listed_once(
    browser: Browser, address: str, language: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    folder = "" if language == "nb" else "nn/"
    page.goto(f"{address}{folder}finn/{CHOICE}")
    assert sorted(shown(page)) == sorted(entry.title for entry in FOUND[language])
    links = page.locator(".finder__title a").evaluate_all("all => all.map(a => a.pathname)")
    assert sorted(links) == sorted(f"/{folder}{entry.address}" for entry in FOUND["nb"])
    assert not page.locator(".finder__form").is_visible()
    assert not page.locator(".finder__tools").is_visible()
    assert page.locator(".finder__group h2").count() == len(FOUND_KINDS)
    page.close()


def test_a_reader_chooses_shares_and_starts_over(page: Page, address: str) -> None:
    page.goto(f"{address}finn/")
    assert count(page) == f"{TOTAL} treff"
    assert len(shown(page)) == TOTAL
    form(page).get_by_label("Forstudie").check()
    form(page).get_by_label("Workshoper").check()
    form(page).get_by_label("Hvor lang tid har dere?").select_option("Inntil en halv dag")
    form(page).get_by_label("Hvor mange er dere?").fill("7")
    assert set(shown(page)) == expected() != set()
    assert count(page) == f"{len(expected())} av {TOTAL} treff"
    assert page.get_by_role("heading", level=2, name="Maler").count() == 0
    wanted = {"fase": ["forstudie"], "slag": ["workshop"], "tid": ["240"], "antall": ["7"]}
    assert query(page) == wanted
    page.get_by_role("button", name="Kopier lenke").click()
    page.get_by_text("Lenken er kopiert").wait_for()
    shared = page.evaluate("navigator.clipboard.readText()")
    other = page.context.new_page()
    other.goto(shared)
    assert set(shown(other)) == expected()
    assert form(other).get_by_label("Workshoper").is_checked()
    other.locator(".finder").get_by_role("button", name="Nullstill").click()
    assert (len(shown(other)), query(other)) == (TOTAL, {})
    assert not form(other).get_by_label("Workshoper").is_checked()
    assert count(other) == f"{TOTAL} treff"
    other.close()


def test_the_choice_is_there_when_the_reader_comes_back(page: Page, address: str) -> None:
    page.goto(f"{address}finn/")
    form(page).get_by_label("Møter").check()
    form(page).get_by_label("Rolle", exact=True).select_option("Prosjektleder")
    meetings = shown(page)
    led = {e.title for e in FOUND["nb"] if e.kind == "meeting" and "prosjektleder" in e.roles}
    assert set(meetings) == led
    page.locator(".finder__entry:visible a").first.click()
    page.wait_for_url("**/guider/mote/**")
    page.go_back()
    page.wait_for_url("**/finn/**")
    assert query(page) == {"slag": ["mote"], "rolle": ["prosjektleder"]}
    assert shown(page) == meetings
    assert form(page).get_by_label("Møter").is_checked()
    page.evaluate("history.pushState(null, '', '?slag=maler')")
    page.go_back()
    assert shown(page) == meetings
    page.go_forward()
    assert len(shown(page)) == sum(entry.kind == "template" for entry in FOUND["nb"])


def test_what_the_address_says_in_vain_is_passed_over(page: Page, address: str) -> None:
    page.goto(f"{address}finn/?fase=ukjent&slag=%3Cb%3E&tid=17&antall=-3&rolle=konge&farge=blå")
    assert (count(page), len(shown(page))) == (f"{TOTAL} treff", TOTAL)
    page.goto(f"{address}finn/?fase=ukjent&fase=hovedprosjekt&antall=mange")
    last = [entry for entry in FOUND["nb"] if "hovedprosjekt" in entry.phases]
    assert len(shown(page)) == len(last) < TOTAL
    form(page).get_by_label("Hvor mange er dere?").fill("0")
    assert len(shown(page)) == len(last)


def test_nothing_found_says_what_to_give_up(page: Page, address: str) -> None:
    page.goto(f"{address}finn/{NOTHING}")
    assert (shown(page), count(page)) == ([], f"0 av {TOTAL} treff")
    button = page.get_by_role("button", name="Ta bort «Inntil 1 time»")
    promised = int(button.inner_text().rpartition("(")[2].split()[0])
    button.click()
    assert len(shown(page)) == promised > 0
    assert "tid" not in query(page)
    assert not page.locator(".finder__none").is_visible()
    assert page.evaluate("document.activeElement.className") == "finder__count"


def test_nothing_found_tells_what_nearly_fits(page: Page, address: str) -> None:
    page.goto(f"{address}finn/?fase=forstudie&slag=workshop&tid=120")
    assert shown(page) == []
    near = page.locator(".finder__nearest a")
    assert near.first.inner_text() == "Interessentanalyse: 15 minutter over"
    over = min(
        (entry.minutes or 0) - 120
        for entry in FOUND["nb"]
        if entry.kind == "workshop" and "forstudie" in entry.phases
    )
    assert over == 15
    near.first.click()
    page.wait_for_url("**/interessentanalyse/")


def test_on_a_phone_the_count_stays_in_sight_and_leads_to_the_list(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 700})
    page.goto(f"{address}finn/")
    page.get_by_text("Velg fase, tid og mer").click()
    form(page).get_by_label("Forstudie").check()
    form(page).get_by_label("Workshoper").check()
    n = len(shown(page))
    go = page.get_by_role("button", name=f"Vis {n} treff")
    expect(go).to_be_in_viewport()
    go.click()
    expect(page.locator(".finder__entry:visible").first).to_be_in_viewport()
    expect(form(page).get_by_label("Forstudie")).to_be_hidden()
    page.close()


def test_paper_has_the_choice_and_not_the_form(page: Page, address: str) -> None:
    page.goto(f"{address}finn/{CHOICE}")
    page.emulate_media(media="print")
    assert set(shown(page)) == expected()
    assert page.get_by_text("Valgt: Forstudie · Workshoper").is_visible()
    assert not page.locator(".finder__form").is_visible()
    page.emulate_media(media="screen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_lies_still_and_opens(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.add_init_script(_SHIFTS)
    page.route("**/*.woff2", lambda route: route.abort())  # a font that comes late is not ours
    for choice in ("", CHOICE, NOTHING):
        page.goto(f"{address}finn/{choice}", wait_until="networkidle")
        assert page.evaluate("window.shifts") == []
        if width == 320:
            assert not form(page).get_by_label("Forstudie").is_visible()
            page.get_by_text("Velg fase, tid og mer").click()
        assert form(page).get_by_label("Forstudie").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
