"""Word files by what a reader meets: in a validator, in LibreOffice, in the file itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import itertools
import os
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from macros.content.brand.brand import BrandLogo, load_brand
from macros.content.brand.contrast import contrast
from macros.content.brand.logo import marks
from macros.content.brand.mark import Mark
from macros.content.rich import runs_of
from macros.document import blocks as b
from macros.document.shared import Shared
from macros.writers import WriterError
from macros.writers.word import LANGUAGES, job
from macros.writers.word.tables import fitting
from tests import real
from tests.openxml import errors
from tests.patience import PATIENCE
from tests.writers.editions import documents, shared
from tests.writers.said import head, in_word, squeezed, texts

pytestmark = pytest.mark.xdist_group("word")

ROOT = Path(__file__).parents[2]
PROJECT = real.project()
DOCUMENTS = documents("docx")
SMALL = 100_000
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {
    "w": W,
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "d": "urn:naeringsvennlig-region:document:1",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
# One of each kind, looked at as LibreOffice shows it.
SHOWN = (
    "prosjektplan-forstudie",
    "intervju-bedrift",
    "oppstartsmote",
    "rolleavklaring",
    "undersokelse-bedrifter",
    "forstudie",
    "sjekkliste-forstudie",
    "eksempel-prosjektplan-forstudie",
)


NAMES = list(DOCUMENTS)


@cache
def file(name: str) -> bytes:
    document = DOCUMENTS[name]
    made = job(document, shared(document.language))
    return made.render(made.payload).data


def xml(data: bytes, part: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def found(root: Any, path: str) -> list[Any]:
    result: list[Any] = root.xpath(path, namespaces=NS)
    return result


def value(element: Any) -> str:
    return str(element.get(f"{{{W}}}val"))


def every(blocks: tuple[b.Block, ...]) -> Iterator[b.Block]:
    for block in blocks:
        yield block
        if isinstance(block, b.Section):
            yield from every(block.blocks)


@pytest.mark.parametrize("name", NAMES)
def test_word_would_open_it_without_repair(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(file(name))
    assert errors(path) == []
    assert path.stat().st_size < SMALL


@pytest.mark.parametrize("letter", ["\x0b", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_hold_is_named(letter: str) -> None:
    document = dataclasses.replace(
        next(iter(DOCUMENTS.values())), title=f"Mandat{letter}", name="x"
    )
    made = job(document, shared(document.language))
    with pytest.raises(WriterError, match=r"x\.docx"):
        made.render(made.payload)


def test_the_validator_sees_what_word_would_refuse(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    for right, wrong in (
        (b"<w:cantSplit/><w:trHeight", b"<w:trHeight w:oops='1'/><w:trHeight"),
        (b"<w:tblGrid>", b"<w:p/><w:tblGrid>"),
    ):
        path.write_bytes(changed(file("nb-budsjett"), "word/document.xml", right, wrong))
        assert errors(path)


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return out.getvalue()


def printed(folder: Path, files: dict[str, bytes]) -> dict[str, list[str]]:
    """Return the text of each page of each file, as LibreOffice prints it."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    # A content control printed as a form field would hide its text from the reader below.
    options = '{"ExportFormFields":{"type":"boolean","value":"false"}}'
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to"]
    command += [f"pdf:writer_pdf_Export:{options}", "--outdir", str(folder)]
    command += [str(folder / f"{name}.docx") for name in files]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return {name: pages(folder / f"{name}.pdf") for name in files}


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("shown")
    texts = printed(folder, {name: file(f"nb-{name}") for name in SHOWN})
    with pypdfium2.PdfDocument(folder / "rolleavklaring.pdf") as pdf:
        texts["sizes"] = [f"{round(page.get_width())}" for page in pdf]
    return texts


