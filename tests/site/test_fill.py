"""A person fills in a form on the site: what is kept, what is lost, what comes out and in."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from macros.document.address import address as address_of
from macros.document.features import ASKING
from macros.writers.form_data import form_files
from tests import real
from tests.site.conftest import Build
from tests.site.firefox import firefox
from tests.site.person import watched

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILL = "fyll-ut/"
BUDGET, PLAN = "template/budsjett", "template/prosjektplan-forstudie"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
DOCS = """() => new Promise((resolve) => {
  const asked = indexedDB.open("nvr.1:/");
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onerror = () => resolve([]);
  asked.onsuccess = () => {
    const got = asked.result.transaction("documents").objectStore("documents").getAll();
    got.onsuccess = () => { asked.result.close(); resolve(got.result); };
  };
})"""
PUT = """(doc) => new Promise((resolve) => {
  const asked = indexedDB.open("nvr.1:/");
  asked.onsuccess = () => {
    const change = asked.result.transaction("documents", "readwrite");
    change.objectStore("documents").put(doc);
    change.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""
BLOCKED = "indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };"
FULL = """() => {
  globalThis.room ??= IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); };
}"""
# All fields that are shown, as long as each may be: one call for each would take half a minute.
WRITE = """(fields, text) => {
  for (const field of fields) {
    field.value = text.slice(0, field.maxLength);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return fields.length;
}"""
ROOM = "() => { IDBObjectStore.prototype.put = globalThis.room; }"
# Each chapter in turn: whether it is wider than the page, and headings with a word that is cut.
CHAPTERS = """async () => {
  const found = [];
  const links = document.querySelectorAll(".fill__list a").length;
  for (let at = 0; at < Math.max(links, 1); at += 1) {
    document.querySelectorAll(".fill__list a")[at]?.click();
    // A frame has been shown when the next one begins.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    if (document.documentElement.scrollWidth > innerWidth) found.push([at, "bred"]);
    for (const head of document.querySelectorAll(".fill__table th[scope=col]:not(.fill__tools)")) {
      head.style.overflowWrap = "normal";
      head.style.hyphens = "none";
      const words = document.createRange();
      words.selectNodeContents(head);
      const right = Math.max(...[...words.getClientRects()].map((one) => one.right));
      if (right > head.getBoundingClientRect().right + 1) found.push([at, head.textContent]);
    }
  }
  return found;
}"""
HOSTILE = (
    "<img src=x onerror=\"document.title='brutt'\"><script>document.title='brutt'</script>{{7*7}}"
)


@pytest.fixture
def person(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of one's own, with nothing saved."""
    context = browser.new_context(viewport=DESK, locale="nb-NO", accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def page(person: BrowserContext, address: str) -> Iterator[Page]:
    with watched(person, address) as found:
        yield found


def begin(page: Page, address: str, template: str, chapter: str = "", language: str = "") -> None:
    page.goto("about:blank")
    where = f"{address}{language}{FILL}#{template}"
    page.goto(f"{where}/{chapter}" if chapter else where)
    expect(page.locator(".fill__doc h1")).to_be_visible()


def docs(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(DOCS)
    return found


def saved(page: Page) -> None:
    """Wait until all that is written is in the store."""
    page.wait_for_timeout(350)
    expect(page.locator(".fill__state")).to_have_text(
        re.compile(r"^Lagret i denne nettleseren \d\d:\d\d$")
    )


def cell(page: Page, field: str, row: int, column: int) -> Locator:
    line = page.locator(f"[data-field={field}] tbody tr").nth(row)
    return line.locator("td").nth(column).locator(".fill__control")


def go(page: Page, title: str) -> None:
    page.get_by_role("navigation", name="Kapitler").get_by_role("link", name=title).click()


def test_a_document_is_made_by_the_first_key_and_is_there_after_a_reload(
    address: str, page: Page
) -> None:
    begin(page, address, BUDGET)
    expect(page.locator(".fill__state")).to_have_text("Blir lagret når du begynner å skrive")
    assert docs(page) == []
    page.get_by_label("Saksnummer").press_sequentially("26/1")
    saved(page)
    (doc,) = docs(page)
    assert page.url == f"{address}{FILL}#{doc['id']}/forside"
    assert (doc["template"], doc["cover"]["case_number"]) == (BUDGET, "26/1")
    # A page that is left gives the store no time.
    page.get_by_label("Laget av").press_sequentially("Prosjektleder")
    page.reload()
    expect(page.get_by_label("Laget av")).to_have_value("Prosjektleder")
    expect(page.get_by_label("Saksnummer")).to_have_value("26/1")
    page.get_by_role("link", name="Alle dokumenter").click()
    expect(page.locator(".fill__entry-name")).to_have_text(["Budsjett"])
    begin(page, address, BUDGET)
    expect(page.get_by_label("Navn på dokumentet")).to_have_value("Budsjett (2)")


def test_two_tabs_write_in_one_document_and_neither_undoes_the_other(
    address: str, person: BrowserContext, page: Page
) -> None:
    begin(page, address, BUDGET, "kap-egeninnsats")
    cell(page, "timer", 0, 1).fill("2")
    saved(page)
    other = person.new_page()
    other.goto(page.url)
    expect(cell(other, "timer", 0, 1)).to_have_value("2")
    cell(page, "timer", 0, 2).press_sequentially("10", delay=30)
    cell(other, "timer", 1, 2).press_sequentially("20", delay=30)
    expect(cell(other, "timer", 0, 2)).to_have_value("10")
    expect(cell(page, "timer", 1, 2)).to_have_value("20")
    # A row that goes in one tab leaves the other's hand where it was.
    go(page, "7 Finansiering")
    cell(page, "finansieringstabell", 0, 0).fill("Staten")
    cell(page, "finansieringstabell", 1, 0).fill("Fylket")
    saved(page)
    go(other, "7 Finansiering")
    expect(cell(other, "finansieringstabell", 1, 0)).to_have_value("Fylket")
    cell(other, "finansieringstabell", 1, 1).press_sequentially("4")
    row = page.locator("[data-field=finansieringstabell]")
    row.get_by_role("button", name="Fjern rad 1", exact=True).click()
    expect(other.locator("[data-field=finansieringstabell] tbody tr")).to_have_count(1)
    other.keyboard.type("5")
    expect(cell(other, "finansieringstabell", 0, 1)).to_have_value("45")
    expect(cell(page, "finansieringstabell", 0, 1)).to_have_value("45")
    # What somebody is writing is not written over.
    name = other.get_by_label("Navn på dokumentet")
    name.focus()
    page.get_by_label("Navn på dokumentet").fill("Budsjett for forstudien")
    saved(page)
    expect(name).to_have_value("Budsjett")
    other.get_by_role("heading", level=1).click()
    saved(page)
    (doc,) = docs(page)
    rows = doc["values"]["timer"]
    assert (rows[0]["personer"], rows[0]["timer-hver"], rows[1]["timer-hver"]) == ("2", "10", "20")
    assert doc["values"]["finansieringstabell"] == [{"hvem": "Fylket", "penger": "45"}]
    assert doc["name"] == "Budsjett for forstudien"


def test_a_browser_that_is_killed_has_lost_nothing(
    address: str, browser: Browser, tmp_path: Path
) -> None:
    """The process is ended as the system ends it when memory is short, or power fails."""
    start = browser.browser_type.launch_persistent_context
    options: dict[str, Any] = {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox"],
        "locale": "nb-NO",
    }
    folder = tmp_path / "profil"
    context = start(folder, **options)
    page = context.new_page()
    begin(page, address, BUDGET)
    page.get_by_label("Saksnummer").press_sequentially("26/9")
    saved(page)
    where = page.url
    for process in _processes(folder):
        os.kill(process, signal.SIGKILL)
    context = start(folder, **options)
    page = context.new_page()
    page.goto(where)
    expect(page.get_by_label("Saksnummer")).to_have_value("26/9")
    context.close()


def _processes(folder: Path) -> list[int]:
    """Return the browser's own process on a profile; it takes the others with it."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"--user-data-dir={folder}" in line and "--type=" not in line:
            found.append(int(path.parent.name))
    assert found
    return found


def test_rows_come_and_go_by_keyboard_and_sums_follow(address: str, page: Page) -> None:
    begin(page, address, BUDGET, "kap-forutsetninger")
    page.get_by_label("Timesats").fill("600")
    go(page, "3 Arbeidstid")
    total = page.locator("[data-field=timer] tfoot td.fill__number")
    cell(page, "timer", 0, 1).fill("2")
    cell(page, "timer", 0, 2).fill("10,5")
    expect(page.locator("[data-field=timer] tbody tr").first.locator(".fill__output")).to_have_text(
        ["21", "12\u00a0600"]
    )
    cell(page, "timer", 1, 1).fill("1")
    cell(page, "timer", 1, 2).fill("100")
    expect(total).to_have_text([re.compile("121$"), re.compile("72\u00a0600$")])
    rows = page.locator("[data-field=timer] tbody tr")
    # Enter goes down, and makes a row below the last.
    cell(page, "timer", 7, 0).press("Enter")
    expect(rows).to_have_count(9)
    expect(cell(page, "timer", 8, 0)).to_be_focused()
    page.keyboard.type("Konsulent")
    page.get_by_role("button", name="Legg til rad").click()
    expect(cell(page, "timer", 9, 0)).to_be_focused()
    # The rows that every file has stay; the one that is removed leaves the focus on the next.
    expect(page.get_by_role("button", name="Fjern rad 8", exact=True)).to_have_count(0)
    remove = page.get_by_role("button", name="Fjern rad 9", exact=True)
    cell(page, "timer", 8, 1).fill("1")
    cell(page, "timer", 8, 2).fill("10")
    expect(total).to_have_text([re.compile("131$"), re.compile("78\u00a0600$")])
    remove.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(9)
    expect(remove).to_be_focused()
    expect(page.get_by_text("Rad 9 er fjernet.")).to_be_visible()
    expect(total).to_have_text([re.compile("121$"), re.compile("72\u00a0600$")])
    page.get_by_role("button", name="Angre").click()
    expect(cell(page, "timer", 8, 0)).to_have_value("Konsulent")
    expect(total).to_have_text([re.compile("131$"), re.compile("78\u00a0600$")])
    saved(page)
    (doc,) = docs(page)
    assert doc["values"]["timer"][0] == {
        "rolle": "Prosjektleder",
        "personer": "2",
        "timer-hver": "10,5",
    }


def test_what_is_left_is_counted_and_the_next_is_found(address: str, page: Page) -> None:
    begin(page, address, BUDGET)
    left = page.locator(".fill__left")
    expect(left).to_contain_text("10 av 10 obligatoriske felt igjen")
    page.get_by_role("button", name="Vis neste").click()
    expect(page.get_by_role("radio", name="Forstudie")).to_be_focused()
    assert page.url.endswith("/kap-om-budsjettet")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Vis neste").click()
    expect(page.get_by_label("Budsjettet gjelder fra")).to_be_focused()
    # A day by keyboard, in the order that the browser has them.
    page.keyboard.type(
        "01312027"
        if page.evaluate("new Date(2027, 0, 31).toLocaleDateString()")[0] == "1"
        else "31012027"
    )
    page.get_by_label("Til").fill("2027-06-30")
    expect(left).to_contain_text("7 av 10 obligatoriske felt igjen")
    saved(page)
    assert docs(page)[0]["values"]["fase"] == "forstudie"
    assert docs(page)[0]["values"]["periode-til"] == "2027-06-30"
    page.go_back()
    expect(page.get_by_role("heading", level=2, name="Forside")).to_be_visible()


def test_wrong_numbers_and_full_fields_are_told_of(address: str, page: Page) -> None:
    begin(page, address, BUDGET, "kap-forutsetninger")
    rate = page.get_by_label("Timesats")
    rate.fill("seks hundre")
    rate.press("Tab")
    expect(page.get_by_text("Skriv et tall, for eksempel")).to_be_visible()
    expect(rate).to_have_attribute("aria-invalid", "true")
    rate.fill("1 250,50 kr")
    expect(page.get_by_text("Skriv et tall, for eksempel")).to_be_hidden()
    text = page.get_by_label("Andre forutsetninger")
    text.focus()
    page.evaluate("(text) => document.execCommand('insertText', false, text)", "a" * 30_000)
    expect(
        page.get_by_text("Feltet har plass til 20\u00a0000 tegn, og det er fullt.")
    ).to_be_visible()
    assert len(text.input_value()) == 20_000


def test_what_another_document_says_is_offered_and_never_filled_in_unasked(
    address: str, page: Page
) -> None:
    begin(page, address, PLAN, "kap-mal-og-rammer")
    page.get_by_label("Prosjektets navn").fill("Fjordsamarbeidet")
    page.get_by_label("Kommunene som er med").fill("Elvedal, Fjellvik og Sundnes")
    page.get_by_label("Forstudien begynner").fill("2027-01-04")
    saved(page)
    begin(page, address, "template/mandat")
    go(page, "1 ")
    name = page.get_by_label("Prosjektets navn")
    expect(name).to_have_value("")
    page.get_by_role(
        "button", name="Hent fra Prosjektplan for forstudien: Fjordsamarbeidet"
    ).click()
    expect(name).to_have_value("Fjordsamarbeidet")
    expect(name).to_be_focused()
    go(page, "2 ")
    expect(
        page.get_by_role("button", name=re.compile("Elvedal, Fjellvik, Sundnes")).first
    ).to_be_visible()
    page.get_by_role("button", name=re.compile("Elvedal, Fjellvik, Sundnes")).first.click()
    expect(cell(page, "styringsgruppe", 2, 0)).to_have_value("Sundnes")
    saved(page)


def taken(page: Page, button: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path())


def put_in(page: Page, name: str, content: bytes) -> None:
    kind = "application/octet-stream"
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Hent inn en fil").click()
    chooser.value.set_files([{"name": name, "mimeType": kind, "buffer": content}])


def written(page: Page, address: str) -> dict[str, Any]:
    """Fill in something of each kind, and return the document."""
    begin(page, address, BUDGET, "kap-om-budsjettet")
    page.get_by_role("radio", name="Forprosjekt").check()
    page.get_by_label("Budsjettet gjelder fra").fill("2027-01-01")
    go(page, "2 Slik")
    page.get_by_label("Timesats").fill("1 600,50")
    page.get_by_label("Andre forutsetninger").fill("Æ, ø og å.\nLinje to.")
    page.get_by_role("checkbox", name="En økonom har sett over tallene").check()
    go(page, "3 Arbeidstid")
    cell(page, "timer", 0, 1).fill("2")
    page.get_by_role("button", name="Legg til rad").click()
    page.keyboard.type("Konsulent")
    saved(page)
    return docs(page)[0]


# The browser tells of a new address a moment after it has it.
LATE = """
  addEventListener("hashchange", (event) => {
    if (event.late) return;
    event.stopImmediatePropagation();
    const late = new HashChangeEvent("hashchange");
    late.late = true;
    setTimeout(() => dispatchEvent(late), 800);
  }, true);
"""


def test_who_goes_on_while_the_first_key_is_saved_comes_to_the_chapter(
    address: str, page: Page
) -> None:
    page.add_init_script(LATE)
    begin(page, address, BUDGET, "kap-om-budsjettet")
    page.get_by_label("Budsjettet gjelder fra").evaluate(
        """(field) => {
          field.value = "2027-01-01";
          field.dispatchEvent(new Event("input", { bubbles: true }));
          document.querySelectorAll(".fill__list a")[2].click();
        }"""
    )
    saved(page)
    expect(page.get_by_label("Timesats")).to_be_visible()


def test_out_as_a_file_deleted_and_back_it_is_the_same(address: str, page: Page) -> None:
    doc = written(page, address)
    file = taken(page, "Lagre som fil til en annen maskin")
    assert json.loads(file.read_text(encoding="utf-8")) == doc
    page.get_by_role("link", name="Alle dokumenter").click()
    page.get_by_role("button", name=re.compile("^Slett")).click()
    page.keyboard.press("Escape")
    assert len(docs(page)) == 1
    page.get_by_role("button", name=re.compile("^Slett")).click()
    page.locator("dialog[open]").get_by_role("button", name="Slett").click()
    expect(page.get_by_text("«Budsjett» er slettet.")).to_be_visible()
    assert docs(page) == []
    put_in(page, "budsjett.json", file.read_bytes())
    expect(page.get_by_text("«Budsjett» er hentet inn.")).to_be_visible()
    (back,) = docs(page)
    assert {**back, "changed": ""} == {**doc, "changed": ""}
    # A second time one is asked, and can have both.
    put_in(page, "budsjett.json", file.read_bytes())
    page.locator("dialog[open]").get_by_role("button", name="Behold begge").click()
    expect(page.locator(".fill__entry")).to_have_count(2)


def test_a_word_file_that_was_made_here_comes_in_with_all_its_answers(
    address: str, page: Page
) -> None:
    doc = written(page, address)
    file = taken(page, "Last ned i Word")
    expect(page.get_by_text("Filen «Budsjett.docx» er lastet ned.")).to_be_visible()
    page.get_by_role("link", name="Alle dokumenter").click()
    put_in(page, "Fra en kollega.docx", file.read_bytes())
    expect(page.get_by_text("er hentet inn.")).to_be_visible()
    expect(page.locator(".fill__entry")).to_have_count(2)
    back = next(one for one in docs(page) if one["id"] != doc["id"])
    for field in ("fase", "periode-fra", "timesats", "forutsetninger-tekst", "kontroll"):
        assert back["values"][field] == doc["values"][field]
    rows = [row.get("rolle") for row in back["values"]["timer"]]
    assert (rows[-1], len(rows)) == ("Konsulent", 9)
    assert back["values"]["timer"][0]["personer"] == "2"


def test_each_file_comes_with_the_answers_in_it(address: str, page: Page) -> None:
    written(page, address)
    for button, ending, start in (
        ("Last ned som ODT", "odt", b"PK"),
        ("Last ned i Excel", "xlsx", b"PK"),
        ("Last ned som utfyllbar PDF", "pdf", b"%PDF"),
    ):
        file = taken(page, button)
        expect(page.get_by_text(f"Filen «Budsjett.{ending}» er lastet ned.")).to_be_visible()
        assert file.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"tull", "Filen er ikke laget her."),
        (b'{"schema": "naeringsvennlig-region/dokument"', "Filen er ødelagt"),
        (b"\xff\xfe\x00", "Filen er ikke laget her."),
        (b"PK\x03\x04tull", ""),
    ],
)
def test_a_file_that_is_none_of_ours_is_told_of_and_changes_nothing(
    address: str, page: Page, content: bytes, words: str
) -> None:
    page.goto(address + FILL)
    put_in(page, "fil.json", content)
    expect(page.locator("[data-part=told]")).to_contain_text(words or re.compile("."))
    assert docs(page) == []


def test_what_a_new_version_has_no_place_for_is_shown_and_kept(address: str, page: Page) -> None:
    doc = written(page, address)
    doc["version"] = "0.9"
    doc["values"] |= {
        "borte": "Et svar fra før",
        "timer": [{"rolle": "Leder", "gammel": "Min tekst"}],
    }
    page.goto("about:blank")
    page.goto(address + FILL)
    page.evaluate(PUT, doc)
    page.goto(f"{address}{FILL}#{doc['id']}")
    page.reload()
    expect(page.get_by_text("Dokumentet er fra versjon 0.9")).to_be_visible()
    for text in ("Et svar fra før", "Min tekst"):
        expect(page.locator(".fill__notices").get_by_text(text)).to_be_visible()
    page.get_by_label("Saksnummer").fill("1")
    saved(page)
    kept = json.loads(taken(page, "Lagre som fil til en annen maskin").read_text(encoding="utf-8"))
    assert kept["values"]["borte"] == "Et svar fra før"
    assert kept["values"]["timer"][0]["gammel"] == "Min tekst"


def test_script_in_every_field_is_text(address: str, page: Page) -> None:
    begin(page, address, PLAN)
    title, written = page.title(), 0
    for at in range(page.locator(".fill__list li").count()):
        page.locator(".fill__list a").nth(at).click()
        expect(page.locator(".fill__list a").nth(at)).to_have_attribute("aria-current", "step")
        fields = page.locator(".fill__place :is(input[type=text], textarea)")
        written += fields.evaluate_all(WRITE, HOSTILE)
    assert written > 100
    page.get_by_label("Navn på dokumentet").fill(HOSTILE)
    saved(page)
    page.reload()
    expect(page.locator(".fill__doc h1")).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".fill__paper")).to_contain_text("{{7*7}}")
    page.emulate_media(media="screen")
    begin(page, address, "template/mandat", "kap-oppdraget")
    page.goto(address + FILL)
    expect(page.locator(".fill__entry-name")).to_have_text(HOSTILE)
    page.get_by_role("button", name=re.compile("^Slett")).click()
    expect(page.locator("dialog[open]")).to_contain_text("<script>")
    assert "brutt" not in (page.title(), title)


def test_where_nothing_can_be_saved_it_is_told_and_the_file_is_offered(
    address: str, person: BrowserContext, page: Page
) -> None:
    person.add_init_script(BLOCKED)
    begin(page, address, BUDGET)
    page.get_by_label("Saksnummer").press_sequentially("26/1")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Nettleseren lar ikke siden lagre noe.")
    expect(page.locator(".fill__state")).to_have_text("Ikke lagret")
    page.get_by_label("Laget av").press_sequentially("Lederen")
    with page.expect_download() as download:
        notice.get_by_role("button", name="Last ned som fil").click()
    doc = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert (doc["cover"]["case_number"], doc["cover"]["prepared_by"]) == ("26/1", "Lederen")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(address + FILL)
    expect(page.locator("[data-part=none]")).to_contain_text(
        "Nettleseren lar ikke siden lagre noe."
    )


def test_where_there_is_no_room_nothing_is_lost_and_it_is_saved_when_there_is(
    address: str, page: Page
) -> None:
    begin(page, address, BUDGET)
    page.evaluate(FULL)
    page.get_by_label("Saksnummer").press_sequentially("26/1")
    expect(page.get_by_role("alert")).to_contain_text("Det er ikke plass til mer i nettleseren.")
    page.evaluate(ROOM)
    page.get_by_label("Laget av").press_sequentially("Lederen")
    expect(page.get_by_role("alert")).to_have_count(0)
    saved(page)
    assert docs(page)[0]["cover"]["case_number"] == "26/1"


def test_five_thousand_rows_are_shown_in_parts_and_summed_whole(address: str, page: Page) -> None:
    doc = written(page, address)
    doc["values"]["status"] = [{"post": f"Post {n}", "budsjett": "1"} for n in range(1, 5001)]
    page.goto(address + FILL)
    page.evaluate(PUT, doc)
    page.goto("about:blank")
    page.goto(f"{address}{FILL}#{doc['id']}/kap-oppfolging")
    rows = page.locator("[data-field=status] tbody tr")
    expect(rows).to_have_count(100)
    expect(page.get_by_text("Rad 1 til 100 av 5\u00a0000")).to_be_visible()
    total = page.locator("[data-field=status] tfoot td.fill__number").first
    expect(total).to_have_text(re.compile("5\u00a0000$"))
    field = page.locator("[data-field=status]")
    expect(field.get_by_role("button", name="Legg til rad")).to_be_disabled()
    field.get_by_role("button", name="Neste rader").click()
    expect(cell(page, "status", 0, 0)).to_have_value("Post 101")
    cell(page, "status", 0, 1).fill("11")
    expect(total).to_have_text(re.compile("5\u00a0010$"))
    saved(page)
    assert docs(page)[0]["values"]["status"][100]["budsjett"] == "11"


def test_a_clock_that_is_set_back_loses_nothing(address: str, page: Page) -> None:
    begin(page, address, BUDGET)
    page.get_by_label("Saksnummer").fill("1")
    saved(page)
    page.clock.set_system_time("2020-01-01T10:42:00")
    page.get_by_label("Saksnummer").fill("2")
    page.wait_for_timeout(400)
    expect(page.locator(".fill__state")).to_contain_text("10:42")
    page.reload()
    expect(page.get_by_label("Saksnummer")).to_have_value("2")


def test_documents_are_named_copied_and_gone_on_with_from_the_template(
    address: str, page: Page
) -> None:
    begin(page, address, BUDGET)
    page.get_by_label("Saksnummer").fill("1")
    saved(page)
    page.get_by_role("link", name="Alle dokumenter").click()
    page.get_by_role("button", name="Gi nytt navn").click()
    page.locator("dialog[open]").get_by_label("Navn på dokumentet").fill("Budsjett 2027")
    page.keyboard.press("Enter")
    expect(page.locator(".fill__entry-name")).to_have_text(["Budsjett 2027"])
    page.get_by_role("button", name="Lag kopi").click()
    expect(page.locator(".fill__entry-name")).to_have_text(["Budsjett 2027, kopi", "Budsjett 2027"])
    page.goto(f"{address}maler/budsjett/")
    page.get_by_role("link", name="Fortsett på Budsjett 2027", exact=True).click()
    expect(page.get_by_label("Navn på dokumentet")).to_have_value("Budsjett 2027")
    page.goto(f"{address}maler/budsjett/")
    page.get_by_role("link", name="Fyll ut her", exact=True).first.click()
    expect(page.get_by_label("Saksnummer")).to_have_value("")


def test_on_paper_it_reads_as_a_document(address: str, page: Page) -> None:
    written(page, address)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    paper = page.locator(".fill__paper")
    for text in (
        "Arbeidstid i kommunene",
        "1. januar 2027",
        "Forprosjekt",
        "1 600,50",
        "Linje to.",
    ):
        expect(paper.get_by_text(text).first).to_be_visible()
    assert page.locator("button:visible, input:visible, textarea:visible").count() == 0
    assert paper.locator(".paper__line").count() > 5


def test_in_nynorsk_it_says_so(address: str, page: Page) -> None:
    begin(page, address, PLAN, language="nn/")
    expect(page.locator(".fill__state")).to_have_text("Blir lagra når du byrjar å skrive")
    page.get_by_label("Saksnummer").fill("26/1")
    page.wait_for_timeout(400)
    expect(page.locator(".fill__state")).to_contain_text("Lagra i denne nettlesaren")
    page.get_by_role("link", name="Alle dokument").click()
    # What is begun in one language is opened in the other.
    page.goto(address + FILL)
    page.locator(".fill__entry-name a").click()
    expect(page.get_by_label("Saksnummer")).to_have_value("26/1")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.audit
@pytest.mark.parametrize("turn", [0, 1])
def test_no_form_scrolls_sideways_or_cuts_a_word_of_a_heading(
    address: str, browser: Browser, site: Path, width: int, turn: int
) -> None:
    """Each fifth form for itself, then the others, so that a first answer comes soon."""
    every = re.findall(r'data-form="([^"]+)"', (site / "fyll-ut/index.html").read_text("utf-8"))
    forms = [name for at, name in enumerate(every) if bool(at % 5) == bool(turn)]
    assert forms
    page = browser.new_page(viewport={"width": width, "height": 900})
    wrong: list[Any] = []
    for name in forms:
        begin(page, address, name)
        wrong += [[name, *found] for found in page.evaluate(CHAPTERS)]
    page.close()
    assert wrong == []


def axe(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    found = page.evaluate(f"axe.run({{runOnly: {json.dumps(TAGS)}}})")
    return [
        f"{one['id']}: {[node['html'] for node in one['nodes']][:3]}" for one in found["violations"]
    ]


@pytest.mark.parametrize(
    ("view", "scheme"),
    [
        pytest.param(PHONE, "light", id="phone-light"),
        pytest.param(DESK, "dark", id="desk-dark", marks=pytest.mark.audit),
        pytest.param(PHONE, "dark", id="phone-dark", marks=pytest.mark.audit),
        pytest.param(DESK, "light", id="desk-light", marks=pytest.mark.audit),
    ],
)
def test_axe_finds_nothing_in_any_state(
    address: str, browser: Browser, scheme: Any, view: Any
) -> None:
    context = browser.new_context(viewport=view, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(address + FILL)
    expect(page.locator("[data-part=none]")).to_be_visible()
    assert axe(page) == []
    for template, chapter in (
        (BUDGET, "kap-forutsetninger"),
        (BUDGET, "kap-egeninnsats"),
        ("interview/bedrift", ""),
        ("checklist/forstudie", ""),
        (PLAN, "kap-mal-og-rammer"),
    ):
        begin(page, address, template, chapter)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= view["width"]
    begin(page, address, BUDGET, "kap-forutsetninger")
    rate = page.get_by_label("Timesats")
    rate.fill("feil")
    rate.press("Tab")
    expect(page.get_by_text("Skriv et tall, for eksempel")).to_be_visible()
    assert axe(page) == []
    page.wait_for_timeout(400)
    page.evaluate(FULL)
    rate.fill("1")
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    page.goto("about:blank")
    page.goto(address + FILL)
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("^Slett")).click()
    assert axe(page) == []
    context.close()


def test_without_a_script_there_are_words_and_files(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{FILL}#{BUDGET}")
    expect(page.get_by_text("Uten JavaScript laster du ned filen")).to_be_visible()
    expect(page.get_by_role("button", name="Hent inn en fil")).to_be_hidden()
    entry = page.locator(f'[id="{BUDGET}"]')
    expect(entry).to_be_in_viewport()
    assert (
        entry.get_by_role("link", name=re.compile("^Word")).get_attribute("href")
        == "../last-ned/budsjett.docx"
    )
    context.close()


def test_the_page_is_light_and_no_other_page_pays_for_it(address: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    of_the_front = _loaded(page)
    assert not any(re.search("/fill|/store/|skjema", url) for url in of_the_front)
    page.goto(f"{address}{FILL}#{PLAN}")
    page.wait_for_load_state("networkidle")
    more = {url: size for url, size in _loaded(page).items() if url not in of_the_front}
    assert any("skjema/template-prosjektplan-forstudie" in url for url in more)
    assert sum(more.values()) < 350_000, more
    context.close()


def _loaded(page: Page) -> dict[str, int]:
    """Return the size, unpacked, of all that a page has loaded."""
    found: dict[str, int] = page.evaluate("""Object.fromEntries(
      performance.getEntries()
        .filter((one) => 'decodedBodySize' in one)
        .map((one) => [one.name, one.decodedBodySize]))""")
    return found


def test_every_form_has_its_line_in_the_list_and_its_way_from_its_page(site: Path) -> None:
    edition = real.edition()
    forms = {name.split("/")[-1].removesuffix(".json") for name in form_files(edition)}
    asking = {f"{item.kind}-{item.id}" for item in edition.handbook.pages() if item.kind in ASKING}
    assert forms - {"opplysninger"} == asking
    listed = re.findall(r'data-form="([^"]+)"', (site / "fyll-ut/index.html").read_text("utf-8"))
    assert {name.replace("/", "-") for name in listed} == asking
    for name in listed:
        where = site / address_of(*name.split("/")) / "index.html"
        assert f'fyll-ut/#{name}"' in where.read_text(encoding="utf-8"), name


@pytest.mark.audit
def test_a_region_can_go_without_it(small: Build) -> None:
    region = small.root / "regions/standard/region.yml"
    text = region.read_text(encoding="utf-8")
    region.write_text(
        f"{text}\nfeatures: {{fill: false, run: false, answers: false}}\n", encoding="utf-8"
    )
    site = small.ok()
    assert not (site / "fyll-ut").exists()
    assert not (site / "data/skjema").exists()
    for page in site.rglob("*.html"):
        assert "fyll-ut/" not in page.read_text(encoding="utf-8"), page


SLOW = 4  # times slower than this machine


def test_typing_in_the_largest_plan(
    address: str, browser: Browser, page: Page, tmp_path: Path, record_property: Any
) -> None:
    """From a key until what it changes is handed to be drawn; a figure to look at, no limit."""
    begin(page, address, "template/prosjektplan-hovedprosjekt", "kap-organisering")
    field = page.locator(".fill__place textarea").first
    field.fill("")
    saved(page)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    wanted = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
    browser.start_tracing(page=page, path=tmp_path / "spor.json", categories=wanted)
    page.keyboard.type("Kommunen er med på dette", delay=100)
    page.wait_for_timeout(400)
    browser.stop_tracing()
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    expect(field).to_have_value("Kommunen er med på dette")
    events = json.loads((tmp_path / "spor.json").read_text(encoding="utf-8"))["traceEvents"]
    whole = [one for one in events if one.get("ph") == "X" and "dur" in one]
    keys = [
        one
        for one in whole
        if one["name"] == "EventDispatch" and one["args"].get("data", {}).get("type") == "keydown"
    ]
    main = {(one["pid"], one["tid"]) for one in keys}
    drawn = sorted(
        one["ts"] + one["dur"]
        for one in whole
        if one["name"] == "Commit" and (one["pid"], one["tid"]) in main
    )
    taken = sorted(
        (next(end for end in drawn if end > one["ts"]) - one["ts"]) / 1000
        for one in keys
        if drawn and drawn[-1] > one["ts"]
    )
    assert taken
    figure = f"a key at {SLOW}×: {taken[len(taken) // 2]:.0f} ms, at most {taken[-1]:.0f} ms"
    record_property("figure", figure)


def test_in_firefox_too_it_is_kept_when_the_page_or_the_browser_goes(
    address: str, tmp_path: Path
) -> None:
    number = "#forside-case_number"
    with firefox(tmp_path / "profil") as one:
        one.open(f"{address}{FILL}#{BUDGET}")
        one.wait(f"!!document.querySelector('{number}')", True)
        one.type(number, "26/7")
        one.wait("/^Lagret/.test(document.querySelector('.fill__state').textContent)", True)
        where = one.ask("location.href")
        one.open(where.replace("/forside", "/kap-forutsetninger"))
        one.wait("!!document.querySelector('#felt-timesats')", True)
        one.type("#felt-timesats", "600")
        one.open(where.replace("/forside", "/kap-egeninnsats"))
        one.wait("document.querySelectorAll('[data-field=timer] tbody tr').length", 8)
        one.type("[data-field=timer] tr:nth-child(1) td:nth-child(2) input", "2")
        one.type("[data-field=timer] tr:nth-child(1) td:nth-child(3) input", "10")
        one.wait(
            "document.querySelector('[data-field=timer] tr td:nth-child(5)').innerText",
            "12\u00a0000",
        )
        time.sleep(0.5)
    with firefox(tmp_path / "profil") as again:
        again.open(where)
        again.wait(f"document.querySelector('{number}')?.value", "26/7")
        again.open(where.replace("/forside", "/kap-egeninnsats"))
        again.wait(
            "document.querySelector('[data-field=timer] tr td:nth-child(5)')?.innerText",
            "12\u00a0000",
        )
