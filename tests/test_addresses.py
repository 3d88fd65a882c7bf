"""Whatever address an edition has, each function that makes addresses makes the right ones."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree

from macros.building.prepare import Prepared
from macros.content.project import Project, load_project
from macros.content.region import Region
from macros.document.edition import Edition, load_edition
from macros.document.timeline import calendar_address
from macros.engines.serving import served
from macros.pages.published import robots
from macros.pages.shell import between
from macros.site.headers import header_files
from macros.site.links import dead_links
from macros.site.lost import share_lost
from macros.site.styles import join_styles
from macros.writers.feed import feed_xml
from tests.site.conftest import ROOT

HOSTS = (
    "https://a.no",
    "http://localhost:8000",
    "https://nordhålogaland.no",
    "http://[2001:db8::1]:8080",
)
PATHS = ("", "/Region", "/nn/nb", "/assets/assets/js", "/a/Å/~c", "/handbok.example.no")
ORDERS = (["nb"], ["nn"], ["nb", "nn"], ["nn", "nb"])
ADDRESSES = [host + path + slash for host in HOSTS for path in PATHS for slash in ("", "/")]


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT, "eksempel")


def region(address: str, languages: list[str]) -> Region:
    said: dict[str, Any] = {"name": "A", "short_name": "A", "owner": "B"}
    return Region.model_validate({**said, "languages": languages, "site_url": address})


def root(address: str, languages: list[str]) -> str:
    """Return the path of the site's front page."""
    own = region(address, languages)
    return own.root(own.language)


def at(project: Project, address: str, languages: list[str]) -> tuple[Project, Edition]:
    """Return a project with another address, and its edition in the last of its languages."""
    own = region(address, languages)
    own = project.region.model_copy(update={"site_url": own.site_url, "languages": own.languages})
    moved = Project(**{**vars(project), "region": own})
    return moved, load_edition(moved, own.languages[-1])


@pytest.mark.parametrize("languages", ORDERS)
def test_each_language_has_its_folder_and_the_way_between_them(languages: list[str]) -> None:
    for address in ADDRESSES:
        own = region(address, languages)
        assert own.base_url.isascii()
        assert own.base_url == own.front_page(own.language)
        assert own.base_url.endswith(own.root(own.language))
        assert all(re.fullmatch(r"(/[^/?#]+)*/", own.root(code)) for code in own.languages)
        fronts = {code: own.front_page(code) for code in own.languages}
        assert len(set(fronts.values())) == len(languages)
        for here, front in fronts.items():
            assert front.startswith(own.base_url)
            for there, other in fronts.items():
                assert urljoin(front, between(languages, here, there)) == other


@pytest.mark.parametrize("languages", ORDERS)
def test_each_hosts_file_begins_its_paths_with_the_sites(languages: list[str]) -> None:
    for address in ADDRESSES:
        base = root(address, languages)
        files = header_files("default-src 'none'", base, languages[1:])
        routes = [rule["route"] for rule in json.loads(files["staticwebapp.config.json"])["routes"]]
        patterns = re.findall(r"(?m)^(/.*)$", files["_headers"])
        assert patterns == [f"{base}*", *routes]
        assert re.findall(r"(?m)^header (/\S+)", files["headers/Caddyfile"]) == routes
        roots = [base, *(f"{base}{other}/" for other in languages[1:])]
        assert [route for route in routes if route.endswith("fonts/*")] == [
            f"{root}assets/fonts/*" for root in roots
        ]
        lost = f"{base}404.html"
        assert f"ErrorDocument 404 {lost}\n" in files[".htaccess"]
        assert f'"rewrite": "{lost}"' in files["staticwebapp.config.json"]
    # nginx compares what it has decoded, the others what they were sent.
    assert "error_page 404 /Å/404.html;" in header_files("", "/%C3%85/")["headers/nginx.conf"]


@pytest.mark.parametrize("languages", ORDERS)
@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_feed_calendar_and_robots_name_the_languages_own_pages(
    project: Project, address: str, languages: list[str]
) -> None:
    moved, edition = at(project, address, languages)
    front = moved.region.front_page(edition.language)
    assert calendar_address(edition) == f"{front}last-ned/tidslinje.ics"
    assert robots(moved).count("Sitemap: ") == len(languages)
    assert f"Sitemap: {front}sitemap.xml\n" in robots(moved)
    feed = etree.fromstring(feed_xml(edition, front, dt.date(2027, 1, 1)))
    links = feed.xpath("//@href")
    assert len(links) > 2
    assert all(link.startswith(front) for link in links)
    # RFC 4151, 2.1: a name of DNS, and nothing that an address may not hold.
    tag = re.compile(r"tag:[a-z0-9]([a-z0-9.-]*[a-z0-9])?,2026:[\w.~/%-]+", re.ASCII)
    for made in feed.xpath("//*[local-name()='id']/text()"):
        assert tag.fullmatch(made), made
        assert "%25" not in made


