"""The project works in every kind of checkout: from Windows, from a ZIP, with odd settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.conftest import small_project

ROOT = Path(__file__).parent.parent
BINARY = {".woff2", ".png", ".jpg"}


def samples() -> dict[str, Path]:
    """Return one file of each kind that the project keeps, by its name or its ending."""
    folders = ("docs", "guides", "macros", "reference", "regions", "schemas", "tools")
    inner = (path for name in folders for path in sorted((ROOT / name).rglob("*")))
    top = (ROOT / name for name in (".gitattributes", ".gitignore", "Makefile", "LICENSE"))
    images = (ROOT / "images").glob("*.png")
    files = [path for path in (*top, *images, *inner) if path.is_file() and path.stat().st_size]
    kept = (path for path in files if path.suffix != ".pyc")
    return {path.suffix or path.name: path for path in kept}


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Kari", "-c", "user.email=kari@example.no"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_clone_made_as_on_windows_has_the_same_bytes(tmp_path: Path) -> None:
    found = samples()
    assert {".yml", ".md", ".py", ".sh", ".css", ".js", ".svg", ".csv", *BINARY} <= found.keys()
    own = tmp_path / "egen"
    own.mkdir()
    for path in found.values():
        shutil.copy(path, own / path.name)
        assert path.suffix in BINARY or b"\r" not in path.read_bytes(), path
    git(own, "init", "-q")
    git(own, "add", "-A", "-f")
    git(own, "commit", "-qm", "Alt.")
    clone = tmp_path / "windows"
    settings = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")
    git(tmp_path, "clone", "-q", *settings, str(own), str(clone))
    for path in found.values():
        assert (clone / path.name).read_bytes() == path.read_bytes(), path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project in an odd folder; its Python is this one, and its set-up is done."""
    folder = tmp_path / "Kari Nordmann – æøå" / "100 % (kopi) & co"
    small_project(folder)
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "tools", folder / "tools")
    for script in (folder / "tools").glob("*.sh"):
        script.chmod(0o644)  # as a ZIP may leave them
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return folder


def make(folder: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Call make from elsewhere, as a user who has set a lot for other work."""
    kept = {name: value for name, value in os.environ.items() if name not in ("REGION", "HOME")}
    own = {
        "CDPATH": "/:/usr",
        "LC_ALL": "C",
        "PYTHONHOME": "/finnes/ikke",
        "PYTHONPATH": "/finnes/ikke",
        "PIP_TARGET": "/finnes/ikke",
        "PIP_USER": "1",
        "SOURCE_DATE_EPOCH": "",
    }
    return subprocess.run(
        ["make", "-C", folder, *arguments], cwd="/", env={**kept, **own, **extra},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_make_works_in_an_odd_folder_and_from_elsewhere(project: Path) -> None:
    (project / ".venv" / ".site").touch()
    done = make(project, "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Fjordregionen" in done.stdout


PIP = """#!/bin/sh
case "$*" in
  *"-c "*) exec "{python}" "$@" ;;
esac
echo "$PWD|$*" >> "{log}"
env | grep -E '^(PIP_|PYTHON|SOURCE_DATE|CDPATH)' >> "{log}" || true
"""


def test_the_set_up_installs_into_the_project_whatever_the_user_has_set(project: Path) -> None:
    log = project / "logg.txt"
    python = project / ".venv" / "bin" / "python"
    python.write_text(PIP.format(python=sys.executable, log=log), encoding="utf-8")
    index = "https://pakker.example.no/simple"
    done = make(project, ".venv/.site", PIP_INDEX_URL=index)
    assert done.returncode == 0, done.stdout + done.stderr
    said = log.read_text(encoding="utf-8").splitlines()
    ran = [line.split("|", 1) for line in said if "|" in line]
    assert {place for place, _ in ran} == {str(project)}
    assert any("--require-hashes" in line for _, line in ran)
    variables = {line.partition("=")[0]: line.partition("=")[2] for line in said if "|" not in line}
    ours = {"PIP_USER": "0", "PIP_INDEX_URL": index}
    assert {name: value for name, value in variables.items() if name in ours} == ours
    assert not {"PIP_TARGET", "PYTHONHOME", "PYTHONPATH", "SOURCE_DATE_EPOCH", "CDPATH"} & set(
        variables
    )
