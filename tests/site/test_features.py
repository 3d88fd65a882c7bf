"""A region that leaves the parts that work with the reader out has a site that is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from macros.document.features import ADDRESSES, FEATURES
from tests.site.hosted import BELOW, HERE

pytestmark = pytest.mark.xdist_group("uten-nett")
# What a feature has besides its page and its scripts.
DATA = {
    "offline": ("data/uten-nett.json", "uten-nett.html", "manifest.webmanifest"),
    "fill": ("data/skjema/",),
    "run": ("data/skjema/", "data/kjoring/"),
    "project": (),
    "answers": ("data/svar/",),
}


def files(site: Path) -> set[str]:
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return {name for name in found if not name.startswith(BELOW.removeprefix(HERE))}


def test_an_edition_without_the_features_has_nothing_of_them_and_all_else(
    hosted: Path, without: Path
) -> None:
    whole, left = files(hosted / HERE), files(without)
    for name in FEATURES:
        parts = (ADDRESSES.get(name), f"assets/js/{name}/", *DATA[name])
        for part in filter(None, parts):
            below = re.compile(rf"(nn/)?{re.escape(part)}")
            assert not [file for file in left if below.match(file)], part
    gone = whole - left
    own = [
        f"(nn/)?({re.escape(part)}).*"
        for name in FEATURES
        for part in (ADDRESSES.get(name), f"assets/js/{name}/", *DATA[name])
        if part
    ]
    cards = "(nn/)?assets/kort/(mitt-prosjekt|fyll-ut|kjor|svar).png"
    sheet = r"(nn/)?assets/css/nvr\.[0-9a-f]+\.css"
    known = re.compile("|".join([*own, cards, sheet]))
    assert [name for name in gone if not known.fullmatch(name)] == []
    assert [name for name in left - whole if not re.fullmatch(sheet, name)] == []


def test_no_page_of_it_leads_to_a_feature_or_loads_its_script(without: Path) -> None:
    pages = list(without.rglob("*.html"))
    assert len(pages) > 40
    for path in pages:
        tree = html.document_fromstring(path.read_bytes())
        modules = {name.partition("/")[0] for name in tree.xpath("//@data-module")}
        assert not modules & set(FEATURES), path
        assert not tree.xpath("//link[@rel='manifest']"), path
        links = {str(link) for link in tree.xpath("//a/@href")}
        wheres = list(ADDRESSES.values())
        assert not [link for link in links if any(where in link for where in wheres)], path
        assert "uten-nett" not in " ".join(links), path
    for name in ("sitemap.xml", "sok/indeks.json", "nn/sok/indeks.json"):
        text = (without / name).read_text(encoding="utf-8")
        assert not [where for where in ADDRESSES.values() if where in text], name


def test_what_is_ticked_still_has_a_place_of_its_own(without: Path) -> None:
    page = html.document_fromstring((without / "sjekklister/index.html").read_bytes())
    saved = page.xpath("//section[@data-module='saved']")
    assert len(saved) == 1
    assert saved[0].get("data-stores") == ""
    # It promises to delete what there is, and no more.
    said = saved[0].xpath("string(.//dialog[@data-part='ask-delete'])")
    assert "Borte blir: kryss, og valget" in said
    ticks = html.document_fromstring((without / "sjekklister/forstudie/index.html").read_bytes())
    assert ticks.xpath("//*[@data-module='ticks']//a/@href") == ["../#lagret"]
