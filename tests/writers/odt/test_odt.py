"""ODT files by what a reader, an office program and an archive notice.

They are opened by three programs that did not write them: LibreOffice, odfdo and a Relax NG
validator with the schemas of OpenDocument 1.3 (OASIS), which the package openxml-audit carries.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import odfdo
import openxml_audit
import pypdfium2
import pytest
from lxml import etree

from macros.content.brand.brand import Brand, BrandLogo, load_brand, resolve
from macros.content.brand.contrast import contrast
from macros.content.brand.file import BrandFile
from macros.content.brand.logo import marks
from macros.content.brand.mark import Mark
from macros.content.catalogue import Catalogue
from macros.content.region import Region
from macros.content.rich import List, Paragraph, Run
from macros.content.text import Plain
from macros.document import blocks as b
from macros.document.compose import compose, downloads
from macros.document.edition import load_edition
from macros.writers import WriterError
from macros.writers.odt import job
from macros.writers.odt.xml import NAMESPACES
from tests import real
from tests.patience import PATIENCE
from tests.writers.said import squeezed, texts

pytestmark = pytest.mark.xdist_group("odt")

ROOT = Path(__file__).parents[3]
PROJECT = real.project()
NB, NN = load_edition(PROJECT, "nb"), load_edition(PROJECT, "nn")
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">
<rect width="40" height="10" fill="#00c853"/></svg>"""
SCHEMAS = Path(openxml_audit.__file__).parent / "odf" / "schemas" / "odf-1.3"
MAX_BYTES = 100_000
# One of each kind: what LibreOffice lays out.
SHOWN = ("prosjektplan-forstudie", "intervju-bedrift", "oppstartsmote", "rolleavklaring")
SHOWN += ("undersokelse-bedrifter", "forstudie", "sjekkliste-forstudie")
SHOWN += ("eksempel-prosjektplan-forstudie",)


@dataclasses.dataclass(frozen=True)
class Shared:
    region: Region
    brand: Brand
    words: Catalogue
    base_url: str


def shared_by(edition: Any, **changes: Any) -> Shared:
    whole = Shared(PROJECT.region, PROJECT.brand, edition.words(), PROJECT.region.base_url)
    return dataclasses.replace(whole, **changes)


def written(document: b.Document, shared: Shared) -> bytes:
    made = job(document, shared)
    return made.render(made.payload).data


def small(*blocks: b.Block, **changes: Any) -> b.Document:
    document = b.Document(
        "template", "x", "nb", "Mal", "Tittel", "Kort om.", "maler/x/", b.Facts(()), blocks, "x"
    )
    return dataclasses.replace(document, **changes)


DOCUMENTS = {
    str(document.name): document for document in downloads(NB) if "odt" in document.formats
}
NYNORSK = {str(document.name): document for document in downloads(NN) if "odt" in document.formats}
FILES = {name: written(document, shared_by(NB)) for name, document in DOCUMENTS.items()}
NN_FILES = {name: written(document, shared_by(NN)) for name, document in NYNORSK.items()}


