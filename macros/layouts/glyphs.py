"""Which letters a font that is in a PDF already has: a text can be written with them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

DOT = " · "  # between the name of the site and that of the region
_SMALLER = 0.96
_LEAST = 0.5  # of the size that a text is wanted in; what is wider yet runs out of its box
_PARTS = re.compile(r"[^ /-]*[ /-]?")
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def codes(font: Any) -> dict[str, tuple[int, float]]:
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


class LettersError(Exception):
    """Raised when no font of a file has a letter."""


@dataclass(frozen=True)
class Letters:
    """The fonts of a file by name, and in which of them each letter is, with code and width."""

    fonts: dict[str, Any]
    known: dict[str, tuple[str, int, float]]

    def width(self, text: str, size: float) -> float:
        """Return how many points a text takes."""
        return sum(self._of(letter)[2] for letter in text) * size / 1000

    def shown(self, text: str, size: float) -> str:
        """Return the operators that show a text at the place where a text object is."""
        parts: list[tuple[str, str]] = []
        for letter in text:
            font, code, _ = self._of(letter)
            if not parts or parts[-1][0] != font:
                parts.append((font, ""))
            parts[-1] = (font, parts[-1][1] + f"{code:04x}")
        return " ".join(f"{font} {size:.2f} Tf <{shown}> Tj" for font, shown in parts)

    def _of(self, letter: str) -> tuple[str, int, float]:
        # One drawing may be of several letters, such as both spaces, and is known by one of them.
        for same in (letter, unicodedata.normalize("NFKC", letter)):
            if same in self.known:
                return self.known[same]
        raise LettersError(letter)


def fitted(
    text: str, letters: Letters, width: float, most: int, size: float
) -> tuple[list[str], float]:
    """Return a text in at most so many lines of a width (points), and the size that it fits in.

    It is the size that is wanted, or a smaller one. A line ends where the site's name does and the
    region's begins, when both have room, else after a space, `/` or `-`.
    """
    least = size * _LEAST
    while True:
        lines = _broken(text, letters, width, size)
        if len(lines) <= most and all(letters.width(line, size) <= width for line in lines):
            return lines, size
        if size * _SMALLER < least:
            return [text], size
        size *= _SMALLER


def _broken(text: str, letters: Letters, width: float, size: float) -> list[str]:
    site, dot, region = text.partition(DOT)
    names = [f"{site}{DOT.rstrip()}", region] if dot else []
    for whole in ([text], names):
        if whole and all(letters.width(line, size) <= width for line in whole):
            return whole
    lines = [""]
    for part in _PARTS.findall(text):
        if letters.width((lines[-1] + part).rstrip(), size) > width and lines[-1]:
            lines.append("")
        lines[-1] += part
    return [line.rstrip() for line in lines]
