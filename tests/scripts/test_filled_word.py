"""A Word file that the browser has filled in: read again, and opened by others than us."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.openxml import errors
from tests.scripts.calls import one, run
from tests.scripts.filled import answered, converted, forms, lacking, made, printed, squeezed

pytestmark = pytest.mark.xdist_group("filled")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DATE = "5. november 2027"
# One of each kind, and what has sums: what LibreOffice lays out.
SHOWN = ("template/budsjett", "template/prosjektplan-forstudie", "interview/bedrift")
SHOWN += ("workshop/rolleavklaring", "meeting/oppstartsmote", "checklist/forstudie")


@pytest.fixture(scope="module")
def files(fill: Callable[..., Any]) -> dict[str, Path]:
    """Return every form's Word file, filled in by the scripts."""
    found, left = fill("docx", "files/docx.js", "docx")
    assert not any(left.values())
    return dict(found)


def without_space_in_sums(asked: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return values with the numbers that Word adds up as it has to have them."""
    summed = {
        (field["id"], column["id"])
        for section in asked["sections"]
        for field in section["fields"]
        for column in field.get("columns", ())
        if column.get("sum")
    }

    def bare(table: str, row: dict[str, str]) -> dict[str, str]:
        return {
            column: text.replace(" ", "") if (table, column) in summed else text
            for column, text in row.items()
        }

    return {
        id: [bare(id, row) for row in value] if value and isinstance(value[0], dict) else value
        for id, value in values.items()
    }


def test_what_is_filled_in_is_read_again_as_it_was(
    files: dict[str, Path], documents: dict[str, dict[str, Any]]
) -> None:
    read = run([["files/docx.js", "read", {"file": str(path)}] for path in files.values()])
    fitted = run(
        [["files/fit.js", "fit", forms()[name], doc] for name, doc in zip(files, read, strict=True)]
    )
    kept = ("template", "version", "language", "name", "cover", "values")
    for name, found in zip(files, fitted, strict=True):
        wanted = {key: documents[name][key] for key in kept}
        wanted["values"] = without_space_in_sums(forms()[name], wanted["values"])
        assert found["dropped"] == [], name
        assert found["doc"] == wanted, name


def test_word_would_open_it_without_repair(files: dict[str, Path]) -> None:
    some = dict(itertools.islice(files.items(), 0, None, 4))
    assert {name: found for name, path in some.items() if (found := errors(path))} == {}


def text_of(path: Path, part: str = "word/document.xml") -> str:
    """Return the text of a file: what a program shows that knows nothing of the answers."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read(part))
    marks = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
    return "".join(marks.get(node.tag, node.text or "") for node in root.iter(*marks, f"{W}t"))


def test_the_text_says_what_the_answers_say(
    files: dict[str, Path], documents: dict[str, dict[str, Any]]
) -> None:
    for name, path in files.items():
        assert lacking(forms()[name], documents[name], text_of(path), DATE) == [], name
        ticked = sum(text_of(path).count(box) for box in "☒")
        boxes = [v for v in documents[name]["values"].values() if v and isinstance(v[0], str)]
        assert ticked == sum(len(codes) for codes in boxes if isinstance(codes, list)), name
        with zipfile.ZipFile(path) as archive:
            ids = etree.fromstring(archive.read("word/document.xml")).iter(f"{W}sdtPr")
            numbers = [one.find(f"{W}id").get(f"{W}val") for one in ids]
        assert len(set(numbers)) == len(numbers), name


def test_another_program_shows_every_answer_and_the_sums(
    files: dict[str, Path], documents: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    pages = converted(tmp_path, [files[name] for name in SHOWN], "pdf")
    for name, path in zip(SHOWN, pages, strict=True):
        whole = printed(path)
        assert lacking(forms()[name], documents[name], whole, DATE) == [], name
        if forms()[name]["kind"] == "template":
            assert squeezed("Plan for Indre Čáhci & <Ytre>") in squeezed(whole)
    # LibreOffice works the sums out itself: eleven posts of 1 250,50 kroner.
    assert "13755" in squeezed(printed(pages[0])).replace(",5", "")


def test_what_is_empty_stays_as_it_was(tmp_path: Path) -> None:
    asked = forms()["template/mandat"]
    path = tmp_path / "mandat.docx"
    path.write_bytes(made(asked, "docx"))
    before = text_of(path)
    doc = {**answered("template/mandat", asked), "name": "", "cover": {}, "values": {}}
    run([[{"to": str(path)}, "files/docx.js", "fill", {"file": str(path)}, asked, doc]])
    assert text_of(path) == before
    assert one("files/docx.js", "read", {"file": str(path)})["name"] == asked["title"]


def test_thousands_of_rows_and_a_long_text_are_written(tmp_path: Path) -> None:
    asked = forms()["template/tiltaksplan"]
    table = next(
        field
        for section in asked["sections"]
        for field in section["fields"]
        if field["kind"] == "table" and not field.get("labels")
    )
    column = next(one["id"] for one in table["columns"] if one["kind"] in ("short", "long"))
    rows = [{column: f"Rad {at}"} for at in range(2000)]
    doc = answered("template/tiltaksplan", asked)
    doc["values"] = {table["id"]: rows}
    path = tmp_path / "lang.docx"
    path.write_bytes(made(asked, "docx"))
    run([[{"to": str(path)}, "files/docx.js", "fill", {"file": str(path)}, asked, doc]])
    assert one("files/docx.js", "read", {"file": str(path)})["values"][table["id"]] == rows


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def part(
    inner: str = "", attributes: str = 'template="mandat" version="1.0" language="nb"'
) -> bytes:
    space = 'xmlns="urn:naeringsvennlig-region:document:1"'
    return f"<document {space} {attributes}>{inner}</document>".encode()


BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<document xmlns="urn:naeringsvennlig-region:document:1"><answers><x>&b;</x></answers>'
    b"</document>"
)
WRONG: dict[str, tuple[Callable[[], bytes], str]] = {
    "ikke en zip": (lambda: b"Hei", "Foreign"),
    "et annet dokument": (lambda: zipped({"word/document.xml": b"<a/>"}), "Foreign"),
    "en annens svar": (lambda: zipped({"customXml/item1.xml": b"<b xmlns='urn:x'/>"}), "Foreign"),
    "avkortet": (lambda: zipped({"customXml/item1.xml": part("x" * 5000)})[:-60], "Damaged"),
    "halv XML": (lambda: zipped({"customXml/item1.xml": part()[:-5]}), "Damaged"),
    "entiteter": (lambda: zipped({"customXml/item1.xml": BOMB}), "Damaged"),
    "bombe": (lambda: zipped({"customXml/item1.xml": part(" " * 40_000_000)}), "Large"),
    "nyere": (lambda: zipped({"customXml/item1.xml": part().replace(b"document:1", b"document:2")}),
              "Newer"),
    "uten versjon": (lambda: zipped({"customXml/item1.xml": part("", 'template="mandat"')}),
                     "Wrong: version"),
    "rart navn": (lambda: zipped({"customXml/item1.xml": part("<answers><A.B>x</A.B></answers>")}),
                  "Wrong: values.A.B"),
    "uten delen": (lambda: zipped({"customXml/item1.xml": b"", "customXml/itemProps1.xml":
                                   b'<d x="urn:naeringsvennlig-region:document:1"/>'}), "Unbound"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_holds_no_answers_of_ours_is_told_of(name: str, tmp_path: Path) -> None:
    make, told = WRONG[name]
    path = tmp_path / "fil.docx"
    path.write_bytes(make())
    assert one("files/docx.js", "read", {"file": str(path)}) == {"error": told}


def test_a_part_that_word_has_written_in_its_own_way_is_read(tmp_path: Path) -> None:
    inner = (
        "<n:cover><n:title>Mandat</n:title></n:cover><n:answers><n:navn> A&#xD;&#xA;B </n:navn>"
        "<n:klart><n:leder>true</n:leder><n:skisse>0</n:skisse></n:klart><n:_2024>x</n:_2024>"
        "<n:mal><n:row><n:hva/></n:row><n:row><n:hva>x</n:hva></n:row><n:row><n:hva/></n:row>"
        "</n:mal></n:answers>"
    )
    space = 'xmlns:n="urn:naeringsvennlig-region:document:1"'
    text = f'<n:document {space} template="mandat" version="1.0" language="nn">{inner}</n:document>'
    path = tmp_path / "fil.docx"
    path.write_bytes(zipped({"customXml/item3.xml": b"\xef\xbb\xbf" + text.encode()}))
    assert one("files/docx.js", "read", {"file": str(path)}) == {
        "template": "template/mandat",
        "version": "1.0",
        "language": "nn",
        "name": "Mandat",
        "cover": {},
        "values": {
            "navn": " A\nB ",
            "klart": ["leder"],
            "2024": "x",
            "mal": [{}, {"hva": "x"}],
        },
    }
