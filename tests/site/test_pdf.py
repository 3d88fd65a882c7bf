"""PDFs by what they mean to a reader, an archive and a screen reader."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import html

from macros.content.base import Language
from macros.content.fields import TableField
from macros.content.guides import Meeting
from macros.content.handbook import WHOLE_NAME, download_name
from macros.content.model import KINDS
from macros.content.text import Rich
from macros.document import blocks
from macros.document.edition import Writing, load_edition
from macros.document.formats import file_name
from macros.document.shared import Shared
from macros.writers import WriterError
from macros.writers.page import PageWriter
from macros.writers.pdf import BodyPayload, job, render_body
from tests import real
from tests.verapdf import validate

PROJECT = real.project()
EDITION = load_edition(PROJECT, "nb")
WHOLE = file_name(WHOLE_NAME, "pdf")
NB = PROJECT.handbooks["nb"]
FILES = {f"{name}.pdf": item for item in NB.pages() if (name := download_name(item)) is not None}


# Where the reader is, what is ticked and the clock belong to the screen. So do a way down the page,
# and what a card says of what a tap would open.
SCREEN_ONLY = (
    ".//div[@class='downloads'] | .//svg | .//ol[@class='process-small']"
    " | .//p[@class='head__way'] | .//p[@class='cards__summary'] | .//span[@class='said']"
    " | .//*[contains(concat(' ', @class, ' '), ' work ')] | .//p[@class='field__kind']"
)


# Of the PDFs to read and to fill in: one turn is taken in `make test`, all in `make audit`.
TURNS = 24
FORM_TURNS = 8
# The form of a meeting's minutes is for a screen: paper says what goes into it.
ON_SCREEN = ".//section[*[1][self::h2 or self::h3][contains(@id, 'referat')]]"

# Pages that a reader gets to the end of: at most so many of each kind, without worksheets.
MOST = {"template": 14, "workshop": 9, "meeting": 6, "interview": 8, "survey": 10}


def squeezed(text: str) -> str:
    """Return text without space, so that line breaks do not matter."""
    return re.sub(r"[\s\u00ad\ufffe\u200b-]+", "", text)


def pdf_text(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def built(site: Path, *, forms: bool) -> list[Path]:
    """Return both languages' PDFs, to read or to fill in, each content once, without the whole."""
    files = sorted([*(site / "last-ned").glob("*.pdf"), *(site / "nn/last-ned").glob("*.pdf")])
    parts = [path for path in files if path.name != WHOLE]
    wanted = [path for path in parts if path.stem.endswith("-utfyllbar") == forms]
    return list({path.read_bytes(): path for path in wanted}.values())


def failures(flavours: list[str], files: list[Path]) -> dict[str, list[str]]:
    found = validate(flavours, files)
    assert len(found) == len(files)
    return {path.name: rules for path, rules in found.items() if rules}


@pytest.mark.parametrize(
    "turn", [0, *(pytest.param(at, marks=pytest.mark.audit) for at in range(1, TURNS))]
)
def test_every_pdf_to_read_passes_pdf_a_2a_and_pdf_ua_1(site: Path, turn: int) -> None:
    """They take turns, each kind in each: every 24th in `make test`, all in `make audit`."""
    files = built(site, forms=False)
    assert len(files) > len(FILES)
    assert failures(["2a", "ua1"], files[turn::TURNS]) == {}


@pytest.mark.audit
def test_the_whole_handbook_passes_what_its_parts_pass(site: Path) -> None:
    """Its judge takes longer than that of all other files together."""
    files = [site / "last-ned" / WHOLE, site / "nn/last-ned" / WHOLE]
    assert failures(["2a", "ua1"], files) == {}


@pytest.mark.parametrize(
    "turn", [0, *(pytest.param(at, marks=pytest.mark.audit) for at in range(1, FORM_TURNS))]
)
def test_every_pdf_to_fill_in_passes_pdf_ua_1(site: Path, turn: int) -> None:
    files = built(site, forms=True)
    assert len(files) > 28
    assert failures(["ua1"], files[turn::FORM_TURNS]) == {}


