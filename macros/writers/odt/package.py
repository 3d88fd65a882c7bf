"""The zip that an ODF file is (OpenDocument 1.3, part 2), the same bytes for the same parts."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

from macros.writers.odt.xml import VERSION, tag, to_bytes

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_MEDIA_TYPES = {".xml": "text/xml", ".png": "image/png"}


def pack(parts: Mapping[str, bytes], day: dt.date | None) -> bytes:
    """Return the package; each part carries `day`, or zip's first day where there is none.

    The media type comes first and uncompressed, so that it can be read without unzipping
    (part 2, 3.3).
    """
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0) if day else (1980, 1, 1, 0, 0, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        _add(file, "mimetype", MEDIA_TYPE.encode(), moment, zipfile.ZIP_STORED)
        for path, data in parts.items():
            _add(file, path, data, moment, zipfile.ZIP_DEFLATED)
        manifest = _manifest(parts)
        _add(file, "META-INF/manifest.xml", manifest, moment, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _add(
    file: zipfile.ZipFile,
    path: str,
    data: bytes,
    moment: tuple[int, int, int, int, int, int],
    compression: int,
) -> None:
    info = zipfile.ZipInfo(path, moment)
    info.compress_type = compression
    info.create_system = 3  # Unix, wherever the build runs
    info.external_attr = 0o644 << 16
    file.writestr(info, data, compresslevel=9)


def _manifest(parts: Mapping[str, bytes]) -> bytes:
    types = {"/": MEDIA_TYPE}
    types |= {path: _MEDIA_TYPES[path[path.rindex(".") :]] for path in parts}
    entries = []
    for path, kind in types.items():
        attributes = {"manifest:full-path": path, "manifest:media-type": kind}
        if path == "/":
            attributes["manifest:version"] = VERSION
        entries.append(tag("manifest:file-entry", attributes))
    return to_bytes(tag("manifest:manifest", {"manifest:version": VERSION}, *entries))
