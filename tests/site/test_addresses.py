"""An edition works at whatever address it has: every link in it leads where it says.

One edition is built for an address with capitals, two folders deep, that was written without a
slash last, and with nynorsk first. A strict host answers for it, and Chromium follows what is on
its pages; what programs read (feed, map, calendar, data, headers, files) is followed as they do.
"""

from __future__ import annotations

import fnmatch
import io
import json
import mimetypes
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import icalendar
import pikepdf
import pytest
from lxml import etree, html
from playwright.sync_api import Browser, Page, Route, expect

from macros.site.headers import A_MONTH, ANEW, FOR_EVER
from tests.site.conftest import Begin, host_rules

pytestmark = pytest.mark.xdist_group("addresses")

WRITTEN = "https://kontoen.example.no/Naeringsvennlig-Region/utgave"
FRONT = WRITTEN + "/"
GUIDE = "guider/mote/oppstartsmote/"
SEEN = ("", GUIDE, "finn/", "sok/?q=mandat", "sjekklister/", "tidslinje/", "endringer/")
# What follows a link, whatever carries it; a template's content is not in the document.
ADDRESSES = """() => {
  const found = new Set();
  const roots = [document, ...[...document.querySelectorAll("template")].map((one) => one.content)];
  for (const root of roots) {
    for (const name of ["href", "src", "action"]) {
      for (const one of root.querySelectorAll(`[${name}]`)) {
        found.add(new URL(one.getAttribute(name), document.baseURI).href);
      }
    }
    for (const one of root.querySelectorAll("meta[property='og:image'], meta[property='og:url']")) {
      found.add(one.content);
    }
  }
  return [...found];
}"""


# Only a link that says so leads to another language.
WAYS = "() => [...document.querySelectorAll('a[href]:not([hreflang])')].map((link) => link.href)"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Host:
    """A strict host: exact paths, every letter as it is, `//` no `/`, nothing but what is there.

    It has one 404 page, or looks for the nearest as Cloudflare Pages does.
    """

    site: Path
    front: str
    nearest: bool = False
    asked: list[str] = field(default_factory=list)

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(
            path.relative_to(self.site).as_posix()
            for path in self.site.rglob("*")
            if path.is_file()
        )

    def get(self, address: str) -> Answer:
        """Answer for an address, with or without a query and a fragment."""
        address = address.partition("#")[0].partition("?")[0]
        self.asked.append(address)
        if not address.startswith(self.front):
            return Answer(404, {"Content-Type": "text/plain"}, b"Another site's")
        name = unquote(address.removeprefix(self.front))
        index = f"{name}index.html"
        if name in self.files:
            return self._file(200, name, address)
        if (not name or name.endswith("/")) and index in self.files:
            return self._file(200, index, address)
        if f"{name}/index.html" in self.files:
            return Answer(301, {"Location": address + "/"}, b"")
        return self._file(404, self._lost(name), address)

    def _lost(self, name: str) -> str:
        parts = name.split("/") if self.nearest else []
        folders = ["/".join(parts[:end]) + "/" for end in range(len(parts) - 1, 0, -1)]
        return next(
            (f"{up}404.html" for up in folders if f"{up}404.html" in self.files), "404.html"
        )

    def _file(self, status: int, name: str, address: str) -> Answer:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers = {"Content-Type": f"{kind}; charset=utf-8" if "text" in kind else kind}
        for pattern, given in host_rules(self.site).items():
            if fnmatch.fnmatchcase(urlsplit(address).path, pattern):
                headers |= dict(given)
        return Answer(status, headers, (self.site / name).read_bytes())

    def answer(self, route: Route) -> None:
        """Answer a browser; what it asks of another host is noted and not answered."""
        found = self.get(route.request.url)
        if urlsplit(route.request.url).netloc != urlsplit(self.front).netloc:
            route.abort()
        else:
            route.fulfill(status=found.status, headers=found.headers, body=found.body)

    def ok(self, address: str, seen_in: str) -> Answer:
        """Return what is at an address; fails when the host does not have exactly that."""
        found = self.get(address)
        assert found.status == 200, f"{seen_in}: {address} gave {found.status}"
        return found


