"""What a page folds opens when it is asked for, and what it leads on to is short to get through."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.site.test_axe import addresses, view

SCREEN = 844  # pixels of a phone of 390
# At most so many screens: a phase is an overview, a template shows what it is.
MOST = {"faser/": 10, "maler/": 11}


def screens(page: Page) -> float:
    return float(page.evaluate("document.documentElement.scrollHeight")) / SCREEN


@pytest.mark.parametrize(
    "path", ["faser/forstudie/", "faser/forprosjekt/", "maler/prosjektplan-forstudie/"]
)
def test_a_phase_and_a_plan_are_a_few_screens_of_a_phone(
    browser: Browser, address: str, path: str
) -> None:
    page = view(browser, 390, "light")
    page.set_viewport_size({"width": 390, "height": SCREEN})
    page.goto(address + path)
    assert screens(page) <= MOST[path.partition("/")[0] + "/"]
    page.context.close()


@pytest.mark.audit
def test_every_phase_step_and_template_is_a_few_screens(
    browser: Browser, address: str, site: Path
) -> None:
    page = view(browser, 390, "light")
    page.set_viewport_size({"width": 390, "height": SCREEN})
    long = {}
    for path in addresses(site):
        most = MOST.get(path.removeprefix("nn/").partition("/")[0] + "/")
        if most and path.removeprefix("nn/").count("/") > 1:
            page.goto(address + path)
            if screens(page) > most:
                long[path] = screens(page)
    assert long == {}
    page.context.close()


def test_a_link_into_a_fold_opens_it(browser: Browser, address: str) -> None:
    page = view(browser, 390, "light")
    page.goto(address + "guider/workshop/rolleavklaring/")
    sheet = page.locator("h3[id^='ark-']").first
    expect(sheet).to_be_hidden()
    page.locator(".agenda__parts a[href*='#ark-']").first.click()
    expect(sheet).to_be_visible()
    page.goto(address + "maler/prosjektplan-forstudie/#del-bakgrunn")
    expect(page.locator("#del-bakgrunn")).to_be_in_viewport()
    expect(page.locator("#del-rammer")).to_be_visible()
    page.context.close()


def test_on_paper_nothing_is_folded(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "light")
    page.goto(address + "guider/intervju/bedrift/")
    letter = page.locator(".callout--letter").first
    expect(letter).to_be_hidden()
    page.emulate_media(media="print")
    expect(letter).to_be_visible()
    expect(page.locator(".fold > summary").first).to_be_hidden()
    page.context.close()


def test_a_step_ticks_its_points_of_the_checklist_and_leaves_the_others(
    browser: Browser, address: str
) -> None:
    page = view(browser, 390, "light")

    def point(name: str) -> Locator:
        return page.locator(f"[data-tick={name}] input")

    page.goto(address + "sjekklister/forstudie/")
    point("mandat").check()
    point("nullpunkt-tillit").check()
    page.goto(address + "faser/forstudie/tillit/")
    expect(point("nullpunkt-tillit")).to_be_checked()
    point("nullpunkt-tillit").uncheck()
    point("spilleregler").check()
    expect(page.locator(".work__count")).to_contain_text("1 av 2")
    page.goto(address + "sjekklister/forstudie/")
    expect(point("mandat")).to_be_checked()
    expect(point("spilleregler")).to_be_checked()
    expect(point("nullpunkt-tillit")).not_to_be_checked()
    page.context.close()


def test_the_first_pages_of_a_file_are_shown_each_with_its_number(
    browser: Browser, address: str
) -> None:
    page = view(browser, 390, "light")
    page.goto(address + "maler/mandat/")
    pictures = page.locator(".pages img")
    expect(pictures).to_have_count(4)
    assert [picture.get_attribute("alt") for picture in pictures.all()] == [
        f"Side {number} i filen" for number in range(1, 5)
    ]
    pictures.first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.pages img').naturalWidth === 1200")
    page.context.close()


def test_the_front_page_has_search_tomorrow_and_the_process_in_two_screens_of_a_phone(
    browser: Browser, address: str
) -> None:
    page = view(browser, 390, "light")
    for root in ("", "nn/"):
        page.goto(address + root)
        for part in ("main [type=search]", "main .front__more", "main .process"):
            box = page.locator(part).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 2 * SCREEN, part
    page.context.close()
