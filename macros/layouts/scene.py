"""The landscape as a file of its own, for paper: the drawing of the site in the brand's colours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from coloraide import Color

from macros.content.brand.brand import Brand
from macros.layouts import FOLDER

_CLASS = re.compile(r'class="scene__(\w+)"')
# How much of the accent is in what lies near, by part of the drawing; front.css has the same.
_SHARES = {"water": 0.30, "ground": 0.58}
_WARM = "#e9a23b"


def scene(brand: Brand) -> bytes:
    """Return the landscape as an SVG file in the brand's colours on paper."""
    return drawn(scene_colours(brand))


def scene_colours(brand: Brand) -> dict[str, str]:
    """Return the colour (CSS hex) of each part of the landscape on paper."""
    paper = brand.paper
    return dict(
        _mixed(*(paper[name] for name in ("tint-1", "tint-2", "tint-3", "accent", "paper")))
    )


@lru_cache(maxsize=4)
def _mixed(far: str, hills: str, near: str, accent: str, light: str) -> Mapping[str, str]:
    fills = {"far": far, "hills": hills, "near": near, "strong": accent, "light": light}
    fills |= {"warm": _WARM}
    return fills | {
        part: Color(near)
        .mix(accent, share, space="oklab")
        .convert("srgb")
        .fit()
        .to_string(hex=True)
        for part, share in _SHARES.items()
    }


def drawn(colours: Mapping[str, str]) -> bytes:
    """Return the landscape as an SVG file whose parts have these colours."""
    drawing = (FOLDER / "pictures" / "landscape.svg").read_text(encoding="utf-8")
    filled = _CLASS.sub(lambda found: f'fill="{colours[found[1]]}"', drawing)
    return filled.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode()
