"""Fonts that come late, or never: nothing jumps, and the head of the page keeps its rows."""

from __future__ import annotations

import re

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Route

from tests.site.conftest import ROOT
from tests.site.test_light import FRONT, GUIDE, WATCH
from tools.reserve import FONTS, letters, width

CSS = (ROOT / "docs" / "assets" / "css" / "handbook.css").read_text(encoding="utf-8")
HEIGHT = "document.querySelector('.top').offsetHeight"
# The mean width of the handbook's letters in the fonts that systems have, in parts of the size:
# measured with tools/reserve.py on the files of Debian 12, regular and bold.
SYSTEM = {
    "Arial": (0.4188, 0.4479),  # by Liberation Sans, which has its widths
    "Roboto": (0.4128, 0.4216),
    "Noto Sans": (0.4414, 0.4690),
    "DejaVu Sans": (0.4796, 0.5411),
}


@pytest.mark.parametrize("viewport", [360, 1280])
@pytest.mark.parametrize("page", [FRONT, GUIDE])
def test_fonts_that_come_late_move_nothing(
    browser: Browser, address: str, page: str, viewport: int
) -> None:
    context = browser.new_context(viewport={"width": viewport, "height": 740})
    context.add_init_script(WATCH)
    held: list[Route] = []
    context.route("**/*.woff2", lambda route: held.append(route))
    tab = context.new_page()
    tab.goto(address + page, wait_until="domcontentloaded")
    tab.wait_for_timeout(1500)  # far longer than a browser waits before it shows another font
    assert held, "the page asks for no font, so nothing was tried"
    for route in held:
        route.continue_()
    # Not `wait_for_function`: it evaluates its text time and again, which the policy forbids.
    tab.evaluate("document.fonts.ready.then(() => null)")
    # Two frames: a shift is told of in the frame after the one that moved.
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert tab.evaluate("seen.shift") < 0.01
    context.close()


def test_the_head_of_the_page_keeps_its_rows_in_a_wider_font(
    browser: Browser, address: str
) -> None:
    """Every letter a tenth of its size wider: more than any font of a system's is than Inter."""
    page = browser.new_page()
    for viewport in (320, 360, 600, 720, 960, 1280):
        page.set_viewport_size({"width": viewport, "height": 740})
        page.goto(address + GUIDE)
        height = page.evaluate(HEIGHT)
        page.evaluate("document.querySelector('.top').style.letterSpacing = '0.05em'")
        assert page.evaluate(HEIGHT) == height, viewport
        page.evaluate("document.querySelector('.top').style.letterSpacing = '-0.03em'")
        assert page.evaluate(HEIGHT) == height, viewport
    page.close()


@pytest.mark.parametrize("name", SYSTEM)
def test_what_stands_in_for_inter_is_as_wide_as_inter(name: str) -> None:
    reserve = {
        ("600" in face, font): float(adjust[1]) / 100
        for face in re.findall(r'@font-face \{ font-family: "Inter Reserve";(.*?)\}', CSS)
        for font in re.findall(r'local\("([^"]+)"\)', face)
        if (adjust := re.search(r"size-adjust: ([\d.]+)%", face))
    }
    for bold, own in enumerate(("inter-400.woff2", "inter-600.woff2")):
        local = f"{name} Bold" if bold else name
        wanted = width(TTFont(FONTS / own), letters())
        assert SYSTEM[name][bold] * reserve[bool(bold), local] == pytest.approx(wanted, rel=0.02)
