"""Pages in the ways that people need them: keyboard, zoom, spacing, own colours, no script."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from tests.site.test_axe import LAYOUTS, addresses, view

FOCUSED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const box = here.getBoundingClientRect(), style = getComputedStyle(here);
  const name = (here.getAttribute("aria-label") || here.textContent || "").trim()
    || [...(here.labels || [])].map((label) => label.textContent.trim()).join(" ");
  const down = Math.min(box.height / 2, 12);
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + down);
  return {
    what: here.outerHTML.slice(0, 90), name, tall: box.height,
    marked: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none",
    inView: box.bottom > 0 && box.top < innerHeight,
    covered: !!top && !here.contains(top) && !top.contains(here) && !here.closest("[popover]"),
  };
}"""
SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
  * { word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""
CUT = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  if (!box.width || box.height <= 2 || style.visibility === "hidden") return false;
  if (node.closest("svg, [hidden]") || style.clipPath !== "none") return false;
  return ["hidden", "clip"].includes(style.overflowX) && node.scrollWidth > node.clientWidth + 2
    || ["hidden", "clip"].includes(style.overflowY) && node.scrollHeight > node.clientHeight + 2;
}).map((node) => node.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("path", ["", "guider/workshop/swot/", "sjekklister/forstudie/", "finn/"])
def test_every_stop_of_the_keyboard_is_named_and_seen(
    browser: Browser, address: str, path: str
) -> None:
    page, wrong, stops = view(browser, 1280, "light"), [], 0
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops += 1
        if not stop["name"] or not stop["marked"] or not stop["inView"] or stop["covered"]:
            wrong.append(stop)
    assert wrong == []
    assert stops > 20
    page.context.close()


def test_nothing_is_cut_or_wide_at_400_per_cent_or_with_wide_spacing(
    browser: Browser, address: str
) -> None:
    """WCAG 2.2 SC 1.4.10 (320 × 256 CSS pixels) and 1.4.12."""
    page, wrong = view(browser, 320, "light"), []
    page.set_viewport_size({"width": 320, "height": 256})
    for path in LAYOUTS:
        page.goto(address + path)
        for spaced in (False, True):
            if spaced:
                page.evaluate(
                    "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
                    " document.adoptedStyleSheets = [sheet]; }",
                    SPACING,
                )
            width = page.evaluate("document.documentElement.scrollWidth")
            wrong += [f"{path} {spaced}: {width}"] if width > 320 else []
            wrong += [f"{path} {spaced}: {cut}" for cut in page.evaluate(CUT)]
    assert wrong == []
    page.context.close()


def test_nothing_moves_where_motion_is_unwanted(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "light")
    for path in LAYOUTS:
        page.goto(address + path)
        longest = page.evaluate(
            "Math.max(...[...document.querySelectorAll('*')].map((node) => parseFloat("
            "getComputedStyle(node).transitionDuration) + parseFloat("
            "getComputedStyle(node).animationDuration)))"
        )
        assert longest < 0.001
        assert page.evaluate("document.getAnimations().length") == 0
    page.context.close()


def test_forced_colours_keep_what_carries_meaning(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + "guider/workshop/swot/")

    def edge(selector: str) -> float:
        return float(
            page.locator(selector).first.evaluate(
                "(node) => parseFloat(getComputedStyle(node).borderTopWidth)"
            )
        )

    assert edge(".md-typeset .button") >= 1
    assert edge(".side [aria-current]") >= 1
    assert edge("header input[type=search]") >= 1
    page.goto(address + "sjekklister/forstudie/")
    box = page.locator(".md-content input[type=checkbox]").first
    box.check()
    assert box.is_checked()
    context.close()


def test_without_scripts_all_is_read_navigated_and_downloaded(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("main .process__step--phase a").first.click()
    assert page.url == f"{address}faser/forstudie/"
    page.locator("a[rel=next]").last.click()
    page.locator("main .cards a[href*='maler/']").first.click()
    with page.expect_download() as download:
        page.locator(".downloads .button").first.click()
    assert download.value.suggested_filename.endswith(".docx")
    buttons = page.locator("main button:visible")
    assert buttons.count() == 0
    context.close()


def test_paper_has_the_text_and_none_of_the_shell(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "dark")
    page.goto(address + "guider/workshop/swot/")
    page.emulate_media(media="print")
    for part in (".top", ".side", ".toc", ".trail", ".beside", ".bottom", ".search"):
        assert page.locator(f"{part}:visible").count() == 0, part
    assert page.locator(".agenda__title").first.is_visible()
    page.context.close()


def test_headings_are_in_order_and_languages_are_said(site: Path) -> None:
    wrong = []
    for path in addresses(site):
        tree = html.document_fromstring((site / path / "index.html").read_bytes())
        for template in tree.iter("template"):
            template.clear()  # on no page until a script shows it, which axe judges
        levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        jumps = [b for a, b in pairwise(levels) if b > a + 1]
        if levels.count(1) != 1 or levels[0] != 1 or jumps:
            wrong.append(f"{path}: {levels}")
        language = "nn" if path.startswith("nn/") else "nb"
        if tree.get("lang") != language:
            wrong.append(f"{path}: lang={tree.get('lang')}")
        if tree.xpath("//a[@hreflang][not(@lang)]"):
            wrong.append(f"{path}: en lenke til et annet språk sier ikke hvilket")
    assert wrong == []


def test_the_first_stop_leads_past_the_head(browser: Browser, address: str) -> None:
    page = view(browser, 360, "dark")
    page.goto(address + "maler/mandat/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""
    page.context.close()
