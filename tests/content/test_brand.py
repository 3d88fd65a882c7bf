"""A region's brand: colours that can always be read, from keys that are checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import example, given, settings, strategies as st

from macros.content.brand.brand import Face, load_brand, resolve
from macros.content.brand.colours import TwoColours
from macros.content.brand.contrast import DEFAULT_ACCENT, INK, NIGHT_PAPER, PAIRS, PAPER, readable
from macros.content.brand.file import BrandColour, BrandFile
from macros.content.errors import Problem
from macros.layouts.brand import font_name

from .conftest import ROOT

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


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
        grounds = [scheme[name] for name in ("paper", "tint-1", "tint-2", "tint-3")]
        for ground in grounds:
            for text in ("ink", "muted", "accent"):
                assert contrast(scheme[text], ground) >= 7
        assert contrast(scheme["on-accent"], scheme["accent"]) >= 7
        assert contrast(scheme["on-button"], scheme["button"]) >= 7
        if min(contrast(own, ground) for ground in grounds) >= 7:
            assert scheme["accent"] == own
        if max(contrast(own, text) for text in ("#ffffff", "#000000")) >= 7:
            assert scheme["button"] == own
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


@given(colours, colours, colours, colours)
@settings(max_examples=60)
@example("#ffe600", "#ffe600", "#777777", "#777777")
@example("#fdfdf8", "#ffffff", "#ffffff", "#ffffff")
@example("#000000", "#000000", "#000000", "#000000")
@example("#0000ff", "#ff0000", "#00ff00", "#00ff00")
def test_every_pair_that_carries_text_can_be_read_whatever_a_region_chooses(
    own: str, second: str, text: str, ground: str
) -> None:
    both = TwoColours(light=text, dark=text), TwoColours(light=ground, dark=ground)
    colour = BrandColour(primary=own, secondary=second, foreground=both[0], background=both[1])
    brand = resolve(BrandFile(color=colour), Path())
    for scheme in (brand.light, brand.dark, brand.paper):
        for front, back, least in PAIRS:
            assert contrast(scheme[front], scheme[back]) >= least, (front, back, scheme)
        assert (scheme["own"], scheme["own-2"]) == (own, second)
    assert brand.paper["paper"] == "#ffffff"
    if brand.light["paper"] != ground:
        assert f"lys bakgrunn: {ground} ble {brand.light['paper']}" in "\n".join(brand.moved)


@given(colours, colours)
@settings(max_examples=60)
@example("#0b4f6c", "#000000")
@example("#000000", "#000000")
@example("#ffffff", "#ffffff")
def test_boxes_and_lines_are_seen_on_any_ground_as_well_as_on_ours(own: str, ground: str) -> None:
    file = {"color": {"primary": own, "background": {"light": ground, "dark": ground}}}
    brand = resolve(BrandFile.model_validate(file), Path())
    ours = resolve(BrandFile.model_validate({"color": {"primary": own}}), Path())
    for side, design in ((brand.light, ours.light), (brand.dark, ours.dark)):
        for surface in ("tint-1", "tint-2", "tint-3", "line"):
            least = contrast(design[surface], design["paper"])
            assert contrast(side[surface], side["paper"]) >= least - 0.03, (surface, side["paper"])


@pytest.mark.parametrize(
    "sheet",
    [
        "docs/assets/css/handbook.css",
        "docs/assets/css/front.css",
        "docs/assets/css/material.css",
        *(f"macros/layouts/print/{name}.css" for name in ("print", "fillable", "card")),
    ],
)
def test_every_colour_that_the_style_sheets_put_text_in_or_under_is_in_the_table(
    sheet: str,
) -> None:
    css = (ROOT / sheet).read_text(encoding="utf-8")
    css = re.sub(r"^.*\.(?:scene|picto)__.*$", "", css, flags=re.MULTILINE)  # drawn, not written
    texts = set(re.findall(r"[{;\s](?:color|fill): var\(--nvr-([\w-]+)\)", css))
    grounds = set(re.findall(r"background(?:-color)?: var\(--nvr-([\w-]+)\)", css))
    bars = {"tint-3"} & texts  # a bar of the timeline is filled, and a ground for what is on it
    grounds |= bars
    assert texts - bars <= {text for text, _, _ in PAIRS}
    # The bars of agenda and card: nothing is written on them.
    assert grounds <= {ground for _, ground, _ in PAIRS} | {"own-2"}


def test_the_national_colours_stay_as_they_were_designed() -> None:
    brand = resolve(BrandFile(), Path())
    assert (brand.light["ink"], brand.light["paper"], brand.moved[:1]) == (
        INK,
        PAPER,
        (f"mørk: {DEFAULT_ACCENT} ble {brand.dark['accent']} for å gi kontrast 7:1",),
    )
    assert brand.light == brand.paper


def test_the_region_is_told_which_colour_was_moved_and_to_what() -> None:
    brand = resolve(BrandFile(color=BrandColour(primary="#ffd500")), Path())
    assert brand.light["own"] == brand.dark["own"] == "#ffd500"
    assert brand.moved == (f"lys: #ffd500 ble {brand.light['accent']} for å gi kontrast 7:1",)


def test_a_button_in_a_colour_that_no_text_can_be_read_on_moves_and_the_region_is_told() -> None:
    brand = resolve(BrandFile(color=BrandColour(primary="#e57200")), Path())
    assert brand.light["own"] == "#e57200"
    assert contrast("#e57200", "#000000") < 7 > contrast("#e57200", "#ffffff")
    assert f"lys knapp: #e57200 ble {brand.light['button']} for å gi kontrast 7:1" in brand.moved


def test_a_name_in_the_palette_may_stand_for_another(tree: Path) -> None:
    assert not written(tree, "color: {palette: {a: b, b: '#123'}, primary: a}\n")
    brand = load_brand(tree / "regions" / "standard", "r", [])
    assert brand.light["own"] == "#112233"


def test_a_chain_of_ten_thousand_names_is_refused_and_not_followed_to_its_end(tree: Path) -> None:
    names = "\n".join(f"    a{n}: a{n + 1}" for n in range(10_000))
    problems = written(tree, f"color:\n  palette:\n{names}\n  primary: a0\n")
    assert "fargene viser til hverandre i ring: a0 → a1 → a2" in problems[0]


def test_a_font_of_any_file_name_is_published_under_one_that_every_address_can_hold() -> None:
    paths = (
        "a/b.woff2",
        "Min Skrift[wght].ttf",
        "Min-Skrift-wght-.ttf",
        "æ.otf",
        "ø.otf",
        'x").otf',
    )
    names = [font_name(Face("X", path, 400, "normal")) for path in paths]
    assert names[0] == "a--b.woff2"
    assert len(set(names)) == len(paths)
    assert all(re.fullmatch(r"[\w-]+\.\w+", name, re.ASCII) for name in names)


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
        (
            "color: {primary: tael}",
            "color.primary: fargen «tael» finnes ikke i palette. Mente du «teal»?",
        ),
        (
            "color: {palette: {a: b, b: a}, primary: a}",
            "color.palette.a: fargene viser til hverandre i ring: a → b → a. Gi én en fargekode.",
        ),
        (
            "color: {primary: info, info: danger, danger: primary}",
            "color.primary: fargene viser til hverandre i ring: primary → info → danger → primary",
        ),
        ("color: {primary: 004f71}", "color.primary: skal være en farge som «#0b4f6c»"),
        ("color: {primary: 123456}", "color.primary: skal være en farge, fikk tallet 123456"),
        ("color: {primary: #004f71", "# begynner en kommentar, så #004f71 blir ikke lest. "),
        ("color: {primary: 'rgb(1 2)'}", "color.primary: skal være en farge som «#0b4f6c»"),
        ("color: {primary: currentcolor}", "color.primary: fargen «currentcolor» finnes ikke"),
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
        (
            "logo: {light: logo.svg}",
            "logo.light: ukjent nøkkel. Skriv medium: {light: …, dark: …} under logo.",
        ),
        (
            "logo: {medium: logo.svg, alt: A}",
            "logo.alt: ukjent nøkkel. Skriv teksten ved bildet: medium: {light: {path: …",
        ),
        ("logo: {medium: {path: logo.svg, alt: ''}}", "logo.medium.alt: kan ikke være tom"),
        ("logo: {medium: {pth: logo.svg}}", "logo.medium.pth: ukjent nøkkel. Mente du «path»?"),
        ("logo: nei.svg", "logo: filen «nei.svg» finnes ikke i regionens mappe"),
        ("logo: /nei.svg", "logo: filen «nei.svg» finnes ikke i regionens mappe"),
        (
            "logo: {medium: {light: logo.svg, dark: {path: ./mork.png}}}",
            "logo.medium.dark.path: filen «mork.png» finnes ikke i regionens mappe",
        ),
        ("color: {primery: '#123456'}", "color.primery: ukjent nøkkel. Mente du «primary»?"),
        ("color: {tertiari: '#123456'}", "color.tertiari: ukjent nøkkel. Mente du «tertiary»?"),
        ("color: {with: {a: '#123456'}}", "color.with: ukjent nøkkel. Nøkkelen heter palette."),
        ("typography: {font: []}", "typography.font: ukjent nøkkel. Mente du «fonts»?"),
        ("typography: {base: {size: stor}}", "typography.base.size: skal være et mål som «1rem»"),
        ("typography: {link: {color: fjor}}", "typography.link.color: fargen «fjor» finnes ikke"),
        ("typography: {headings: {weight: fet}}", "typography.headings.weight: skal være et tall"),
        (
            "color: {foreground: {light: '#12345'}}",
            "color.foreground.light: skal være en farge som",
        ),
        (
            "color: {background: fjor, palette: {fjord: '#0b4f6c'}}",
            "color.background: fargen «fjor» finnes ikke i palette. Mente du «fjord»?",
        ),
        ("color: {foreground: {lys: '#123456'}}", "color.foreground.lys: ukjent nøkkel. "),
        (
            "logo: {images: {a: borte.svg}, medium: a}",
            "logo.images.a: filen «borte.svg» finnes ikke i regionens mappe",
        ),
        (
            "logo: {images: {vapen: logo.svg}, medium: vaben}",
            "logo.medium: skal være en SVG-, PNG-, JPEG- eller WebP-fil i regionens mappe, "
            "fikk «vaben». Mente du «vapen»?",
        ),
        ("[]", "skal være et oppslag med nøkler, fikk en liste"),
    ],
)
def test_a_mistake_in_the_brand_is_told_where_it_stands(tree: Path, text: str, report: str) -> None:
    problems = written(tree, text)
    assert any(problem.split(": ", 1)[1].startswith(report) for problem in problems), problems
    assert all(problem.startswith("r/_brand.yml:1:") for problem in problems)