@pytest.mark.parametrize("name", SHOWN)
def test_libreoffice_shows_every_text(shown: dict[str, list[str]], name: str) -> None:
    document = in_word(DOCUMENTS[f"nb-{name}"])
    whole = squeezed(" ".join(shown[name]))
    wanted = [*head(document), *texts(document.blocks)]
    missing = [text for text in wanted if not stands_in(squeezed(text), whole)]
    assert len(wanted) > 20
    assert missing == []
    assert f"Side1av{len(shown[name])}" in squeezed(shown[name][0])
    assert squeezed(document.title) in squeezed(shown[name][1])[:200]


def stands_in(text: str, whole: str) -> bool:
    half = len(text) // 2
    return text in whole or (len(text) > 40 and (text[:half] in whole or text[half:] in whole))


def test_the_cover_holds_the_contents_and_the_chapters_come_at_once(
    shown: dict[str, list[str]],
) -> None:
    help_, cover, first, *_ = map(squeezed, shown["prosjektplan-forstudie"])
    chapters = DOCUMENTS["nb-prosjektplan-forstudie"].parted[1]
    titles = [
        squeezed(f"{one.number}{one.title}") for one in chapters if isinstance(one, b.Section)
    ]
    assert help_.startswith("Slikbrukerdumalen")
    assert "Saksnummer" in cover
    assert [title for title in titles if title not in cover] == []
    assert titles[0] in first[:80]


def test_a_large_worksheet_is_printed_on_a3(shown: dict[str, list[str]]) -> None:
    assert {"595", "1191"} == set(shown["sizes"])


def test_guidance_is_hidden_in_one_go(tmp_path: Path) -> None:
    data = file("nb-prosjektplan-forstudie")
    style = '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Veiledning">'
    look = re.search(rf"{style}.*?<w:rPr>", xml_text(data, "word/styles.xml"), re.DOTALL)
    assert look
    assert 'w:val="Veiledning"' in look[0]
    hidden = changed(data, "word/styles.xml", look[0].encode(), look[0].encode() + b"<w:vanish/>")
    text = squeezed(" ".join(printed(tmp_path, {"hidden": hidden})["hidden"]))
    document = DOCUMENTS["nb-prosjektplan-forstudie"]
    guidance = [
        squeezed("".join(run.text for run in runs_of((block,))))
        for callout in every(document.blocks)
        if isinstance(callout, b.Callout) and callout.kind == "guidance"
        for block in callout.blocks
    ]
    blocks = list(every(document.blocks))
    labels = [block.label for block in blocks if isinstance(block, b.Field)]
    hints = [block.hint for block in blocks if isinstance(block, b.Field | b.FieldTable)]
    helps, _ = document.parted
    given = [one for block in blocks if isinstance(block, b.FieldTable) for one in block.labels]
    own = squeezed(" ".join((*labels, *given)))  # what helps may be named by the same words
    guidance += [squeezed(one) for one in (*filter(None, hints), document.summary, *texts(helps))]
    guidance = [one for one in guidance if len(one) > 20]
    guidance += [squeezed(one) for one in ("Slik bruker du malen", "Må fylles ut", "Velg én")]
    assert len(guidance) > 40
    assert [one for one in guidance if one in text and one not in own] == []
    assert [label for label in labels if squeezed(label) not in text] == []


def xml_text(data: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part).decode()


@pytest.mark.parametrize("name", NAMES)
def test_each_field_is_a_control_named_after_it(name: str) -> None:
    document = DOCUMENTS[name]
    controls = {
        value(found(sdt, "w:sdtPr/w:tag")[0]): sdt
        for sdt in found(xml(file(name)), "//w:sdt[w:sdtPr/w:tag]")
    }
    for block in every(document.blocks):
        if isinstance(block, b.Field):
            check_field(block, controls, document)
        elif isinstance(block, b.FieldTable):
            first = 1 if block.labels else 0
            few = document.written and not block.labels
            for row in range(1, (min(3, block.rows) if few else block.rows) + 1):
                for column in block.columns[first:]:
                    assert f"{block.id}.{row}.{column.id}" in controls
        elif isinstance(block, b.Checklist):
            assert all(point.id in controls for point in block.points)
    labels = {value(found(sdt, "w:sdtPr/w:alias")[0]) for sdt in controls.values()}
    assert {label for label, _ in document.register} <= labels


