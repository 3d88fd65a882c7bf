"""The engines that can make the site: MkDocs, which the owner chose, and those that may follow it.

What MkDocs and ProperDocs call is `plugin.py`; Zensical is called by `zensical.py`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from macros.building.faults import BuildError
from macros.building.settings import FILE

Engine = Callable[[Path, Path | None], int]


def command(engine: str, site: Path | None) -> list[str]:
    """Return what builds, run in the project's folder: the site goes to `site` where one is named.

    Raises BuildError where the engine is not installed.
    """
    # As this process was started: with -P, the project's folder is no place of packages.
    safe = ["-P"] if sys.flags.safe_path else []
    return [sys.executable, *safe, "-m", *module(engine, site)]


def module(engine: str, site: Path | None) -> list[str]:
    """Return the module that builds, with its arguments; see `command`."""
    if find_spec(engine) is None:
        raise BuildError(f"{engine} er ikke installert. Det følger med make engines.")
    place = ["-d", str(site)] if site else []
    if ENGINES[engine] is _by_folder:
        return ["macros.cli", "build", "--engine", engine, *place]
    return [engine, "build", "--strict", "-f", FILE, *place]


def _by_plugin(program: str) -> Engine:
    """Return what builds by a program that loads our plugin."""

    def build(root: Path, site: Path | None) -> int:
        return subprocess.run(command(program, site), cwd=root).returncode  # noqa: S603 (our own)

    return build


def _by_folder(root: Path, site: Path | None) -> int:
    from macros.engines.zensical import build_site  # only this engine pays for it

    build_site(root, site)
    return 0


# Each builds the project in a folder, and returns the exit code; the site goes to another folder
# than the settings say where one is named. Raises BuildError, ContentError, OSError.
ENGINES: Mapping[str, Engine] = {
    "mkdocs": _by_plugin("mkdocs"),
    "properdocs": _by_plugin("properdocs"),
    "zensical": _by_folder,
}
