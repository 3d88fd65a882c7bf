"""A fillable PDF in pdf.js, which is Firefox' reader, run in Chromium: typed in, saved, drawn."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from macros.document import blocks as b
from tests.offline import opened
from tests.writers.fillable.test_fillable import form, ink, text, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LIBRARIES = Path(__file__).parent / "node_modules"
SCRIPT = Path(__file__).parent / "viewer.mjs"
INDEX = """<!doctype html><html lang="nb"><meta charset="utf-8"><title>Prøve</title>
<link rel="stylesheet" href="pdfjs-dist/web/pdf_viewer.css">
<style>#container { position: absolute; inset: 0; overflow: auto }</style>
<div id="container"><div class="pdfViewer"></div></div>
<script type="module" src="viewer.mjs"></script></html>"""
NAME, WIDE = "Kárášjohka, Ŋuorra đ ŧ ž, blåbær", "Ett langt svar. " * 12
BLOCKS = (
    b.Field("navn", "Navn", "short"),
    b.Field("lang", "Langt svar i en linje", "short"),
    b.Field("mal", "Mål", "long", lines=4),
    b.Field("dato", "Start", "date"),
    b.Field("valg", "Modell", "choice", options=(("a", "Lett"), ("b", "Tett samarbeid"))),
    b.Field("kryss", "Papirer", "checklist", options=(("x", "Plan"),)),
)

pytestmark = pytest.mark.xdist_group("pdfjs")


@pytest.fixture(scope="module")
def files(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a form, and the same as pdf.js saves it when a person has filled it in."""
    assert (LIBRARIES / "pdfjs-dist").is_dir(), "pdfjs-dist mangler: kjør make test"
    folder = tmp_path_factory.mktemp("pdfjs")
    empty, filled = write(form(BLOCKS), folder), folder / "fylt.pdf"
    with opened(browser, LIBRARIES, shown(empty)) as page:
        every_field(page)
        page.locator("[name=navn]").fill(NAME)
        page.locator("[name=lang]").fill(WIDE)
        page.locator("[name=mal]").fill("Første linje\nAndre linje")
        page.locator("[name=dato]").fill("31.01.2027")
        page.locator("[name=valg]").select_option("b")
        page.locator("[name=kryss_x]").check()
        filled.write_bytes(base64.b64decode(page.evaluate("saved()")))
    return empty, filled


def shown(path: Path) -> dict[str, bytes | str]:
    return {"index.html": INDEX, "viewer.mjs": SCRIPT.read_text(), "fil.pdf": path.read_bytes()}


def every_field(page: Page) -> None:
    """Wait for the form; a page far down is not drawn before it is seen."""
    page.wait_for_function("window.viewer && window.viewer.pageViewsReady")
    for number in range(1, page.evaluate("window.pages") + 1):
        page.evaluate("number => { window.viewer.currentPageNumber = number; }", number)
        page.locator(f".page[data-page-number='{number}'] .annotationLayer").wait_for(
            state="attached"
        )


def places(path: Path) -> dict[str, tuple[int, list[float]]]:
    """Return each field's page, from 1, and its box: left, bottom, right, top."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        found = {}
        for field in pdf.Root.AcroForm.Fields:
            x1, y1, x2, y2 = (float(side) for side in field.Rect)
            box = [min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)]
            found[str(field.T)] = (numbers[field.P.objgen], box)
    return found


def test_what_is_typed_is_saved(files: tuple[Path, Path]) -> None:
    with pikepdf.open(files[1]) as pdf:
        values = {str(field.T): str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields}
    assert values["navn"] == NAME
    assert values["lang"] == WIDE
    assert values["mal"].split() == ["Første", "linje", "Andre", "linje"]
    assert (values["dato"], values["valg"], values["kryss_x"]) == ("31.01.2027", "b", "/on")


@pytest.mark.parametrize("reader", ["pdfium", "poppler", "pdf.js"])
def test_another_reader_draws_each_field(
    files: tuple[Path, Path], reader: str, browser: Browser
) -> None:
    empty, filled = files
    if reader == "poppler":
        said = text(filled)
        for word in (NAME, "Første linje", "Andre linje", "31.01.2027"):
            assert word in said
        assert said.count("Tett samarbeid") == 1 + text(empty).count("Tett samarbeid")
        return
    before, after = (dots(path, reader, browser) for path in files)
    assert {name for name in before if after[name] < before[name] + 10} == set()


def dots(path: Path, reader: str, browser: Browser) -> dict[str, int]:
    if reader == "pdfium":
        found = places(path).items()
        return {name: ink(path, number - 1, tuple(box)) for name, (number, box) in found}
    with opened(browser, LIBRARIES, shown(path)) as page:
        every_field(page)
        return {
            name: page.evaluate("([number, box]) => ink(number, box)", place)
            for name, place in places(path).items()
        }


def test_the_tabulator_goes_in_reading_order(files: tuple[Path, Path], browser: Browser) -> None:
    with opened(browser, LIBRARIES, shown(files[0])) as page:
        every_field(page)
        page.locator("[name=navn]").focus()
        seen: list[Any] = [page.evaluate("document.activeElement.name")]
        for _ in range(len(places(files[0])) + 10):  # it stops at links as well
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.name"))
    assert [name for name in seen if name][: len(places(files[0]))] == list(places(files[0]))
