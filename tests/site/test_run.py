"""A person runs a workshop on the site: the clock, the plan, a second window, notes, minutes."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.site.conftest import ROOT, Begin, serving

pytestmark = pytest.mark.xdist_group("run")

AXE = (ROOT / "tests" / "site" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "axe.run({}).then((found) => found.violations)".format(
    json.dumps({"runOnly": TAGS, "resultTypes": ["violations"]})
)
NINE = "2026-11-30T08:00:00Z"  # nine o'clock in Oslo
SHEET = """run_sheet:
  - {title: Start, minutes: 10, say: "«Velkommen alle.»", method: Runde., output: Alle er i gang., task: [Si navnet ditt.]}
  - {title: Skriv, minutes: 20, say: Skriv alene., method: Lapper., output: Mange lapper., handout: ark, task: [Skriv alene., Ett ord på hver lapp.]}
  - {title: Pause, minutes: 10, pause: true, say: Ti minutter., method: Kaffe., output: Friske hoder.}
  - {title: Sorter, minutes: 20, skip: true, say: Heng opp., method: Grupper., output: Fire grupper.}
  - {title: Slutt, minutes: 10, least: 8, say: Takk., method: Runde., output: En eier.}
"""  # noqa: E501 (YAML)


@pytest.fixture(scope="module")
def where(begin: Begin) -> Iterator[str]:
    """A small site with a workshop that has a break and something to leave out, and the minutes."""
    build = begin("kjor")
    path = build.root / "guides" / "workshop" / "swot.yml"
    text = path.read_text(encoding="utf-8").replace("minutes: 60\n", "minutes: 70\n")
    start, _, rest = text.partition("run_sheet:\n")
    text = start + SHEET + "worksheets:\n" + rest.partition("worksheets:\n")[2]
    path.write_text(text, encoding="utf-8")
    minutes = (ROOT / "templates" / "innkalling-og-referat.yml").read_text(encoding="utf-8")
    minutes = re.sub(r"\nrelated:\n(?:  - .*\n)+", "\nrelated: [meeting/oppstartsmote]\n", minutes)
    minutes = minutes.replace("decided_by: prosjektansvarlig", "decided_by: prosjektleder")
    minutes = minutes.replace(
        "phases: [forstudie, forprosjekt, hovedprosjekt]", "phases: [forstudie]"
    )
    build.write("templates/innkalling-og-referat.yml", minutes)
    with serving(build.ok()) as address:
        yield address


@pytest.fixture
def person(browser: Browser, where: str) -> Iterator[BrowserContext]:
    """A browser of one's own, in Norway, which asks no other host for anything."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="nb-NO", timezone_id="Europe/Oslo"
    )
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    yield context
    context.close()
    assert [url for url in asked if not url.startswith((where, "blob:"))] == []


@pytest.fixture
def page(person: BrowserContext) -> Page:
    page = person.new_page()
    stop_the_clock(page)
    return page


def stop_the_clock(page: Page) -> None:
    """From here on time goes by only where a test says so."""
    page.clock.install(time="2026-11-30T07:59:00Z")
    page.clock.pause_at(NINE)


def begun(page: Page, where: str) -> None:
    """Open the workshop from the list and start it."""
    page.goto(f"{where}kjor/")
    page.get_by_role("link", name=re.compile("^Kjør ?: SWOT")).click()
    page.get_by_role("button", name="Start nå").click()
    expect(page.get_by_role("heading", name="Start", exact=True)).to_be_focused()


def go(page: Page, minutes: float) -> None:
    """Let time go by, tick for tick."""
    page.clock.run_for(int(minutes * 60_000))


def part(page: Page, name: str) -> Any:
    return page.locator(f"[data-part='{name}']:visible, .live [data-part='{name}']").first


def saved(page: Page) -> None:
    """Wait until the run has been saved in the browser."""
    expect(part(page, "kept")).to_contain_text("Lagret i denne nettleseren")


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in page.evaluate(RUN)
        for node in rule["nodes"]
    ]


