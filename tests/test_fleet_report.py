"""What is told of a fleet is so: of each region what became of it, and of a site what is out."""

from __future__ import annotations

import datetime as dt
import errno
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from macros.command.report import SECTIONS
from macros.content.alphabet import alphabetical
from macros.content.base import LANGUAGES
from macros.content.catalogue import load_catalogue
from macros.content.project import load_project
from macros.fleet.differ import Difference, lines
from macros.fleet.front import Listed, write_front
from macros.fleet.report import ENDINGS, TO_DO
from tests import test_fleet as fleets
from tests.test_fleet import ROOT, act, break_region, fleet, mend, regions

tree = fleets.tree
HOST = "https://handbok.example.no/"
NAMES = ["Zen", "Ærlig", "Østre", "Ålesund"]


def data(tree: Path) -> dict[str, Any]:
    text = (tree / "sites.rapport" / "rapport.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def became(tree: Path) -> dict[str, str]:
    """Return what became of each region, by the report as data."""
    return {one["slug"]: one["ending"] for one in data(tree)["regions"]}


def page(tree: Path, name: str = "rapport.html") -> html.HtmlElement:
    return html.document_fromstring((tree / "sites.rapport" / name).read_bytes())


def rows(tree: Path, name: str = "rapport.html") -> dict[str, list[str]]:
    """Return the cells of each region's row in the report, by its name."""
    found = {}
    for row in page(tree, name).xpath("//tbody/tr"):
        first, *rest = row.xpath("th | td")
        found[first.text.strip()] = [" ".join(cell.text_content().split()) for cell in rest]
    return found


def summary(tree: Path, name: str = "rapport.html") -> list[str]:
    return list(page(tree, name).xpath("//h2[@id='naa']/following-sibling::ul[1]/li/text()"))


def touch(tree: Path, slug: str) -> None:
    path = tree / "regions" / slug / "region.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# endret\n", encoding="utf-8")


def rename(tree: Path, slug: str, before: str, now: str) -> None:
    path = tree / "regions" / slug / "region.yml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, now), encoding="utf-8")


