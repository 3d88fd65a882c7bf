"""A drawing that is published as it lies: what could run, fetch or multiply itself is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.content.svg.as_is import complaint_about

SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
REFUSED = "har innhold som ikke er lov i en tegning: "


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.svg"


def test_a_drawing_over_200_kb_is_refused(file: Path) -> None:
    file.write_bytes(SVG % (b" " * 200_000))
    assert complaint_about(file) == "er større enn 200 kB"


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b"<SCRIPT href='#a'/>",
        b'<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
        b'<path onload="alert(1)"/>',
        b"<path\nONCLICK = 'alert(1)'/>",
        b'<path d=""onload="alert(1)"/>',
        b"<path/onload=alert(1)>",
        b'<a href="https://example.no">x</a>',
        b'<a xlink:href="javascript:alert(1)">x</a>',
        b'<a href="&#106;avascript:alert(1)">x</a>',
        b'<image href="data:image/png;base64,AA"/>',
        b'<use href="#a"/>',
        b"<foreignObject><body/></foreignObject>",
        b"<style>@import 'https://example.no/a.css'</style>",
        b'<path style="fill: url(https://example.no/a)"/>',
        b'<animate attributeName="href" to="javascript:alert(1)"/>',
        b"<set attributeName='onclick'/>",
        b"<iframe src='https://example.no'/>",
    ],
)
def test_a_drawing_with_code_or_anything_from_outside_is_refused(file: Path, inside: bytes) -> None:
    file.write_bytes(SVG % inside)
    assert complaint_about(file).startswith(REFUSED)


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE svg>",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b"<?xml-stylesheet href='https://example.no/a.css'?>",
    ],
)
def test_a_drawing_with_a_doctype_or_style_sheet_is_refused(file: Path, head: bytes) -> None:
    file.write_bytes(head + SVG % b"")
    assert complaint_about(file).startswith(REFUSED)


def nested(depth: int) -> bytes:
    return b"<g>" * depth + b"</g>" * depth


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (nested(60), "mer enn 40 nivåer"),
        (b"<g/>" * 4100, "mer enn 4000 elementer"),
        (
            b'<clipPath id="a"><path d="" clip-path="url(#b)"/></clipPath>',
            "clip-path eller mask inne i en annen",
        ),
        (
            b'<mask id="a"><g style="mask : url(#b)"/></mask>',
            "clip-path eller mask inne i en annen",
        ),
        (b"<style>path{mask:url(#a)}</style>", "mask: i <style>"),
        (b"<style>path{fill:u\\72l(//a.no)}</style>", "\\ i <style>"),
        (
            b'<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>',
            "overganger som viser til hverandre i ring",
        ),
        (b"<filter id='f'/>", "<filter>"),
        (b"<pattern id='f'/>", "<pattern>"),
        (b'<path filter="url(#f)"/>', "filter"),
        (b'<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "<p>"),
        (b"<a><path/></a>", "<a>"),
    ],
)
def test_a_drawing_that_could_take_for_ever_to_draw_is_refused(
    file: Path, inside: bytes, reason: str
) -> None:
    file.write_bytes(SVG % inside)
    assert complaint_about(file) == REFUSED + reason


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        (b'viewBox="0 0 1e9 1e9"', "har en viewBox som ikke er fire tall på høyst 100000"),
        (b'viewBox="0 0 nan 1"', "har en viewBox som ikke er fire tall på høyst 100000"),
        (b'viewBox="0 0 10"', "har en viewBox som ikke er fire tall på høyst 100000"),
        (b'viewBox="0 0 0 10"', "har en viewBox uten bredde eller høyde"),
        (b'width="1e30"', "har en width som ikke er et tall på høyst 100000"),
        (b'height="-4px"', "har en height som ikke er et tall på høyst 100000"),
    ],
)
def test_a_drawing_of_a_senseless_size_is_refused(
    file: Path, attributes: bytes, reason: str
) -> None:
    svg = SVG.replace(b"<svg", b"<svg " + attributes) % b""
    file.write_bytes(svg)
    assert complaint_about(file) == reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_script_cannot_hide_in_another_encoding(file: Path, encoding: str) -> None:
    text = (SVG % b"<script>alert(1)</script>").decode().encode(encoding)
    file.write_bytes(text)
    assert complaint_about(file) == "skal være UTF-8"


def test_what_drawing_programs_write_is_allowed(file: Path) -> None:
    inside = (
        b'<title>Logo</title><defs><linearGradient id="g"><stop offset="0"/></linearGradient>'
        b'<clipPath id="c"><path d="M0 0"/></clipPath></defs><style>.a{fill:url(#g)}</style>'
        b'<g clip-path="url(#c)" id="onsdag"><path class="a" d="M0 0h1"/></g>'
        b'<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" s:x="1"/>'
        b'<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        b'<linearGradient id="h" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#g"/>'
        b'<!-- Laget av et tegneprogram --><text font-family="Arial" xml:space="preserve">A</text>'
    )
    file.write_bytes(b'<?xml version="1.0" encoding="UTF-8"?>\n' + SVG % inside)
    assert complaint_about(file) == ""
