"""The page at the root of a host with many editions: who looks for a region finds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, Page, expect

from macros.fleet.front import Listed, write_front
from macros.fleet.places import Place
from macros.fleet.report import write
from macros.fleet.state import Good, Record, State
from tests.site.conftest import ROOT, serving
from tests.site.hosted import VIOLATIONS
from tests.site.test_axe import AXE, RUN
from tools.made_regions import made

HOST = "https://handbok.example.no/"
SAMI = Listed("nord", "Nordregionen", ("Kárášjohka – Karasjok",), f"{HOST}nord/", ("nb",))


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("vert")
    regions = [
        Listed(
            region.slug,
            f"Prøveregion {region.number}",
            tuple(town.name for town in region.towns),
            f"{HOST}{region.slug}/",
            region.languages,
        )
        for region in made(ROOT, 60)
    ]
    write_front(ROOT, out, HOST, [SAMI, *regions])
    return out


@pytest.fixture(scope="module")
def where(host: Path) -> Iterator[str]:
    with serving(host) as address:
        yield address


@pytest.fixture
def page(browser: Browser, where: str) -> Iterator[Page]:
    page = browser.new_page()
    page.add_init_script(VIOLATIONS)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(where)
    yield page
    page.close()
    assert wrong == []


def shown(page: Page) -> list[str]:
    return page.locator(".host__list > li:visible > a").all_text_contents()


def test_a_region_is_found_by_its_name_and_by_a_municipality_however_it_is_typed(
    page: Page,
) -> None:
    field = page.get_by_label("Region eller kommune")
    assert len(shown(page)) == 61
    for typed in ("karasjok", "KÁRÁŠJOHKA", "karasjohka", "nordreg", "nord kara"):
        field.fill(typed)
        assert shown(page) == ["Nordregionen"], typed
        expect(page.get_by_role("status")).to_have_text("1 region passer")
    field.fill("prøveregion 1")
    assert "Prøveregion 1" in shown(page)
    assert "Prøveregion 2" not in shown(page)
    expect(page.get_by_role("status")).to_have_text("11 regioner passer")
    field.fill("finnes ikke")
    assert shown(page) == []
    expect(page.get_by_role("status")).to_contain_text("Ingen region passer.")
    field.fill("")
    assert len(shown(page)) == 61


def test_enter_leads_to_the_first_that_fits(page: Page) -> None:
    page.get_by_label("Region eller kommune").fill("karasjok")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Nordregionen")).to_be_focused()


def test_without_a_script_the_page_is_a_list_of_all(browser: Browser, where: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(where)
    assert len(shown(page)) == 61
    expect(page.locator("form")).to_be_hidden()
    expect(page.get_by_role("link", name="Nordregionen")).to_have_attribute("href", "/nord/")
    context.close()


@pytest.mark.parametrize("name", ["", "nn.html", "404.html"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_page_is_accessible_and_has_room(
    browser: Browser, where: str, name: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(where + name)
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_map_leads_to_the_map_of_each_language_of_each_edition(host: Path) -> None:
    found = etree.parse(host / "sitemap.xml").getroot()
    places = [place.text for place in found.iter("{*}loc")]
    assert f"{HOST}nord/sitemap.xml" in places
    assert {f"{HOST}prove-002/sitemap.xml", f"{HOST}prove-002/nn/sitemap.xml"} <= set(places)
    assert f"Sitemap: {HOST}sitemap.xml" in (host / "robots.txt").read_text(encoding="utf-8")


def test_no_file_at_the_root_can_be_a_region_s_folder(host: Path) -> None:
    assert all("." in path.name for path in host.iterdir())


def test_pages_name_each_other_and_the_files_that_are_there(host: Path) -> None:
    for name in ("index.html", "nn.html", "404.html"):
        page = html.document_fromstring((host / name).read_bytes())
        files = page.xpath("//link[@rel='stylesheet']/@href | //script/@src")
        assert all((host / file.lstrip("/")).is_file() for file in files)
    page = html.document_fromstring((host / "nn.html").read_bytes())
    assert page.get("lang") == "nn"
    assert page.xpath("//header//a/@href") == ["/"]
    assert dict(
        zip(page.xpath("//link/@hreflang"), page.xpath("//link[@hreflang]/@href"), strict=True)
    ) == {"nb": HOST, "nn": f"{HOST}nn.html"}


def test_a_new_look_takes_the_old_one_away_and_names_are_text(tmp_path: Path) -> None:
    odd = Listed("odd", "<script>alert(1)</script>", ("A & B",), f"{HOST}odd/", ("nb",))
    (tmp_path / "forside.0123456789ab.css").write_text("gammel", encoding="utf-8")
    write_front(ROOT, tmp_path, f"{HOST}regioner/", [odd])
    assert len(list(tmp_path.glob("forside.*.css"))) == 1
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert 'href="/regioner/odd/"' in text
    assert not (tmp_path / "robots.txt").exists()


@pytest.mark.parametrize("name", ["rapport.html", "rapport.nn.html"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_report_is_accessible_and_leads_to_what_it_names(
    browser: Browser, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    good = Good("a", "b", "c", "d", {}, 301, 7_400_000, "2027-01-31T10:00:00+00:00")
    changes = {"added": {"page": 3, "pdf": 1}, "changed": {"word": 20}, "removed": {"look": 1}}
    drifted = "guides/workshop/swot.nn.yml:2:1: advarsel: oversetter en eldre versjon"
    advice = (("Dette anbefaler vi", ("logo: Legg inn logoen i _brand.yml.",)),)
    state = State()
    for slug, outcome, errors in (
        ("dal", "built", ""),
        ("fjord", "failed", "region.yml:3:1: feil"),
    ):
        state.records[slug] = Record(
            slug, f"regions/{slug}", outcome, f"{slug.title()}regionen", ("Sogndal", "Aurland"),
            ("nb",), HOST, errors, (drifted,), advice, changes, 41.2, 37.5, good.at, good,
        )  # fmt: skip
    places = [Place(slug, Path(slug)) for slug in state.records]
    write(tmp_path, state, places, dt.datetime(2027, 1, 31, 10, 5, tzinfo=dt.UTC))
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto((tmp_path / name).as_uri())
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
    for element in ("document.documentElement", "document.querySelector('table')"):
        assert page.evaluate(f"{element}.scrollWidth") <= width
    page.locator("td a[href='#rad-0']").click()
    expect(page.get_by_text(drifted).first).to_be_visible()
    context.close()
