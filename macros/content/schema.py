"""JSON Schemas of the content files, for editors that complete and check YAML."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE
from macros.content.brand.file import BrandFile
from macros.content.model import KINDS, Kind
from macros.content.region import Region
from macros.content.twins import TRANSLATES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by its file name in `schemas/`."""
    found = {"region.json": _schema(Region), "brand.json": _schema(BrandFile)}
    for kind in KINDS.values():
        found[f"{schema_name(kind)}.json"] = _of_file(_schema(kind.model), kind)
        for language in LANGUAGES:
            if language != SOURCE_LANGUAGE:
                twin = _optional(_schema(kind.model))
                twin["properties"][TRANSLATES] = {
                    "type": "string",
                    "description": "Versjonen av kilden som er oversatt.",
                }
                found[f"{schema_name(kind)}.{language}.json"] = _of_file(twin, kind)
    return found


def schema_name(kind: Kind) -> str:
    """Return the stem of a kind's schema: the file's own name where one file holds all."""
    return kind.source.rsplit("/", 1)[-1].removesuffix(".yml") if kind.one_file else kind.name


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = plain(model.model_json_schema())
    for key in ("id", "language"):
        schema["properties"].pop(key, None)
    schema["required"] = [key for key in schema.get("required", []) if key != "id"]
    return {"$schema": DIALECT, **schema}


def plain(node: Any, names: bool = False) -> Any:
    """Return a schema without pydantic's English titles and the models' docstrings.

    `names` says that the node's keys are the names of properties or definitions.
    """
    if isinstance(node, list):
        return [plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    is_model = "properties" in node and not names
    return {
        key: plain(value, key in ("properties", "$defs") and not names)
        for key, value in node.items()
        if names or not (key == "title" or (key == "description" and is_model))
    }


def _optional(node: Any) -> Any:
    """Return a schema in which no key is required, as in a twin."""
    if isinstance(node, list):
        return [_optional(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _optional(value)
        for key, value in node.items()
        if not (key == "required" and isinstance(value, list)) and key != "minItems"
    }


def _of_file(schema: dict[str, Any], kind: Kind) -> dict[str, Any]:
    if not kind.one_file:
        return schema
    definitions = {**schema.pop("$defs", {}), "_Item": schema}
    schema.pop("$schema")
    return {
        "$schema": DIALECT,
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/_Item"},
        "$defs": definitions,
    }
