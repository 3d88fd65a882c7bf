"""The photo of the front page in the sizes that it is shown in, without what a camera tells."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from macros.content.photo import Photo
from macros.content.svg.images import opened
from macros.content.svg.style import Unfit
from macros.keys import key
from macros.writers import Job, Rendered, WriterError

_QUALITY = {".webp": 78, ".jpg": 80}


@dataclass(frozen=True)
class PhotoPayload:
    """The whole input of one picture: the file, and what is made of it."""

    name: str
    source: Path
    size: tuple[int, int]


def jobs(photo: Photo) -> dict[str, Job]:
    """Return the job of each size of a photo by its address in the site."""
    found = {}
    for address, size in photo.files.items():
        payload = PhotoPayload(Path(address).name, photo.path, size)
        found[address] = Job(payload.name, key(__name__, payload), render, payload)
    return found


def render(payload: PhotoPayload) -> Rendered:
    """Return the picture of a payload. Raises WriterError when it cannot be drawn."""
    from PIL import Image

    try:
        image = opened(payload.source.read_bytes())
    except (Unfit, OSError) as error:
        raise WriterError(f"{payload.name}: {error}") from error
    image = image.resize(payload.size, Image.Resampling.LANCZOS)
    suffix = Path(payload.name).suffix
    if suffix == ".jpg" and image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    out = io.BytesIO()
    if suffix == ".jpg":
        image.save(out, "JPEG", quality=_QUALITY[suffix], optimize=True, progressive=True)
    else:
        image.save(out, "WEBP", quality=_QUALITY[suffix], method=4)
    return Rendered(out.getvalue(), None)