@pytest.mark.audit
def test_no_pdf_has_a_slot_that_was_not_filled(site: Path) -> None:
    for path in [*built(site, forms=False), *built(site, forms=True)]:
        with pikepdf.open(path) as pdf:
            words = [str(pdf.docinfo), pdf.Root.Metadata.read_bytes().decode()]
            for found in pdf.objects:
                if isinstance(found, pikepdf.Dictionary):
                    words += [str(found.get(key, "")) for key in ("/Alt", "/URI", "/Contents")]
                    action = found.get("/A")
                    words.append(str(action.get("/URI", "")) if _is_dictionary(action) else "")
                elif isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image":
                    assert found.Height > 1, path.name
        assert [word for word in words if "nvr-" in word] == [], path.name


def _is_dictionary(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary)


@pytest.mark.parametrize("name", FILES)
def test_the_pdf_says_what_the_page_says(site: Path, name: str) -> None:
    item = FILES[name]
    # The whole, as another page would show it: the item's own folds some of it, or leads on to it.
    shown = PageWriter(EDITION, "et-annet-sted/").item([item.kind], item.id)
    article = html.fromstring(str(shown))
    for left_out in article.xpath(f"{SCREEN_ONLY} | {ON_SCREEN}"):
        left_out.drop_tree()
    printed = squeezed(" ".join(pdf_text(site / "last-ned" / name)))
    texts = [
        squeezed(node.text_content())
        for node in article.xpath(
            ".//h1 | .//h2 | .//h3 | .//h4 | .//dt | .//dd[not(.//p)] | .//th[not(.//p)]"
            " | .//caption | .//p | .//li[not(.//p)]"
        )
    ]
    assert len(texts) > 10
    missing = [text for text in texts if text and not _stands_in(text, printed)]
    assert missing == []


@pytest.mark.parametrize("item", NB.all(Meeting), ids=lambda item: item.id)
def test_paper_says_what_minutes_must_have_and_where_their_form_is(
    site: Path, item: Meeting
) -> None:
    path = site / "last-ned" / f"{item.id}.pdf"
    printed = squeezed(" ".join(pdf_text(path)))
    asked = [field.label for field in item.record]
    asked += [c.label for one in item.record if isinstance(one, TableField) for c in one.columns]
    w = Writing(EDITION, item)
    assert [label for label in asked if squeezed(w.text(label)) not in printed] == []
    with pikepdf.open(path) as pdf:
        links = {str(link) for link in _links(pdf)}
    word = site / "last-ned" / f"{item.id}.docx"
    assert word.is_file()
    assert f"https://handbok.example.no/last-ned/{word.name}" in links
    assert "https://handbok.example.no/maler/innkalling-og-referat/" in links


@pytest.mark.parametrize(("folder", "language"), [("", "nb"), ("nn/", "nn")])
def test_no_document_is_longer_on_paper_than_its_kind_may_be(
    site: Path, folder: str, language: Language
) -> None:
    handbook = PROJECT.handbooks[language]
    sheets = load_edition(PROJECT, language).words()("section.worksheets")
    found = {}
    for item in handbook.pages():
        if item.kind in MOST and (name := download_name(item)) is not None:
            found[item.kind, item.id] = _pages(site / f"{folder}last-ned/{name}.pdf", sheets)
    assert {kind for kind, _ in found} == set(MOST)
    assert {name: pages for name, pages in found.items() if pages > MOST[name[0]]} == {}


def _pages(path: Path, sheets: str) -> int:
    """Return the pages of a PDF before its worksheets, if it has any."""
    with pypdfium2.PdfDocument(path) as pdf:
        for mark in pdf.get_toc():
            target = mark.get_dest()
            if mark.get_title() == sheets and target is not None:
                return int(target.get_index())
        return len(pdf)


def _stands_in(text: str, printed: str) -> bool:
    """Return whether a text is printed, also when a page break puts a footer into it."""
    if text in printed:
        return True
    half = len(text) // 2
    return len(text) > 40 and (text[:half] in printed or text[half:] in printed)


@pytest.mark.parametrize("name", FILES)
def test_language_title_bookmarks_and_the_way_back(site: Path, name: str) -> None:
    item = FILES[name]
    path = site / "last-ned" / name
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "nb"
        assert str(pdf.docinfo["/Title"]) == item.title
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_outline() as outline:
            bookmarks = [entry.title for entry in outline.root]
        links = {str(link) for link in _links(pdf)}
        boxes = {(round(float(p.mediabox[2])), round(float(p.mediabox[3]))) for p in pdf.pages}
    assert bookmarks[0] == item.title
    assert f"https://handbok.example.no/{KINDS[item.kind].address}/{item.id}/" in links
    assert boxes <= {(595, 842), (1191, 842)}
    assert path.stat().st_size < 150_000


