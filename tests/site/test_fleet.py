"""What a fleet builds is what `nvr build` makes, and what is equal in two editions is made once."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.site.conftest import Begin, Build
from tests.site.test_atomic import fingerprint
from tests.test_cluster import demo
from tools.made_regions import ROOT, made, write

HOST = "https://handbok.example.no/regioner/"


def fleet(build: Build, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "macros.cli", "fleet", *arguments],
        cwd=build.root,
        env=build.environment(**extra),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def two(begin: Begin) -> Build:
    """The editions of two regions below one host, in one language and in both."""
    build = begin("flate")
    shutil.rmtree(build.root / "regions")
    shutil.copy(ROOT / "reference" / "municipalities.csv", build.root / "reference")
    write(build.root / "regions", made(build.root, 2, (("nb",), ("nn", "nb"))))
    result = fleet(build, "build", "--host", HOST)
    assert result.returncode == 0, result.stdout + result.stderr
    return build


@pytest.mark.xdist_group("fleet")
@pytest.mark.parametrize("slug", [pytest.param("prove-000", marks=pytest.mark.audit), "prove-001"])
def test_an_edition_of_a_fleet_is_byte_for_byte_what_a_single_build_makes(
    two: Build, slug: str
) -> None:
    cache = str(two.root.parent / f"for-{slug}")  # with nothing of the fleet's in it
    single = two.ok(REGION=slug, NVR_HOST=HOST, NVR_CACHE=cache)
    of_fleet = two.root / "sites" / slug
    assert fingerprint(single) == fingerprint(of_fleet)
    page = (of_fleet / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{HOST}{slug}/"' in page
    assert f"https://{slug}.example.no/" not in page


@pytest.mark.xdist_group("fleet")
def test_a_fleet_leaves_nothing_beside_its_sites(two: Build) -> None:
    assert not list(Path(two.root / "sites").glob(".*"))
    assert (two.root / ".cache/nvr/pruned").exists()  # seldom, and not by each build
    assert fleet(two, "status", "--host", HOST).stdout.count(": uendret siden den ble bygget") == 2


@pytest.mark.xdist_group("fleet")
def test_a_terminal_shows_a_bar_below_the_lines(two: Build) -> None:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "macros.cli", "fleet", "build", "--host", HOST],
        cwd=two.root,
        env=two.environment(TERM="xterm", COLUMNS="100"),
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    said = b""
    with suppress(OSError):  # which is how a terminal tells that nobody writes any more
        while piece := os.read(master, 1 << 16):
            said += piece
    os.close(master)
    assert process.wait() == 0
    text = said.decode()
    assert "[2/2]" in text
    assert ": uendret" in text
    assert "━" in text
    assert "2/2" in text.split("━")[-1]


@pytest.mark.audit
@pytest.mark.xdist_group("fleet")
def test_an_edition_whose_files_a_cluster_made_is_the_same(two: Build) -> None:
    cache = str(two.root.parent / "for-dask")
    asked = ("--regions", "prove-000", "--out", "klynge", "--host", HOST)
    with demo() as address:
        result = fleet(two, "build", *asked, "--scheduler", address, NVR_CACHE=cache)
    assert result.returncode == 0, result.stdout + result.stderr
    of_fleet = fingerprint(two.root / "sites" / "prove-000")
    assert fingerprint(two.root / "klynge" / "prove-000") == of_fleet


@pytest.mark.audit
def test_twenty_editions_are_built_and_one_that_breaks_stops_nobody(
    begin: Begin, record_property: Callable[[str, object], None]
) -> None:
    """As in `tests/test_fleet.py`, with nothing standing in for the builds."""
    build = begin("tjue")
    shutil.rmtree(build.root / "regions")
    shutil.copy(ROOT / "reference" / "municipalities.csv", build.root / "reference")
    folders = write(build.root / "regions", made(build.root, 20, (("nb",), ("nb", "nn"))))
    broken, *others = sorted(folder.name for folder in folders)
    with (build.root / "regions" / broken / "region.yml").open("a", encoding="utf-8") as file:
        file.write("ukjent: 1\n")
    result = fleet(build, "build", "--host", HOST)
    assert result.returncode == 1
    sites = build.root / "sites"
    assert {path.parent.name for path in sites.glob("*/index.html")} == set(others)
    report = json.loads((build.root / "sites.rapport/rapport.json").read_text(encoding="utf-8"))
    assert report["endings"] == {"built": 19, "failed": 1}
    for slug in (others[0], others[-1]):
        single = build.ok(REGION=slug, NVR_HOST=HOST, NVR_CACHE=str(build.root.parent / slug))
        assert fingerprint(single) == fingerprint(sites / slug), slug
    record_property("figure", f"a fleet of 20: {result.stdout.splitlines()[-1]}")
