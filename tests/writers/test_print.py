"""Paper: cards, QR codes, the run sheet, sums, and what a file says of itself."""

from __future__ import annotations

import ctypes
import dataclasses
import datetime as dt
import functools
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import odfdo
import openpyxl
import pikepdf
import pypdfium2
import pypdfium2.raw
import pytest
import zxingcpp
from lxml import etree

from macros.content.brand.brand import BrandLogo
from macros.content.brand.logo import marks
from macros.content.brand.mark import Mark
from macros.content.guides import Interview, Meeting, Workshop
from macros.content.survey import Survey
from macros.document import blocks as b
from macros.document.compose import compose
from macros.document.edition import Writing, load_edition
from macros.document.shared import Shared
from macros.writers import WriterError, pdf
from tests import real
from tests.verapdf import validate

# One worker makes each file, and makes it once.
pytestmark = pytest.mark.xdist_group("print")
PROJECT = real.project()
NB = PROJECT.handbooks["nb"]
HELD = [*NB.all(Meeting), *NB.all(Workshop)]
CARDS = [  # each content once: nynorsk offers the source's card where there is no twin
    (language, f"{item.id}-kort.pdf")
    for language, handbook in PROJECT.handbooks.items()
    for item in (*handbook.all(Meeting), *handbook.all(Workshop))
    if item.language == language
]
QR_DPI = 150


@functools.cache
def made(name: str, language: Any = "nb") -> bytes:
    job = real.offered()[language][name]
    return real.finished(job).data


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as file:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in file]


def smallest_type(data: bytes) -> float:
    """Return the least type size on the first page, in points."""
    with pypdfium2.PdfDocument(data) as file:
        text = file[0].get_textpage()
        return min(
            _size(text, at)
            for at in range(text.count_chars())
            if text.get_text_range(at, 1).strip()
        )


def _size(text: Any, at: int) -> float:
    """Return the size of a letter as it stands on the page: nominal size times its matrix."""
    matrix = pypdfium2.raw.FS_MATRIX()
    assert pypdfium2.raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
    return float(abs(matrix.d) * pypdfium2.raw.FPDFText_GetFontSize(text, at))


def qr_codes(data: bytes) -> list[tuple[str, float]]:
    """Return (text, width in mm with quiet zone) of each QR code on the first page."""
    with pypdfium2.PdfDocument(data) as file:
        picture = file[0].render(scale=QR_DPI / 72).to_pil().convert("L")
    found = []
    for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
        place = code.position
        across = abs(place.top_right.x - place.top_left.x) / QR_DPI * 25.4
        modules = 17 + 4 * int(code.extra["Version"])
        found.append((code.text, across * (modules + 8) / modules))
    return found