CONTROLS = {
    "short": "w:text",
    "amount": "w:text",
    "number": "w:text",
    "date": "w:date",
    "choice": "w:dropDownList",
}


def check_field(block: b.Field, controls: dict[str, Any], document: b.Document) -> None:
    if block.kind == "checklist" or (block.kind == "choice" and block.code):
        for code, label in block.options:
            box = controls[f"{block.id}.{code}"]
            assert found(box, "w:sdtPr/w14:checkbox/w14:checked[@w14:val='0']")
            assert label.startswith(title_of(box).rstrip("…"))
        return
    control = controls[block.id]
    kind = "w:text[@w:multiLine='1']" if document.asks else "w:richText"
    assert found(control, f"w:sdtPr/{kind if block.kind == 'long' else CONTROLS[block.kind]}")
    assert block.label.startswith(title_of(control).rstrip("…"))
    shown = [value_of(item, "displayText") for item in found(control, ".//w:listItem")]
    assert shown == ([label for _, label in block.options] if block.kind == "choice" else [])


def title_of(control: Any) -> str:
    return value(found(control, "w:sdtPr/w:alias")[0])


def value_of(element: Any, name: str) -> str:
    return str(element.get(f"{{{W}}}{name}"))


@pytest.mark.parametrize("name", NAMES)
def test_controls_are_told_apart_and_their_names_fit(name: str) -> None:
    root = xml(file(name))
    ids = [value(node) for node in found(root, "//w:sdtPr/w:id")]
    tags = [value(node) for node in found(root, "//w:sdtPr/w:tag")]
    titles = [value(node) for node in found(root, "//w:sdtPr/w:alias")]
    assert len(set(ids)) == len(ids)
    assert len(set(tags)) == len(tags)
    assert all(0 < len(text) <= 64 for text in tags + titles)


@pytest.mark.parametrize("name", NAMES)
def test_headings_follow_the_sections_without_a_leap(name: str) -> None:
    root = xml(file(name))
    headings = found(root, "//w:body/w:p[starts-with(w:pPr/w:pStyle/@w:val, 'Heading')]")
    levels = [int(value(found(node, "w:pPr/w:pStyle")[0])[-1]) for node in headings]
    own = every(DOCUMENTS[name].parted[1])
    sections = [block for block in own if isinstance(block, b.Section)]
    listed = {
        node.getparent().getparent().get(f"{{{W}}}styleId"): int(value(node[0])) + 1
        for node in found(
            xml(file(name), "word/styles.xml"), "//w:style/w:pPr/w:numPr[w:numId/@w:val='3']"
        )
    }
    shown, counted = [], [0, 0, 0]
    for node in headings:
        level = listed.get(value(found(node, "w:pPr/w:pStyle")[0]))
        number = ""
        if level:
            counted[level - 1 :] = [counted[level - 1] + 1] + [0] * (3 - level)
            number = ".".join(map(str, counted[:level])) + " "
        shown.append(number + "".join(node.itertext()))
    assert shown == [f"{one.number} {one.title}".strip() for one in sections]
    assert bool(listed) == any(one.number for one in sections)
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(found(root, "//w:pStyle[@w:val='Title']")) == 1


@pytest.mark.parametrize("name", NAMES)
def test_tables_repeat_their_header_and_never_split_a_row(name: str) -> None:
    root = xml(file(name))
    for row in found(root, "//w:tr"):
        assert found(row, "w:trPr/w:cantSplit")
    for table in found(root, "//w:tbl[w:tblPr/w:tblLook/@w:firstRow='1']"):
        assert found(table, "w:tr[1]/w:trPr/w:tblHeader")
        assert value(found(table, "w:tblPr/w:tblCaption")[0])


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    root = xml(file(name))
    marks = {value_of(mark, "name") for mark in found(root, "//w:bookmarkStart")}
    anchors = found(root, "//w:hyperlink/@w:anchor")
    assert set(anchors) <= marks
    relations = xml(file(name), "word/_rels/document.xml.rels")
    for relation in relations:
        if relation.get("TargetMode") == "External":
            assert re.match(r"(https?://|mailto:|tel:)[!-~]+$", relation.get("Target"))
    shown = [block for block in every(DOCUMENTS[name].blocks) if isinstance(block, b.Section)]
    if len(shown) > 20:
        assert found(root, "//w:instrText[contains(., 'TOC ')]")
        assert len(anchors) > 5