def _links(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if "/A" in annotation and "/URI" in annotation.A:
                yield annotation.A.URI


@pytest.mark.parametrize("name", ["prosjektplan-forstudie.pdf", "mandat.pdf", "oppstartsmote.pdf"])
def test_every_header_cell_has_its_scope(site: Path, name: str) -> None:
    with pikepdf.open(site / "last-ned" / name) as pdf:
        scopes = [
            str(element.A.Scope)
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH"
        ]
    assert set(scopes) == {"/Row", "/Column"}


def test_a_pdf_says_which_language_it_is_in(site: Path) -> None:
    for folder, language in (("", "nb"), ("nn/", "nn")):
        with pikepdf.open(site / f"{folder}last-ned/intervju-bedrift.pdf") as pdf:
            assert str(pdf.Root.Lang) == language


@pytest.mark.parametrize("phase", ["forstudie", "forprosjekt", "hovedprosjekt"])
def test_a_plan_is_a_form_to_fill_in_by_hand(site: Path, phase: str) -> None:
    pages = pdf_text(site / "last-ned" / f"prosjektplan-{phase}.pdf")
    cover = pages[0]
    for label in ("Region", "Saksnummer", "Dato", "Versjon", "Unntatt offentlighet, hjemmel"):
        assert label in cover
    assert "Mal" in cover
    assert NB.get("template", f"prosjektplan-{phase}").title in " ".join(cover.split())
    assert "Du er her" in cover
    chapters = [
        "1 Mål og rammer",
        "2 Omfang og avgrensning",
        "3 Organisering",
        "4 Beslutningspunkter, oppfølging og milepæler",
        "5 Risikoanalyse og kvalitetssikring",
        "6 Gjennomføring",
        "7 Økonomi",
        "8 Kontrakter og avtaler",
    ]
    text = squeezed(" ".join(pages))
    positions = [text.find(squeezed(chapter)) for chapter in chapters]
    assert -1 not in positions
    assert positions == sorted(positions)
    last = len(pages)
    assert f"{last} / {last}" in pages[-1]


@pytest.mark.parametrize(
    "address",
    [
        "https://eksempel.example.no/x.png",
        "file:///etc/hostname",
        "asset:../hemmelig",
        "data:image/png;base64,AA",
    ],
)
def test_nothing_outside_the_named_files_is_fetched(address: str) -> None:
    payload = BodyPayload(
        "prove.pdf", f'<html lang="nb"><title>a</title><img alt="x" src="{address}">', {}
    )
    with pytest.raises(WriterError, match=r"prove\.pdf: får ikke hente"):
        render_body(payload)


def test_a_warning_of_the_renderer_is_an_error() -> None:
    payload = BodyPayload(
        "prove.pdf", '<html lang="nb"><title>a</title><style>p{colour:red}</style><p>a', {}
    )
    with pytest.raises(WriterError, match=r"prove\.pdf: Ignored"):
        render_body(payload)


def test_nested_lists_and_emphasised_links_pass_too(tmp_path: Path) -> None:
    """Markup that the handbook's authors may write, though today no text does."""
    text = Rich.check(
        "Liste:\n\n- ett\n- to\n\n  to avsnitt\n- tre\n  - under a\n  - under b\n\n"
        "1. tall\n   - x\n\nSe [du **sterk**](workshop/swot) og **[sterk](workshop/swot)**."
    )
    inner = (blocks.Section("s", "Del", (blocks.Callout("script", "Si", text.blocks),)),)
    document = blocks.Document(
        kind="role",
        id="prove",
        language="nb",
        label="Prøve",
        title="Prøve",
        summary="Prøve",
        address="prove/",
        facts=blocks.Facts(()),
        blocks=inner,
        name="prove",
        version="1.0",
        updated=dt.date(2026, 1, 1),
    )
    words = load_edition(PROJECT, "nb").words()
    shared = Shared(PROJECT.region, PROJECT.brand, words, "https://handbok.example.no/")
    path = tmp_path / "prove.pdf"
    path.write_bytes(real.finished(job(document, shared)).data)
    assert validate(["2a", "ua1"], [path]) == {path: []}
