"""A page on paper: what its PDF says, in the same order, and nothing to press."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from playwright.sync_api import Browser

# One page of each kind that has a PDF of its own.
PAGES = [
    "guider/intervju/bedrift",
    "guider/mote/beslutningsmote",
    "guider/workshop/swot",
    "undersokelser/bedrifter",
    "maler/mandat",
    "maler/risikoregister",
    "sjekklister/forstudie",
    "eksempler/statusrapport",
    "nn/guider/workshop/swot",
]
HEADINGS = """() => [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")]
  .filter((heading) => heading.getClientRects().length)
  .map((heading) => heading.innerText.replace(/\\s+/g, " ").trim())"""


_FORM = {"Kapitlene i malen": "Fyll ut"}


def bookmarks(pdf: Path) -> list[str]:
    def titles(items: list[Any]) -> list[str]:
        return [
            title for item in items for title in (str(item.title), *titles(list(item.children)))
        ]

    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        return titles(list(outline.root))


def test_a_printed_page_has_the_sections_of_its_pdf_in_the_same_order(
    browser: Browser, address: str, site: Path
) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    for path in PAGES:
        page.goto(f"{address}{path}/")
        files = page.locator(".downloads a[href$='.pdf']")
        pdf = (site / path / str(files.first.get_attribute("href"))).resolve()
        headings = page.evaluate(HEADINGS)
        assert len(headings) >= 5
        # A page calls the form of a template by what it shows of it.
        assert [_FORM.get(name, name) for name in headings] == bookmarks(pdf), path
    page.close()


def test_paper_offers_nothing_to_press_and_nothing_to_download(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    for path in (*PAGES, "finn", ""):
        page.goto(f"{address}{path}/" if path else address)
        for part in ("button", "summary", ".downloads", "input:not([type=checkbox])"):
            assert page.locator(f"{part}:visible").count() == 0, (path, part)
    page.close()


def test_no_heading_stands_alone_at_the_foot_of_a_printed_page(
    browser: Browser, address: str
) -> None:
    """Printed from the browser, as most do; the wide tables and forms are where it went wrong."""
    page, alone = browser.new_page(), []
    for path in (*PAGES, "eksempler/prosjektplan-forstudie", "maler/budsjett"):
        page.goto(f"{address}{path}/")
        page.emulate_media(media="print")
        titles = {"".join(title.split()) for title in page.evaluate(HEADINGS)}
        margins = dict.fromkeys(("top", "right", "bottom", "left"), "15mm")
        printed = pypdfium2.PdfDocument(page.pdf(format="A4", margin=margins))
        for number, sheet in enumerate(printed, start=1):
            # By where it stands: a browser writes what is positioned after all else.
            text = sheet.get_textpage()
            floor = min(text.get_rect(at)[1] for at in range(text.count_rects()))
            last = "".join(text.get_text_bounded(bottom=floor - 1, top=floor + 14).split())
            alone += [f"{path} {number}: {last}"] if last in titles else []
    assert alone == []
    page.close()
