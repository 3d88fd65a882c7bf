"""Words of the glossary are explained where they stand: by tap, by keyboard, and without both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Locator, Page, expect

from macros.pages.reading import Reading
from tests import real

ROLE = "roller/prosjektleder/"
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 740})
    page = context.new_page()
    page.goto(address + ROLE)
    yield page
    context.close()


def mandate(page: Page) -> tuple[Locator, Locator]:
    word = page.locator("a.term", has_text="mandat").first
    return word, page.locator('.term-note[data-term="mandat"]')


def test_a_tap_explains_and_a_tap_elsewhere_closes(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(address + ROLE)
    word, note = mandate(page)
    word.tap()
    expect(note).to_be_visible()
    expect(note).to_have_accessible_name("mandat")
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.url == address + ROLE
    page.touchscreen.tap(180, 5)
    expect(note).to_be_hidden()
    context.close()


@pytest.mark.parametrize("key", ["Enter", " "])
def test_keys_open_lead_to_the_link_and_back(page: Page, key: str) -> None:
    word, note = mandate(page)
    word.focus()
    page.keyboard.press(key)
    expect(note).to_be_focused()
    expect(word).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(note.get_by_role("link", name="Les mer i ordlisten")).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(word).to_be_focused()
    expect(word).to_have_attribute("aria-expanded", "false")


def test_a_resting_mouse_opens_and_can_go_into_the_note(page: Page) -> None:
    word, note = mandate(page)
    word.hover()
    expect(note).to_be_visible()
    note.hover()
    page.wait_for_timeout(500)
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    word.hover()
    expect(note).to_be_visible()
    page.mouse.move(5, 5)
    expect(note).to_be_hidden()


def test_the_note_leads_on_to_the_glossary(page: Page, address: str) -> None:
    word, note = mandate(page)
    word.click()
    note.get_by_role("link", name="Les mer i ordlisten").click()
    assert page.url == f"{address}ordliste/#mandat"


def test_without_scripts_the_word_leads_to_its_entry(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ROLE)
    page.locator("a.term", has_text="mandat").first.click()
    assert page.url == f"{address}ordliste/#mandat"
    expect(page.locator("#mandat")).to_be_in_viewport()
    context.close()


def test_each_word_is_explained_once_and_only_in_running_text(site: Path) -> None:
    explained = 0
    for path in site.rglob("index.html"):
        tree = html.document_fromstring(path.read_bytes())
        words = tree.xpath("//article//a[@class='term']")
        targets = [word.get("href").partition("#")[2] for word in words]
        explained += len(targets)
        # A prose page may link a word itself, more than once.
        if path.parent.parent.name in ("roller", "guider", "maler"):
            assert len(targets) == len(set(targets)), path
        for word in words:
            around = {node.tag for node in word.iterancestors()}
            quiet = {"h1", "h2", "h3", "h4", "a", "button", "summary", "label", "figure"}
            assert not around & (quiet | {"table"}), path
            lead = [node for node in word.iterancestors() if "summary" in node.get("class", "")]
            assert not lead, path
        if path.parent.name == "ordliste":
            assert targets == []
        notes = tree.xpath("//template//@data-term")
        assert set(notes) == set(targets), path
    assert explained > 500


def test_an_open_note_has_no_violations(page: Page) -> None:
    word, note = mandate(page)
    word.click()
    expect(note).to_be_visible()
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    page.emulate_media(reduced_motion="reduce")
    for scheme in ("default", "slate"):
        page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
        found = page.evaluate(
            "rules => axe.run({include: ['.section']}, {runOnly: rules})"
            ".then((found) => found.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))",
            RULES,
        )
        assert found == [], scheme


def test_text_that_looks_like_markup_stays_text() -> None:
    reading = Reading(real.edition(), real.project().handbooks)
    text = '&lt;img src=x onerror="alert(1)"&gt; {{ 7*7 }} &mandat; styringsgruppa'
    attribute = '<p title="a > b mandat">'
    page = f'{attribute}{text}</p><h2 id="a">Mandat &lt;b&gt; "x"</h2><p>mandatet, PLP-kurs</p>'
    found = reading.prepared(page, "om/")
    assert found.startswith(attribute + text.removesuffix("styringsgruppa"))
    assert '<h2 id="a">Mandat &lt;b&gt; "x"</h2>' in found
    assert 'title="Lenke til avsnittet: Mandat &lt;b&gt; &#34;x&#34;"' in found
    tree = html.fragment_fromstring(found, create_parent=True)
    assert [word.text for word in tree.xpath(".//a[@class='term']")] == [
        "styringsgruppa",
        "mandatet",
    ]
    assert not tree.xpath(".//img | .//b")


def test_a_text_that_is_not_translated_has_its_own_words_explained() -> None:
    reading = Reading(real.edition("nn"), real.project().handbooks)
    page = (
        '<p>Ein prosjektleiar.</p><div lang="nb"><p>En hovedprosjektet og prosjektleder.</p></div>'
    )
    tree = html.fragment_fromstring(reading.prepared(page, "om/"), create_parent=True)
    assert [word.text for word in tree.xpath(".//a[@class='term']")] == [
        "prosjektleiar",
        "hovedprosjektet",
    ]
    notes = " ".join(tree.xpath(".//template//text()"))
    assert "hovudprosjekt" in notes


def test_a_role_is_linked_once_in_facts_and_tables(site: Path) -> None:
    """The same three roles in each row of a plan were 133 of the 335 links of a phase's page."""
    for path in (*site.glob("faser/*/index.html"), *site.glob("guider/*/*/index.html")):
        tree = html.document_fromstring(path.read_bytes())
        found = tree.xpath(
            "//article//*[self::table or self::dl[@class='facts']]//a[contains(@href, 'roller/')]"
        )
        targets = [link.get("href") for link in found if "#" not in link.get("href")]
        assert len(targets) == len(set(targets)), path
    plan = html.document_fromstring((site / "faser/forstudie/index.html").read_bytes())
    steps = plan.xpath("//*[contains(@class, 'stops--numbered')]")[0]
    assert "Prosjektleder og 5 til" in " ".join(steps.text_content().split())
