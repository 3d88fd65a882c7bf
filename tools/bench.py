"""Measures the build as ratios within one run: `make bench`.

Bare means one `mkdocs build` with Material and search of the same finished pages, in all
languages, without our plugin and macros. The scores of search are of the same pages too.
All PDFs are made twice, by this code and by that of the commit before: `make bench BASE=<ref>`.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from lxml import html
from playwright.sync_api import sync_playwright

from macros.content.project import Project, load_project
from macros.downloads.jobs import jobs
from macros.writers import Job
from macros.writers.fillable import FormPayload
from macros.writers.pdf import BodyPayload
from tests.conftest import FLAGS
from tests.site.conftest import serving
from tools.bench_search import print_search
from tools.bench_serve import print_serve

ROOT = Path(__file__).parent.parent
CORES = os.cpu_count() or 1
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
BARE = """site_name: Bare
theme: {name: material, language: nb, font: false, features: [navigation.tabs, navigation.indexes]}
plugins: [search: {lang: ["no"]}]
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
    """Return WeasyPrint's own time for every distinct PDF, one after another.

    Those to read, the cards (once each, though a worker may try more sizes), those to fill in,
    and the chapters that only the whole handbook has. What is gathered from them is not here.
    """
    import weasyprint

    found: dict[str, BodyPayload | FormPayload] = {}

    def keep(job: Job) -> None:
        for part in dict(getattr(job, "parts", ())).values():
            if isinstance(part.payload, BodyPayload | FormPayload):
                found[part.key] = part.payload

    jobs(project, keep)

    def fetcher(payload: BodyPayload | FormPayload) -> weasyprint.urls.URLFetcher:
        class Fetcher(weasyprint.urls.URLFetcher):
            def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002
                asset = payload.assets[url.removeprefix("asset:")]
                data = asset.read_bytes() if isinstance(asset, Path) else asset
                return weasyprint.urls.URLFetcherResponse(url, data)

        return Fetcher()

    start = time.perf_counter()
    for payload in found.values():
        source = weasyprint.HTML(string=payload.html, url_fetcher=fetcher(payload))
        if isinstance(payload, FormPayload):
            source.write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True)
        else:
            source.write_pdf(pdf_variant="pdf/a-2a")
    return time.perf_counter() - start


# Makes every PDF of the edition in the pool; run in the folder whose code and content it is.
ALL_PDFS = """
import resource, sys
from pathlib import Path
from macros.content.project import load_project
from macros.downloads.cache import Cache
from macros.downloads.jobs import jobs
from macros.downloads.pool import Pool
found = {}
jobs(load_project(Path.cwd()), lambda job: found.setdefault(job.key, job))
pool = Pool(Cache(Path(sys.argv[1])))
for job in found.values():
    if "body" in dict(getattr(job, "parts", ())):
        pool.start(job)
pool.join()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime)
"""


def pdf_seconds(tree: Path, cache: Path) -> float:
    """Return the seconds of the processor that all PDFs of a tree take, in the pool's workers."""
    command = [sys.executable, "-c", ALL_PDFS, str(cache)]
    done = subprocess.run(
        command, cwd=tree, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def tree_before(folder: Path) -> tuple[str, Path]:
    """Unpack the commit to compare with; returns what it is called and where it stands."""
    base = os.environ.get("BASE") or "HEAD~1"
    archive = folder / "base.tar"
    git = ["git", "archive", "--format=tar", "-o", str(archive), base]
    subprocess.run(git, cwd=ROOT, check=True)
    shutil.unpack_archive(archive, folder / "base")
    return base, folder / "base"


def print_pdfs(folder: Path) -> None:
    """Print the seconds of the processor of all PDFs beside those of the commit before."""
    base, before = tree_before(folder)
    old = pdf_seconds(before, folder / "old")
    new = pdf_seconds(ROOT, folder / "new")
    print(f"Alle PDF-er, prosessortid       {new:6.1f} s  ({base}: {old:.1f} s)")
    print(f"Det samme / {base:<19} {new / old:6.2f}")


PHONE = {"width": 390, "height": 844}


def print_screens(site: Path) -> None:
    """Print how many screens of a phone the pages of each kind are: the middle and the longest."""
    found: dict[str, list[tuple[float, str]]] = {}
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport=PHONE)
        for path in sorted(site.rglob("index.html")):
            where = path.parent.relative_to(site).as_posix()
            if where.startswith("nn"):
                continue
            page.goto(address + ("" if where == "." else f"{where}/"))
            height = page.evaluate("document.documentElement.scrollHeight")
            kind = page.evaluate("document.querySelector('article.nvr')?.className ?? ''")
            name = kind.rpartition("--")[2] or "prose"
            found.setdefault(name, []).append((height / PHONE["height"], where))
        browser.close()
    print("Skjermer på en telefon          midt  lengst")
    for name, pages in sorted(found.items()):
        longest, where = max(pages)
        print(f"  {name:<30}{median(size for size, _ in pages):4.1f}    {longest:4.1f} ({where})")


def largest(site: Path, pattern: str, *without: str) -> str:
    """Return the size in kB and the name of the largest download that fits a pattern."""
    files = [
        path
        for path in (site / "last-ned").glob(pattern)
        if not any(part in path.name for part in without)
    ]
    found = max(files, key=lambda path: path.stat().st_size)
    return f"{found.stat().st_size / 1000:6.0f} kB ({found.name})"


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
        ideal = bare + own / CORES
        print(f"Sider: {len(list(site.rglob('index.html')))}. Kjerner: {CORES}.")
        print(f"Bar mkdocs build                {bare:6.1f} s")
        print(f"WeasyPrint alene                {own:6.1f} s, delt på kjernene {own / CORES:.1f} s")
        print(f"Uendret bygg / bar bygg         {again / bare:6.2f}   (grense 1,20; {again:.1f} s)")
        print(
            f"Rent bygg / (bar + WeasyPrint)  {clean / ideal:6.2f}   (grense 1,10; {clean:.1f} s)"
        )
        shared = clean * CORES / own
        print(f"Rent bygg / WeasyPrint delt     {shared:6.2f}   (grense 1,30)")
        print(f"Mest minne i én prosess         {peak:6.0f} MB (grense 350)")
        print_serve(folder, fresh)
        print_pdfs(folder)
        reading = largest(site, "*.pdf", "-utfyllbar", "handboken")
        print(f"Største PDF å lese              {reading}, grense 150")
        print(f"Største utfyllbare PDF          {largest(site, '*-utfyllbar.pdf')}, grense 250")
        print(f"Største Word                    {largest(site, '*.docx')}, grense 100")
        print(f"Største ODT                     {largest(site, '*.odt')}, grense 100")
        print(f"Største regneark                {largest(site, '*.xlsx')}, grense 60")
        print(f"Største lysbilder               {largest(site, '*.pptx')}, grense 150")
        print(f"Hele håndboken                  {largest(site, 'handboken.pdf')}")
        print_screens(site)
        print_search(site, folder / "bare" / "site")
        own_time = f"grense 1,00; {check:.2f} s med Python og bibliotekene"
        print(f"nvr check, egen tid             {check - start:6.2f} s  ({own_time})")


if __name__ == "__main__":
    main()
