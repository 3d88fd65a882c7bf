"""Accessibility beyond the law: axe at WCAG 2.2 A, AA and AAA and its best practice, everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import ROOT

pytestmark = pytest.mark.xdist_group("site")

AXE = (ROOT / "tests" / "site" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes back: the rest is megabytes a page.
OPTIONS = json.dumps({"runOnly": TAGS, "resultTypes": ["violations"]})
RUN = f"axe.run({OPTIONS}).then((found) => found.violations)"
VIEWS = list(product((320, 768, 1280), ("light", "dark")))
# One page of each layout.
LAYOUTS = [
    "",
    "faser/forstudie/",
    "guider/workshop/swot/",
    "undersokelser/bedrifter/",
    "maler/prosjektplan-forstudie/",
    "sjekklister/forstudie/",
    "tidslinje/",
    "finn/",
]


def search_open(page: Page) -> None:
    page.locator("header input[type=search]").fill("mandat")
    page.locator("header .search__hit").first.wait_for()


def menu_open(page: Page) -> None:
    if page.locator(".menu > summary").is_visible():
        page.locator(".menu > summary").click()
        page.locator(".menu__nav").wait_for()


def term_open(page: Page) -> None:
    page.locator(".md-content a.term").first.click()


def filtered(page: Page) -> None:
    page.wait_for_function("document.querySelectorAll('.finder [hidden]').length > 0")


def found(page: Page) -> None:
    page.locator("main .search__hit").first.wait_for()


STATES: list[tuple[str, Callable[[Page], None]]] = [
    ("maler/", search_open),
    ("maler/mandat/", menu_open),
    ("maler/mandat/", term_open),
    ("finn/?fase=forstudie&slag=workshop", filtered),
    ("sok/?q=tillit", found),
]


def view(browser: Browser, width: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    return context.new_page()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, a line for each thing."""
    page.evaluate(AXE)
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in page.evaluate(RUN)
        for node in rule["nodes"]
    ]


def addresses(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("index.html")):
        where = path.parent.relative_to(site).as_posix()
        yield "" if where == "." else f"{where}/"


def wrong_at(page: Page, address: str, paths: list[str]) -> list[str]:
    wrong = []
    for path in paths:
        page.goto(address + path)
        wrong += [f"{path}: {one}" for one in violations(page)]
    return wrong


def test_every_page_passes_in_one_view(browser: Browser, address: str, site: Path) -> None:
    """Pages take turns, so that each width and scheme meets a sixth of them."""
    wrong, every = [], list(addresses(site))
    assert len(every) > 190
    for turn, (width, scheme) in enumerate(VIEWS):
        page = view(browser, width, scheme)
        wrong += [
            f"{width} {scheme} {one}" for one in wrong_at(page, address, every[turn :: len(VIEWS)])
        ]
        page.context.close()
    assert wrong == []


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_one_page_of_each_layout_passes_in_every_view_and_state(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = view(browser, width, scheme)
    wrong = wrong_at(page, address, LAYOUTS)
    for path, prepare in STATES:
        page.goto(address + path)
        prepare(page)
        wrong += [f"{path} {prepare.__name__}: {one}" for one in violations(page)]
    page.context.close()
    assert wrong == []


@pytest.mark.audit
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_passes_in_every_view(
    browser: Browser, address: str, site: Path, width: int, scheme: str
) -> None:
    page = view(browser, width, scheme)
    wrong = wrong_at(page, address, list(addresses(site)))
    page.context.close()
    assert wrong == []


def test_axe_would_see_a_text_that_is_too_weak(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "light")
    page.goto(address + "om/")
    page.evaluate("document.querySelector('h1').style.color = '#888888'")
    expect(page.locator("h1")).to_be_visible()
    assert any(one.startswith("color-contrast") for one in violations(page))
    page.context.close()
