"""Measure a fleet of made-up regions: what the first costs, what the next, and the most memory.

Usage: python -m tools.bench_fleet [COUNT] [--real]

By default the regions are built on the small project of the tests, in minutes; with --real on the
handbook itself.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.site.conftest import ROOT, small_project
from tools.made_regions import made, write

HOST = "https://handbok.example.no/"
_PARTS = ("docs", "examples", "guides", "macros", "phases", "reference", "templates")


def project(folder: Path, count: int, *, real: bool) -> Path:
    """Return a project with so many made-up regions."""
    if real:
        for name in _PARTS:
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        for name in ("mkdocs.yml", "LICENSE", "LICENSE-content"):
            shutil.copy(ROOT / name, folder / name)
    else:
        small_project(folder)
        shutil.rmtree(folder / "regions")
        shutil.copy(ROOT / "reference" / "municipalities.csv", folder / "reference")
    write(folder / "regions", made(folder, count))
    return folder


class Memory(threading.Thread):
    """Looks once a second how much memory this process and all below it have to themselves."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self.done = threading.Event()

    def run(self) -> None:
        """Look until it is `done`."""
        while not self.done.wait(1):
            self.most = max(self.most, sum(map(_shared_out, _below(os.getpid()))))


def _below(pid: int) -> list[int]:
    found, ahead = [], [pid]
    while ahead:
        found.append(ahead.pop())
        for children in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            try:
                ahead += map(int, children.read_text().split())
            except OSError:
                continue  # it has just ended
    return found


def _shared_out(pid: int) -> int:
    """Return a process's memory in bytes, what several share divided among them."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))


def built(root: Path, *regions: str) -> tuple[float, float]:
    """Build some regions, or all; return seconds by the clock and of the processors."""
    command = [sys.executable, "-P", "-m", "macros.cli", "fleet", "build", "--host", HOST]
    command += ["--regions", ",".join(regions)] if regions else []
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, used


def main(count: int, *, real: bool) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="flate-") as name:
        root = project(Path(name), count, real=real)
        first, *_ = sorted(path.name for path in (root / "regions").iterdir())
        memory = Memory()
        memory.start()
        _, alone = built(root, first)
        seconds, used = built(root)
        again, _ = built(root)
        memory.done.set()
        state = json.loads((root / "sites.rapport" / "rapport.json").read_text(encoding="utf-8"))
        size = sum(one["site"]["bytes"] for one in state["regions"]) / 1e6
    rest = max(1, count - 1)
    print(f"Flåte på {count} regioner, {'håndboken' if real else 'lite innhold'}")
    print(f"Den første, prosessortid        {alone:8.1f} s")
    print(
        f"Hver av de neste                {used / rest:8.1f} s  ({used / rest / alone:.2f} av den)"
    )
    print(f"Alle, etter klokken             {seconds:8.1f} s")
    print(f"En gang til, uten endring       {again:8.1f} s")
    print(f"Mest minne for alle prosesser   {memory.most / 1e6:8.0f} MB (grense 2000)")
    print(f"Alle nettstedene                {size:8.0f} MB")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    main(numbers[0] if numbers else 60, real="--real" in sys.argv)
