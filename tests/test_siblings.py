"""A language after the first is built by a process that was forked, or that was started anew."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros.building.handover import run_here, taken_over
from macros.building.siblings import Siblings
from macros.content.project import load_project

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "content" / "minimal"

# The build of a language: it tells what it was told, and does what its argument says.
PROBE = """
import json, os, sys, threading, time
from pathlib import Path
from macros.building.handover import taken_over
from macros.building.siblings import orders
told = orders()
names = told.names()
project = taken_over(Path(os.environ["ROOT"]))
if sys.argv[1] == "fails":
    sys.exit("Det gikk galt.")
if sys.argv[1] == "waits":
    Path(os.environ["TOLD"]).write_text(str(os.getpid()))
    time.sleep(60)
told.stage.mkdir()
(told.stage / "said.json").write_text(json.dumps([told.language, names, project is not None]))
"""
# The build of the first language, in a process that has one thread or two.
PARENT = """
import json, os, sys, threading
from pathlib import Path
from macros.building.faults import BuildError
from macros.building.siblings import Siblings
from macros.content.project import load_project
project = load_project(Path(os.environ["ROOT"]))
if sys.argv[1] == "two":
    threading.Thread(target=threading.Event().wait, daemon=True).start()
site = Path(sys.argv[3])
site.mkdir()
print("before the child", end="")
siblings = Siblings()
siblings.start(project, "nn", ["probe", sys.argv[2]], site, lambda: None)
siblings.tell("nn", ["a.pdf"])
try:
    siblings.join(site)
except BuildError as error:
    print(error)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "probe.py").write_text(PROBE, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    told = str(tmp_path / "told")
    return {**os.environ, "PYTHONPATH": path, "ROOT": str(MINIMAL), "TOLD": told}


def parent(threads: str, does: str, site: Path) -> list[str]:
    return [sys.executable, "-c", PARENT, threads, does, str(site)]


@pytest.mark.parametrize("threads", ["one", "two"])
def test_a_language_is_told_what_it_needs_and_moved_into_the_site(
    threads: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    """A fork has the project that is loaded; beside other threads a new process loads its own."""
    command = parent(threads, "builds", tmp_path / "site")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    forked = threads == "one" and sys.platform == "linux"
    said = json.loads((tmp_path / "site/nn/said.json").read_text())
    assert said == ["nn", ["a.pdf"], forked]
    assert done.stdout == "before the child", "the child said it again"


@pytest.mark.parametrize("threads", ["one", "two"])
def test_what_a_language_says_when_it_fails_is_told(
    threads: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    command = parent(threads, "fails", tmp_path / "site")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "Utgaven på «nn» ble ikke til:\nDet gikk galt." in done.stdout


@pytest.mark.parametrize("threads", ["one", "two"])
def test_a_language_ends_when_its_parent_is_killed(
    threads: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    process = subprocess.Popen(parent(threads, "waits", tmp_path / "site"), env=environment)
    told, deadline = tmp_path / "told", time.monotonic() + 60
    while not told.is_file() or not told.read_text():
        assert time.monotonic() < deadline, "the child did not begin"
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    child = int(told.read_text())
    while _runs(child):
        assert time.monotonic() < deadline, "the child outlived its parent"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.is_file() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_child_has_no_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine keeps its plugins as long as a process lives: a fork might begin all over again."""
    monkeypatch.setenv("NVR_LANGUAGE", "nn")
    monkeypatch.setenv("NVR_STAGE", str(tmp_path))
    with pytest.raises(ValueError, match="no children"):
        Siblings().start(load_project(MINIMAL), "nn", ["probe"], tmp_path / "site", lambda: None)


RUNS = {"": 0, "import sys; sys.exit(3)": 3, "import sys; sys.exit('Feil.')": 1, "1 / 0": 1}


@pytest.mark.parametrize(("code", "ending"), RUNS.items())
def test_a_command_ends_here_as_it_would_in_a_process_of_its_own(
    code: str, ending: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ran_here.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "argv", [])
    assert run_here(load_project(MINIMAL), ["ran_here"]) == ending
    taken_over(MINIMAL)


def test_a_project_is_handed_over_once_and_for_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ran_here.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "argv", [])
    project = load_project(MINIMAL)
    run_here(project, ["ran_here"])
    assert taken_over(MINIMAL) is project
    assert taken_over(MINIMAL) is None, "a second build got what the first one had"
    run_here(project, ["ran_here"])
    assert taken_over(tmp_path) is None
