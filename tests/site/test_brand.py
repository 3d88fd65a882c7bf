"""The brand on the finished site: readable in any colour, from own files, the same on paper."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pytest
from lxml import etree, html
from PIL import Image
from playwright.sync_api import Browser, Page

from macros.content.brand.brand import resolve
from macros.content.brand.file import BrandFile
from macros.layouts.brand import site_css
from tests.content.fonts import FAMILY, made
from tests.openxml import errors
from tests.site.conftest import ROOT, Build, serving, small_project
from tests.verapdf import validate

pytestmark = pytest.mark.xdist_group("brand")

AXE = ROOT / "tests" / "site" / "node_modules" / "axe-core" / "axe.min.js"
# What a colour can break; test_axe.py judges the pages by every rule.
RULES = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
PAGES = ["", "guider/workshop/swot/", "maler/mandat/"]
BRANDS: dict[str, dict[str, Any]] = {
    "national": {},
    "bright yellow": {"primary": "#ffe600"},
    "near-black": {"primary": "#0a0a0f"},
    "near-white": {"primary": "#fdfdf8", "background": "#fffef9"},
    "two equal colours": {"primary": "#777777", "foreground": "#777777", "background": "#777777"},
}
OFTEN = ("bright yellow", "two equal colours")  # the hardest; the others in `make audit`
# A region that says all there is to say: yellow, a transparent logo, a font and a mark.
FULL = f"""\
color:
  palette: {{sol: '#ffe600', natt: '#0b1f3a'}}
  primary: sol
  secondary: natt
  foreground: natt
  background: {{light: '#fffdf5'}}
logo: {{medium: {{path: logo.png, alt: Fjordregionen}}, small: merke.svg}}
typography:
  fonts:
    - family: {FAMILY}
      source: file
      files: [skrifter/eksempel.woff2, {{path: skrifter/fet.woff2, weight: 600}}]
  base: {FAMILY}
  headings: {{family: {FAMILY}, color: "#7a0026"}}
  link: {{color: "#00416b"}}
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A branded project, built once."""
    project = small_project(tmp_path_factory.mktemp("merke") / "prosjekt")
    folder = project.root / "regions" / "standard"
    project.write("regions/standard/_brand.yml", FULL)
    logo = Image.new("RGBA", (240, 80), (0, 0, 0, 0))
    logo.paste((11, 31, 58, 255), (20, 20, 220, 60))
    logo.save(folder / "logo.png")
    project.write(
        "regions/standard/merke.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'
        '<circle cx="4" cy="4" r="4"/></svg>',
    )
    (folder / "skrifter").mkdir()
    (folder / "skrifter" / "eksempel.woff2").write_bytes(made("woff2"))
    (folder / "skrifter" / "fet.woff2").write_bytes(made("woff2", weight=600))
    project.ok()
    return project


@pytest.fixture(scope="module")
def address(build: Build) -> Iterator[str]:
    with serving(build.site) as where:
        yield where


def visit(browser: Browser, scheme: str, width: int = 1280, brand: str = "") -> Page:
    """Return a page in a light or dark browser; with `brand`, in the colours of another region."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if brand:
        file = BrandFile.model_validate({"color": BRANDS[brand]})
        css = site_css(resolve(file, Path()))
        page.route(
            "**/assets/css/nvr.*.css",
            lambda route: route.fulfill(
                body=f"{route.fetch().text()}\n{css}", content_type="text/css"
            ),
        )
    return page


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, a line for each thing."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate(f"axe.run({json.dumps(options)}).then((found) => found.violations)")
    return [f"{rule['id']}: {node['html'][:100]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "brand",
    [
        pytest.param(name, marks=() if name in OFTEN else pytest.mark.audit, id=name)
        for name in BRANDS
    ],
)
def test_a_site_in_any_colours_passes_axe(
    browser: Browser, address: str, brand: str, scheme: str
) -> None:
    page, wrong = visit(browser, scheme, 360, brand), []
    for path in PAGES:
        page.goto(address + path)
        dark = page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        assert dark == (scheme == "dark")
        wrong += [f"{path}: {one}" for one in violations(page)]
    assert wrong == []
    page.context.close()