@pytest.fixture(scope="module")
def built(begin: Begin) -> Path:
    build = begin("adresser")
    region = build.root / "regions" / "standard" / "region.yml"
    text = region.read_text(encoding="utf-8")
    text = re.sub("(?m)^site_url: .*", f"site_url: {WRITTEN}", text)
    text = re.sub("(?m)^languages: .*", "languages: [nn, nb]", text)
    region.write_text(text + "starts: {forstudie: 2027-03-01}\n", encoding="utf-8")
    plan = build.root / "mkdocs.yml"
    whole = plan.read_text(encoding="utf-8")
    plan.write_text(
        whole.replace("- finn/index.md\n", "- finn/index.md\n- sok.md\n- tidslinje/index.md\n"),
        encoding="utf-8",
    )
    build.write("docs/sok.md", "---\ntitle: Søk\n---\n\n# Søk\n\n{{ search(whole=true) }}\n")
    return build.ok()


@pytest.fixture
def host(built: Path) -> Host:
    return Host(built, FRONT)


@pytest.fixture
def said(page: Page) -> list[str]:
    """What the browser calls an error, but for the lost page that a test asks for."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda line: (
            found.append(line.text)
            if line.type == "error" and "status of 404" not in line.text
            else None
        ),
    )
    return found


@pytest.fixture
def page(browser: Browser, host: Host) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**/*", host.answer)
    yield context.new_page()
    context.close()


def bare(host: Host, route: Route) -> None:
    """Answer for pages alone."""
    if route.request.resource_type == "document":
        host.answer(route)
    else:
        route.fulfill(body="")


def lost_addresses() -> list[str]:
    return [FRONT + "finst/ikkje/", FRONT + "nb/finnes-ikke/", FRONT + "Nb/", FRONT + "/finn/"]


def test_a_browser_can_follow_all_that_is_on_the_pages(
    page: Page, host: Host, said: list[str]
) -> None:
    wanted: dict[str, str] = {}
    for front in (FRONT, FRONT + "nb/"):
        for name in SEEN:
            answer = page.goto(front + name)
            assert answer is not None
            assert answer.status == 200, front + name
            if "?q=" in name:
                page.locator("main .search__link").first.wait_for()
            wanted |= dict.fromkeys(page.evaluate(ADDRESSES), front + name)
            for way in page.evaluate(WAYS):
                own = way.replace("webcal:", "https:", 1)
                assert not own.startswith(FRONT) or own.startswith(front), (front + name, way)
                assert front != FRONT or not own.startswith(FRONT + "nb/"), (front + name, way)
    for lost in lost_addresses():
        answer = page.goto(lost)
        assert answer is not None
        assert answer.status == 404, lost
        expect(page.locator("main .search__count")).not_to_be_empty()
        wanted |= dict.fromkeys(page.evaluate(ADDRESSES), lost)
    assert said == []
    ours = {
        address.replace("webcal:", "https:", 1): where
        for address, where in wanted.items()
        if urlsplit(address).netloc == urlsplit(FRONT).netloc
    }
    assert any(address.endswith(".ics") for address in ours)
    assert any(address.startswith("webcal:") for address in wanted)
    assert len(ours) > 150
    pages: dict[str, set[str]] = {}
    for address, where in ours.items():
        found = host.ok(address, where)
        place, _, fragment = address.partition("#")
        if found.headers["Content-Type"].startswith("text/html"):
            pages.setdefault(place, set()).add(fragment)
    # A browser that goes there finds the page, and the place on it: what it loads was seen above.
    page.route("**/*", lambda route: bare(host, route))
    for place, fragments in pages.items():
        answer = page.goto(place, wait_until="domcontentloaded")
        assert answer is not None
        assert answer.status == 200, place
        missing = "(ids) => ids.filter((id) => id && !document.getElementById(id))"
        assert page.evaluate(missing, [unquote(one) for one in fragments]) == [], place
    assert {urlsplit(asked).netloc for asked in host.asked} == {urlsplit(FRONT).netloc}


def test_the_switch_leads_to_the_same_page_in_the_other_language(page: Page) -> None:
    for name in ("", GUIDE):
        page.goto(FRONT + name)
        for front in (FRONT + "nb/", FRONT):
            page.locator(".top__choices .nvr-switch").click()
            page.wait_for_url(front + name)


NYNORSK, BOKMAL = ("", "Sida finst ikkje"), ("nb/", "Siden finnes ikke")


@pytest.mark.parametrize(
    ("lost", "language", "result", "nearest"),
    [
        ("gammalt/oppstartsmote/", NYNORSK, GUIDE, False),
        ("nb/gammelt/oppstartsmote/", BOKMAL, GUIDE, False),
        ("nb/gammelt/oppstartsmote/", BOKMAL, GUIDE, True),
        ("nb/%/mandat.html", BOKMAL, "maler/mandat/", False),
        ("nbx/mandat/", NYNORSK, "maler/mandat/", False),
    ],
)
def test_a_lost_address_is_told_and_searched_for_in_its_own_language(
    page: Page, built: Path, lost: str, language: tuple[str, str], result: str, nearest: bool
) -> None:
    front, title = language
    page.context.unroute_all()
    page.context.route("**/*", Host(built, FRONT, nearest).answer)
    page.goto(FRONT + lost)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    form = page.locator("main form[role=search]")
    form_root = urlsplit(FRONT).path + front
    expect(form).to_have_attribute("action", f"{form_root}sok/")
    # The whole page is in it, and leads to the other language.
    assert page.locator("html").get_attribute("lang") == ("nb" if front else "nn")
    expect(page.locator(".tabs__link").first).to_have_attribute("href", f"{form_root}.")
    switch = page.locator(".top__choices .nvr-switch")
    assert switch.evaluate("(link) => link.href") == FRONT + ("" if front else "nb/")
    page.locator(".top__choices .top__scheme").click()
    page.locator(f"main .search__link[href='{form_root}{result}']").click()
    page.wait_for_url(FRONT + front + result)


@pytest.mark.parametrize(("name", "other"), [("404.html", "nb/"), ("nb/404.html", "")])
def test_without_scripts_a_lost_page_still_leads_on(
    browser: Browser, host: Host, name: str, other: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route("**/*", host.answer)
    page = context.new_page()
    page.goto(FRONT + name)
    assert page.locator("main h1").count() == 1
    page.locator("main").get_by_role("link", name="Kontakt").click()
    page.wait_for_url(FRONT + name.replace("404.html", "kontakt/"))
    page.goto(FRONT + name)
    page.locator(".top__choices .nvr-switch").click()
    page.wait_for_url(FRONT + other)
    context.close()


def test_search_is_by_form_and_by_script_below_the_path(page: Page) -> None:
    page.goto(FRONT + "nb/" + GUIDE)
    field = page.locator("header input[type=search]")
    field.fill("mandat")
    page.locator("header .search__link").first.click()
    page.wait_for_url(FRONT + "nb/maler/mandat/")
    field.fill("mandat")
    field.press("Enter")
    page.wait_for_url(FRONT + "nb/sok/?q=mandat")


def test_what_is_ticked_is_kept_for_the_edition_in_both_languages(page: Page) -> None:
    for front in (FRONT, FRONT + "nb/"):
        page.goto(front + "sjekklister/")
        root = "async (front) => (await import(front + 'assets/js/lib-store.js')).ROOT"
        assert page.evaluate(root, FRONT) == urlsplit(FRONT).path


def xml_addresses(text: bytes) -> list[str]:
    tree = etree.fromstring(text)
    return [*tree.xpath("//@href"), *tree.xpath("//*[local-name()='loc']/text()")]


def json_addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "sources":  # pages of others, which confirm what is said of the law
                continue
            if key in ("address", "$schema") and isinstance(inner, str):
                yield inner
            yield from json_addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from json_addresses(inner)


def test_what_programs_read_names_addresses_that_are_there(host: Host) -> None:
    robots = host.ok(FRONT + "robots.txt", "host").body.decode()
    maps = re.findall(r"(?m)^Sitemap: (.+)$", robots)
    assert maps == [FRONT + "sitemap.xml", FRONT + "nb/sitemap.xml"]
    for front, where in zip((FRONT, FRONT + "nb/"), maps, strict=True):
        listed = {
            "map": xml_addresses(host.ok(where, "robots.txt").body),
            "feed": xml_addresses(host.ok(front + "endringer/feed.xml", "host").body),
            "data": list(json_addresses(json.loads(host.ok(front + "data/handbok.json", "").body))),
        }
        calendar = icalendar.Calendar.from_ical(
            host.ok(front + "last-ned/tidslinje.ics", "host").body
        )
        listed["calendar"] = [str(event["url"]) for event in calendar.walk("VEVENT")]
        for event in calendar.walk("VEVENT"):
            assert event["uid"].endswith("@kontoen.example.no/Naeringsvennlig-Region/utgave")
        for name, addresses in listed.items():
            own = [one for one in addresses if "creativecommons.org" not in one]
            assert len(own) > 2, name
            for address in own:
                assert address.startswith(FRONT), name
                found = host.ok(address, name)
                fragment = address.partition("#")[2]
                assert not fragment or f'id="{fragment}"'.encode() in found.body, address


def test_the_files_that_people_keep_lead_back_to_the_site(host: Host) -> None:
    for front in (FRONT, FRONT + "nb/"):
        files = f"{front}last-ned/oppstartsmote"
        found = set()
        with pikepdf.open(io.BytesIO(host.ok(files + ".pdf", "host").body)) as pdf:
            for sheet in pdf.pages:
                for note in sheet.get("/Annots", []):
                    if "/A" in note and "/URI" in note.A:
                        found.add(str(note.A.URI))
        for ending, part in ((".docx", "word/_rels/document.xml.rels"), (".odt", "content.xml")):
            with zipfile.ZipFile(io.BytesIO(host.ok(files + ending, "host").body)) as packed:
                found |= set(
                    re.findall(r'(?:Target|xlink:href)="(http[^"]+)"', packed.read(part).decode())
                )
        own = {address for address in found if urlsplit(address).netloc == urlsplit(FRONT).netloc}
        assert len(own) > 2
        for address in own:
            assert address.startswith(front)
            host.ok(address, files)


def matching(host: Host, pattern: str) -> list[str]:
    """Return the files of the site that a pattern of a path on the host means."""
    base = urlsplit(FRONT).path
    return [name for name in host.files if fnmatch.fnmatchcase(base + name, pattern)]


def test_each_hosts_file_names_paths_that_are_there(host: Host) -> None:
    def text(name: str) -> str:
        return (host.site / name).read_text(encoding="utf-8")

    azure = json.loads(text("staticwebapp.config.json"))
    aged = {rule["route"]: rule["headers"]["Cache-Control"] for rule in azure["routes"]}
    caddy = dict(re.findall(r'(?m)^header (\S+) Cache-Control "(.+)"$', text("headers/Caddyfile")))
    netlify = {
        pattern: dict(rules)["Cache-Control"]
        for pattern, rules in host_rules(host.site).items()
        if "Cache-Control" in dict(rules)
    }
    assert aged == caddy == netlify
    # What pages are shown with is at the root, for both languages, like the service worker.
    assert sorted(aged.values()) == sorted([FOR_EVER, A_MONTH, ANEW])
    for pattern in aged:
        assert matching(host, pattern), pattern
    for name, found in (
        (".htaccess", r"ErrorDocument 404 (\S+)"),
        ("headers/nginx.conf", r"error_page 404 (\S+);"),
        ("staticwebapp.config.json", r'"rewrite": "([^"]+)"'),
    ):
        (where,) = re.findall(found, text(name))
        host.ok(urljoin(FRONT, where), name)


def test_pages_and_what_they_load_come_with_the_headers_of_the_site(host: Host) -> None:
    for address in (FRONT, FRONT + "nb/" + GUIDE, FRONT + "nb/mangler"):
        answer = host.get(address)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        tree = html.document_fromstring(answer.body)
        (sheet,) = tree.xpath("//link[@rel='stylesheet']/@href")
        assert host.ok(urljoin(address, sheet), address).headers["Cache-Control"] == FOR_EVER
        css = host.ok(urljoin(address, sheet), address).body.decode()
        for url in re.findall(r"""url\(["']?(?!data:)([^"')]+)""", css):
            host.ok(urljoin(urljoin(address, sheet), url), sheet)


def test_no_page_has_the_browser_fetch_what_its_policy_forbids(built: Path) -> None:
    """Firefox fetches `next` and `prefetch` in advance, and the policy has no source for them."""
    seen = set()
    for path in built.rglob("*.html"):
        tree = html.document_fromstring(path.read_bytes())
        seen |= {word for rel in tree.xpath("//link/@rel") for word in rel.lower().split()}
    allowed = {"canonical", "alternate", "icon", "apple-touch-icon", "stylesheet", "preload"}
    assert seen <= {*allowed, "manifest"}
