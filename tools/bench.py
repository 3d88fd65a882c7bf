"""Measures the build as ratios within one run: `make bench`.

Bare means one `mkdocs build` with Material and search of the same finished pages, in all
languages, without our plugin and macros.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import html

from macros.content.project import Project, load_project
from macros.jobs import jobs
from macros.writers.pdf import PdfPayload

ROOT = Path(__file__).parent.parent
CORES = os.cpu_count() or 1
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
BARE = """site_name: Bare
theme: {name: material, font: false, features: [navigation.tabs, navigation.indexes]}
plugins: [search]
markdown_extensions: [attr_list, md_in_html, tables]
"""


def timed(action: Callable[[], None]) -> float:
    """Return the seconds that an action takes on the clock."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(command: list[str], **extra: str) -> None:
    """Run a command in the project; raises when it fails."""
    environment = {**ENVIRONMENT, **extra}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)


def bare_project(site: Path, folder: Path) -> Path:
    """Write a bare project of the same finished pages, in all languages; return its settings."""
    for page in site.rglob("index.html"):
        article = html.document_fromstring(page.read_bytes()).xpath("//article")[-1]
        target = folder / "docs" / page.relative_to(site).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html.tostring(article, encoding="unicode"), encoding="utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text(BARE, encoding="utf-8")
    return settings


def weasyprint_seconds(project: Project) -> float:
    """Return WeasyPrint's own time for every distinct document, one after another."""
    import weasyprint

    payloads: dict[str, PdfPayload] = {}
    for made in jobs(project).values():
        payloads |= {
            job.key: job.payload for job in made.values() if isinstance(job.payload, PdfPayload)
        }

    def fetch(payload: PdfPayload) -> weasyprint.urls.URLFetcher:
        class Fetcher(weasyprint.urls.URLFetcher):
            def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002
                data = payload.assets[url.removeprefix("asset:")].read_bytes()
                return weasyprint.urls.URLFetcherResponse(url, data)

        return Fetcher()

    start = time.perf_counter()
    for payload in payloads.values():
        source = weasyprint.HTML(string=payload.html, url_fetcher=fetch(payload))
        source.write_pdf(pdf_variant="pdf/a-2a")
    return time.perf_counter() - start


def main() -> None:
    """Print every figure with the limit that the project sets itself."""
    project = load_project(ROOT)
    mkdocs = [sys.executable, "-m", "mkdocs", "build"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        ours = [*mkdocs, "-d", str(site)]
        fresh = str(folder / "cache")
        clean = timed(lambda: run(ours, NVR_CACHE=fresh))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        again = min(timed(lambda: run(ours, NVR_CACHE=fresh)) for _ in range(3))
        settings = str(bare_project(site, folder / "bare"))
        bare = min(timed(lambda: run([*mkdocs, "-f", settings])) for _ in range(3))
        own = weasyprint_seconds(project)
        check = min(
            timed(lambda: run([sys.executable, "-m", "macros.cli", "check"])) for _ in range(3)
        )
        libraries = [sys.executable, "-c", "import coloraide, markdown_it, pydantic, yaml"]
        start = min(timed(lambda: run(libraries)) for _ in range(3))
        forms = "-utfyllbar.pdf"
        pdfs = [path for path in (site / "last-ned").glob("*.pdf") if forms not in path.name]
        largest = max(pdfs, key=lambda path: path.stat().st_size)
        ideal = bare + own / CORES
        print(f"Sider: {len(list(site.rglob('index.html')))}. Kjerner: {CORES}.")
        print(f"Bar mkdocs build                {bare:6.1f} s")
        print(f"WeasyPrint alene                {own:6.1f} s, delt på kjernene {own / CORES:.1f} s")
        print(f"Uendret bygg / bar bygg         {again / bare:6.2f}   (grense 1,50; {again:.1f} s)")
        print(
            f"Rent bygg / (bar + WeasyPrint)  {clean / ideal:6.2f}   (grense 1,25; {clean:.1f} s)"
        )
        print(f"Mest minne i én prosess         {peak:6.0f} MB (grense 500)")
        size = largest.stat().st_size / 1000
        print(f"Største PDF                     {size:6.0f} kB (grense 150; {largest.name})")
        own_time = f"grense 1,00; {check:.2f} s med Python og bibliotekene"
        print(f"nvr check, egen tid             {check - start:6.2f} s  ({own_time})")


if __name__ == "__main__":
    main()
