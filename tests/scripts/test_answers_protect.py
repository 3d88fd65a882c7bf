"""No figure tells of fewer than the limit, nor do figures together: attacked by all differences."""

from __future__ import annotations

import itertools
import json
import random
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.scripts.answers import Answers, Survey, drawn, questions, survey
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
        column = answers["columns"].get(rule["question"], [None] * answers["n"])
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
    table = np.array(shown, dtype=np.float32)[:, asked]
    blocks, where = np.unique(table, axis=1, return_inverse=True)
    where = where.reshape(-1)
    people = np.bincount(where, minlength=blocks.shape[1])
    count = np.bincount(where, weights=n[asked], minlength=blocks.shape[1])
    left = (ways(len(shown)) @ blocks) != 0
    some = left @ people > 0
    return int((left @ count)[some].min(initial=10**6))


@cache
def ways(cells: int) -> np.ndarray:
    """Return the ways to sum so many cells; the first, of all, is more than once in it where others
    are subtracted from it.
    """
    times = [(0, 1, 2, -1), *[(-1, 0, 1)] * (cells - 1)]
    return np.array(list(itertools.product(*times)), dtype=np.float32)


def attacked(of: Survey, sets: list[Answers]) -> None:
    for answers, result in zip(sets, figures(of, sets), strict=True):
        assert not leaks(of, answers, result)


def figures(of: Survey, sets: list[Answers]) -> list[dict[str, Any]]:
    return run([[PROTECT, "figuresOf", of, answers] for answers in sets])


@pytest.mark.parametrize("n", [9, 14, 25, 40, 55, 70])
def test_no_sum_of_figures_is_of_fewer_than_the_limit(n: int) -> None:
    lot = random.Random(n)  # noqa: S311 (a test)
    likeness = [lot.choice([0, 0.3, 0.6, 0.9, 0.97]) for _ in range(40)]
    attacked(survey(), [drawn(survey(), n, lot, alike=alike) for alike in likeness])


def test_no_sum_of_figures_is_of_fewer_than_the_limit_in_a_larger_set() -> None:
    of = survey(groups=["STR01"])  # with two groupings all sums can be tried
    lot = random.Random(5)  # noqa: S311 (a test)
    attacked(of, [drawn(of, 300, lot, alike=lot.choice([0, 0.5, 0.9])) for _ in range(12)])


_GROUPS = st.tuples(
    st.sampled_from(["kommune_1", "kommune_2", "kommune_3", None]),
    st.sampled_from(["fiske", "handel", "annet", None]),
    st.sampled_from(["liten", "stor", None]),
)
_ANSWER = st.sampled_from(["ja", "nei", "vet_ikke", None])
_BLOCKS = st.lists(
    st.tuples(_GROUPS, _ANSWER, st.integers(1, 14)),
    min_size=1,
    max_size=14,
    unique_by=lambda b: b[:2],
)


def made(of: Survey, blocks: list[Any]) -> Answers:
    """Return a set with so many of each kind of person, who answer one question."""
    people = [(*groups, answer) for groups, answer, many in blocks for _ in range(many)]
    columns = dict(
        zip(("STE01", "BRA01", "STR01", "ENK01"), zip(*people, strict=True), strict=True)
    )
    empty = {"survey": of["id"], "version": "1.0", "label": "x", "places": {}, "notes": []}
    return empty | {"n": len(people), "columns": {k: list(v) for k, v in columns.items()}}


@settings(deadline=None, max_examples=12)
@given(st.lists(_BLOCKS, min_size=12, max_size=12))
def test_no_sum_of_figures_is_of_few_whatever_people_there_are(drawings: list[list[Any]]) -> None:
    attacked(survey(), [made(survey(), blocks) for blocks in drawings])


def people(*kinds: tuple[str | None, str | None, str | None, str, int]) -> Answers:
    return made(survey(), [((a, b, c), answer, many) for a, b, c, answer, many in kinds])


def shown(result: dict[str, Any], code: str) -> dict[str, str]:
    """Return what is hidden of each group of a question with one row; "" where it is shown."""
    figure = next(f for f in result["figures"] if f["code"] == code)
    pairs = zip(figure["groups"], figure["rows"][0]["cells"], strict=True)
    return {g["by"] and f"{g['by']}={g['code']}": cell.get("hidden", "") for g, cell in pairs}


