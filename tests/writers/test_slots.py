"""A document on paper is typeset once for all regions; what is a region's own is put in."""

from __future__ import annotations

import dataclasses
import html
import io
import unicodedata
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from macros.content.brand.brand import BrandLogo
from macros.content.brand.mark import Mark
from macros.content.characters import DRAWN
from macros.document.cards import compose_cards
from macros.document.compose import compose
from macros.document.edition import Edition, load_edition
from macros.document.shared import Shared
from macros.downloads.jobs import jobs
from macros.layouts import slots
from macros.layouts.glyphs import Letters, fitted
from macros.writers import Gathering, Job, fillable, pdf
from tests import real
from tests.verapdf import validate

PROJECT = real.project()
NAMES = {
    "kort": ("Øyregionen", "https://øy.example.no/"),
    "lang": (
        "Interkommunalt politisk råd for Søndre og Nordre Åsdalen, Kysten & Øyene",
        "https://www.et-ganske-langt-navn-pa-et-domene.example.no/naering/handbok/2026/",
    ),
    "samisk": ("Sámi guovllu ráđđi <ŧŋ>", "https://a.example.no/čáhci/"),
}
SOFT_HYPHEN = "\u00ad"
COLOURS = {"kort": "#123456", "lang": "#6a1b2d", "samisk": "#0b5d3a"}


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#7a2048").save(out, "PNG")
    return out.getvalue()


def region(name: str) -> Shared:
    """Return what the files of a region share: its name, address, colour and logo."""
    said, address = NAMES[name]
    owner = f"{said} IKS"
    region = PROJECT.region.model_copy(update={"name": said, "owner": owner})
    paper = {**PROJECT.brand.paper, "accent": COLOURS[name], "link": COLOURS[name]}
    mark = Mark(png(40, 10), 40, 10)
    logo = BrandLogo(light="logo.png", alt=f"Logoen til {said}")
    brand = dataclasses.replace(PROJECT.brand, paper=paper, logo=logo, marks={"logo.png": mark})
    return Shared(region, brand, load_edition(PROJECT, "nb").words(), address)


@cache
def job(name: str, kind: str) -> Gathering:
    shared = region(name)
    edition = dataclasses.replace(load_edition(PROJECT, "nb"), region=shared.region)
    return written(edition, shared, kind)


def written(edition: Edition, shared: Shared, kind: str) -> Gathering:
    """Return the job of one file of a kind: of the mandate, or the card of a workshop."""
    if kind == "card":
        swot = compose(edition, edition.handbook.get("workshop", "swot"))
        return pdf.card_job(next(iter(compose_cards(edition, swot))), shared)
    document = compose(edition, edition.handbook.get("template", "mandat"))
    return {"pdf": pdf.job, "fillable": fillable.job}[kind](document, shared)


@cache
def body(name: str, kind: str) -> bytes:
    return real.finished(real.body(job(name, kind))).data


def filled(name: str, kind: str, into: str = "") -> bytes:
    """Return a region's PDF, in the body that was made for another where one is named."""
    found = job(name, kind)
    return found.render((found.payload, {"body": body(into or name, kind)})).data


