"""What an author waits for: seconds of the processors of a rebuild of `mkdocs serve`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.site.conftest import ROOT
from tools.bench_fleet import project

_GUIDE = "guides/meeting/oppstartsmote.yml"
_BUILT = b"Documentation built"
_TURNS = 3
_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """`mkdocs serve` of a project of its own, and what its builds use."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log
        self._builds = 0
        self._used = 0.0

    def rebuilt(self) -> float:
        """Wait for the next build to end; return its seconds of the processors.

        Those of its children count too: all have ended, and been waited for.
        """
        self._builds += 1
        while self._log.read_bytes().count(_BUILT) < self._builds:
            if self.process.poll() is not None:
                raise RuntimeError(self._log.read_text(encoding="utf-8"))
            time.sleep(0.2)
        time.sleep(2)  # the browsers are told, and the files watched again
        said = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        total = sum(map(int, said.rpartition(")")[2].split()[11:15])) / _TICKS
        before, self._used = self._used, total
        return total - before


@contextmanager
def served(root: Path, cache: str) -> Iterator[Server]:
    """Serve a project until the caller is done."""
    log = root / "logg.txt"
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", "127.0.0.1:0"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NVR_CACHE": cache}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield Server(process, log)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def print_serve(folder: Path, cache: str) -> None:
    """Print what one changed sentence costs beside a rebuild in which nothing has changed."""
    root = project(folder / "server", real=True)
    shutil.copytree(ROOT / "regions" / "standard", root / "regions" / "standard")
    guide = root / _GUIDE
    text = guide.read_text(encoding="utf-8")

    def write(turn: int) -> None:
        first, stop, rest = text.partition(". ")
        guide.write_text(f"{first}{' nå' * turn}{stop}{rest}", encoding="utf-8")

    with served(root, cache) as server:
        server.rebuilt()
        same = _median(server, lambda _: guide.touch())
        edit = _median(server, write)
    print(f"Server uten endring             {same:6.1f} s prosessortid")
    print(f"Én endret setning, i tillegg    {edit / same - 1:6.2f}   (grense 0,50; {edit:.1f} s)")


def _median(server: Server, change: Callable[[int], None]) -> float:
    found = []
    for turn in range(_TURNS):
        change(turn + 1)
        found.append(server.rebuilt())
    return median(found)
