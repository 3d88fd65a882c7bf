"""Which characters a text may hold: those that every reader sees, in every format.

That is what the handbook's font draws, and the soft hyphen, which is drawn when it is used. A
character without a picture ends the making of a PDF (PDF/UA-1, 7.21.8), and what has none at all
is read otherwise than it is seen (Unicode TR 36, 2 and 3) or has no place in XML 1.0 (2.2, `Char`).
So emoji are refused, and with them joiners and variation selectors; letters with marks are
composed (NFC) before they are judged.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from markdown_it.common.utils import unescapeAll

REMOVE = "Slett det, og skriv stedet på nytt."
# What the font has: `tools/fonts.py` makes it of these, and Inter has all of them.
DRAWN = frozenset(
    (
        *map(chr, range(0x20, 0x7F)),  # Basic Latin
        *map(chr, range(0xA0, 0xAD)),  # Latin-1: æ ø å, § × · « »
        *map(chr, range(0xAE, 0x149)),  # Latin Extended-A: á č đ ŋ š ŧ ž of North Sámi
        *map(chr, range(0x14A, 0x180)),  # but not ŉ, which is deprecated
        *map(chr, range(0x1EA0, 0x1EFA)),  # names from Vietnam
        *"ƠơƯưȘșȚț",  # and from Romania
        *"ǤǥǦǧǨǩƷʒǮǯʹʼ",  # Skolt Sámi
        *"\u2009\u200a\u202f\u2010\u2011–—‘’‚“”„•…‹›′″",
        *"€−≤≥≈≠∞←↑→↓✓□■‰™№⅓⅔⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉",
    )
)
_SOFT_HYPHEN = "\u00ad"
_NOT_DRAWN = re.compile(f"[^\t\n{_SOFT_HYPHEN}{re.escape(''.join(sorted(DRAWN)))}]")
# Ranges of characters that nobody sees, and what such a character is, as a message says it.
_NEVER: tuple[tuple[str, str], ...] = (
    (r"\x00-\x08\x0b-\x1f\x7f-\x9f", "et styretegn"),
    (r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069", "snur leseretningen"),
    (r"\u034f\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff", "et tegn uten bredde"),
    (r"\u2028\u2029", "et usynlig linjeskift"),
    (r"\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159", "en bokstav som ikke vises"),
    (r"\ufff9-\ufffc\U00013430-\U0001343f", "styrer andre tegn"),
    (r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a", "styrer andre tegn"),
    (r"\ufffd", "står der en bokstav er gått tapt"),
    (r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd", "finnes bare i egne skrifter"),
    (r"\ufe00-\ufe0f\U000e0000-\U000e0fff", "et usynlig merke"),
    (r"\ud800-\udfff\ufdd0-\ufdef\ufff0-\ufff8\ufffe\uffff", "ikke et tegn"),
    ("".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17)), "ikke et tegn"),
)
_UNSEEN = re.compile("[" + "".join(ranges for ranges, _ in _NEVER) + "]")
_WHAT = tuple((re.compile(f"[{ranges}]"), what) for ranges, what in _NEVER)
# How a character may be written otherwise: Markdown's entities, YAML's escapes (1.2, 5.7), and
# an address's (RFC 3986, 2.1).
_ESCAPES = re.compile(
    r"&#?\w+;|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0abefnrtvNLP_])"
    r"|(?:%[0-9a-fA-F]{2})+"
)
_YAML = dict(zip("0abefnrtvNLP_", "\0\a\b\x1b\f\n\r\t\v\x85\u2028\u2029\xa0", strict=True))


@dataclass(frozen=True)
class Refused:
    """A character that a text may not hold."""

    character: str

    @property
    def message(self) -> str:
        """Return what is said of it, for an author."""
        found = (what for pattern, what in _WHAT if pattern.match(self.character))
        what = next(found, f"«{self.character}» finnes ikke i håndbokens skrift")
        return f"kan ikke ha tegnet U+{ord(self.character):04X} ({what})"


def refused(text: str) -> Refused | None:
    """Return the first character that a text may not hold, or None."""
    found = _NOT_DRAWN.search(text)
    return Refused(found[0]) if found else None


def unseen(text: str) -> Refused | None:
    """Return the first character that nobody sees, or None: an address is not drawn."""
    found = _UNSEEN.search(text)
    return Refused(found[0]) if found else None


def shows(text: str) -> bool:
    """Return whether a reader sees anything: not only spaces, soft hyphens and marks."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def find_written(written: str, sought: str) -> int:
    """Return where `sought` stands in a source text, as it is or as an escape; -1 if nowhere."""
    at = written.find(sought)
    if at >= 0 or not sought:
        return at
    return next(
        (found.start() for found in _ESCAPES.finditer(written) if sought in _unescaped(found[0])),
        -1,
    )


def _unescaped(escape: str) -> str:
    if escape.startswith("&"):
        plain = str(unescapeAll(escape))
        return "\ufffd" if plain == escape and plain[1] == "#" else plain  # no such number
    if escape.startswith("%"):
        return bytes.fromhex(escape.replace("%", "")).decode("utf-8", "ignore")
    if escape[1] in "xuU":
        code = int(escape[2:], 16)
        return chr(code) if code <= 0x10FFFF else ""
    return _YAML[escape[1]]