def test_a_whole_workshop_is_run_late_paused_reloaded_and_gives_minutes(
    where: str, page: Page, tmp_path: Path
) -> None:
    begun(page, where)
    digits, left, end = part(page, "digits"), part(page, "left"), part(page, "end")
    expect(end).to_have_text("Slutter 10:10 som planlagt.")
    expect(part(page, "say")).to_have_text("«Velkommen alle.»")
    go(page, 3)
    expect(digits).to_have_text("07:00")
    expect(left).to_have_text("7 minutter igjen")
    expect(part(page, "break")).to_have_text("Neste pause kl. 09:30, 10 minutter.")
    # Twelve minutes late: what is left gives in proportion, and the end is kept.
    go(page, 19)
    expect(digits).to_have_text("−12:00")
    expect(end).to_have_text(
        "Slutter 10:10 som planlagt. Stegene som er igjen, er kortet med 12 minutter."
    )
    lines = page.locator(".line")
    expect(lines.nth(1)).to_contain_text("16 min (planlagt 20)")
    expect(lines.nth(4)).to_contain_text("8 min (planlagt 10)")
    page.get_by_role("button", name="Neste").click()
    heading = page.get_by_role("heading", name="Skriv", exact=True)
    expect(heading).to_be_focused()
    expect(digits).to_have_text("16:00")
    expect(page.get_by_role("link", name="Styrker og svakheter")).to_be_visible()
    page.get_by_label("Notater").fill("Mange lapper om båten.")
    page.get_by_role("button", name="Ny beslutning").click()
    page.get_by_label("Beslutning", exact=True).fill("Vi bruker lappene.")
    page.get_by_role("button", name="Ny oppgave").click()
    page.get_by_label("Hva", exact=True).fill("Skriv rent")
    page.get_by_label("Hvem", exact=True).fill("prosjektlederen")
    page.get_by_label("Frist").fill("2026-12-04")
    go(page, 2)
    # A pause takes from those that come, and the step keeps what it has left.
    page.get_by_role("button", name="Stopp klokken").click()
    expect(digits).to_have_text("14:00")
    go(page, 3)
    expect(digits).to_have_text("14:00")
    expect(part(page, "state")).to_have_text("Klokken står")
    page.get_by_role("button", name="Start klokken").click()
    # A reload in the middle loses nothing, and time has gone on meanwhile.
    go(page, 1)
    expect(part(page, "kept")).to_contain_text("Lagret i denne nettleseren 09:2")
    page.reload()
    expect(heading).to_be_visible()
    expect(digits).to_have_text("13:00")
    expect(page.get_by_label("Notater")).to_have_value("Mange lapper om båten.")
    expect(page.get_by_label("Beslutning", exact=True)).to_have_value("Vi bruker lappene.")
    expect(page.get_by_label("Frist")).to_have_value("2026-12-04")
    for _ in range(4):
        go(page, 10)
        page.locator("[data-part=next]").click()
    expect(page.get_by_role("heading", name="Ferdig: SWOT")).to_be_focused()
    expect(part(page, "about")).to_have_text(
        "Kl. 09:00–10:08, 68 minutter. 2 minutter kortere enn planlagt."
    )
    expect(page.locator(".was").nth(1)).to_contain_text("09:22–09:38")
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned referat i Word").click()
    assert download.value.suggested_filename == "Referat SWOT 30. november 2026.docx"
    download.value.save_as(tmp_path / "referat.docx")
    with zipfile.ZipFile(tmp_path / "referat.docx") as word:
        text = re.sub(r"<[^>]+>", " ", word.read("word/document.xml").decode())
    for written in (
        "09:00–10:08",
        "Skriv (kl. 09:22–09:38)",
        "Mange lapper om båten.",
        "Vi bruker lappene.",
        "Skriv rent",
        "prosjektlederen",
        "4. desember 2026",
        "Utkast til referat",
    ):
        assert written in text, written
    assert "Pause (kl." not in text


def test_what_cannot_be_kept_is_told_and_what_may_go_goes(where: str, page: Page) -> None:
    begun(page, where)
    go(page, 40)
    expect(part(page, "end")).to_have_text("Slutter 10:23, 13 minutter etter planen.")
    expect(part(page, "late-text")).to_contain_text("Guiden sier at «Sorter» kan gå ut.")
    page.get_by_role("button", name="Ta ut «Sorter»").click()
    expect(part(page, "end")).to_contain_text("som planlagt")
    expect(page.locator(".line").nth(3)).to_contain_text("Gikk ut")
    go(page, 20)
    expect(part(page, "late-text")).to_contain_text("det mangler")
    page.get_by_role("button", name="Flytt slutten til").click()
    expect(part(page, "late")).to_be_hidden()
    page.get_by_role("button", name=re.compile("^Ta med ?: Sorter")).click()
    expect(page.locator(".line").nth(3)).not_to_contain_text("Gikk ut")


