"""Rich text as data, for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.content.rich import Paragraph, RichBlock, Run
from macros.document.address import place


def rich(blocks: Iterable[RichBlock]) -> list[Any]:
    """Return rich text as data: a paragraph is a list of runs, a list has `items`."""
    return [
        [_run(run) for run in block.runs]
        if isinstance(block, Paragraph)
        else {"ordered": block.ordered, "items": [rich(entry) for entry in block.items]}
        for block in blocks
    ]


def _run(run: Run) -> str | dict[str, Any]:
    """Return a run: a text, or a text with what marks it."""
    marks = {"strong": run.strong, "em": run.em, "link": run.target and _link(run.target)}
    kept = {name: value for name, value in marks.items() if value}
    return {"text": str(run.text), **kept} if kept else str(run.text)


def _link(target: str) -> str:
    return target if ":" in target else place(target)
