"""What a document asks for, as data: one JSON file a form, for the scripts that fill it in.

A script knows fields and rows, and never a template: all that it shows or writes stands here.
`sections` are flat, in reading order, each with its `level` (1 is a chapter); ids are those that
the files' own fields are named by. Beside them stand `example`, each field as an example has it,
and `known`, what the region has said once and for all.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from macros.content.facts import ON_THE_COVER
from macros.content.rich import List, Paragraph, RichBlock
from macros.content.template import Template
from macros.document import blocks as b
from macros.document.address import address, form_address
from macros.document.compose import compose
from macros.document.edition import Edition
from macros.document.formats import DOWNLOADS, files
from macros.document.template import filled_in

FACTS = "data/skjema/opplysninger.json"  # which facts each form holds, and where
VERSION = 1  # of the form of these files


def form_files(edition: Edition) -> dict[str, str]:
    """Return the JSON of each form, by its address below the language's root."""
    found = {}
    facts = {}
    for item in edition.handbook.pages():
        document = compose(edition, item)
        if document.asks:
            made = form(document, edition.words(item).keys("register"))
            if isinstance(item, Template):
                made |= _example(edition, item)
            made["known"] = _known(edition)
            found[form_address(item.kind, item.id)] = _written(made)
            if held := _facts(made):
                facts[f"{item.kind}/{item.id}"] = held
    return {**found, FACTS: _written(facts)}


def _written(value: Any) -> str:
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n"


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
            {"key": keys[label], "label": label, "value": value} | _held(keys[label])
            for label, value in document.register
        ],
        "sections": list(_sections(own)),
    }


def _held(key: str) -> dict[str, str]:
    return {"fact": ON_THE_COVER[key]} if key in ON_THE_COVER else {}


def _example(edition: Edition, template: Template) -> dict[str, Any]:
    """Return the template's fields as its example has them, by id, and where that is."""
    example, filled = filled_in(edition, template)
    if example is None:
        return {}
    where = address(example.kind, example.id)
    fields = {name: _shown(block) for name, block in filled.items()}
    return {"example": {"title": str(example.title), "address": where, "fields": fields}}


def _shown(block: b.Answer | b.Table) -> Any:
    """Return a filled-in field: its lines, or a table's header and rows."""
    if isinstance(block, b.Answer):
        return [line for inner in block.blocks for line in _lines(inner)]
    rows = [[" ".join(_line(cell)) for cell in row] for row in block.rows]
    return {"header": block.header, "rows": [*rows, *([block.totals] if block.totals else [])]}


def _line(cell: b.Cell) -> Iterator[str]:
    for block in cell:
        yield from _lines(block)


def _known(edition: Edition) -> dict[str, Any]:
    """Return the facts that the region itself has given."""
    region = edition.region
    found = {
        "region": region.name and str(region.name),
        "municipalities": [town.name for town in edition.municipalities],
    }
    return {key: value for key, value in found.items() if value}


def _facts(made: dict[str, Any]) -> dict[str, Any]:
    """Return where a form holds facts, besides its cover: in fields, and in columns by table."""
    asked = [field for section in made["sections"] for field in section["fields"]]
    fields = {field["fact"]: field["id"] for field in asked if "fact" in field}
    tables = {
        field["id"]: {column["fact"]: column["id"] for column in held}
        for field in asked
        if (held := [one for one in field.get("columns", ()) if "fact" in one])
    }
    found = {"fields": fields, "tables": tables}
    return {key: value for key, value in found.items() if value}


def _sections(blocks: Iterable[b.Block], level: int = 1) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if isinstance(block, b.Section) and any(_asking(block.blocks)):
            yield {
                "id": block.id,
                "title": block.title,
                "number": block.number,
                "level": level,
                "help": [line for inner in block.blocks for line in _help(inner)],
                "fields": [_field(inner) for inner in block.blocks if isinstance(inner, b.Asking)],
            }
            yield from _sections(block.blocks, level + 1)


def _asking(blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    for block in blocks:
        if isinstance(block, b.Section):
            yield from _asking(block.blocks)
        elif isinstance(block, b.Asking):
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


def _field(block: b.Asking) -> dict[str, Any]:
    """Return a field with what it says of itself; what has its usual value is left out."""
    if isinstance(block, b.Question):  # its field in the fillable PDF is named so, too
        found = {"id": f"sporsmal_{block.number}", "label": f"{block.number} {block.text}"}
        more = {"hint": block.why, "follow_ups": block.follow_ups, "lines": block.lines}
        return {"kind": "question", **found, **more}
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