def test_the_plan_is_changed_before_it_begins_and_is_there_the_next_day(
    where: str, page: Page
) -> None:
    page.goto(f"{where}guider/workshop/swot/")
    page.get_by_role("link", name="Kjør workshopen her").click()
    expect(page.get_by_role("heading", name="SWOT")).to_be_visible()
    page.get_by_label("Når begynner dere?").fill("09:00")
    page.get_by_label(re.compile("min ?: Skriv")).fill("15")
    page.get_by_label(re.compile("Med ?: Sorter")).uncheck()
    expect(part(page, "span")).to_have_text("Fra 09:00 til 09:45, 45 minutter.")
    page.get_by_label("Når begynner dere?").fill("19:00")
    expect(part(page, "span")).to_have_text(
        "Fra 19:00 til 19:45, 45 minutter. Starter du nå, regnes tiden fra nå."
    )
    page.get_by_label("Når begynner dere?").fill("09:00")
    expect(page.locator(".plan__clock").nth(2)).to_have_text("09:25")
    expect(part(page, "kept")).to_contain_text("Lagret i denne nettleseren")
    page.goto(f"{where}kjor/")
    page.clock.set_fixed_time("2026-12-01T08:04:00Z")
    page.get_by_role("link", name="SWOT", exact=True).first.click()
    expect(page.get_by_label(re.compile("min ?: Skriv"))).to_have_value("15")
    page.get_by_role("button", name="Start nå").click()
    # Four minutes after what was planned, and the end is the planned one.
    expect(part(page, "end")).to_contain_text("Slutter 09:45 som planlagt.")
    page.get_by_role("link", name="Til listen").click()
    expect(page.locator(".run__run")).to_contain_text("Går. Begynte 1. desember 2026 09:04")
    page.get_by_role("button", name=re.compile("^Slett ?: SWOT")).click()
    page.locator("dialog[open]").get_by_role("button", name="Slett").click()
    expect(part(page, "told")).to_have_text("«SWOT» er slettet.")
    expect(page.locator(".run__run")).to_have_count(0)


def test_keys_run_it_and_never_while_one_writes(where: str, page: Page) -> None:
    begun(page, where)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Skriv", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(part(page, "state")).to_have_text("Klokken står")
    page.keyboard.press("Space")
    expect(part(page, "state")).to_have_text("Klokken går")
    page.get_by_label("Notater").press_sequentially("to ord")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Notater")).to_have_value("to ord")
    expect(part(page, "state")).to_have_text("Klokken går")
    page.get_by_role("button", name="1 minutt mer").focus()
    page.keyboard.press("Space")
    expect(part(page, "digits")).to_have_text("21:00")
    expect(part(page, "state")).to_have_text("Klokken går")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Start", exact=True)).to_be_focused()


def test_a_machine_that_slept_asks_and_a_clock_set_back_is_told(where: str, page: Page) -> None:
    begun(page, where)
    asked = page.locator("dialog[open]")
    page.clock.fast_forward("12:00")
    expect(asked).to_contain_text("Maskinen har sovet i 12 minutter")
    asked.get_by_role("button", name="Regn tiden med").click()
    expect(part(page, "digits")).to_have_text("−02:00")
    page.get_by_role("button", name="Neste").click()
    go(page, 1)
    page.clock.fast_forward("12:00")
    asked.get_by_role("button", name="Fortsett der du var").click()
    expect(part(page, "digits")).to_have_text(re.compile(r"1\d:00"))
    before = part(page, "digits").inner_text()
    page.clock.set_system_time("2026-11-30T07:26:00Z")
    go(page, 0.01)
    expect(asked).to_contain_text(
        re.compile("Klokken på maskinen er stilt 59 minutter tilbake|60 min")
    )
    asked.get_by_role("button", name="Fortsett").click()
    expect(part(page, "digits")).to_have_text(re.compile(before[:2]))
    expect(part(page, "clock")).to_have_text("08:26")


def test_time_is_told_when_asked_at_five_minutes_and_at_the_end(where: str, page: Page) -> None:
    begun(page, where)
    told = part(page, "told")
    page.evaluate("""() => {
      window.heard = [];
      new MutationObserver(() => window.heard.push(
        document.querySelector('.live [data-part=told]').textContent)).observe(
          document.querySelector('.live [data-part=told]'), {childList: true, characterData: true});
    }""")
    go(page, 11)
    assert page.evaluate("window.heard") == [
        "5 minutter igjen av «Start».",
        "Tiden til «Start» er ute.",
    ]
    page.get_by_role("button", name="Si hvor mye tid som er igjen").click()
    go(page, 0.01)
    expect(told).to_have_text(
        "1 minutt over tiden Klokken er 09:11. Slutter 10:10 som planlagt. "
        "Stegene som er igjen, er kortet med 1 minutt."
    )
    assert page.locator("[aria-live]:not([aria-live=off])").count() == 0


