"""Fillable PDFs by what people who type in them, listen to them and pass them on notice."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from macros.content.region import Region
from macros.content.template import Template
from macros.document import blocks as b
from macros.document.compose import compose
from macros.document.edition import load_edition
from macros.writers import WriterError
from macros.writers.fillable import FormPayload, can_fill, job, render_body
from macros.writers.fillable.font import FONT
from tests import real
from tests.verapdf import validate

ROOT = Path(__file__).parents[3]
PROJECT = real.project()
EDITION = load_edition(PROJECT, "nb")
ITEMS = (
    ("template", "prosjektplan-forstudie"),
    ("template", "mandat"),
    ("template", "kompetanseprofil"),
    ("template", "prosjektplan-hovedprosjekt"),
    ("interview", "bedrift"),
    ("meeting", "oppstartsmote"),
    ("survey", "kommuneansatte"),
    ("checklist", "forstudie"),
)
SAMI = "Čáhput, Ŋuorra, Kárášjohka, đ ŧ ž"


@dataclasses.dataclass(frozen=True)
class Shared:
    region: Region
    brand: Any
    words: Any
    base_url: str


def shared(**region: Any) -> Shared:
    changed = PROJECT.region.model_copy(update=region)
    return Shared(changed, PROJECT.brand, EDITION.words(), "https://handbok.example.no/")


def document(kind: str, name: str) -> b.Document:
    return compose(EDITION, EDITION.handbook.get(kind, name))


@cache
def made(kind: str, name: str) -> bytes:
    found = job(document(kind, name), shared())
    return real.finished(found).data


@pytest.fixture(params=ITEMS, ids=lambda item: item[1])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    kind, name = request.param
    path = tmp_path / job(document(kind, name), shared()).filename
    path.write_bytes(made(kind, name))
    return path


def form(blocks: tuple[b.Block, ...], **changes: Any) -> b.Document:
    """Return a document with these blocks under one heading."""
    base = b.Document(
        kind="template",
        id="prove",
        language="nb",
        label="Mal",
        title="Prøve",
        summary="Prøve",
        address="prove/",
        facts=b.Facts(()),
        blocks=(b.Section("s", "Mål og rammer", blocks, "1"),),
        name="prove",
        version="1.0",
        updated=dt.date(2026, 1, 1),
    )
    return dataclasses.replace(base, **changes)


def write(found: b.Document, folder: Path) -> Path:
    made_job = job(found, shared())
    path = folder / made_job.filename
    path.write_bytes(real.finished(made_job).data)
    return path


def fields(path: Path) -> dict[str, dict[str, Any]]:
    """Return what a reader sees of each field, in the form's order."""
    with pikepdf.open(path) as pdf:
        return {
            str(field.T): {
                "type": str(field.FT),
                "tooltip": str(field.TU),
                "required": bool(int(field.get("/Ff", 0)) & 2),
                "lines": bool(int(field.get("/Ff", 0)) & 1 << 12),
                "date": "/AA" in field,
                "value": str(field.get("/V", "")),
                "options": [tuple(map(str, option)) for option in field.get("/Opt", [])],
            }
            for field in pdf.Root.AcroForm.Fields
        }


