"""From a file's bytes to its text: UTF-8, or a message that says where it is something else."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_SAVE = (
    "Lagre filen som UTF-8: i VS Code velger du kodingen nederst til høyre og «Save with "
    "Encoding», i Notisblokk «Lagre som» og koding UTF-8."
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SHOWN = 20  # characters on each side of the letter that a message repeats


@dataclass(frozen=True)
class NotText(Exception):
    """Raised for bytes that are no UTF-8; line and column count from 1, 0 for the whole file."""

    message: str
    hint: str = _SAVE
    line: int = 0
    column: int = 0


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, with Unix line ends and no byte order mark.

    Raises NotText, which names the encoding that the file seems to have.
    """
    if data.startswith(_UTF16) or b"\0" in data[1:4:2] or b"\0" in data[:4:2]:
        raise NotText("filen er lagret som UTF-16, ikke UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _other(data, error.start) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _other(data: bytes, start: int) -> NotText:
    """Return what is said of a file with a byte at `start` that UTF-8 has no use for."""
    before = data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line_start = before.rfind(b"\n") + 1
    line = before.count(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    # Windows-1252 has printing characters where ISO 8859-1 has controls, else they are the same.
    near = data[max(start - _SHOWN, 0) : start + _SHOWN].decode("cp1252", "replace")
    word = next((word for word in near.split() if not word.isascii()), "")
    message = f"filen er ikke UTF-8, men trolig Windows-1252 (Latin-1), der det står «{word}» her"
    return NotText(message, line=line, column=column)