def test_those_who_take_part_follow_in_a_window_of_their_own(
    where: str, person: BrowserContext, page: Page
) -> None:
    begun(page, where)
    guests = page.get_by_role("link", name="Vis for deltakerne").get_attribute("href")
    other = person.new_page()
    other.goto(f"{where}kjor/{guests}")
    expect(other.get_by_role("heading", name="Start")).to_be_visible()
    expect(other.get_by_text("Si navnet ditt.")).to_be_visible()
    page.get_by_role("button", name="Neste").click()
    expect(other.get_by_role("heading", name="Skriv")).to_be_visible()
    expect(other.locator(".guests__task li")).to_have_count(2)
    expect(part(other, "sheet")).to_have_text("Ark: Styrker og svakheter")
    code = other.get_by_role("img", name="QR-kode til guiden SWOT")
    expect(code).to_be_visible()
    expect(part(other, "address")).to_contain_text("/guider/workshop/swot")
    page.get_by_role("button", name="Stopp klokken").click()
    expect(part(other, "digits")).to_have_text("Klokken står")
    expect(part(other, "gone")).to_be_hidden()
    go(other, 1)
    expect(part(other, "gone")).to_be_hidden()
    page.close()
    go(other, 0.1)
    expect(part(other, "gone")).to_be_visible()


def test_two_windows_that_lead_do_not_undo_each_other(
    where: str, person: BrowserContext, page: Page
) -> None:
    begun(page, where)
    page.get_by_label("Notater").fill("Fra den ene.")
    go(page, 0.1)
    saved(page)
    other = person.new_page()
    other.goto(page.url)
    expect(other.get_by_label("Notater")).to_have_value("Fra den ene.")
    other.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("heading", name="Skriv", exact=True)).to_be_visible()
    page.get_by_label("Notater").fill("Om skrivingen.")
    go(page, 0.1)
    expect(other.get_by_label("Notater")).to_have_value("Om skrivingen.")


def test_the_screen_is_kept_awake_while_it_goes_and_filled_when_asked(
    where: str, page: Page
) -> None:
    page.add_init_script("""
      window.held = [];
      Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
        const lock = {released: false, release: async () => { lock.released = true; }};
        window.held.push(lock);
        return lock;
      }}});""")
    begun(page, where)
    held = "window.held.map((lock) => lock.released)"
    assert page.evaluate(held) == [False]
    # A browser lets go when the tab is hidden; when it is seen again, the screen is kept on anew.
    page.evaluate("window.held[0].released = true")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate(held) == [True, False]
    page.get_by_role("button", name="Stopp klokken").click()
    assert page.evaluate(held) == [True, True]
    page.get_by_role("button", name="Fyll skjermen").click()
    page.wait_for_function("document.fullscreenElement?.classList.contains('run')")
    page.get_by_role("button", name="Gå tilbake til vinduet").click()
    page.wait_for_function("!document.fullscreenElement")


def test_the_minutes_are_edited_where_the_region_has_that(where: str, page: Page) -> None:
    def with_editor(route: Route) -> None:
        guide = route.fetch().json()
        guide["record"]["edit"] = "fyll-ut/"
        route.fulfill(json=guide)

    page.route("**/data/kjoring/*.json", with_editor)
    begun(page, where)
    page.get_by_role("button", name="Ny oppgave").click()
    page.get_by_label("Hva", exact=True).fill("Skriv rent")
    go(page, 0.1)
    for _ in range(5):
        page.locator("[data-part=next]").click()
    page.get_by_role("button", name="Rediger referatet").click()
    page.wait_for_url("**/fyll-ut/#*")
    page.goto(f"{where}kjor/")
    (saved_document,) = page.evaluate("""async () => {
      const db = await import(new URL('../assets/js/store/db.js', location.href));
      return db.all('documents');
    }""")
    assert saved_document["template"] == "template/innkalling-og-referat"
    assert saved_document["cover"]["date"] == "2026-11-30"
    assert saved_document["cover"]["region"] == "Fjordregionen"
    values = saved_document["values"]
    assert values["mote"] == "SWOT"
    assert values["oppgaveliste"] == [{"oppgave": "Skriv rent", "ansvarlig": "", "frist": ""}]
    assert values["saker"][0] == {
        "sak": "Start (kl. 09:00–09:00)",
        "droftet": "",
        "beslutning": "",
    }


