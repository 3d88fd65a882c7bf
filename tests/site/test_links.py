"""A heading's link copies its address; a page's feedback link begins an e-mail about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from lxml import html
from playwright.sync_api import Browser, expect

from macros.content.people import Adviser, Contacts
from macros.document.edition import Edition
from macros.document.feedback import feedback
from tests import real

ROLE = "roller/prosjektleder/"


def test_a_click_copies_the_address_of_the_section(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + ROLE)
    link = page.get_by_title("Lenke til avsnittet: Hva rollen er")
    page.locator("#om-rollen").hover()
    expect(link).to_have_css("opacity", "1")
    link.click()
    expect(page.locator(".copied")).to_have_text("Lenken er kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{ROLE}#om-rollen"
    assert page.url == f"{address}{ROLE}#om-rollen"
    context.close()


def test_a_browser_that_will_not_copy_goes_to_the_section(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error());"
        "document.execCommand = () => false"
    )
    page.goto(address + ROLE)
    page.get_by_title("Lenke til avsnittet: Hva rollen er").click(force=True)
    page.wait_for_url("**/#om-rollen")
    expect(page.locator(".copied")).to_have_text("")
    context.close()


def test_every_section_has_its_link_and_its_name_is_clean(site: Path) -> None:
    for path in site.rglob("index.html"):
        tree = html.document_fromstring(path.read_bytes())
        found = tree.xpath("//article//h2[@id] | //article//h3[@id]")
        for heading in found:
            if heading.xpath(
                "ancestor::*[self::a or self::button or self::summary or self::label]"
            ):
                continue
            link = heading.getnext()
            assert link.get("href") == f"#{heading.get('id')}", path
            title = " ".join(heading.text_content().split())
            assert link.get("title").endswith(f": {title}"), path
            # Heard after each heading it drowns the headings out.
            assert (link.get("aria-hidden"), link.get("tabindex")) == ("true", "-1"), path
            assert not heading.xpath(".//a[contains(@class, 'heading__link')]")


def test_without_scripts_the_link_leads_to_the_section(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + ROLE)
    link = page.get_by_title("Lenke til avsnittet: Hva rollen er")
    expect(link).to_have_css("opacity", "1")
    box = link.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    link.click()
    assert page.url == f"{address}{ROLE}#om-rollen"
    context.close()


def _edition(contacts: Contacts) -> Edition:
    edition = real.edition()
    region = edition.region.model_copy(update={"contacts": contacts})
    return replace(edition, region=region)


def test_the_feedback_reads_back_as_it_was_written() -> None:
    person = Adviser(name="[navn]", title="Rådgiver", email="fag+side@example.no")
    edition = _edition(Contacts(adviser=person))
    target = urlsplit(feedback(edition, "Møter &amp; æøå? #1 100&#37; &lt;b&gt;", ROLE))
    assert (target.scheme, target.fragment) == ("mailto", "")
    assert target.path == "fag%2Bside@example.no"
    assert "+" not in target.query  # a space is %20 in a mailto address
    read = parse_qs(target.query, strict_parsing=True)
    assert read["subject"] == ["Tilbakemelding: Møter & æøå? #1 100% <b>"]
    lines = read["body"][0].split("\r\n")
    assert f"Siden: {edition.region.base_url}{ROLE}" in lines
    assert any(line.startswith("Versjon: ") for line in lines)
    assert "\n" not in "".join(lines)


def test_without_anybody_to_write_to_the_link_leads_to_the_contact_page(site: Path) -> None:
    assert feedback(_edition(Contacts()), "Om", "om/") == "page/kontakt"
    for name, text in (("om", "Gi tilbakemelding på denne siden"), ("nn/om", "Gi tilbakemelding")):
        tree = html.document_fromstring((site / name / "index.html").read_bytes())
        (link,) = tree.xpath("//p[@class='feedback']/a")
        assert link.text.startswith(text)
        assert link.get("href") == "../kontakt/"
