"""Say how a font of the system's has to be scaled to hold Inter's place until Inter is there.

    python tools/reserve.py FONT.ttf [FONT-BOLD.ttf …]

Prints the descriptors of `@font-face` (CSS Fonts 5, section 2) for `handbook.css`: the width as
the letters of the handbook's own texts ask for it, and Inter's height of line.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "docs" / "assets" / "fonts"
TEXTS = ("phases", "guides", "templates")


def letters() -> Counter[str]:
    """Return how often each letter stands in the handbook."""
    files = (path for name in TEXTS for path in (ROOT / name).rglob("*.yml"))
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    return Counter(char for char in text if char.isalpha() or char in " ,.–-?")


def width(font: TTFont, wanted: Counter[str]) -> float:
    """Return the mean advance of the wanted letters, in parts of the font's size."""
    names, advances = font.getBestCmap(), font["hmtx"]
    known = {char: count for char, count in wanted.items() if ord(char) in names}
    total = sum(advances[names[ord(char)]][0] * count for char, count in known.items())
    return float(total / sum(known.values()) / font["head"].unitsPerEm)


def main(paths: list[str]) -> None:
    if not paths:
        raise SystemExit(__doc__)
    wanted = letters()
    for path in map(Path, paths):
        font = TTFont(path)
        bold = font["OS/2"].usWeightClass >= 600
        own = TTFont(FONTS / ("inter-600.woff2" if bold else "inter-400.woff2"))
        scale = width(own, wanted) / width(font, wanted)
        unit, line = own["head"].unitsPerEm, own["hhea"]
        print(
            f"{path.name}: size-adjust: {scale:.2%}; "
            f"ascent-override: {line.ascent / unit / scale:.2%}; "
            f"descent-override: {-line.descent / unit / scale:.2%}; line-gap-override: 0%;"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