@pytest.mark.parametrize("address", ADDRESSES)
def test_style_sheets_are_joined_below_any_path(tmp_path: Path, address: str) -> None:
    base = root(address, ["nb"])
    for name in ("a", "b"):
        (tmp_path / "assets/css").mkdir(parents=True, exist_ok=True)
        (tmp_path / f"assets/css/{name}.css").write_text(f".{name} {{ color: red }}")
    links = "".join(
        f'<link rel="stylesheet" href="{base}assets/css/{name}.css">\n' for name in ("a", "b")
    )
    (tmp_path / "404.html").write_text(f"<head>{links}</head>", encoding="utf-8")
    join_styles(tmp_path, (), ["assets/fonts/x.woff2"])
    made = re.findall(r'href="([^"]+)"', (tmp_path / "404.html").read_text(encoding="utf-8"))
    assert made[0] == f"{base}assets/fonts/x.woff2"
    assert re.fullmatch(rf"{re.escape(base)}assets/css/nvr\.\w+\.css", made[1])


PARTS = (
    '<header class="top">{}</header>',
    "<!--nvr-lost-->{}<!--/nvr-lost-->",
    '<footer class="bottom">{}</footer>',
)


def lost_site(folder: Path) -> None:
    for code in ("", "nn/"):
        (folder / code).mkdir(exist_ok=True)
        (folder / code / "index.html").write_text("<p id='a'>", encoding="utf-8")
        text = " ".join(part.format(code) for part in PARTS)
        (folder / code / "404.html").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_lost_page_is_held_to_links_that_lead_somewhere(tmp_path: Path, address: str) -> None:
    own = region(address, ["nb", "nn"])
    base, host = own.root("nb"), f"//{urlsplit(own.base_url).netloc}"
    lost_site(tmp_path)
    right = (
        base,
        f"{base}.",
        f"{base}nn/../",
        f"{base}nn/#a",
        f"{own.base_url}nn/",
        "#b",
        host + base,
    )
    wrong = (
        *("nn/", "../nn/", f"{base}/nn/", f"/{base}nn/", f"{base}NN/", f"{base}nn/#x", "#c"),
        *(f"{base}nb/", f"{base}../../x", "//nn/"),
        *((base.upper(),) if base.upper() != base else ()),
    )
    elsewhere = ("https://other.example.no/x", "mailto:a@example.no", "webcal://a.no/x.ics")
    for name in ("404.html", "nn/404.html"):
        page = "".join(f'<a href="{link}">x</a>' for link in (*right, *wrong, *elsewhere))
        (tmp_path / name).write_text(f"<i id='b'></i>{page}", encoding="utf-8")
    found = dead_links(tmp_path, set(), own.base_url)
    for name in ("404.html", "nn/404.html"):
        dead = {line.removeprefix(f"{name}: ") for line in found if line.startswith(f"{name}: ")}
        assert dead == set(wrong)


def test_what_a_page_tells_of_its_own_address_is_checked(tmp_path: Path) -> None:
    (tmp_path / "om").mkdir()
    (tmp_path / "om/index.html").write_text(
        '<link rel="canonical" href="https://a.no/R/om/"><link rel="next" href="https://a.no/R/x/">'
        '<meta property="og:image" content="https://a.no/R/assets/kort/om.png">'
        '<a href="https://a.no/R/innsyn/">et annet program på samme tjener</a>',
        encoding="utf-8",
    )
    dead = dead_links(tmp_path, set(), "https://a.no/R/")
    assert dead == [
        "om/index.html: https://a.no/R/assets/kort/om.png",
        "om/index.html: https://a.no/R/x/",
    ]
    assert dead_links(tmp_path, {"assets/kort/om.png", "x/index.html"}, "https://a.no/R/") == []


def test_a_lost_page_holds_each_part_of_the_other_languages(tmp_path: Path) -> None:
    lost_site(tmp_path)
    share_lost(tmp_path, {"nb": "/R/", "nn": "/R/nn/"})
    for own, code, other in (("", "nn", "nn/"), ("nn/", "nb", "")):
        text = (tmp_path / own / "404.html").read_text(encoding="utf-8")
        beside = f'<template lang="{code}" data-root="/R/{other}">'
        expected = [f"{part.format(own)}{beside}{part.format(other)}</template>" for part in PARTS]
        assert text == " ".join(expected)


def test_a_lost_page_of_a_single_language_stays_as_it_is(tmp_path: Path) -> None:
    lost_site(tmp_path)
    before = (tmp_path / "404.html").read_text(encoding="utf-8")
    share_lost(tmp_path, {"nb": "/R/"})
    assert (tmp_path / "404.html").read_text(encoding="utf-8") == before


def test_serve_shows_the_site_below_the_path_that_it_will_have(project: Project) -> None:
    found, _ = at(project, "https://a.no/Håndbok/utgave", ["nb"])
    server: Any = SimpleNamespace(url="http://127.0.0.1:8000/")
    served(server, Prepared(found, load_edition(found, "nb")), ROOT, ROOT / "docs")
    assert server.mount_path == "/Håndbok/utgave/"
    assert server.url == "http://127.0.0.1:8000/H%C3%A5ndbok/utgave/"
