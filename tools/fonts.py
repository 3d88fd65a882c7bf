"""Make the site's and the PDFs' fonts: small static subsets of Inter.

    python -m tools.fonts FOLDER

FOLDER holds the originals, the folder `web` of the npm package inter-ui 4.1.1. The result goes to
docs/assets/fonts/ and is under version control, so this runs only when the originals or the
characters of texts change. The same originals and fontTools give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

from macros.content.brand.font import web_options
from macros.content.characters import DRAWN

TARGET = Path(__file__).parent.parent / "docs" / "assets" / "fonts"

ORIGINALS = {
    "inter-400.woff2": "Inter-Regular.woff2",
    "inter-400-italic.woff2": "Inter-Italic.woff2",
    "inter-600.woff2": "Inter-SemiBold.woff2",
}

# Inter has no ☐ ☑: the style sheets draw boxes, or use □ and ✓.
WANTED = {ord(character) for character in DRAWN}

# What a text of ours can call on: kerning, contextual forms, figures of equal width in tables.
FEATURES = ["kern", "calt", "ccmp", "locl", "liga", "lnum", "tnum"]

# Copyright, names and licence (the OFL asks that they stay).
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def make(original: Path, target: Path) -> None:
    options = web_options(FEATURES, NAMES)
    font = subset.load_font(str(original), options)
    absent = WANTED - font.getBestCmap().keys()
    if absent:
        codes = " ".join(f"U+{code:04X}" for code in sorted(absent))
        raise SystemExit(f"{original.name} lacks {codes}")
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=WANTED)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    folder = Path(arguments[0])
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, original in ORIGINALS.items():
        make(folder / original, TARGET / name)
        print(f"{name}: {(TARGET / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
