"""A person works on a page: ticks, times, and what the browser keeps and lets go of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.content.model import Checklist
from tests import real

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIST, ALL, INTERVIEW = "sjekklister/forstudie/", "mitt-prosjekt/", "guider/intervju/bedrift/"
OURS = "Object.keys(localStorage).filter((name) => name.startsWith('nvr.'))"
POINTS = sum(
    len(group.points)
    for group in real.project().handbooks["nb"].find(Checklist, "forstudie").groups
)
BLOCKED = """for (const name of ['getItem', 'setItem', 'removeItem']) {
  Storage.prototype[name] = () => { throw new DOMException('', 'SecurityError'); };
}"""


@pytest.fixture
def person(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of one's own, with nothing saved."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nb-NO")
    yield context
    context.close()


@pytest.fixture
def page(person: BrowserContext) -> Page:
    return person.new_page()


def tick(page: Page, where: str, count: int) -> None:
    """Tick the first points of a page by their names, as one finds them."""
    page.goto(where)
    for at in range(count):
        page.get_by_role("checkbox").nth(at).check()


def test_a_tick_is_there_after_a_reload_and_in_another_tab(
    address: str, person: BrowserContext, page: Page
) -> None:
    page.goto(address + LIST)
    status = page.locator(".work__count")
    expect(status).to_have_text(f"0 av {POINTS} punkter gjort")
    row = page.locator("#punkt-mandat")
    box = page.get_by_role("checkbox", name="Mandatet sier hva forstudien")
    height = row.bounding_box()
    assert height
    assert height["height"] >= 44
    # The whole row is the target, and the link in it is still a link.
    row.click(position={"x": height["width"] - 5, "y": height["height"] - 5})
    expect(box).to_be_checked()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    page.keyboard.press("Space")
    expect(status).to_have_text(f"1 av {POINTS} punkter gjort")
    other = person.new_page()
    other.goto(address + LIST)
    expect(other.locator("#punkt-mandat input")).to_be_checked()
    other.locator("#punkt-plan input").check()
    expect(page.locator("#punkt-plan input")).to_be_checked()
    page.reload()
    expect(status).to_have_text(f"2 av {POINTS} punkter gjort")
    expect(box).to_be_checked()
    row.get_by_role("link").click()
    page.wait_for_url("**/maler/mandat/")
    page.goto(f"{address}nn/{LIST}")
    expect(page.locator("#punkt-mandat input")).to_be_checked()


def test_a_tick_follows_its_id_and_points_that_are_gone_are_dropped(
    address: str, page: Page
) -> None:
    page.goto(address + LIST)
    key = "nvr.1:/:checklist:forstudie"
    page.evaluate(f"localStorage.setItem('{key}', '[\"mandat\", \"borte\"]')")
    page.reload()
    expect(page.locator(".work__count")).to_have_text(f"1 av {POINTS} punkter gjort")
    page.locator("#punkt-plan input").check()
    assert page.evaluate(f"JSON.parse(localStorage.getItem('{key}'))") == ["mandat", "plan"]


def test_the_front_page_tells_how_far_each_phase_has_come(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert not any("fremdrift" in url for url in asked)
    expect(page.locator("[data-progress-phase=forstudie]")).to_be_hidden()
    tick(page, address + LIST, 3)
    page.goto(address)
    expect(page.locator("[data-progress-phase=forstudie]")).to_have_text(
        f"3 av {POINTS} punkter gjort"
    )
    expect(page.locator("[data-progress-phase=forprosjekt]")).to_be_hidden()


def saved_file(page: Page) -> dict[str, Any]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Lagre alt i en fil").click()
    assert download.value.suggested_filename.endswith(".json")
    found: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return found


def choose(page: Page, content: Any) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    file = {"name": "kryss.json", "mimeType": "application/json", "buffer": text.encode()}
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Hent inn fra en fil").click()
    chooser.value.set_files([file])  # type: ignore[list-item]


def test_to_a_file_deleted_by_one_button_and_back_from_the_file(address: str, page: Page) -> None:
    tick(page, address + LIST, 3)
    tick(page, address + INTERVIEW, 2)
    page.get_by_role("link", name="Ta vare på, hent inn eller slett").click()
    state = page.locator("[data-part=state]")
    expect(state).to_have_text("Du har 3 kryss i sjekklister og 2 kryss i intervjuguider.")
    file = saved_file(page)
    assert (file["version"], file["site"]) == (1, address)
    assert len(file["ticks"]["checklist"]["forstudie"]) == 3
    # Another region on the same host keeps its own.
    page.evaluate("localStorage.setItem('nvr.1:/annen/:checklist:x', '[\"a\"]')")
    page.evaluate("localStorage.setItem('nvr.scheme', 'dark')")
    page.get_by_role("button", name="Slett alt som er lagret").click()
    page.keyboard.press("Escape")
    assert len(page.evaluate(OURS)) == 4
    page.get_by_role("button", name="Slett alt som er lagret").click()
    page.locator("dialog[open]").get_by_role("button", name="Slett alt").click()
    expect(page.get_by_text("Alt er slettet.")).to_be_visible()
    assert page.evaluate(OURS) == ["nvr.1:/annen/:checklist:x"]
    page.evaluate("localStorage.clear()")
    file["ticks"]["checklist"]["forstudie"].append("borte")
    choose(page, file)
    expect(page.locator("dialog[open]")).to_contain_text(
        "2 kryss i intervjuguider. 1 ting i filen finnes det ikke plass til"
    )
    page.get_by_role("button", name="Legg til det du har").click()
    expect(
        page.get_by_text("Nå har du 3 kryss i sjekklister og 2 kryss i intervjuguider.")
    ).to_be_visible()
    page.goto(address + LIST)
    expect(page.locator(".work__count")).to_have_text(f"3 av {POINTS} punkter gjort")


def test_a_file_adds_or_replaces_as_one_says(address: str, page: Page) -> None:
    tick(page, address + LIST, 2)
    page.goto(address + ALL)
    file = {**saved_file(page), "ticks": {"checklist": {"forstudie": ["budsjett"]}}}
    state = page.locator("[data-part=state]")
    for button, left in (("Avbryt", 2), ("Legg til", 3), ("Bytt ut", 1)):
        choose(page, {**file, "site": "https://region.example.no/"})
        expect(page.locator("dialog[open]")).to_contain_text("et annet nettsted")
        page.locator("dialog[open]").get_by_role("button", name=button).click()
        expect(state).to_contain_text(f"{left} kryss i sjekklister")


WRONG: list[tuple[Any, str]] = [
    ("{", "kan ikke leses"),
    ("[]", "ikke laget her"),
    ({"schema": "annet"}, "ikke laget her"),
    ({"version": 2}, "en nyere utgave"),
    *(({"version": wrong}, "«version» er ikke slik") for wrong in (-1, 0, 1.5, "1", None, [])),
    ({"version": 1e300}, "«version» er ikke slik"),
    ({"site": 1}, "«site» er ikke slik"),
    ({"site": "x" * 400}, "«site» er ikke slik"),
    ({"date": "i går"}, "«date» er ikke slik"),
    ({"date": "2026-11-24T99:99:99Z"}, "«date» er ikke slik"),
    ({"ticks": []}, "«ticks» er ikke slik"),
    ({"ticks": {"annet": {}}}, "«ticks.annet»"),
    ({"ticks": {"__proto__": {}}}, "«ticks.__proto__»"),
    ({"ticks": {"checklist": {"__proto__": ["a"]}}}, "«ticks.checklist.__proto__»"),
    ({"ticks": {"checklist": {"forstudie": [1]}}}, "«ticks.checklist.forstudie»"),
    ({"ticks": {"checklist": {"forstudie": {"0": "mandat"}}}}, "«ticks.checklist.forstudie»"),
    ({"ticks": {"checklist": {"constructor": ["a"]}}}, "1 ting er ukjente"),
    ({"ticks": {"interview": {f"x{n}": ["a"] for n in range(4999)}}}, "4999 ting er ukjente"),
    ({"ticks": {"interview": {f"x{n}": ["a"] for n in range(9000)}}}, "for stor"),
    ({"ticks": {"checklist": {"forstudie": "mandat"}}}, "«ticks.checklist.forstudie»"),
    ({"ticks": {"checklist": {"forstudie": ["<b>"]}}}, "«ticks.checklist.forstudie»"),
]


def test_a_file_that_is_wrong_is_told_of_and_changes_nothing(address: str, page: Page) -> None:
    tick(page, address + LIST, 1)
    page.goto(address + ALL)
    before = page.evaluate("({...localStorage})")
    fine = {
        "schema": "naeringsvennlig-region/fremdrift",
        "version": 1,
        "site": address,
        "date": "2026-11-24T12:00:00Z",
        "ticks": {},
    }
    for broken, told in WRONG:
        page.goto(address + ALL)
        choose(page, {**fine, **broken} if isinstance(broken, dict) else broken)
        expect(page.locator("[data-part=told]")).to_contain_text(told)
        assert page.evaluate("({...localStorage})") == before, broken


def test_a_file_that_is_far_too_large_is_not_even_read(
    address: str, page: Page, tmp_path: Path
) -> None:
    large = tmp_path / "stor.json"
    with large.open("wb") as file:
        file.truncate(40_000_001)
    page.goto(address + ALL)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Hent inn fra en fil").click()
    chooser.value.set_files(large)
    expect(page.locator("[data-part=told]")).to_contain_text("for stor")


def test_only_what_the_handbook_has_is_taken_and_one_is_told_how_much(
    address: str, page: Page
) -> None:
    """Also where the file was saved in the other language, whose questions have other ids."""
    tick(page, address + INTERVIEW, 2)
    page.goto(address + ALL)
    file = saved_file(page)
    page.evaluate("localStorage.clear()")
    file["ticks"]["checklist"] = {"forstudie": ["mandat", "mandat", "borte"], "tull": ["x"]}
    file["ticks"]["interview"] |= {"hasownproperty": ["a"]}
    page.goto(f"{address}nn/{ALL}")
    text = json.dumps(file)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Hent inn frå ei fil").click()
    chooser.value.set_files(
        [{"name": "a.json", "mimeType": "application/json", "buffer": text.encode()}]  # type: ignore[list-item]
    )
    page.locator("dialog[open]").get_by_role("button", name="Legg til").click()
    told = page.locator("[data-part=told]")
    expect(told).to_have_text(
        "Henta inn 1 kryss i sjekklister og 2 kryss i intervjuguidar. "
        "No har du 1 kryss i sjekklister og 2 kryss i intervjuguidar. "
        "3 ting i fila er ukjende her og vart ikkje med."
    )
    keys = ["nvr.1:/:checklist:forstudie", "nvr.1:/:interview:bedrift.nb"]
    assert sorted(page.evaluate(OURS)) == keys
    assert page.evaluate(f"localStorage.getItem('{keys[0]}')") == '["mandat"]'


@pytest.mark.parametrize("button", ["Legg til", "Bytt ut"])
def test_a_browser_that_is_full_keeps_what_it_had(address: str, page: Page, button: str) -> None:
    tick(page, address + LIST, 3)
    tick(page, address + INTERVIEW, 2)
    page.goto(address + ALL)
    file = saved_file(page)
    every = page.evaluate("fetch('../data/fremdrift.json').then((got) => got.json())")
    lists = {name: found["points"] for name, found in every["checklists"].items()}
    file["ticks"] = {"checklist": lists, "interview": every["interviews"]}
    page.evaluate("""() => {
        for (let size = 5e6; size >= 1; size = Math.floor(size / 2))
          try { for (let n = 0; ; n++) localStorage.setItem(`x${size}.${n}`, 'x'.repeat(size)); }
          catch {}
    }""")
    before = page.evaluate("JSON.stringify(Object.entries(localStorage).sort())")
    choose(page, file)
    page.locator("dialog[open]").get_by_role("button", name=button).click()
    expect(page.locator("[data-part=told]")).to_contain_text("Alt er som det var.")
    assert page.evaluate("JSON.stringify(Object.entries(localStorage).sort())") == before
    expect(page.locator("[data-part=state]")).to_contain_text("3 kryss i sjekklister og 2 kryss i")


def test_questions_are_counted_and_a_new_talk_begins_without_ticks(
    address: str, page: Page
) -> None:
    tick(page, address + INTERVIEW, 4)
    status = page.locator(".work__count")
    questions = page.get_by_role("checkbox").count()
    assert questions > 5
    expect(status).to_have_text(f"4 av {questions} spørsmål stilt")
    first = page.locator(".question__text").first.inner_text()
    name = " ".join(first.split())
    expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    page.get_by_role("button", name="Fjern kryssene her").click()
    page.locator("dialog[open]").get_by_role("button", name="Fjern kryssene").click()
    expect(status).to_have_text(f"0 av {questions} spørsmål stilt")
    assert page.evaluate(OURS) == []


@pytest.mark.parametrize(
    ("begins", "first", "end"),
    [
        ("09:00", "09:00–09:10", "Fra 09:00 til 11:30."),
        ("22:55", "22:55–23:05", "Fra 22:55 til 01:25 neste dag."),
        ("01:30", "01:30–01:40", "Fra 01:30 til 04:00."),
    ],
)
def test_an_agenda_shows_the_clock_once_it_is_told_when_it_begins(
    address: str, browser: Browser, begins: str, first: str, end: str
) -> None:
    # Where clocks go forward at two in the night, on that night: an agenda knows no date.
    context = browser.new_context(timezone_id="Europe/Oslo")
    page = context.new_page()
    page.clock.install(time="2026-03-29T00:10:00Z")
    page.goto(f"{address}guider/mote/oppstartsmote/")
    clocks = page.locator(".agenda__clock")
    assert clocks.first.inner_text() == "0:00–0:10"
    page.get_by_label("Når begynner dere?").fill(begins)
    expect(clocks.first).to_have_text(first)
    assert clocks.last.inner_text().partition("–")[2] in end
    expect(page.locator(".work--agenda [role=status]")).to_have_text(end)
    page.reload()
    expect(clocks.first).to_have_text(first)
    page.emulate_media(media="print")
    assert clocks.first.is_visible()
    assert page.get_by_text(end).is_visible()
    assert not page.get_by_label("Når begynner dere?").is_visible()
    page.emulate_media(media="screen")
    page.get_by_label("Når begynner dere?").fill("")
    expect(clocks.first).to_have_text("0:00–0:10")
    context.close()


def test_paper_shows_the_ticks_and_none_of_the_buttons(address: str, page: Page) -> None:
    tick(page, address + LIST, 1)
    page.emulate_media(media="print")
    box = page.get_by_role("checkbox").first
    style = "(box) => getComputedStyle(box, '::before')"
    assert box.is_visible()
    assert box.evaluate(f"{style.replace('=> ', '=> (')}).clipPath").startswith("polygon")
    assert box.evaluate("(box) => getComputedStyle(box).printColorAdjust") == "exact"
    assert page.locator(".work__count").is_visible()
    for name in (".work__where", ".work__ways"):
        assert not page.locator(name).is_visible()


def test_without_scripts_the_list_is_plain(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + LIST)
    assert page.locator(".checks__point").count() == POINTS
    assert page.locator("#punkt-mandat .box").is_visible()
    assert page.locator("input[type=checkbox]:visible, .work__ways:visible").count() == 0
    page.goto(address + ALL)
    assert page.locator(".saved button:visible").count() == 0
    page.goto(f"{address}guider/mote/oppstartsmote/")
    assert page.locator(".agenda__clock").first.inner_text() == "0:00–0:10"
    assert not page.locator(".work__clock").is_visible()
    context.close()


def test_a_browser_that_keeps_nothing_is_told_of(address: str, person: BrowserContext) -> None:
    person.add_init_script(BLOCKED)
    page = person.new_page()
    page.goto(address + LIST)
    expect(page.locator(".work__where")).to_contain_text("lar ikke siden lagre")
    page.get_by_role("checkbox").first.check()
    expect(page.locator(".work__count")).to_have_text(f"1 av {POINTS} punkter gjort")
    page.goto(address + ALL)
    expect(page.locator("[data-part=told]")).to_contain_text("lar ikke siden lagre")


def test_nothing_moves_when_the_scripts_come(address: str, page: Page) -> None:
    tick(page, address + LIST, 2)
    for path in (LIST, INTERVIEW, ALL, "", "guider/mote/oppstartsmote/"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        moved = page.evaluate(
            """() => new Promise((done) => new PerformanceObserver((list) => done(
              list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
              .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 200))"""
        )
        assert moved < 0.01, path


@pytest.mark.audit
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "opens"),
    [
        (LIST, None),
        (INTERVIEW, "Fjern kryssene her"),
        (ALL, "Slett alt som er lagret"),
    ],
)
def test_axe_finds_nothing_on_the_parts_to_work_with(
    address: str, browser: Browser, scheme: Any, path: str, opens: str | None
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + path)
    if page.get_by_role("checkbox").count():
        page.get_by_role("checkbox").first.check()
    if opens:
        page.get_by_role("button", name=opens).click()
        expect(page.locator("dialog[open]").get_by_role("button", name="Avbryt")).to_be_focused()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": TAGS}
    parts = {"include": [["article"]], "exclude": [[".head"]]}
    found = page.evaluate(f"axe.run({json.dumps(parts)}, {json.dumps(options)})")["violations"]
    assert [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]] == []
    context.close()
