"""The ZIP that an Office file or an ODT is: the same bytes for the same parts, never the clock.

`zipfile` packs each part anew. Most parts of a file are those of the file before, such as its
styles, so what they became is kept; besides, a deck has a hundred parts, and `zipfile` takes
longer to write down each than zlib to pack it (APPNOTE.TXT 6.3, 4.3 has what is written).
"""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20  # of the format: the first that deflates
_UNIX = 3 << 8 | _VERSION  # where it was made, the same on every system
_READABLE = 0o644 << 16
_UTF8 = 0x800  # a name that is more than ASCII
_STORED, _DEFLATED = 0, 8
_LONGEST_KEPT = 65536  # bytes of a part that another file may have as well
_FIRST_DAY = dt.date(1980, 1, 1)  # a zip cannot tell of a day before


def pack(
    parts: Iterable[tuple[str, bytes]], day: dt.date | None, stored: tuple[str, ...] = ()
) -> bytes:
    """Return a package of the parts in order, stamped with midnight of `day`.

    The parts named in `stored` are not packed.
    """
    day = max(day or _FIRST_DAY, _FIRST_DAY)
    stamp = (0, (day.year - 1980) << 9 | day.month << 5 | day.day)
    body, listed, at = [], [], 0
    for path, data in parts:
        name = path.encode()
        kind = _STORED if path in stored else _DEFLATED
        packed, checksum = (data, zlib.crc32(data)) if kind == _STORED else _packed(data)
        flags = 0 if path.isascii() else _UTF8
        said = (flags, kind, *stamp, checksum, len(packed), len(data), len(name), 0)
        body += [_LOCAL.pack(b"PK\3\4", _VERSION, *said), name, packed]
        listed += [_CENTRAL.pack(b"PK\1\2", _UNIX, _VERSION, *said, 0, 0, 0, _READABLE, at), name]
        at += _LOCAL.size + len(name) + len(packed)
    count, size = len(listed) // 2, sum(map(len, listed))
    return b"".join((*body, *listed, _END.pack(b"PK\5\6", 0, 0, count, count, size, at, 0)))


def _packed(data: bytes) -> tuple[bytes, int]:
    return _kept(data) if len(data) <= _LONGEST_KEPT else _deflated(data)


def _deflated(data: bytes) -> tuple[bytes, int]:
    """Return what a part is packed to, and its checksum."""
    return zlib.compress(data, 9, -zlib.MAX_WBITS), zlib.crc32(data)


_kept = lru_cache(maxsize=256)(_deflated)
