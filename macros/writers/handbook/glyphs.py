"""A line of text at a page's foot, in a font that is in the file already."""

from __future__ import annotations

import re
from typing import Any

from macros.layouts.pdf_pass import PassError

_SIZE, _RIGHT, _BOTTOM = 8, 51.0, 24.0  # points: the size of the letters, and their place
_SPACE = 280  # 1/1000 em: moved over, as the file need not have a glyph for a space
_NAME = "/PageNumber"  # pikepdf's own choice would be another each time
_INK = "0.267 0.314 0.361 rg"  # the print layout's #44505c
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


class Line:
    """Writes with the glyphs of a font that a page of the file uses.

    Raises PassError when the page has no font that holds the letters of a text.
    """

    def __init__(self, pdf: Any, page: Any) -> None:
        self.pdf = pdf
        self._fonts = [
            (font, _codes(font)) for font in dict(page.resources.get("/Font", {})).values()
        ]

    def show(self, text: str, page: Any) -> bytes:
        """Return the content that shows the text at the page's foot, as an artifact.

        A reader of the page's content passes artifacts over (ISO 32000-1, 14.8.2.2).
        """
        import pikepdf

        words = text.split(" ")
        font, codes = self._font("".join(words))
        name = page.add_resource(font, pikepdf.Name.Font, _NAME, replace_existing=True)
        coded = ("".join(f"{codes[char][0]:04x}" for char in word) for word in words)
        shown = f" {-_SPACE} ".join(f"<{word}>" for word in coded)
        letters = sum(codes[char][1] for char in "".join(words))
        width = (letters + _SPACE * (len(words) - 1)) * _SIZE / 1000
        right = float(page.mediabox[2]) - _RIGHT - width
        return (
            f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC BT {_INK} {name} {_SIZE} Tf "
            f"1 0 0 1 {right:.2f} {_BOTTOM} Tm [{shown}] TJ ET EMC"
        ).encode()

    def _font(self, text: str) -> tuple[Any, dict[str, tuple[int, float]]]:
        for font, codes in self._fonts:
            if all(char in codes for char in text):
                return font, codes
        raise PassError(f"fant ingen skrift med bokstavene i «{text}»")


def _codes(font: Any) -> dict[str, tuple[int, float]]:
    """Return, for each letter of a composite font, its code and its width in 1/1000 em."""
    widths = _widths(font.DescendantFonts[0])
    found: dict[str, tuple[int, float]] = {}
    for code, letters in _CHAR.findall(font.ToUnicode.read_bytes()):
        text = bytes.fromhex(letters.decode()).decode("utf-16-be")
        found.setdefault(text, (int(code, 16), widths.get(int(code, 16), 1000.0)))
    return found


def _widths(font: Any) -> dict[int, float]:
    """Return the widths of a CIDFont by code (ISO 32000-1, 9.7.4.3)."""
    import pikepdf

    found: dict[int, float] = {}
    entries = list(font.W)
    while entries:
        first = int(entries.pop(0))
        if isinstance(entries[0], pikepdf.Array):
            for index, width in enumerate(entries.pop(0)):
                found[first + index] = float(width)
        else:
            last, width = int(entries.pop(0)), float(entries.pop(0))
            found.update(dict.fromkeys(range(first, last + 1), width))
    return found
