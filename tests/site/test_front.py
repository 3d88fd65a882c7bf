"""The front page at a glance: what it is, where to start, where we are, and whom to ask."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from macros.content.people import Adviser, Contacts
from macros.content.timeline import Starts
from macros.document.edition import load_edition
from macros.writers.front import ask
from macros.writers.page import PageWriter
from tests import real

PERSON = Adviser(
    name="[navn på rådgiver med et langt navn]",
    title="Regional rådgiver",
    email="radgiver.med.langt.navn@eksempel.example.no",
    phone="00 00 00 00",
)
_PROGRESS = """() => {
  for (const one of document.querySelectorAll("[data-progress-phase]")) {
    one.hidden = false;
    one.textContent = "12 av 120 punkter";
  }
  return document.body.scrollHeight;
}"""


def with_dates(page: str) -> str:
    """Return the front page as a region with an adviser and dates would have it."""
    project = real.project()
    starts = Starts(forstudie=dt.date(2027, 3, 1))
    region = project.region.model_copy(
        update={"contacts": Contacts(adviser=PERSON), "starts": starts}
    )
    edition = load_edition(project.__class__(**{**vars(project), "region": region}), "nb")
    writer = PageWriter(edition, "")
    for pattern, new in (
        (r'<ol class="process".*?</ol>', writer.process()),
        (r'<section class="ask".*?</section>', ask(edition, writer.link)),
    ):
        page, count = re.subn(pattern, lambda _, new=new: str(new), page, flags=re.DOTALL)
        assert count == 1
    return page


@pytest.fixture(params=[360, 1440])
def front(site: Path, address: str, browser: Browser, request: Any) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    page = context.new_page()
    body = with_dates((site / "index.html").read_text(encoding="utf-8"))

    def dated(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route(address, dated)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def test_the_front_page_says_what_where_and_whom(front: Page) -> None:
    for text in (
        "Slik kan kommuner samarbeide om næringsutvikling",
        "Kom i gang på ti minutter",
        "Beslutning 4",
        "Fase 3",
        "1. mars–30.\u00a0november 2027",
    ):
        assert front.get_by_text(text).first.is_visible(), text
    main = front.locator(".front")
    assert main.locator(".process__step--phase .process__when").count() == 3
    assert main.locator(".process__step--gate .process__when").count() == 4
    assert main.locator(".button").count() == 1
    assert main.locator('a[href="tel:00000000"]').is_visible()
    assert main.locator(f'a[href="mailto:{PERSON.email}"]').is_visible()
    if front.viewport_size and front.viewport_size["width"] > 1000:
        box = main.locator('a[href^="mailto:"]').bounding_box()
        assert box
        assert box["y"] + box["height"] < 700
    main.get_by_role("searchbox").fill("møte")
    front.route("**/sok/?q=*", lambda route: route.fulfill(body="sok"))
    main.get_by_role("button").click()
    front.wait_for_url("**/sok/?q=m%C3%B8te")


def test_nothing_is_too_small_too_wide_or_on_top_of_another(front: Page) -> None:
    width = front.evaluate("innerWidth")
    assert front.evaluate("document.documentElement.scrollWidth") <= width
    boxes = front.locator(".process__step, .ask a, .ways a, .front .button, .search__row > *")
    found = [box for one in boxes.all() if (box := one.bounding_box())]
    assert len(found) >= 7 + 3 + 15 + 3
    for at, one in enumerate(found):
        assert one["height"] >= 44, one
        for other in found[at + 1 :]:
            across = min(one["x"] + one["width"], other["x"] + other["width"])
            down = min(one["y"] + one["height"], other["y"] + other["height"])
            apart = across - max(one["x"], other["x"]) < 1 or down - max(one["y"], other["y"]) < 1
            assert apart, (one, other)
    # The whole step is a link, not its title alone.
    for step in front.locator(".process__step").all():
        box = step.bounding_box()
        assert box
        step.scroll_into_view_if_needed()
        hit = step.evaluate(
            """(step) => { const box = step.getBoundingClientRect();
            const [x, y] = [box.left + box.width * 0.75, box.bottom - 12];
            return step.contains(document.elementFromPoint(x, y)?.closest("a")); }"""
        )
        assert hit
    levels = [
        int(tag[1])
        for tag in front.locator(":is(h1, h2, h3, h4)").evaluate_all(
            "(all) => all.filter((one) => one.closest('.front')).map((one) => one.tagName)"
        )
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    # Nothing moves when progress is told.
    height = front.evaluate("document.body.scrollHeight")
    assert front.evaluate(_PROGRESS) == height
    assert front.locator(".process__progress:visible").count() == 3


@pytest.mark.parametrize("path", ["faser/forprosjekt/", "guider/mote/oppstartsmote/"])
def test_where_a_page_is_takes_one_line(address: str, browser: Browser, path: str) -> None:
    for width in (320, 1440):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(address + path)
        line = page.locator(".process-small")
        box = line.bounding_box()
        assert box
        assert box["height"] <= 48
        assert line.evaluate("(one) => one.scrollWidth <= one.clientWidth + 6")
        assert page.locator("h1").bounding_box()["y"] > box["y"]  # type: ignore[index]
        marked = line.locator(".is-here")
        assert marked.count() == (1 if "faser" in path else 3)
        assert marked.first.get_by_text(re.compile("Forprosjekt|Forstudie")).is_visible()
        page.close()
