"""A build may be killed at any moment: the site is whole, and the next build clears up."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from macros.site import stage
from macros.site.stage import Stage
from tests.site.conftest import Build
from tests.site.test_atomic import fingerprint, group, stages

pytestmark = pytest.mark.xdist_group("small")

# Runs a program that kills itself as it is about to change a file for the n-th time (0: never),
# with or without the system's swap of two folders. Tells how often it was about to, and which
# times were those of publishing.
KILLED = """
import atexit, json, os, signal, sys
moment, can_swap, told = int(sys.argv[1]), sys.argv[2] == "swap", sys.argv[3]
del sys.argv[1:4]
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
changes = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.utime", "shutil.rmtree",
           "shutil.copyfile", "subprocess.Popen", "os.fork", "tempfile.mkdtemp", "fcntl.flock"}
count = publishing = 0
own = os.getpid()
def about_to(event, details):
    global count, publishing
    if os.getpid() != own:  # another language, in a process that was forked
        return
    called = str(details[1]) if event == "ctypes.dlsym" else ""
    if called == "renameat2" and not can_swap:
        raise AttributeError(called)
    if event == "open":
        change = isinstance(details[2], int) and details[2] & writing
    else:
        change = event in changes or called in {"syncfs", "renameat2"}
    if change:
        count += 1
        publishing = publishing or count * (called == "syncfs")
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)
def tell():
    with open(told, "w") as file:
        file.write(json.dumps([total, publishing]))
sys.addaudithook(about_to)
atexit.register(lambda: globals().update(total=count) or tell())
"""
PUBLISHES = """
from pathlib import Path
from macros.site.stage import Stage
stage = Stage.beside(Path("site"))
stage.folder.mkdir()
for name in "abc":
    (stage.folder / name).write_text("new")
stage.publish()
"""
BUILDS = """
sys.argv = ["mkdocs", "build"]
from mkdocs.__main__ import cli
cli()
"""
PATIENCE = 120  # seconds


def start(
    folder: Path, program: str, moment: int, *, swap: bool, **options: object
) -> subprocess.Popen[bytes]:
    told = folder.parent / "fortalt.json"
    # With -P, as `make` does: the project's own folder `macros` is no package to import.
    arguments = [str(moment), "swap" if swap else "", told]
    command = [sys.executable, "-P", "-c", KILLED + program, *arguments]
    return subprocess.Popen(command, cwd=folder, start_new_session=True, **options)  # type: ignore[call-overload, no-any-return]


def told(folder: Path) -> tuple[int, int]:
    """Return how many moments an unhindered run has, and the first of publishing."""
    total, publishing = json.loads((folder.parent / "fortalt.json").read_text())
    return total, publishing


@pytest.mark.parametrize(
    ("before", "swap"),
    [("old", True), ("old", False), (None, True)],
    ids=["swap", "two renames", "no site yet"],
)
def test_publishing_killed_at_any_moment_leaves_a_whole_site(
    tmp_path: Path, before: str | None, swap: bool
) -> None:
    """Every moment from the stage's first folder to the last file of the old site."""
    folder = tmp_path / "prosjekt"
    folder.mkdir()

    def renew() -> None:
        shutil.rmtree(folder / "site", ignore_errors=True)
        if before:
            (folder / "site").mkdir()
            for name in "abcd":
                (folder / "site" / name).write_text(before)

    def found() -> dict[str, str]:
        return {path.name: path.read_text() for path in (folder / "site").glob("*")}

    new, old = dict.fromkeys("abc", "new"), dict.fromkeys("abcd" if before else "", "old")
    renew()
    assert start(folder, PUBLISHES, 0, swap=swap).wait() == 0
    total, _ = told(folder)
    seen = []
    for moment in range(1, total + 1):
        renew()
        assert start(folder, PUBLISHES, moment, swap=swap).wait() == -signal.SIGKILL
        # Two renames have a moment without a site: the next build gives the old one back.
        if swap or (folder / "site").exists():
            seen.append(found())
            assert seen[-1] in (old, new), moment
        Stage.beside(folder / "site").discard()
        assert found() in (old, new), moment
        assert list(folder.glob(".site-*")) == [], moment
    assert seen.count(new) > 1
    assert seen.count(old) > 1
    if before and not swap:
        assert len(seen) == total - 1, "the moment between the renames was not hit"


