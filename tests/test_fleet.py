"""A fleet: a region is built whole or keeps what it has, and none stands in another's way.

The check of each region is the real one; what builds is a stand-in that writes two files, but in
`tests/site/test_fleet.py`.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from macros.cli import main
from macros.content.errors import ContentError
from macros.fleet.places import Place, own_address, places
from macros.fleet.progress import Progress, duration
from macros.fleet.run import Outcome, Said
from macros.fleet.sites import changes
from macros.fleet.state import Record, Room
from tools.made_regions import made, write

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "content" / "minimal"
# Builds as an engine does: in a stage, and swapped in. What it does besides, `act.py` says.
STAND_IN = """
import os, runpy, sys
from pathlib import Path
from macros.site.stage import Stage
region, site = os.environ["REGION"], Path(sys.argv[1])
text = Path("regions", region, "region.yml").read_text() + os.environ.get("NVR_HOST", "")
stage = Stage.beside(site)
stage.folder.mkdir()
(stage.folder / "index.html").write_text(text)
(stage.folder / "vei.pdf").write_text("lik")
if Path("act.py").exists():
    runpy.run_path("act.py", {"region": region})
stage.publish()
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small handbook without regions, and the stand-in for what builds."""
    monkeypatch.delenv("REGION", raising=False)
    monkeypatch.delenv("NVR_HOST", raising=False)
    root = Path(shutil.copytree(MINIMAL, tmp_path / "handbok"))
    shutil.copy(ROOT / "reference" / "municipalities.csv", root / "reference")
    shutil.rmtree(root / "regions")
    (tmp_path / "engines").mkdir()
    (tmp_path / "engines" / "stand_in.py").write_text(STAND_IN, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "engines"), prepend=os.pathsep)
    monkeypatch.setattr("macros.fleet.build.module", lambda _, site: ["stand_in", str(site)])
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    return root


def regions(tree: Path, count: int) -> list[str]:
    write(tree / "regions", made(tree, count), overlays=False)
    return sorted(path.name for path in (tree / "regions").iterdir())


def fleet(tree: Path, *arguments: str) -> int:
    return main(["--root", str(tree), "fleet", *arguments])


def endings(said: str) -> dict[str, str]:
    """Return what became of each region, by the lines of a run."""
    lines = [line.partition("] ")[2] for line in said.splitlines() if line.startswith("[")]
    return {line.partition(": ")[0]: line.partition(": ")[2].split(" ")[0] for line in lines}


def act(tree: Path, code: str) -> None:
    (tree / "act.py").write_text(code, encoding="utf-8")


def break_region(tree: Path, slug: str) -> None:
    path = tree / "regions" / slug / "region.yml"
    path.write_text(path.read_text(encoding="utf-8") + "ukjent: 1\n", encoding="utf-8")


def mend(tree: Path, slug: str) -> None:
    path = tree / "regions" / slug / "region.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("ukjent: 1\n", ""), encoding="utf-8")


def test_twenty_regions_are_built_and_two_that_break_stop_nobody(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slugs = regions(tree, 20)
    broken, killed = slugs[3], slugs[11]
    break_region(tree, broken)
    act(tree, f"import os\nif region == {killed!r}: os.kill(os.getpid(), 9)")
    assert fleet(tree, "build") == 1
    said = capsys.readouterr().out
    assert endings(said) == {
        slug: "har" if slug in (broken, killed) else "bygget" for slug in slugs
    }
    assert f"regions/{broken}/region.yml:" in said
    assert "ukjent" in said
    assert "stoppet utenfra (signal 9)" in said
    assert "18 bygget" in said
    sites = {path.name for path in (tree / "sites").iterdir() if not path.name.startswith(".")}
    assert sites == set(slugs) - {broken, killed}

    mend(tree, broken)
    (tree / "act.py").unlink()
    assert fleet(tree, "build") == 0
    said = capsys.readouterr().out
    assert {slug for slug, ending in endings(said).items() if ending == "bygget"} == {
        broken,
        killed,
    }
    assert "18 uendret" in said


def test_a_list_may_name_more_regions_than_a_path_has_room_for(tree: Path) -> None:
    slugs = regions(tree, 357)
    assert [place.slug for place in places(tree, ",".join(slugs))] == slugs
    with pytest.raises(ContentError, match="fant ingen region, mappe eller liste"):
        places(tree, ",".join([*slugs, "x" * 300]))


def test_a_region_that_breaks_keeps_its_last_good_site(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = regions(tree, 2)
    assert fleet(tree, "build") == 0
    site = tree / "sites" / one / "index.html"
    good = site.read_text(encoding="utf-8")
    break_region(tree, one)
    assert fleet(tree, "build") == 1
    assert site.read_text(encoding="utf-8") == good
    capsys.readouterr()
    assert fleet(tree, "status") == 0
    said = capsys.readouterr().out
    assert f"{one}: hadde feil sist. Nettstedet fra før blir liggende" in said
    assert f"{other}: uendret siden den ble bygget" in said


def test_what_has_changed_is_told_and_alone_is_built(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = regions(tree, 2)
    assert fleet(tree, "build") == 0
    path = tree / "regions" / one / "region.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Prøve 0", "Prøve"), "utf-8")
    capsys.readouterr()
    assert fleet(tree, "diff", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["build"] == [one]
    assert found["regions"][0]["files"] == [f"regions/{one}/region.yml"]
    assert fleet(tree, "build") == 0
    said = capsys.readouterr().out
    assert endings(said) == {one: "bygget", other: "uendret"}
    assert f"{one}: bygget" in said
    assert "filer: 1 endret" in said
    (tree / "docs" / "kontakt.md").write_text("# Kontakt\n\nNy.\n", encoding="utf-8")
    assert fleet(tree, "diff") == 0
    said = capsys.readouterr().out
    assert said.count("  docs/kontakt.md") == 2
    assert "2 av 2 blir bygget." in said


def test_how_long_the_next_run_may_take_is_told_by_what_each_took_last(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    slugs = regions(tree, 5)
    assert fleet(tree, "diff") == 0
    assert capsys.readouterr().out.endswith("5 av 5 blir bygget.\n")  # nothing is measured
    assert fleet(tree, "build", "--regions", ",".join(slugs[:3])) == 0
    path = tree / "sites.rapport" / "tilstand.json"
    state = json.loads(path.read_text(encoding="utf-8"))
    assert all(0 < one["cpu"] < 60 for one in state["regions"])
    for one, seconds in zip(state["regions"], (400, 90, 110), strict=True):
        one["seconds"] = seconds
    path.write_text(json.dumps(state), encoding="utf-8")
    capsys.readouterr()
    assert fleet(tree, "diff") == 0  # two new ones, which are taken to be as most: 110 s each
    said = capsys.readouterr().out
    assert said.endswith("2 av 5 blir bygget. Det tar om lag 2 min, slik det gikk sist.\n")
    assert fleet(tree, "diff", "--json") == 0
    assert json.loads(capsys.readouterr().out)["seconds"] == 110


@pytest.mark.parametrize("spoilt", ["file", "folder"])
def test_a_site_that_somebody_has_changed_is_built_again(
    tree: Path, spoilt: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = regions(tree, 1)
    assert fleet(tree, "build") == 0
    site = tree / "sites" / one
    if spoilt == "file":
        (site / "vei.pdf").unlink()
    else:
        shutil.rmtree(site)
    capsys.readouterr()
    assert fleet(tree, "build") == 0
    assert endings(capsys.readouterr().out) == {one: "bygget"}
    assert (site / "vei.pdf").is_file()


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_a_run_that_is_interrupted_goes_on_where_it_stopped(
    tree: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    slugs = regions(tree, 3)
    # The stand-in is the fleet's own child: what checks the region has become it.
    act(
        tree,
        f"import os, signal, time\nif region == {slugs[1]!r}:\n"
        f"    os.kill(os.getppid(), signal.{how})\n    time.sleep(60)",
    )
    assert fleet(tree, "build", "--jobs", "1") == 1
    said = capsys.readouterr().out
    assert endings(said) == {slugs[0]: "bygget", slugs[1]: "avbrutt"}
    assert "Avbrutt." in said
    assert not (tree / "sites" / slugs[1]).exists()
    (tree / "act.py").unlink()
    assert fleet(tree, "build", "--jobs", "1") == 0
    built = endings(capsys.readouterr().out)
    assert built == {slugs[0]: "uendret", **dict.fromkeys(slugs[1:], "bygget")}
    assert not list((tree / "sites").glob(".site-*"))  # what the killed one left


def test_a_folder_that_vanishes_under_way_is_told_of_and_the_rest_goes_on(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, gone, last = regions(tree, 3)
    act(tree, f"import shutil\nshutil.rmtree('regions/{gone}', ignore_errors=True)")
    assert fleet(tree, "build", "--jobs", "1") == 1
    said = capsys.readouterr().out
    assert endings(said) == {one: "bygget", gone: "har", last: "bygget"}
    assert "mappen finnes ikke, eller kan ikke leses" in said


def test_where_nothing_can_be_remembered_that_is_said_and_all_is_built(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = regions(tree, 1)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full", "tilstand.json")

    monkeypatch.setattr(Room, "write", full)
    assert fleet(tree, "build") == 1
    said = capsys.readouterr().out
    assert (tree / "sites" / one / "index.html").is_file()
    assert "ble ikke skrevet: tilstand.json: disken er full" in said


def test_a_state_that_cannot_be_read_is_told_of_and_all_is_built(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = regions(tree, 1)
    assert fleet(tree, "build") == 0
    (tree / "sites.rapport" / "tilstand.json").write_text('{"version": 1}', encoding="utf-8")
    capsys.readouterr()
    assert fleet(tree, "build") == 0
    said = capsys.readouterr()
    assert "kan ikke leses. Derfor blir alle utgavene bygget på nytt." in said.err
    assert endings(said.out) == {one: "bygget"}


def test_a_fleet_waits_for_nobody_and_says_that_another_is_at_work(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regions(tree, 1)
    with Room(tree / "sites").alone():
        assert fleet(tree, "build") == 1
    assert "bygger i" in capsys.readouterr().err


# Which regions there are


def test_two_regions_of_one_address_are_refused_before_anything_is_made(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = regions(tree, 2)
    path = tree / "regions" / other / "region.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"https://{other}.", f"https://{one}."), encoding="utf-8")
    assert fleet(tree, "build") == 1
    said = capsys.readouterr().err
    assert f"to regioner har samme adresse: regions/{one} og regions/{other}" in said
    assert not (tree / "sites").exists()
    # Below one host, each has a folder of its own.
    host = "https://handbok.example.no/"
    assert own_address(tree, places(tree, None, host)[0], host) == f"{host}{one}/"


def test_two_folders_of_one_name_are_refused(tree: Path) -> None:
    (one,) = regions(tree, 1)
    shutil.copytree(tree / "regions" / one, tree / "andre" / one)
    (tree / "liste.txt").write_text(f"{one}\nandre/{one}  # den andre\n", encoding="utf-8")
    with pytest.raises(ContentError, match="to regioner heter det samme"):
        places(tree, "liste.txt")


def test_regions_come_from_a_folder_a_file_or_names(tree: Path) -> None:
    one, other = regions(tree, 2)
    shutil.copytree(tree / "regions" / one, tree / "andre" / "dal")
    (tree / "liste.txt").write_text(f"# våre\n{other}\n\nandre/dal\n", encoding="utf-8")

    def slugs(wanted: str | None) -> list[str]:
        return [place.slug for place in places(tree, wanted)]

    assert slugs(None) == slugs("regions") == slugs(f"{other},{one}") == [one, other]
    assert slugs("andre") == ["dal"]
    assert sorted(slugs(other)) == [other]
    with pytest.raises(ContentError, match="Mente du «prove-00"):
        places(tree, "prove-00")
    (tree / "tom").mkdir()
    with pytest.raises(ContentError, match="fant ingen regioner"):
        places(tree, "tom")


def test_a_folder_whose_name_is_no_address_fails_alone(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = regions(tree, 1)
    shutil.copytree(tree / "regions" / one, tree / "regions" / "Sør Region")
    path = tree / "regions" / "Sør Region" / "region.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(f"{one}.", "annen."), "utf-8")
    assert fleet(tree, "build") == 1
    said = capsys.readouterr().out
    assert "og navnet blir en del av adressen." in said
    assert (tree / "sites" / one / "index.html").is_file()


def test_a_link_out_of_a_folder_is_never_read(
    tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = regions(tree, 2)
    secret = tmp_path / "hemmelig.yml"
    (tree / "regions" / one / "region.yml").rename(secret)
    (tree / "regions" / one / "region.yml").symlink_to(secret)
    assert own_address(tree, Place(one, tree / "regions" / one), None) == ""
    assert fleet(tree, "check") == 1
    said = capsys.readouterr().out
    assert "filen er en lenke som fører ut av regionens mappe" in said
    assert f"{other}: i orden" in said


def test_check_shows_every_region_s_errors_and_builds_nothing(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = regions(tree, 2)
    break_region(tree, other)
    assert fleet(tree, "check") == 1
    said = capsys.readouterr().out
    assert f"{one}: i orden" in said
    assert f"{other}: har feil" in said
    assert f"regions/{other}/region.yml:" in said
    assert not (tree / "sites").exists()


def test_a_host_that_is_no_address_is_told_of(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    regions(tree, 1)
    assert fleet(tree, "build", "--host", "handbok") == 1
    assert "--host=handbok: " in capsys.readouterr().err  # as it was said
    monkeypatch.setenv("NVR_HOST", "handbok")
    assert fleet(tree, "build") == 1
    assert "NVR_HOST=handbok: " in capsys.readouterr().err


# Below one host


def test_a_host_has_a_front_page_with_each_edition_that_stands(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, broken = regions(tree, 2)
    shutil.copytree(ROOT / "regions" / "standard", tree / "regions" / "standard")
    break_region(tree, broken)
    host = ["--host", "https://handbok.example.no"]
    assert fleet(tree, "build", *host) == 1
    page = html.document_fromstring((tree / "sites" / "index.html").read_bytes())
    links = page.xpath("//main//li/a/@href")
    assert links == ["/standard/", f"/{one}/"]
    assert page.xpath("//main//li[2]/p/text()")[0].startswith("Oslo")
    # One alone is built: the others' places stay.
    assert fleet(tree, "build", "--regions", one, *host) == 0
    page = html.document_fromstring((tree / "sites" / "index.html").read_bytes())
    assert page.xpath("//main//li/a/@href") == links
    capsys.readouterr()
    mend(tree, broken)
    assert fleet(tree, "front", "--out", "vert", *host) == 0
    assert "Forsiden har 3 regioner." in capsys.readouterr().out
    assert (tree / "vert" / "index.html").is_file()
    assert fleet(tree, "front") == 1
    assert "--host" in capsys.readouterr().err


# What a change touches


def git(tree: Path, *arguments: str) -> None:
    who = ["-c", "user.name=n", "-c", "user.email=n@example.no"]
    subprocess.run(["git", *who, *arguments], cwd=tree, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("file", "touched"),
    [
        ("regions/prove-001/region.yml", {"prove-001"}),
        ("docs/kontakt.md", {"prove-000", "prove-001"}),
        ("mkdocs.yml", {"prove-000", "prove-001"}),
        ("tests/prove.py", set()),
        ("README.md", set()),
    ],
)
def test_git_says_which_editions_a_change_touches(
    tree: Path, file: str, touched: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    regions(tree, 2)
    git(tree, "init", "-q")
    git(tree, "add", ".")
    git(tree, "commit", "-q", "-m", "en")
    path = tree / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as open_file:
        open_file.write("# endret\n")
    git(tree, "add", ".")
    git(tree, "commit", "-q", "-m", "to")
    assert fleet(tree, "diff", "--since", "HEAD~1", "--json") == 0
    assert set(json.loads(capsys.readouterr().out)["build"]) == touched


def test_a_commit_that_git_does_not_know_is_told_of(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regions(tree, 1)
    git(tree, "init", "-q")
    assert fleet(tree, "diff", "--since=--output=x") == 1
    assert "Git finner ikke «--output=x»" in capsys.readouterr().err
    assert not (tree / "x").exists()


def test_files_are_counted_by_what_became_of_them_and_by_kind() -> None:
    before = {"a/index.html": "1", "b.pdf": "1", "c.docx": "1"}
    now = {"a/index.html": "2", "b.pdf": "1", "d.html": "1"}
    assert changes(before, now) == {
        "added": {"page": 1},
        "changed": {"page": 1},
        "removed": {"word": 1},
    }


def test_the_fleet_s_own_settings_do_not_leak_from_the_environment(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that is set for the shell is the fleet's host, and REGION is nobody's."""
    (one,) = regions(tree, 1)
    monkeypatch.setenv("NVR_HOST", "https://handbok.example.no/")
    monkeypatch.setenv("REGION", "borte")
    assert fleet(tree, "build") == 0
    assert (tree / "sites" / one / "index.html").read_text("utf-8").endswith("example.no/")
    assert os.environ["REGION"] == "borte"


