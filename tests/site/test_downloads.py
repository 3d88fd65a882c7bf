"""«Last ned»: what a phase needs comes first, and each link says what it leads to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from tests.site.test_axe import view


@pytest.mark.parametrize("path", ["last-ned/", "nn/last-ned/"])
def test_no_two_files_are_called_the_same(site: Path, path: str) -> None:
    tree = html.document_fromstring((site / path / "index.html").read_bytes())
    names = Counter(
        " ".join(link.text_content().split()) for link in tree.xpath("//article//table//td//a")
    )
    assert len(names) > 200
    assert {name: n for name, n in names.items() if n > 1} == {}


def test_the_packages_of_the_phases_come_before_the_file_of_everything(
    browser: Browser, address: str
) -> None:
    page = view(browser, 390, "light")
    page.goto(address + "last-ned/")
    files = page.locator("article a[href$='.zip'], article a[href$='.pdf']")
    first = [files.nth(at).get_attribute("href") for at in range(4)]
    assert [str(name).rpartition("/")[2] for name in first[:3]] == [
        "forstudie.zip",
        "forprosjekt.zip",
        "hovedprosjekt.zip",
    ]
    assert str(first[3]).endswith("handboken.pdf")
    page.context.close()


def test_a_reader_finds_a_document_by_a_part_of_its_name_or_its_kind(
    browser: Browser, address: str
) -> None:
    page = view(browser, 390, "light")
    page.goto(address + "last-ned/")
    rows = page.locator("article tbody tr")
    every = rows.count()
    field = page.get_by_label("Finn et dokument i listene")
    field.fill("BUDSJ")
    shown = page.locator("article tbody tr:visible")
    expect(shown).to_have_count(1)
    expect(page.locator(".filter [role=status]")).to_have_text("Ett dokument")
    assert page.locator("article h2:visible", has_text="Workshoper").count() == 0
    field.fill("workshop")
    assert 10 < shown.count() < every
    field.fill("finnes ikke")
    expect(page.locator(".filter [role=status]")).to_contain_text("Ingen dokumenter")
    field.fill("")
    expect(shown).to_have_count(every)
    page.context.close()


def test_without_scripts_all_files_are_there_and_no_field_that_does_nothing(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + "last-ned/")
    assert page.locator("article tbody tr:visible").count() > 60
    expect(page.locator(".filter")).to_be_hidden()
    page.close()
