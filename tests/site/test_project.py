"""«Mitt prosjekt»: what a browser keeps, in one place: seen, saved to a file, deleted, and back."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site.hosted import HERE, Host, kept, settled, until, watched

pytestmark = pytest.mark.xdist_group("uten-nett")
PROJECT, LIST = "mitt-prosjekt/", "sjekklister/forstudie/"
DOCUMENT = {
    "schema": "naeringsvennlig-region/dokument",
    "form": 1,
    "id": "11111111-aaaa-4aaa-8aaa-111111111111",
    "template": "template/mandat",
    "version": "1.0",
    "language": "nb",
    "name": "Mandat for to kommuner <b>",
    "created": "2026-11-20T08:02:00.000Z",
    "changed": "2026-11-29T10:42:00.000Z",
    "cover": {"region": "Fjord", "date": "2026-01-31"},
    "values": {
        "navn": "=1+1 <script>",
        "klart": ["leder"],
        "kostnader": [{"post": "Reiser", "kroner": "12 000,50"}],
    },
}
STEP = {
    "title": "Styrker",
    "minutes": 20,
    "least": 10,
    "skip": False,
    "pause": False,
    "out": False,
    "notes": {
        "text": "Godt",
        "decisions": ["Vi går videre"],
        "actions": [{"what": "a", "who": "b", "due": ""}],
    },
}
RUN = {
    "schema": "naeringsvennlig-region/kjoring",
    "form": 1,
    "id": "21111111-aaaa-4aaa-8aaa-111111111111",
    "created": "2026-11-28T08:02:00.000Z",
    "changed": "2026-11-28T10:42:00.000Z",
    "kind": "workshop",
    "guide": "swot",
    "language": "nb",
    "title": "SWOT",
    "plan": "",
    "start": "",
    "state": "paused",
    **dict.fromkeys(
        ["people", "offset", "seen", "begun", "end", "at", "began", "given", "waited", "since"],
        0,
    ),
    "past": [{"at": 0, "began": 1, "ended": 2, "waited": 0, "given": 20}],
    "steps": [STEP],
}
SEED = """async ([documents, runs]) => {
  const { putAll } = await import(new URL("../assets/js/store/db.js", location.href));
  await putAll({ documents, runs }, false);
}"""
RECORDS = """async () => {
  const { all } = await import(new URL("../assets/js/store/db.js", location.href));
  return [await all("documents"), await all("runs")];
}"""


@pytest.fixture(scope="module")
def host(hosted: Path) -> Iterator[Host]:
    found = Host(hosted)
    found.begin()
    yield found
    found.cut()


@pytest.fixture
def person(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="nb-NO", service_workers="allow"
    )
    wrong = watched(context)
    yield context
    context.close()
    assert wrong == []


@pytest.fixture
def page(person: BrowserContext, host: Host) -> Page:
    page = person.new_page()
    page.goto(host.address + PROJECT)
    return page


def seed(page: Page) -> None:
    """Leave what a person has after some weeks: a document, a run and a tick."""
    page.evaluate(SEED, [[DOCUMENT], [RUN]])
    page.goto(page.url.replace(PROJECT, LIST))
    page.get_by_role("checkbox").first.check()
    page.get_by_role("link", name="Ta vare på, hent inn eller slett").click()
    page.wait_for_url(f"**/{PROJECT}#lagret")


def saved(page: Page) -> Any:
    with page.expect_download() as download:
        page.get_by_role("button", name="Lagre alt i en fil").click()
    assert download.value.suggested_filename.startswith("mitt-prosjekt-20")
    return json.loads(Path(download.value.path()).read_text(encoding="utf-8"))


def choose(page: Page, content: Any) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Hent inn fra en fil").click()
    file = {"name": "prosjekt.json", "mimeType": "application/json", "buffer": text.encode()}
    chooser.value.set_files([file])  # type: ignore[list-item]


def test_all_that_is_begun_is_there_with_the_way_to_where_it_goes_on(page: Page) -> None:
    expect(page.get_by_text("Du har ikke begynt på noe dokument.")).to_be_visible()
    expect(page.locator("[data-part=state]")).to_have_text("Du har ikke lagret noe.")
    seed(page)
    document = page.locator("[data-part=documents] a")
    expect(document).to_have_text("Mandat for to kommuner <b>")
    assert document.get_attribute("href") == f"../fyll-ut/#{DOCUMENT['id']}"
    expect(page.locator("[data-part=documents] li")).to_contain_text("29. november 2026")
    run = page.locator("[data-part=runs] li")
    expect(run).to_contain_text("på pause")
    assert run.locator("a").get_attribute("href") == f"../kjor/#{RUN['id']}"
    expect(page.locator("[data-list='checklist:forstudie']")).to_contain_text("1 av 1 punkter")
    expect(page.get_by_role("link", name="Fortsett: Mandat for to kommuner")).to_be_visible()
    expect(page.locator("[data-part=now]")).to_contain_text("lengst i fasen Forstudie.")
    expect(page.locator("[data-part=now]")).to_contain_text("Neste beslutning: ")
    expect(page.locator("[data-part=state]")).to_have_text(
        "Du har 1 kryss i sjekklister, 1 dokument og 1 kjøring."
    )
    # The other language tells of the same.
    page.goto(page.url.replace(HERE, f"{HERE}nn/"))
    expect(page.locator("[data-part=documents] a")).to_have_text("Mandat for to kommuner <b>")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2027-02-01", "Etter planen begynner dere 1. mars 2027. Neste beslutning:"),
        ("2027-05-01", "Etter planen er dere i fasen Forstudie. Neste beslutning:"),
        ("2031-01-01", "Etter planen er dere gjennom alle fasene."),
    ],
)
def test_where_they_are_follows_the_regions_dates(
    person: BrowserContext, host: Host, day: str, told: str
) -> None:
    page = person.new_page()
    page.clock.install(time=f"{day}T10:00:00Z")
    page.goto(f"{host.address}annen/{PROJECT}")
    expect(page.locator("[data-part=now]")).to_contain_text(told)


def test_to_a_file_deleted_by_one_button_and_back(page: Page, person: BrowserContext) -> None:
    seed(page)
    settled(page)
    page.evaluate("caches.open('nvr.1:/annen/:opened')")
    page.evaluate("localStorage.setItem('nvr.1:/annen/:checklist:x', '[\"a\"]')")
    file = saved(page)
    assert (file["documents"], file["runs"]) == ([DOCUMENT], [RUN])
    page.get_by_role("button", name="Slett alt som er lagret").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("kryss, dokumenter, kjøringer og sider til å lese uten nett")
    dialog.get_by_role("button", name="Slett alt").click()
    expect(page.get_by_text("Alt er slettet.")).to_be_visible()
    expect(page.locator("[data-part=documents] li")).to_have_count(0)
    assert page.evaluate(RECORDS) == [[], []]
    assert page.evaluate("Object.keys(localStorage)") == ["nvr.1:/annen/:checklist:x"]
    until(page, "caches.keys().then((all) => all.length === 1)")
    assert list(kept(page)) == ["nvr.1:/annen/:opened"]
    choose(page, file)
    expect(page.locator("dialog[open]")).to_contain_text("1 dokument og 1 kjøring")
    page.get_by_role("button", name="Legg til det du har").click()
    expect(page.locator(".saved__told")).to_contain_text("Hentet inn 1 kryss i sjekklister, 1 dok")
    assert page.evaluate(RECORDS) == [[DOCUMENT], [RUN]]
    other = person.new_page()
    other.goto(page.url)
    expect(other.locator("[data-part=documents] a")).to_have_count(1)


def test_what_is_as_new_here_as_in_the_file_stays(page: Page) -> None:
    seed(page)
    file = saved(page)
    newer = {**DOCUMENT, "name": "Nyere", "changed": "2026-12-01T08:00:00.000Z"}
    page.evaluate(SEED, [[newer], []])
    choose(page, file)
    page.get_by_role("button", name="Legg til det du har").click()
    expect(page.locator(".saved__told")).to_contain_text("2 ting i filen er ikke nyere")
    assert page.evaluate(RECORDS)[0][0]["name"] == "Nyere"
    choose(page, file)
    page.get_by_role("button", name="Bytt ut det du har").click()
    expect(page.locator("[data-part=documents] a")).to_have_text("Mandat for to kommuner <b>")


def test_files_of_before_and_of_one_document_are_read(page: Page, host: Host) -> None:
    ticks = {
        "schema": "naeringsvennlig-region/fremdrift",
        "version": 1,
        "site": host.address,
        "date": "2026-11-24T12:00:00Z",
        "ticks": {"checklist": {"forstudie": ["mandat"]}},
    }
    for file, told in ((ticks, "1 kryss i sjekklister"), (DOCUMENT, "1 dokument"), (RUN, "1 kj")):
        choose(page, file)
        expect(page.locator("dialog[open]")).to_contain_text(told)
        page.get_by_role("button", name="Legg til det du har").click()
    expect(page.locator("[data-part=state]")).to_have_text(
        "Du har 1 kryss i sjekklister, 1 dokument og 1 kjøring."
    )


def broken(store: str, *path: Any) -> dict[str, Any]:
    """Return a file in which one value of a record is another: the last of the path."""
    *keys, key, value = path
    file = {"documents": [copy.deepcopy(DOCUMENT)], "runs": [copy.deepcopy(RUN)]}
    place: Any = file[store][0]
    for inner in keys:
        place = place[inner]
    place[key] = value
    return file


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ({"documents": {}}, "«documents»"),
        ({"documents": [1]}, "«documents.1.schema»"),
        ({"documents": [DOCUMENT] * 2001}, "for stor"),
        (broken("documents", "form", 2), "nyere utgave"),
        (broken("documents", "id", "../../x"), "«documents.1.id»"),
        (broken("documents", "template", "javascript:alert(1)"), "«documents.1.template»"),
        (broken("documents", "changed", "i går"), "«documents.1.changed»"),
        (broken("documents", "changed", "2026-99-99T00:00:00Z"), "«documents.1.changed»"),
        (broken("documents", "cover", "region", 5), "«documents.1.cover.region»"),
        (broken("documents", "values", "navn", 5), "«documents.1.values.navn»"),
        (broken("documents", "values", "__proto__", {"a": "b"}), "«documents.1.values.__proto__»"),
        (broken("documents", "values", "kostnader", 0, {"post": []}), "«documents.1.values.kost"),
        (broken("runs", "schema", "annet"), "«runs.1.schema»"),
        (broken("runs", "state", "hacket"), "«runs.1.state»"),
        (broken("runs", "end", None), "«runs.1.end»"),
        (broken("runs", "steps", 0, {}), "«runs.1.steps.1»"),
        (broken("runs", "steps", 0, "notes", "decisions", [{}]), "«runs.1.steps.1.notes»"),
        (broken("runs", "past", [{"at": "x"}]), "«runs.1.past»"),
    ],
)  # fmt: skip
def test_a_damaged_or_foreign_file_is_told_of_and_changes_nothing(
    page: Page, host: Host, file: dict[str, Any], told: str
) -> None:
    page.evaluate(SEED, [[DOCUMENT], []])
    head = {
        "schema": "naeringsvennlig-region/prosjekt",
        "version": 1,
        "site": host.address,
        "date": "2026-11-24T12:00:00Z",
        "ticks": {},
    }
    choose(page, {**head, **file})
    expect(page.locator(".saved__told")).to_contain_text(told)
    assert page.evaluate(RECORDS) == [[DOCUMENT], []]


def test_a_file_is_taken_whole_or_not_at_all(page: Page) -> None:
    """Where the base is full in the middle, ticks and documents are as they were."""
    seed(page)
    file = saved(page)
    file["ticks"]["checklist"] = {}
    file["documents"] = [{**DOCUMENT, "id": f"{n}1111111-aaaa"} for n in range(3)]
    page.evaluate("""() => {
      const put = IDBObjectStore.prototype.put;
      let left = 2;
      IDBObjectStore.prototype.put = function (...values) {
        if (!left--) throw new DOMException("", "QuotaExceededError");
        return put.apply(this, values);
      };
    }""")
    before = page.evaluate("JSON.stringify(Object.entries(localStorage).sort())")
    choose(page, file)
    page.get_by_role("button", name="Bytt ut det du har").click()
    expect(page.locator(".saved__told")).to_contain_text("Alt er som det var.")
    assert page.evaluate("JSON.stringify(Object.entries(localStorage).sort())") == before
    assert page.evaluate(RECORDS) == [[DOCUMENT], [RUN]]


def test_a_browser_without_a_base_says_so(person: BrowserContext, host: Host) -> None:
    person.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('') }")
    page = person.new_page()
    page.goto(host.address + PROJECT)
    expect(page.locator("[data-part=no-documents]")).to_contain_text("lar ikke siden lagre")


def test_nothing_moves_when_what_is_kept_comes(page: Page) -> None:
    seed(page)
    page.goto(page.url.partition("#")[0])
    page.wait_for_load_state("networkidle")
    moved = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) => done(
          list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
          .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 200))"""
    )
    assert moved < 0.01