def alternatives(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as file:
        return [
            str(element.Alt)
            for element in file.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
        ]


def test_every_meeting_and_workshop_has_a_card_in_its_own_language() -> None:
    own = {name for language, name in CARDS if language == "nb"}
    assert own == {f"{item.id}-kort.pdf" for item in HELD}
    assert made("rolleavklaring-kort.pdf", "nn") != made("rolleavklaring-kort.pdf")


@pytest.mark.parametrize(("language", "name"), CARDS)
def test_a_card_is_one_page_that_can_be_read(language: str, name: str) -> None:
    data = made(name, language)
    assert len(pages(data)) == 1
    assert smallest_type(data) > 8.45
    assert len(data) < 60_000


@pytest.mark.parametrize("item", HELD, ids=lambda item: item.id)
def test_a_card_says_all_that_one_needs_to_hold_it(item: Meeting | Workshop) -> None:
    (text,) = pages(made(f"{item.id}-kort.pdf"))
    squeezed = re.sub(r"[\s\ufffe\u00ad-]+", "", text)
    steps = item.agenda if isinstance(item, Meeting) else item.run_sheet
    outputs = [step.result if isinstance(item, Meeting) else step.output for step in steps]
    bring = [p.title for p in item.papers] if isinstance(item, Meeting) else item.materials
    w = Writing(load_edition(PROJECT, "nb"), item)
    texts = [
        item.title, item.summary, *(step.title for step in steps), *outputs, *bring, *item.result,
        *(participant.who for participant in item.participants),
    ]  # fmt: skip
    said = [
        *map(w.text, texts), "Start kl.", "0:00–",
        f"https://handbok.example.no/guider/{'mote' if item.kind == 'meeting' else 'workshop'}",
    ]  # fmt: skip
    assert [x for x in said if re.sub(r"[\s-]+", "", x) not in squeezed] == []
    clock = 0
    for step in steps:
        times = f"{clock // 60}:{clock % 60:02d}–"
        clock += step.minutes
        assert f"{times}{clock // 60}:{clock % 60:02d} {step.minutes} " in text


def test_a_card_that_is_too_long_is_refused_by_name() -> None:
    payload = real.body(real.offered()["nb"]["swot-kort.pdf"]).payload
    long = dataclasses.replace(
        payload, html=payload.html.replace("</h1>", "</h1>" + "<p>ord " * 60)
    )
    with pytest.raises(WriterError, match=r"swot-kort\.pdf: .* én side\. Kort ned .*«Ta med»"):
        pdf.render_card(long)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("kompetanse-og-kultur-kort.pdf", "guider/workshop/kompetanse-og-kultur/"),
        ("beslutningsmote.pdf", "guider/mote/beslutningsmote/"),
        ("intervju-ordforer.pdf", "guider/intervju/ordforer/"),
        ("mandat.pdf", "maler/mandat/"),
        ("mandat-utfyllbar.pdf", "maler/mandat/"),
        ("forstudie.pdf", "faser/forstudie/"),
        ("undersokelse-samarbeidstillit.pdf", "undersokelser/samarbeidstillit/"),
    ],
)
def test_a_phone_finds_the_page_from_paper(name: str, address: str) -> None:
    data = made(name)
    where = f"https://handbok.example.no/{address}"
    ((text, width),) = qr_codes(data)
    assert text == where
    assert width > 20
    assert f"QR-kode til {where}" in alternatives(data)


def test_cards_and_run_sheets_pass_pdf_a_and_pdf_ua(tmp_path: Path) -> None:
    files = []
    for name in ("tillit-kort.pdf", "oppstartsmote-kort.pdf", "tillit.pdf", "intervju-grunder.pdf"):
        files.append(tmp_path / name)
        files[-1].write_bytes(made(name))
    assert validate(["2a", "ua1"], files) == {path: [] for path in files}


LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><defs><linearGradient id="a">'
    '<stop stop-color="#004f71"/><stop offset="1" stop-color="#0a0" stop-opacity=".5"/>'
    '</linearGradient><mask id="m"><circle cx="20" cy="10" r="9" fill="#fff"/></mask></defs>'
    '<g {}><rect width="40" height="20" fill="url(#a)" opacity=".8"/></g></svg>'
)


def test_a_logo_is_vectors_in_pdf_or_a_picture_and_passes_either_way(tmp_path: Path) -> None:
    meeting = NB.find(Meeting, "oppstartsmote")
    pictures = {}
    for name, look in (("vektor", ""), ("bilde", 'mask="url(#m)"')):
        file = tmp_path / f"{name}.svg"
        file.write_text(LOGO.format(look))
        (mark,) = marks([file]).values()
        assert isinstance(mark, Mark)
        logo = BrandLogo(light=file.name, alt="Fjord")
        brand = dataclasses.replace(PROJECT.brand, logo=logo, marks={file.name: mark})
        edition = load_edition(PROJECT, "nb")
        shared = Shared(PROJECT.region, brand, edition.words(), "https://handbok.example.no/")
        job = pdf.job(compose(edition, meeting), shared)
        (tmp_path / f"{name}.pdf").write_bytes(real.finished(job).data)
        with pikepdf.open(tmp_path / f"{name}.pdf") as made_of:
            streams = [one for one in made_of.objects if isinstance(one, pikepdf.Stream)]
            pictures[name] = [str(one.get("/Subtype")) for one in streams].count("/Image")
    assert pictures["bilde"] > pictures["vektor"] == 0
    files = [tmp_path / f"{name}.pdf" for name in pictures]
    assert validate(["2a", "ua1"], files) == {path: [] for path in files}