def text(path: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout


def read(path: Path) -> str:
    """Return the text around the fields, in the order of the file."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe-]+", "", words)


def pictures(path: Path) -> list[Any]:
    """Return the pages as Chromium's engine draws them, forms and all."""
    with pypdfium2.PdfDocument(path) as pdf:
        pdf.init_forms()
        return [page.render(scale=1).to_pil().convert("L") for page in pdf]


def ink(path: Path, page: int, box: tuple[float, ...]) -> int:
    """Return how many dark dots stand inside a box of a page, its border left out."""
    picture = pictures(path)[page]
    left, bottom, right, top = box
    cut = picture.crop((left + 2, picture.height - top + 2, right - 2, picture.height - bottom - 2))
    return sum(1 for dot in cut.tobytes() if dot < 128)


def test_all_are_small() -> None:
    sizes = {job(document(*item), shared()).filename: len(made(*item)) for item in ITEMS}
    assert {name: size for name, size in sizes.items() if size > 250_000} == {}
    assert next(iter(sizes)) == "prosjektplan-forstudie-utfyllbar.pdf"


def test_each_tooltip_is_words_that_stand_on_the_page(file: Path) -> None:
    printed = squeezed(read(file))
    for name, field in fields(file).items():
        assert field["tooltip"] != name
        assert " – " in field["tooltip"], name
        label = squeezed(field["tooltip"].split(" – ")[0].split(" (")[0])
        assert label in printed, name


def test_fields_come_in_reading_order_and_are_tagged(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        assert all(page.obj.Tabs == "/S" for page in pdf.pages)
        places = [
            (pages[field.P.objgen], -round(float(max(field.Rect[1], field.Rect[3]))))
            for field in pdf.Root.AcroForm.Fields
        ]
        tagged = [
            str(element.K[0].Obj.T)
            for element in _walk(pdf.Root.StructTreeRoot)
            if element.get("/S") == "/Form"
        ]
        names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
    # Cells of one row stand side by side, and are higher or lower by their kind.
    assert all((page, top + 16) >= before for before, (page, top) in pairwise(places))
    assert tagged == names


def _walk(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def test_the_text_around_the_fields_is_that_of_the_document(file: Path) -> None:
    """Figures too: WeasyPrint loses them where a font serves text and fields."""
    printed = squeezed(read(file))
    assert f"2/{len(pypdfium2.PdfDocument(file))}" in printed
    assert "https://handbok.example.no/" in printed
    assert re.search(r"Versjon\d\.\d,oppdatert\d+\.[a-z]+20\d\d", printed)


def test_every_kind_of_field(tmp_path: Path) -> None:
    columns = (
        b.FieldColumn("sak", "Sak", "short", 3),
        b.FieldColumn("frist", "Frist", "date", 2),
        b.FieldColumn("kroner", "Kostnad", "amount", 2, sum=True),
        b.FieldColumn("status", "Status", "choice", 2, (("ja", "Gjort"), ("nei", "Ikke gjort"))),
    )
    path = write(
        form(
            (
                b.Field("navn", "Navn", "short", required=True),
                b.Field("mal", "Mål", "long", lines=6),
                b.Field("dato", "Start", "date"),
                b.Field("ramme", "Ramme", "amount"),
                b.Field("valg", "Modell", "choice", options=(("a", "Lett"), ("b", "Tett"))),
                b.Field(
                    "kryss", "Papirer", "checklist", options=(("x", "Plan"), ("y", "Budsjett"))
                ),
                b.FieldTable("tiltak", "Tiltak", columns, 2, required=True),
                b.FieldTable("faste", "Faste", columns, 2, ("Møterom", "Reiser")),
                b.Question(3, "Hva savner dere?", "Fordi.", ("Mer?",), 4),
                b.Checklist("l", (b.CheckPoint("p1", "Vedtaket er sendt"),)),
            ),
            form=True,
            register=(("Region", "Salten Æøå"), ("Dato", "")),
        ),
        tmp_path,
    )
    found = fields(path)
    place = "1 Mål og rammer"
    tooltips = {name: field["tooltip"] for name, field in found.items()}
    assert tooltips == {
        "forside_1": "Region – Forside",
        "forside_2": "Dato (dag, måned, år) – Forside",
        "navn": f"Navn (Må fylles ut) – {place}",
        "mal": f"Mål – {place}",
        "dato": f"Start (dag, måned, år) – {place}",
        "ramme": f"Ramme (kroner) – {place}",
        "valg": f"Modell – {place}",
        "kryss_x": f"Plan – Papirer – {place}",
        "kryss_y": f"Budsjett – Papirer – {place}",
        "tiltak_1_sak": f"Sak – Rad 1 – Tiltak (Må fylles ut) – {place}",
        "tiltak_1_frist": f"Frist (dag, måned, år) – Rad 1 – Tiltak (Må fylles ut) – {place}",
        "tiltak_1_kroner": f"Kostnad (kroner) – Rad 1 – Tiltak (Må fylles ut) – {place}",
        "tiltak_1_status": f"Status – Rad 1 – Tiltak (Må fylles ut) – {place}",
        "tiltak_2_sak": f"Sak – Rad 2 – Tiltak (Må fylles ut) – {place}",
        "tiltak_2_frist": f"Frist (dag, måned, år) – Rad 2 – Tiltak (Må fylles ut) – {place}",
        "tiltak_2_kroner": f"Kostnad (kroner) – Rad 2 – Tiltak (Må fylles ut) – {place}",
        "tiltak_2_status": f"Status – Rad 2 – Tiltak (Må fylles ut) – {place}",
        "tiltak_sum_kroner": f"Kostnad (kroner) – Sum – Tiltak (Må fylles ut) – {place}",
        "faste_1_frist": f"Frist (dag, måned, år) – Møterom – Faste – {place}",
        "faste_1_kroner": f"Kostnad (kroner) – Møterom – Faste – {place}",
        "faste_1_status": f"Status – Møterom – Faste – {place}",
        "faste_2_frist": f"Frist (dag, måned, år) – Reiser – Faste – {place}",
        "faste_2_kroner": f"Kostnad (kroner) – Reiser – Faste – {place}",
        "faste_2_status": f"Status – Reiser – Faste – {place}",
        "faste_sum_kroner": f"Kostnad (kroner) – Sum – Faste – {place}",
        "sporsmal_3": f"3 Hva savner dere? – {place}",
        "punkt_p1": f"Vedtaket er sendt – {place}",
    }
    assert {name for name, field in found.items() if field["required"]} == {
        "navn", "tiltak_1_sak", "tiltak_1_frist", "tiltak_1_kroner",
    }  # fmt: skip
    assert {n for n, f in found.items() if f["date"]} == {
        "forside_2", "dato", "tiltak_1_frist", "tiltak_2_frist", "faste_1_frist", "faste_2_frist",
    }  # fmt: skip
    assert {n for n, f in found.items() if f["lines"]} == {
        "mal", "tiltak_1_sak", "tiltak_2_sak", "sporsmal_3",
    }  # fmt: skip
    assert found["valg"]["options"] == [("", ""), ("a", "Lett"), ("b", "Tett")]
    assert {n for n, f in found.items() if f["type"] == "/Btn"} == {
        "kryss_x", "kryss_y", "punkt_p1",
    }  # fmt: skip
    assert found["forside_1"]["value"] == "Salten Æøå"
    assert "Salten Æøå" in text(path)
    assert validate(["ua1"], [path]) == {path: []}


@pytest.mark.parametrize("drawn", [True, False], ids=["with a drawing", "value alone"])
def test_what_one_program_saves_another_shows(tmp_path: Path, drawn: bool) -> None:
    words = {"prosjektnavn": f"Blåbærsyltetøy, {SAMI}"}
    blocks = (
        b.Field("prosjektnavn", "Navn", "short"),
        b.Field("mal", "Mål", "long", lines=4),
        b.Field("valg", "Modell", "choice", options=(("a", "Lett"), ("b", "Tett samarbeid"))),
        b.Field("kryss", "Papirer", "checklist", options=(("x", "Plan"),)),
    )
    empty = write(form(blocks), tmp_path)
    filled = tmp_path / "fylt.pdf"
    with pikepdf.open(empty) as pdf:
        _fill(pdf, words["prosjektnavn"], drawn)
        pdf.save(filled)
        boxes = {
            str(field.T): tuple(
                sorted(map(float, field.Rect[::2]))[:1]
                + sorted(map(float, field.Rect[1::2]))[:1]
                + sorted(map(float, field.Rect[::2]))[1:]
                + sorted(map(float, field.Rect[1::2]))[1:]
            )
            for field in pdf.Root.AcroForm.Fields
        }
        page = {p.obj.objgen: i for i, p in enumerate(pdf.pages)}[
            pdf.Root.AcroForm.Fields[0].P.objgen
        ]
    shown = text(filled)
    assert words["prosjektnavn"] in shown
    assert "Første linje" in shown
    assert "Andre linje" in shown
    assert shown.count("Tett samarbeid") == 1 + text(empty).count("Tett samarbeid")
    for name, box in boxes.items():
        assert ink(filled, page, box) > ink(empty, page, box) + 10, name
    assert fields(filled)["prosjektnavn"]["value"] == words["prosjektnavn"]


def _fill(pdf: pikepdf.Pdf, name: str, drawn: bool) -> None:
    """Fill in as a program does: with drawings of the values, or the values alone."""
    values = {"prosjektnavn": name, "mal": "Første linje\nAndre linje", "valg": "b"}
    for field in pdf.Root.AcroForm.Fields:
        if field.FT == "/Btn":
            field.V = field.AS = pikepdf.Name.on
            continue
        value = values[str(field.T)]
        field.V = pikepdf.String(value)
        if drawn:
            shown = {"b": "Tett samarbeid"}.get(value, value)
            field.AP = pikepdf.Dictionary(N=_drawing(pdf, field, shown.split("\n")))


def _drawing(pdf: pikepdf.Pdf, field: Any, lines: list[str]) -> pikepdf.Stream:
    """Return lines in the form's own font, by its own map of codes to letters."""
    resources = pdf.Root.AcroForm.DR
    font = resources.Font[f"/{FONT}"]
    rows = [
        row.split()
        for row in font.ToUnicode.read_bytes().decode().splitlines()
        if row.startswith("<") and row.count("<") == 2 and row != "<00> <ff>"
    ]
    codes = {chr(int(to.strip("<>"), 16)): int(code.strip("<>"), 16) for code, to in rows}
    height = abs(float(field.Rect[3]) - float(field.Rect[1]))
    width = abs(float(field.Rect[2]) - float(field.Rect[0]))
    shown = " ".join(
        f"0 -12 Td <{bytes(codes[letter] for letter in line).hex()}> Tj" for line in lines
    )
    stream = pdf.make_stream(
        f"/Tx BMC q BT /{FONT} 10 Tf 2 {height:.1f} Td {shown} ET Q EMC".encode()
    )
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox = pikepdf.Array([0, 0, round(width, 1), round(height, 1)])
    stream.Resources = resources
    return stream


def test_what_fills_the_lines_on_paper_fits_and_more_scrolls(tmp_path: Path) -> None:
    fields = (b.Field("mal", "Mål", "long", lines=5), b.Field("navn", "Navn", "short"))
    path = write(form(fields), tmp_path)
    words = " ".join(f"ord{number}" for number in range(100))  # five lines of 130 letters
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            assert not int(field.get("/Ff", 0)) & (1 << 23 | 1 << 24)  # scrolls, and is no comb
            field.V = pikepdf.String(words)
        pdf.save(path)
    whole = " ".join(text(path).split())
    assert whole.count("ord99") >= 1


def test_a_table_that_runs_out_goes_on_on_the_last_sheet(tmp_path: Path) -> None:
    columns = (
        b.FieldColumn("sak", "Sak", "short", 3),
        b.FieldColumn("kroner", "Kostnad", "amount", 2, sum=True),
    )
    table = b.FieldTable("tiltak", "Tiltak", columns, 2, required=True, more=3)
    path = write(form((table, b.Field("navn", "Navn", "short"))), tmp_path)
    found = fields(path)
    rows = [f"tiltak_{row}_{column}" for row in (1, 2) for column in ("sak", "kroner")]
    more = [f"tiltak_{row}_{column}" for row in (3, 4, 5) for column in ("sak", "kroner")]
    assert list(found) == [*rows, "tiltak_sum_kroner", "navn", *more]
    assert found["tiltak_4_sak"]["tooltip"] == "Sak – Rad 4 – Tiltak, flere rader – Flere rader"
    assert not found["tiltak_3_sak"]["required"]
    assert "Regn med disse radene i summen." in text(path)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    assert pages[-1].startswith("Flere rader")
    assert "flere rader" not in "".join(pages[:-1])
    assert validate(["ua1"], [path]) == {path: []}


def test_a_title_of_500_letters_and_60_rows_are_a_form_like_any_other(tmp_path: Path) -> None:
    title = ("Samarbeidsavtale " * 40)[:500].strip()
    columns = (b.FieldColumn("sak", "=1+1", "short", 3), b.FieldColumn("kr", "Kr", "amount", 1))
    blocks = (b.Field("a", title, "short"), b.FieldTable("r", "@Rader", columns, 60, more=40))
    path = write(form(blocks, title=title), tmp_path)
    assert len(fields(path)) == 1 + 2 * 100
    assert validate(["ua1"], [path]) == {path: []}


def test_lists_that_are_likely_to_run_out_have_more_rows() -> None:
    found = {
        document_.id: [one.id for one in _tables(document_.blocks) if one.more]
        for document_ in (compose(EDITION, item) for item in EDITION.handbook.all(Template))
    }
    assert "risikoliste" in found["risikoregister"]
    assert "tiltaksliste" in found["tiltaksplan"]
    assert "oppgaveliste" in found["innkalling-og-referat"]
    assert "samtaleplan" in found["interessentkart"]


def _tables(blocks: tuple[b.Block, ...]) -> Iterator[b.FieldTable]:
    for block in blocks:
        if isinstance(block, b.Section):
            yield from _tables(block.blocks)
        elif isinstance(block, b.FieldTable):
            yield block


@pytest.mark.parametrize("letter", "ČčĐđŊŋŠšŦŧŽžÁáǦǧŃńÆøÅäÖ")
def test_each_letter_is_drawn_where_only_the_value_is_saved(tmp_path: Path, letter: str) -> None:
    empty = write(form((b.Field("navn", "Navn", "short"),)), tmp_path)
    filled = tmp_path / "fylt.pdf"
    with pikepdf.open(empty) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        field.V = pikepdf.String(letter * 4)
        pdf.save(filled)
        x1, y1, x2, y2 = (float(side) for side in field.Rect)
        page = [other.obj.objgen for other in pdf.pages].index(field.P.objgen)
    box = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    assert letter * 4 in text(filled)
    assert ink(filled, page, box) > ink(empty, page, box) + 10


def test_no_font_is_missing_for_norwegian_and_sami(tmp_path: Path) -> None:
    path = write(form((b.Field("navn", "Navn", "short"),)), tmp_path)
    with pikepdf.open(path) as pdf:
        resources = pdf.Root.AcroForm.DR
        assert "/FontFile2" in resources.Font[f"/{FONT}"].FontDescriptor
        wide = [int(width) for width in resources.Font[f"/{FONT}"].Widths]
        assert sum(1 for width in wide if width == 0) < 10
        assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_the_letters_have_one_size_that_can_be_read(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        said = [str(field.DA) for field in pdf.Root.AcroForm.Fields if field.FT != "/Btn"]
    sizes = {re.sub(r"^/\w+ ([\d.]+) Tf .*", r"\1", one) for one in said}
    assert sizes <= {"9.5", "10"}


def test_what_can_be_filled_in() -> None:
    assert all(can_fill(document(*item)) for item in ITEMS)
    assert not can_fill(document("phase", "forstudie"))
    assert not can_fill(document("example", "prosjektplan-forstudie"))


def test_two_fields_of_one_name_are_an_error_that_names_the_file() -> None:
    twice = (b.Field("navn", "Navn", "short"), b.Field("navn", "Navn", "short"))
    with pytest.raises(WriterError, match=r"prove-utfyllbar\.pdf: .*«navn»"):
        job(form(twice), shared())


def test_a_field_that_the_layout_forgets_is_an_error() -> None:
    found = real.body(job(form((b.Field("navn", "Navn", "short"),)), shared())).payload
    payload = dataclasses.replace(found, html=found.html.replace('name="navn"', 'name="annet"'))
    with pytest.raises(WriterError, match=r"prove-utfyllbar\.pdf: .*annet, navn"):
        render_body(payload)


def test_nothing_outside_the_named_files_is_fetched() -> None:
    html = '<html lang="nb"><title>a</title><img alt="x" src="file:///etc/hostname">'
    with pytest.raises(WriterError, match=r"prove\.pdf: får ikke hente"):
        render_body(FormPayload("prove.pdf", html, {}, ()))


def test_region_text_stays_text(tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>'
    path = write(
        form((b.Field("navn", "Navn", "short"),), form=True, register=(("Region", evil),)), tmp_path
    )
    assert fields(path)["forside_1"]["value"] == evil
    assert fields(path).keys() == {"forside_1", "navn"}


def test_the_key_follows_what_the_file_is_made_from() -> None:
    one = (b.Field("navn", "Navn", "short"),)
    must = (b.Field("navn", "Navn", "short", required=True),)
    keys = [job(form(blocks), shared()).key for blocks in (one, one, must)]
    assert keys[0] == keys[1] != keys[2]
    assert job(form(one), shared(owner="Andre")).key != keys[0]


def test_the_same_bytes_in_another_process_time_zone_and_hash_seed() -> None:
    script = (
        "import sys, hashlib; from tests.writers.fillable.test_fillable import made;"
        "sys.stdout.write(hashlib.sha256(made('template', 'mandat')).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Nome"))
    }
    assert len(sums) == 1