def test_one_logo_is_shown_and_on_a_plate_where_it_is_dark(browser: Browser, address: str) -> None:
    for scheme, ground in (("light", "rgba(0, 0, 0, 0)"), ("dark", "rgb(255, 255, 255)")):
        page = visit(browser, scheme)
        page.goto(address)
        logos = page.locator(".top .nvr-logo:visible")
        assert logos.count() == 1
        assert logos.evaluate("e => getComputedStyle(e).backgroundColor") == ground
        page.context.close()


@pytest.mark.parametrize(
    "name", ["Næringsvennlig region", "Rådet for " + "Nordre Fjordane og " * 6]
)
def test_a_name_of_any_length_leaves_the_tools_at_the_right_and_the_logo_large_enough_to_read(
    browser: Browser, address: str, name: str
) -> None:
    page = visit(browser, "light")
    page.goto(address)
    page.evaluate("name => document.querySelector('.top__name').textContent = name", name)
    for width in (360, 768, 1000, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("""() => {
            const box = (s) => document.querySelector(s).getBoundingClientRect()
            const seen = [...document.querySelectorAll('.top__inner > *')]
                .map((e) => (e.matches('.menu') ? e.firstElementChild : e).getBoundingClientRect())
                .filter((b) => b.width)
            // On a phone the choices are in the menu, whose button then is the last tool.
            const choices = box('.top__scheme')
            const scheme = choices.width ? choices : box('.menu__button')
            // On a phone the field opens from a button.
            const field = box('.top__search')
            const find = field.width ? field : box('.top__find')
            const row = seen.filter((b) => b.top < scheme.bottom && b.bottom > scheme.top)
            const edge = box('.top__inner').right - parseFloat(
                getComputedStyle(document.querySelector('.top__inner')).paddingRight)
            return {
                logo: box('.top .nvr-logo').height,
                gap: edge - Math.max(...row.map((b) => b.right)),
                after: row.filter((b) => b.left >= scheme.right).length,
                head: box('.top').height,
                name: [box('.top__name').right, box('.top__name').bottom],
                search: [find.left, find.top],
                wider: document.documentElement.scrollWidth > innerWidth,
            }
        }""")
        assert found["logo"] == (44 if width < 720 else 56), (width, found)
        assert found["head"] <= (64 if width < 520 else 190), (width, found)
        assert abs(found["gap"]) < 2, (width, found)
        assert found["after"] <= 1, (width, found)  # at most the menu
        beside, below = (
            here <= there for here, there in zip(found["name"], found["search"], strict=True)
        )
        assert beside or below, (width, found)
        assert not found["wider"], width
    page.context.close()


def test_the_regions_font_and_colour_are_seen_and_nobody_else_is_asked(
    browser: Browser, address: str
) -> None:
    page = visit(browser, "light")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "maler/mandat/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert FAMILY in {family.strip('"') for family in loaded}
    for selector in ("body", "h1"):
        family = page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).fontFamily")
        assert family.startswith(f'"{FAMILY}", Inter')
    heading = page.locator("h1").first
    assert heading.evaluate("e => getComputedStyle(e).color") == "rgb(122, 0, 38)"
    link = page.locator(".md-typeset main a, .md-content .facts a").first
    assert link.evaluate("e => getComputedStyle(e).color") == "rgb(0, 65, 107)"
    button = page.locator(".button").first
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 230, 0)"
    assert button.evaluate("e => getComputedStyle(e).color") == "rgb(11, 31, 58)"
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    page.context.close()


