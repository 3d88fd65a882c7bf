"""The cover of a region's own files: the region stays until somebody writes otherwise."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from lxml import etree

from macros.content.project import load_project
from macros.document.edition import load_edition
from macros.downloads.jobs import jobs
from macros.writers import Job
from macros.writers.form_data import form_address, form_files
from tests import real
from tests.scripts.calls import one, run
from tests.scripts.test_filled_odt import part, text_of

pytestmark = pytest.mark.xdist_group("filled")

MODULES = {"docx": "docx", "odt": "odt", "xlsx": "xlsx", "fillable": "pdf"}


@cache
def region() -> tuple[str, dict[str, Any], dict[str, Job]]:
    """Return a region's name, a form as it has it, and its files."""
    project = load_project(real.ROOT, "fjord")
    edition = load_edition(project, "nb")
    form = json.loads(form_files(edition)[form_address("template", "budsjett")])
    return str(project.region.name), form, jobs(project)["nb"]


def said(path: Path) -> str:
    """Return what the cover says of the region."""
    match path.suffix:
        case ".docx":
            found = one("files/docx.js", "read", {"file": str(path)})
            return str(found["cover"].get("region", ""))
        case ".odt":
            (node,) = part(path, "content.xml").xpath("//*[@xml:id='forside.region']")
            return text_of(etree.ElementTree(node)).strip()
        case ".xlsx":
            book = openpyxl.load_workbook(path)
            ((sheet, cell),) = book.defined_names["cover_region"].destinations
            return str(book[sheet][cell].value or "")
    with pikepdf.open(path) as pdf:
        fields = {str(field.T): str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields}
        return fields["forside_1"]


@pytest.mark.parametrize("wanted", MODULES)
def test_a_cover_says_the_region_unless_it_is_written_over_or_emptied(
    wanted: str, tmp_path: Path
) -> None:
    name, form, files = region()
    job = files[form["files"][wanted].removeprefix("last-ned/")]
    data = real.finished(job).data
    covers = ({}, {"region": "Nordland & Søndre"}, {"region": ""})
    calls, paths = [], []
    for at, cover in enumerate(covers):
        path = tmp_path / f"{at}.{MODULES[wanted]}"
        path.write_bytes(data)
        doc = {"language": "nb", "name": "", "cover": cover, "values": {}}
        call = [f"files/{MODULES[wanted]}.js", "fill", {"file": str(path)}, form, doc, []]
        calls.append([{"to": str(path)}, *call])
        paths.append(path)
    assert run(calls) == [[], [], []]
    assert [said(path) for path in paths] == [name, "Nordland & Søndre", ""]
