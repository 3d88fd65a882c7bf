"""What is heard: names and numbers with a pause between them, and a count when the typing rests."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.site.test_axe import view

GUIDE = "guider/workshop/swot/"
TIMELINE = "Tidslinje med faser og beslutningspunkter"
# Browsers put a space before what is hidden from the eye; a voice does not read it.
PHASE = re.compile(r"^1 ?\. Forstudie$")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_the_eye_sees_apart_the_ear_hears_apart(
    browser: Browser, address: str, width: int
) -> None:
    page = view(browser, width, "light")
    page.goto(address + GUIDE)
    time = page.locator(".agenda__time").first.evaluate("(node) => node.textContent")
    assert " ".join(time.split()) == "0:00–0:10, 10 minutter"
    expect(page.locator(".process-small__link").first).to_have_accessible_name(PHASE)
    previous = page.locator(".beside__link--previous")
    title = previous.locator(".beside__title").inner_text()
    expect(previous).to_have_accessible_name(re.compile(rf"^Forrige ?: {re.escape(title)}$"))
    page.goto(address)
    expect(page.locator(".process__link").nth(1)).to_have_accessible_name(
        re.compile("^Fase 1 ?: Forstudie$")
    )
    page.context.close()


def test_headings_are_heard_without_a_link_after_each(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "light")
    page.goto(address + GUIDE)
    assert "Lenke til avsnittet" not in page.locator("main").aria_snapshot()
    page.context.close()


def test_the_search_says_its_count_when_the_typing_rests(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "light")
    page.goto(address + "maler/mandat/")
    page.evaluate("""() => {
      window.said = [];
      const region = document.querySelector("header [role=status]");
      new MutationObserver(() => said.push(region.textContent)).observe(region, {childList: true});
    }""")
    page.locator("header input[type=search]").press_sequentially("samarbeidsavtale", delay=60)
    shown = page.locator("header .search__count")
    expect(shown).to_contain_text("«samarbeidsavtale»")
    expect(page.locator("header [role=status]")).to_contain_text("«samarbeidsavtale»")
    said = [text for text in page.evaluate("said") if text]
    assert said == [shown.inner_text()]
    page.context.close()


def test_the_figure_on_the_timeline_has_a_name(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "light")
    page.goto(address + "tidslinje/")
    expect(page.locator("figure.timeline")).to_have_accessible_name(TIMELINE)
    page.context.close()
