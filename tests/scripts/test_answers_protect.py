"""No figure tells of fewer than the limit, nor do figures together: attacked by all differences."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.scripts.answers import Answers, Survey, drawn, keys, questions, survey
from tests.scripts.calls import one, run

PROTECT = "answers/protect.js"


def asked_of(of: Survey, answers: Answers) -> dict[str, list[bool]]:
    """Return who is asked each question, by its code: counted here by plain rules, and anew."""
    found: dict[str, list[bool]] = {}
    for q in questions(of):
        rule = q["condition"]
        if rule is None:
            found[q["code"]] = [True] * answers["n"]
            continue
        column = answers["columns"][rule["question"]]
        earlier = found[rule["question"]]
        found[q["code"]] = [
            before and any(a in rule["answers"] for a in (v if isinstance(v, list) else [v]))
            for before, v in zip(earlier, column, strict=True)
        ]
    return found


def counts_for(of: Survey, value: Any) -> bool:
    """Return whether an answer counts: an option that is an opinion, or a number."""
    if isinstance(value, list):
        return any(one not in of["aside"] for one in value)
    return value is not None and value not in of["aside"]


def members(of: Survey, answers: Answers, group: dict[str, Any]) -> np.ndarray:
    if not group["by"]:
        return np.ones(answers["n"], dtype=bool)
    column = answers["columns"][group["by"]]
    said = ["-" if v is None or v in of["aside"] else v for v in column]
    return np.array([v == group["code"] for v in said], dtype=bool)


def leaks(of: Survey, answers: Answers, result: dict[str, Any]) -> list[str]:
    """Return what an attacker can work out of fewer people than the limit.

    Of each row, the attacker adds and subtracts the shown cells in every way, each once. What is
    left, where it is not nothing, is a figure of those whom it does not cancel out.
    """
    asked = asked_of(of, answers)
    found = []
    for figure in result["figures"]:
        for row in figure["rows"]:
            column = answers["columns"][row["key"]]
            in_ = np.array(asked[figure["code"]], dtype=bool)
            n = np.array([counts_for(of, v) for v in column], dtype=bool) & in_
            shown = [
                (group, members(of, answers, group))
                for group, cell in zip(figure["groups"], row["cells"], strict=True)
                if "hidden" not in cell
            ]
            worst = lightest([m for _, m in shown], in_, n)
            if worst < of["minimum_group"]:
                names = [f"{g['by']}={g['code']}" for g, _ in shown]
                found.append(f"{row['key']}: {worst} of {names}")
    return found


def lightest(shown: list[np.ndarray], asked: np.ndarray, n: np.ndarray) -> int:
    """Return how few answers a sum of the shown cells, each -1, 0 or 1 times, may be of."""
    if not shown:
        return 10**6
    table = np.array(shown, dtype=np.int8)[:, asked]
    blocks, where = np.unique(table, axis=1, return_inverse=True)
    where = where.reshape(-1)
    people = np.bincount(where, minlength=blocks.shape[1])
    count = np.bincount(where, weights=n[asked], minlength=blocks.shape[1])
    ways = np.array(list(itertools.product((-1, 0, 1), repeat=len(shown))), dtype=np.int8)
    left = (ways @ blocks) != 0
    some = left @ people > 0
    return int((left @ count)[some].min(initial=10**6))


def attacked(of: Survey, answers: Answers) -> list[str]:
    return leaks(of, answers, one(PROTECT, "figuresOf", of, answers))


@pytest.mark.parametrize("n", [9, 14, 25, 40, 70, 120])
def test_no_difference_is_of_fewer_than_the_limit(n: int) -> None:
    lot = random.Random(n)
    of = survey()
    sets = [drawn(of, n, lot, alike=lot.choice([0, 0.3, 0.6, 0.9, 0.97])) for _ in range(40)]
    results = run([[PROTECT, "figuresOf", of, answers] for answers in sets])
    for answers, result in zip(sets, results, strict=True):
        assert not leaks(of, answers, result)