@pytest.mark.parametrize("name", ["index.html", "maler/mandat/index.html", "nn/index.html"])
def test_every_page_has_a_mark_and_a_card_that_are_there(build: Build, name: str) -> None:
    tree = html.fromstring((build.site / name).read_text(encoding="utf-8"))
    icons = tree.xpath("//link[contains(@rel, 'icon')]/@href")
    assert len(icons) == 3
    for icon in icons:
        assert ((build.site / name).parent / icon).is_file(), icon
    (card,) = tree.xpath("//meta[@property='og:image']/@content")
    own = {"maler/mandat/index.html": "assets/kort/maler/mandat.png"}
    place = own.get(name, "assets/region/kort.png")
    assert card == f"https://handbok.example.no/{place}"
    assert (build.site / place).is_file()
    with Image.open(build.site / "assets" / "region" / "kort.png") as image:
        assert (image.size, image.format) == ((1200, 630), "PNG")
        assert image.getpixel((600, 4)) == (255, 230, 0)  # the line, in the region's own colour
    (title,) = tree.xpath("//meta[@property='og:title']/@content")
    assert title == tree.xpath("string(//title)").split(" - ")[0]
    with Image.open(build.site / "favicon.ico") as image:
        assert image.convert("RGBA").getpixel((24, 24)) == (0, 0, 0, 255)  # the region's mark


def test_the_pdf_carries_the_font_and_a_form_keeps_its_own(build: Build) -> None:
    files = build.site / "last-ned"
    assert not any(validate(["2a", "ua1"], [files / "mandat.pdf"]).values())
    assert not any(validate(["ua1"], [files / "mandat-utfyllbar.pdf"]).values())
    assert "Eksempel-Sans" in _fonts(files / "mandat.pdf")
    with pikepdf.open(files / "mandat-utfyllbar.pdf") as pdf:
        fonts = {str(font.BaseFont) for font in pdf.Root.AcroForm.DR.Font.values()}
    assert any("Inter" in name for name in fonts)


def _fonts(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        return " ".join(
            str(found.get("/BaseFont", ""))
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Font"
        )


def test_word_and_odt_name_the_font_and_what_to_use_without_it(build: Build) -> None:
    files = build.site / "last-ned"
    assert errors(files / "mandat.docx") == []
    with zipfile.ZipFile(files / "mandat.docx") as archive:
        styles, table = (archive.read(f"word/{n}.xml").decode() for n in ("styles", "fontTable"))
    assert f'w:ascii="{FAMILY}"' in styles
    assert f'<w:font w:name="{FAMILY}"><w:altName w:val="Calibri"/>' in table
    with zipfile.ZipFile(files / "mandat.odt") as archive:
        root = etree.fromstring(archive.read("styles.xml"))
    faces = root.xpath("//*[local-name()='font-face']/@*[local-name()='font-family']")
    assert f"'{FAMILY}', Calibri, Carlito, sans-serif" in faces
    used = root.xpath("//*[local-name()='default-style']/*/@*[local-name()='font-name']")
    assert FAMILY in used


def test_documents_are_in_the_regions_colours_on_white_paper(build: Build) -> None:
    with zipfile.ZipFile(build.site / "last-ned" / "mandat.docx") as archive:
        theme = archive.read("word/theme.xml").decode()
    assert re.search(r'<a:lt1><a:srgbClr val="FFFFFF"/>', theme)
    assert re.search(r'<a:dk1><a:srgbClr val="0B1F3A"/>', theme)


def test_a_brand_that_is_wrong_is_one_report_and_nothing_is_published(small: Build) -> None:
    small.write(
        "regions/standard/_brand.yml",
        "color: {primary: '#12345', secondary: 'red}*{display:none'}\ntypography: {base: Borte}\n",
    )
    result = small.run()
    assert result.returncode == 1
    assert "regions/standard/_brand.yml:1:18: color.primary: skal være en farge" in result.stdout
    assert "regions/standard/_brand.yml:1:39: color.secondary: skal være en farge" in result.stdout
    assert not small.site.exists()


def test_the_card_and_mark_have_the_same_bytes_every_time() -> None:
    from macros.writers.picture import PicturePayload, render

    payload = PicturePayload("a.png", "<p style='font-family:Inter'>Æ</p>", {}, clear=True)
    first, second = render(payload).data, render(payload).data
    assert first == second
    assert Image.open(io.BytesIO(first)).mode == "RGBA"