@pytest.mark.parametrize("item", HELD, ids=lambda item: item.id)
def test_a_run_sheet_has_a_clock_room_for_notes_and_rows_that_begin_with_their_title(
    item: Meeting | Workshop,
) -> None:
    """A long row goes on over the page; its time and its title are never parted."""
    found = pages(made(f"{item.id}.pdf"))
    assert sum("Start kl." in page for page in found) == 1
    w = Writing(load_edition(PROJECT, "nb"), item)
    steps = item.agenda if isinstance(item, Meeting) else item.run_sheet
    clock = 0
    for step in steps:
        times = f"{clock // 60}:{clock % 60:02d}–"
        clock += step.minutes
        (page,) = [x for x in found if times + f"{clock // 60}:{clock % 60:02d}" in x]
        assert "Fra start Hva Notater" in page  # the header, on each page
        row = page[page.index(times) :]
        rest = row + "".join(found[found.index(page) + 1 :][:1])
        last = step.result if isinstance(item, Meeting) else step.output
        assert "kl." in row
        assert re.sub(r"\s", "", w.text(step.title)) in re.sub(r"\s", "", row)
        words = re.sub(r"\s", "", w.text(last))
        assert words in re.sub(r"\s", "", rest) or words[:20] in re.sub(r"\s", "", rest)


@pytest.mark.parametrize("name", ["ambisjon", "tillit"])  # the first sheet is A4, and A3
def test_the_heading_of_the_worksheets_stands_over_the_first(name: str) -> None:
    item = NB.find(Workshop, name)
    found = pages(made(f"{name}.pdf"))
    (page,) = [x for x in found if "Arbeidsark" in x and "Hører sammen" not in x]
    assert item.worksheets[0].title in page


def drawn(*inner: b.Block) -> list[str]:
    document = b.Document(
        kind="template",
        id="prove",
        language="nb",
        label="Mal",
        title="Prøve",
        summary="Prøve",
        address="prove/",
        facts=b.Facts(()),
        blocks=(b.Section("s", "Del", inner),),
        name="prove",
        version="1.0",
        updated=dt.date(2026, 1, 1),
    )
    words = load_edition(PROJECT, "nb").words()
    shared = Shared(PROJECT.region, PROJECT.brand, words, "https://handbok.example.no/")
    return pages(real.finished(pdf.job(document, shared)).data)


def test_a_sum_stands_once_at_the_end_of_a_table_over_pages() -> None:
    columns = (
        b.FieldColumn("a", "Post", "short", 1),
        b.FieldColumn("b", "Kroner", "amount", 1, sum=True),
    )
    found = drawn(b.FieldTable("t", "Tabell", columns, 90))
    assert len(found) > 2
    assert [page.count("Sum") for page in found] == [0] * (len(found) - 1) + [1]
    assert all("Post Kroner" in page for page in found)
    rows = tuple(tuple((b.Paragraph((b.Run(str(n)),)),) for _ in "ab") for n in range(80))
    found = drawn(b.Table("Tall", ("Post", "Kroner"), rows, totals=("Totalt", "100")))
    assert [page.count("Totalt") for page in found] == [0] * (len(found) - 1) + [1]


@pytest.mark.parametrize("item", NB.all(Interview), ids=lambda item: item.id)
def test_an_interview_is_put_on_record_without_a_name(item: Interview) -> None:
    document = compose(load_edition(PROJECT, "nb"), item)
    labels = [label for label, _ in document.register]
    for wanted in ("Saksnummer", "Intervju nummer", "Dato", "Sted", "Intervjuet av", "Samtykke"):
        assert any(label.startswith(wanted) for label in labels)
    assert not any(label.startswith("Navn") for label in labels)


def test_the_cover_of_an_interview_asks_for_all_of_it() -> None:
    document = compose(load_edition(PROJECT, "nb"), NB.find(Interview, "ordforer"))
    cover = pages(made("intervju-ordforer.pdf"))[0]
    assert [label for label, _ in document.register if label not in cover] == []


@pytest.mark.parametrize("item", NB.all(Survey), ids=lambda item: item.id)
def test_a_question_says_its_limit_once(item: Survey) -> None:
    document = compose(load_edition(PROJECT, "nb"), item)
    hints = re.findall(r"hint='([^']*Velg høyst[^']*)'", repr(document))
    assert all(hint.count("Velg") == 1 for hint in hints)


