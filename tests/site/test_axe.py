"""Accessibility beyond the law: axe at WCAG 2.2 A, AA and AAA and its best practice, everywhere.

The same walk sees that each page fits a phone, and that it asks no other host for anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import ROOT

AXE = (ROOT / "tests" / "site" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes back: the rest is megabytes a page.
OPTIONS = json.dumps({"runOnly": TAGS, "resultTypes": ["violations"]})
RUN = f"axe.run({OPTIONS}).then((found) => found.violations)"
VIEWS = list(product((320, 768, 1280), ("light", "dark")))
# A phone: the view that `make test` sees layouts and states in; the pages take turns in others.
OFTEN = [(320, "dark")]
TURNS = (4,)  # of the views: a desk, in light; the phone is seen in every state
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
    if page.locator(".top__find").is_visible():
        page.locator(".top__find").click()
    page.locator("header input[type=search]").fill("mandat")
    page.locator("header .search__hit").first.wait_for()


def menu_open(page: Page) -> None:
    if page.locator(".menu > summary").is_visible():
        page.locator(".menu > summary").click()
        page.locator(".menu__nav").wait_for()


def contents_open(page: Page) -> None:
    if page.locator(".here").is_visible():
        page.locator(".here > summary").click()
        page.locator(".here__nav").wait_for()


def term_open(page: Page) -> None:
    page.locator(".md-content a.term").first.click()


def filtered(page: Page) -> None:
    page.locator(".finder [hidden]").first.wait_for(state="attached")
    choices = page.get_by_text("Velg fase, tid og mer")
    if choices.is_visible():
        choices.click()


def found(page: Page) -> None:
    page.locator("main .search__hit").first.wait_for()


def begun(page: Page) -> None:
    """What a browser keeps, each kind of it, and the question whether to delete it all."""
    page.evaluate(
        """async () => {
          const { change } = await import(new URL("../assets/js/store/db.js", location.href));
          const changed = "2026-11-29T10:42:00.000Z";
          for (const [store, more] of [
            ["documents", { name: "Budsjett for forprosjektet", template: "template/budsjett" }],
            ["runs", { kind: "workshop", guide: "swot", state: "paused" }],
          ]) await change(store, "x", () => ({ id: "x", changed, ...more }));
          localStorage.setItem("nvr.1:/:checklist:forstudie", '["mandat"]');
        }"""
    )
    page.reload()
    page.get_by_role("link", name="Fortsett: Budsjett for forprosjektet").wait_for()


def deleting(page: Page) -> None:
    begun(page)
    page.get_by_role("button", name="Slett alt som er lagret").click()


def choosing(page: Page) -> None:
    page.get_by_label("Sidene og alle filene").check()
    page.get_by_label("Filer til").wait_for()
    page.evaluate("scrollTo(0, 0)")


def found_missing(page: Page) -> None:
    page.get_by_role("button", name="Prøv igjen").wait_for()


def told_of_newer(page: Page) -> None:
    page.locator(".newer").evaluate("(bar) => { bar.hidden = false; }")


def none_found(page: Page) -> None:
    page.locator("main .search__ways").wait_for()


def none_found_in_the_head(page: Page) -> None:
    if page.locator(".top__find").is_visible():
        page.locator(".top__find").click()
    page.locator("header input[type=search]").fill("skuleskyss")
    page.locator("header .search__ways").wait_for()


def meant(page: Page) -> None:
    page.locator("main .search__meant").wait_for()


def more_found(page: Page) -> None:
    page.locator("main .search__more").wait_for()


STATES: list[tuple[str, Callable[[Page], None]]] = [
    ("maler/", search_open),
    ("maler/mandat/", menu_open),
    ("maler/mandat/", contents_open),
    ("maler/mandat/", term_open),
    ("finn/?fase=forstudie&slag=workshop", filtered),
    ("finn/?fase=forstudie&slag=maler&tid=60", filtered),  # nothing is left
    ("sok/?q=tillit", found),
    ("mitt-prosjekt/", begun),
    ("mitt-prosjekt/", deleting),
    ("last-ned/", choosing),
    ("kontakt/", told_of_newer),
    ("uten-nett.html", found_missing),
    ("sok/?q=kommune", more_found),
    ("sok/?q=skuleskyss", none_found),
    ("sok/?q=reffereat", meant),
    ("maler/", none_found_in_the_head),
]


def view(browser: Browser, width: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.add_init_script(AXE)
    return context.new_page()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, a line for each thing."""
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in page.evaluate(RUN)
        for node in rule["nodes"]
    ]


def addresses(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("index.html")):
        where = path.parent.relative_to(site).as_posix()
        yield "" if where == "." else f"{where}/"


def told_apart(site: Path) -> list[str]:
    """Return every second page in bokmål, and each fifth in nynorsk, of every kind.

    Those of a kind have one layout, and nynorsk differs in words alone; the audit opens them all.
    """
    every = list(addresses(site))
    nynorsk = [path for path in every if path.startswith("nn/")]
    return [path for path in every if not path.startswith("nn/")][::2] + nynorsk[::5]


def wrong_with(page: Page, address: str, paths: list[str]) -> Iterator[str]:
    """Walk through pages; tell what axe finds, what is too wide, what the browser complains of."""
    heard, host = [], urlsplit(address).netloc
    page.on("pageerror", lambda error: heard.append(str(error)))
    # The server sends the site's own headers: what their policy stops is said here.
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("response", lambda got: heard.append(str(got.status)) if got.status >= 400 else None)
    page.on(
        "request",
        lambda asked: (
            heard.append(f"spør {asked.url}")
            if urlsplit(asked.url).netloc not in (host, "")
            else None
        ),
    )
    own = page.evaluate("innerWidth")
    for path in paths:
        page.goto(address + path)
        heard += violations(page)
        for width in (360, own):
            page.set_viewport_size({"width": width, "height": 900})
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                heard.append(f"{wide} piksler bred på {width}")
        yield from (f"{path}: {one}" for one in heard)
        heard.clear()


@pytest.mark.parametrize(
    "turn",
    [at if at in TURNS else pytest.param(at, marks=pytest.mark.audit) for at in range(len(VIEWS))],
    ids=lambda turn: "-".join(map(str, VIEWS[turn])),
)
def test_pages_pass_in_one_view_fit_a_phone_and_ask_nobody_else(
    browser: Browser, address: str, site: Path, turn: int
) -> None:
    """Pages take turns, so that each width and scheme meets a sixth of them."""
    every = told_apart(site)
    assert len(every) > 100
    page = view(browser, *VIEWS[turn])
    assert list(wrong_with(page, address, every[turn :: len(VIEWS)])) == []
    page.context.close()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [view if view in OFTEN else pytest.param(*view, marks=pytest.mark.audit) for view in VIEWS],
)
def test_one_page_of_each_layout_passes_in_every_view_and_state(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = view(browser, width, scheme)
    wrong = list(wrong_with(page, address, LAYOUTS))
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
    assert list(wrong_with(page, address, list(addresses(site)))) == []
    page.context.close()


def test_axe_would_see_a_text_that_is_too_weak(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "light")
    page.goto(address + "om/")
    page.evaluate("document.querySelector('h1').style.color = '#888888'")
    expect(page.locator("h1")).to_be_visible()
    assert any(one.startswith("color-contrast") for one in violations(page))
    page.context.close()