ONE, TWO, THREE = "kommune_1", "kommune_2", "kommune_3"


def test_a_small_group_is_hidden_and_the_smallest_other_with_it() -> None:
    answers = people(
        (ONE, "fiske", "liten", "ja", 40),
        (TWO, "fiske", "liten", "nei", 12),
        (THREE, "fiske", "liten", "ja", 9),
    )
    [result] = figures(survey(groups=[]), [answers])
    assert shown(result, "ENK01") == {
        "": "",
        "STE01=kommune_1": "",
        "STE01=kommune_2": "derived",
        "STE01=kommune_3": "small",
    }


def test_what_is_hidden_together_is_enough_people_itself() -> None:
    """Two groups hide each other only if they are ten together."""
    answers = people(
        (ONE, "fiske", "liten", "ja", 40),
        (TWO, "fiske", "liten", "nei", 30),
        (THREE, "fiske", "liten", "ja", 3),
        (None, "fiske", "liten", "ja", 6),
    )
    [result] = figures(survey(groups=[]), [answers])
    assert shown(result, "ENK01") == {
        "": "",
        "STE01=kommune_1": "",
        "STE01=kommune_2": "derived",
        "STE01=kommune_3": "small",
        "STE01=-": "small",
    }


def test_groups_of_two_groupings_that_are_nearly_the_same_people_are_not_both_shown() -> None:
    """Twelve did not say where, and thirteen not what: the same twelve, and one more."""
    answers = people(
        (ONE, "fiske", "liten", "ja", 40),
        (ONE, None, "liten", "nei", 1),
        (TWO, "handel", "stor", "ja", 30),
        (TWO, "fiske", "liten", "ja", 20),
        (None, None, "stor", "nei", 12),
    )
    [result] = figures(survey(groups=["BRA01"]), [answers])
    found = shown(result, "ENK01")
    assert found["STE01=-"] == ""
    assert found["BRA01=-"] == "derived"
    assert not leaks(survey(groups=["BRA01"]), answers, result)


def test_what_a_condition_tells_of_a_hidden_group_is_hidden_too() -> None:
    """How many are asked the one question is how many said yes to the other: known of no group
    where that is hidden.
    """
    of = survey()
    lot = random.Random(21)  # noqa: S311 (a test)
    sets = [
        drawn(of, lot.randint(30, 160), lot, alike=lot.choice([0, 0.3, 0.8])) for _ in range(60)
    ]
    hidden = 0
    for result in figures(of, sets):
        for child, parent in (("BET01", "ENK01"), ("BET02", "BET01"), ("BET03", "FLE01")):
            above = shown(result, parent)
            rows = next(f for f in result["figures"] if f["code"] == child)
            for row in rows["rows"]:
                for group, cell in zip(rows["groups"], row["cells"], strict=True):
                    if above[group["by"] and f"{group['by']}={group['code']}"]:
                        assert set(cell) == {"hidden"}
                        hidden += 1
    assert hidden > 100


def test_what_is_hidden_does_not_depend_on_what_is_looked_at() -> None:
    of = survey()
    lot = random.Random(33)  # noqa: S311 (a test)
    for _ in range(6):
        answers = drawn(of, 80, lot, alike=0.4)
        ways = [["STE01"], ["BRA01", "STR01"], ["STR01"], []]
        whole, *parts = run(
            [[PROTECT, "figuresOf", of, answers, *more] for more in ([], *([w] for w in ways))]
        )
        for way, part in zip(ways, parts, strict=True):
            for full, figure in zip(whole["figures"], part["figures"], strict=True):
                kept = [at for at, g in enumerate(full["groups"]) if g["by"] in ("", *way)]
                assert figure["groups"] == [full["groups"][at] for at in kept]
                for one_row, row in zip(full["rows"], figure["rows"], strict=True):
                    assert row["cells"] == [one_row["cells"][at] for at in kept]


def test_of_what_is_hidden_no_number_is_left_anywhere() -> None:
    """Nothing in the result but the groups' sizes and the answers to the grouping questions."""
    of = survey()
    lot = random.Random(44)  # noqa: S311 (a test)
    answers = drawn(of, 60, lot)
    [result] = figures(of, [answers])
    cells = [c for f in result["figures"] for row in f["rows"] for c in row["cells"]]
    hidden = [c for c in cells if "hidden" in c]
    assert len(hidden) == sum(result["hidden"].values()) > 20
    assert all(set(c) == {"hidden"} and c["hidden"] in ("small", "derived") for c in hidden)
    small = [c for c in cells if "hidden" not in c and c["n"] < of["minimum_group"]]
    assert not small
    assert "columns" not in json.dumps(result)