WHERE = "https://handbok.example.no/maler/mandat/"


def mandate() -> dict[str, str]:
    item = NB.get("template", "mandat")
    return {
        "title": item.title,
        "version": item.version,  # type: ignore[attr-defined]
        "owner": PROJECT.region.owner,
        "date": item.updated.isoformat(),  # type: ignore[attr-defined]
    }


@pytest.mark.parametrize("name", ["mandat.pdf", "mandat-utfyllbar.pdf"])
def test_a_pdf_says_what_it_is(name: str) -> None:
    known = mandate()
    with pypdfium2.PdfDocument(made(name)) as file:
        info = file.get_metadata_dict()
        first = " ".join(file[0].get_textpage().get_text_range().split())
    assert info["Title"] == known["title"]
    assert info["Author"] == known["owner"]
    assert f"Versjon {known['version']}" in info["Keywords"]
    assert WHERE in info["Keywords"]
    assert info["ModDate"].startswith("D:" + known["date"].replace("-", ""))
    assert f"Versjon {known['version']}" in first
    assert WHERE in first.replace(" ", "")


def test_an_archive_reads_version_and_address_in_the_xmp() -> None:
    with pikepdf.open(io.BytesIO(made("mandat.pdf"))) as file, file.open_metadata() as found:
        assert found["dc:identifier"] == WHERE
        assert found["xmpMM:VersionID"] == mandate()["version"]
        assert found["dc:title"] == mandate()["title"]
        assert list(found["dc:creator"]) == [mandate()["owner"]]


def test_a_word_file_says_what_it_is() -> None:
    known = mandate()
    with zipfile.ZipFile(io.BytesIO(made("mandat.docx"))) as file:
        core = etree.fromstring(file.read("docProps/core.xml"))
        custom = etree.fromstring(file.read("docProps/custom.xml"))
    said = {etree.QName(node).localname: node.text for node in core}
    own = {node.get("name"): "".join(node.itertext()) for node in custom}
    assert said["title"] == known["title"]
    assert said["creator"] == known["owner"]
    assert said["version"] == known["version"]
    assert said["modified"].startswith(known["date"])
    assert WHERE in own.values()
    assert known["version"] in own.values()
    assert "Saksnummer" in own


def test_an_odt_file_says_what_it_is() -> None:
    known = mandate()
    meta = odfdo.Document(io.BytesIO(made("mandat.odt"))).meta
    assert meta.title == known["title"]
    assert meta.creator == known["owner"]
    assert str(meta.date).startswith(known["date"])
    own = meta.user_defined_metadata
    assert own["Nettsiden"] == WHERE
    assert own["Versjon i håndboken"] == known["version"]
    assert "Saksnummer" in own


def test_a_spreadsheet_says_what_it_is() -> None:
    item = NB.find(Survey, "bedrifter")
    found = openpyxl.load_workbook(
        io.BytesIO(made("undersokelse-bedrifter-xlsform.xlsx"))
    ).properties
    assert found.title == item.title
    assert found.creator == PROJECT.region.owner
    assert f"Versjon {item.version}" in str(found.description)
    assert "https://handbok.example.no/undersokelser/bedrifter/" in str(found.description)
    assert found.created.date() == item.updated


# What a page's text ends with before its foot: the label of what stands on the next one.
_ALONE = re.compile(r"(?:^|\s)(?:Slik|Si|Gir|Regn med|Del ut)[\s•]*$")


@pytest.mark.parametrize("kind", [Workshop, Meeting])
def test_no_label_of_a_run_sheet_stands_alone_at_the_foot_of_a_page(
    kind: type[Workshop | Meeting],
) -> None:
    alone = []
    for item in NB.all(kind):
        for number, page in enumerate(pages(made(f"{item.id}.pdf")), start=1):
            text = page.partition("https://handbok")[0]
            for running in (item.title, "Næringsvennlig region"):
                head, _, tail = text.rpartition(str(running))
                text = head if len(tail) < 40 else text
            alone += [f"{item.id} {number}"] if _ALONE.search(text.rstrip()) else []
    assert alone == []
