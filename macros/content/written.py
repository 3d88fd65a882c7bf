"""What a text may hold, judged on the way in, and the names that stand between its braces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from pydantic_core import PydanticCustomError

from macros.content.characters import REMOVE, refused, unseen

# The names that texts of the handbook may use between double braces.
PLACEHOLDERS = (
    "region.name",
    "region.short_name",
    "adviser.name",
    "adviser.email",
    "adviser.phone",
)
# What stands before the id of a value: `{{ verdi.pilot }}`. The loader looks for the id.
VALUE = "verdi."
_VALUE = re.compile(rf"{re.escape(VALUE)}[a-z0-9]+(-[a-z0-9]+)*")
_BRACES = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_HAS_JINJA = re.compile(r"\{[{%#]|[}%#]\}")
_MESSAGE = re.compile(r"(?<=[?&])body=[^&]*", re.IGNORECASE)


def complaint(
    message: str,
    *,
    at: tuple[str | int, ...] = (),
    hint: str = "",
    sought: str = "",
    **context: Any,
) -> PydanticCustomError:
    """Return a validation error whose text is already Norwegian.

    `at` is the path from what is validated to the value that is wrong, `hint` what to do, and
    `sought` the characters that are wrong, to be looked for in the file.
    """
    known = sought.encode("utf-8", "ignore").decode()  # pydantic takes no half of a pair
    return PydanticCustomError("nvr", message, {**context, "at": at, "hint": hint, "sought": known})


def check_characters(value: str) -> str:
    """Return `value` stripped and composed; refuse what a text may not hold.

    A letter and its mark are one letter (NFC, UAX #15): so is a Sámi `č` found however it was
    typed.
    """
    return composed(value).strip()


def composed(value: str) -> str:
    """Return `value` composed, with its spaces; refuse what a text may not hold.

    Runs of rich text come here again, when their entities are read.
    """
    text = unicodedata.normalize("NFC", value)
    if found := refused(text):
        raise complaint(found.message, sought=found.character, hint=REMOVE)
    return text


def check_address(value: str) -> str:
    """Return an address; refuse what a text may not hold, behind `%` too.

    Only the text of a message may have lines (RFC 6068, 5).
    """
    plain = unquote(value, errors="ignore")
    if value[:7].lower() == "mailto:":
        plain = _MESSAGE.sub(lambda found: re.sub(r"[\r\n]", "", found[0]), plain)
    if re.search(r"[\r\n\t]", plain):
        raise complaint("en adresse kan ikke ha linjeskift eller tabulator")
    if found := unseen(plain):
        raise complaint(found.message, sought=found.character, hint=REMOVE)
    return value


def check_placeholders(value: str) -> str:
    """Return `value`; refuse a name between braces that is no value nor in `PLACEHOLDERS`."""
    for name in _BRACES.findall(value):
        if name not in PLACEHOLDERS and not _VALUE.fullmatch(name):
            raise complaint(
                "ukjent navn {name}; tekster kan bare bruke {known}",
                name="{{ " + name + " }}",
                known=f"{', '.join(PLACEHOLDERS)} og {VALUE}<id>",
            )
    if _HAS_JINJA.search(_BRACES.sub("", value)):
        raise complaint("har en krøllparentes som ikke er lukket, eller kode som ikke er lov her")
    return value


def values_in(value: str) -> Iterator[str]:
    """Return the id of each value that a text names, such as `pilot`."""
    return (name[len(VALUE) :] for name in _BRACES.findall(value) if name.startswith(VALUE))


def fill(value: str, names: Mapping[str, str]) -> str:
    """Return `value` with each `{{ name }}` replaced from `names`; nothing else is run."""
    if "{{" not in value:
        return value
    return _BRACES.sub(lambda match: names.get(match[1], match[0]), value)
