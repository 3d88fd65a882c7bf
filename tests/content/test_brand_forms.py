"""Every form of brand.yml, as golden files: what is told of it, and what the edition gets.

`brand` is the file, `files` are what lies beside it. `gives` says which values the brand then has,
`notes` what has no effect and why, `report` what is wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from macros.content.brand.brand import Brand, load_brand
from macros.content.errors import Problem, report
from macros.content.schema import schemas

from .conftest import ROOT
from .fonts import made

FOLDER = ROOT / "tests" / "golden" / "brand"
CASES = sorted(FOLDER.glob("*.yml"))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
LOGO = ("light", "dark", "small", "alt")


def put(folder: Path, name: str) -> None:
    """Write a drawing or a font that may be used."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".svg"):
        path.write_text(SVG, encoding="utf-8")
    else:
        path.write_bytes(made({".woff2": "woff2", ".woff": "woff"}.get(path.suffix), weight=600))


def given(brand: Brand, name: str) -> Any:
    """Return a value of the brand by the name that golden files have for it: `dark.link`."""
    head, _, role = name.partition(".")
    if head == "logo":
        return {key: found for key in LOGO if (found := getattr(brand.logo, key, None))}
    if head == "faces":
        return [f"{one.family} {one.weight}-{one.heaviest} {one.style}" for one in brand.faces]
    value = getattr(brand, head)
    return value[role] if role else value


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_form_of_brand_yml_is_taken_as_its_golden_file_says(case: Path, tmp_path: Path) -> None:
    golden = yaml.safe_load(case.read_text(encoding="utf-8"))
    assert golden.keys() <= {"must", "files", "brand", "gives", "notes", "report"}
    for name in golden.get("files", []):
        put(tmp_path, name)
    (tmp_path / "_brand.yml").write_text(golden["brand"], encoding="utf-8")
    problems: list[Problem] = []
    brand = load_brand(tmp_path, "r", problems, "Eksempelregionen")
    assert report(problems) == golden.get("report", "Ingen feil."), golden["must"]
    assert list(brand.notes) == golden.get("notes", []), golden["must"]
    expected = golden.get("gives", {})
    assert {name: given(brand, name) for name in expected} == expected, golden["must"]


def test_an_editor_takes_every_form_that_the_loader_takes_and_no_misspelt_key() -> None:
    schema = schemas()["brand.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for case in CASES:
        golden = yaml.safe_load(case.read_text(encoding="utf-8"))
        if case.stem == "mangler-anforselstegn-i-klammer":  # no YAML at all
            continue
        data = _without_nothing(yaml.safe_load(golden["brand"]))
        errors = [error.message for error in validator.iter_errors(data)]
        assert bool(errors) == ("ukjent nøkkel" in golden.get("report", "")), (case.stem, errors)
    for path in (ROOT / "regions").glob("*/_brand.yml"):
        validator.validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def _without_nothing(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {key: _without_nothing(value) for key, value in data.items() if value is not None}
