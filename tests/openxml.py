"""What Word would refuse of a file, by a validator of its schemas."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from openxml_audit import OpenXmlValidator


@cache
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator()


def errors(path: Path) -> list[str]:
    """Return each fault with its part; none where Word opens the file without repair."""
    found = _validator().validate(path).errors
    said = [f"{error.part_uri}: {error.description}" for error in found]
    # It takes the type of a building block for that of a section, which has the same name.
    return [one for one in said if "'bbPlcHdr' is not in allowed values" not in one]
