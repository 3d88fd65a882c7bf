"""What is around every page: menu, trail, way on, light and dark, with scripts and without."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import yaml
from lxml import html
from playwright.sync_api import Browser, Page

from tests.site.conftest import ROOT


def opened(
    browser: Browser, width: int = 1280, scripts: bool = True, scheme: str = "light"
) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
        color_scheme="dark" if scheme == "dark" else "light",
    )
    return context.new_page()


def test_the_menu_on_a_phone_leads_on_without_scripts(browser: Browser, address: str) -> None:
    page = opened(browser, 360, scripts=False)
    page.goto(address + "guider/workshop/swot/")
    assert not page.locator(".menu__nav").is_visible()
    page.locator(".menu > summary").press("Enter")
    menu = page.locator(".menu__nav")
    assert menu.locator("[aria-current=page]").inner_text() == "SWOT for næringsarbeidet i regionen"
    menu.get_by_role("link", name="Maler", exact=True).click()
    assert page.url == f"{address}maler/"
    page.context.close()


def test_the_menu_speaks_the_language_of_the_site_for_pages_that_are_not_translated(
    site: Path,
) -> None:
    tree = html.parse(str(site / "nn" / "index.html"))
    names = {link.text_content().strip() for link in tree.xpath("//nav//a")}
    assert {"Tilgjenge", "Lag ei eiga utgåve", "Opne data"} <= names
    assert names & {"Tilgjengelighet", "Lag en egen utgave", "Åpne data"} == set()


def test_the_trail_names_each_level_and_leads_back(browser: Browser, address: str) -> None:
    page = opened(browser)
    page.goto(address + "guider/workshop/swot/")
    trail = page.get_by_role("navigation", name="Du er her i håndboken")
    steps = [step.inner_text().strip() for step in trail.get_by_role("listitem").all()]
    assert steps == ["Start", "Guider", "Workshoper", "SWOT for næringsarbeidet i regionen"]
    trail.get_by_role("link", name="Guider").click()
    assert page.url == f"{address}guider/"
    page.goto(address)
    assert trail.count() == 0
    page.context.close()


def test_more_begins_with_what_is_new_to_the_handbook_and_has_the_features(
    browser: Browser, address: str
) -> None:
    page = opened(browser)
    page.goto(address)
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Mer").click()
    assert page.url == f"{address}kom-i-gang/"
    for where in ("fyll-ut/", "kjor/", "mitt-prosjekt/"):
        page.goto(address + where)
        trail = page.locator(".trail li").all_inner_texts()
        assert trail[:2] == ["Start", "Mer"], where
        assert len(trail) == 3
    page.context.close()


def test_the_way_on_follows_the_steps_of_the_process(
    browser: Browser, address: str, site: Path
) -> None:
    page, seen = opened(browser), []
    page.goto(address + "faser/forstudie/")
    phase = yaml.safe_load((ROOT / "phases" / "forstudie.yml").read_text(encoding="utf-8"))
    page.locator("a[rel=next]:not(head a)").click()
    assert page.url == f"{address}faser/forstudie/{phase['steps'][0]['id']}/"
    where = page.url
    while len(seen) < 100:
        seen.append(where.removeprefix(address))
        tree = html.document_fromstring((site / seen[-1] / "index.html").read_bytes())
        forward = tree.xpath("//body//a[@rel='next']/@href")
        if not forward:
            break
        where = urljoin(where, forward[0])
    assert len(seen) == len(set(seen)) > 28
    assert seen.index("faser/forprosjekt/") < seen.index("faser/hovedprosjekt/")
    page.goto(where)
    page.locator("a[rel=prev]:not(head a)").click()
    assert page.url == address + seen[-2]
    page.context.close()


def test_the_reader_chooses_light_or_dark_and_the_choice_is_kept(
    browser: Browser, address: str
) -> None:
    page = opened(browser, scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto(address)
    dark = page.evaluate(ground)
    button = page.get_by_role("button", name="Mørk visning", pressed=True)
    button.click()
    light = page.evaluate(ground)
    page.goto(address + "maler/")
    assert page.get_by_role("button", name="Mørk visning", pressed=False).is_visible()
    assert page.evaluate(ground) == light != dark
    page.context.close()


def test_the_other_language_shows_the_same_page(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(address + "maler/mandat/")
    page.locator(".menu > summary").click()
    page.get_by_role("link", name="Nynorsk").click()
    assert page.url == f"{address}nn/maler/mandat/"
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("link", name="Bokmål").click()
    assert page.url == f"{address}maler/mandat/"
    page.context.close()
