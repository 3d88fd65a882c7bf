"""What a deck says about itself: its core properties (ISO/IEC 29500-2, 11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from macros.layouts.markup import text

_LONGEST = 255  # letters that PowerPoint takes
_SPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:dcmitype="http://purl.org/dc/dcmitype/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def core(day: dt.date | None, said: Mapping[str, str]) -> str:
    """Return `core.xml` with what is said by the names of the elements, in the order given."""
    moment = f"{day or dt.date(2000, 1, 1)}T00:00:00Z"
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    found = "".join(
        f"<{name}>{text(value[:_LONGEST])}</{name}>" for name, value in said.items() if value
    )
    return f"<cp:coreProperties {_SPACES}>{found}{stamps}</cp:coreProperties>"
