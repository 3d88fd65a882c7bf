"""Workbooks by what who works in them meets: in a validator, in openpyxl and in LibreOffice."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image

from macros.content.brand.brand import BrandLogo
from macros.content.brand.mark import Mark
from macros.content.fields import Column
from macros.content.reckoning import reckoned
from macros.document import blocks as b
from macros.document.shared import Shared
from macros.writers.sheet import job
from tests import real
from tests.patience import PATIENCE
from tests.writers.editions import documents, shared
from tests.writers.said import squeezed, texts

pytestmark = pytest.mark.xdist_group("sheet")

PROJECT = real.project()
DOCUMENTS = documents("xlsx")
SMALL = 60_000
PLANS = {f"prosjektplan-{phase}" for phase in ("forstudie", "forprosjekt", "hovedprosjekt")}
TABLES = {
    *("budsjett", "risikoregister", "tiltaksplan", "gevinstplan", "interessentkart"),
    *("intervjulogg", "kommunikasjonsplan"),
}
FORMULA = ("=1+1", "+47 1", "-minus", "@navn", "=HYPERLINK(A1)")


def made(document: b.Document, own: Shared | None = None) -> bytes:
    found = job(document, own or shared(document.language))
    return found.render(found.payload).data


@cache
def file(name: str) -> bytes:
    return made(DOCUMENTS[name])


def book(data: bytes, **how: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), **how)


@cache
def opened(name: str) -> Any:
    """Return a workbook as openpyxl reads it; no test may change it."""
    return book(file(name))


def cells(found: Any) -> list[str]:
    """Return the texts of a workbook, the names of its sheets first among each sheet's."""
    return [
        str(value)
        for sheet in found
        for row in [[sheet.title], *sheet.iter_rows(values_only=True)]
        for value in row
        if value is not None
    ]


def tables(found: Any) -> dict[str, tuple[Any, Any]]:
    """Return (sheet, table) by the table's name."""
    return {table.name: (sheet, table) for sheet in found for table in sheet.tables.values()}


def every(blocks: tuple[b.Block, ...]) -> list[b.Field | b.FieldTable]:
    found: list[b.Field | b.FieldTable] = []
    for block in blocks:
        if isinstance(block, b.Section):
            found += every(block.blocks)
        elif isinstance(block, b.Field | b.FieldTable):
            found.append(block)
    return found


NAMES = list(DOCUMENTS)


def test_the_templates_that_are_mainly_tables_have_a_workbook_that_is_offered_first() -> None:
    offered = {name[3:]: document.formats[0] for name, document in DOCUMENTS.items()}
    assert {name for name, first in offered.items() if first == "xlsx"} == TABLES
    assert {name for name, first in offered.items() if first == "docx"} == PLANS


