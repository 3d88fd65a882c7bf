"""A region's font files: readable, allowed to be embedded, and with our languages' letters.

OpenType 1.9 (ISO/IEC 14496-22): table `OS/2`, field fsType, says whether a document may carry the
font. The letters are those of Norwegian (Språkrådet) and Northern Sámi (ISO 639 se).
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.content.characters import DRAWN

MAX_BYTES = 8_000_000
MAX_UNPACKED = 8_000_000  # bytes: WOFF packs, and what is small on disk may be a bomb
MAX_SENT = 300_000  # bytes of a font that readers fetch: a larger one is made smaller
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÆØÅæøåÀÉÊÓÒÔàéêóòôäöüÄÖÜ.,:;!?()/%&@+=*–—«»’…§"
)
SAMI = "ÁáČčĐđŊŋŠšŦŧŽž"
_RESTRICTED, _BITMAPS = 0x0002, 0x0200  # fsType: no embedding; embedding of bitmaps only
_WHOLE = 0x0100  # fsType: no subsetting
# What our texts can call on: kerning, contextual forms, marks, figures of equal width in tables.
_FEATURES = ["kern", "calt", "ccmp", "locl", "liga", "lnum", "tnum", "mark", "mkmk"]
_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]  # copyright, names and licence
_SMALLER = "Last ned skriften som WOFF2, med bare latinske bokstaver."
_SIGNATURES = {
    ".woff2": (b"wOF2",),
    ".woff": (b"wOFF",),
    ".ttf": (b"\0\1\0\0", b"true"),
    ".otf": (b"OTTO", b"\0\1\0\0"),
}


class FontError(Exception):
    """Raised when a font cannot be used; the text is Norwegian and goes after «filen «x» …».

    `hint` says what to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def missing_letters(path: Path) -> tuple[str, str]:
    """Return the Norwegian letters, then the Northern Sámi ones, that the font lacks.

    Raises FontError when the file is too large, cannot be read or may not be embedded.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FontError(f"er større enn {MAX_BYTES // 1_000_000} MB", _SMALLER)
        data = path.read_bytes()
    except OSError as error:
        raise FontError(f"kan ikke leses: {error.strerror}") from error
    if not data.startswith(_SIGNATURES[path.suffix]):
        raise FontError(f"er ikke en skrift av typen {path.suffix[1:]}")
    try:
        _check_unpacked(data)
        known, embedding = _opened(data)
    except FontError:
        raise
    except Exception as error:  # fontTools raises whatever a broken table leads to
        cause = str(error)[:80] or type(error).__name__
        raise FontError(f"er en skrift som ikke kan leses ({cause})") from error
    if embedding & _BITMAPS or embedding & 0x000F == _RESTRICTED:
        raise FontError(
            "er en skrift som lisensen ikke lar oss legge i dokumenter (fsType)",
            "Spør leverandøren om en utgave for nettsider, eller bruk en annen skrift.",
        )
    return _lacking(LETTERS, known), _lacking(SAMI, known)


def smaller(path: Path) -> bytes:
    """Return a font with the letters that our texts can have alone, as WOFF2.

    Empty where the file is small enough as it is. Raises FontError when it may not be made
    smaller, or does not become small enough.
    """
    try:
        found = path.stat()
    except OSError:  # told of where its letters are asked for
        return b""
    return _smaller(path, found.st_mtime_ns) if MAX_SENT < found.st_size <= MAX_BYTES else b""


@lru_cache(maxsize=16)
def _smaller(path: Path, changed: int) -> bytes:  # noqa: ARG001 (part of the cache's key)
    missing_letters(path)  # for what is wrong with it: nothing is unpacked before that
    try:
        found = _subset(path)
    except FontError:
        raise
    except Exception as error:  # fontTools raises whatever a broken table leads to
        raise FontError("er en skrift som ikke lar seg gjøre mindre", _SMALLER) from error
    if len(found) > MAX_SENT:
        size = f"{len(found) // 1000} kB også med bare bokstavene våre"
        raise FontError(f"er {size}, og kan være høyst {MAX_SENT // 1000} kB", _SMALLER)
    return found


def web_options(features: list[str], names: list[int]) -> Any:
    """Return how fontTools is to cut a font for the web; the same font gives the same bytes.

    `features` are layout features, `names` the entries of the table `name` that are kept.
    """
    from fontTools import subset  # type: ignore[import-untyped]

    return subset.Options(
        flavor="woff2",
        layout_features=features,
        hinting=False,  # every screen that shows the site smooths without
        name_IDs=names,
        notdef_outline=True,
        recalc_timestamp=False,  # the same bytes on every run
    )


def _subset(path: Path) -> bytes:
    from fontTools import subset

    # It warns of each table that it leaves out, as it shall.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    options = web_options(_FEATURES, _NAMES)
    out = io.BytesIO()
    with subset.load_font(str(path), options) as font:
        if font["OS/2"].fsType & _WHOLE:
            limit = f"er større enn {MAX_SENT // 1000} kB, og lisensen lar oss ikke"
            raise FontError(f"{limit} gjøre den mindre (fsType)", _SMALLER)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[ord(character) for character in DRAWN])
        subsetter.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()


def weights(path: Path) -> tuple[int, int] | None:
    """Return the lightest and heaviest weight of a variable font, None for any other.

    Raises FontError when the file cannot be read.
    """
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    try:
        with TTFont(path, lazy=True) as font:
            axes = font["fvar"].axes if "fvar" in font else ()
            found = next((axis for axis in axes if axis.axisTag == "wght"), None)
            return (int(found.minValue), int(found.maxValue)) if found else None
    except Exception as error:  # fontTools raises whatever a broken table leads to
        raise FontError("kan ikke leses") from error


def _lacking(letters: str, known: set[str]) -> str:
    return "".join(letter for letter in letters if letter not in known)


def _opened(data: bytes) -> tuple[set[str], int]:
    """Return the letters that the font can draw, of those that we ask for, and its fsType."""
    from fontTools.pens.basePen import NullPen  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(data), lazy=True) as font:
        names, glyphs = font.getBestCmap() or {}, font.getGlyphSet()
        known = {letter for letter in LETTERS + SAMI if ord(letter) in names}
        for letter in known:
            glyphs[names[ord(letter)]].draw(NullPen())
        for table in ("head", "hhea", "hmtx", "name", "post"):
            font[table]  # read for its errors
        return known, int(font["OS/2"].fsType)


def _check_unpacked(data: bytes) -> None:
    """Raise FontError when a packed font is larger, unpacked, than any font that we take."""
    if data[:4] == b"wOF2":
        _check_woff2(data)
    elif data[:4] == b"wOFF":
        count = struct.unpack_from(">H", data, 12)[0]
        for entry in range(count):
            _, offset, length, _, _ = struct.unpack_from(">5I", data, 44 + 20 * entry)
            _inflate(data[offset : offset + length])
        offset, length = struct.unpack_from(">2I", data, 24)
        _inflate(data[offset : offset + length])


def _inflate(packed: bytes) -> None:
    if not packed.startswith(b"\x78"):  # a table may be stored as it is
        return
    unpacker = zlib.decompressobj()
    unpacker.decompress(packed, MAX_UNPACKED)
    if unpacker.unconsumed_tail:
        raise FontError("er en skrift som er for stor når den pakkes ut")


def _check_woff2(data: bytes) -> None:
    from fontTools.ttLib.woff2 import (  # type: ignore[import-untyped]
        WOFF2DirectoryEntry,
        sstruct,
        woff2DirectoryFormat,
        woff2DirectorySize,
    )

    head = sstruct.unpack(woff2DirectoryFormat, data[:woff2DirectorySize])
    file = io.BytesIO(data)
    file.seek(woff2DirectorySize)
    for _ in range(head["numTables"]):
        WOFF2DirectoryEntry().fromFile(file)
    _unpack(file.read(head["totalCompressedSize"]))
    _unpack(data[head["metaOffset"] : head["metaOffset"] + head["metaLength"]])


def _unpack(packed: bytes) -> None:
    # fontTools' own choice: brotli, or brotlicffi on PyPy.
    from fontTools.ttLib.woff2 import brotli

    unpacker: Any = brotli.Decompressor()
    if packed and len(unpacker.process(packed, output_buffer_limit=MAX_UNPACKED)) >= MAX_UNPACKED:
        raise FontError("er en skrift som er for stor når den pakkes ut")
