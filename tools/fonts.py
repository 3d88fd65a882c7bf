"""Make the site's and the PDFs' fonts: small static subsets of Inter.

    python tools/fonts.py FOLDER

FOLDER holds the originals, the folder `web` of the npm package inter-ui 4.1.1. The result goes to
docs/assets/fonts/ and is under version control, so this runs only when the originals or the
characters below change. The same originals and fontTools give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

TARGET = Path(__file__).parent.parent / "docs" / "assets" / "fonts"

ORIGINALS = {
    "inter-400.woff2": "Inter-Regular.woff2",
    "inter-400-italic.woff2": "Inter-Italic.woff2",
    "inter-600.woff2": "Inter-SemiBold.woff2",
}

LATIN = [
    *range(0x20, 0x7F),  # Basic Latin
    *range(0xA0, 0x100),  # Latin-1: æ ø å, § × · « »
    *range(0x100, 0x180),  # Latin Extended-A: á č đ ŋ š ŧ ž of North Sámi, š ž of Kven
]
SKOLT_SAMI = "ǤǥǦǧǨǩƷʒǮǯʹʼ"
PUNCTUATION = "\u2009\u200a\u202f\u2010\u2011–—‘’‚“”„•…‹›"
SYMBOLS = "€−≤≥←↑→↓✓□■"

# What a text of ours can call on: kerning, contextual forms, figures of equal width in tables.
FEATURES = ["kern", "calt", "ccmp", "locl", "liga", "lnum", "tnum"]

# Copyright, names and licence (the OFL asks that they stay).
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]

# Inter has no soft hyphen (never shown) and no ŉ (deprecated, Afrikaans); all else must be there.
# It has no ☐ ☑ either: the style sheets draw boxes, or use □ and ✓.
NOT_IN_INTER = {0xAD, 0x149}


def wanted() -> set[int]:
    return {*LATIN, *map(ord, SKOLT_SAMI + PUNCTUATION + SYMBOLS)} - NOT_IN_INTER


def make(original: Path, target: Path) -> None:
    options = subset.Options(
        flavor="woff2",
        layout_features=FEATURES,
        hinting=False,  # every screen that shows the site smooths without
        name_IDs=NAMES,
        notdef_outline=True,
        recalc_timestamp=False,  # the same bytes on every run
    )
    font = subset.load_font(str(original), options)
    absent = wanted() - font.getBestCmap().keys()
    if absent:
        codes = " ".join(f"U+{code:04X}" for code in sorted(absent))
        raise SystemExit(f"{original.name} lacks {codes}")
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
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