def test_a_stage_in_use_is_left_alone_wherever_its_build_runs(tmp_path: Path) -> None:
    """In another container or on another host, its process's number says nothing here."""
    first = Stage.beside(tmp_path / "site")
    first.folder.mkdir()
    second = Stage.beside(tmp_path / "site")
    assert first.folder.is_dir()
    second.folder.mkdir()
    for build, text in ((first, "first"), (second, "second")):
        (build.folder / "index.html").write_text(text)
        build.publish()
    assert (tmp_path / "site/index.html").read_text() == "second"
    assert os.listdir(tmp_path) == ["site"]  # noqa: PTH208 (with what is hidden)


def test_where_folders_cannot_be_locked_a_stage_is_left_for_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path, **_options: bool) -> int:
        raise OSError("no locks here")

    monkeypatch.setattr(stage, "lock", refuse)
    other = Stage.beside(tmp_path / "site")
    Stage.beside(tmp_path / "site").discard()
    assert other.room.is_dir()
    long_ago = time.time() - 2 * 86_400
    os.utime(other.room, (long_ago, long_ago))
    Stage.beside(tmp_path / "site").discard()
    assert not other.room.is_dir()


def test_a_site_that_is_a_link_is_published_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "www/html").mkdir(parents=True)
    (tmp_path / "site").symlink_to(tmp_path / "www/html")
    build = Stage.beside(tmp_path / "site")
    build.folder.mkdir()
    (build.folder / "index.html").write_text("new")
    build.publish()
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www/html/index.html").read_text() == "new"


def test_a_site_that_is_a_mount_is_refused_before_anything_is_built(small: Build) -> None:
    settings = (small.root / "mkdocs.yml").read_text(encoding="utf-8")
    small.write("mkdocs.yml", settings + "\nsite_dir: /proc\n")
    result = small.run()
    assert result.returncode == 1
    assert "/proc: er et monteringspunkt" in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr


@dataclass(frozen=True)
class Pair:
    """A project with its old site in place, and what both sites hold."""

    build: Build
    old: dict[str, str]
    new: dict[str, str]
    kept: Path

    def renew(self) -> None:
        """Put the old site back."""
        shutil.rmtree(self.build.site, ignore_errors=True)
        shutil.copytree(self.kept, self.build.site)

    def whole(self) -> dict[str, str]:
        """Return what the site holds, which must be one of both."""
        site = fingerprint(self.build.site)
        assert site in (self.old, self.new), "the site is neither the old nor the new"
        return site

    def gone(self, leader: int) -> None:
        """Wait until no process of a build is left."""
        deadline = time.monotonic() + PATIENCE
        while group(leader):
            assert time.monotonic() < deadline, "a process outlived its build"
            time.sleep(0.05)

    def next_passes(self) -> None:
        """Build again: it passes, gives the new site and leaves no stage."""
        self.build.ok()
        assert fingerprint(self.build.site) == self.new
        assert stages(self.build) == []