def test_a_build_that_changed_no_file_says_so(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regions(tree, 1)
    assert fleet(tree, "build") == 0
    assert "alt er nytt" in capsys.readouterr().out
    (tree / "docs" / "kontakt.md").write_text("# Kontakt\n\nNy.\n", encoding="utf-8")
    assert fleet(tree, "build") == 0
    said = capsys.readouterr().out
    assert "bygget på" in said
    assert "ingen filer er endret" in said
    assert "alt er nytt" not in said
    (row,) = rows(tree).values()
    assert row[2] == "Ingen filer er endret"


def test_a_run_that_is_interrupted_tells_of_those_that_it_did_not_reach(tree: Path) -> None:
    slugs = regions(tree, 4)
    act(
        tree,
        f"import os, signal, time\nif region == {slugs[1]!r}:\n"
        "    os.kill(os.getppid(), signal.SIGINT)\n    time.sleep(60)",
    )
    assert fleet(tree, "build", "--jobs", "1") == 1
    assert became(tree) == dict(
        zip(slugs, ("built", "stopped", "unreached", "unreached"), strict=True)
    )
    assert summary(tree) == ["Bygget: 1", "Avbrutt: 1", "Ikke kommet til: 2"]
    assert "3 regioner ble ikke ferdige." in page(tree).text_content()
    assert "3 regionar vart ikkje ferdige." in page(tree, "rapport.nn.html").text_content()
    never = [row[1] for row in rows(tree).values()]
    assert never.count("Ikke bygget ennå") == 3
    assert data(tree)["regions"][3]["folder"] == f"regions/{slugs[3]}"


def test_each_region_says_what_became_of_it_in_this_run_and_when_it_was_built(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, gone = regions(tree, 3)
    monkeypatch.setattr("macros.fleet.build._now", lambda: "2027-01-30T23:05:00+00:00")
    assert fleet(tree, "build") == 0
    monkeypatch.setattr("macros.fleet.build._now", lambda: "2027-02-01T01:00:00+00:00")
    touch(tree, one)
    shutil.rmtree(tree / "regions" / gone)
    assert fleet(tree, "build") == 0
    assert became(tree) == {one: "built", other: "unchanged", gone: "gone"}
    assert summary(tree) == ["Bygget: 1", "Uendret: 1", "Mappen finnes ikke: 1"]
    first, second, third = rows(tree).values()
    assert first[:2] == ["Bygget", "1. februar 2027 kl. 02.00"]
    assert second[:2] == ["Uendret", "31. januar 2027 kl. 00.05"]  # by clocks in Norway
    assert (first[4][-2:], second[4], third[4]) == (" s", "–", "–")
    moments = page(tree).xpath("//tbody//time/@datetime")
    assert [dt.datetime.fromisoformat(moment) for moment in moments] == [
        dt.datetime.fromisoformat(region["site"]["at"]) for region in data(tree)["regions"]
    ]
    shutil.rmtree(tree / "sites" / gone)  # as the page says that a region is taken out
    assert fleet(tree, "build") == 0
    assert became(tree) == {one: "unchanged", other: "unchanged"}


def test_a_run_of_some_regions_tells_of_the_others_as_they_are_remembered(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, broken, other = regions(tree, 3)
    assert fleet(tree, "build") == 0
    break_region(tree, broken)
    assert fleet(tree, "build") == 1
    touch(tree, one)
    assert fleet(tree, "build", "--regions", one) == 0
    assert became(tree) == {one: "built", broken: "unasked", other: "unasked"}
    assert data(tree)["endings"] == {"built": 1, "unasked": 2}
    for name, head, when in (
        ("rapport.html", "Ikke med denne gangen", "Sist bygget"),
        ("rapport.nn.html", "Ikkje med denne gongen", "Sist bygd"),
    ):
        text = page(tree, name).text_content()
        assert f"{head}: 2" in text
        assert f"regions/{broken}/region.yml:" in text  # it is still to be mended
        assert when in page(tree, name).xpath("//thead//th/text()")
        assert len(page(tree, name).xpath("//tbody//time")) == 3
    capsys.readouterr()


def test_the_front_page_and_the_map_have_what_is_out_and_not_what_failed(tree: Path) -> None:
    (one,) = regions(tree, 1)
    shutil.copytree(ROOT / "regions" / "standard", tree / "regions" / "standard")
    host = ("--host", HOST)
    assert fleet(tree, "build", "--regions", one, *host) == 0
    rename(tree, one, "Prøveregion 0", "Nytt navn")
    rename(tree, one, "languages: [nb]", "languages: [nb, nn]")
    act(tree, "import os\nos.kill(os.getpid(), 9)")
    assert fleet(tree, "build", "--regions", one, "--host", "https://ny.example.no/") == 1
    (entry,) = etree.parse(tree / "sites" / "sitemap.xml").getroot().iter("{*}loc")
    assert entry.text == f"{HOST}{one}/sitemap.xml"
    front = html.document_fromstring((tree / "sites" / "index.html").read_bytes())
    assert front.xpath("//main//li/a/text()") == ["Prøveregion 0"]
    (tree / "act.py").unlink()
    assert fleet(tree, "build", "--regions", one, *host) == 0
    front = html.document_fromstring((tree / "sites" / "index.html").read_bytes())
    assert front.xpath("//main//li/a/text()") == ["Nytt navn"]


def test_what_an_older_fleet_remembered_is_read(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = regions(tree, 1)
    shutil.copytree(ROOT / "regions" / "standard", tree / "regions" / "standard")
    host = ("--host", HOST, "--regions", one)
    assert fleet(tree, "build", *host) == 0
    path = tree / "sites.rapport" / "tilstand.json"
    state = json.loads(path.read_text(encoding="utf-8"))
    for region in state["regions"]:
        del region["first"]
        for name in ("name", "municipalities", "languages", "address"):
            del region["good"][name]
    path.write_text(json.dumps(state), encoding="utf-8")
    capsys.readouterr()
    assert fleet(tree, "build", *host) == 0
    assert f"{one}: uendret" in capsys.readouterr().out
    front = html.document_fromstring((tree / "sites" / "index.html").read_bytes())
    assert front.xpath("//main//li/a/text()") == ["Prøveregion 0"]


def test_each_page_is_of_one_written_language(tree: Path) -> None:
    shutil.copytree(ROOT / "regions" / "standard", tree / "regions" / "standard")
    regions(tree, 1)
    assert fleet(tree, "build", "--host", HOST) == 0
    sites = tree / "sites"
    for name, report, national in (
        ("index.html", "rapport.html", "Den nasjonale utgaven"),
        ("nn.html", "rapport.nn.html", "Den nasjonale utgåva"),
    ):
        front = html.document_fromstring((sites / name).read_bytes())
        assert national in front.xpath("//main//li/a/text()")
        assert national in rows(tree, report)
    lost = html.document_fromstring((sites / "404.html").read_bytes())
    (other,) = lost.xpath("//main//div[@lang='nn']")
    assert "Sida finst ikkje" in other.text_content()
    assert other.xpath(".//a/@href") == ["/nn.html"]
    headings = page(tree, "rapport.nn.html").xpath("//details//h3/text()")
    assert headings
    assert {"Fargar og logo", "Dette tilrår vi"} <= set(headings)
    assert not page(tree, "rapport.nn.html").xpath("//h3[@lang]")


def test_what_somebody_should_do_something_about_is_a_part_of_the_check(tree: Path) -> None:
    """The report picks the parts by their headings: one that is called otherwise would vanish."""
    (one,) = regions(tree, 1)
    project = load_project(tree, one)
    assert TO_DO.keys() <= {compose(project).title for compose in SECTIONS}
    rename(tree, one, "languages: [nb]", "languages: [nn, nb]")
    assert fleet(tree, "build") == 0
    assert "Resten vises på bokmål" in page(tree).text_content()


def test_names_stand_in_the_order_of_the_norwegian_alphabet(tree: Path, tmp_path: Path) -> None:
    assert sorted(["Østre", "Ålesund", "Zen", "Ærlig", "åre", "Ärla"], key=alphabetical) == [
        *("Zen", "Ärla", "Ærlig", "Østre", "Ålesund", "åre")
    ]
    assert sorted(["Kåfjord", "Kárášjohka", "Kvæn"], key=alphabetical)[0] == "Kárášjohka"
    listed = [
        Listed(f"r{number}", name, (), f"{HOST}r{number}/", ("nb",))
        for number, name in enumerate(reversed(NAMES))
    ]
    write_front(ROOT, tmp_path / "vert", HOST, listed)
    for name in ("index.html", "nn.html"):
        front = html.document_fromstring((tmp_path / "vert" / name).read_bytes())
        assert front.xpath("//main//li/a/text()") == NAMES
    for number, slug in enumerate(regions(tree, 4)):
        rename(tree, slug, f"Prøveregion {number}", NAMES[3 - number])
    assert fleet(tree, "build") == 0
    assert list(rows(tree)) == NAMES


def test_a_region_that_is_mended_is_no_longer_told_of_as_wrong(tree: Path) -> None:
    one, broken = regions(tree, 2)
    break_region(tree, broken)
    assert fleet(tree, "build") == 1
    assert summary(tree) == ["Bygget: 1", "Har feil: 1"]
    mend(tree, broken)
    assert fleet(tree, "build") == 0
    assert became(tree) == {one: "unchanged", broken: "built"}
    assert not page(tree).xpath("//*[@id='feil']")


# The words


def test_every_word_of_the_fleet_is_said_somewhere() -> None:
    layouts = ROOT / "macros" / "layouts" / "fleet"
    files = [*(ROOT / "macros" / "fleet").glob("*.py"), *layouts.glob("*.html")]
    said = "".join(file.read_text(encoding="utf-8") for file in files)
    for language in LANGUAGES:
        texts = load_catalogue(language).only("fleet").texts
        for name in {key.split(".")[1] for key in texts}:
            assert re.search(rf"fleet\.{name}\b|'{name}'", said), name
        assert {key.split(".")[2] for key in texts if key.startswith("fleet.outcome.")} == {
            *ENDINGS
        }


def test_what_has_moved_is_told_in_whole_sentences() -> None:
    files = tuple(f"docs/{number}.md" for number in range(21))
    found = [
        Difference("dal", "dal", "changed", code=True, files=files),
        Difference("fjord", "fjord", "same"),
        Difference("sogn", "sogn", "changed", settings=True),
        Difference("borte", "borte", "gone"),
    ]
    said = list(lines(found, 600))
    assert "  koden, Python eller en pakke er endret" in said
    assert any("adressen (--host)" in line for line in said)
    assert "  og 1 fil til" in said
    assert "fjord: uendret, bygges ikke" in said
    assert said[-1] == "2 av 3 blir bygget. Det tar om lag 10 min, slik det gikk sist."
    assert list(lines([Difference("a", "a", "same")], 0))[-1] == "Ingen av 1 blir bygget."


@pytest.mark.parametrize(
    ("way", "raised", "told"),
    [
        ("build", KeyboardInterrupt(), "Avbrutt. Utgavene som er ferdige, er hele."),
        ("status", KeyboardInterrupt(), "Avbrutt. Ingenting ble skrevet."),
        ("build", OSError(errno.ENOSPC, "full", "x"), "Byggingen av utgavene stoppet: x: disken"),
    ],
)
def test_a_fleet_that_is_broken_off_says_what_is_left(
    tree: Path,
    way: str,
    raised: BaseException,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails(*_: object) -> int:
        raise raised

    monkeypatch.setattr("macros.fleet.command.fleet", fails)
    assert fleet(tree, way) == 1
    assert told in capsys.readouterr().err
