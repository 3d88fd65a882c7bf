"""Every page in a real browser, on a phone: it fits, it is whole, it asks nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_every_page_fits_a_phone_and_asks_nobody_else(
    site: Path, address: str, phone: Page
) -> None:
    wrong: list[str] = []
    host = urlsplit(address).netloc
    phone.on("pageerror", lambda error: wrong.append(f"{phone.url}: {error}"))
    # The server sends the site's own headers: what their policy stops is said here.
    phone.on(
        "console",
        lambda said: wrong.append(f"{phone.url}: {said.text}") if said.type == "error" else None,
    )
    phone.on("dialog", lambda dialog: wrong.append(f"{phone.url}: {dialog.message}"))
    phone.on(
        "request",
        lambda request: (
            wrong.append(f"{phone.url} spør {request.url}")
            if urlsplit(request.url).netloc not in (host, "")
            else None
        ),
    )
    phone.on(
        "response",
        lambda response: (
            wrong.append(f"{response.url}: {response.status}") if response.status >= 400 else None
        ),
    )
    pages = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    assert len(pages) > 150
    for page in pages:
        phone.goto(address + ("" if page == "." else f"{page}/"))
        width = phone.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wrong.append(f"{page}: {width} piksler bred")
    assert wrong == []


_DRAWINGS = """() => [...document.querySelectorAll(".timeline svg")]
  .filter((drawing) => drawing.getClientRects().length)
  .map((drawing) => [
    drawing.getAttribute("class"),
    ...[...drawing.querySelectorAll("text")].map((text) => {
      const box = text.getBoundingClientRect();
      const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
      return [parseFloat(getComputedStyle(text).fontSize) * scale, box.left, box.right];
    }),
  ])"""


def test_the_timeline_is_one_drawing_and_its_letters_can_be_read(address: str, phone: Page) -> None:
    phone.goto(f"{address}tidslinje/")
    shown = {}
    for width in (360, 1280):
        phone.set_viewport_size({"width": width, "height": 740})
        ((name, *texts),) = phone.evaluate(_DRAWINGS)
        shown[width] = name
        assert len(texts) >= 7
        for size, left, right in texts:
            assert size >= 11
            assert 0 <= left < right <= width
    phone.set_viewport_size({"width": 360, "height": 740})
    assert shown == {360: "timeline__down", 1280: "timeline__across"}


def test_paper_is_white_though_the_screen_is_dark(address: str, phone: Page) -> None:
    colour = "getComputedStyle(document.querySelector('h1')).color"
    phone.goto(f"{address}tidslinje/")
    phone.evaluate("document.body.dataset.mdColorScheme = 'default'")
    light = phone.evaluate(colour)
    phone.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert phone.evaluate(colour) != light
    phone.emulate_media(media="print")
    assert phone.evaluate(colour) == light
    phone.emulate_media(media="screen")
