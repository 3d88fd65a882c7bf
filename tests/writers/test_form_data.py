"""What forms are as data: the example beside each field, and what is known already."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from typing import Any

from macros.content.example import Example
from macros.content.facts import FACTS
from macros.content.municipalities import Municipality
from macros.writers.form_data import form_files
from tests import real

FORMS: dict[str, Any] = {
    name.rpartition("/")[2].removesuffix(".json"): json.loads(text)
    for name, text in form_files(real.edition()).items()
}
HELD = FORMS.pop("opplysninger")


def fields(form: dict[str, Any]) -> list[dict[str, Any]]:
    return [field for section in form["sections"] for field in section["fields"]]


def test_beside_each_field_of_a_template_stands_what_its_example_has() -> None:
    examples = real.project().handbooks["nb"].all(Example)
    assert examples
    for example in examples:
        form = FORMS[f"template-{example.template}"]
        shown = form["example"]
        assert shown["fields"].keys() == {field["id"] for field in fields(form)}
        for field in fields(form):
            if field["kind"] == "table":
                columns = [column["label"] for column in field["columns"]]
                assert shown["fields"][field["id"]]["header"] == columns
    report = FORMS["template-statusrapport"]["example"]
    assert report["address"] == "eksempler/statusrapport/"
    assert report["fields"]["fase"] == ["Forstudie"]


def test_each_fact_is_asked_for_by_more_than_one_document() -> None:
    asked = Counter(
        fact
        for held in HELD.values()
        for fact in {
            *held.get("fields", {}),
            *(f for t in held.get("tables", {}).values() for f in t),
        }
    )
    assert {fact for fact in FACTS if asked[fact] < 2 and fact != "case_number"} == set()
    for name, held in HELD.items():
        form = FORMS[name.replace("/", "-")]
        by_id = {field["id"]: field for field in fields(form)}
        for fact, field in held.get("fields", {}).items():
            assert by_id[field]["fact"] == fact


def test_what_the_region_has_given_stands_ready() -> None:
    edition = real.edition()
    towns = tuple(
        Municipality(number, name, {"no": name}, "46", "Vestland", None, ())
        for number, name in (("4640", "Sogndal"), ("4641", "Aurland"))
    )
    given = dataclasses.replace(edition, municipalities=towns)
    found = form_files(given)["data/skjema/template-budsjett.json"]
    assert json.loads(found)["known"]["municipalities"] == ["Sogndal", "Aurland"]
    assert FORMS["template-budsjett"]["known"] == {}