def text(data: bytes) -> str:
    """Return all that can be marked and copied, on one line."""
    with pypdfium2.PdfDocument(data) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def objects(data: bytes) -> bytes:
    """Return the whole file with nothing packed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        file.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
        )
    return out.getvalue()


def squeezed(words: str) -> str:
    return words.replace(" ", "")


@pytest.mark.parametrize("kind", ["pdf", "fillable"])
def test_regions_that_differ_in_name_address_and_look_share_one_body(kind: str) -> None:
    first, other = real.body(job("kort", kind)), real.body(job("lang", kind))
    # One that is longer has two lines for it, so that nothing is set too small to read.
    assert first.key != other.key
    moved = dataclasses.replace(region("kort"), base_url="https://helt.andre.example.no/")
    assert first.key == real.body(_named("Nabolaget", moved, kind)).key


def _named(name: str, shared: Shared, kind: str) -> Gathering:
    own = shared.region.model_copy(update={"name": name, "owner": name})
    paper = {**shared.brand.paper, "accent": "#443322", "tint-1": "#fefefe"}
    mark = Mark(png(10, 10), 10, 10)
    brand = dataclasses.replace(shared.brand, paper=paper, marks={"logo.png": mark})
    shared = dataclasses.replace(shared, region=own, brand=brand)
    edition = dataclasses.replace(load_edition(PROJECT, "nb"), region=own)
    return written(edition, shared, kind)


def made_of(name: str, colour: str) -> tuple[set[str], set[str]]:
    """Return the keys of all PDFs of a region in one language, and those of their bodies."""
    address = f"https://{name.lower()}.example.no/"
    told = {"name": name, "owner": f"{name} IKS", "site_url": address, "languages": ["nb"]}
    paper = {**PROJECT.brand.paper, "accent": colour, "link": colour}
    project = dataclasses.replace(
        PROJECT,
        region=PROJECT.region.model_copy(update=told),
        brand=dataclasses.replace(PROJECT.brand, paper=paper),
    )
    files: set[str] = set()
    bodies: set[str] = set()

    def heard(found: Job) -> None:
        if part := dict(getattr(found, "parts", ())).get("body"):
            files.add(found.key)
            bodies.add(part.key)

    jobs(project, heard)
    return files, bodies


def test_the_next_region_has_no_pdf_to_typeset() -> None:
    """What keeps a region at a fourth of the first: all that is slow is there already."""
    files, bodies = made_of("Fjordregionen", "#123456")
    others, same = made_of("Dalregionen", "#6a1b2d")
    assert len(files) > 100
    assert files.isdisjoint(others)
    assert same == bodies


def test_a_body_says_nothing_of_the_region_that_it_was_first_made_for() -> None:
    found = objects(body("kort", "pdf"))
    for said in ("Øyregionen", "øy.example"):
        assert said.encode() not in found
        assert said.encode("utf-16-be") not in found
    assert filled("kort", "pdf") == filled("kort", "pdf")


@pytest.mark.parametrize("name", NAMES)
def test_a_card_names_the_region_once_with_its_address_and_logo(name: str) -> None:
    data, (said, address) = filled(name, "card"), NAMES[name]
    words = squeezed(text(data))
    assert words.count(squeezed(f"Næringsvennlig region · {said}")) == 1
    assert words.count(squeezed(f"{address}guider/workshop/swot/")) == 1
    with pikepdf.open(io.BytesIO(data)) as file:
        alternatives = {str(one.Alt) for one in file.objects if _described(one)}
    assert f"Logoen til {said}" in alternatives


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["pdf", "fillable"])
def test_the_regions_own_is_put_in_everywhere(kind: str, name: str) -> None:
    data = filled(name, kind)
    said, address = NAMES[name]
    words = squeezed(text(data))
    assert words.count(squeezed(f"Næringsvennlig region · {said}")) >= len(_pages(data)) - 1
    assert words.count(squeezed(f"{address}maler/mandat/")) == len(_pages(data))
    with pikepdf.open(io.BytesIO(data)) as file:
        assert str(file.docinfo.Author) == f"{said} IKS"
        assert address in str(file.docinfo.Keywords)
        told = file.Root.Metadata.read_bytes().decode()
        assert html.escape(said, quote=False) in told
        links = [
            str(note.A.URI)
            for page in file.pages
            for note in page.obj.get("/Annots", ())
            if "/A" in note and "/URI" in note.A
        ]
        assert len([one for one in links if one.startswith(address)]) > 5
        alternatives = {str(one.Alt) for one in file.objects if _described(one)}
        assert {f"Logoen til {said}", f"QR-kode til {address}maler/mandat/"} <= alternatives


def _described(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and "/Alt" in found


def _pages(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def test_every_character_that_a_name_may_have_is_written() -> None:
    shared = region("kort")
    every = sorted(DRAWN | {SOFT_HYPHEN})
    for some in (every[at : at + 80] for at in range(0, len(every), 80)):
        said = "A" + "".join(some) + "B"
        named = shared.region.model_copy(update={"name": said})
        job = written(
            load_edition(PROJECT, "nb"), dataclasses.replace(shared, region=named), "card"
        )
        letters = squeezed(unicodedata.normalize("NFKC", text(real.finished(job).data)))
        shown = unicodedata.normalize("NFKC", said.replace(SOFT_HYPHEN, ""))
        assert "".join(shown.split()) in "".join(letters.split())


def test_a_long_name_goes_on_below_its_first_line() -> None:
    with pypdfium2.PdfDocument(filled("lang", "pdf")) as file:
        words = file[1].get_textpage()
        tops = [
            words.get_charbox(words.search(word).get_next()[0])[3] for word in ("Interk", "Øyene")
        ]
    assert tops[0] - tops[1] > 6


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (37, ["Vår håndbok · Nordre Sogn og Fjordane"]),
        (26, ["Vår håndbok ·", "Nordre Sogn og Fjordane"]),
        (20, ["Vår håndbok · Nordre", "Sogn og Fjordane"]),
    ],
    ids=["one line", "room for each name", "less"],
)
def test_a_line_ends_between_the_names_where_both_have_room(width: int, lines: list[str]) -> None:
    text = " ".join(lines)
    letters = Letters({}, dict.fromkeys(text, ("F", 0, 1000.0)))  # each a point wide
    assert fitted(text, letters, width, 2, 1) == (lines, 1)


@pytest.mark.parametrize("kind", ["pdf", "fillable", "card"])
def test_nothing_of_what_stood_in_is_left(kind: str) -> None:
    found = objects(filled("samisk", kind))
    for word in ("nvr-slot", "nvr-base", "nvr-letters"):
        assert word.encode() not in found
        assert word.encode("utf-16-be") not in found
    stand_ins = slots.own(_document(), region("samisk")).colours
    for colour in stand_ins:
        red, green, blue = (f"{one / 255:.6f}".rstrip("0") for one in bytes.fromhex(colour[1:]))
        assert f"{red} {green} {blue} rg".encode() not in found
        assert f"{red} {green} {blue} RG".encode() not in found


def _document() -> object:
    edition = load_edition(PROJECT, "nb")
    return compose(edition, edition.handbook.get("template", "mandat"))


def test_the_cover_is_in_the_regions_colours_with_its_logo_and_a_code_that_leads_there() -> None:
    for name in ("kort", "lang"):
        with pypdfium2.PdfDocument(filled(name, "pdf")) as file:
            picture = file[0].render(scale=150 / 72).to_pil().convert("RGB")
        colours = {colour for _, colour in picture.getcolors(1_000_000)}
        assert tuple(bytes.fromhex(COLOURS[name][1:])) in colours
        codes = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
        assert [code.text for code in codes] == [f"{NAMES[name][1]}maler/mandat/"]


def test_the_register_of_a_form_has_the_region_as_what_is_filled_in() -> None:
    with pikepdf.open(io.BytesIO(filled("lang", "fillable"))) as file:
        values = {str(field.T): str(field.get("/V", "")) for field in file.Root.AcroForm.Fields}
    assert values["forside_1"] == NAMES["lang"][0]


def test_what_is_put_in_passes_pdf_a_and_pdf_ua(tmp_path: Path) -> None:
    files = []
    for name in NAMES:
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(filled(name, "pdf"))
        files.append(path)
    assert validate(["2a", "ua1"], files) == {path: [] for path in files}
    form = tmp_path / "utfyllbar.pdf"
    form.write_bytes(filled("samisk", "fillable"))
    assert validate(["ua1"], [form]) == {form: []}