@pytest.mark.parametrize("name", ["nb-budsjett", "nn-prosjektplan-forstudie"])
def test_the_file_says_what_it_is(name: str) -> None:
    document, data = DOCUMENTS[name], file(name)
    core = xml(data, "docProps/core.xml")
    said = {etree.QName(node).localname: node.text for node in core}
    language = LANGUAGES[document.language]
    assert said["title"] == document.title
    assert said["creator"] == PROJECT.region.owner
    assert said["subject"] == document.label
    assert said["version"] == document.version
    assert said["language"] == language
    assert document.updated
    assert said["created"] == said["modified"] == f"{document.updated.isoformat()}T00:00:00Z"
    assert found(xml(data, "word/styles.xml"), f"//w:rPrDefault//w:lang[@w:val='{language}']")
    assert found(xml(data, "word/settings.xml"), f"//w:themeFontLang[@w:val='{language}']")
    own = xml(data, "docProps/custom.xml")
    assert {"Saksnummer"} <= {node.get("name") for node in own}
    address = f"https://handbok.example.no/{document.address}"
    assert address in "".join(own.itertext())
    # What is written has its own head and foot; the sheet before it says where it comes from.
    around = "".join(
        xml_text(data, f"word/{part}{number}.xml")
        for part in ("header", "footer")
        for number in (1, 2)
    )
    assert address not in around
    assert PROJECT.region.owner not in around
    (sheet,) = found(xml(data), "//w:sdt[w:sdtPr/w:tag/@w:val='help']")
    assert address in "".join(sheet.itertext())


def test_each_page_of_a_guide_says_where_it_is_from() -> None:
    data = file("nb-oppstartsmote")
    foot = "".join(xml_text(data, f"word/footer{number}.xml") for number in (1, 2))
    assert (
        foot.count(f"https://handbok.example.no/{documents('docx')['nb-oppstartsmote'].address}")
        == 2
    )


TEMPLATES = [name for name in NAMES if DOCUMENTS[name].written]
ASKING = [name for name in NAMES if DOCUMENTS[name].asks]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_the_document_and_what_helps_goes_as_one(name: str) -> None:
    document = DOCUMENTS[name]
    first, *rest = found(xml(file(name)), "/w:document/w:body/*")
    # Deleting the control deletes all of the sheet; the cover begins a page with it or without.
    assert value(found(first, "w:sdtPr/w:tag")[0]) == "help"
    sheet = squeezed("".join(first.itertext()))
    assert [one for one in texts(document.parted[0]) if squeezed(one) not in sheet] == []
    assert squeezed(document.summary) in sheet
    assert found(rest[0], "w:pPr/w:pageBreakBefore")
    styles = {value(style) for style in found(first, ".//w:pStyle")}
    assert {style[:10] for style in styles} == {"Veiledning"}
    kept = "\n".join(
        "".join(node.itertext())
        for part in rest
        for node in found(part, "descendant-or-self::w:p")
        if not found(node, "w:pPr/w:pStyle[@w:val='Veiledning']")
    )
    lines = [line for line in kept.splitlines() if line.strip()]
    assert lines[0] == document.title
    assert document.label not in lines
    guidance = [one for one in every(document.blocks) if isinstance(one, b.Callout)]
    assert guidance
    for text in (document.summary, *(one for callout in guidance for one in texts(callout.blocks))):
        assert text not in kept
    hints = [one.hint for one in every(document.blocks) if isinstance(one, b.Field | b.FieldTable)]
    assert not any(hint and hint in lines for hint in hints)