@pytest.fixture(scope="module")
def pair(finished: Build, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    build = Build(tmp_path_factory.mktemp("overlever") / "prosjekt")
    shutil.copytree(finished.root, build.root)
    old = fingerprint(build.site)
    kept = build.root.parent / "gammelt"
    shutil.copytree(build.site, kept)
    build.write("docs/index.md", "---\ntitle: Start\n---\n\n# Ny start\n\n{{ phases() }}\n")
    new = fingerprint(build.ok())
    assert old != new
    return Pair(build, old, new, kept)


@pytest.fixture
def ready(pair: Pair) -> Pair:
    pair.renew()
    return pair


def killed_build(pair: Pair, moment: int, *, swap: bool) -> dict[str, str] | None:
    """Kill a build at a moment; return the site, or None where it is gone for the moment."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = start(
        pair.build.root, BUILDS, moment, swap=swap, env=pair.build.environment(), **quiet
    )
    assert process.wait(timeout=PATIENCE) == (-signal.SIGKILL if moment else 0)
    pair.gone(process.pid)
    return pair.whole() if swap or pair.build.site.exists() else None


@pytest.mark.audit
def test_a_build_killed_around_the_swap_leaves_the_old_or_the_new_site(ready: Pair) -> None:
    killed_build(ready, 0, swap=True)
    total, publishing = told(ready.build.root)
    ready.renew()
    assert killed_build(ready, publishing, swap=True) == ready.old
    Stage.beside(ready.build.site).discard()  # which would count as moments of the next
    assert killed_build(ready, total - 40, swap=True) == ready.new
    ready.next_passes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_build_says_one_line_and_leaves_nothing(
    ready: Pair, number: signal.Signals, tmp_path: Path
) -> None:
    with (tmp_path / "sagt.txt").open("w+") as said:
        process = subprocess.Popen(
            ready.build.command(),
            cwd=ready.build.root,
            env=ready.build.environment(NVR_CACHE=str(tmp_path / "tomt")),
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        waiting(lambda: part_of(process, "spawn_main"))
        # A terminal's Ctrl-C reaches every process of the group.
        os.killpg(process.pid, number)
        assert process.wait(timeout=PATIENCE) == 1
        said.seek(0)
        lines = [line for line in said.read().splitlines() if not line.startswith("INFO")]
    assert lines == ["Avbrutt. Nettstedet som er publisert, er helt."]
    ready.gone(process.pid)
    assert stages(ready.build) == []
    assert ready.whole() == ready.old


def part_of(build: subprocess.Popen[bytes], what: str) -> int | None:
    """Return the newest process of a build that has `what` in its command line."""
    assert build.poll() is None, "the build ended before it could be hit"
    for process in sorted(group(build.pid), reverse=True):
        with suppress(OSError):
            said = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if process != build.pid and what in said:
                return process
    return None


def lasting(build: subprocess.Popen[bytes], what: str) -> int | None:
    """Return the same, if it is no program that a build asks: that is a copy of it as it begins."""
    found = part_of(build, what)
    time.sleep(0.05)
    return found if found == part_of(build, what) else None


def waiting(found: Callable[[], int | None]) -> int:
    deadline = time.monotonic() + PATIENCE
    while (process := found()) is None:
        assert time.monotonic() < deadline, "the build never came that far"
        time.sleep(0.01)
    return process


def part_killed(pair: Pair, what: str, after: float, cache: Path) -> str:
    """Kill a process of a build; return what the build says, which must end with 1."""
    process = subprocess.Popen(
        pair.build.command(),
        cwd=pair.build.root,
        env=pair.build.environment(NVR_CACHE=str(cache)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    waiting(lambda: part_of(process, what))
    time.sleep(after)
    os.kill(waiting(lambda: lasting(process, what)), signal.SIGKILL)
    said = process.communicate(timeout=PATIENCE)[0].decode()
    assert process.returncode == 1, said
    pair.gone(process.pid)
    assert stages(pair.build) == []
    assert pair.whole() == pair.old
    assert "Traceback" not in said, said
    return said


WORKER = "en prosess som lager filer, ble stoppet utenfra"
LANGUAGE = "Utgaven på «nn» ble ikke til: prosessen ble stoppet utenfra (signal 9)."


@pytest.mark.parametrize(("what", "message"), [("spawn_main", WORKER), ("mkdocs build", LANGUAGE)])
def test_a_killed_part_of_a_build_is_told_and_the_site_stays(
    ready: Pair, what: str, message: str, tmp_path: Path
) -> None:
    assert message in part_killed(ready, what, 0, tmp_path / "tomt")


def at_once(*builds: Build, **environment: str) -> None:
    """Run builds at the same time; all must pass."""
    processes = [
        subprocess.Popen(
            build.command(),
            cwd=build.root,
            env=build.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for build in builds
    ]
    for process in processes:
        said = process.communicate(timeout=PATIENCE)[0].decode()
        assert process.returncode == 0, said


def test_two_builds_at_once_in_one_checkout_both_pass(ready: Pair) -> None:
    at_once(ready.build, ready.build)
    assert ready.whole() == ready.new
    assert stages(ready.build) == []


def spread(first: int, last: int, number: int) -> Iterator[int]:
    """Return numbers spread evenly from first to last."""
    return (first + (last - first) * step // (number - 1) for step in range(number))


@pytest.mark.audit
def test_fifty_kills_over_a_build_s_whole_life(
    ready: Pair, record_property: Callable[[str, object], None]
) -> None:
    """15 times before publishing, 10 in it and 10 without the system's swap, 15 by the clock."""
    survived, ends = 0, {"old": 0, "new": 0, "gone until the next build": 0}

    def judge(site: dict[str, str] | None) -> None:
        nonlocal survived
        ready.next_passes()
        survived += 1
        ends[_name(ready, site)] += 1

    for swap, before in ((True, 15), (False, 0)):
        ready.renew()
        killed_build(ready, 0, swap=swap)
        total, publishing = told(ready.build.root)
        around = [*range(publishing, publishing + 6), *spread(publishing + 6, total - 10, 4)]
        for moment in [*(spread(1, publishing - 1, before) if before else ()), *around]:
            ready.renew()
            judge(killed_build(ready, moment, swap=swap))
    ready.renew()
    for moment, seconds in enumerate(_times(ready), 1):
        ready.renew()
        judge(_killed_after(ready, seconds, moment))
    record_property("figure", f"kills: {survived} of 50 builds survived; the site was {ends}")
    assert survived == 50
    assert ends["gone until the next build"] == 1


def _name(pair: Pair, site: dict[str, str] | None) -> str:
    if site is None:
        return "gone until the next build"
    return "old" if site == pair.old else "new"


def _times(pair: Pair) -> list[float]:
    """Return 15 times over a build that has to make every file."""
    begun = time.monotonic()
    pair.build.ok(NVR_CACHE=str(pair.kept.parent / "tomt-0"))
    took = time.monotonic() - begun
    return [took * (step + 0.5) / 15 for step in range(15)]


def _killed_after(pair: Pair, seconds: float, number: int) -> dict[str, str]:
    process = subprocess.Popen(
        pair.build.command(),
        cwd=pair.build.root,
        env=pair.build.environment(NVR_CACHE=str(pair.kept.parent / f"tomt-{number}")),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    process.kill()
    process.wait()
    pair.gone(process.pid)
    return pair.whole()


@pytest.mark.audit
@pytest.mark.parametrize(
    ("name", "what", "message"),
    [("a worker", "spawn_main", WORKER), ("a language", "mkdocs build", LANGUAGE)],
)
def test_ten_kills_of_a_part_of_a_build(
    ready: Pair,
    name: str,
    what: str,
    message: str,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    for number in range(10):
        said = part_killed(ready, what, 0.12 * number, tmp_path / str(number))
        assert message in re.sub(r"\s+", " ", said)
        assert stages(ready.build) == []
    record_property("figure", f"kills of {name}: the site survived 10 of 10")


@pytest.mark.audit
def test_two_builds_that_share_an_empty_cache_both_pass(
    ready: Pair, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    other = Build(tmp_path / "prosjekt")
    shutil.copytree(ready.build.root, other.root, ignore=shutil.ignore_patterns("site", ".cache"))
    for number in range(3):
        shared = str(tmp_path / f"felles-{number}")
        ready.renew()
        at_once(ready.build, ready.build, other, NVR_CACHE=shared)
        assert fingerprint(ready.build.site) == ready.new == fingerprint(other.site)
        assert stages(ready.build) == stages(other) == []
    record_property("figure", "three builds at once, two of one checkout: 9 of 9 passed")
