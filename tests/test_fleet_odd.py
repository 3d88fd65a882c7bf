"""A fleet and what is odd: no region can end the others, and no site take a source's place."""

from __future__ import annotations

import importlib.metadata
import json
import os
from pathlib import Path

import pytest

from macros.building.faults import BuildError
from macros.building.target import keep_off
from macros.content.errors import ContentError
from macros.downloads.cluster import SCHEDULER
from macros.fleet import prints
from macros.fleet.places import Place, places
from macros.fleet.run import Setup
from tests.site.conftest import Build, small_project
from tests.test_fleet import act, endings, fleet, regions, tree

__all__ = ["tree"]  # a fixture


def sources(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "out", ["regions", ".", "..", "regions/prove-000", "guides", "docs/assets"]
)
def test_sites_never_take_the_place_of_what_they_are_made_of(
    tree: Path, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    regions(tree, 2)
    if out == "..":  # a region that is called as the project's folder is
        (tree / "regions" / "prove-001").rename(tree / "regions" / tree.name)
    if out == ".":  # one that is called as a folder of the project is
        (tree / "regions" / "prove-001").rename(tree / "regions" / "guides")
    before = sources(tree)
    assert fleet(tree, "build", "--out", out) == 1
    said = capsys.readouterr().err
    assert "ville tatt plassen til det som det lages av" in said
    assert "--out" in said
    assert sources(tree) == before


def test_a_single_build_keeps_off_its_sources_too(tree: Path) -> None:
    (slug,) = regions(tree, 1)
    region = tree / "regions" / slug
    for site in (tree, tree.parent, region, region / "site", tree / "guides"):
        with pytest.raises(BuildError, match="Ingenting er bygget"):
            keep_off(tree, [tree / "site", site], [region])
    keep_off(tree, [tree / "site", tree.parent / "site"], [region])


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_build_says_in_one_line_that_its_site_would_take_the_place_of_a_source(
    tmp_path: Path, engine: str
) -> None:
    build = small_project(tmp_path / "prosjekt")
    before = sources(build.root / "guides")
    done = Build(build.root, engine).run("--site-dir", "guides")
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "Nettstedet ville tatt plassen til det som det lages av" in said
    assert "Traceback" not in said
    assert sources(build.root / "guides") == before


def test_a_name_of_a_file_that_is_no_text_stops_nobody(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where a ZIP from Windows was unpacked."""
    first, odd, last = regions(tree, 3)
    name = os.fsencode(tree / "regions" / odd) + b"/f\xf8lg.txt"
    with open(name, "w") as file:  # noqa: PTH123 (bytes)
        file.write("x")
    assert fleet(tree, "build") == 0
    assert endings(capsys.readouterr().out) == dict.fromkeys((first, odd, last), "bygget")
    assert fleet(tree, "build") == 0
    assert endings(capsys.readouterr().out) == dict.fromkeys((first, odd, last), "uendret")
    with open(name, "w") as file:  # noqa: PTH123
        file.write("y")
    assert fleet(tree, "diff") == 0
    assert "f?lg.txt" in capsys.readouterr().out


def test_a_folder_whose_name_is_no_text_fails_alone(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (slug,) = regions(tree, 1)
    os.rename(  # noqa: PTH104 (bytes)
        tree / "regions" / slug, os.fsencode(tree / "regions") + b"/s\xf8r"
    )
    (slug,) = [name for name in regions(tree, 1) if name == slug]
    assert fleet(tree, "build") == 1
    said = capsys.readouterr().out
    assert endings(said) == {"s?r": "har", slug: "bygget"}
    assert "Mappen heter «s?r»" in said


@pytest.mark.parametrize("where", ["attempt", "outcome"])
def test_an_error_that_nobody_foresaw_is_its_regions_alone(
    tree: Path, where: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, odd, last = regions(tree, 3)
    name = {"attempt": "tree", "outcome": "measured"}[where]
    real = getattr(__import__("macros.fleet.build", fromlist=[name]), name)

    def fails(folder: Path) -> object:
        if folder.name == odd:
            raise ValueError("noe ingen har tenkt på")
        return real(folder)

    monkeypatch.setattr(f"macros.fleet.build.{name}", fails)
    assert fleet(tree, "build") == 1
    said = capsys.readouterr().out
    assert endings(said) == {first: "bygget", odd: "har", last: "bygget"}
    assert "noe ingen har tenkt på" in said
    assert (tree / "sites.rapport" / "rapport.json").is_file()


def test_a_link_to_another_region_is_no_region(tree: Path) -> None:
    (slug,) = regions(tree, 1)
    (tree / "regions" / "annen").symlink_to(slug)
    with pytest.raises(ContentError, match="to regioner er den samme mappen"):
        places(tree, None, "https://handbok.example.no/")


def test_the_name_of_a_region_goes_before_that_of_another_folder(tree: Path) -> None:
    (slug,) = regions(tree, 1)
    (tree / "regions" / slug).rename(tree / "regions" / "guides")
    assert places(tree, "guides") == [Place("guides", tree / "regions" / "guides")]


def test_one_region_that_has_changed_gets_all_cores(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, changed, *_ = regions(tree, 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    tell = (
        "import os\nfrom pathlib import Path\nPath('hender').write_text(os.environ['NVR_WORKERS'])"
    )
    act(tree, tell)
    assert fleet(tree, "build") == 0
    assert (tree / "hender").read_text() == "1"
    with (tree / "regions" / changed / "region.yml").open("a") as file:
        file.write("# ny\n")
    assert fleet(tree, "build") == 0
    assert (tree / "hender").read_text() == "3"


def test_a_difference_is_json_also_where_nothing_is_remembered(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regions(tree, 1)
    assert fleet(tree, "build") == 0
    (tree / "sites.rapport" / "tilstand.json").write_text("{", encoding="utf-8")
    capsys.readouterr()
    assert fleet(tree, "diff", "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)
    assert "kan ikke leses" in said.err


def test_all_is_to_be_built_again_when_what_they_share_has_moved(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    slugs = regions(tree, 2)
    assert fleet(tree, "build") == 0

    def changed(*more: str) -> list[str]:
        capsys.readouterr()
        assert fleet(tree, "diff", "--json", *more) == 0
        found = json.loads(capsys.readouterr().out)["regions"]
        return [one["slug"] for one in found if one["state"] == "changed"]

    assert changed() == []
    assert changed("--host", "https://a.example.no/") == slugs
    assert changed("--engine", "zensical") == slugs
    real, libraries = prints.tree, list(importlib.metadata.distributions())
    with monkeypatch.context() as moved:
        moved.setenv("SOURCE_DATE_EPOCH", "1700000000")
        assert changed() == slugs
    with monkeypatch.context() as moved:
        moved.setattr("importlib.metadata.distributions", lambda: libraries[1:])
        assert changed() == slugs
    with monkeypatch.context() as moved:
        more = {"ny.py": "1"}
        moved.setattr(prints, "tree", lambda at: real(at) | (more if at == prints.CODE else {}))
        assert changed() == slugs
    assert changed() == []


def test_a_region_s_process_is_told_of_scheduler_store_and_host(tree: Path) -> None:
    (slug,) = regions(tree, 1)
    place = Place(slug, tree / "regions" / slug)
    said = Setup(tree, "https://a.example.no/", 1, "tcp://127.0.0.1:1", "s3://b").environment(place)
    assert said[SCHEDULER] == "tcp://127.0.0.1:1"
    assert (said["NVR_STORE"], said["NVR_HOST"]) == ("s3://b", "https://a.example.no/")
    assert said["REGION"] == slug