def part(data: bytes, name: str = "content.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def found(node: Any, path: str) -> list[Any]:
    nodes: list[Any] = node.xpath(path, namespaces=NAMESPACES)
    return nodes


def of_type(blocks: tuple[b.Block, ...], kind: Any) -> Iterator[Any]:
    for block in blocks:
        if isinstance(block, kind):
            yield block
        if isinstance(block, b.Section):
            yield from of_type(block.blocks, kind)


@pytest.fixture(scope="module")
def schema() -> Any:
    return etree.RelaxNG(file=str(SCHEMAS / "OpenDocument-v1.3-schema.rng"))


@pytest.fixture(scope="module")
def manifest_schema() -> Any:
    return etree.RelaxNG(file=str(SCHEMAS / "OpenDocument-v1.3-manifest-schema.rng"))


def to_pdf(files: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return the text of each page, as LibreOffice lays the files out."""
    for name, data in files.items():
        (folder / f"{name}.odt").write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *(str(folder / f"{name}.odt") for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    pages = {}
    for name in files:
        with pypdfium2.PdfDocument(folder / f"{name}.pdf") as pdf:
            pages[name] = [page.get_textpage().get_text_range() for page in pdf]
    return pages


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return to_pdf({name: FILES[name] for name in SHOWN}, tmp_path_factory.mktemp("odt"))


@pytest.mark.parametrize("files", [FILES, NN_FILES], ids=["nb", "nn"])
def test_every_part_of_every_file_is_valid_opendocument_1_3(
    files: dict[str, bytes], schema: Any, manifest_schema: Any
) -> None:
    assert len(files) > 4
    problems = []
    for name, data in files.items():
        for path in ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"):
            judge = manifest_schema if path.startswith("META") else schema
            if not judge.validate(part(data, path).getroottree()):
                problems.append((name, path, str(judge.error_log[0])))
    assert problems == []


def test_the_validator_would_notice(schema: Any) -> None:
    content = part(FILES["mandat"])
    found(content, "//text:h")[0].tag = "{urn:x}h"
    assert not schema.validate(content.getroottree())


@pytest.mark.parametrize("name", FILES)
def test_the_media_type_can_be_read_without_unzipping(name: str) -> None:
    data = FILES[name]
    assert data[30:85] == b"mimetypeapplication/vnd.oasis.opendocument.textPK\x03\x04" + data[81:85]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert file.infolist()[0].compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize("name", SHOWN)
def test_libreoffice_shows_what_the_file_says(laid_out: dict[str, list[str]], name: str) -> None:
    content = part(FILES[name])
    # What LibreOffice does not print, as it is there to be replaced.
    for placeholder in found(content, "//text:placeholder"):
        placeholder.text = ""
    for twice in found(content, "//text:label | //text:index-title-template | //table:title"):
        twice.text, twice.attrib["x"] = "", ""
    shown = body_of(laid_out[name], DOCUMENTS[name])
    for paragraph in found(content, "//text:p | //text:h"):
        text = squeezed("".join(paragraph.itertext()))
        assert text in shown, text


def body_of(pages: list[str], document: b.Document) -> str:
    """Return all that stands between each page's header (from the second on) and its footer.

    Without spaces and line breaks, since where a line breaks hangs on the machine's fonts.
    """
    header = squeezed(f"{document.title}Næringsvennlig region")
    address = squeezed(PROJECT.region.base_url + document.address)
    found = []
    for number, page in enumerate(map(squeezed, pages), start=1):
        footer = squeezed(f"{address}Side {number} av {len(pages)}")
        assert page.endswith(footer), f"page {number}: {page[-200:]}"
        assert number == 1 or page.startswith(header), f"page {number}: {page[:200]}"
        found.append(page.removesuffix(footer)[0 if number == 1 else len(header) :])
    return "".join(found)


@pytest.mark.parametrize("name", SHOWN)
def test_each_page_says_which_document_and_page_it_is(
    laid_out: dict[str, list[str]], name: str
) -> None:
    pages = laid_out[name]
    for number, page in enumerate(pages, start=1):
        assert f"Side {number} av {len(pages)}" in page
        assert DOCUMENTS[name].address in page
        assert squeezed(DOCUMENTS[name].title) in squeezed(page)


def test_a_table_over_several_pages_repeats_its_header(laid_out: dict[str, list[str]]) -> None:
    agenda = [page for page in laid_out["rolleavklaring"] if re.search(r"\d:\d\d–\d:\d\d", page)]
    assert len(agenda) > 1
    assert all(re.search(r"\bTid\s+Hva\b", page) for page in agenda)


@pytest.mark.parametrize("name", FILES)
def test_tables_have_header_rows_and_whole_rows(name: str) -> None:
    content = part(FILES[name])
    tables = list(of_type(DOCUMENTS[name].blocks, b.Table | b.FieldTable | b.Agenda | b.Way))
    assert len(found(content, "//table:table-header-rows")) == len(tables)
    for row in found(content, "//table:table-row"):
        style = row.get(f"{{{NAMESPACES['table']}}}style-name")
        path = f"//style:style[@style:name='{style}']//@fo:keep-together"
        assert found(content, path) == ["always"]


@pytest.mark.parametrize("name", FILES)
def test_headings_form_an_outline_without_a_gap(name: str) -> None:
    levels = [int(n) for n in found(part(FILES[name]), "//text:h/@text:outline-level")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    styles = found(part(FILES[name]), "//office:text/text:p/@text:style-name")
    assert styles.count("Title") == 1


@pytest.mark.parametrize("name", FILES)
def test_each_field_can_be_filled_in_under_its_label(name: str) -> None:
    content = part(FILES[name])
    fields = [f for f in of_type(DOCUMENTS[name].blocks, b.Field) if not f.options]
    questions = list(of_type(DOCUMENTS[name].blocks, b.Question))
    labels = [f.label for f in fields] + [question.text for question in questions]
    labels += [label for label, value in DOCUMENTS[name].register if not value]
    found_labels = found(content, "//text:placeholder/@text:description")
    assert sorted(found_labels) == sorted(labels)
    choices = [
        (f.rows, column)
        for f in of_type(DOCUMENTS[name].blocks, b.FieldTable)
        for column in f.columns
        if column.kind == "choice" and column.options
    ]
    assert len(found(content, "//text:drop-down")) == sum(rows for rows, _ in choices)
    boxes = sum(len(f.options) for f in of_type(DOCUMENTS[name].blocks, b.Field))
    boxes += sum(len(c.points) for c in of_type(DOCUMENTS[name].blocks, b.Checklist))
    boxes += sum(
        f.rows
        for f in of_type(DOCUMENTS[name].blocks, b.FieldTable)
        for column in f.columns
        if column.kind == "choice" and not column.options
    )
    assert "".join(content.itertext()).count("☐") == boxes


def test_guidance_is_hidden_by_one_change_of_one_style(tmp_path: Path) -> None:
    name = "prosjektplan-forstudie"
    guidance = [
        squeezed(text)
        for callout in of_type(DOCUMENTS[name].blocks, b.Callout)
        if callout.kind == "guidance"
        for text in texts(callout.blocks)
    ]
    assert len(guidance) > 20
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FILES[name])) as file, zipfile.ZipFile(out, "w") as changed:
        for info in file.infolist():
            data = file.read(info)
            if info.filename == "styles.xml":
                styles = etree.fromstring(data)
                text = found(
                    styles, "//style:style[@style:name='Veiledning']/style:text-properties"
                )
                text[0].set(f"{{{NAMESPACES['text']}}}display", "none")
                data = etree.tostring(styles)
            changed.writestr(info, data)
    pages = to_pdf({"shown": FILES[name], "hidden": out.getvalue()}, tmp_path)
    shown, hidden = (squeezed("".join(pages[key])) for key in ("shown", "hidden"))
    assert all(text in shown for text in guidance[:3])
    assert [text for text in guidance if text in hidden] == []
    assert squeezed("Dette gjør vi ikke i forstudien") in hidden


def test_who_downloads_knows_what_they_have() -> None:
    document = DOCUMENTS["prosjektplan-forstudie"]
    meta = odfdo.Document(io.BytesIO(FILES["prosjektplan-forstudie"])).meta
    assert meta.title == document.title
    assert meta.subject == document.label == "Mal"
    assert meta.creator == meta.initial_creator == PROJECT.region.owner
    assert "Næringsvennlig region" in meta.keyword
    assert document.updated
    assert meta.date.date() == meta.creation_date.date() == document.updated
    own = meta.user_defined_metadata
    assert own["Saksnummer"] == ""
    assert own["Versjon i håndboken"] == document.version
    assert own["Nettsiden"] == PROJECT.region.base_url + document.address


def test_an_example_keeps_its_case_number_in_its_properties() -> None:
    meta = odfdo.Document(io.BytesIO(FILES["eksempel-prosjektplan-forstudie"])).meta
    register = dict(DOCUMENTS["eksempel-prosjektplan-forstudie"].register)
    assert register["Saksnummer"]
    assert meta.user_defined_metadata["Saksnummer"] == register["Saksnummer"]


@pytest.mark.parametrize("name", FILES)
def test_odfdo_reads_headings_and_tables(name: str) -> None:
    body = odfdo.Document(io.BytesIO(FILES[name])).body
    headings = [squeezed(str(head.text_recursive)) for head in body.headers]
    sections = of_type(DOCUMENTS[name].blocks, b.Section)
    assert headings == [squeezed(one.number + one.title) for one in sections]
    tables = list(of_type(DOCUMENTS[name].blocks, b.Table | b.FieldTable | b.Agenda | b.Way))
    assert len(body.tables) >= len(tables)


@pytest.mark.parametrize(("files", "language"), [(FILES, "nb"), (NN_FILES, "nn")])
def test_the_language_is_said(files: dict[str, bytes], language: str) -> None:
    for data in files.values():
        styles, meta = part(data, "styles.xml"), part(data, "meta.xml")
        assert found(styles, "//style:default-style/style:text-properties/@fo:language") == [
            language
        ]
        assert found(styles, "//@fo:country") == ["NO"]
        assert found(meta, "//dc:language/text()") == [f"{language}-NO"]


def test_a_card_in_the_other_language_is_marked() -> None:
    card = b.Card("Mal", "Tittel på nynorsk", "Kva det er.", "template/mandat", "", "nn")
    content = part(written(small(b.Cards((card,))), shared_by(NB)))
    spans = found(content, "//text:span[@text:style-name='Språk_nn']")
    assert ["".join(span.itertext()) for span in spans] == ["Tittel på nynorsk"]
    assert found(content, "//style:style[@style:name='Språk_nn']//@fo:language") == ["nn"]


@pytest.mark.parametrize("name", FILES)
def test_links_lead_somewhere(name: str) -> None:
    content = part(FILES[name])
    places = found(content, "//text:bookmark/@text:name")
    assert len(places) == len(set(places))
    for link in found(content, "//text:a/@xlink:href"):
        if link.startswith("#"):
            assert link[1:] in places
        else:
            assert re.match(r"https?://|mailto:|tel:", link)


def test_sheets_have_their_own_page_and_paper(tmp_path: Path) -> None:
    (tmp_path / "x.odt").write_bytes(FILES["rolleavklaring"])
    to_pdf({"x": FILES["rolleavklaring"]}, tmp_path)
    with pypdfium2.PdfDocument(tmp_path / "x.pdf") as pdf:
        sizes = {}
        for page in pdf:
            text = page.get_textpage().get_text_range()
            for sheet in ("Mitt syn på ansvaret (A4)", "Ansvarsmatrise (A3)", "Følg henvendelsen"):
                if sheet in text:
                    sizes[sheet] = tuple(round(side * 25.4 / 72) for side in page.get_size())
    assert sizes == {
        "Mitt syn på ansvaret (A4)": (210, 297),
        "Ansvarsmatrise (A3)": (420, 297),
        "Følg henvendelsen": (210, 297),
    }


def test_files_are_small() -> None:
    assert {name: len(data) for name, data in FILES.items() if len(data) > MAX_BYTES} == {}
    made = job(DOCUMENTS["prosjektplan-hovedprosjekt"], shared_by(NB))
    assert len(pickle.dumps(made.payload)) < 200_000


_ELSEWHERE = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.writers.odt.test_odt import FILES
print(hashlib.sha256(b"".join(FILES.values())).hexdigest())
"""


def test_the_same_bytes_in_another_folder_time_zone_and_hash_seed(tmp_path: Path) -> None:
    here = hashlib.sha256(b"".join(FILES.values())).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE.format(root=str(ROOT))],
        cwd=tmp_path,
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    assert there == here


def test_the_zip_carries_the_documents_date() -> None:
    day = DOCUMENTS["mandat"].updated
    assert day
    with zipfile.ZipFile(io.BytesIO(FILES["mandat"])) as file:
        dates = {info.date_time for info in file.infolist()}
    assert dates == {(day.year, day.month, day.day, 0, 0, 0)}


def with_logo(folder: Path, name: str, data: bytes) -> Shared:
    (folder / name).write_bytes(data)
    (mark,) = marks([folder / name]).values()
    assert isinstance(mark, Mark)
    logo = BrandLogo(light=name, alt="Fjordane & fjell")
    file = BrandFile.model_validate({"color": {"primary": "#7a1f5c"}})
    brand = dataclasses.replace(resolve(file, folder), logo=logo, marks={name: mark})
    return shared_by(NB, brand=brand)


def test_the_logo_stands_on_the_cover_with_its_text(tmp_path: Path, schema: Any) -> None:
    data = written(DOCUMENTS["mandat"], with_logo(tmp_path, "logo.svg", SVG))
    content = part(data)
    assert schema.validate(content.getroottree())
    frame = found(content, "//draw:frame")[0]
    assert found(frame, "svg:title/text()") == found(frame, "svg:desc/text()")
    assert found(frame, "svg:title/text()") == ["Fjordane & fjell"]
    assert [float(side[:-2]) for side in found(frame, "@svg:width | @svg:height")] == [56, 14]
    picture = found(frame, "draw:image/@xlink:href")[0]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.read(picture).startswith(b"\x89PNG")  # every program that reads ODT shows it
    entries = found(
        part(data, "META-INF/manifest.xml"), "//manifest:file-entry/@manifest:full-path"
    )
    assert picture in entries
    to_pdf({"x": data}, tmp_path)
    with pypdfium2.PdfDocument(tmp_path / "x.pdf") as pdf:
        drawn = pdf[0].render(scale=0.5).to_pil().convert("RGB")
    own = (0x00, 0xC8, 0x53)  # the logo's colour, as near as LibreOffice's JPEG keeps it
    bands = drawn.tobytes()
    dots = zip(bands[::3], bands[1::3], bands[2::3], strict=True)
    near = [all(abs(a - b) < 6 for a, b in zip(dot, own, strict=True)) for dot in dots]
    assert sum(near) > 20 * 5


def test_headings_and_links_have_the_regions_own_colours_where_they_can_be_read(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "region"
    folder.mkdir()
    (folder / "_brand.yml").write_text(
        'color: {primary: "#7a0026", link: "#00a0ff"}\n'
        'typography: {headings: {color: "#ffcc00"}}\n',
        encoding="utf-8",
    )
    brand = load_brand(folder, "r", [])
    mandate = DOCUMENTS["mandat"]
    plain = shared_by(NB, brand=brand)
    styles = part(written(mandate, plain), "styles.xml")

    def colour(name: str) -> str:
        (found_one,) = found(styles, f"//style:style[@style:name='{name}']//@fo:color")
        return str(found_one)

    headings = {colour(name) for name in ("Heading", "Heading_20_4")}
    assert len(headings) == 1
    for shown, own in ((headings.pop(), "#ffcc00"), (colour("Internet_20_link"), "#00a0ff")):
        assert shown not in (own, brand.paper["accent"])
        assert contrast(shown, "#ffffff") >= 7


def test_the_regions_colours_and_name_are_in_the_file(tmp_path: Path) -> None:
    region = PROJECT.region.model_copy(update={"name": Plain('Fjell & "Fjord" <b>')})
    shared = dataclasses.replace(with_logo(tmp_path, "logo.svg", SVG), region=region)
    data = written(DOCUMENTS["mandat"], shared)
    styles = part(data, "styles.xml")
    accent = shared.brand.light["accent"]
    assert accent != PROJECT.brand.light["accent"]
    links = found(styles, "//style:style[@style:name='Internet_20_link']//@fo:color")
    assert links == [accent]
    assert 'Fjell & "Fjord" <b>' in "".join(found(styles, "//style:header//text()"))
    assert 'Fjell & "Fjord" <b>' in "".join(part(data).itertext())


def test_a_character_that_xml_cannot_hold_is_named() -> None:
    with pytest.raises(WriterError, match=r"x\.odt"):
        written(small(Paragraph((Run("a\ufffeb"),))), shared_by(NB))


def test_the_key_follows_what_the_file_is_made_from(tmp_path: Path) -> None:
    document = DOCUMENTS["mandat"]
    keys = [
        job(document, shared_by(NB)).key,
        job(dataclasses.replace(document, title="Annet"), shared_by(NB)).key,
        job(document, shared_by(NB, base_url="https://annet.example.no/")).key,
        job(document, with_logo(tmp_path, "logo.svg", SVG)).key,
        job(document, with_logo(tmp_path, "logo.svg", SVG.replace(b"00c853", b"00c854"))).key,
    ]
    assert len(set(keys)) == len(keys)
    assert job(compose(NB, NB.handbook.get("template", "mandat")), shared_by(NB)).key == keys[0]


def test_spaces_and_signs_are_kept() -> None:
    text = "a  b & <c> «d» 1\u00a0000 kr"
    content = part(written(small(Paragraph((Run(text, strong=True),))), shared_by(NB)))
    last = found(content, "//text:p")[-1]
    for space in found(last, ".//text:s"):
        space.text = " " * int(space.get(f"{{{NAMESPACES['text']}}}c"))
    assert "".join(last.itertext()) == text


def test_every_kind_of_block_is_written(schema: Any) -> None:
    inner = List(((Paragraph((Run("inne"),)), List(((Paragraph((Run("dypt"),)),),), True)),))
    cell = (Paragraph((Run("celle", em=True, strong=True, target="https://example.no/"),)), inner)
    column = b.FieldColumn("k", "Kolonne", "amount", 2, sum=True)
    choice = b.FieldColumn("v", "Valg", "choice", 1, (("a", "A"), ("b", "B")))
    document = small(
        inner,
        b.Table("T", ("En", "To"), ((cell, cell),), totals=("Sum", "5"), show_caption=True),
        b.Table("T", ("En", "To"), ((cell, cell),)),
        *(b.Callout(kind, kind, cell) for kind in ("script", "letter", "guidance", "notice")),
        b.Callout("letter", "enda et", cell),
        b.Answer("a", "Svar", cell),
        b.FieldTable("f", "Felttabell", (b.FieldColumn("x", "X", "short", 1), column, choice), 2),
        b.Terms((b.TermEntry("ord", "Ord", cell, ("Merk.",)),)),
        b.Process((b.ProcessStep("phase", 1, "Fase", "Noe", "phase/forstudie", True),)),
        b.Section("a3", "Stort ark", (b.Field("l", "Langt", "long", lines=3),), paper="A3"),
        Paragraph((Run("tilbake på A4"),)),
        b.Section("s", "S", (b.Section("t", "T", (b.Section("u", "U", inner.items[0]),)),)),
    )
    content = part(written(document, shared_by(NB)))
    assert schema.validate(content.getroottree()), schema.error_log[0]
    whole = squeezed("".join(content.itertext()))
    assert all(squeezed(text) in whole for text in texts(document.blocks))
