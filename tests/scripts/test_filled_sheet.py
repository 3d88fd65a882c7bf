"""A workbook that the browser has filled in: in a validator, in openpyxl, and in LibreOffice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import odfdo
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from tests.scripts.calls import run
from tests.scripts.filled import DATE, answered, converted, forms, made

pytestmark = pytest.mark.xdist_group("filled")

DAY = dt.datetime.fromisoformat(DATE)


@pytest.fixture(scope="module")
def filled(fill: Callable[..., Any]) -> tuple[dict[str, Path], dict[str, Any]]:
    """Return every workbook, filled in by the scripts, and what had no room in it."""
    found: tuple[dict[str, Path], dict[str, Any]] = fill("xlsx", "files/xlsx.js", "xlsx")
    return found


def fields(name: str) -> Iterator[dict[str, Any]]:
    for section in forms()[name]["sections"]:
        yield from section["fields"]


def in_cell(asked: dict[str, Any], value: str) -> Any:
    """Return what a cell holds of an answer."""
    match asked["kind"]:
        case "date":
            return DAY
        case "amount" | "number":
            return float(value.replace(" ", "").replace(",", "."))
        case "choice":
            return dict(asked["options"])[value]
    return value


def named(book: Any, id: str) -> list[Any]:
    """Return the cells that have a field's name."""
    name = next((one for one in book.defined_names if one.rstrip("_") == id.replace("-", "_")), "")
    if not name:
        return []
    ((sheet, area),) = book.defined_names[name].destinations
    cells = book[sheet][area]
    return [row[0] for row in cells] if isinstance(cells, tuple) else [cells]


def table(book: Any, id: str) -> tuple[list[list[Any]], list[Any]] | None:
    """Return the rows of a table with cells, and the cells of its sums."""
    for sheet in book:
        for found in sheet.tables.values():
            if found.name.rstrip("_") == id.replace("-", "_"):
                _, *rows = sheet[found.ref]
                sums = list(rows.pop()) if found.totalsRowCount else []
                return [list(row) for row in rows], sums
    return None


def test_excel_would_open_it_without_repair(filled: Any) -> None:
    for name, path in filled[0].items():
        found = [error.description for error in OpenXmlValidator().validate(path).errors]
        assert found == [], name


def test_every_answer_stands_in_its_cell_as_what_it_is(
    filled: Any, documents: dict[str, dict[str, Any]]
) -> None:
    for name, path in filled[0].items():
        book, doc, missing = openpyxl.load_workbook(path), documents[name], 0
        for field in fields(name):
            value = doc["values"][field["id"]]
            if field["kind"] == "table":
                missing += not check_table(book, field, value)
                continue
            cells = named(book, field["id"])
            missing += not cells
            if cells and field["kind"] == "checklist":
                ticked = [code in value for code, _ in field["options"]]
                assert [cell.value for cell in cells] == ["Ja" if on else None for on in ticked]
            elif cells:
                assert cells[0].value == in_cell(field, value)
                assert cells[0].data_type in "snd"
        for key, value in doc["cover"].items():
            (cell,) = named(book, f"cover-{key}")
            assert cell.value == (DAY if key == "date" else value)
        assert named(book, "cover-title")[0].value == book.properties.title == doc["name"]
        told = [(one["why"], one["count"]) for one in filled[1][name]]
        assert told == ([("Fields", missing)] if missing else []), name
        assert bool(missing) == ("prosjektplan" in name)


def check_table(book: Any, field: dict[str, Any], value: list[dict[str, str]]) -> bool:
    found = table(book, field["id"])
    if found is None:
        return False
    rows, _ = found
    assert len(rows) >= len(value)
    for row, answers in zip(rows, value, strict=False):
        for cell, column in zip(row, field["columns"], strict=True):
            if column.get("calculation"):
                assert str(cell.value).startswith("=")
                assert cell.data_type == "f"
            else:
                assert cell.value == in_cell(column, answers[column["id"]])
                assert cell.data_type in "snd"
    blank = [cell.value for row in rows[len(value) :] for cell in row]
    assert not any(text for text in blank if not str(text).startswith("="))
    return True


