"""Surveys and sets of answers for tests of what is counted: small ones, and drawn by lot."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

Survey = dict[str, Any]
Answers = dict[str, Any]

SIDES = ["lavt", "litt", "midt", "mye", "hoyt"]


def option(code: str) -> dict[str, str]:
    return {"code": code, "label": code.title(), "short": code, "plain": code}


def question(code: str, kind: str, options: list[str], **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": code,
        "number": int(code[-2:]),
        "type": kind,
        "text": f"Spørsmål {code}",
        "required": False,
        "ordered": kind in ("scale", "matrix"),
        "open": False,
        "condition": None,
        "options": [option(one) for one in options],
        "rows": [],
    }
    return found | more


def condition(code: str, *answers: str) -> dict[str, Any]:
    return {"question": code, "answers": list(answers)}


SCALE = ["1", "2", "3", "4", "5", "vet_ikke"]


def survey(**more: Any) -> Survey:
    """Return a survey with a question of each type, and conditions that hang on each other."""
    rows = [option("rad_a"), option("rad_b")]
    blanks = [option(f"kommune_{n}") for n in range(1, 5)]
    questions = [
        question("STE01", "single", []) | {"open": True, "options": blanks},
        question("BRA01", "single", ["fiske", "handel", "annet", "vet_ikke"]),
        question("STR01", "single", ["liten", "stor"]),
        question("SKA01", "scale", SCALE),
        question("MAT01", "matrix", [*SIDES, "vet_ikke"], rows=rows),
        question("ENK01", "single", ["ja", "nei", "vet_ikke"]),
        question("FLE01", "multiple", ["a", "b", "c", "ikke_svar", "vet_ikke"]),
        question("BET01", "scale", SCALE, condition=condition("ENK01", "ja")),
        question("BET02", "single", SIDES, ordered=True, condition=condition("BET01", "4", "5")),
        question("BET03", "matrix", SIDES, rows=rows, condition=condition("FLE01", "a", "c")),
        question("ORD01", "single", ["en", "to", "tre", "fire"], ordered=True),
        question("TAL01", "number", [], min=0, max=60, unit="timer"),
        question("TEK01", "text", []),
        question("TEK02", "text", [], condition=condition("ENK01", "ja")),
    ]
    return {
        "schema": 1,
        "id": "prove",
        "version": "1.0",
        "language": "nb",
        "title": "Prøve",
        "address": "survey/prove",
        "minimum_group": 10,
        "aside": ["vet_ikke", "ikke_svar"],
        "place": "STE01",
        "groups": ["BRA01", "STR01"],
        "first": [],
        "before": [],
        "beside": [],
        "themes": [{"id": "tema_1", "title": "Tema", "questions": questions}],
        "reading": [],
        "small_groups": [],
        "others": {},
        **more,
    }


def questions(of: Survey) -> Iterator[dict[str, Any]]:
    for theme in of["themes"]:
        yield from theme["questions"]


def keys(one: dict[str, Any]) -> list[str]:
    if one["type"] == "matrix":
        return [f"{one['code']}/{row['code']}" for row in one["rows"]]
    return [one["code"]]


def drawn(of: Survey, n: int, lot: random.Random, *, alike: float = 0.0) -> Answers:
    """Return answers drawn by lot, some missing. The more `alike`, the more does what one answers
    to one question follow from what one answered to others, as with real people.
    """
    columns: dict[str, list[Any]] = {key: [None] * n for one in questions(of) for key in keys(one)}
    tilts = {code: [lot.random() ** 3 for _ in range(12)] for code in columns}
    for person in range(n):
        kind = lot.random()
        for one in questions(of):
            for key in keys(one):
                columns[key][person] = _answer(one, tilts[key], kind, lot, alike)
    places = {
        o["code"]: f"Sted {o['code'][-1]}" for q in questions(of) for o in q["options"] if q["open"]
    }
    return {
        "survey": of["id"],
        "version": of["version"],
        "label": "Prøve",
        "n": n,
        "columns": columns,
        "places": places,
        "notes": [],
    }


def _answer(
    one: dict[str, Any], tilt: list[float], kind: float, lot: random.Random, alike: float
) -> Any:
    codes = [o["code"] for o in one["options"]]
    if lot.random() < alike:
        codes = [*codes, ""]
        chosen = codes[int(kind * len(codes))]
        if one["type"] == "multiple":
            return [chosen] if chosen else None
        if codes == [""]:
            return None
        return chosen or None
    if lot.random() < 0.1:
        return None
    if one["type"] == "number":
        return lot.choice([lot.randint(0, 60), round(lot.uniform(0, 60), 1)])
    if one["type"] == "text":
        return f"Tekst {lot.randint(1, 999)}"
    if one["type"] == "multiple":
        return [code for code in codes if lot.random() < 0.3] or None
    return lot.choices(codes, [0.02 + part for part in tilt[: len(codes)]])[0]
