"""A region's brand: colours that can always be read, and a logo that is only a logo."""

from __future__ import annotations

from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import example, given
from hypothesis import strategies as st

from macros.content.brand import load_brand, resolve
from macros.content.brand_file import BrandColour, BrandFile
from macros.content.colour import DEFAULT_ACCENT, INK, NIGHT_PAPER, PAPER, readable
from macros.content.errors import Problem

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'


def contrast(one: str, other: str) -> float:
    return Color(one).contrast(Color(other))


def loaded(tree: Path) -> list[str]:
    """Return what loading the brand of the standard region complains about."""
    problems: list[Problem] = []
    load_brand(tree / "regions" / "standard", "r", problems)
    return [str(problem) for problem in problems]


def written(tree: Path, text: str) -> list[str]:
    (tree / "regions" / "standard" / "_brand.yml").write_text(text, encoding="utf-8")
    return loaded(tree)


@given(colours)
@example("#ffffff")
@example("#000000")
@example("#ffff00")
@example("#0000ff")
@example(PAPER)
@example(NIGHT_PAPER)
def test_any_colour_of_a_region_can_be_read_in_light_and_dark(own: str) -> None:
    brand = resolve(BrandFile(color=BrandColour(primary=own)), Path())
    for scheme in (brand.light, brand.dark):
        for ground in ("paper", "tint-1"):
            assert contrast(scheme["accent"], scheme[ground]) >= 7
            assert contrast(scheme["muted"], scheme[ground]) >= 4.5
        for ground in ("paper", "tint-1", "tint-2", "tint-3"):
            assert contrast(scheme["ink"], scheme[ground]) >= 7
        assert contrast(scheme["on-accent"], scheme["accent"]) >= 4.5
        if min(contrast(own, scheme[ground]) for ground in ("paper", "tint-1")) >= 7:
            assert scheme["accent"] == own
        assert all(len(value) == 7 for value in scheme.values())


@given(colours, st.sampled_from([PAPER, INK, NIGHT_PAPER, "#777777"]))
def test_a_colour_is_moved_only_when_it_must_be_and_as_little_as_it_can(
    colour: str, ground: str
) -> None:
    moved = readable(colour, ground, 4.5)
    assert contrast(moved, ground) >= 4.5
    if contrast(colour, ground) >= 4.5:
        assert moved == colour
    else:
        assert contrast(moved, ground) < 5.2  # a hex step is never more than this


def test_a_moved_colour_keeps_its_hue() -> None:
    moved = Color(readable("#e57200", PAPER)).convert("oklch")
    assert moved["hue"] == pytest.approx(Color("#e57200").convert("oklch")["hue"], abs=8)


def test_the_region_is_told_which_colour_was_moved_and_to_what() -> None:
    brand = resolve(BrandFile(color=BrandColour(primary="#ffd500")), Path())
    assert brand.light["own"] == brand.dark["own"] == "#ffd500"
    assert brand.moved == (f"lys: #ffd500 ble {brand.light['accent']} for å gi kontrast 7:1",)


def test_a_name_in_the_palette_may_stand_for_another(tree: Path) -> None:
    assert not written(tree, "color: {palette: {a: b, b: '#123'}, primary: a}\n")
    brand = load_brand(tree / "regions" / "standard", "r", [])
    assert brand.light["own"] == "#112233"


