"""A fillable PDF that the browser has filled in: its values, and what four readers show of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from macros.writers.fillable.font import letters
from tests.offline import opened
from tests.scripts.calls import run
from tests.scripts.filled import DATE as ISO, forms, lacking, made, printed, squeezed
from tests.verapdf import validate
from tests.writers.fillable.test_pdfjs import LIBRARIES, every_field, places, shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("filled")

DATE = "05.11.2027"
# Tables with sums and with rows on a last sheet, a cover, questions, points: what forms are of.
NAMES = ("template/budsjett", "template/mandat", "interview/bedrift")


@pytest.fixture(scope="module")
def filled(fill: Callable[..., Any]) -> tuple[dict[str, Path], dict[str, Any]]:
    """Return some forms, filled in by the scripts, and what had no room in each."""
    found: tuple[dict[str, Path], dict[str, Any]] = fill("fillable", "files/pdf.js", "pdf", *NAMES)
    return found


def told_of(doc: dict[str, Any], left: list[dict[str, Any]]) -> str:
    """Return the answers that are told of as not all there or not all seen."""
    found = []
    for one in left:
        id, _, column = one["id"].partition(".")
        if id == "cover":
            found.append(doc["cover"][column])
        elif not column and one["why"] != "Rows":
            found.append(str(doc["values"].get(id, "")))
        else:
            rows = doc["values"].get(id, ())
            found += [text for row in rows for key, text in row.items() if column in ("", key)]
    return "\n".join(found)


def test_every_answer_is_drawn_or_told_of(
    filled: Any, documents: dict[str, dict[str, Any]]
) -> None:
    for name, path in filled[0].items():
        doc = documents[name]
        told = told_of(doc, filled[1][name])
        missing = lacking(forms()[name], doc, printed(path), DATE)
        assert [line for line in missing if line not in told] == [], name


def test_the_fields_have_the_answers_as_their_values(
    filled: Any, documents: dict[str, dict[str, Any]]
) -> None:
    for name, path in filled[0].items():
        doc, asked = documents[name], forms()[name]
        with pikepdf.open(path) as pdf:
            values = {
                str(field.T): str(field.get("/V", "")).replace("\r", "\n")
                for field in pdf.Root.AcroForm.Fields
            }
        for key, value in wanted(asked, doc).items():
            if key in values:
                assert values[key] == (DATE if value == ISO else value), (name, key)
        lost = {key.split("_")[0] for key in wanted(asked, doc) if key not in values}
        assert lost == {one["id"] for one in filled[1][name] if one["why"] == "Rows"}, name


def wanted(asked: dict[str, Any], doc: dict[str, Any]) -> dict[str, str]:
    """Return the value of each field of a form by its name."""
    found = {f"forside_{at}": doc["cover"][one["key"]] for at, one in enumerate(asked["cover"], 1)}
    for field in (field for part in asked["sections"] for field in part["fields"]):
        id, value = field["id"], doc["values"][field["id"]]
        if field["kind"] == "table":
            given = len(field.get("labels", ()))
            for at, row in enumerate(value):
                first = next(iter(row)) if at < given else ""
                cells = {f"{id}_{at + 1}_{key}": text for key, text in row.items() if key != first}
                found |= cells
        elif field["kind"] == "checklist":
            found |= {f"{id}_{code}": "/on" for code in value}
        else:
            found[id] = value
    return found


def test_what_was_there_is_there_and_it_is_as_accessible_as_before(filled: Any) -> None:
    for name, path in filled[0].items():
        assert path.read_bytes().startswith(made(forms()[name], "fillable"))
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
    found = validate(["ua1"], [*filled[0].values()])
    assert {path.name: problems for path, problems in found.items() if problems} == {}


def test_sums_are_worked_out(filled: Any) -> None:
    with pikepdf.open(filled[0]["template/budsjett"]) as pdf:
        values = {str(field.T): str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields}
    # Eleven posts of 1 250,50 kroner; eight roles with 12 persons of 12 hours.
    assert values["kostnadstabell_sum_penger"] == "13\u00a0756"
    assert values["timer_sum_timer-alt"] == "1152"


def ink(path: Path) -> list[int]:
    """Return how dark each page is, as Chromium's engine draws it, forms and all."""
    with pypdfium2.PdfDocument(path) as pdf:
        pdf.init_forms()
        pages = (page.render(scale=1).to_pil().convert("L") for page in pdf)
        return [sum(1 for dot in page.tobytes() if dot < 128) for page in pages]


def test_chromium_and_firefox_show_the_answers(
    filled: Any, documents: dict[str, dict[str, Any]], browser: Browser, tmp_path: Path
) -> None:
    name = "template/mandat"
    path = filled[0][name]
    empty = tmp_path / "tom.pdf"
    empty.write_bytes(made(forms()[name], "fillable"))
    dark = list(zip(ink(path), ink(empty), strict=True))
    assert all(after >= before for after, before in dark)
    assert sum(after for after, _ in dark) > sum(before for _, before in dark) + 2000
    values = wanted(forms()[name], documents[name])
    with opened(browser, LIBRARIES, shown(path)) as page:
        every_field(page)
        boxes = places(path)
        for key, value in values.items():
            if key not in boxes or value == "/on":
                continue
            # pdf.js shows what is drawn: a question mark for what the font has not.
            said = DATE if value == ISO else value.replace("😀", "?")
            assert squeezed(page.locator(f"[name='{key}']").input_value()) == squeezed(said), key
        number, box = boxes["forside_1"]
        assert page.evaluate("([number, box]) => ink(number, box)", [number, box]) > 100


def test_every_letter_of_the_form_s_font_is_drawn_as_itself(tmp_path: Path) -> None:
    asked = forms()["interview/bedrift"]
    every = "".join(letter for letter in letters().values() if letter.strip())
    pieces = [every[at : at + 40] for at in range(0, len(every), 40)]
    doc = {"language": "nb", "name": "", "cover": {}, "values": {"sporsmal_1": "\n".join(pieces)}}
    path = tmp_path / "alle.pdf"
    path.write_bytes(made(asked, "fillable"))
    call = ["files/pdf.js", "fill", {"file": str(path)}, asked, doc, []]
    left = run([[{"to": str(path)}, *call]])[0]
    assert [one for one in left if one["why"] == "Letters"] == []
    whole = "".join(printed(path).split())
    assert [piece for piece in pieces if piece.replace(" ", "") not in whole] == []


def test_letters_that_the_font_has_not_are_told_of_and_kept(tmp_path: Path) -> None:
    asked = forms()["interview/bedrift"]
    text = "Привет 😀 και"
    doc = {"language": "nb", "name": "", "cover": {}, "values": {"sporsmal_1": text}}
    path = tmp_path / "fil.pdf"
    path.write_bytes(made(asked, "fillable"))
    call = ["files/pdf.js", "fill", {"file": str(path)}, asked, doc, []]
    (left,) = run([[{"to": str(path)}, *call]])[0]
    assert (left["why"], left["id"]) == ("Letters", "sporsmal_1")
    assert set(left["text"]) == set(text.replace(" ", ""))
    with pikepdf.open(path) as pdf:
        values = {str(field.T): str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields}
    assert values["sporsmal_1"] == text
