"""Rich text as CommonMark 0.31: what stands in the data for others to read.

It is written from the parsed blocks, so a name that a region fills in is text and never markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby

from macros.content.rich import List, RichBlock, Run

# What can begin markup anywhere in a line, and what can at its beginning (CommonMark 2.4, 4, 5).
_ANYWHERE = re.compile(r"([\\`*_\[\]<>&])")
_AT_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[#+\-=~]))")
_IN_ADDRESS = re.compile(r"([\\()<>&])")


def commonmark(blocks: Iterable[RichBlock], link: Callable[[str], str]) -> str:
    """Return blocks as CommonMark; `link` turns a run's target into an address."""
    return "\n\n".join(_blocks(blocks, link))


def _blocks(blocks: Iterable[RichBlock], link: Callable[[str], str]) -> list[str]:
    return [
        _list(block, link, at) if isinstance(block, List) else _paragraph(block.runs, link)
        for at, block in enumerate(blocks)
    ]


def _list(block: List, link: Callable[[str], str], at: int) -> str:
    """Return a list; two that follow each other have different marks, and so stay two."""
    other = at % 2
    lines = []
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}{'.)'[other]} " if block.ordered else f"{'-*'[other]} "
        inner = "\n\n".join(_blocks(item, link))
        lines.append(mark + inner.replace("\n", "\n" + " " * len(mark)))
    return re.sub(r"\n +(?=\n)", "\n", "\n".join(lines))


def _paragraph(runs: Iterable[Run], link: Callable[[str], str]) -> str:
    found = "".join(
        _linked(list(group), link(target) if target else "")
        for target, group in groupby(runs, key=lambda run: run.target)
    ).strip()
    return _AT_START.sub(lambda match: match[1] + "\\", found)


def _linked(runs: list[Run], address: str) -> str:
    text = "".join(
        _marked("".join(_marked(_plain(run.text), "*" if run.em else "") for run in group), mark)
        for mark, group in groupby(runs, key=lambda run: "**" if run.strong else "")
    )
    return f"[{text}]({_escaped(_IN_ADDRESS, address)})" if address else text


def _plain(text: str) -> str:
    return _escaped(_ANYWHERE, text.replace("\n", " "))


def _escaped(what: re.Pattern[str], text: str) -> str:
    return what.sub(r"\\\1", text)


def _marked(text: str, mark: str) -> str:
    """Return text between marks, which must stand close to it (CommonMark 6.2)."""
    inner = text.strip()
    if not inner or not mark:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"
