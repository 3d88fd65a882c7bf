"""A logo is only a logo: what could run, fetch or multiply itself is refused."""

from __future__ import annotations

import struct
from pathlib import Path
from zlib import compress, crc32

import pytest

from macros.content.brand import load_brand

from .test_brand import loaded, written

SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'


@pytest.mark.parametrize(
    "name",
    [
        "../logo.svg",
        "/etc/passwd",
        "a/../../logo.svg",
        "ftp://example.no/logo.svg",
        "C:\\\\bilder\\\\logo.svg",
        "logo.SVG.exe",
        "logo.gif",
        "a" * 300 + ".svg",
        "a/" * 100 + "b.svg",
        "logo.svg\\0",
    ],
)
def test_a_logo_is_an_svg_or_png_in_the_regions_own_folder(tree: Path, name: str) -> None:
    (problem,) = written(tree, f"logo: {{medium: '{name}'}}\n")
    assert "logo.medium: skal være en .svg- eller .png-fil i regionens mappe" in problem


def test_a_logo_that_is_a_link_out_of_the_folder_is_refused(tree: Path) -> None:
    folder = tree / "regions" / "standard"
    (tree / "secret.svg").write_bytes(SVG % b"")
    (folder / "ute.svg").symlink_to(tree / "secret.svg")
    (folder / "mappe").symlink_to(tree)
    for name in ("ute.svg", "mappe/secret.svg"):
        (problem,) = written(tree, f"logo: {{medium: {name}}}\n")
        assert problem.endswith(f"logo.medium: filen «{name}» finnes ikke i regionens mappe")


def test_a_brand_that_is_a_link_out_of_the_folder_is_not_read(tree: Path) -> None:
    brand = tree / "regions" / "standard" / "_brand.yml"
    brand.rename(tree / "annet.yml")
    brand.symlink_to(tree / "annet.yml")
    assert loaded(tree) == ["r/_brand.yml: filen er en lenke ut av regionens mappe"]


def test_a_logo_over_200_kb_is_refused(tree: Path) -> None:
    (tree / "regions" / "standard" / "logo.svg").write_bytes(SVG % (b" " * 200_000))
    assert loaded(tree) == [
        "r/_brand.yml:6:18: logo.medium.path: filen «logo.svg» er større enn 200 kB"
    ]


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
def test_a_logo_with_code_or_anything_from_outside_is_refused(tree: Path, inside: bytes) -> None:
    (tree / "regions" / "standard" / "logo.svg").write_bytes(SVG % inside)
    (problem,) = loaded(tree)
    assert "filen «logo.svg» har innhold som ikke er lov i en logo" in problem


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE svg>",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b"<?xml-stylesheet href='https://example.no/a.css'?>",
    ],
)
def test_a_logo_with_a_doctype_or_style_sheet_is_refused(tree: Path, head: bytes) -> None:
    (tree / "regions" / "standard" / "logo.svg").write_bytes(head + SVG % b"")
    (problem,) = loaded(tree)
    assert "har innhold som ikke er lov i en logo" in problem


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
def test_a_logo_that_could_take_for_ever_to_draw_is_refused(
    tree: Path, inside: bytes, reason: str
) -> None:
    (tree / "regions" / "standard" / "logo.svg").write_bytes(SVG % inside)
    (problem,) = loaded(tree)
    assert problem.endswith(f"filen «logo.svg» har innhold som ikke er lov i en logo: {reason}")


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
def test_a_logo_of_a_senseless_size_is_refused(tree: Path, attributes: bytes, reason: str) -> None:
    svg = SVG.replace(b"<svg", b"<svg " + attributes) % b""
    (tree / "regions" / "standard" / "logo.svg").write_bytes(svg)
    (problem,) = loaded(tree)
    assert problem.endswith(f"filen «logo.svg» {reason}")


def png(width: int, height: int) -> bytes:
    """Return a PNG in one colour, which is small on disk however large it is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))

    head = struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)
    rows = compress((b"\0" + b"\0" * ((width + 7) // 8)) * min(height, 5000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (png(40, 20), ""),
        (png(5000, 20), "er 5000 × 20 piksler, høyst 3000 er lov"),
        (png(60_000, 60_000), "er 60000 × 60000 piksler, høyst 3000 er lov"),
        (png(40, 20)[:45], "kan ikke leses som PNG"),
        (b"GIF89a", "kan ikke leses som PNG"),
        (SVG % b"", "kan ikke leses som PNG"),
        (b"", "kan ikke leses som PNG"),
    ],
)
def test_a_png_is_measured_before_it_is_unpacked(tree: Path, content: bytes, reason: str) -> None:
    (tree / "regions" / "standard" / "logo.png").write_bytes(content)
    problems = written(tree, "logo: {medium: logo.png}\n")
    wanted = f"r/_brand.yml:1:16: logo.medium: filen «logo.png» {reason}"
    assert problems == ([wanted] if reason else [])


@pytest.mark.parametrize(
    "text",
    [
        "{medium: {light: {path: logo.svg, alt: Fjord}, dark: mork.svg}, small: merke.svg}",
        "{images: {a: {path: logo.svg, alt: Fjord}, b: mork.svg, c: merke.svg}, "
        "medium: {light: a, dark: b}, small: c}",
        "{images: {a: {light: logo.svg, dark: mork.svg}}, small: merke.svg, "
        "large: {light: {path: a, alt: Fjord}, dark: a}}",
    ],
)
def test_a_logo_may_be_written_in_each_of_brand_ymls_ways(tree: Path, text: str) -> None:
    folder = tree / "regions" / "standard"
    for name in ("mork.svg", "merke.svg"):
        (folder / name).write_bytes(SVG % b"")
    assert written(tree, f"logo: {text}\n") == []
    logo = load_brand(folder, "r", []).logo
    assert logo
    assert (logo.light, logo.dark, logo.small, logo.alt) == (
        "logo.svg",
        "mork.svg",
        "merke.svg",
        "Fjord",
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_script_cannot_hide_in_another_encoding(tree: Path, encoding: str) -> None:
    text = (SVG % b"<script>alert(1)</script>").decode().encode(encoding)
    (tree / "regions" / "standard" / "logo.svg").write_bytes(text)
    assert loaded(tree) == ["r/_brand.yml:6:18: logo.medium.path: filen «logo.svg» skal være UTF-8"]


def test_what_drawing_programs_write_is_allowed(tree: Path) -> None:
    inside = (
        b'<title>Logo</title><defs><linearGradient id="g"><stop offset="0"/></linearGradient>'
        b'<clipPath id="c"><path d="M0 0"/></clipPath></defs><style>.a{fill:url(#g)}</style>'
        b'<g clip-path="url(#c)" id="onsdag"><path class="a" d="M0 0h1"/></g>'
        b'<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" s:x="1"/>'
        b'<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        b'<linearGradient id="h" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#g"/>'
        b'<!-- Laget av et tegneprogram --><text font-family="Arial" xml:space="preserve">A</text>'
    )
    (tree / "regions" / "standard" / "logo.svg").write_bytes(
        b'<?xml version="1.0" encoding="UTF-8"?>\n' + SVG % inside
    )
    assert loaded(tree) == []
