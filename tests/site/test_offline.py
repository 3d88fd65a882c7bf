"""A person reads without a net what was opened, and what was taken along: the host is cut off."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.building.offline import list_site
from macros.content.features import Features
from macros.site.headers import header_files
from macros.site.offline import LIST, WORKER, Place, put_list
from tests.site.conftest import ROOT
from tests.site.hosted import BELOW, HERE, Host, kept, listed, put, settled, until, watched

pytestmark = pytest.mark.xdist_group("uten-nett")
TAKE = "last-ned/#uten-nett"
MISSING = "Du er uten nett"


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory, hosted: Path) -> Path:
    """The edition as it is a day later, when one page has been changed."""
    site = tmp_path_factory.mktemp("nyere") / "site"
    shutil.copytree(hosted / HERE, site, ignore=shutil.ignore_patterns("annen"))
    page = site / "kontakt" / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</h1>", "</h1><p>Nytt i dag.</p>", 1), encoding="utf-8")
    shutil.copy(ROOT / "docs" / "assets" / "js" / "offline" / "worker.js", site / WORKER)
    put_list(site, {"nb": "", "nn": "nn/"}, {})
    return site


@pytest.fixture
def host(tmp_path: Path, hosted: Path) -> Iterator[Host]:
    shutil.copytree(hosted, tmp_path / "vert")
    found = Host(tmp_path / "vert")
    found.begin()
    yield found
    found.cut()


@pytest.fixture
def person(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="nb-NO", service_workers="allow")
    wrong = watched(context)
    yield context
    context.close()
    assert wrong == []


@pytest.fixture
def page(person: BrowserContext) -> Page:
    return person.new_page()


def open_all(page: Page, host: Host, *paths: str) -> None:
    for path in paths:
        page.goto(host.address + path)
        settled(page, "nn/uten-nett.html" if path.startswith("nn/") else "uten-nett.html")


def test_what_was_opened_is_read_and_searched_when_the_net_is_gone(page: Page, host: Host) -> None:
    open_all(page, host, "", "kontakt/", "maler/mandat/")
    host.cut()
    page.goto(f"{host.address}kontakt/")
    expect(page.locator("h1")).to_be_visible()
    sheets = "[...document.styleSheets].some((sheet) => sheet.cssRules.length > 100)"
    assert page.evaluate(sheets)
    page.locator("header input[type=search]").fill("mandat")
    hit = page.locator("header .search__hit").first
    expect(hit).to_contain_text("Mandat")
    # Search leads to what is kept and to nothing else.
    links = page.locator("header .search__hit a").evaluate_all("all => all.map((a) => a.href)")
    assert {link.partition("#")[0] for link in links} <= {f"{host.address}maler/mandat/"}
    hit.get_by_role("link").click()
    expect(page).to_have_url(f"{host.address}maler/mandat/")


def test_a_page_that_is_not_kept_says_so_in_its_language_and_comes_with_the_net(
    page: Page, host: Host
) -> None:
    open_all(page, host, "kontakt/", "nn/kontakt/")
    host.cut()
    page.goto(f"{host.address}faser/forstudie/")
    expect(page.get_by_role("heading", name=MISSING)).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="Kontakt")).to_be_visible()
    page.locator("main input[type=search]").fill("kontakt")
    expect(page.locator("main .search__hit").first).to_contain_text("Kontakt")
    page.goto(f"{host.address}nn/faser/forstudie/")
    expect(page.get_by_role("heading", name="Du er utan nett")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "nn"
    page.locator("main").get_by_role("link", name="Kontakt").click()
    expect(page).to_have_url(f"{host.address}nn/kontakt/")
    page.goto(f"{host.address}faser/forstudie/")
    host.begin()
    page.get_by_role("button", name="Prøv igjen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Forstudie")


def test_a_new_page_is_shown_at_once_where_there_is_a_net(
    page: Page, host: Host, newer: Path
) -> None:
    open_all(page, host, "kontakt/")
    put(newer, host.folder, HERE)
    page.goto(f"{host.address}kontakt/")
    expect(page.get_by_text("Nytt i dag.")).to_be_visible()
    host.cut()
    page.reload()
    expect(page.get_by_text("Nytt i dag.")).to_be_visible()


def take(page: Page, host: Host, choice: str) -> None:
    page.goto(host.address + TAKE)
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Ta med", exact=True).click()


def test_the_handbook_is_taken_along_stopped_and_goes_on_where_it_stopped(
    page: Page, host: Host
) -> None:
    host.handler.pause = 0.05
    take(page, host, "Sidene og filene i Word")
    expect(page.locator("[data-part=progress]")).to_contain_text(" MB")
    page.wait_for_function("() => document.querySelector('.take progress').value > 0")
    page.get_by_role("button", name="Stopp").click()
    expect(page.get_by_text("Stoppet.")).to_be_visible()
    expect(page.locator("[data-part=state]")).to_contain_text("Du har hentet")
    host.handler.pause = 0
    page.reload()
    expect(page.get_by_label("Sidene og filene i Word")).to_be_checked()
    before, have = len(host.asked), kept(page)
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_text("Alt er hentet.")).to_be_visible()
    taken = next(name for name in have if ":taken:" in name)
    again = [path for path in host.asked[before:] if path in have[taken]]
    assert [path for path in again if not path.endswith("uten-nett.json")] == []
    host.cut()
    for path in ("", "faser/forstudie/", "ordliste/", "maler/mandat/"):
        page.goto(host.address + path)
        expect(page.locator("h1")).not_to_have_text(MISSING)
    word = "fetch('../../last-ned/mandat.docx').then((got) => got.status)"
    assert page.evaluate(word) == 200
    # An address that the edition does not have is a lost page, also without a net.
    page.goto(f"{host.address}faser/finnes-ikke/")
    expect(page.get_by_role("heading", name="Siden finnes ikke")).to_be_visible()
    page.locator("header input[type=search], main input[type=search]").first.fill("forstudie")
    expect(page.locator(".search__hit").first).to_be_visible()


def test_one_language_is_taken_and_the_other_where_it_is_asked_for(page: Page, host: Host) -> None:
    page.goto(f"{host.address}nn/{TAKE}")
    page.get_by_role("button", name="Ta med", exact=True).click()
    expect(page.get_by_text("Alt er henta.")).to_be_visible()
    expect(page.locator("[data-part=state]")).to_contain_text("Handboka er med")
    page.goto(host.address + TAKE)
    expect(page.locator("[data-part=state]")).to_contain_text("Sider du har åpnet")
    host.cut()
    page.goto(f"{host.address}nn/faser/forstudie/")
    expect(page.locator("h1")).to_have_text("Forstudie")
    page.goto(f"{host.address}faser/forstudie/")
    expect(page.get_by_role("heading", name=MISSING)).to_be_visible()


def test_a_newer_edition_is_told_of_and_taken_only_when_asked(
    page: Page, host: Host, newer: Path
) -> None:
    take(page, host, "Bare sidene")
    expect(page.get_by_text("Alt er hentet.")).to_be_visible()
    old = listed(host.folder / HERE)["edition"]
    put(newer, host.folder, HERE)
    new = listed(host.folder / HERE)["edition"]
    page.goto(host.address)
    bar = page.get_by_role("complementary", name="Ny utgave")
    expect(bar).to_contain_text("nyere utgave av håndboken enn den du har tatt med")
    assert [name for name in kept(page) if ":taken:" in name] == [f"nvr.1:/{HERE}:taken:{old}"]
    host.cut()
    page.goto(f"{host.address}kontakt/")
    expect(page.locator("h1")).to_have_text("Kontakt")
    assert page.get_by_text("Nytt i dag.").count() == 0
    host.begin()
    page.goto(host.address)
    bar.get_by_role("link").click()
    before = len(host.asked)
    page.get_by_role("button", name="Hent den nye utgaven").click()
    expect(page.get_by_text("Alt er hentet.")).to_be_visible()
    # What is the same is not fetched again.
    assert 0 < len(host.asked) - before < 60
    assert [name for name in kept(page) if ":taken:" in name] == [f"nvr.1:/{HERE}:taken:{new}"]
    host.cut()
    page.goto(f"{host.address}kontakt/")
    expect(page.get_by_text("Nytt i dag.")).to_be_visible()
    expect(bar).to_be_hidden()


def test_who_puts_a_newer_edition_off_is_not_told_of_it_again(
    page: Page, host: Host, newer: Path
) -> None:
    take(page, host, "Bare sidene")
    expect(page.get_by_text("Alt er hentet.")).to_be_visible()
    put(newer, host.folder, HERE)
    page.goto(host.address)
    page.get_by_role("button", name="Ikke nå").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("complementary", name="Ny utgave")).to_be_hidden()


def test_two_editions_on_a_host_do_not_touch_each_other(page: Page, host: Host) -> None:
    other = f"{host.address}annen/"
    open_all(page, host, "", "kontakt/")
    # It lies below the first one's address, whose worker is the only one yet.
    page.goto(f"{other}faser/forstudie/")
    page.wait_for_function(
        "() => navigator.serviceWorker.controller?.scriptURL.endsWith('annen/sw.js')"
    )
    page.reload()
    page.wait_for_load_state("networkidle")
    for name, paths in kept(page).items():
        root = f"/{BELOW}" if name.startswith(f"nvr.1:/{BELOW}:") else f"/{HERE}"
        assert all(path.startswith(root) for path in paths), name
        assert root == f"/{BELOW}" or not any(path.startswith(f"/{BELOW}") for path in paths)
    host.cut()
    page.goto(f"{other}faser/forstudie/")
    expect(page.locator("h1")).to_have_text("Forstudie")
    page.goto(f"{other}kontakt/")
    expect(page.get_by_role("heading", name=MISSING)).to_be_visible()
    expect(page.locator(".bottom__name")).to_contain_text("Dalregionen")
    page.goto(f"{host.address}kontakt/")
    expect(page.locator(".bottom__name")).to_contain_text("Fjordregionen")


FULL = """window.Cache && (Cache.prototype.put = () =>
  Promise.reject(new DOMException("", "QuotaExceededError")))"""
BLOCKED = """window.caches && (CacheStorage.prototype.keys = () =>
  Promise.reject(new DOMException("", "SecurityError")))"""


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (FULL, "Nettleseren har ikke plass til mer"),
        (BLOCKED, "Denne nettleseren kan ikke ta med sidene"),
    ],
)
def test_a_browser_that_is_full_or_keeps_nothing_is_told_of(
    person: BrowserContext, host: Host, broken: str, told: str
) -> None:
    person.add_init_script(broken)
    page = person.new_page()
    page.goto(host.address + TAKE)
    start = page.get_by_role("button", name="Ta med", exact=True)
    if "kan ikke ta med" not in told:
        start.click()
    expect(page.locator(".take__told")).to_contain_text(told)


def test_a_net_that_goes_while_it_is_taken_loses_nothing(page: Page, host: Host) -> None:
    host.handler.pause = 0.05
    take(page, host, "Bare sidene")
    page.wait_for_function("() => document.querySelector('.take progress').value > 0")
    host.cut()
    expect(page.get_by_text("Nettet er borte.")).to_be_visible()
    host.begin()
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_text("Alt er hentet.")).to_be_visible()
    page.get_by_role("button", name="Fjern det du har tatt med").click()
    expect(page.get_by_text("er fjernet.")).to_be_visible()
    assert [name for name in kept(page) if ":taken:" in name] == []


def test_an_edition_without_it_takes_an_earlier_ones_worker_away(
    page: Page, host: Host, without: Path
) -> None:
    open_all(page, host, "kontakt/")
    put(without, host.folder, HERE)
    page.goto(host.address)
    until(page, "navigator.serviceWorker.getRegistrations().then((all) => !all.length)")
    page.reload()
    assert kept(page) == {}
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert not (host.folder / HERE / LIST).exists()
    assert page.locator("link[rel=manifest], [data-module^='offline/'], .take").count() == 0


def test_only_the_workers_address_can_be_made_a_scripts(browser: Browser, host: Host) -> None:
    page = browser.new_page(service_workers="allow")
    page.goto(f"{host.address}kontakt/")
    settled(page)
    made = """(name) => {
      try { trustedTypes.createPolicy(name, {}); return true; } catch { return false; }
    }"""
    # Ours is made already, and no other may be.
    assert [page.evaluate(made, name) for name in ("nvr-worker", "default", "x")] == [False] * 3
    page.close()


def test_a_site_that_is_served_to_its_author_keeps_nothing(tmp_path: Path) -> None:
    """Where a build fails, each address answers with the report: nothing older may hide it."""
    region = SimpleNamespace(features=Features())
    prepared: Any = SimpleNamespace(
        edition=SimpleNamespace(region=region), project=SimpleNamespace(root=ROOT)
    )
    list_site(prepared, tmp_path, serving=True)
    assert [path.name for path in tmp_path.iterdir()] == [WORKER]
    assert "unregister" in (tmp_path / WORKER).read_text(encoding="utf-8")


def test_a_host_is_told_to_ask_for_the_worker_anew() -> None:
    found = header_files("", "/sub/", ("nn",))
    assert "/sub/sw.js\n  Cache-Control: no-cache\n" in found["_headers"]
    assert r'<FilesMatch "^sw\.js$">' in found[".htaccess"]
    assert 'header /sub/sw.js Cache-Control "no-cache"' in found["headers/Caddyfile"]
    assert '"route": "/sub/sw.js"' in found["staticwebapp.config.json"]


def test_an_edition_is_another_when_any_file_is_and_else_the_same(tmp_path: Path) -> None:
    names = {"index.html": "a", "nn/index.html": "b", "last-ned/a.docx": "c", "x.zip": "d"}
    seen = []
    for change in ({}, {}, *({name: "ny"} for name in names), {"faser/index.html": "e"}):
        site = tmp_path / str(len(seen))
        for name, text in {**names, "sw.js": "", **change}.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        put_list(site, {"nb": "", "nn": "nn/"}, {"a.docx": Place("template", ["forstudie"])})
        seen.append(listed(site)["edition"])
    assert seen[0] == seen[1]
    assert len(set(seen)) == len(seen) - 1
    found = listed(tmp_path / "0")
    assert [entry[0] for entry in found["pages"]["nn"]] == ["nn/"]
    assert found["files"]["nb"][0][:1] + found["files"]["nb"][0][3:] == [
        "last-ned/a.docx",
        "template",
        "forstudie",
    ]


def test_the_list_has_every_page_and_all_that_pages_are_shown_with(hosted: Path) -> None:
    site = hosted / HERE
    found = listed(site)
    entries = [*found["shared"], *found["pages"]["nb"], *found["pages"]["nn"]]
    names = {entry[0] for entry in entries}
    pages = {
        path.parent.relative_to(site).as_posix().replace(".", "", 1) + "/"
        for path in site.rglob("index.html")
        if not path.is_relative_to(hosted / BELOW)
    }
    assert {page.removeprefix("/") for page in pages} <= names
    for address, size, _ in entries:
        path = site / address if address else site
        assert (path / "index.html" if path.is_dir() else path).stat().st_size == size


def test_what_is_kept_from_the_start_has_all_that_its_scripts_import(hosted: Path) -> None:
    site = hosted / HERE
    told = (site / WORKER).read_text(encoding="utf-8").split("\n", 1)[0]
    core = json.loads(told.removeprefix("self.nvr=").removesuffix(";"))["core"]
    assert {"", "nn/"} == core.keys()
    for paths in core.values():
        scripts = [path for path in paths if path.endswith(".js")]
        assert "assets/js/search.js" in scripts
        for path in scripts:
            text = (site / path).read_text(encoding="utf-8")
            for line in re.findall(r'^import .*from "(.*)";$', text, re.MULTILINE):
                assert normpath(f"{path}/../{line}") in paths, (path, line)


def test_a_manifest_says_whose_it_is_in_each_language(page: Page, host: Host) -> None:
    page.goto(f"{host.address}nn/kontakt/")
    wire = page.context.new_cdp_session(page)
    got = wire.send("Page.getAppManifest")
    assert got["errors"] == []
    assert got["url"] == f"{host.address}nn/manifest.webmanifest"
    shown = page.evaluate("fetch('../manifest.webmanifest').then((got) => got.json())")
    assert shown["lang"] == "nn"
    assert shown["name"].endswith("Fjordregionen")
    for icon in shown["icons"]:
        assert page.evaluate("(src) => fetch(`../${src}`).then((got) => got.ok)", icon["src"])
