"""What the scripts know of forms and saved documents: what they refuse, keep and reckon."""

from __future__ import annotations

import datetime as dt
import json
import random
from functools import cache
from typing import Any

import pytest

from macros.content.base import Language
from macros.content.catalogue import load_catalogue
from macros.content.fields import AmountField, NumberField, TableField
from macros.content.reckoning import reckoned
from macros.content.template import Template
from macros.writers.form_data import form_files
from tests import real
from tests.scripts.calls import one, run

DOC: dict[str, Any] = {
    "schema": "naeringsvennlig-region/dokument",
    "form": 1,
    "id": "3f0c1c5e-8f5a-4a57-9d0b-0a4f7f6d2b11",
    "template": "template/budsjett",
    "version": "1.1",
    "language": "nb",
    "name": "Budsjett for Nordregionen",
    "created": "2026-01-31T10:00:00.000Z",
    "changed": "2026-02-01T10:00:00+01:00",
    "cover": {"region": "Nordregionen"},
    "values": {"navn": "Å=1+1", "valg": "a", "kryss": ["x"], "tabell": [{"a": "1"}, {}]},
}


@cache
def forms() -> dict[str, dict[str, Any]]:
    return {name: json.loads(text) for name, text in form_files(real.edition()).items()}


def read(text: str) -> Any:
    return one("files/json.js", "read", text)


def test_a_document_is_read_as_it_was_written() -> None:
    text = one("files/json.js", "write", DOC)
    assert json.loads(text) == DOC == read(text)


