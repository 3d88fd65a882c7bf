"""The region's logo as a PNG that Word can show: an SVG is drawn, a large picture made smaller."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.layouts.drawing import draw
from macros.writers import WriterError

HEIGHT_MM, WIDTH_MM = 14, 70  # the room that a logo has on the cover
_MOST = (1100, 400)  # pixels: 400 dots an inch in that room
_BYTES = 60_000  # above this a PNG is drawn anew, so that the file stays under 100 kB


@lru_cache(maxsize=8)
def picture(path: Path, changed: int) -> tuple[bytes, int, int]:  # noqa: ARG001 (cache's key)
    """Return the logo as PNG bytes, and its width and height in pixels.

    Raises WriterError when the file is missing or is no picture.
    """
    try:
        data = path.read_bytes()
        image = _drawn(path) if path.suffix == ".svg" else _opened(data)
        if path.suffix == ".svg" or len(data) > _BYTES:
            image.thumbnail(_MOST)
            out = io.BytesIO()
            image.save(out, "PNG", optimize=True)
            data = out.getvalue()
        return data, image.width, image.height
    except Exception as error:  # each library has its own; the reader needs the file's name
        raise WriterError(f"{path.name}: logoen kan ikke brukes i Word: {error}") from error


def _opened(data: bytes) -> Any:
    from PIL import Image

    image = Image.open(io.BytesIO(data), formats=["PNG"])
    image.load()
    return image


def _drawn(path: Path) -> Any:
    """Return an SVG drawn on white; it may ask for nothing outside itself."""
    page = (
        f"<style>@page{{size:{WIDTH_MM}mm {HEIGHT_MM}mm;margin:0}}body{{margin:0}}"
        f"img{{display:block;width:{WIDTH_MM}mm;height:{HEIGHT_MM}mm;object-fit:contain;"
        "object-position:0 0}</style><img src='asset:logo' alt=''>"
    )
    return _cropped(draw(page, {"logo": path}, 400))


def _cropped(image: Any) -> Any:
    from PIL import Image, ImageChops

    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    if box is None:
        raise WriterError("bildet er tomt")
    return image.crop(box)
