"""The page that `nvr check` writes of a brand: it shows what is, and asks nobody for anything."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.command.brand_preview import preview, write_preview
from macros.content.brand.brand import load_brand
from macros.content.project import load_project
from tests.content.fonts import FAMILY, made
from tests.site.conftest import MINIMAL

NAME = "<script>alert(1)</script> & «Ås» {{ 7 }}"
BRAND = f"""\
color:
  primary: "#ffd500"
  background: {{dark: "#000000"}}
  danger: red
logo: {{path: merke.svg, alt: '"><img src=https://example.org/x>'}}
typography:
  fonts: [{{family: {FAMILY}, source: file, files: [{{path: skrift.woff2, weight: 600}}]}}]
  headings: {{family: {FAMILY}, color: "#7a0026"}}
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("vis") / "handbok"))
    folder = root / "regions" / "standard"
    region = (folder / "region.yml").read_text(encoding="utf-8")
    lines = [f"name: '{NAME}'" if line.startswith("name:") else line for line in region.split("\n")]
    (folder / "region.yml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "_brand.yml").write_text(BRAND, encoding="utf-8")
    (folder / "skrift.woff2").write_bytes(made("woff2", weight=600))
    (folder / "merke.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>',
        encoding="utf-8",
    )
    return root


@pytest.fixture(scope="module")
def page(browser: Browser, tree: Path) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    shown = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: said.append(message.text))
    shown.on("dialog", lambda dialog: said.append(dialog.message))
    path = write_preview(load_project(tree, "standard"), tree / ".cache" / "nvr")
    shown.goto(path.as_uri())
    assert [url for url in asked if not url.startswith(("data:", path.as_uri()))] == []
    assert said == []
    return shown


def test_the_page_shows_logo_head_cover_and_card_with_the_regions_name_as_text(page: Page) -> None:
    assert page.title() == f"Merkevaren: {NAME}"
    assert page.locator(".logos img").count() == 2
    for picture in page.locator(".logos img").all():
        assert picture.evaluate("e => e.complete && e.naturalWidth > 0")
    light, dark, cover, card = page.frames[1:]
    for frame in (light, dark):
        assert frame.locator(".top__name").inner_text().endswith(NAME)
        assert frame.locator(".nvr-logo").evaluate("e => e.naturalWidth > 0")
        frame.evaluate("document.fonts.ready")
        families = frame.evaluate(
            "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
        )
        assert FAMILY in {family.strip('"') for family in families}
    assert dark.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    assert (
        light.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(122, 0, 38)"
    )
    assert cover.locator("h1").inner_text() == "Mandat"
    assert NAME in card.locator(".region").inner_text()


def test_each_pair_of_colours_has_its_contrast_before_and_after_and_what_was_moved(
    page: Page,
) -> None:
    row = page.locator("tr", has_text="Lenke på bakgrunnen (flyttet)").first
    cells = [cell.strip() for cell in row.locator("th, td").all_inner_texts()]
    assert cells[1:3] == ["Aa #ffd500 på #ffffff", "1,4"]
    assert cells[3].startswith("Aa #")
    assert float(cells[4].replace(",", ".")) >= 7
    assert cells[5] == "7"
    assert page.locator("li", has_text="Farge, lys: #ffd500 ble").count() == 1
    assert page.locator("li", has_text="color.danger brukes ikke").count() == 1


def test_the_national_edition_has_a_page_too(tree: Path) -> None:
    shutil.copytree(MINIMAL / "regions" / "standard", tree / "regions" / "uten")
    (tree / "regions" / "uten" / "_brand.yml").unlink()
    assert load_brand(tree / "regions" / "uten", "r", []).logo is None
    shown = preview(load_project(tree, "uten"))
    assert "Utgaven har ingen logo." in shown
    assert "&lt;header class=&#34;top&#34;&gt;" in shown
