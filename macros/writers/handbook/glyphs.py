"""A line of text at a page's foot, in a font that is in the file already."""

from __future__ import annotations

from typing import Any

from macros.layouts.glyphs import codes
from macros.layouts.pdf_pass import PassError

_SIZE, _RIGHT, _BOTTOM = 8, 51.0, 24.0  # points: the size of the letters, and their place
_SPACE = 280  # 1/1000 em: moved over, as the file need not have a glyph for a space
_NAME = "/PageNumber"  # pikepdf's own choice would be another each time
_INK = "0.267 0.314 0.361 rg"  # the print layout's #44505c


class Line:
    """Writes with the glyphs of a font that a page of the file uses.

    Raises PassError when the page has no font that holds the letters of a text.
    """

    def __init__(self, pdf: Any, page: Any) -> None:
        self.pdf = pdf
        self._fonts = [
            (font, codes(font)) for font in dict(page.resources.get("/Font", {})).values()
        ]

    def show(self, text: str, page: Any) -> bytes:
        """Return the content that shows the text at the page's foot, as an artifact.

        A reader of the page's content passes artifacts over (ISO 32000-1, 14.8.2.2).
        """
        import pikepdf

        words = text.split(" ")
        font, letters = self._font("".join(words))
        name = page.add_resource(font, pikepdf.Name.Font, _NAME, replace_existing=True)
        coded = ("".join(f"{letters[char][0]:04x}" for char in word) for word in words)
        shown = f" {-_SPACE} ".join(f"<{word}>" for word in coded)
        wide = sum(letters[char][1] for char in "".join(words))
        width = (wide + _SPACE * (len(words) - 1)) * _SIZE / 1000
        right = float(page.mediabox[2]) - _RIGHT - width
        return (
            f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC BT {_INK} {name} {_SIZE} Tf "
            f"1 0 0 1 {right:.2f} {_BOTTOM} Tm [{shown}] TJ ET EMC"
        ).encode()

    def _font(self, text: str) -> tuple[Any, dict[str, tuple[int, float]]]:
        for font, letters in self._fonts:
            if all(char in letters for char in text):
                return font, letters
        raise PassError(f"fant ingen skrift med bokstavene i «{text}»")
