"""Whatever happens to a build, readers keep the last good site."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from macros.building.siblings import LANGUAGE_VARIABLE, STAGE_VARIABLE
from macros.document.formats import SUFFIXES
from macros.plugin import HandbookPlugin
from tests.site.conftest import Build

pytestmark = pytest.mark.xdist_group("small")


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stages(build: Build) -> list[Path]:
    return sorted(build.root.glob(".site-*"))


@pytest.fixture(scope="module")
def built(finished: Build, tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = Build(tmp_path_factory.mktemp("bygget") / "prosjekt")
    shutil.copytree(finished.root, build.root)
    region = build.root / "regions/standard/region.yml"
    dates = "starts: {forstudie: 2027-03-01}\n"  # so that there is a calendar, too
    region.write_text(region.read_text(encoding="utf-8") + dates, encoding="utf-8")
    build.ok()
    return build


@pytest.fixture
def good(built: Build, tmp_path: Path) -> Build:
    """A project with a good site, its own to break."""
    copy = tmp_path / "prosjekt"
    shutil.copytree(built.root, copy)
    return Build(copy)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("templates/mandat.yml", "title: [\n", "templates/mandat.yml:"),
        ("docs/index.md", "# Start\n\n[borte](finnes-ikke.md)\n", "finnes-ikke.md"),
        ("docs/index.md", "# Start\n\n[borte](kontakt.md#borte)\n", "#borte"),
        ("docs/index.md", "# Start\n\n{{ regjon.name }}\n", "regjon"),
        ("docs/index.md", '# Start\n\n{{ guide("swott") }}\n', "swot"),
        ("docs/index.md", '# Start\n\n<a href="../borte/">Se</a>\n', "../borte/"),
        ("docs/index.md", "# Start\n\n<script>alert(1)</script>\n", "docs/index.md:3:1: "),
        (
            "docs/index.md",
            "# Start\n\n{{ cycler.__init__.__globals__.os.system('touch site/index.html') }}\n",
            "docs/index.md:3:1: ",
        ),
        ("docs/uten-meny.md", "# Uten meny\n", "uten-meny.md"),
    ],
    ids=[
        "content",
        "dead link",
        "dead anchor",
        "undefined name",
        "unknown id",
        "raw link",
        "script",
        "code that runs a program",
        "not in nav",
    ],
)
def test_a_failing_build_names_the_cause_and_keeps_the_site(
    good: Build, file: str, text: str, said: str
) -> None:
    before = fingerprint(good.site)
    # One language, so that no other language's build is there to fail in this one's place.
    region = (good.root / "regions/standard/region.yml").read_text(encoding="utf-8")
    assert "languages: [nb, nn]" in region
    good.write("regions/standard/region.yml", region.replace("[nb, nn]", "[nb]"))
    good.write(file, text)
    result = good.run()
    assert result.returncode != 0
    assert said in result.stdout + result.stderr
    assert fingerprint(good.site) == before
    assert stages(good) == []


def test_nothing_is_written_in_a_site_once_it_is_published(built: Build) -> None:
    """Or a build killed between the two would leave a site that is neither old nor new."""
    published = built.site.stat().st_ctime_ns  # a rename is a change of the folder's own
    late = [path.name for path in built.site.rglob("*") if path.stat().st_ctime_ns > published]
    assert late == []


def test_an_error_in_a_template_of_a_language_keeps_the_site(good: Build) -> None:
    before = fingerprint(good.site)
    good.write("docs/kontakt.nn.md", "# Kontakt\n\n{{ finst_ikkje }}\n")
    assert good.run().returncode != 0
    assert fingerprint(good.site) == before
    assert stages(good) == []


def test_a_disk_that_fills_up_is_one_clear_error_and_keeps_the_site(good: Build) -> None:
    """A limit on the size of files stops writing as a full disk does, in any file system."""
    before = fingerprint(good.site)
    result = subprocess.run(
        ["prlimit", "--fsize=5000", *good.command()],
        cwd=good.root,
        env=good.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    said = result.stdout + result.stderr
    assert result.returncode != 0
    assert "Traceback" not in said
    assert "filen er større enn systemet tillater. Det som er publisert, er urørt." in said
    assert fingerprint(good.site) == before
    assert stages(good) == []


def test_a_cache_that_cannot_be_written_is_named(good: Build) -> None:
    before = fingerprint(good.site)
    shutil.rmtree(good.root / ".cache")
    good.write(".cache", "en fil der mappen skulle være\n")
    result = good.run()
    assert result.returncode != 0
    assert "Traceback" not in result.stdout + result.stderr
    assert ".cache/nvr" in result.stdout + result.stderr
    assert "en del av stien er en fil, ikke en mappe" in result.stdout + result.stderr
    assert fingerprint(good.site) == before


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disken er full"),
        (errno.EROFS, "mappen kan bare leses"),
        (errno.EACCES, "mappen kan bare leses"),
    ],
)
def test_the_system_s_refusal_is_told_in_norwegian_with_the_file(number: int, said: str) -> None:
    plugin = HandbookPlugin()
    with pytest.raises(Abort) as told:
        plugin.on_build_error(error=OSError(number, os.strerror(number), "site/index.html"))
    assert told.value.message.startswith(f"Bygget stoppet: site/index.html: {said}.")


@pytest.mark.audit  # those of `make test` kill a worker, and a language
def test_kill_9_in_mid_build_keeps_the_site_and_the_next_build_clears_up(good: Build) -> None:
    before = fingerprint(good.site)
    shutil.rmtree(good.root / ".cache")
    process = good.start()
    deadline = time.monotonic() + 60
    while not any(path.suffix != ".pdf" for stage in stages(good) for path in stage.rglob("*")):
        assert time.monotonic() < deadline, "the build never began to write"
        assert process.poll() is None, "the build ended before it could be killed"
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert stages(good), "the build was not in the middle of writing"
    assert fingerprint(good.site) == before
    while group(process.pid):
        assert time.monotonic() < deadline, "a part of the build outlived it"
        time.sleep(0.05)
    good.ok()
    assert stages(good) == []
    assert fingerprint(good.site) == before


def test_a_language_build_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    """The child's standard input closes with its parent; it may not go on to write a site."""
    program = (
        "import time; from macros.building.siblings import orders; orders().names(); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, LANGUAGE_VARIABLE: "nn", STAGE_VARIABLE: str(tmp_path)},
        stdin=subprocess.PIPE,
    )
    assert child.stdin is not None
    child.stdin.write(b"[]\n")
    child.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(timeout=2)
    child.stdin.close()
    assert child.wait(timeout=20) == 1


