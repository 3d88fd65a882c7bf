"""A region's strings are data: shown as they are, everywhere, and never run."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
from lxml import etree, html
from PIL import Image
from playwright.sync_api import Browser

from tests.site.conftest import Begin, Build, serving

pytestmark = pytest.mark.xdist_group("small")

NAME = """<script>alert(1)</script> {{ 7*7 }} "onmouseover="x() & æøåáčđŋšŧž"""
SURVEY = "https://svar.example.no/s?id=1&x=%3Cb%3E#til"
ENTRY = "<b>{{ 7*7 }}</b> &amp; [a](b)"
ADVISER = """Rådgiver {% raw %} <img src=x onerror=alert(2)> *a* [b](javascript:c) & 'd'"""

# What a pointer does to all that there is on a page, seen or not.
POINT = """() => {
  for (const node of document.querySelectorAll("*")) {
    for (const name of ["mouseover", "mouseenter", "focus"]) node.dispatchEvent(new Event(name));
  }
}"""


@pytest.fixture(scope="module")
def hostile(begin: Begin) -> Path:
    """The site of a region outside the project, whose every string tries to break out."""
    build = begin("fiendtlig")
    region = build.root.parent / "min-region"
    region.mkdir()
    quoted = NAME.replace("'", "''")
    adviser = ADVISER.replace("'", "''")
    (region / "region.yml").write_text(
        f"name: '{quoted}'\nshort_name: '{quoted}'\nowner: '{quoted}'\n"
        "languages: [nb, nn]\nsite_url: https://min.example.no/\n"
        f"contacts:\n  adviser:\n    name: '{adviser}'\n    title: '{quoted}'\n"
        "    email: fag@example.no\n    phone: +47 55 00 00 00\n    second_phone: '55 00 00 01'\n"
        f"  advisers:\n    - {{name: '{adviser}', title: {{nb: '{quoted}', nn: 'NN {quoted}'}}, "
        "email: to@example.no, municipalities: [Aurland]}\n"
        f"  municipal:\n    - {{name: '{quoted}', title: '{adviser}', email: k@example.no, "
        "municipalities: ['4640', aurland]}\n"
        f"municipalities: [AURLAND, '4640']\ncost: {{nb: '{adviser}', nn: 'NN {adviser}'}}\n"
        f"footer:\n  address: {{nb: '{quoted}', nn: 'NN {quoted}'}}\n"
        "  organisation_number: '000 000 000'\n"
        f"  links: [{{title: '{quoted}', url: '{SURVEY}'}}]\n"
        f"menu: [{{title: '{ENTRY}', url: '{SURVEY}'}}, {{page: om-oss}}]\n"
        f"front:\n  title: '{quoted}'\n  text: {{nb: '{adviser}', nn: 'NN {adviser}'}}\n"
        f"  photo: {{path: 'bilder/Fjord & fjell.jpg', alt: '{quoted}', credit: '{adviser}'}}\n"
        f"archive: {{system: '{quoted}', case_number: {{format: '{adviser}', hint: '{quoted}'}}}}\n"
        f"surveys: {{tool: '{quoted}', addresses: {{bedrifter: '{SURVEY}'}}}}\n"
        "legal: {privacy: 'https://min.example.no/personvern'}\n",
        encoding="utf-8",
    )
    (region / "bilder").mkdir()
    picture = Image.new("RGB", (1300, 700), "#7a0026")
    exif = Image.Exif()
    exif[0x010E] = "hemmelig sted"
    picture.save(region / "bilder" / "Fjord & fjell.jpg", exif=exif)
    (region / "docs").mkdir()
    (region / "docs" / "om-oss.md").write_text("# Om oss\n\nVi er to.\n", encoding="utf-8")
    (region / "_brand.yml").write_text(
        f"color:\n  primary: '#7a0026'\nlogo:\n  medium: {{path: logo.svg, alt: '{quoted}'}}\n",
        encoding="utf-8",
    )
    (region / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20">'
        '<rect width="60" height="20" fill="#7a0026"/></svg>',
        encoding="utf-8",
    )
    build.write(
        "docs/index.md",
        "---\ntitle: Start\n---\n\n# Start\n\nHer er {{ region.name }}. Spør {{ adviser.name }}."
        "\n\n{{ ask() }}\n\n{{ welcome() }}\n\n{{ local_contacts() }}"
        "\n\n{{ contact() }}\n\n{{ region_facts() }}\n\n{{ legal() }}\n\n{{ cost() }}\n",
    )
    build.ok(REGION="../min-region")
    return build.site


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_the_name_is_read_as_text_on_the_pages(hostile: Path) -> None:
    for page in ("index.html", "nn/index.html"):
        tree = html.document_fromstring((hostile / page).read_bytes())
        text = " ".join(tree.body.text_content().split())
        assert f"Her er {NAME}" in text
        assert f"Spør {ADVISER}" in text
        assert NAME in tree.findtext(".//title")


def test_no_page_gets_an_element_or_a_handler_from_a_string(hostile: Path) -> None:
    for page in pages(hostile):
        tree = html.document_fromstring(page.read_bytes())
        for node in tree.iter():
            if not isinstance(node.tag, str):
                continue
            assert not [name for name in node.attrib if name.startswith("on")], page
            assert "javascript:" not in (node.get("href") or ""), page
        assert not tree.xpath("//img[@src='x']"), page
        scripts = [script.text or "" for script in tree.xpath("//script")]
        assert not any("alert(1)" in script.replace("\\u003c", "<") for script in scripts), page


def test_jinja_in_a_string_is_not_run(hostile: Path) -> None:
    for page in pages(hostile):
        assert "49" not in html.document_fromstring(page.read_bytes()).findtext(".//title")


def test_the_name_is_read_as_text_in_the_pdfs(hostile: Path) -> None:
    with pypdfium2.PdfDocument(hostile / "last-ned" / "mandat.pdf") as pdf:
        text = " ".join(pdf[0].get_textpage().get_text_range().split())
        author = pdf.get_metadata_value("Author")
    assert "".join(NAME.split()) in "".join(text.split())
    assert author == NAME


def test_the_colour_reaches_pages_and_the_logo_is_shown(hostile: Path) -> None:
    assert "--nvr-own:#7a0026" in next((hostile / "assets/css").glob("nvr.*.css")).read_text()
    tree = html.document_fromstring((hostile / "index.html").read_bytes())
    logo = tree.xpath("//img[contains(@class, 'nvr-logo--light')]")[0]
    assert logo.get("alt") == NAME
    assert (hostile / logo.get("src")).is_file()


def test_what_the_region_tells_is_read_where_it_belongs(hostile: Path) -> None:
    front = html.document_fromstring((hostile / "index.html").read_bytes())
    facts = {
        fact.findtext("dt"): fact.find("dd").text_content() for fact in front.xpath("//dl/div")
    }
    assert facts == {
        "Eier av utgaven": NAME,
        "Kommuner": "Aurland, Sogndal",
        "Arkivsystem": NAME,
        "Saksnummer": f"Skriv slik: {ADVISER}. {NAME}",
    }
    assert ADVISER in [node.text for node in front.xpath("//div[@lang='nb']/p")]
    own = front.xpath("//a[@href='https://min.example.no/personvern']")
    assert [link.text for link in own] == ["Personvernerklæringen"]
    survey = html.document_fromstring(
        (hostile / "undersokelser" / "bedrifter" / "index.html").read_bytes()
    )
    link = survey.xpath("//section[.//*[@id='svar'] or @id='svar']//a[contains(@href, 'svar')]")
    assert [(found.get("href"), found.text) for found in link if found.text] == [
        (SURVEY, f"Gå til undersøkelsen i {NAME}")
    ]
    template = html.document_fromstring((hostile / "maler" / "mandat" / "index.html").read_bytes())
    assert f"Skriv slik: {ADVISER}. {NAME}" in template.text_content()


def test_prose_without_a_twin_says_which_language_it_is_in(hostile: Path) -> None:
    first = html.document_fromstring((hostile / "index.html").read_bytes())
    assert not first.xpath("//p[@class='head__notice']")
    other = html.document_fromstring((hostile / "nn" / "index.html").read_bytes())
    assert other.get("lang") == "nn"
    assert other.xpath("//h1/ancestor::div[@lang]/@lang") == ["nb"]
    notice = other.xpath("//p[@class='head__notice']")[0]
    assert (notice.get("lang"), notice.text) == ("nn", "Denne sida finst berre på bokmål.")
    assert other.xpath("//dl/ancestor::div[@lang][1]/@lang")[-1] == "nn"


def test_the_contact_can_be_called_and_mailed(hostile: Path) -> None:
    tree = html.document_fromstring((hostile / "index.html").read_bytes())
    links = [link.get("href") for link in tree.xpath("//address//a")]
    own = ["mailto:fag@example.no", "tel:+4755000000", "tel:55000001"]
    assert links == ["mailto:k@example.no", *own, "mailto:to@example.no"]
    asked = [link.get("href") for link in tree.xpath("//section[@class='ask']/ul//a")]
    assert asked[:4] == ["tel:+4755000000", "tel:55000001", own[0], "mailto:to@example.no"]
    lines = [" ".join(node.text_content().split()) for node in tree.xpath("//address/p")]
    assert "Kommuner: Sogndal, Aurland" in lines
    assert "Kommune: Aurland" in lines


def test_each_language_has_the_texts_that_the_region_wrote_in_it(hostile: Path) -> None:
    for page, mark in (("index.html", ""), ("nn/index.html", "NN ")):
        tree = html.document_fromstring((hostile / page).read_bytes())
        language = "nn" if mark else "nb"
        texts = [" ".join(node.text_content().split()) for node in tree.xpath("//footer//p")]
        assert f"{mark}{NAME}" in texts
        assert "Organisasjonsnummer 000 000 000" in texts
        assert tree.xpath("//footer//li/a[@href=$url]", url=SURVEY)[0].text == NAME
        told = {node.text: node.get("lang") for node in tree.xpath("//section//p[@lang]")}
        assert told.get(f"{mark}{ADVISER}") == language
        cost = [node.text for node in tree.xpath("//div[@lang=$lang]/p", lang=language)]
        assert f"{mark}{ADVISER}" in cost


def test_the_menu_has_the_regions_entries_before_the_last(hostile: Path) -> None:
    tree = html.document_fromstring((hostile / "index.html").read_bytes())
    tabs = [(link.text, link.get("href")) for link in tree.xpath("//nav[@class='tabs']//a")]
    assert tabs[-3:-1] == [(ENTRY, SURVEY), ("Om oss", "om-oss/")]
    assert len(tree.xpath("//nav[@class='menu__nav']//a[@href='om-oss/']")) == 1


def test_the_photo_comes_in_the_sizes_that_fit_and_keeps_its_place(hostile: Path) -> None:
    for page in ("index.html", "nn/index.html"):
        tree = html.document_fromstring((hostile / page).read_bytes())
        image = tree.xpath("//section[contains(@class, 'welcome')]//img")[0]
        assert image.get("alt") == NAME
        assert f"Foto: {ADVISER}" in [node.text for node in tree.xpath("//figcaption")]
        offered = [
            one.split() for one in tree.xpath("//picture/source")[0].get("srcset").split(", ")
        ]
        assert [width for _, width in offered] == ["480w", "800w", "1200w", "1300w"]
        for address, width in (*offered, (image.get("src"), f"{image.get('width')}w")):
            path = (hostile / page).parent / address
            with Image.open(path) as made:
                assert f"{made.width}w" == width
                assert not made.getexif()
            assert b"hemmelig" not in path.read_bytes()
        assert (image.get("width"), image.get("height")) == ("800", "431")


def test_an_unknown_region_is_named_with_those_there_are(small: Build) -> None:
    result = small.run(REGION="standart")
    assert result.returncode != 0
    assert "Mente du «standard»?" in result.stdout + result.stderr
    assert not small.site.exists()


def test_nothing_of_it_runs_or_leaves_in_a_browser(hostile: Path, browser: Browser) -> None:
    """Every page in Chromium, with traps for dialogs, errors and requests to others.

    In one language, and the other's front page: no string reaches a page in nynorsk in a way of
    its own, and every page of both is looked through above.
    """
    wrong: list[str] = []
    page = browser.new_page()
    with serving(hostile) as where:
        host = urlsplit(where).netloc
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if urlsplit(request.url).netloc == host else wrong.append(request.url)
            ),
        )
        nynorsk = hostile / "nn"
        bokmal = [path for path in pages(hostile) if nynorsk not in path.parents]
        for path in [*bokmal, nynorsk / "index.html"]:
            page.goto(f"http://{host}/{path.relative_to(hostile).as_posix()}")
            page.evaluate(POINT)
        page.goto(f"http://{host}/")
        page.fill("header input[type=search]", "script")
        page.wait_for_timeout(500)
        shown = page.title()
        page.close()
    assert wrong == []
    assert NAME in shown


def test_the_strings_are_text_in_the_data_and_the_feed_and_each_page_has_its_card(
    hostile: Path,
) -> None:
    data = json.loads((hostile / "data" / "handbok.json").read_text(encoding="utf-8"))
    assert (data["region"], data["owner"]) == (NAME, NAME)
    feed = etree.parse(hostile / "endringer" / "feed.xml").getroot()
    assert feed.findtext("{*}author/{*}name") == NAME
    for folder in ("", "nn/"):
        page = html.parse(hostile / f"{folder}guider/workshop/swot/index.html")
        (card,) = page.xpath("//meta[@property='og:image']/@content")
        assert (hostile / card.partition("/assets/")[2].join(("assets/", ""))).is_file(), card
