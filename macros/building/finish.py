"""What is done to the pages that an engine has made, until they are the published site."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from macros.building.build import LOGGER, Build
from macros.building.faults import BuildError, cause
from macros.building.offline import list_site, missing_pages
from macros.building.prepare import Prepared
from macros.document.formats import DOWNLOADS
from macros.downloads.pool import Pool, file_names, put, put_as
from macros.layouts.brand import preloads
from macros.site.assets import drop_unused, share_assets
from macros.site.headers import put_headers
from macros.site.links import dead_links
from macros.site.lost import share_lost
from macros.site.search import write_index
from macros.site.styles import join_styles
from macros.writers import Job, WriterError
from macros.writers.package import PackagePayload
from macros.writers.sizes import FileFacts, fill_markers

_log = logging.getLogger(LOGGER)


def finish_language(prepared: Prepared, site: Path) -> None:
    """Write what is made of one language's finished pages: the index of search."""
    write_index(site, prepared.project, prepared.edition)


def finish(build: Build, prepared: Prepared, site: Path, *, serving: bool = False) -> None:
    """Make the whole site of the pages in `site`, all languages' files in it.

    A site that is `serving` its author has no look for dead links, and no service worker. Raises
    BuildError, ContentError, OSError.
    """
    build.siblings.join(site)
    # While the last files are made: what they will be called is known.
    region = prepared.project.region
    missing_pages(prepared, site)
    roots: dict[str, str] = {code: region.root(code) for code in region.languages}
    share_lost(site, roots)
    join_styles(site, region.languages[1:], preloads(prepared.project.brand))
    drop_unused(site, region.languages[1:])
    made = {address: job.key for address, job in build.pictures.items()}
    for address in share_assets(site, roots, region.base_url, made):
        del build.pictures[address]
    if not serving and (dead := dead_links(site, _coming(build, prepared), region.base_url)):
        raise BuildError("Lenker som ikke fører noe sted:\n" + "\n".join(dead))
    _put_files(build, prepared, site)
    put_headers(site, region.root(region.language), region.languages[1:])
    list_site(prepared, site, serving=serving)


def publish(build: Build) -> None:
    """Put the finished site in the old one's place."""
    if build.stage and build.pool:
        build.stage.publish()
        build.stage = None
        cache = build.pool.cache
        (cache.prune_seldom if build.handed else cache.prune)()


def _coming(build: Build, prepared: Prepared) -> set[str]:
    """Return the addresses below the site's root of what is put in when it is made."""
    return set(build.pictures) | {
        ("" if language == prepared.language else f"{language}/") + DOWNLOADS + name
        for language, made in build.jobs.items()
        for name in file_names(made.values())
    }


def _put_files(build: Build, prepared: Prepared, site: Path) -> None:
    """Put every language's downloads in the site, and their sizes on its pages."""
    pool = build.pool
    if pool is None:
        raise ValueError("the build has not begun")
    try:
        pool.join()
        put_as(build.pictures, pool, site)
        # The first language's folder holds the others': its pages are filled last.
        for language in reversed(prepared.project.region.languages):
            folder = site if language == prepared.language else site / language
            put(build.jobs[language].values(), pool, folder / DOWNLOADS)
            facts = _facts(build.jobs[language], pool)
            words = prepared.edition.catalogues[language]
            _fill_pages(folder, partial(fill_markers, found=facts, words=words))
        _tell_of_damage(pool)
        for line in pool.account.lines(pool.shared) if pool.shared else ():
            _log.info(line)
    except BrokenExecutor:
        raise BuildError(
            "Nedlastingene ble ikke til: en prosess som lager filer, ble stoppet utenfra,"
            " kanskje fordi minnet tok slutt. Det som er publisert, er urørt."
            " Bygg på nytt: filene som er ferdige, blir brukt."
        ) from None
    except (WriterError, OSError) as error:
        told = cause(error) if isinstance(error, OSError) else str(error)
        raise BuildError(f"Nedlastingene ble ikke til: {told}") from error


def _facts(jobs: Mapping[str, Job], pool: Pool) -> dict[str, FileFacts]:
    """Return what is told of each file, of a package what all its files come to."""
    facts = {name: pool.facts(job) for name, job in jobs.items()}
    packages = {
        name: job.payload for name, job in jobs.items() if isinstance(job.payload, PackagePayload)
    }
    wholes = {name: sum(facts[one].size for one in p.names) for name, p in packages.items()}
    return facts | {name: replace(facts[name], whole=size) for name, size in wholes.items()}


def _fill_pages(root: Path, fill: Callable[[str], str]) -> None:
    """Rewrite each HTML page below `root` that `fill` changes."""
    for path in root.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if (filled := fill(page)) != page:
            path.write_text(filled, encoding="utf-8")


def _tell_of_damage(pool: Pool) -> None:
    # No warning: the site is right, so a strict build is to be published.
    if count := len(pool.renewed):
        files = "1 fil" if count == 1 else f"{count} filer"
        _log.info(f"{files} i mellomlageret {pool.cache.folder} var skadet, og er laget på nytt.")
