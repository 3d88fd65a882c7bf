"""A region's own content on the site: patched, added and hidden, and never run as code."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from PIL import Image

from tests.site.conftest import Begin, Build

pytestmark = pytest.mark.xdist_group("small")

NAME = "Fjord <b>{{ 7*7 }}</b>"
PAGE = """---
title: "Om oss"
description: "Hvem vi er."
---

# Om {{ region.name }}

Vi samarbeider. Se [startmøtet](meeting/oppstartsmote) og [forsiden](index.md).

## Slik når du oss

| Hva | Hvor |
| --- | --- |
| Kontor | **Rådhuset** & mer |

![Kart over regionen](bilder/kart.png)

- ett
- to
"""


@pytest.fixture(scope="module")
def site(begin: Begin) -> Path:
    """The site of a region outside the project that changes, adds and hides."""
    build = begin("eget")
    build.write(
        "docs/index.md",
        "---\ntitle: Start\n---\n\n# Start\n\nSe [SWOT](guider/workshop/swot.md) og "
        "[kontakt](kontakt.md#hvem).\n\n{{ card('workshop', 'swot') }}\n",
    )
    build.write("docs/kontakt.md", "---\ntitle: Kontakt\n---\n\n# Kontakt\n\n## Hvem\n")
    own = Build(build.root.parent / "min-region")
    text = (build.root / "regions/standard/region.yml").read_text(encoding="utf-8")
    own.write(
        "region.yml",
        text.replace("name: Fjordregionen", f"name: '{NAME}'", 1) + "hide: [workshop/swot]\n",
    )
    own.write(
        "guides/meeting/oppstartsmote.yml",
        'based_on: "1.0"\nsummary: "Vårt <b>eget</b> møte."\n',
    )
    own.write("docs/om-oss.md", PAGE)
    own.write("docs/kontakt.md", "# Ring oss\n\nVi svarer.\n")
    own.write("docs/kontakt.nn.md", "# Ring oss på nynorsk\n\nVi svarar.\n")
    (own.root / "docs/bilder").mkdir()
    Image.new("RGB", (40, 30), "green").save(own.root / "docs/bilder/kart.png")
    return build.ok(REGION="../min-region")


def tree(site: Path, name: str) -> html.HtmlElement:
    return html.document_fromstring((site / name / "index.html").read_bytes())


def words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def test_a_patched_text_stands_on_the_page_and_in_the_file_with_whose_it_is(site: Path) -> None:
    page = words(tree(site, "guider/mote/oppstartsmote").find(".//article"))
    assert "Vårt <b>eget</b> møte." in page
    assert f"Tilpasset av{NAME}" in page  # a label and its value
    assert "Les og diskuter." in page
    with pypdfium2.PdfDocument(site / "last-ned" / "oppstartsmote.pdf") as pdf:
        text = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert "Vårt <b>eget</b> møte." in text
    assert "Tilpasset av" in text


def test_the_nynorsk_edition_does_not_show_the_old_text(site: Path) -> None:
    page = words(tree(site, "nn/guider/mote/oppstartsmote").find(".//article"))
    assert "Vårt <b>eget</b> møte." in page
    assert "Det fyrste møtet i fasen." not in page


def test_what_is_hidden_is_nowhere_and_the_words_of_its_links_stay(site: Path) -> None:
    assert not (site / "guider/workshop/swot").exists()
    assert not (site / "last-ned/swot.pdf").exists()
    start = tree(site, ".")
    assert "Se SWOT og kontakt." in words(start)
    assert not start.xpath("//article//a[contains(@href, 'swot')]")
    for page in site.rglob("*.html"):
        assert "workshop/swot/" not in page.read_text(encoding="utf-8"), page


def test_a_new_page_has_all_that_its_author_wrote_and_is_found_in_the_menu(site: Path) -> None:
    page = tree(site, "om-oss")
    article = page.find(".//article//article")
    assert words(article.find(".//h1")) == f"Om {NAME}"
    assert article.xpath(".//h2/@id") == ["slik-nar-du-oss"]
    assert [words(cell) for cell in article.iter("td")] == ["Kontor", "Rådhuset & mer"]
    assert [words(item) for item in article.iter("li")] == ["ett", "to"]
    links = article.xpath(".//p//a/@href")
    assert links == ["../guider/mote/oppstartsmote/", "../"]
    picture = article.find(".//img")
    assert picture.get("alt") == "Kart over regionen"
    assert (picture.get("width"), picture.get("height")) == ("40", "30")
    assert (site / "om-oss" / picture.get("src")).resolve().is_file()
    assert page.xpath("//nav//a[contains(@href, 'om-oss') or @href='./']")
    assert "Hvem vi er." in page.xpath("//meta[@name='description']/@content")
    menu = tree(site, "ordliste").xpath("//nav//a[contains(@href, 'om-oss')]")
    assert f"Om {NAME}" in {words(link) for link in menu}


def test_a_page_of_the_same_name_replaces_the_national_one_in_each_language(site: Path) -> None:
    assert words(tree(site, "kontakt").find(".//h1")) == "Ring oss"
    assert words(tree(site, "nn/kontakt").find(".//h1")) == "Ring oss på nynorsk"
    notice = tree(site, "nn/om-oss").find(".//article//article")
    assert notice.get("lang") == "nb"
    assert "finst berre på bokmål" in words(notice)