@pytest.mark.parametrize("name", TEMPLATES)
def test_guidance_and_its_heading_stand_on_one_page_with_the_field(name: str) -> None:
    elements = found(xml(file(name)), "/w:document/w:body/*")
    for one, after in itertools.pairwise(elements):
        if found(one, "self::w:p/w:pPr/w:pStyle[@w:val='Veiledning']"):
            assert found(one, "w:pPr/w:keepNext")
            assert etree.QName(after).localname in ("p", "tbl")


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("nb-")])
def test_the_contents_are_right_when_the_file_is_opened_and_ask_nothing(name: str) -> None:
    data = file(name)
    assert not found(xml(data, "word/settings.xml"), "//w:updateFields")
    assert not found(xml(data), "//w:fldChar[@w:dirty]")
    (contents,) = found(xml(data), "//w:sdt[w:sdtPr/w:docPartObj]") or [None]
    if contents is None:
        return
    links = found(contents, ".//w:hyperlink")
    marks = [value_of(link, "anchor") for link in links]
    body = [one for one in every(DOCUMENTS[name].parted[1]) if isinstance(one, b.Section)]
    assert ["".join(link.itertext()) for link in links] == [
        f"{one.number} {one.title}".strip() for one in body if depth(DOCUMENTS[name], one) <= 3
    ]
    assert len(set(marks)) == len(marks)
    assert not found(contents, ".//w:pageBreakBefore")
    assert len(links) < 40


def depth(document: b.Document, wanted: b.Section) -> int:
    def within(blocks: tuple[b.Block, ...], level: int) -> Iterator[int]:
        for block in blocks:
            if isinstance(block, b.Section):
                if block.id == wanted.id:
                    yield level
                yield from within(block.blocks, level + 1)

    return next(within(document.parted[1], 1))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_table_grows_and_its_empty_cells_say_what_to_write(name: str) -> None:
    root = xml(file(name))
    tables = [one for one in every(DOCUMENTS[name].blocks) if isinstance(one, b.FieldTable)]
    for block in tables:
        (section,) = found(
            root, f"//w:sdt[w:sdtPr/w15:repeatingSection][w:sdtPr/w:tag/@w:val='{block.id}']"
        )
        items = found(section, "w:sdtContent/w:sdt[w:sdtPr/w15:repeatingSectionItem]/w:sdtContent")
        assert all([etree.QName(one).localname for one in item] == ["tr"] for item in items)
        for row in items:
            cells = found(row, "w:tr/w:tc")
            for cell, column in zip(cells, block.columns, strict=True):
                (control,) = found(cell, ".//w:sdt")
                said = "".join(control.itertext()).strip()
                assert said
                assert said == column.label or column.kind != "short" or block.labels
                choices = [
                    value_of(item, "displayText") for item in found(control, ".//w:listItem")
                ]
                assert choices == [label for _, label in column.options]


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("nb-")])
def test_a_sum_is_counted_by_word(name: str) -> None:
    root = xml(file(name))
    for block in every(DOCUMENTS[name].blocks):
        if not isinstance(block, b.FieldTable) or not any(one.sum for one in block.columns):
            continue
        (table,) = found(root, f"//w:tbl[.//w15:repeatingSection/../w:tag/@w:val='{block.id}']")
        *above, last = found(table, ".//w:tr")
        for at, column in enumerate(block.columns):
            formula = "".join(found(last, f"w:tc[{at + 1}]//w:instrText/text()"))
            assert ("SUM(ABOVE)" in formula) == column.sum
            if column.sum:
                # Word goes up from the sum until a cell has no figure (Microsoft's Q105639).
                texts_ = ["".join(found(row, f"w:tc[{at + 1}]//w:t/text()")) for row in above]
                cells = list(
                    itertools.takewhile(lambda one: re.search(r"\d", one), reversed(texts_))
                )
                assert cells == ["0"] * (len(found(table, ".//w15:repeatingSectionItem")))