def test_rules_and_paper_reach_over_the_rows_that_were_added(filled: Any) -> None:
    grown = 0
    for name, path in filled[0].items():
        before, after = (openpyxl.load_workbook(Path(one)) for one in (_empty(name, path), path))
        for sheet in after:
            for found in sheet.tables.values():
                more = sheet.max_row - before[sheet.title].max_row
                grown += more > 0
                old = before[sheet.title]
                assert moved(old.tables[found.name].ref, more) == found.ref
                assert moved(old.print_area, more) == sheet.print_area
                rules = [str(one.sqref) for one in old.data_validations.dataValidation]
                now = [str(one.sqref) for one in sheet.data_validations.dataValidation]
                assert [moved(one, more) for one in rules] == now
                heights = {sheet.row_dimensions[row].height for row in range(1, sheet.max_row)}
                assert None not in heights
    assert grown > 4


def _empty(name: str, path: Path) -> Path:
    empty = path.with_name(f"tom-{path.name}")
    empty.write_bytes(made(forms()[name], "xlsx"))
    return empty


def moved(area: str, more: int) -> str:
    head, _, last = area.rpartition(":")
    letters = last.rstrip("0123456789")
    return f"{head}:{letters}{int(last[len(letters) :]) + more}"


def test_another_program_works_it_out_to_what_stands_there(
    filled: Any, documents: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    again = converted(tmp_path, filled[0].values(), "xlsx")
    checked = 0
    for (name, path), other in zip(filled[0].items(), again, strict=True):
        own = openpyxl.load_workbook(path, data_only=True)
        theirs = openpyxl.load_workbook(other, data_only=True)
        formulas = openpyxl.load_workbook(path)
        for sheet in formulas:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if cell.data_type != "f":
                    continue
                said = own[sheet.title][cell.coordinate].value
                right = theirs[sheet.title][cell.coordinate].value
                assert (said or 0) == pytest.approx(right or 0), (
                    name,
                    sheet.title,
                    cell.coordinate,
                )
                checked += bool(right)
        for field in fields(name):
            found = table(theirs, field["id"])
            for at, column in enumerate(field.get("columns", ()) if found else ()):
                if found and column.get("sum") and at:
                    whole = sum(row[at].value or 0 for row in found[0])
                    assert found[1][at].value == pytest.approx(whole)
                    rows = documents[name]["values"][field["id"]]
                    if column["kind"] == "amount" and not column.get("calculation"):
                        assert whole == pytest.approx(1250.5 * len(rows))
    assert checked > 100


def test_a_cell_says_what_was_written_whatever_it_looks_like(tmp_path: Path) -> None:
    asked = forms()["template/budsjett"]
    odd = {"regnskapskommune": "_x0041_ og _x000D_", "periode-fra": "1899-12-31", "timesats": "mye"}
    doc = {**answered("template/budsjett", asked), "values": odd}
    path = tmp_path / "rart.xlsx"
    path.write_bytes(made(asked, "xlsx"))
    call = ["files/xlsx.js", "fill", {"file": str(path)}, asked, doc, []]
    assert run([[{"to": str(path)}, *call]])[0] == []
    (again,) = converted(tmp_path, [path], "ods")
    texts = [node.text for node in odfdo.Document(str(again)).body.get_paragraphs()]
    assert {odd["regnskapskommune"], odd["timesats"], "31. desember 1899"} <= set(texts)


def test_a_text_that_no_cell_can_hold_is_cut_and_told_of(tmp_path: Path) -> None:
    asked = forms()["template/tiltaksplan"]
    doc = answered("template/tiltaksplan", asked)
    field = next(field for field in fields("template/tiltaksplan") if field["kind"] == "long")
    doc["values"] = {field["id"]: "x" * 40_000}
    path = tmp_path / "lang.xlsx"
    path.write_bytes(made(asked, "xlsx"))
    call = ["files/xlsx.js", "fill", {"file": str(path)}, asked, doc, []]
    assert run([[{"to": str(path)}, *call]])[0] == [
        {"why": "Long", "id": field["id"], "label": field["label"]}
    ]
    (cell,) = named(openpyxl.load_workbook(path), field["id"])
    assert len(cell.value) == 32_767