def test_workers_die_with_a_killed_build(good: Build) -> None:
    shutil.rmtree(good.root / ".cache")
    process = good.start()
    deadline = time.monotonic() + 60
    while not list((good.root / ".cache").rglob("*.pdf")):
        assert time.monotonic() < deadline, "no worker made a file"
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    while group(process.pid):
        assert time.monotonic() < deadline, "a worker outlived its build"
        time.sleep(0.05)


def group(leader: int) -> list[int]:
    """Return the live processes of a process group."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def test_a_build_in_another_place_time_zone_and_hash_seed_gives_the_same_bytes(
    good: Build, tmp_path: Path
) -> None:
    other = Build(tmp_path / "et" / "annet sted")
    shutil.copytree(good.root, other.root, ignore=shutil.ignore_patterns("site", ".cache"))
    shutil.rmtree(good.site)
    first = fingerprint(good.ok(SOURCE_DATE_EPOCH="1700000000"))
    elsewhere = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"}
    # A cache of its own, or the files of the first build would be found and not made.
    own = str(tmp_path / "annet mellomlager")
    again = other.ok(SOURCE_DATE_EPOCH="1700000000", NVR_CACHE=own, **elsewhere)
    assert fingerprint(again) == first
    for suffix in SUFFIXES.values():
        assert any(name.startswith("last-ned/") and name.endswith(suffix) for name in first), suffix
