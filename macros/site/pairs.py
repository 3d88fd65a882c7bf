"""Words of the two languages that mean the same, taken from texts that say the same in both.

Each text and its twin are laid side by side, sentence by sentence. Where a sentence differs by as
many words on both sides, each word stands for the one across from it. What is seen often enough,
and seldom with another word, is a pair. So the list follows the content by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"(?<=[.:!?])\s+|\n+")
_MARKUP = re.compile(r"\]\([^)]*\)|https?://\S+|\{[^}]*\}|<[^>]*>")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Of all the times that one of the two is seen changed, the pair has to have this share.
_SURE = 0.5


def word_pairs(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (word, word of the other language), sorted; each is the other's most usual one."""
    seen = Counter(pair for text in texts for pair in _across(*text))
    ours, theirs = Counter[str](), Counter[str]()
    for (one, other), count in seen.items():
        ours[one] += count
        theirs[other] += count
    return sorted(
        (one, other)
        for (one, other), count in seen.items()
        if count >= _SURE * max(ours[one], theirs[other]) and (count > 1 or _akin(one, other))
    )


def _across(text: str, twin: str) -> Iterator[tuple[str, str]]:
    """Return the words that stand across from each other in a text and its twin."""
    if text == twin:
        return
    left, right = (_SENTENCE.split(_MARKUP.sub(" ", one)) for one in (text, twin))
    if len(left) != len(right):
        return
    for one, other in zip(left, right, strict=True):
        ours, theirs = _WORD.findall(one.lower()), _WORD.findall(other.lower())
        if ours == theirs:
            continue
        blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        for kind, start, end, first, last in blocks:
            if kind == "replace" and end - start == last - first:
                yield from zip(ours[start:end], theirs[first:last], strict=True)


def _akin(one: str, other: str) -> bool:
    """Return whether two words that met once are plainly the same one, spelt otherwise."""
    return SequenceMatcher(None, one, other).ratio() > 2 / 3
