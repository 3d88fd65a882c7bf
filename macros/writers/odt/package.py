"""The zip that an ODF file is (OpenDocument 1.3, part 2), the same bytes for the same parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from macros.layouts import archive
from macros.writers.odt.xml import VERSION, tag, to_bytes

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_MEDIA_TYPES = {".xml": "text/xml", ".png": "image/png"}


def pack(parts: Mapping[str, bytes], day: dt.date | None) -> bytes:
    """Return the package; each part carries `day`, or zip's first day where there is none.

    The media type comes first and uncompressed, so that it can be read without unzipping
    (part 2, 3.3).
    """
    whole = {"mimetype": MEDIA_TYPE.encode(), **parts, "META-INF/manifest.xml": _manifest(parts)}
    return archive.pack(whole.items(), day, stored=("mimetype",))


def _manifest(parts: Mapping[str, bytes]) -> bytes:
    types = {"/": MEDIA_TYPE}
    types |= {path: _MEDIA_TYPES[path[path.rindex(".") :]] for path in parts}
    entries = []
    for path, kind in types.items():
        attributes = {"manifest:full-path": path, "manifest:media-type": kind}
        if path == "/":
            attributes["manifest:version"] = VERSION
        entries.append(tag("manifest:file-entry", attributes))
    return to_bytes("manifest:manifest", {"manifest:version": VERSION}, *entries)