def test_a_browser_that_keeps_nothing_runs_it_and_says_so(where: str, page: Page) -> None:
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('blocked'); };")
    begun(page, where)
    expect(part(page, "kept")).to_contain_text("Nettleseren lar ikke siden lagre noe.")
    page.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("heading", name="Skriv", exact=True)).to_be_visible()
    go(page, 1)
    expect(part(page, "digits")).to_have_text("19:00")


def test_a_run_that_is_not_there_or_is_of_another_form_is_told_of(where: str, page: Page) -> None:
    page.goto(f"{where}kjor/#3f0c1c5e-8f5a-4a57-9d0b-0a4f7f6d2b11")
    expect(page.get_by_text("Kjøringen finnes ikke i denne nettleseren.")).to_be_visible()
    begun(page, where)
    saved(page)
    for wrong in ("form: 99", "steps: [{...run.steps[0], minutes: 1e12}]", "at: 77", "state: 'x'"):
        page.evaluate(f"""async () => {{
          const db = await import(new URL('../assets/js/store/db.js', location.href));
          const id = location.hash.slice(1);
          await db.change('runs', id, (run) => ({{...run, {wrong}}}));
        }}""")
        page.reload()
        expect(page.get_by_text("laget med en annen utgave av håndboken")).to_be_visible()


def test_what_is_written_is_never_markup(where: str, page: Page) -> None:
    begun(page, where)
    evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    page.get_by_label("Notater").fill(evil)
    go(page, 0.1)
    for _ in range(5):
        page.locator("[data-part=next]").click()
    expect(page.locator(".was").first).to_contain_text(evil)
    assert page.locator(".finish img, .finish script").count() == 0


def test_in_nynorsk_it_says_the_same(where: str, page: Page) -> None:
    page.goto(f"{where}nn/kjor/#meeting/oppstartsmote")
    page.get_by_role("button", name="Start no").click()
    expect(page.get_by_role("heading", name="Velkomen", exact=True)).to_be_focused()
    expect(part(page, "left")).to_have_text("5 minutt att")
    expect(part(page, "end")).to_have_text("Sluttar 09:30 som planlagt.")
    page.get_by_label("Hent utkast").select_option(label="Mandat")
    expect(page.get_by_label("Avgjerd", exact=True)).to_have_value(
        "Styringsgruppa vedtek mandatet."
    )


def test_without_scripts_there_are_the_guides_and_their_cards(where: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{where}kjor/")
    expect(page.get_by_role("link", name="SWOT", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Kort på én side ?: SWOT"))).to_be_visible()
    expect(page.locator("noscript p")).to_contain_text("trenger du JavaScript")
    assert page.get_by_role("link", name=re.compile("^Kjør ?: SWOT")).count() == 0
    context.close()


def guests_view(page: Page) -> None:
    page.goto(page.url + "/deltakere")
    page.locator(".qr").wait_for()


def asked(page: Page) -> None:
    page.clock.fast_forward("12:00")
    page.locator("dialog[open]").wait_for()


def late(page: Page) -> None:
    go(page, 45)
    page.get_by_role("button", name="Ny beslutning").click()
    page.get_by_role("button", name="Ny oppgave").click()


def over(page: Page) -> None:
    page.get_by_label("Notater").fill("Et notat")
    for _ in range(5):
        page.locator("[data-part=next]").click()
    page.locator(".finish").wait_for()


def listed(page: Page) -> None:
    page.get_by_role("link", name="Til listen").click()
    page.locator(".run__run").wait_for()


STATES: list[Callable[[Page], None]] = [listed, late, asked, guests_view, over]


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        pytest.param(390, "light", id="390-light"),
        pytest.param(1280, "dark", id="1280-dark", marks=pytest.mark.audit),
        pytest.param(1920, "light", id="1920-light", marks=pytest.mark.audit),
    ],
)
def test_every_state_fits_and_axe_finds_nothing(
    where: str, browser: Browser, width: int, scheme: Any
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.clock.install(time=NINE)
    page.goto(f"{where}kjor/#workshop/swot")
    page.get_by_role("button", name="Start nå").wait_for()
    assert violations(page) == [], "plan"
    page.goto("about:blank")
    for state in STATES:
        begun(page, where)
        saved(page)
        state(page)
        assert violations(page) == [], state.__name__
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, state.__name__
    context.close()