# The report


def test_the_report_tells_of_each_region_in_both_languages_and_as_data(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, broken = regions(tree, 2)
    assert fleet(tree, "build") == 0
    break_region(tree, broken)
    path = tree / "regions" / one / "region.yml"
    path.write_text(path.read_text("utf-8").replace("Prøveregion 0", "<b>Fjord</b> & co"), "utf-8")
    assert fleet(tree, "build") == 1
    assert "Se sites.rapport/rapport.html." in capsys.readouterr().out
    folder = tree / "sites.rapport"
    data = json.loads((folder / "rapport.json").read_text(encoding="utf-8"))
    first, second = data["regions"]
    assert (first["slug"], first["outcome"], first["changes"]) == (
        one,
        "built",
        {"changed": {"page": 1}},
    )
    assert (second["outcome"], second["site"]["files"]) == ("failed", 2)
    assert "Dette anbefaler vi" in first["sections"]
    for name, language, said in (
        ("rapport.html", "nb", "1 region har feil."),
        ("rapport.nn.html", "nn", "1 region har feil."),
    ):
        page = html.document_fromstring((folder / name).read_bytes())
        assert page.get("lang") == language
        text = " ".join(page.text_content().split())
        assert said in text
        assert "<b>Fjord</b> & co" in text  # shown as it is
        assert f"regions/{broken}/region.yml:" in text
        assert "for å gi kontrast 7:1" in text  # what moved is told, what is as it should be is not
        assert "Bokmål, forsiden" not in text
        ids = set(page.xpath("//@id"))
        assert {link.removeprefix("#") for link in page.xpath("//a/@href") if link[0] == "#"} <= ids
    assert not list((tree / "sites").glob("rapport*"))


def test_what_is_left_of_a_run_is_told_by_what_the_rest_has_taken() -> None:
    said: list[str] = []
    shown = Progress(4, 2, said.append)
    done = Outcome(Place("dal", Path("dal")), "built", Said(True, ""), 60)
    record = Record(
        "dal", "regions/dal", "built", changes={"added": {"page": 3}, "removed": {"pdf": 1}}
    )
    for _ in range(4):
        shown.heard(done, record)
    assert said[0] == "[1/4] dal: bygget på 60 s, filer: 3 nye, 1 borte. Om lag 2 min igjen"
    assert said[3].endswith("1 borte")
    assert [duration(seconds) for seconds in (3.4, 600, 10_000)] == ["3 s", "10 min", "2 t 47 min"]