def test_with_fewer_than_the_limit_there_is_no_figure_and_no_text() -> None:
    of = survey()
    answers = drawn(of, 9, random.Random(1))  # noqa: S311 (a test)
    [result] = figures(of, [answers])
    assert all(
        set(c) == {"hidden"} for f in result["figures"] for r in f["rows"] for c in r["cells"]
    )
    assert [(t["code"], t["answers"], t["hidden"]) for t in result["texts"]] == [
        ("TEK01", [], "small"),
        ("TEK02", [], "small"),
    ]


def test_texts_are_shuffled_and_those_of_a_question_that_few_were_asked_are_not_shown() -> None:
    of = survey()
    answers = drawn(of, 60, random.Random(1))  # noqa: S311 (a test)
    answers["columns"]["ENK01"] = ["ja"] * 9 + ["nei"] * 51
    written = [f"Tekst nummer {n}" for n in range(60)]
    answers["columns"]["TEK01"] = written
    results = figures(of, [answers] * 2)
    orders = [[a["text"] for a in r["texts"][0]["answers"]] for r in results]
    assert orders[0] != written
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(written)
    assert set(results[0]["texts"][0]["answers"][0]) == {"text", "warns"}
    assert results[0]["texts"][1] == {
        "code": "TEK02",
        "number": 1 + 1,
        "text": "Spørsmål TEK02",
        "theme": "tema_1",
        "answers": [],
        "hidden": "small",
    }


# Made up, and no real person, number or address: «Nordmann» is Norway's own name for nobody.
@pytest.mark.parametrize(
    ("text", "warns"),
    [
        ("Kari Nordmann svarte aldri på søknaden.", ["name"]),
        ("Jeg snakket med Ola i fjor.", ["name"]),
        ("Øystein på plankontoret er flink", ["name"]),
        ("Ordfører Eksempelsen bør ringe oss", ["name"]),
        ("Kontoret til Eksempelsen er stengt", ["name"]),
        ("Eksempelbygg Anlegg AS fikk løyve før oss", ["name"]),
        ("Ring 22 00 00 00 etter klokka ti", ["number"]),
        ("Ring meg: +47 90000000", ["number"]),
        ("Org.nr. 999 999 999", ["number"]),
        ("Født 010100 00000", ["number"]),
        ("Skriv til post@eksempel.no", ["email"]),
        ("Vi holder til i Eksempelgata 5.", ["address"]),
        ("Tomta i eksempelveien 12 b er ledig", ["address"]),
        ("Postboks, 0000 Stedet", ["address"]),
        ("Det gjelder gnr. 12 bnr. 4", ["address"]),
        ("Kari Nordmann, 22 00 00 00, kari@eksempel.no", ["name", "number", "email"]),
    ],
)
def test_a_text_that_may_point_out_somebody_gets_a_warning(text: str, warns: list[str]) -> None:
    assert one("answers/warn.js", "warnings", text) == warns


@pytest.mark.parametrize(
    "text",
    [
        "Lom trenger bedre vei.",
        "Vi vil ha breiband i Nord-Fron.",
        "På Otta mangler det tomter. Byggesak tar tid.",
        "I 2024 Innovasjon Norge hjalp oss",
        "Statens vegvesen må prioritere E6 og riksvei 15",
        "Samarbeid med NAV og NHO er bra",
        "Det koster 20 000 000 kroner, eller 12345678 kr",
        "Fra 2020 til 2024 gikk det bedre",
        "Hovedveien 2 km lenger sør",
        "Frist 12.10.2024, eller 2024-10-12",
        "Prosessen tar for lang tid. Dette gjelder hele Sogn og Fjordane",
        "Bredbånd! Veg! Strøm!",
        "Mellom Lom og Vågå",
        "Eksempelkommune A svarer raskt, og det gjør Sentrum Øst",
    ],
)
def test_places_amounts_and_the_first_word_of_a_sentence_get_none(text: str) -> None:
    assert one("answers/warn.js", "warnings", text, ["Eksempelkommune A", "Sentrum Øst"]) == []
