"""The timeline on a phone, on a screen and on paper: every letter can be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


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
