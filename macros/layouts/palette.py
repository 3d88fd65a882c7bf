"""A picture of few colours that many begin with: letters are put on it, and it is packed as PNG.

To bring a picture to a palette and to pack it took most of a card's time. Here the ground is
brought to one once, with steps between it and each ink, and of a picture only the rows that have
letters are packed (PNG, ISO/IEC 15948; a stream of zlib may be packed in pieces, RFC 1951, 3.2).
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

_COLOURS, _STEPS = 128, 8  # all in all, and those from the ground to an ink
_BLOCK = 30  # rows that are packed together
_LEVEL = 6
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BITS, _PALETTE = 8, 3  # of a pixel, and what it is


@dataclass(frozen=True, eq=False)
class Ground:
    """A picture by its pixels, which are places in the palette.

    `inks` are the colours that letters may have: of each the places of its steps, by darkness.
    """

    pixels: Any
    palette: bytes
    inks: dict[str, list[int]]


def ground(image: Any, inks: Sequence[str], plain: tuple[int, int]) -> Ground:
    """Return a Pillow image as a ground for letters; at `plain` it has the colour below them."""
    from PIL import Image, ImageColor

    own = _COLOURS - _STEPS * len(inks)
    few = image.quantize(own, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = bytes(few.palette.palette[: own * 3]).ljust(own * 3, b"\0")
    pixels: Any = Image.frombytes("L", few.size, few.tobytes())
    at = pixels.getpixel(plain) * 3
    paper, places = palette[at : at + 3], {}
    for number, ink in enumerate(inks):
        first = own + number * _STEPS
        places[ink] = [first + max(_step(dark), 1) - 1 for dark in range(256)]
        palette += b"".join(
            _between(paper, ImageColor.getrgb(ink), step) for step in range(1, _STEPS + 1)
        )
    return Ground(pixels, palette, places)


def _step(dark: int) -> int:
    return round(dark * _STEPS / 255)


def _between(paper: Sequence[int], ink: Sequence[int], step: int) -> bytes:
    return bytes(round(a + (b - a) * step / _STEPS) for a, b in zip(paper, ink[:3], strict=True))


_SHOWN = [255 if _step(dark) else 0 for dark in range(256)]


@dataclass
class Picture:
    """A picture that begins with a ground."""

    ground: Ground
    first: int = 0
    last: int = 0
    pixels: Any = field(init=False)

    def __post_init__(self) -> None:
        self.pixels, self.first = self.ground.pixels.copy(), self.ground.pixels.height

    def write(self, place: tuple[int, int], text: str, ink: str, font: Any) -> None:
        """Write a line that begins at a place of its base line."""
        from PIL import Image, ImageDraw

        left, top, right, bottom = font.getbbox(text, anchor="ls")
        left, top = math.floor(left), math.floor(top)
        size = max(math.ceil(right) - left, 1), max(math.ceil(bottom) - top, 1)
        dark = Image.new("L", size)
        ImageDraw.Draw(dark).text((-left, -top), text, 255, font, anchor="ls")
        at = place[0] + left, place[1] + top
        self.pixels.paste(dark.point(self.ground.inks[ink]), at, dark.point(_SHOWN))
        self.first, self.last = min(self.first, at[1]), max(self.last, at[1] + size[1])

    def as_ground(self) -> Ground:
        """Return what is there as a ground for more."""
        return Ground(self.pixels, self.ground.palette, self.ground.inks)

    def png(self) -> bytes:
        """Return the picture as a file."""
        width, height = self.pixels.size
        first = min(max(self.first, 0) // _BLOCK * _BLOCK, height)
        last = min(math.ceil(self.last / _BLOCK) * _BLOCK, height) if self.last else first
        above, below = _piece(self.ground, 0, first), _piece(self.ground, last, height)
        rows = _rows(self.pixels, first, last)
        checksum = zlib.adler32(below[0], zlib.adler32(rows, zlib.adler32(above[0])))
        data = (b"\x78\x9c", above[1], _packed(rows), below[1], _END, struct.pack(">L", checksum))
        head = struct.pack(">2L5B", width, height, _BITS, _PALETTE, 0, 0, 0)
        parts = (b"IHDR", head), (b"PLTE", self.ground.palette), (b"IDAT", b"".join(data))
        return _SIGNATURE + b"".join(_chunk(*part) for part in (*parts, (b"IEND", b"")))


_END = b"\x03\x00"  # a last block with nothing in it


@lru_cache(maxsize=64)
def _piece(found: Ground, first: int, last: int) -> tuple[bytes, bytes]:
    """Return some rows of a ground, and what they are packed to."""
    rows = _rows(found.pixels, first, last)
    return rows, _packed(rows)


def _rows(pixels: Any, first: int, last: int) -> bytes:
    """Return rows with a 0 before each, which says that they are as they are."""
    return bytes(pixels.crop((-1, first, pixels.width, last)).tobytes())


def _packed(rows: bytes) -> bytes:
    """Return rows packed so that more may follow."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(rows) + packer.flush(zlib.Z_SYNC_FLUSH)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
