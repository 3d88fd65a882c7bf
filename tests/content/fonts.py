"""Fonts for tests, made from the handbook's own: another name, fewer letters, another licence."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).parents[2] / "docs" / "assets" / "fonts"
INTER = FONTS / "inter-400.woff2"
FAMILY = "Eksempel Sans"


@cache
def made(
    flavour: str | None = "woff",
    letters: str = "",
    embedding: int = 0,
    weight: int = 400,
    spare: int = 0,
) -> bytes:
    """Return a font named `FAMILY`, as WOFF, WOFF2 or (None) TrueType; with `letters` only.

    `spare` bytes are in it that no text needs.
    """
    font = TTFont(FONTS / f"inter-{weight}.woff2")
    if letters:
        subsetter = Subsetter(Options(name_IDs=["*"], notdef_outline=True))
        subsetter.populate(text=letters)
        subsetter.subset(font)
    names = {1: FAMILY, 4: FAMILY, 6: FAMILY.replace(" ", ""), 16: FAMILY}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font["OS/2"].fsType = embedding
    if spare:
        table = newTable("NvrX")
        table.data = random.Random(1).randbytes(spare)  # noqa: S311 (it shall not be packed)
        font["NvrX"] = table
    font.flavor = flavour
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
