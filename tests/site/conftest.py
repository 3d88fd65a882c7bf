"""Two projects to build: the real one, and a small one that costs seconds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
MINIMAL = ROOT / "tests" / "content" / "minimal"


@dataclass(frozen=True)
class Build:
    """A project's folder, and how to build it as an author does: with `mkdocs build`."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    def command(self) -> list[str]:
        return [sys.executable, "-P", "-m", "mkdocs", "build"]

    def environment(self, **extra: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "REGION"}
        return {**kept, "NO_MKDOCS_2_WARNING": "1", **extra}

    def run(self, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(),
            cwd=self.root,
            env=self.environment(**extra),
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Begin to build, as the leader of a process group of its own."""
        return subprocess.Popen(
            self.command(),
            cwd=self.root,
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def ok(self, **extra: str) -> Path:
        """Build, and return the site; a failing build fails the test with its output."""
        result = self.run(**extra)
        assert result.returncode == 0, result.stdout + result.stderr
        return self.site

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def small_project(folder: Path) -> Build:
    """Return a project with one item of each kind and the real look."""
    shutil.copytree(MINIMAL, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets", dirs_exist_ok=True)
    shutil.copytree(ROOT / "macros" / "layouts", folder / "macros" / "layouts", dirs_exist_ok=True)
    lines = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[0]
    nav = ["index.md", "kontakt.md", "<phases>", "<guides>", "<surveys>", "<templates>"]
    more = [
        "<examples>",
        "last-ned/index.md",
        "<roles>",
        "<checklists>",
        "ordliste/index.md",
        "endringer/index.md",
    ]
    plan = yaml.safe_dump({"nav": [*nav, {"more": more}]})
    (folder / "mkdocs.yml").write_text(f"{lines}\n{plan}", encoding="utf-8")
    build = Build(folder)
    build.write("docs/index.md", "---\ntitle: Start\n---\n\n# Start\n\n{{ phases() }}\n")
    return build


@pytest.fixture
def small(tmp_path: Path) -> Build:
    """A small project of the test's own."""
    return small_project(tmp_path / "prosjekt")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real handbook, built once. Tests that use it share one worker by their group."""
    folder = tmp_path_factory.mktemp("ekte") / "site"
    result = subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", "build", "-d", str(folder)],
        cwd=ROOT,
        env=Build(ROOT).environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, built once for tests that only read it."""
    return small_project(tmp_path_factory.mktemp("liten")).ok()
