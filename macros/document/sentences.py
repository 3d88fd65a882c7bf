"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re

# Not after «nr.» or «art. 6», nor within a date or a number: the next begins with a large letter.
_END = re.compile(r"(?<=[.!?…»])(?<!\bnr\.)\s+(?=[A-ZÀ-ÞŠŽ«])")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in order."""
    return _END.split(text)
