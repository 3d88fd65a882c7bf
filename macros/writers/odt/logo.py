"""The region's logo: its size on paper, or an error that names the file."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from macros.writers import WriterError

_HEIGHT, _WIDTH = 14.0, 70.0  # mm at most
_LENGTH = re.compile(r"\s*([\d.]+)\s*(px|mm|cm|pt|in)?\s*")
_PNG = b"\x89PNG\r\n\x1a\n"


def size(path: Path, data: bytes, document: str) -> tuple[float, float]:
    """Return width and height in mm, within 70 × 14 mm, of the logo that `path` holds.

    Raises WriterError, naming `document` and the logo, when it is no picture.
    """
    found = _png(data) if path.suffix == ".png" else _svg(data)
    if found is None or min(found) <= 0:
        raise WriterError(f"{document}: logoen {path} har ingen størrelse som kan leses")
    width, height = found
    scale = min(_HEIGHT / height, _WIDTH / width)
    return width * scale, height * scale


def _png(data: bytes) -> tuple[float, float] | None:
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return float(int.from_bytes(data[16:20], "big")), float(int.from_bytes(data[20:24], "big"))


def _svg(data: bytes) -> tuple[float, float] | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4:
        sides = [_LENGTH.fullmatch(side) for side in box[2:]]
    else:
        sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if sides[0] is None or sides[1] is None or sides[0][2] != sides[1][2]:
        return None
    return float(sides[0][1]), float(sides[1][1])
