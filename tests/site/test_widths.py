"""Each page at the widths that people have: whole words, one edge, a low head, no idle stops."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_axe import LAYOUTS, addresses, view

WIDTHS = (320, 390, 600, 768, 1024, 1280, 1440, 1920)
# Where words were cut: wide tables, tables of links, and those that Markdown writes.
TELLING = [
    *LAYOUTS,
    "beslutninger/",
    "ordforer-fire-minutter/",
    "samarbeidsmodeller/",
    "eksempler/prosjektplan-forstudie/",
    "guider/workshop/rolleavklaring/",
    "maler/samarbeidsavtale/",
    "nn/maler/prosjektplan-forprosjekt/",
    "nn/undersokelser/bedrifter/",
]
# A word on two lines is cut, since this Chromium knows no syllables. Code may break anywhere, and
# a heading's word that fits no line of its own is left to the browser's syllables.
CUT = r"""() => {
  const QUIET = "script, style, template, svg, noscript, code, pre";
  const hidden = (node) => node && getComputedStyle(node).clipPath !== "none";
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || holder.closest(QUIET)) continue;
    range.selectNodeContents(node);
    if (range.getClientRects().length < 2 || holder.getBoundingClientRect().width < 2) continue;
    if (hidden(holder.closest("thead"))) continue;
    const heading = holder.closest("h1, h2, h3");
    for (const word of node.data.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((box) => box.width > 0.5);
      const tops = lines.map((box) => box.top);
      if (Math.max(...tops) - Math.min(...tops) < 6) continue;
      const wide = lines.reduce((sum, box) => sum + box.width, 0);
      const parted = heading && getComputedStyle(heading).hyphens === "auto";
      if (parted && wide > heading.clientWidth) continue;
      found.push(word[0]);
    }
  }
  return found;
}"""
SCROLLING = """() => [...document.querySelectorAll(".table-wrap")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.textContent.trim().slice(0, 40))"""
# A caption that has more lines than it needs: it is as narrow as its longest word.
NARROW = """() => [...document.querySelectorAll("caption")]
  .filter((caption) => caption.getClientRects().length)
  .filter((caption) => caption.clientWidth < caption.closest(".table-wrap").clientWidth - 1)
  .map((caption) => caption.textContent)"""
EDGES = """() => {
  const left = (selector) => {
    const found = document.querySelector(selector);
    if (!found || !found.getClientRects().length) return null;
    const range = document.createRange();
    range.selectNodeContents(found);
    return range.getBoundingClientRect().left;
  };
  const own = document.querySelector(".side") ? ".side .list__link, .side__title" : "main h1";
  return [".top__home", ".tabs__link", own, ".bottom__name"].map(left).filter((at) => at !== null);
}"""
HEAD = "document.querySelector('.top').getBoundingClientRect().height"
# The letters of the name in the head, from the highest to the lowest, when all its lines are shown.
CLIPPED = """() => {
  const name = document.querySelector(".top__name"), range = document.createRange();
  if (!name || getComputedStyle(name).overflow === "visible") return 0;
  if (name.scrollHeight > name.clientHeight + 1) return 0;
  range.selectNodeContents(name);
  const [letters, box] = [range.getBoundingClientRect(), name.getBoundingClientRect()];
  return Math.max(box.top - letters.top, letters.bottom - box.bottom, 0);
}"""
IDLE = """() => [...document.querySelectorAll("[tabindex='0']")]
  .filter((node) => !node.matches("a, button, input, select, textarea, summary"))
  .map((node) => node.outerHTML.slice(0, 80))"""


def wrong_at(page: Page, address: str, paths: Iterable[str], widths: Iterable[int]) -> list[str]:
    """Return what a reader would see is wrong with the pages at the widths, a line for each."""
    wrong: list[str] = []
    for path in paths:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('.fold').forEach((fold) => (fold.open = true))")
        wrong += [f"{path}: stop {idle}" for idle in page.evaluate(IDLE)]
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            here = f"{path} {width}"
            wrong += [f"{here}: cut {word}" for word in page.evaluate(CUT)]
            wrong += [f"{here}: scrolls {table}" for table in page.evaluate(SCROLLING)]
            wrong += [f"{here}: narrow {caption}" for caption in page.evaluate(NARROW)]
            edges = page.evaluate(EDGES)
            wrong += [f"{here}: edges {edges}"] if max(edges) - min(edges) > 1 else []
            limit = (
                64 if width < 720 else 72 if width < 1220 else 120
            )  # one row, and from there tabs
            clipped = page.evaluate(CLIPPED)
            wrong += [f"{here}: {clipped} px of the name are cut"] if clipped > 0.5 else []
            head = page.evaluate(HEAD)
            wrong += [f"{here}: head {head}"] if head > limit else []
    return wrong


def test_telling_pages_are_whole_at_the_widths_that_people_have(
    browser: Browser, address: str
) -> None:
    page = view(browser, 1280, "light")
    assert wrong_at(page, address, TELLING, (320, 390, 768, 1280, 1920)) == []
    page.context.close()


@pytest.mark.audit
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_whole_at_every_width(
    browser: Browser, address: str, site: Path, width: int
) -> None:
    page = view(browser, width, "light")
    assert wrong_at(page, address, addresses(site), [width]) == []
    page.context.close()


def test_figures_take_one_width_in_tables_and_times_only(browser: Browser, address: str) -> None:
    page = view(browser, 1280, "light")
    page.goto(address + "guider/workshop/swot/")
    for where, wanted in (
        ("main p", "normal"),
        ("td p", "tabular-nums"),
        (".agenda__time", "tabular-nums"),
    ):
        node = page.locator(where).first
        assert node.evaluate("(node) => getComputedStyle(node).fontVariantNumeric") == wanted
    page.context.close()


def test_on_a_phone_the_search_opens_finds_above_the_keyboard_and_folds(
    browser: Browser, address: str
) -> None:
    page = view(browser, 390, "light")
    page.goto(address + "maler/mandat/")
    field = page.locator("header input[type=search]")
    expect(field).to_be_hidden()
    find = page.get_by_role("button", name="Søk", expanded=False)
    find.press("Enter")
    expect(field).to_be_focused()
    field.fill("mandat")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(find).to_be_focused()
    for path in ("maler/mandat/", ""):  # the front page has a field of its own
        page.goto(address + path)
        if path:
            find.click()
        page.locator("form[data-module=search] input").fill("mandat")
        hit = page.locator(".search__hit").first
        expect(hit).to_be_visible()
        box = hit.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] < 844 - 340, (
            path
        )  # a phone's keyboard, with its row of words
        kind = page.locator(".search__kind").first
        link = page.locator(".search__link").first
        size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
        assert kind.evaluate(size) <= link.evaluate(size)
    page.context.close()


def test_without_scripts_the_search_button_leads_to_the_page_that_searches(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + "maler/mandat/")
    page.get_by_role("link", name="Søk", exact=True).click()
    assert page.url == f"{address}sok/"
    context.close()


@pytest.mark.parametrize("opened", [".menu", ".here"])
def test_escape_closes_what_is_open_and_a_link_in_it_leads_away(
    browser: Browser, address: str, opened: str
) -> None:
    page = view(browser, 390, "light")
    page.goto(address + "guider/workshop/swot/")
    fold = page.locator(opened)
    inner = fold.locator("nav")
    fold.locator("summary").first.click()
    expect(inner).to_be_visible()
    inner.locator("a").first.focus()
    page.keyboard.press("Escape")
    expect(inner).to_be_hidden()
    expect(fold.locator("summary").first).to_be_focused()
    page.context.close()


def test_the_contents_follow_on_a_phone_and_name_the_section(
    browser: Browser, address: str
) -> None:
    page = view(browser, 390, "light")
    page.goto(address + "guider/workshop/swot/")
    bar = page.locator(".here")
    bar.locator("summary").click()
    bar.get_by_role("link", name="Kjøreplan").click()
    expect(bar.locator("nav")).to_be_hidden()
    expect(bar.locator(".here__section")).to_have_text("Kjøreplan")
    box, heading = bar.bounding_box(), page.locator("#kjoreplan").bounding_box()
    assert box is not None
    assert heading is not None
    assert box["y"] == 0
    assert heading["y"] >= box["height"]
    page.context.close()


def test_without_scripts_the_contents_open_and_never_cover(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + "guider/workshop/swot/")
    page.locator(".here summary").click()
    page.locator(".here").get_by_role("link", name="Kjøreplan").click()
    assert page.url.endswith("#kjoreplan")
    expect(page.locator(".here__bar")).not_to_be_in_viewport()
    context.close()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("guider/workshop/swot/", "Gå til kjøreplanen"),
        ("guider/mote/beslutningsmote/", "Gå til agendaen"),
        ("guider/intervju/bedrift/", "Gå til samtalen"),
        ("nn/undersokelser/bedrifter/", "Gå til spørsmål"),
    ],
)
def test_what_most_came_for_is_a_tap_from_the_download(
    browser: Browser, address: str, path: str, words: str
) -> None:
    page = view(browser, 390, "light")
    page.goto(address + path)
    way = page.locator(".head__way a")
    expect(way).to_contain_text(words)
    above, below = way.bounding_box(), page.locator(".downloads .button").first.bounding_box()
    assert above is not None
    assert below is not None
    assert 0 < below["y"] - above["y"] < 120
    way.click()
    expect(page.locator(str(way.get_attribute("href")))).to_be_in_viewport()
    page.context.close()
