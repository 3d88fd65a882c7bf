"""An ODT that the browser has filled in: by the standard's own schema, and in LibreOffice."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openxml_audit
import pytest
from lxml import etree

from tests.scripts.filled import converted, forms, lacking, printed, squeezed

pytestmark = pytest.mark.xdist_group("filled")

SCHEMAS = Path(openxml_audit.__file__).parent / "odf" / "schemas" / "odf-1.3"
DATE = "5. november 2027"
SHOWN = ("template/budsjett", "interview/bedrift", "workshop/rolleavklaring")
SHOWN += ("meeting/oppstartsmote", "checklist/forstudie")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture(scope="module")
def files(fill: Callable[..., Any]) -> dict[str, Path]:
    """Return every third form's ODT, filled in by the scripts, and those that are shown."""
    some = dict.fromkeys([*SHOWN, *itertools.islice(forms(), 0, None, 3)])
    found, left = fill("odt", "files/odt.js", "odt", *some)
    assert not any(left.values())
    return dict(found)


def part(path: Path, name: str) -> Any:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def text_of(root: Any) -> str:
    """Return what a file says, its lines and spaces as they are shown."""
    marks = {f"{TEXT}line-break": "\n", f"{TEXT}tab": "\t", f"{TEXT}p": "\n", f"{TEXT}h": "\n"}
    found = []
    for node in root.iter():
        spaces = " " * int(node.get(f"{TEXT}c", 1)) if node.tag == f"{TEXT}s" else ""
        found += [marks.get(node.tag, spaces), node.text or ""]
        found.append(node.tail or "")
    return "".join(found)


def test_every_file_is_valid_opendocument_1_3(files: dict[str, Path]) -> None:
    schema = etree.RelaxNG(file=str(SCHEMAS / "OpenDocument-v1.3-schema.rng"))
    for name, path in files.items():
        for inner in ("content.xml", "styles.xml", "meta.xml"):
            tree = part(path, inner).getroottree()
            assert schema.validate(tree), (name, inner, str(schema.error_log)[:500])
        with zipfile.ZipFile(path) as archive:
            first = archive.infolist()[0]
            assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")


def test_every_answer_stands_in_its_place(
    files: dict[str, Path], documents: dict[str, dict[str, Any]]
) -> None:
    for name, path in files.items():
        content, doc = part(path, "content.xml"), documents[name]
        assert lacking(forms()[name], doc, text_of(content), DATE) == [], name
        asked = [field for part in forms()[name]["sections"] for field in part["fields"]]
        ticked = sum(len(doc["values"][id]) for id in {f["id"] for f in asked} if is_list(doc, id))
        ticked += sum(field["kind"] == "choice" for field in asked)
        assert text_of(content).count("☒") == ticked, name
        for field in asked:
            if field["kind"] == "table":
                assert rows_of(content, field) >= len(doc["values"][field["id"]])
        own = forms()[name]["kind"] == "template"
        assert (doc["name"] in text_of(content)) == own
        assert (doc["name"] in text_of(part(path, "styles.xml"))) == own
        assert doc["name"] in text_of(part(path, "meta.xml"))


def is_list(doc: dict[str, Any], id: str) -> bool:
    value = doc["values"][id]
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


def rows_of(content: Any, field: dict[str, Any]) -> int:
    """Return how many rows of a table say something, its sums left out."""
    space = {"table": TABLE[1:-1]}
    path = f"//table:table[@xml:id='tabell.{field['id']}']"
    (table,) = content.xpath(path, namespaces=space)
    rows = table.findall(f"{TABLE}table-row")
    summed = any(column.get("sum") for column in field["columns"])
    return sum(bool("".join(row.itertext()).strip()) for row in rows) - summed


def test_libreoffice_shows_every_answer(
    files: dict[str, Path], documents: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    pages = converted(tmp_path, [files[name] for name in SHOWN], "pdf")
    for name, path in zip(SHOWN, pages, strict=True):
        assert lacking(forms()[name], documents[name], printed(path), DATE) == [], name
    # Eleven posts of 1 250,50 kroner, added up by us.
    assert "13756" in squeezed(printed(pages[0]))
