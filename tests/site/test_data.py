"""What the site gives to others: open data, the feed, the maps, dates of change and cards."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree, html
from PIL import Image

from macros.content.rich import Run, map_runs, parse_rich, runs_of
from macros.content.text import Rich
from macros.content.walk import walk
from macros.document.commonmark import commonmark
from tests import real
from tests.site.conftest import Build

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
HOST = "https://handbok.example.no/"


def data(site: Path, language: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / language / "data" / "handbok.json").read_text())
    return found


def pages(site: Path) -> list[Path]:
    return list(site.rglob("index.html"))


def file_of(site: Path, address: str) -> Path:
    return site / address.removeprefix(HOST).partition("#")[0]


def check_data(site: Path, language: str) -> None:
    schema = json.loads((site / language / "data" / "handbok.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    found = data(site, language)
    assert found["$schema"] == schema["$id"]
    errors = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(found)
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("language", ["", "nn"])
def test_the_data_follow_their_schema_and_a_wrong_value_does_not(site: Path, language: str) -> None:
    check_data(site, language)
    schema = json.loads((site / language / "data" / "handbok.schema.json").read_text())
    wrong = data(site, language)
    wrong["contents"]["workshop"][0]["minutes"] = "lenge"
    assert not Draft202012Validator(schema).is_valid(wrong)


@pytest.mark.parametrize("language", ["", "nn"])
def test_every_item_is_in_the_data_with_its_page_and_its_files(site: Path, language: str) -> None:
    handbook = real.project().handbooks["nn" if language else "nb"]
    contents = data(site, language)["contents"]
    assert {kind: {item["id"] for item in items} for kind, items in contents.items()} == {
        kind: set(items) for kind, items in handbook.items.items()
    }
    assert all("address" not in value for value in contents.pop("value"))  # it has no page
    for item in (item for items in contents.values() for item in items):
        page = file_of(site, item["address"]) / "index.html"
        anchor = item["address"].partition("#")[2]
        text = page.read_text(encoding="utf-8")
        place = "//th" if item["kind"] == "decision" else "//h1"  # one page has all decisions
        said = [node.text_content() for node in html.fromstring(page.read_bytes()).xpath(place)]
        if item["kind"] == "presentation":  # it is shown on a page about more than that
            assert all(slide["title"] in text for slide in item["slides"])
        else:
            there = f'id="{anchor}"' in text if anchor else any(item["title"] in h for h in said)
            assert there, item
        offered = [file["address"] for file in item.get("files", ())]
        assert all(file_of(site, address).is_file() for address in offered)
        if "files" in item:
            downloads = re.findall(r'href="[^"]*last-ned/([^"/]+)" download', text)
            assert sorted(address.rpartition("/")[2] for address in offered) == sorted(downloads)


def test_no_name_of_a_region_becomes_markup_in_a_long_text() -> None:
    hostile = r"*a* [b](javascript:c) <img> &amp; \_ `x` 1. # - {{ region.name }}"
    blocks = parse_rich("Spør **NAVN** i [fasen](phase/forstudie).\n\n- NAVN\n- *to*\n\n1. NAVN")
    filled = map_runs(
        blocks,
        lambda run: Run(run.text.replace("NAVN", hostile), run.strong, run.em, run.target),
    )
    written = commonmark(filled, lambda target: HOST + target)
    again = map_runs(
        parse_rich(written),
        lambda run: Run(run.text, run.strong, run.em, run.target.removeprefix(HOST)),
    )
    assert said(again) == said(filled)


def said(blocks: Any) -> list[tuple[str, str]]:
    """Return each letter with its style and link; a space has none that anyone sees."""
    return [
        (letter, f"{run.strong}{run.em}{run.target}")
        for run in runs_of(blocks)
        for letter in run.text
        if not letter.isspace()
    ]


def test_every_long_text_says_the_same_in_the_data_as_in_its_file() -> None:
    texts = {
        value
        for items in real.project().handbooks["nb"].items.values()
        for item in items.values()
        for _, value in walk(item)
        if isinstance(value, Rich)
    }
    assert len(texts) > 500
    for text in texts:
        assert said(parse_rich(commonmark(text.blocks, str))) == said(text.blocks), text


@pytest.mark.parametrize("language", ["", "nn"])
def test_the_feed_has_what_atom_asks_for(site: Path, language: str) -> None:
    place = site / language / "endringer"
    feed = etree.parse(place / "feed.xml").getroot()
    check_feed(feed, f"{HOST}{language + '/' if language else ''}")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == (language or "nb")
    page = html.document_fromstring((place / "index.html").read_bytes())
    shown = [row.findtext(".//a") for row in page.xpath("//table/tbody/tr")]
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert titles == shown[: len(titles)]
    assert page.xpath("//main//a[@href='feed.xml']")
    for path in (place / "index.html", site / language / "index.html"):
        head = html.document_fromstring(path.read_bytes())
        link = head.xpath("//link[@type='application/atom+xml']/@href")[0]
        assert (path.parent / link).resolve() == place / "feed.xml"


def check_feed(feed: Any, base: str) -> None:
    """Check the musts of RFC 4287, 4.1.1 and 4.1.2, and that ids are nobody else's."""
    one = ("a:id", "a:title", "a:updated")
    entries = feed.findall("a:entry", ATOM)
    for element in (feed, *entries):
        assert [len(element.findall(name, ATOM)) for name in one] == [1, 1, 1]
        stamp = element.findtext("a:updated", namespaces=ATOM)
        assert dt.datetime.fromisoformat(stamp).tzinfo
    assert feed.findtext("a:author/a:name", namespaces=ATOM)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {"self": f"{base}endringer/feed.xml", "alternate": f"{base}endringer/"}
    ids = [element.findtext("a:id", namespaces=ATOM) for element in (feed, *entries)]
    assert entries
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,2026:[A-Za-z0-9./-]+", found) for found in ids)
    stamps = [entry.findtext("a:updated", namespaces=ATOM) for entry in entries]
    assert feed.findtext("a:updated", namespaces=ATOM) == max(stamps)


