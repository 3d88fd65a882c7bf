"""The edition as open data: one JSON file a language, and the JSON Schema that it follows.

The schema is made from the models that the content is read with, so the two cannot part. Texts
of one line are plain text, longer ones CommonMark; a reference is `id` or `kind/id`, as in the
content files. A key without a value is left out.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from macros.content.base import LANGUAGES, Item, Page
from macros.content.model import KINDS
from macros.content.schema import DIALECT, plain
from macros.content.text import Rich, Text
from macros.document.address import WITHOUT_PAGE, address
from macros.document.commonmark import commonmark
from macros.document.compose import compose
from macros.document.edition import Edition, Writing
from macros.document.formats import DOWNLOADS, files
from macros.document.shared import absolute_link

DATA, SCHEMA = "data/handbok.json", "data/handbok.schema.json"
LICENCE_FILE = "data/lisens.txt"
LICENCE = {
    "name": "Creative Commons Navngivelse 4.0 Internasjonal",
    "spdx": "CC-BY-4.0",
    "address": "https://creativecommons.org/licenses/by/4.0/deed.no",
}
_TYPES = {  # the media types that IANA has registered
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "json": "application/json",
    "csv": "text/csv",
    "ics": "text/calendar",
    "txt": "text/plain",
}


def handbook_json(edition: Edition, base_url: str, generated: dt.date) -> str:
    """Return all the edition's contents as JSON, on one line for each item.

    `base_url` is the address of the language's front page; `generated` the day of the commit
    that is built, so that the same commit gives the same bytes.
    """
    words, region = edition.words(), edition.region
    head = {
        "$schema": base_url + SCHEMA,
        "title": words("site.name"),
        "description": words("site.description"),
        "region": region.name,
        "owner": region.owner,
        "language": edition.language,
        "address": base_url,
        "generated": generated.isoformat(),
        "licence": LICENCE,
    }
    kinds = ",\n".join(f"{_json(kind)}: [\n{_lines(edition, kind, base_url)}\n]" for kind in KINDS)
    return f'{_json(head)[:-1]}, "contents": {{\n{kinds}\n}}}}\n'


def _lines(edition: Edition, kind: str, base_url: str) -> str:
    items = edition.handbook.all(KINDS[kind].model)
    return ",\n".join(_json(_item(edition, item, base_url)) for item in items)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _item(edition: Edition, item: Item, base_url: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": item.kind,
        "id": item.id,
        "language": item.language,
    }
    if item.kind not in WITHOUT_PAGE:
        found["address"] = base_url + address(item.kind, item.id)
    if isinstance(item, Page):
        found |= {"version": item.version, "updated": item.updated.isoformat()}
        found |= {"files": _files(edition, item, base_url)}
    if how := edition.handbook.adapted.get((item.kind, item.id)):
        found["adapted"] = how
    w = Writing(edition, item)
    return found | {key: _value(value, w, base_url) for key, value in item if value is not None}


def _files(edition: Edition, item: Page, base_url: str) -> list[dict[str, str]]:
    return [
        {
            "format": name,
            "type": _TYPES[file.rpartition(".")[2]],
            "address": f"{base_url}{DOWNLOADS}{file}",
        }
        for name, file in files(compose(edition, item))
    ]


def _value(value: Any, w: Writing, base_url: str) -> Any:
    """Return a value of a model as JSON has it, with the region's names filled in."""
    if isinstance(value, BaseModel):
        return _value(dict(value), w, base_url)
    if isinstance(value, Mapping):
        return {
            key: _value(inner, w, base_url) for key, inner in value.items() if inner is not None
        }
    if isinstance(value, tuple):
        return [_value(inner, w, base_url) for inner in value]
    if isinstance(value, Rich):
        return commonmark(w.rich(value), lambda target: absolute_link(target, base_url))
    if isinstance(value, Text):
        return w.text(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def schema_json(base_url: str) -> str:
    """Return the JSON Schema (2020-12) of `handbook_json`, at the address that it names."""
    models = [(kind.model, "validation") for kind in KINDS.values()]
    names, found = models_json_schema(models)  # type: ignore[arg-type]
    definitions = plain(found["$defs"], names=True)
    listed = {}
    for kind, shape in zip(KINDS.values(), names.values(), strict=True):
        name = shape["$ref"].rpartition("/")[2]
        definitions[name] = _item_schema(kind.model, definitions[name])
        listed[kind.name] = {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
    whole = _object({key: {"type": "string"} for key in ("$schema", "title", "description")})
    whole["properties"] |= {
        "region": {"type": ["string", "null"], "description": "Regionen, når utgaven har en."},
        "owner": {"type": "string", "description": "Hvem som eier og svarer for utgaven."},
        "language": {"enum": list(LANGUAGES)},
        "address": _ADDRESS | {"description": "Forsiden."},
        "generated": {"type": "string", "format": "date"},
        "licence": _object({key: {"type": "string"} for key in LICENCE}),
        "contents": _object(listed),
    }
    whole["required"] = list(whole["properties"])
    schema = {"$schema": DIALECT, "$id": base_url + SCHEMA, **whole, "$defs": definitions}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


_ADDRESS = {"type": "string", "format": "uri"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _item_schema(model: type[Item], schema: dict[str, Any]) -> dict[str, Any]:
    """Return a model's schema with what the data says of an item besides its own fields."""
    more: dict[str, Any] = {"kind": {"const": model.kind}}
    if model.kind not in WITHOUT_PAGE:
        more["address"] = _ADDRESS
    if issubclass(model, Page):
        file = _object(
            {"format": {"type": "string"}, "type": {"type": "string"}, "address": _ADDRESS}
        )
        more |= {
            "version": {"type": "string", "description": "Versjonen nå."},
            "updated": {"type": "string", "format": "date", "description": "Sist endret."},
            "files": {"type": "array", "items": file, "description": "Filene å laste ned."},
        }
    required = [*schema["required"], *more, "language"]
    more["adapted"] = {"enum": ["changed", "added"], "description": "Hva regionen har gjort."}
    return {**schema, "properties": {**more, **schema["properties"]}, "required": required}
