"""The package that Office files are: the same parts give the same bytes, in any place, at any time.

Writers use it; what makes the parts is theirs.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

_FIRST_DAY = dt.date(1980, 1, 1)  # a zip cannot tell of a day before


def repack(
    data: bytes, day: dt.date | None, changed: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """Return a package with its parts in a fixed order, its types first, stamped with `day`.

    `changed` has for a part a text that stands in it once, and what is to stand there.
    """
    day = max(day or _FIRST_DAY, _FIRST_DAY)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        for name in sorted(parts.namelist(), key=lambda name: (name[0] not in "[_", name)):
            part = parts.read(name)
            if changed and name in changed:
                old, new = (text.encode() for text in changed[name])
                part = part.replace(old, new, 1)
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on every system
            info.external_attr = 0o644 << 16
            archive.writestr(info, part, compresslevel=9)
    return out.getvalue()
