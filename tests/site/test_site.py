"""The real handbook as its readers meet it: pages, addresses, languages, downloads."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
from lxml import html

from macros.content.handbook import download_name
from macros.content.model import KINDS
from macros.document.formats import READING, SUFFIXES, SURVEY
from tests import real
from tests.site.conftest import Build

PROJECT = real.project()
NB, NN = PROJECT.handbooks["nb"], PROJECT.handbooks["nn"]
ITEMS = [(item.kind, item.id) for item in NB.pages()]


def address(kind: str, item_id: str) -> str:
    return f"{KINDS[kind].address}/{item_id}"


def tree(page: Path) -> html.HtmlElement:
    return html.document_fromstring(page.read_bytes())


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_published_addresses_are_there(site: Path) -> None:
    for where in (
        "faser/forstudie",
        "faser/forprosjekt",
        "faser/hovedprosjekt",
        "guider/intervju/bedrift",
        "guider/mote/oppstartsmote",
        "guider/workshop/rolleavklaring",
        "undersokelser/bedrifter",
        "maler/prosjektplan-forstudie",
        "roller/prosjektleder",
        "sjekklister/forstudie",
        "ordliste",
        "kom-i-gang",
        "kontakt",
        "kostnad",
        "personvern",
        "tilgjengelighet",
        "lag-egen-utgave",
    ):
        assert (site / where / "index.html").is_file(), where
        assert (site / "nn" / where / "index.html").is_file(), f"nn/{where}"


def test_every_item_has_a_page_and_no_other_page_comes_from_data(site: Path) -> None:
    folders = [kind.address for kind in KINDS.values() if kind.address]
    built = {
        page.parent.relative_to(site).as_posix()
        for folder in folders
        for page in (site / folder).glob("*/index.html")
    }
    groups = {"guider/intervju", "guider/mote", "guider/workshop"}
    assert built - groups == {address(*item) for item in ITEMS}


def test_the_navigation_reaches_every_item(site: Path) -> None:
    linked = set()
    for start in (
        "faser",
        "guider",
        "undersokelser",
        "maler",
        "eksempler",
        "roller",
        "sjekklister",
    ):
        page = site / start / "index.html"
        for link in tree(page).xpath("//nav//a/@href"):
            target = (page.parent / urlsplit(link).path).resolve()
            linked.add(target.relative_to(site.resolve()).as_posix())
    assert {address(*item) for item in ITEMS} <= linked


@pytest.mark.parametrize(("kind", "item_id"), ITEMS, ids=lambda part: str(part))
def test_a_page_says_what_it_is_and_offers_its_file(site: Path, kind: str, item_id: str) -> None:
    item = NB.get(kind, item_id)
    page = tree(site / address(kind, item_id) / "index.html")
    assert [words(h1.text_content()) for h1 in page.xpath("//h1")] == [item.title]
    assert page.get("lang") == "nb"
    levels = [
        int(node.tag[1])
        for node in page.xpath(
            "//article//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]"
        )
    ]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    offered = page.xpath("//div[@class='downloads']//a[@download]")
    name = download_name(item)
    if name is None:
        assert offered == []
        return
    table = getattr(item, "spreadsheet", False)
    assert words(offered[0].text_content()) == f"Last ned i {'Excel' if table else 'Word'}"
    files = [(site / address(kind, item_id) / link.get("href")).resolve() for link in offered]
    foremost = [".xlsx", ".docx"] if table else [".docx", ".pdf"]
    assert [file.name for file in files[:2]] == [f"{name}{ending}" for ending in foremost]
    assert f"{name}.odt" in {file.name for file in files}
    for link, file in zip(offered, files, strict=True):
        facts = words(link.getnext().text_content())
        size = file.stat().st_size
        large = f"{size / 1_000_000:.1f}".replace(".", ",")
        assert facts.endswith(f"{large} MB)" if size >= 1_000_000 else f"{size / 1000:.0f} kB)")
        if file.suffix == ".pdf":
            with pypdfium2.PdfDocument(file) as pdf:
                assert facts.startswith(f"(PDF, {len(pdf)} side")


def test_what_is_to_be_filled_in_has_a_form_and_surveys_have_their_files(site: Path) -> None:
    for kind, item_id in ITEMS:
        name = download_name(NB.get(kind, item_id))
        form = site / "last-ned" / f"{name}-utfyllbar.pdf"
        assert form.is_file() == (kind in ("template", "interview")), form.name
        for ending in (SUFFIXES[wanted] for wanted in SURVEY if wanted not in READING):
            assert (site / "last-ned" / f"{name}{ending}").is_file() == (kind == "survey")


def test_the_table_of_contents_lists_the_sections(site: Path) -> None:
    page = tree(site / "guider/workshop/rolleavklaring/index.html")
    entries = [words(link.text_content()) for link in page.xpath("//nav[@class='toc']//a")]
    headings = [words(node.text_content()) for node in page.xpath("//article//h2")]
    assert headings
    assert [entry for entry in entries if entry in headings][: len(headings)] == headings


def test_a_twin_is_read_in_nynorsk_and_says_so(site: Path) -> None:
    page = tree(site / "nn/guider/intervju/bedrift/index.html")
    assert page.get("lang") == "nn"
    assert page.xpath("//article/@lang")[0] == "nn"
    assert words(page.xpath("//h1")[0].text_content()) == NN.get("interview", "bedrift").title
    assert "Kvifor vi spør" in page.text_content()
    assert "Hvorfor vi spør" not in page.text_content()
    assert not page.xpath("//p[@class='head__notice']")


def test_no_bokmal_is_left_on_the_pages_in_nynorsk(site: Path) -> None:
    pages = list((site / "nn").rglob("index.html"))
    assert len(pages) > 150
    for path in pages:
        page = tree(path)
        assert page.get("lang") == "nn", path
        left = page.xpath("//body//*[@lang='nb'][not(@hreflang='nb')]")
        assert [one.text_content() for one in left] == [], path


def test_a_page_without_a_twin_is_marked_as_bokmal_with_a_notice(finished: Build) -> None:
    page = tree(finished.site / "nn/guider/intervju/bedrift/index.html")
    assert page.get("lang") == "nn"
    assert page.xpath("//article/@lang")[0] == "nb"
    notice = page.xpath("//p[@class='head__notice']")[0]
    assert notice.get("lang") == "nn"
    assert words(notice.text_content()) == "Denne sida finst berre på bokmål."


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("guider/intervju/bedrift", "nn/guider/intervju/bedrift"),
        ("nn/maler/prosjektplan-forstudie", "maler/prosjektplan-forstudie"),
        ("", "nn"),
    ],
)
def test_the_switch_leads_to_the_same_page_in_the_other_language(
    site: Path, here: str, there: str
) -> None:
    page = site / here / "index.html"
    switch = tree(page).xpath("//a[@class='nvr-switch']")[0]
    target = (page.parent / switch.get("href")).resolve()
    assert target == (site / there).resolve()
    assert switch.get("hreflang") == ("nn" if there.startswith("nn") else "nb")


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    navigating = "@rel='canonical' or @rel='alternate' or @rel='prev' or @rel='next'"
    loaded = f"//link[not({navigating})]/@href | //script/@src | //img/@src | //iframe/@src"
    for page in site.rglob("*.html"):
        for link in tree(page).xpath(loaded):
            assert not urlsplit(link).netloc, f"{page.relative_to(site)}: {link}"
    for sheet in (site / "assets" / "css").glob("*.css"):
        assert not re.search(r"url\(\s*[\"']?https?:", sheet.read_text(encoding="utf-8")), (
            sheet.name
        )


def test_no_macro_or_marker_is_left_in_the_text(site: Path) -> None:
    for page in site.rglob("*.html"):
        if "for-forfattere" in page.parts:
            continue
        text = page.read_text(encoding="utf-8")
        assert "<!--nvr-file" not in text, page
        assert "{{" not in tree(page).xpath("string(//article)"), page


def test_a_card_says_what_its_page_gives(site: Path) -> None:
    """On the page alone: paper and files name what belongs together in one line."""
    for listing in ("guider", "maler", "undersokelser", "eksempler", "roller"):
        cards = tree(site / listing / "index.html").xpath("//li[@class='cards__card']")
        assert len(cards) > 3, listing
        for card in cards:
            assert words("".join(card.xpath(".//p[@class='cards__summary']//text()"))), listing
