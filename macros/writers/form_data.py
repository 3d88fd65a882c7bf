"""What a document asks for, as data: one JSON file a form, for the scripts that fill it in.

A script knows fields and rows, and never a template: all that it shows or writes stands here.
`sections` are flat, in reading order, each with its `level` (1 is a chapter); ids are those that
the files' own fields are named by.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from macros.content.rich import List, Paragraph, RichBlock
from macros.document import blocks as b
from macros.document.address import form_address
from macros.document.compose import compose
from macros.document.edition import Edition
from macros.document.formats import DOWNLOADS, files

VERSION = 1  # of the form of these files


def form_files(edition: Edition) -> dict[str, str]:
    """Return the JSON of each form, by its address below the language's root."""
    found = {}
    for item in edition.handbook.pages():
        document = compose(edition, item)
        if document.asks:
            made = form(document, edition.words(item).keys("register"))
            text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
            found[form_address(item.kind, item.id)] = f"{text}\n"
    return found


def form(document: b.Document, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return what a document asks for; addresses are below the language's root.

    `keys` are the keys of the cover's lines by their labels.
    """
    _, own = document.parted
    return {
        "schema": VERSION,
        "kind": document.kind,
        "id": document.id,
        "version": document.version,
        "language": document.language,
        "title": document.title,
        "address": document.address,
        "files": {name: f"{DOWNLOADS}{file}" for name, file in files(document)},
        "cover": [
            {"key": keys[label], "label": label, "value": value}
            for label, value in document.register
        ],
        "sections": list(_sections(own)),
    }


def _sections(blocks: Iterable[b.Block], level: int = 1) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if isinstance(block, b.Section) and any(_asking(block.blocks)):
            yield {
                "id": block.id,
                "title": block.title,
                "number": block.number,
                "level": level,
                "help": [line for inner in block.blocks for line in _help(inner)],
                "fields": [_field(inner) for inner in block.blocks if isinstance(inner, _ASKS)],
            }
            yield from _sections(block.blocks, level + 1)


_ASKS = b.Field | b.FieldTable | b.Question | b.Checklist


def _asking(blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    for block in blocks:
        if isinstance(block, b.Section):
            yield from _asking(block.blocks)
        elif isinstance(block, _ASKS):
            yield block


def _help(block: b.Block) -> Iterator[str]:
    if isinstance(block, b.Callout) and block.kind == "guidance":
        for inner in block.blocks:
            yield from _lines(inner)


def _lines(block: RichBlock) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield "".join(run.text for run in block.runs)
    elif isinstance(block, List):
        for entry in block.items:
            for inner in entry:
                yield from _lines(inner)


def _field(block: b.Field | b.FieldTable | b.Question | b.Checklist) -> dict[str, Any]:
    """Return a field with what it says of itself; what has its usual value is left out."""
    if isinstance(block, b.Question):  # its field in the fillable PDF is named so, too
        found = {"id": f"sporsmal_{block.number}", "label": f"{block.number} {block.text}"}
        return {"kind": "question", **found, "hint": block.why, "lines": block.lines}
    kinds = {b.FieldTable: "table", b.Checklist: "points"}
    found = _plain(block)
    return {"kind": kinds.get(type(block), found.pop("kind", "")), **found}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        entries = ((one.name, getattr(value, one.name), one.default) for one in _named(value))
        return {name: _plain(inner) for name, inner, usual in entries if inner != usual}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def _named(value: Any) -> Iterator[Any]:
    return (one for one in dataclasses.fields(value) if one.name != "link")