@pytest.mark.parametrize("language", ["", "nn"])
def test_the_map_names_every_page_in_both_languages(site: Path, language: str) -> None:
    tree = etree.parse(site / language / "sitemap.xml")
    found = tree.findall("s:url", MAP)
    named = {url.findtext("s:loc", namespaces=MAP) for url in found}
    here = {
        f"{HOST}{path.parent.relative_to(site).as_posix()}/".replace("/./", "/")
        for path in pages(site / language)
        if language or path.relative_to(site).parts[0] != "nn"
    }
    assert named == here
    for url in found:
        others = url.findall("x:link", MAP)
        assert {link.get("hreflang") for link in others} == {"nb", "nn"}
        assert url.findtext("s:loc", namespaces=MAP) in {link.get("href") for link in others}
        assert all((file_of(site, link.get("href")) / "index.html").is_file() for link in others)


def test_robots_name_both_maps_and_stand_at_the_root_alone(site: Path) -> None:
    lines = (site / "robots.txt").read_text().splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    named = [line.removeprefix("Sitemap: ") for line in lines[3:]]
    assert named == [f"{HOST}sitemap.xml", f"{HOST}nn/sitemap.xml"]
    assert not (site / "nn" / "robots.txt").exists()


def test_each_page_has_a_card_with_its_own_title(site: Path) -> None:
    found = {}
    for page in pages(site):
        address = html.document_fromstring(page.read_bytes()).xpath(
            "string(//meta[@property='og:image']/@content)"
        )
        picture = file_of(site, address)
        with Image.open(picture) as image:
            assert (image.size, image.format) == ((1200, 630), "PNG"), page
        assert "assets/kort/" not in address or picture.stat().st_size < 40_000
        found[page.parent.relative_to(site).as_posix()] = picture.read_bytes()
    assert found["faser/forstudie"] != found["faser/forprosjekt"] != found["om"]
    assert len(set(found.values())) > len(found) / 2  # a title may be one in both languages


def commit(build: Build, text: str, day: str) -> None:
    build.write("docs/kontakt.md", f"---\ntitle: Kontakt\n---\n\n# Kontakt\n\n{text}\n")
    stamp = f"{day}T12:00:00Z"
    for arguments in (["add", "-A"], ["commit", "-q", "-m", text]):
        subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.no", *arguments],
            cwd=build.root,
            env={**os.environ, "GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_DATE": stamp},
            check=True,
        )


def last_changed(site: Path, page: str) -> tuple[str | None, list[str]]:
    urls = etree.parse(site / "sitemap.xml").findall("s:url", MAP)
    day = {
        url.findtext("s:loc", namespaces=MAP): url.findtext("s:lastmod", namespaces=MAP)
        for url in urls
    }[HOST + page]
    shown = html.document_fromstring((site / page / "index.html").read_bytes())
    return day, shown.xpath("//time[@datetime]/text()")


def test_a_prose_page_has_the_day_of_its_last_commit_and_a_shallow_copy_has_none(
    small: Build,
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=small.root, check=True)
    small.write(".gitignore", "site/\n.cache/\n.site-*\n")
    region = (small.root / "regions/standard/region.yml").read_text(encoding="utf-8")
    small.write("regions/standard/region.yml", region.replace("[nb, nn]", "[nb]"))
    commit(small, "Først.", "2026-03-02")
    commit(small, "Så.", "2026-05-09")
    small.write("docs/index.md", "---\ntitle: Start\n---\n\n# Start\n\nNy.\n")
    subprocess.run(["git", "add", "-A"], cwd=small.root, check=True)
    site = small.ok()
    assert last_changed(site, "kontakt/") == ("2026-05-09", ["Sist endret 9. mai 2026"])
    day, shown = last_changed(site, "guider/workshop/swot/")
    assert shown[0].startswith("Versjon 1.0, sist endret ")
    assert day is not None
    (small.root / ".git" / "shallow").write_text(
        subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=small.root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    assert last_changed(small.ok(), "kontakt/") == (None, [])
