"""Pictures that a region puts on its pages: which files are taken, and how large they are."""

from __future__ import annotations

import re
from pathlib import Path

from macros.content.load import inside

# SVG is not taken: it can hold script, which runs when the file is opened by itself.
PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
MAX_BYTES = 1_000_000
MAX_PIXELS = 24_000_000
PictureSize = tuple[int, int]
_NAME = re.compile(r"[A-Za-z0-9_-][\w.-]*(/[A-Za-z0-9_-][\w.-]*)*", re.ASCII)


def picture_size(folder: Path, name: str) -> PictureSize | str:
    """Return width and height in pixels of a picture in the folder, or why it is refused."""
    path = folder / name
    if not _NAME.fullmatch(name):
        return f"bildet «{name[:60]}» skal være en fil i samme mappe, med bare a–z, tall, - og _"
    if path.suffix.lower() not in PICTURES:
        return f"bildet «{name}» skal være {', '.join(sorted(PICTURES))}"
    if not path.is_file() or not inside(folder, path):
        return f"bildet «{name}» finnes ikke i mappen"
    if path.stat().st_size > MAX_BYTES:
        return f"bildet «{name}» er større enn {MAX_BYTES // 1000} kB"
    return _measured(path, name)


def _measured(path: Path, name: str) -> PictureSize | str:
    from PIL import Image  # only a region with pictures pays for it

    wanted = PICTURES[path.suffix.lower()]
    try:
        with Image.open(path, formats=[wanted]) as picture:
            width, height = picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return f"bildet «{name}» er ikke en gyldig {wanted}-fil"
    if width * height > MAX_PIXELS:
        return f"bildet «{name}» er for stort: {width} × {height} piksler"
    return width, height
