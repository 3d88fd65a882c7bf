"""Zensical: it gets a folder of finished pages, and makes menus, heads and the map of the site.

It takes no plugin and has a template engine of its own (MiniJinja), which the theme is written for
as well: plain data, no method of Python, pages compared by their address.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from macros.building.build import Build
from macros.building.faults import BuildError
from macros.building.finish import finish, finish_language, publish
from macros.building.folder import address, in_menu, menu, unwrapped, write_folder
from macros.building.prepare import Prepared, in_language
from macros.building.settings import Settings, read_settings
from macros.building.siblings import end_tidily
from macros.pages.parts import with_scripts
from macros.site.links import LOST
from macros.writers.page import relative

# What it writes in a head and we leave out: see `rel="next"` among the traps, ARCHITECTURE.md.
_BESIDE = re.compile(r'\s*<link rel="(?:prev|next)"[^>]*>')
# It leads to a heading that Markdown has written; ours are finished.
_SKIP = re.compile(r'<a href="#__skip"(.*?</a>)', re.DOTALL)
_FIRST = re.compile(r'<h[1-6][^>]*\sid="([^"]+)"')
_INDEX = "search.json"  # of its own search, which we do not have


def build_site(root: Path, folder: Path | None = None) -> int:
    """Build and publish the site of the project in `root`; returns the number of its pages.

    It is published in `folder`, else where the settings say.

    Raises BuildError, ContentError and OSError; the site that is published is then untouched.
    """
    if find_spec("zensical") is None:
        raise BuildError("Zensical er ikke installert. Det følger med make engines.")
    settings = read_settings(root)
    build = Build()
    end_tidily("build")
    try:
        prepared = build.prepare(root)
        site = build.stage_for(folder or settings.site, prepared.project)
        build.begin(prepared, settings.cache, site, ())
        pages = 0
        others = prepared.project.region.languages[1:]
        for language in (*others, prepared.language):
            one = in_language(prepared, language)
            build.name_files(one)
            pages += _build_language(one, settings, site)
            if language in others:
                site.rename(site.with_name(f"{site.name}-{language}"))
        for language in others:
            site.with_name(f"{site.name}-{language}").rename(site / language)
        finish(build, prepared, site)
        publish(build)
        return pages
    finally:
        build.close()


def _build_language(prepared: Prepared, settings: Settings, site: Path) -> int:
    """Build one language at `site`; returns the number of its pages."""
    folder = site.parent / "docs"
    shutil.rmtree(folder, ignore_errors=True)
    paths = write_folder(prepared, folder)
    nav = prepared.navigation(settings.nav)
    _judge_menu(in_menu(nav), set(paths))
    file = site.parent / "mkdocs.yml"
    file.write_text(json.dumps(_settings(prepared, settings, nav, site.name)), encoding="utf-8")
    _run(file)
    (site / _INDEX).unlink(missing_ok=True)
    _pack(site / "sitemap.xml")
    for path in paths:
        url = address(path)
        _mend(site / url / "index.html", relative("", url))
    _mend(site / LOST, prepared.root)
    finish_language(prepared, site)
    return len(paths)


def _judge_menu(named: set[str], there: set[str]) -> None:
    """Raise BuildError unless the menu names each page once and nothing else."""
    if lost := sorted(there - named):
        raise BuildError(f"Sider som mangler i menyen (nav i mkdocs.yml): {', '.join(lost)}")
    if lost := sorted(named - there):
        raise BuildError(f"Sider i menyen (nav i mkdocs.yml) som ikke finnes: {', '.join(lost)}")


def _settings(prepared: Prepared, settings: Settings, nav: list[Any], site: str) -> dict[str, Any]:
    """Return what Zensical is told, as `mkdocs.yml` says it: JSON is YAML."""
    shell = prepared.shell()
    return {
        "site_name": shell.name,
        "site_url": shell.address,
        "site_description": shell.description,
        "site_author": shell.author,
        "copyright": shell.copyright,
        "docs_dir": "docs",
        "site_dir": site,
        "use_directory_urls": True,
        "theme": {
            **settings.theme,
            "variant": "classic",
            "language": shell.language,
            "favicon": shell.favicon,
        },
        "extra_css": list(settings.styles),
        "extra": {"generator": False, "nvr": shell.extra},
        "markdown_extensions": [],
        "nav": menu(nav),
    }


def _run(file: Path) -> None:
    command = [sys.executable, "-m", "zensical", "build", "--clean", "-f", str(file)]
    done = subprocess.run(command, cwd=file.parent, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise BuildError(f"Zensical bygde ikke siden. Det som er publisert, er urørt.\n{said}")


def _pack(path: Path) -> None:
    """Write the map of the site packed beside itself, as MkDocs does for those who ask for it."""
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def _mend(path: Path, root: str) -> None:
    """Make of a page what the other engines' events make of it."""
    page = unwrapped(_BESIDE.sub("", path.read_text(encoding="utf-8")))
    first = _FIRST.search(page)
    page = _SKIP.sub(rf'<a href="#{first[1]}"\1' if first else "", page)
    path.write_text(with_scripts(page, root), encoding="utf-8")