@pytest.mark.parametrize("name", ASKING)
def test_a_program_reads_and_fills_the_answers_and_not_the_text(name: str) -> None:
    document, data = DOCUMENTS[name], file(name)
    answers, root = xml(data, "customXml/item1.xml"), xml(data)
    for block in every(document.blocks):
        if isinstance(block, b.FieldTable):
            path = f"/d:document/d:answers/d:{block.id}/d:row[1]/*"
            columns = [etree.QName(one).localname for one in found(answers, path)]
            assert columns == [column.id for column in block.columns]
        elif isinstance(block, b.Field):
            (answer,) = found(answers, f"/d:document/d:answers/d:{block.id}")
            codes = [code for code, _ in block.options] if block.kind == "checklist" else []
            assert [etree.QName(one).localname for one in answer] == codes
        elif isinstance(block, b.Question):
            assert len(found(answers, f"/d:document/d:answers/d:sporsmal_{block.number}")) == 1
        elif isinstance(block, b.Checklist):
            for point in block.points:
                assert found(answers, f"/d:document/d:answers/d:{block.id}/d:{point.id}") != []
    assert "".join(found(answers, "/d:document/d:cover/d:title/text()")) == document.title
    bound = {node.get(f"{{{W}}}xpath") for node in found(root, "//w:dataBinding")}
    # Where it is no document of its own, its title is a heading like the others.
    own = "" if document.written else " and not(self::d:title)"
    leaves = found(answers, f"//*[not(*){own}]")
    assert dict(answers.attrib) == {
        "kind": document.kind,
        "template": document.id,
        "version": document.version,
        "language": document.language,
    }
    assert len(bound) == len(leaves) == len({id(found(answers, path)[0]) for path in bound})
    for section in found(root, "//w15:dataBinding"):
        rows = found(answers, section.get(f"{{{W}}}xpath"))
        assert len(rows) == len(found(section, "../../w:sdtContent/w:sdt"))
    store = xml(data, "customXml/itemProps1.xml")
    assert {node.get(f"{{{W}}}storeItemID") for node in found(root, "//w:dataBinding")} == set(
        store.values()
    )


def test_what_is_put_into_the_answers_alone_is_shown(tmp_path: Path) -> None:
    data = file("nb-prosjektplan-forstudie")
    filled = data
    for old, new in (
        (
            b"<title>Prosjektplan for forstudien</title>",
            "<title>Plan for Indre Čáhci</title>".encode(),
        ),
        (b"<prosjektets-navn/>", b"<prosjektets-navn>Fjord og fjell</prosjektets-navn>"),
    ):
        filled = changed(filled, "customXml/item1.xml", old, new)
    whole = squeezed(" ".join(printed(tmp_path, {"filled": filled})["filled"]))
    assert "PlanforIndreČáhci" in whole
    assert "Fjordogfjell" in whole


@pytest.mark.parametrize("name", ["budsjett", "prosjektplan-forstudie"])
def test_a_round_by_odt_keeps_text_and_tables(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.docx").write_bytes(file(f"nb-{name}"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for source, ending in ((f"{name}.docx", "odt"), (f"{name}.odt", "docx")):
        command = [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            ending,
            "--outdir",
            str(tmp_path),
        ]
        subprocess.run(
            [*command, str(tmp_path / source)], check=True, capture_output=True, timeout=PATIENCE
        )
    before, after = xml(file(f"nb-{name}")), xml((tmp_path / f"{name}.docx").read_bytes())
    assert len(found(after, "//w:tbl")) == len(found(before, "//w:tbl"))
    said = squeezed("".join(found(after, "//w:t/text()")))
    lines = [
        "".join(found(one, ".//w:t/text()"))
        for one in found(before, "//w:p[not(ancestor::w:sdt[w:sdtPr/w:docPartObj])]")
    ]
    assert [line for line in lines if squeezed(line) not in said] == []


def test_headings_and_links_have_the_regions_own_colours_where_they_can_be_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "_brand.yml").write_text(
        'color: {primary: "#7a0026", link: "#00a0ff"}\n'
        'typography: {headings: {color: "#ffcc00"}}\n',
        encoding="utf-8",
    )
    brand = load_brand(tmp_path, "r", [])
    made = job(DOCUMENTS["nb-mandat"], dataclasses.replace(shared("nb"), brand=brand))
    data = made.render(made.payload).data
    styles = xml(data, "word/styles.xml")

    def colour(name: str) -> str:
        (one,) = found(styles, f"//w:style[@w:styleId='{name}']/w:rPr/w:color")
        return f"#{value(one).lower()}"

    headings = {colour(name) for name in ("Title", "Heading1", "Heading2", "TOCHeading")}
    link = colour("Hyperlink")
    assert len(headings) == 1
    for shown, own in ((headings.pop(), "#ffcc00"), (link, "#00a0ff")):
        assert shown not in (own, brand.paper["accent"])
        assert contrast(shown, "#ffffff") >= 7
    theme = found(xml(data, "word/theme.xml"), "//*[local-name()='hlink']/*/@val")
    assert theme == [link.lstrip("#").upper()]


