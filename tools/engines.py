"""Builds the small project and the real one with each engine: `make engines`.

Prints a table: pages, how many of them say and lead to the same as MkDocs' own, and the seconds of
the clock as a ratio to MkDocs' in the same run. All share a cache that is warm.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from macros.engines import ENGINES
from tests.site.conftest import ROOT, Build, small_project
from tests.site.equality import pages, unlike


def built(root: Path, engine: str, site: Path) -> float:
    """Build a project; return the seconds that it took."""
    start = time.perf_counter()
    result = Build(root, engine).run("--site-dir", str(site))
    if result.returncode:
        sys.exit(result.stdout + result.stderr)
    return time.perf_counter() - start


def main() -> int:
    """Print the table; return 1 when an engine makes other pages than MkDocs."""
    worst = 0
    print(f"{'prosjekt':<10}{'motor':<12}{'sider':>6}{'like':>6}{'tid':>7}")
    with tempfile.TemporaryDirectory() as folder:
        small = small_project(Path(folder) / "liten").root
        for name, root in (("liten", small), ("hele", ROOT)):
            built(root, "mkdocs", Path(folder) / name / "varm")
            first = 0.0
            for engine in ENGINES:
                site = Path(folder) / name / engine
                seconds = built(root, engine, site)
                first = first or seconds
                wrong = unlike(Path(folder) / name / "mkdocs", site)
                alike = len(pages(site)) - len({line.partition(": ")[0] for line in wrong})
                worst = max(worst, len(wrong))
                counts = f"{len(pages(site)):>6}{alike:>6}{seconds / first:>7.2f}"
                print(f"{name:<10}{engine:<12}{counts}", flush=True)
                for line in wrong[:5]:
                    print(f"  {line}")
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
