"""A PDF says and shows the same when its objects have been made fewer and shorter."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pypdfium2
import pytest

from macros.layouts import pdf_pass
from macros.layouts.pdf_lean import shorter

BARE = {"/Span", "/Div", "/NonStruct"}
STYLE = "table{border-collapse:collapse}td,th{border:1px solid #d3dae0;letter-spacing:.1pt}"
HTML = f"""<html lang="nb"><head><title>Prøve</title><style>{STYLE}</style></head><body>
<h1>Tittel med æøå</h1><div><div><p>Avsnitt med <b>tykk</b> tekst, <span lang="se">giella</span> og
<a href="https://eksempel.example.no/">en lenke</a>.</p></div><ul><li>Ett</li><li>To</li></ul></div>
<table><thead><tr><th>Navn</th><th>Tall</th></tr></thead>
<tbody>{"<tr><td>Rad</td><td>AVATAR To 1</td></tr>" * 60}</tbody></table></body></html>"""


def made(monkeypatch: pytest.MonkeyPatch, *, is_lean: bool) -> bytes:
    with monkeypatch.context() as patch:
        if not is_lean:
            patch.setattr(pdf_pass, "lean", lambda _: None)
        return pdf_pass.raw_pdf(HTML, {}, pdf_variant="pdf/ua-1")[0]


def roles(element: Any) -> list[str]:
    """Return what the elements are, as they are read, but for those that say nothing."""
    found = [] if str(element.get("/S", "")) in BARE else [str(element.get("/S", ""))]
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += roles(kid)
    return found


def test_what_is_read_and_shown_is_the_same_in_fewer_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = made(monkeypatch, is_lean=False), made(monkeypatch, is_lean=True)
    assert len(after) < 0.9 * len(before)
    with pikepdf.open(io.BytesIO(before)) as one, pikepdf.open(io.BytesIO(after)) as other:
        assert roles(other.Root.StructTreeRoot) == roles(one.Root.StructTreeRoot)
    for page, same in zip(pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after), strict=True):
        assert page.get_textpage().get_text_bounded() == same.get_textpage().get_text_bounded()
        pictures = [one.render(scale=1).to_pil().convert("L").tobytes() for one in (page, same)]
        differing = [abs(a - b) > 64 for a, b in zip(*pictures, strict=True)]
        assert sum(differing) < 20


def test_each_piece_of_text_belongs_to_the_element_that_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pikepdf.open(io.BytesIO(made(monkeypatch, is_lean=True))) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
        for page in pdf.pages:
            pieces = re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
            assert pieces
            for piece in map(int, pieces):
                owner = owners[page.obj.StructParents][piece]
                kids = [kid for kid in owner.K if isinstance(kid, int)]
                assert owner.S not in BARE - {"/Span"}
                assert piece in kids
                assert owner.Pg.objgen == page.obj.objgen


@pytest.mark.parametrize(
    ("long", "short"),
    [
        (b"94.488189 544.43643 m", b"94.49 544.44 m"),
        (b"-0.001 0.5 l", b"0 0.5 l"),
        (b"0.827451 0.854902 0.878431 rg", b"0.827 0.855 0.878 rg"),
        (b"0.002646 0 0 0.002646 12 30 cm", b"0.002646 0 0 0.002646 12 30 cm"),
        (b"[<0055>0<00ba>0<0121>] TJ", b"[<005500ba0121>] TJ"),
        (b"[<0055>4<>5.1<00ba>-19<01>] TJ", b"[<0055>9.1<00ba>-19<01>] TJ"),
        (b"[<0055>12] TJ", b"[<0055>12] TJ"),
        (b"/ABCDEF 11.333333 Tf", b"/ABCDEF 11.333333 Tf"),
    ],
)
def test_numbers_are_as_long_as_anyone_can_see(long: bytes, short: bytes) -> None:
    assert shorter(long) == short


def test_a_colour_stays_the_same_of_its_256_steps() -> None:
    for step in range(256):
        told = shorter(f"{step / 255:.6f} 0.123456 1 rg".encode()).split()[0]
        assert round(float(told) * 255) == step
