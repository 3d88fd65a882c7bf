"""A region's colour is moved no further than reading asks for."""

from __future__ import annotations

from coloraide import Color

from macros.content.brand.contrast import LIGHT, TARGET, Wanted, contrast, scheme


def lightness(colour: str) -> float:
    return float(Color(colour).convert("oklch")["lightness"])


def test_a_button_in_the_middle_moves_the_shorter_way() -> None:
    """One that is rather dark gets darker and one that is rather light gets lighter."""
    for own, up in (("#5f6f7f", False), ("#8492a0", True)):
        colours, _ = scheme(Wanted(primary=own), LIGHT)
        button = colours["button"]
        assert contrast(colours["on-button"], button) >= TARGET
        assert button != own, "the colour needs no move, so nothing was tried"
        assert (lightness(button) > lightness(own)) is up, (own, button)
