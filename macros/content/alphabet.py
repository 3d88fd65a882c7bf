"""The order of the Norwegian alphabet, in which names are looked for in a list."""

from __future__ import annotations

import unicodedata

# The last three letters, and those that other languages have for them, are to follow z. By their
# numbers in Unicode, å would come first of them.
_LAST = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}


def alphabetical(name: str) -> tuple[str, str]:
    """Return what a name is sorted by: without case and marks, and with æ, ø and å after z.

    Double a is no å: in Sámi names, as that of Hattfjelldal, it is none.
    """
    letters = unicodedata.normalize("NFC", name.casefold())
    plain = "".join(_LAST.get(letter) or _bare(letter) for letter in letters)
    return plain, name


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))