def branded(folder: Path, logo: str) -> Shared:
    (mark,) = marks([folder / logo]).values()
    assert isinstance(mark, Mark)
    brand = dataclasses.replace(
        PROJECT.brand,
        logo=BrandLogo(light=logo, alt="Fjordane & <co>"),
        folder=folder,
        marks={logo: mark},
    )
    return dataclasses.replace(shared("nb"), brand=brand)


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">'
    '{}<rect width="200" height="100" fill="#c00"/></svg>'
)


@pytest.mark.parametrize("logo", ["logo.png", "logo.svg"])
def test_the_logo_stands_first_with_its_text(tmp_path: Path, logo: str) -> None:
    Image.new("RGB", (400, 200), "#cc0000").save(tmp_path / "logo.png")
    (tmp_path / "logo.svg").write_text(SVG.format(""))
    made = job(DOCUMENTS["nb-budsjett"], branded(tmp_path, logo))
    data = made.render(made.payload).data
    picture = found(xml(data), "//w:body/w:p[1]//wp:inline")[0]
    assert found(picture, "wp:docPr")[0].get("descr") == "Fjordane & <co>"
    extent = found(picture, "wp:extent")[0]
    assert int(extent.get("cx")) / int(extent.get("cy")) == pytest.approx(2, abs=0.03)
    assert int(extent.get("cy")) == pytest.approx(14 * 36000, rel=0.03)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        image = Image.open(io.BytesIO(archive.read(names[0])))
        image.load()
    assert image.getpixel((image.width // 2, image.height // 2))[:3] == pytest.approx(
        (204, 0, 0), abs=2
    )
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    assert errors(path) == []


def test_a_large_logo_is_made_smaller(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (600, 250), os.urandom(600 * 250 * 3))
    noise.resize((1800, 750)).save(tmp_path / "logo.png")
    made = job(DOCUMENTS["nb-budsjett"], branded(tmp_path, "logo.png"))
    with zipfile.ZipFile(io.BytesIO(made.render(made.payload).data)) as archive:
        image = Image.open(io.BytesIO(archive.read("word/media/image1.png")))
    assert max(image.size) <= 1100


def test_a_white_logo_is_placed_although_it_cannot_be_seen(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format("").replace("#c00", "#fff"))
    made = job(DOCUMENTS["nb-budsjett"], branded(tmp_path, "logo.svg"))
    assert found(xml(made.render(made.payload).data), "//w:body/w:p[1]//wp:inline")


def test_a_title_of_500_letters_and_60_rows_are_written_whole(tmp_path: Path) -> None:
    title = ("Samarbeidsavtale " * 40)[:500].strip()
    columns = (
        b.FieldColumn("sak", "=1+1", "short", 3),
        b.FieldColumn("kr", "Kr", "amount", 1, sum=True),
    )
    labels = tuple(f"{sign}SUM(A{at})" for at, sign in enumerate("=+-@" * 15))
    table = b.FieldTable("rader", "@Rader", columns, 60, labels)
    part = b.Section("kap-a", title, (b.Field("a", title, "short"), table), "1")
    document = dataclasses.replace(
        DOCUMENTS["nb-budsjett"],
        title=title,
        blocks=(b.Section("fyll-ut", "Fyll ut", (part,)),),
    )
    made = job(document, shared("nb"))
    data = made.render(made.payload).data
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    assert errors(path) == []
    assert path.stat().st_size < SMALL
    text = "".join(xml(data).itertext())
    assert text.count(title) == 4  # the sheet, the cover, the heading and the label
    assert all(label in text for label in labels)
    formulas = found(xml(data), "//w:instrText[contains(., '=')]/text()")
    assert [one.strip()[:11] for one in formulas] == ["=SUM(ABOVE)"]
    rows = found(xml(data, "customXml/item1.xml"), "//d:rader/d:row")
    assert [row[0].text for row in rows] == list(labels)


def test_a_regions_text_is_never_markup(tmp_path: Path) -> None:
    nasty = "A</w:t>&amp;<w:p/>\"']]>{{ 7*7 }}"
    region = PROJECT.region.model_copy(update={"owner": nasty, "name": nasty})
    document = dataclasses.replace(
        DOCUMENTS["nb-budsjett"], title=nasty, register=((nasty, nasty),)
    )
    made = job(document, dataclasses.replace(shared("nb"), region=region))
    data = made.render(made.payload).data
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    assert errors(path) == []
    assert nasty in "".join(xml(data).itertext())
    assert nasty in "".join(xml(data, "docProps/core.xml").itertext())
    assert nasty in "".join(xml(data, "docProps/custom.xml").itertext())


SAME = """
import hashlib, pickle, sys
job = pickle.load(open(sys.argv[1], "rb"))
print(job.key, hashlib.sha256(job.render(job.payload).data).hexdigest())
"""


def test_the_bytes_are_the_same_elsewhere(tmp_path: Path) -> None:
    document = DOCUMENTS["nb-rolleavklaring"]
    path = tmp_path / "job.pickle"
    path.write_bytes(pickle.dumps(job(document, shared("nb"))))
    assert path.stat().st_size < 200_000
    said = set()
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Adak")):
        folder = tmp_path / seed
        folder.mkdir()
        result = subprocess.run(
            [sys.executable, "-c", SAME, str(path)],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(result.stdout)
    assert len(said) == 1
    with zipfile.ZipFile(io.BytesIO(file("nb-rolleavklaring"))) as archive:
        stamps = {info.date_time[:3] for info in archive.infolist()}
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert document.updated
    assert stamps == {(document.updated.year, document.updated.month, document.updated.day)}


def test_the_key_changes_when_the_bytes_would(tmp_path: Path) -> None:
    document = DOCUMENTS["nb-budsjett"]
    Image.new("RGB", (40, 20)).save(tmp_path / "logo.png")
    logo = branded(tmp_path, "logo.png")
    keys = [job(document, shared("nb")).key, job(document, logo).key]
    Image.new("RGB", (20, 40)).save(tmp_path / "logo.png")
    keys.append(job(document, branded(tmp_path, "logo.png")).key)
    later = dataclasses.replace(document, updated=dt.date(2030, 1, 1))
    keys.append(job(later, shared("nb")).key)
    moved = dataclasses.replace(shared("nb"), base_url="https://other.example.no/")
    keys.append(job(document, moved).key)
    assert len(set(keys)) == len(keys)
    assert job(document, shared("nb")).key == keys[0]


# In DejaVu Sans Bold, in parts of the size: LibreOffice takes it where Inter is missing.
@pytest.mark.parametrize(
    ("word", "ems"),
    [
        ("Kommunestyret", 9.0),
        ("Kommunedirektøren", 11.57),
        ("Fylkeskommunen", 9.76),
        ("Prosjektansvarlig", 9.88),
        ("Næringsutvikler", 9.11),
    ],
)
def test_a_column_holds_its_longest_word_in_the_widest_font_that_stands_in(
    word: str, ems: float
) -> None:
    narrow, wide = fitting([[word, "x"], ["Mange ord om noe annet. " * 20]], 9000)
    assert narrow >= ems * 200 + 200  # twips at 10 points, with the cell's margins
    assert narrow + wide == 9000