def changed(**changes: Any) -> str:
    return json.dumps({**DOC, **changes})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Foreign"),
        ("PK\x03\x04", "Foreign"),
        ("null", "Foreign"),
        ("[]", "Foreign"),
        ('{"schema": "annet"}', "Foreign"),
        (json.dumps(DOC)[:-9], "Damaged"),
        (changed(form=2), "Newer"),
        (changed(form="1"), "Wrong: form"),
        (changed(id="<script>"), "Wrong: id"),
        (changed(template="../etc/passwd"), "Wrong: template"),
        (changed(created="i går"), "Wrong: created"),
        (changed(changed="2026-99-99T00:00:00Z"), "Wrong: changed"),
        (changed(values=[]), "Wrong: values"),
        (changed(values={"navn": 7}), "Wrong: values.navn"),
        (changed(values={"tabell": [{"a": 1}]}), "Wrong: values.tabell[1].a"),
        (changed(values={"tabell": [{"a": "1"}, ["b"]]}), "Wrong: values.tabell[2]"),
        (changed(values={"kryss": ["x", "<b>"]}), "Wrong: values.kryss[2]"),
        (changed(cover={"region": None}), "Wrong: cover.region"),
        ('{"values": {"__proto__": "x"}, ' + json.dumps(DOC)[1:-1].split(', "values"')[0] + "}",
         "Wrong: values.__proto__"),
        (changed(values={"tabell": [{}] * 10_001}), "Large: values.tabell"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_one_of_ours_is_refused_whole(text: str, told: str) -> None:
    assert read(text) == {"error": told}


def test_ten_megabytes_of_text_are_taken_and_more_are_refused() -> None:
    assert len(read(changed(values={"navn": "a" * 9_000_000}))["values"]["navn"]) == 9_000_000
    assert read(changed(values={"navn": "a" * 10_000_000})) == {"error": "Large"}


def test_what_no_file_can_hold_is_taken_out_and_nothing_else() -> None:
    kept = "<script>alert(1)</script>\t«Čáhput» \U0001f600 =1+1\nto"
    found = read(changed(values={"navn": f"{kept}\x00\x0b\ud800\ufffe\r\nslutt\rher"}))
    assert found["values"]["navn"] == f"{kept}\nslutt\nher"


def test_what_a_form_does_not_ask_for_is_left_out_and_told_of() -> None:
    form = {
        "cover": [{"key": "region", "label": "Region", "value": ""}],
        "sections": [{"fields": [
            {"kind": "short", "id": "navn"},
            {"kind": "date", "id": "dato"},
            {"kind": "choice", "id": "valg", "options": [["a", "Ja"]]},
            {"kind": "checklist", "id": "kryss", "options": [["x", "X"]]},
            {"kind": "points", "id": "liste", "points": [{"id": "p1"}]},
            {"kind": "points", "id": "liste", "points": [{"id": "p2"}]},
            {"kind": "table", "id": "tabell", "columns": [
                {"id": "a", "kind": "short"},
                {"id": "sum", "kind": "amount", "calculation": {"times": ["a"]}},
            ]},
        ]}],
    }  # fmt: skip
    values = {
        "navn": "A",
        "dato": "31.1.2026",
        "valg": "b",
        "kryss": ["x", "y"],
        "liste": ["p2", "p1", "p3"],
        "tabell": [{"a": "1", "b": "2", "sum": "3"}],
        "borte": "noe",
        "tom": "",
    }
    doc = {**DOC, "cover": {"region": "R", "annet": "s"}, "values": values}
    found = one("files/fit.js", "fit", form, doc)
    assert found["doc"]["cover"] == {"region": "R"}
    assert found["doc"]["values"] == {
        "navn": "A",
        "dato": "2026-01-31",
        "kryss": ["x"],
        "liste": ["p2", "p1"],
        "tabell": [{"a": "1"}],
    }
    assert [(one["id"], one["text"]) for one in found["dropped"]] == [
        ("valg", "b"),
        ("kryss", "y"),
        ("liste", "p3"),
        ("tabell.b", "2"),
        ("borte", "noe"),
        ("cover.annet", "s"),
    ]


NUMBERS = {
    "1 200": 1200, "1 200,50 kr": 1200.5, "12,5": 12.5, "12.5": 12.5, "1.250.000": 1_250_000,
    "-3": -3, "\u22123": -3, "50 %": 50, "100,-": 100, "0": 0,
    "": None, "=1+1": None, "ca. 5": None, "1e9": None, "--1": None, "5 5 a": None,
}  # fmt: skip


def test_numbers_are_read_as_norwegians_write_them_and_nothing_else_is_a_number() -> None:
    found = run([["files/reckon.js", "number", text] for text in NUMBERS])
    assert dict(zip(NUMBERS, found, strict=True)) == NUMBERS


def test_a_number_is_shown_as_the_handbook_shows_it() -> None:
    given = [("amount", 1234567.4), ("amount", -1500), ("number", 12.5), ("number", 0.1 + 0.2)]
    found = run([["files/reckon.js", "shown", *one] for one in given])
    assert found == ["1\u00a0234\u00a0567", "-1\u00a0500", "12,5", "0,3"]


def test_a_date_is_said_as_in_the_handbook_also_where_the_browser_lacks_the_language() -> None:
    given = [("2026-01-31", language) for language in ("nb", "nn", "xx")]
    found = run([["files/said.js", "longDate", *one] for one in [*given, ("31.13.2026", "nb")]])
    assert found == [*["31. januar 2026"] * 3, "31.13.2026"]
    days = [dt.date(2026, month, 3) for month in range(1, 13)]
    both: list[Language] = ["nb", "nn"]
    calls = [(day.isoformat(), language) for day in days for language in both]
    shown = run([["files/said.js", "longDate", *one] for one in calls])
    assert shown == [load_catalogue(language).date(day) for day in days for language in both]


def calculated() -> list[tuple[str, Template, TableField]]:
    """Return every table that is reckoned with, with its template."""
    return [
        (template.id, template, field)
        for template in real.edition().handbook.pages()
        if isinstance(template, Template)
        for field in template.fields
        if isinstance(field, TableField) and any(column.calculate for column in field.columns)
    ]


def test_every_table_of_every_template_is_reckoned_as_the_handbook_reckons() -> None:
    chance = random.Random(18)  # noqa: S311 (nothing is to be kept from anyone)
    calls, wanted = [], []
    for name, template, table in calculated():
        form = forms()[f"data/skjema/template-{name}.json"]
        data = next(
            field
            for part in form["sections"]
            for field in part["fields"]
            if field["id"] == table.id
        )
        free = [c.id for c in table.columns if c.is_number and not c.calculate]
        numbers = [f.id for f in template.fields if isinstance(f, AmountField | NumberField)]
        for _ in range(20):
            own = {
                id: chance.choice([0, 7, 40, 250_000]) for id in numbers if chance.random() < 0.9
            }
            rows = [
                {id: chance.choice([0, 1, 2.5, 5, 1200]) for id in free if chance.random() < 0.8}
                for _ in range(chance.randint(1, 6))
            ]
            calls.append(["files/reckon.js", "reckoned", data["columns"], rows, own])
            wanted.append(reckoned(table.columns, rows, own))
    assert len({name for name, *_ in calculated()}) > 3
    for found, right in zip(run(calls), wanted, strict=True):
        assert [sorted(row) for row in found] == [sorted(row) for row in right]
        assert found == [pytest.approx(row) for row in right]
