"""A picture with a palette, as Pillow reads it: it looks like one drawn in full colours."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from macros.layouts.palette import Picture, ground
from tests.site.conftest import ROOT

INKS = ("#16202a", "#1d5c3f")
SIZE = (600, 240)
FONT = ROOT / "docs/assets/fonts/inter-600.woff2"
# Where lines stand: nowhere, in one block of rows, over several, at the edges and beyond them.
LINES = {
    "none": (),
    "one": ((40, 100),),
    "several": ((40, 60), (40, 150)),
    "edges": ((-20, 60), (320, 238)),
}


@pytest.fixture(scope="module")
def image() -> Any:
    found = Image.new("RGB", SIZE, "#ffffff")
    draw = ImageDraw.Draw(found)
    draw.rectangle((0, 0, 600, 8), "#1d5c3f")
    draw.ellipse((540, 20, 590, 70), "#e9a23b", "#16202a")
    return found


def read(data: bytes) -> Any:
    Image.open(io.BytesIO(data)).verify()
    with Image.open(io.BytesIO(data)) as found:
        assert (found.format, found.mode) == ("PNG", "P")
        return found.convert("RGB")


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_letters_look_as_in_full_colours(
    image: Any, lines: tuple[tuple[int, int], ...], ink: str
) -> None:
    font = ImageFont.truetype(str(FONT), 34)
    wanted, picture = image.copy(), Picture(ground(image, INKS, (40, 100)))
    for place in lines:
        ImageDraw.Draw(wanted).text(place, "Før målet, Ålesund", ink, font, anchor="ls")
        picture.write(place, "Før målet, Ålesund", ink, font)
    difference = ImageChops.difference(wanted, read(picture.png()))
    # Half of a step from white to the ink is the most that an edge is off.
    assert max(most for _, most in difference.getextrema()) <= 20


def test_what_is_written_on_a_ground_is_the_ground_of_others(image: Any) -> None:
    font = ImageFont.truetype(str(FONT), 34)
    both = Picture(ground(image, INKS, (40, 100)))
    for place in ((40, 60), (40, 200)):
        both.write(place, "Fot", INKS[0], font)
    foot = Picture(ground(image, INKS, (40, 100)))
    foot.write((40, 200), "Fot", INKS[0], font)
    begun = foot.as_ground()
    for _ in range(2):  # what is written on one leaves the next alone
        picture = Picture(begun)
        picture.write((40, 60), "Fot", INKS[0], font)
        assert ImageChops.difference(read(picture.png()), read(both.png())).getbbox() is None
    assert ImageChops.difference(read(Picture(begun).png()), read(foot.png())).getbbox() is None
