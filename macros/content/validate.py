"""From plain values to models: every problem found, with its place, in Norwegian."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.content.errors import Problem, found_text, suggest
from macros.content.load import DataPath, Source
from macros.content.yaml_faults import UNKEYLIKE, in_quotes, named

M = TypeVar("M", bound=BaseModel)

_WANTED = {
    "int_type": "skal være et heltall, fikk {found}",
    "int_from_float": "skal være et heltall, fikk {found}",
    "float_type": "skal være et tall, som 2 eller 0.5, fikk {found}",
    "int_parsing": "skal være et heltall, fikk {found}",
    "bool_type": "skal være true eller false, fikk {found}",
    "string_type": "skal være en tekst, fikk {found}",
    "tuple_type": "skal være en liste, fikk {found}",
    "model_type": "skal være et oppslag med nøkler, fikk {found}",
    "model_attributes_type": "skal være et oppslag med nøkler, fikk {found}",
    "dict_type": "skal være et oppslag med nøkler, fikk {found}",
    "greater_than_equal": "skal være minst {ge}, fikk {found}",
    "less_than_equal": "skal være høyst {le}, fikk {found}",
    "too_short": "skal ha minst {min_length} {points}, har {actual_length}",
    "too_long": "skal ha høyst {max_length} {points}, har {actual_length}",
    "string_too_long": "kan ha høyst {max_length} tegn",
    "string_too_short": "skal ha minst {min_length} tegn",
    "string_unicode": "har et tegn som ikke finnes",
    "literal_error": "skal være {expected}, fikk {found}",
    "union_tag_invalid": "type skal være {expected_tags}, fikk «{tag}»",
    "union_tag_not_found": "mangler nøkkelen type",
}
QUOTES = "Sett verdien i anførselstegn."


def build(model: type[M], source: Source, prefix: DataPath, data: Any) -> M | list[Problem]:
    """Return the model of `data`, which stands at `prefix` in `source`, or its problems."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return [
            _problem(model, source, prefix, data, detail)
            for detail in details
            if not _only_counts_valid_ones(detail)
        ]


def _only_counts_valid_ones(detail: ErrorDetails) -> bool:
    """Return whether a list is called too short because points in it, told of too, are wrong."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _problem(
    model: type[BaseModel], source: Source, prefix: DataPath, data: Any, detail: ErrorDetails
) -> Problem:
    loc = _data_path(data, detail["loc"])
    kind = detail["type"]
    if kind == "missing":
        return source.problem(prefix + loc[:-1], f"mangler nøkkelen «{loc[-1]}»")
    if kind == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        hint = suggest(str(loc[-1]), known) or f"Kjente nøkler: {', '.join(sorted(known))}."
        return source.problem(prefix + loc, "ukjent nøkkel", hint, key=True)
    if kind == "nvr":
        loc = _data_path(data, (*detail["loc"], *detail["ctx"]["at"]))
        said = detail["ctx"]
        return source.problem(prefix + loc, detail["msg"], said["hint"], sought=said["sought"])
    if kind not in _WANTED:
        return source.problem(prefix + loc, f"ugyldig verdi: {found_text(detail['input'])}")
    message, hint = _wanted(detail)
    if kind in ("string_type", "int_type", "bool_type", "literal_error"):
        hint = hint or _slip(detail["input"], source.place(prefix + loc).written)
    return source.problem(prefix + loc, message, hint)


def _wanted(detail: ErrorDetails) -> tuple[str, str]:
    """Return what pydantic's error says, in Norwegian, and what to do about it."""
    kind, value = detail["type"], detail["input"]
    context = {"found": found_text(value), **detail.get("ctx", {})}
    hint = ""
    if kind in ("literal_error", "union_tag_invalid"):
        wanted = str(context.get("expected") or context.get("expected_tags"))
        context["expected"] = wanted.replace(" or ", " eller ").replace("'", "")
        context["expected_tags"] = wanted.replace("'", "")
        word = str(context.get("tag", value))
        hint = suggest(word, wanted.replace("'", "").replace(" or ", ", ").split(", "))
    elif kind in ("too_short", "too_long"):
        limit = context["min_length" if kind == "too_short" else "max_length"]
        context["points"] = "punkt" if limit == 1 else "punkter"
    elif kind == "string_type" and isinstance(value, bool | int | float):
        hint = QUOTES
    return _WANTED[kind].format(**context), hint


def _slip(value: Any, written: str) -> str:
    """Return what is easily overlooked in a value of the wrong type."""
    if value is None and written.startswith("#"):
        return "Alt etter # er en kommentar. Er det en verdi, sett den i anførselstegn."
    if isinstance(value, list | dict) and written[:1] in ("[", "{"):
        return in_quotes(f"- {written}").replace("Skriv - ", "Er det en tekst? Skriv ")
    odd = UNKEYLIKE.search(value) if isinstance(value, str) else None
    return f"Verdien har {named(odd[0])}." if odd else ""


def _data_path(data: Any, loc: tuple[int | str, ...]) -> DataPath:
    """Return `loc` without the parts that pydantic adds for a union's chosen type."""
    path: list[str | int] = []
    for index, part in enumerate(loc):
        inner = isinstance(data, dict) or (isinstance(data, list) and isinstance(part, int))
        if index and not inner:
            break  # a short form: the keys that it stands for are not in the file
        last = index == len(loc) - 1
        # A question of type text has a key `text` too: the first of the two is the type.
        is_type = isinstance(data, dict) and (part not in data or part == data.get("type"))
        if is_type and not last:
            continue
        path.append(part)
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            data = None
    return tuple(path)


@cache
def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that the model allows at `loc`, read from its JSON Schema.

    Where a value has several forms, the keys of all of them are allowed.
    """
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    nodes: list[dict[str, Any]] = [schema]
    for part in loc:
        nodes = [_step(form, part) for node in nodes for form in _forms(node, definitions)]
    forms = [form for node in nodes for form in _forms(node, definitions)]
    keys = dict.fromkeys(key for form in forms for key in form.get("properties", {}))
    return tuple(key for key in keys if key not in ("id", "language") or loc)


def _step(node: dict[str, Any], part: int | str) -> dict[str, Any]:
    if isinstance(part, int):
        return dict(node.get("items", {}))
    if part in node.get("properties", {}):
        return dict(node["properties"][part])
    mapping = node.get("discriminator", {}).get("mapping", {})
    if part in mapping:
        return {"$ref": mapping[part]}
    extra = node.get("additionalProperties")
    return dict(extra) if isinstance(extra, dict) else {}


def _forms(node: dict[str, Any], definitions: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the schemas that a value may follow, with references looked up."""
    if "$ref" in node:
        yield from _forms(definitions[node["$ref"].rsplit("/", 1)[-1]], definitions)
    elif "anyOf" in node:
        for choice in node["anyOf"]:
            yield from _forms(choice, definitions)
    else:
        yield node