def test_without_a_brand_the_national_colour_is_used(tmp_path: Path) -> None:
    brand = load_brand(tmp_path, "r", [])
    assert (brand.light["accent"], brand.logo) == (DEFAULT_ACCENT, None)


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (
            "color: {palette: {fjord: '#0b4f6c'}, primary: fjor}",
            "color.primary: fargen «fjor» finnes ikke i palette. Mente du «fjord»?",
        ),
        ("color: {primary: red}", "color.primary: fargen «red» finnes ikke i palette"),
        (
            "color: {palette: {a: b, b: a}, primary: a}",
            "color.primary: fargen «a» finnes ikke i palette",
        ),
        (
            "color: {primary: '#12345'}",
            "color.primary: skal være en farge som «#0b4f6c» eller et navn fra palette, "
            "fikk «#12345»",
        ),
        (
            "color: {primary: 'red;} body{display:none'}",
            "color.primary: skal være en farge som «#0b4f6c» eller et navn fra palette, "
            "fikk «red;} body{display:none»",
        ),
        ("colour: {primary: '#123456'}", "colour: ukjent nøkkel. Mente du «color»?"),
        ("logo: {light: logo.svg}", "logo: mangler nøkkelen «alt»"),
        ("logo: {light: logo.svg, alt: ''}", "logo.alt: kan ikke være tom"),
        (
            "logo: {light: nei.svg, alt: A}",
            "logo.light: filen «nei.svg» finnes ikke i regionens mappe",
        ),
        (
            "logo: {light: logo.svg, dark: mork.png, alt: A}",
            "logo.dark: filen «mork.png» finnes ikke i regionens mappe",
        ),
        ("[]", "skal være et oppslag med nøkler, fikk en liste"),
    ],
)
def test_a_mistake_in_the_brand_is_told_where_it_stands(tree: Path, text: str, report: str) -> None:
    problems = written(tree, text)
    assert any(problem.split(": ", 1)[1].startswith(report) for problem in problems), problems
    assert all(problem.startswith("r/_brand.yml:1:") for problem in problems)


@pytest.mark.parametrize(
    "name",
    [
        "../logo.svg",
        "/etc/passwd",
        "a/../../logo.svg",
        "https://example.no/logo.svg",
        "logo.SVG.exe",
        "logo.gif",
        "a" * 300 + ".svg",
        "a/" * 100 + "b.svg",
        "logo.svg\\0",
        'x" onload="y.svg',
    ],
)
def test_a_logo_is_an_svg_or_png_in_the_regions_own_folder(tree: Path, name: str) -> None:
    (problem,) = written(tree, f"logo: {{light: '{name}', alt: A}}\n")
    assert "logo.light: skal være en .svg- eller .png-fil i regionens mappe" in problem


def test_a_logo_that_is_a_link_out_of_the_folder_is_refused(tree: Path) -> None:
    folder = tree / "regions" / "standard"
    (tree / "secret.svg").write_bytes(SVG % b"")
    (folder / "ute.svg").symlink_to(tree / "secret.svg")
    (folder / "mappe").symlink_to(tree)
    for name in ("ute.svg", "mappe/secret.svg"):
        (problem,) = written(tree, f"logo: {{light: {name}, alt: A}}\n")
        assert problem.endswith(f"logo.light: filen «{name}» finnes ikke i regionens mappe")


def test_a_logo_over_200_kb_is_refused(tree: Path) -> None:
    (tree / "regions" / "standard" / "logo.svg").write_bytes(SVG % (b" " * 200_000))
    assert loaded(tree) == ["r/_brand.yml:6:10: logo.light: filen «logo.svg» er større enn 200 kB"]


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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_script_cannot_hide_in_another_encoding(tree: Path, encoding: str) -> None:
    text = (SVG % b"<script>alert(1)</script>").decode().encode(encoding)
    (tree / "regions" / "standard" / "logo.svg").write_bytes(text)
    assert loaded(tree) == ["r/_brand.yml:6:10: logo.light: filen «logo.svg» skal være UTF-8"]


def test_what_drawing_programs_write_is_allowed(tree: Path) -> None:
    inside = (
        b'<title>Logo</title><defs><linearGradient id="g"><stop offset="0"/></linearGradient>'
        b'<clipPath id="c"><path d="M0 0"/></clipPath></defs><style>.a{fill:url(#g)}</style>'
        b'<g clip-path="url(#c)" id="onsdag"><path class="a" d="M0 0h1"/></g>'
    )
    (tree / "regions" / "standard" / "logo.svg").write_bytes(
        b'<?xml version="1.0" encoding="UTF-8"?>\n' + SVG % inside
    )
    assert loaded(tree) == []
