"""Answers as figures, made by hand: what the files of the answers are made from in the tests."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from macros.content.base import Language
from macros.writers.answers_data import answers_files
from tests import real

NAMES = ("Eksempelkommune A", "Eksempelkommune B", "Eksempelkommune C", "Eksempelkommune D")
SIZES = (80, 52, 40, 8)  # the last is below every survey's limit
# What comes from elsewhere and may not become anything else than text.
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script> & «sitat»",
    "+47 12 34 56 78",
    "Čáhput, Ŋuorra, Kárášjohka, đ ŧ ž",
    "tegn\u0001\u000b og \U0001f600",
    "]]> {{ x }} _x0041_",
    "Et svar som aldri slutter " * 40,
)


@cache
def survey(name: str = "bedrifter", language: Language = "nb") -> dict[str, Any]:
    files = answers_files(real.edition(language))
    found: dict[str, Any] = json.loads(files[f"data/svar/{name}.json"])
    return found


@cache
def words(language: Language = "nb") -> dict[str, str]:
    """Return what the page hands to its scripts: `answers.…` of the strings."""
    start = "answers."
    texts = real.edition(language).words().texts
    return {key.removeprefix(start): text for key, text in texts.items() if key.startswith(start)}


def _counts(codes: list[str], n: int, seed: int) -> dict[str, int]:
    """Return how many gave each answer: uneven, and as many as there are."""
    weights = [((seed * 7 + at * 5) % 9) + 1 for at in range(len(codes))]
    found = {code: n * weight // sum(weights) for code, weight in zip(codes, weights, strict=True)}
    found[codes[seed % len(codes)]] += n - sum(found.values())
    return found


def _cell(question: dict[str, Any], codes: list[str], aside: list[str], n: int, seed: int) -> Any:
    if n < 10:
        return {"hidden": "small"}
    missing, unsure = seed % 4, {code: (seed + at) % 5 for at, code in enumerate(aside)}
    valid = n - missing - sum(unsure.values())
    cell: dict[str, Any] = {"n": valid, "asked": n, "missing": missing, "aside": unsure}
    cell["counts"] = {}
    if question["type"] == "number":
        return cell | {"mean": 12.25 + seed % 3, "median": 10.5}
    if question["type"] == "multiple":
        cell["counts"] = {code: valid * ((seed + at * 3) % 8) // 9 for at, code in enumerate(codes)}
        return cell
    cell["counts"] = counts = _counts(codes, valid, seed)
    if question["ordered"]:
        places = [at for at, code in enumerate(codes, 1) for _ in range(counts[code])]
        cell |= {"mean": sum(places) / valid, "median": places[valid // 2]}
        if len(codes) % 2 and len(codes) > 2:
            half = len(codes) // 2
            cell |= {
                "low": sum(counts[code] for code in codes[:half]) / valid,
                "mid": counts[codes[half]] / valid,
                "high": sum(counts[code] for code in codes[-half:]) / valid,
            }
    return cell


def _figure(found: dict[str, Any], theme: str, question: dict[str, Any], at: int) -> dict[str, Any]:
    parts = [(one["code"], one["label"]) for one in question["options"]]
    if question["open"]:
        parts = [(f"kommune_{number}", name) for number, name in enumerate(NAMES, 1)]
    aside = [{"code": c, "label": label} for c, label in parts if c in found["aside"]]
    options = [{"code": c, "label": label} for c, label in parts if c not in found["aside"]]
    codes = [one["code"] for one in options]
    # What is grouped by, and numbers, are shown for all only.
    alone = question["open"] or question["type"] == "number" or question["code"] in found["groups"]
    groups = [{"by": "", "code": "", "label": "", "n": sum(SIZES)}]
    if not alone:
        groups += places()
    rows = question["rows"] or [{"code": "", "label": question["text"]}]
    return {
        **{key: question.get(key) for key in ("code", "number", "type", "text", "ordered")},
        **{key: question[key] for key in ("low", "high", "unit") if question.get(key)},
        "theme": theme,
        "options": options,
        "aside": aside,
        "groups": groups,
        "rows": [
            {
                "key": f"{question['code']}/{row['code']}" if row["code"] else question["code"],
                "label": row["label"],
                "cells": [
                    {"hidden": "derived"}
                    if number == 3 and at % 3 == 0
                    else _cell(
                        question,
                        codes,
                        [one["code"] for one in aside],
                        group["n"],
                        at + place * 2 + number,
                    )
                    for number, group in enumerate(groups)
                ],
            }
            for place, row in enumerate(rows)
        ],
    }


def places() -> list[dict[str, Any]]:
    return [
        {"by": "BED01", "code": f"kommune_{at}", "label": name, "n": n}
        for at, (name, n) in enumerate(zip(NAMES, SIZES, strict=True), 1)
    ]


@cache
def result(name: str = "bedrifter", language: Language = "nb") -> dict[str, Any]:
    """Return all figures of a survey, some of them hidden, with hostile texts among the answers."""
    found = {**survey(name, language), "place": "BED01", "first": ["DIA06", "SER01", "NUT05"]}
    asked = [(theme, one) for theme in found["themes"] for one in theme["questions"]]
    figures = [
        _figure(found, theme["id"], question, at)
        for at, (theme, question) in enumerate(asked)
        if question["type"] != "text"
    ]
    texts = [
        {
            **{key: question[key] for key in ("code", "number", "text")},
            "theme": theme["id"],
            "answers": [{"text": text, "warns": []} for text in HOSTILE],
        }
        for theme, question in asked
        if question["type"] == "text"
    ]
    cells = [cell for one in figures for row in one["rows"] for cell in row["cells"]]
    hidden = {key: sum(cell.get("hidden") == key for cell in cells) for key in ("small", "derived")}
    return {
        **{"survey": found, "set": "Høsten 2027", "n": sum(SIZES), "places": places()},
        **{"figures": figures, "texts": texts, "notes": [], "hidden": hidden},
    }


@cache
def given(name: str = "bedrifter", language: Language = "nb") -> dict[str, Any]:
    """Return all that a report can be made from."""
    whole = result(name, language)
    sorted_texts = {
        one["code"]: [{"heading": "Vei & vann <b>", "texts": list(HOSTILE[:4])}]
        for one in whole["texts"][:1]
    }
    return {
        "results": [whole],
        "made_up": True,
        "headings": sorted_texts,
        "changes": [{"title": "Fra 2026 til 2027", "list": changes()}],
        "beside": [
            {"title": "Bedrifter og ansatte", "sides": ["Bedrifter", "Ansatte"], "list": beside()}
        ],
        "findings": {
            "talks": 12,
            "notes": [],
            "themes": [
                {
                    "title": "Byggesaker",
                    "rows": [
                        {
                            "text": HOSTILE[1],
                            "talks": 7,
                            "roles": [{"label": "bedrift", "n": 5}, {"label": "ordfører", "n": 2}],
                            "places": 3,
                        }
                    ],
                }
            ],
        },
    }


def beside() -> list[dict[str, Any]]:
    value = {"value": 0.42, "n": 110, "low": 0.33, "high": 0.51}
    common = {"code": "DIA06", "key": "DIA06", "label": "Alt i alt", "option": "Ja"}
    return [{**common, "measure": "ja", "sides": [value, None]}]


def changes() -> list[dict[str, Any]]:
    common = {"code": "DIA06", "key": "DIA06", "label": "Alt i alt", "option": ""}
    before = {"value": 0.42, "n": 110, "low": 0.33, "high": 0.51}
    after = {"value": 0.61, "n": 118, "low": 0.52, "high": 0.70}
    found = {"before": before, "after": after, "change": 0.19, "low": 0.06, "high": 0.32}
    lost = {"before": None, "after": None, "change": None, "low": None, "high": None}
    return [
        {**common, "measure": "high", **found, "sure": "up"},
        {**common, "measure": "mean", **lost, "sure": None, "reason": "hidden"},
    ]