@pytest.mark.parametrize("name", NAMES)
def test_excel_would_open_it_without_repair(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(file(name))
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []
    assert path.stat().st_size < SMALL
    assert made(DOCUMENTS[name]) == file(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_says_what_the_document_says(name: str) -> None:
    document = DOCUMENTS[name]
    whole = squeezed("".join(cells(opened(name))))
    blocks: Any = document.blocks
    if document.sheets:  # a part of the plan: its tables, word for word
        blocks = tuple(block for block in every(document.blocks) if block.id in document.sheets)
        assert len(blocks) == len(document.sheets)
    wanted = [document.title, document.summary, *texts(blocks)]
    assert [text for text in wanted if squeezed(text) not in whole] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_table_stands_alone_on_a_sheet_that_is_ready_to_write_in_and_to_print(
    name: str,
) -> None:
    document, found = DOCUMENTS[name], opened(name)
    blocks = [
        block
        for block in every(document.blocks)
        if isinstance(block, b.FieldTable) and block.id in (document.sheets or {block.id})
    ]
    placed = tables(found)
    assert len(placed) == len(blocks)
    for block, (sheet, table) in zip(blocks, placed.values(), strict=True):
        assert table.displayName.rstrip("_") == block.id.replace("-", "_")
        assert [column.name for column in table.tableColumns] == [c.label for c in block.columns]
        first, last, _, end = openpyxl.utils.range_boundaries(table.ref)
        assert table.autoFilter
        assert table.headerRowCount == 1
        assert first == 1
        rows = end - last - (table.totalsRowCount or 0)
        assert rows >= block.rows + 5, "room to write on"
        assert sheet.freeze_panes == f"{'B' if block.labels else 'A'}{last + 1}"
        assert sheet.print_title_rows == f"${last}:${last}"
        assert not sheet.merged_cells.ranges
        paper = sheet.page_setup
        assert (paper.orientation, paper.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert paper.fitToWidth in (None, 1)
        assert paper.fitToHeight == 0
        dated = [at for at, column in enumerate(block.columns) if column.kind == "date"]
        for at in dated:
            assert sheet.cell(last + 1, at + 1).number_format == "dd.mm.yyyy"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_chosen_among_is_in_a_list_and_every_field_has_a_name(name: str) -> None:
    document, found = DOCUMENTS[name], opened(name)
    rules = {
        (sheet.title, str(rule.sqref)): rule
        for sheet in found
        for rule in sheet.data_validations.dataValidation
    }
    lists = [rule for rule in rules.values() if rule.type == "list"]
    wanted = set(document.sheets) or {block.id for block in every(document.blocks)}
    kept = [block for block in every(document.blocks) if block.id in wanted]
    columns = [c for block in kept if isinstance(block, b.FieldTable) for c in block.columns]
    choices = [c for c in (*kept, *columns) if getattr(c, "kind", "") == "choice"]
    assert len([rule for rule in lists if "!" in rule.formula1]) == len(choices)
    for rule in lists:
        if "!" in rule.formula1:
            sheet, _, area = rule.formula1.rpartition("!")
            options = [row[0].value for row in found[sheet.strip("'")][area.replace("$", "")]]
            assert options in [[text for _, text in c.options] for c in choices]
    names = {name.rstrip("_") for name in found.defined_names}
    keys = shared(document.language).words.keys("register")
    cover = {"cover_title", *(f"cover_{keys[label]}" for label, _ in document.register)}
    assert names == cover | {f.id.replace("-", "_") for f in kept if isinstance(f, b.Field)}


def test_the_file_says_what_it_is_and_in_which_language() -> None:
    for name, language in (("nb-budsjett", "nb-NO"), ("nn-prosjektplan-forstudie", "nn-NO")):
        found = opened(name).properties
        document = DOCUMENTS[name]
        assert (found.title, found.language) == (document.title, language)
        assert (found.creator, found.subject) == (PROJECT.region.owner, document.label)


def test_the_logo_is_told_to_who_does_not_see_it() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#123456").save(picture, "PNG")
    mark = Mark(picture.getvalue(), 300, 100)
    logo = BrandLogo("logo.png", "Regionens merke")
    brand = dataclasses.replace(PROJECT.brand, logo=logo, marks={"logo.png": mark})
    data = made(DOCUMENTS["nb-budsjett"], dataclasses.replace(shared("nb"), brand=brand))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Regionens merke"' in drawing


# Filled in without a look at what it is for: each number that is asked for, in two rows.


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return every workbook with numbers in it, worked out by LibreOffice."""
    found = {}
    for name in NAMES:
        found[name] = book(file(name))
        for sheet, row, block in _places(name, found[name]):
            for at, column in enumerate(block.columns, start=1):
                for line in (0, 1):
                    if column.kind in ("amount", "number") and not column.calculation:
                        sheet.cell(row + line, at, _typed(at, line))
                    elif at == 1 and not block.labels:
                        sheet.cell(row + line, at, f"Rad {line}")
        for single in _numbers(name):
            _named(found[name], single.id.replace("-", "_"), 50)
    return recalculated(tmp_path_factory.mktemp("fylt"), found)


def _typed(column: int, line: int) -> int:
    return 2 + (column + line) % 3


def _numbers(name: str) -> list[b.Field]:
    document = DOCUMENTS[name]
    wanted = set(document.sheets)
    return [
        block
        for block in every(document.blocks)
        if isinstance(block, b.Field) and block.kind in ("amount", "number") and not wanted
    ]


def _places(name: str, found: Any) -> list[tuple[Any, int, b.FieldTable]]:
    """Return each table's sheet, its first row and what it is made of."""
    blocks = {block.id.replace("-", "_"): block for block in every(DOCUMENTS[name].blocks)}
    places = []
    for title, (sheet, table) in tables(found).items():
        block = blocks.get(title) or blocks[title.rstrip("_")]
        assert isinstance(block, b.FieldTable)
        places.append((sheet, openpyxl.utils.range_boundaries(table.ref)[1] + 1, block))
    return places


def recalculated(folder: Path, books: dict[str, Any]) -> dict[str, Any]:
    """Return workbooks as LibreOffice saves them, with what its formulas came to."""
    for name, found in books.items():
        found.save(folder / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir"]
    command += [str(folder / "ut"), *(str(folder / f"{name}.xlsx") for name in books)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return {name: book((folder / f"ut/{name}.xlsx").read_bytes(), data_only=True) for name in books}


@pytest.mark.parametrize("name", NAMES)
def test_every_sum_and_every_calculation_of_every_workbook_is_right(
    filled: dict[str, Any], name: str
) -> None:
    form = {single.id: 50.0 for single in _numbers(name)}
    for sheet, row, block in _places(name, opened(name)):
        shown = filled[name][sheet.title]
        numbers = [column for column in block.columns if column.kind in ("amount", "number")]
        typed = [
            {
                column.id: float(_typed(block.columns.index(column) + 1, line))
                for column in numbers
                if not column.calculation
            }
            for line in (0, 1)
        ]
        known = reckoned(_columns(block), typed, form)
        total = (
            row + max(block.rows, len(block.labels)) + max(5, (block.rows - len(block.labels)) // 2)
        )
        for at, column in enumerate(block.columns, start=1):
            if column not in numbers or (
                column.calculation and column.calculation.share_of and block.labels
            ):
                continue
            for line in (0, 1):
                wanted = known[line].get(column.id)
                assert shown.cell(row + line, at).value == (wanted and pytest.approx(wanted)), (
                    column
                )
            if column.sum and at > 1:
                wanted = sum(found.get(column.id, 0) for found in known)
                assert shown.cell(total, at).value == pytest.approx(wanted), column


def _columns(block: b.FieldTable) -> list[Column]:
    """Return a table's columns as the content has them, for its own way to reckon."""
    return [
        Column(
            id=column.id,
            label=column.label,
            type="number" if column.kind in ("amount", "number") else "short",
            calculate=dataclasses.asdict(column.calculation) if column.calculation else None,  # type: ignore[arg-type]
        )
        for column in block.columns
    ]


# What is filled in, by sheet and cell or column, and what must come of it.


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the budget, the register and a plan, filled in and worked out by LibreOffice."""
    books = {}
    for name, fill in (("budsjett", _budget), ("risikoregister", _risks), ("plan", _plan)):
        stem = "prosjektplan-forstudie" if name == "plan" else name
        books[name] = book(file(f"nb-{stem}"))
        fill(books[name])
    return recalculated(tmp_path_factory.mktemp("regnet"), books)


def _plan(found: Any) -> None:
    _column(found, "ressursplan", "Måned 1–3", [200, 20])
    _column(found, "ressursplan", "Måned 7–9", [100, 10])
    _column(found, "ressursplan", "Antall personer", [1, 4])


def _named(found: Any, name: str, value: object) -> None:
    sheet, cell = found.defined_names[name].attr_text.rsplit("!", 1)
    found[sheet.strip("'")][cell.replace("$", "")] = value


def _column(found: Any, table: str, header: str, values: list[Any] | None = None) -> list[Any]:
    """Return a column's cells from the first row on, after `values` have been put in."""
    for sheet in found:
        cell = next((c for row in sheet.iter_rows() for c in row if c.value == header), None)
        if cell is not None and sheet.title == TITLES[table]:
            for at, value in enumerate(values or ()):
                sheet.cell(cell.row + 1 + at, cell.column, value)
            last = sheet.max_row
            return [sheet.cell(row, cell.column).value for row in range(cell.row + 1, last + 1)]
    raise AssertionError((table, header))


TITLES = {
    "timer": "Timer og verdi",
    "kostnadstabell": "Kostnader",
    "fordelingstabell": "Det hver kommune betaler i året",
    "vurderinger": "Vurdering",
    "ressursplan": "Ressursplan i timer",
}


def _budget(found: Any) -> None:
    _named(found, "timesats", 500)
    _named(found, "fordeles", 900_000)
    _named(found, "delt_likt", 40)
    _column(found, "timer", "Antall personer", [1, 4])
    _column(found, "timer", "Timer for hver", [100, 7.5])
    _column(found, "kostnadstabell", "Penger", [400_000, 12_500])
    _column(found, "fordelingstabell", "Kommune", ["Vik", "Nes", "Dal"])
    _column(found, "fordelingstabell", "Antall innbyggere", [6000, 3000, 1000])


def _risks(found: Any) -> None:
    _column(found, "vurderinger", "Sannsynlighet, 1–5", [5, 2, 1])
    _column(found, "vurderinger", "Følge, 1–5", [4, 3, None])


def test_hours_become_money_and_columns_add_up(worked: dict[str, Any]) -> None:
    found = worked["budsjett"]
    hours, value = (_column(found, "timer", name) for name in ("Timer i alt", "Verdi i kroner"))
    assert hours[:3] == [100, 30, None]
    assert hours[-1] == 130
    assert value[:2] == [50_000, 15_000]
    assert value[-1] == 65_000
    assert _column(found, "kostnadstabell", "Penger")[-1] == 412_500
    assert _column(found, "kostnadstabell", "Egeninnsats")[-1] == 0


def test_each_municipality_gets_its_share_in_three_ways(worked: dict[str, Any]) -> None:
    found = worked["budsjett"]
    even, by_size, blend = (
        _column(found, "fordelingstabell", name)
        for name in ("Delt likt", "Delt etter folketall", "Blanding")
    )
    assert even[:4] == [300_000, 300_000, 300_000, None]
    assert by_size[:4] == [540_000, 270_000, 90_000, None]
    assert [round(value) for value in blend[:3]] == [444_000, 282_000, 174_000]
    assert even[-1] == by_size[-1] == round(blend[-1]) == 900_000


def test_a_risk_has_a_number_a_word_and_a_colour(worked: dict[str, Any]) -> None:
    found = _column(worked["risikoregister"], "vurderinger", "Ganget sammen")
    assert found[:4] == [20, 6, None, None]
    sheet = opened("nb-risikoregister")["Vurdering"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "Ganget sammen")
    said = sheet.cell(cell.row + 1, cell.column).number_format
    assert said == '[>=12]0" høy";[>=6]0" middels";0" lav"'
    (rules,) = [rules for _, rules in sheet.conditional_formatting._cf_rules.items()]
    assert len({rule.dxf.fill.bgColor.rgb for rule in rules}) == 3


def test_a_plan_adds_up_its_hours(worked: dict[str, Any]) -> None:
    found = _column(worked["plan"], "ressursplan", "Timer i alt")
    assert found[:2] == [300, 120]
    assert found[-1] == 420


def hostile() -> b.Document:
    """Return a form whose every text would be a formula, with a long title and many rows."""
    document = DOCUMENTS["nb-budsjett"]
    long = ("Et budsjett for hele regionen " * 20)[:500]
    columns = (
        b.FieldColumn("a", FORMULA[0], "short", 2),
        b.FieldColumn(
            "b", FORMULA[1], "choice", 2, tuple((str(n), t) for n, t in enumerate(FORMULA))
        ),
        b.FieldColumn("c", "['#]@", "number", 2, sum=True),
        b.FieldColumn("d", "=c", "amount", 2, sum=True, calculation=b.Calculation(times=("c",))),
    )
    rows = tuple(f"{FORMULA[n % 5]} {n}" for n in range(60))
    table = b.FieldTable("ar1", FORMULA[2] + ": [a]/b?*", columns, 60, rows, long)
    single = b.Field("r1c1", FORMULA[3], "choice", FORMULA[4], True, 1, columns[1].options)
    section = b.Section("x", FORMULA[0], (single, table, dataclasses.replace(table, id="to")))
    return dataclasses.replace(document, title=long, summary=FORMULA[1], blocks=(section,))


def test_what_looks_like_a_formula_is_text_and_nothing_is_too_long(tmp_path: Path) -> None:
    data = made(hostile())
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []
    found = book(data)
    formulas = [
        c for sheet in found for row in sheet.iter_rows() for c in row if c.data_type == "f"
    ]
    assert all(c.value.startswith(("=IF(OR(COUNT(", "=SUBTOTAL(109,")) for c in formulas)
    whole = squeezed("".join(cells(found)))
    assert [text for text in texts(hostile().blocks) if squeezed(text) not in whole] == []
    assert len(found.sheetnames) == len({name.casefold() for name in found.sheetnames})
