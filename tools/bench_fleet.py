"""Measure a fleet of made-up regions, and say what a larger one would come to.

Usage: python -m tools.bench_fleet [COUNT COUNT COUNT …] [--real] [--json FILE]

One fleet grows through the sizes (10, 30 and 60 unless said), in one cache. That equals building
each size anew: a file is made once whoever asks for it first, so of the same regions the first 10
cost what 10 cost alone, and 20 more what they would have cost in 30. Sites and cache are the same
files to the byte. What differs is a few seconds for each step: `nvr` itself, cores that are idle
while the last region of a step is finished, and, for the two that are built alone, one more worker
that has to start. So a fleet in one run costs a little less than is said here.

By default the regions are built on the small project of the tests, in minutes; with --real on the
handbook itself. Seconds of the processors hold on a machine that has other things to do; those by
the clock do not. TMPDIR says where there is room for all the sites.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.site.conftest import ROOT, small_project
from tools.fleet_figures import ALONE, LANGUAGES, Region, Step, as_json, figures, table
from tools.made_regions import Made, made, write

HOST = "https://handbok.example.no/"
AHEAD = (357, 1000)  # one for each municipality, and far beyond
_PARTS = ("docs", "examples", "guides", "macros", "phases", "reference", "templates")
_FONT = "inter-400.woff2"
_OWN_FONT = (
    "typography: {fonts: [{family: Prøve Sans, source: file, "
    f"files: [{{path: {_FONT}, weight: 400, style: normal}}]}}], base: Prøve Sans}}\n"
)


def project(folder: Path, *, real: bool) -> Path:
    """Return a project without regions."""
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


@contextmanager
def memory() -> Iterator[Memory]:
    """Give what has looked at the memory, when all is done."""
    looking = Memory()
    looking.start()
    try:
        yield looking
    finally:
        looking.done.set()
        looking.join()


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


def built(root: Path, regions: Sequence[Made]) -> tuple[float, float]:
    """Build some regions; return seconds by the clock and of the processors."""
    command = [sys.executable, "-P", "-m", "macros.cli", "fleet", "build", "--host", HOST]
    command += ["--regions", ",".join(one.slug for one in regions)]
    kept = {name: value for name, value in os.environ.items() if name != "NVR_STORE"}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        command,
        cwd=root,
        env={**kept, "NVR_CACHE": str(root / "lager")},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, used


def step(root: Path, regions: Sequence[Made]) -> Step:
    """Build some more regions, and return what they came to."""
    with memory() as seen:
        seconds, used = built(root, regions)
    state = json.loads((root / "sites.rapport" / "rapport.json").read_text(encoding="utf-8"))
    told: dict[str, Any] = {one["slug"]: one for one in state["regions"]}
    found = [(one, told[one.slug]) for one in regions]
    each = (Region(one, of["cpu"], of["seconds"], of["site"]["bytes"]) for one, of in found)
    cache = sum(path.stat().st_size for path in (root / "lager").rglob("*") if path.is_file())
    print(f"{len(regions)} bygget på {seconds:.0f} s", file=sys.stderr, flush=True)
    return Step(tuple(each), used, seconds, cache, seen.most)


def own_font(root: Path, region: Made) -> float:
    """Return the seconds of the processors of a region that shares no PDF: its font is its own."""
    (folder,) = write(root / "regions", [region])
    shutil.copy(ROOT / "docs" / "assets" / "fonts" / _FONT, folder)
    with (folder / "_brand.yml").open("a", encoding="utf-8") as file:
        file.write(_OWN_FONT)
    return built(root, [region])[1]


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for; ends the process where it is too little to fit a model to."""
    parser = argparse.ArgumentParser(prog="bench_fleet", description="mål en flåte av regioner")
    parser.add_argument("sizes", nargs="*", type=int, metavar="ANTALL", default=[10, 30, 60])
    parser.add_argument("--real", action="store_true", help="selve håndboken, ikke lite innhold")
    parser.add_argument("--json", type=Path, metavar="FIL", help="skriv alt som er målt, hit også")
    found = parser.parse_args(words)
    found.sizes = sorted(set(found.sizes))
    if len(found.sizes) < 3 or found.sizes[0] <= ALONE[-1]:
        parser.error(
            "Si minst tre ulike antall regioner, hvert på minst tre, for eksempel 10 30 60:"
            " av færre kan ingen modell tilpasses og prøves."
        )
    return found


def main(words: Sequence[str]) -> None:
    """Print the figures."""
    asked = arguments(words)
    sizes: list[int] = asked.sizes
    with tempfile.TemporaryDirectory(prefix="flate-") as name:
        root = project(Path(name), real=asked.real)
        *regions, extra = made(root, sizes[-1] + 1, LANGUAGES)
        write(root / "regions", regions)
        steps = [step(root, regions[a:b]) for a, b in pairwise((0, *ALONE, *sizes))]
        again, _ = built(root, regions)
        ahead = [made(root, count, LANGUAGES) for count in AHEAD]
        font = own_font(root, extra)
    if asked.json:
        data = as_json(steps, sizes, ahead) | {"unchanged": again, "own_font": font}
        asked.json.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    content = "håndboken" if asked.real else "lite innhold"
    print(f"Regioner på to språk, {content}, {os.cpu_count()} kjerner\n")
    print(table(figures(steps), sizes, ahead), end="\n\n")
    print_costs(steps, font)
    print(f"Alle en gang til, uten endring  {again:8.1f} s etter klokken")


def print_costs(steps: Sequence[Step], font: float) -> None:
    """Print what a region costs beside the first, and the most memory, with their limits."""
    first, other, *others = (one.cpu for one in steps)
    rest = sum(others) / sum(len(one.regions) for one in steps[len(ALONE) :])
    print(f"Den første, prosessortid        {first:8.1f} s")
    print(f"Den første med nynorsk først    {other:8.1f} s  ({other / first:.2f} av den)")
    print(f"Hver av de neste                {rest:8.1f} s  ({rest / first:.2f}, grense 0,25)")
    print(f"En til, med egen skrift         {font:8.1f} s  ({font / first:.2f})")
    most = max(one.memory for one in steps) / 1e6
    print(f"Mest minne for alle prosesser   {most:8.0f} MB (grense 2000)")


if __name__ == "__main__":
    main(sys.argv[1:])
