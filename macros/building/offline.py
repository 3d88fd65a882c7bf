"""The page that stands for one that is not kept, and what the list of the site needs to know."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

from macros.building.prepare import DOCS, NO_WORKER, Prepared, in_language
from macros.content.model import Phase
from macros.document.edition import Edition, load_edition
from macros.document.features import has
from macros.document.formats import file_name
from macros.document.packages import packages
from macros.layouts import Layout
from macros.pages.parts import with_scripts
from macros.site.links import LOST
from macros.site.offline import MISSING, WORKER, Place, put_list
from macros.writers.search_box import search_box

_TEXT = re.compile(r"<!--nvr-lost-->.*?<!--/nvr-lost-->", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_SCRIPTS = re.compile(r'<script type="module" src="[^"]*"></script>\n')


def missing_page(site: Path, edition: Edition, root: str) -> None:
    """Write the page that says that another is not kept, made of the language's lost page.

    Both are shown at any address, so their links are whole paths; `root` is the path of the
    language's front page. To be called before the lost pages share what they say.
    """
    words = edition.words()
    page = (site / LOST).read_text(encoding="utf-8")
    search = search_box(edition, root, "sok-her", full=True)
    shown = Layout("page", words, str).render("page/missing.html", root=root, search=search)
    title = f"{html.escape(words('offline.missing.title'))} - {html.escape(words('site.name'))}"
    page = _TEXT.sub(lambda _: shown, _SCRIPTS.sub("", page), count=1)
    page = _TITLE.sub(lambda _: f"<title>{title}</title>", page, count=1)
    (site / MISSING).write_text(with_scripts(page, root), encoding="utf-8")


def missing_pages(prepared: Prepared, site: Path) -> None:
    """Write that page in each language of the site, where the region has the feature."""
    if not has(prepared.edition, "offline"):
        return
    region = prepared.project.region
    for code in region.languages:
        folder = site if code == region.language else site / code
        missing_page(folder, in_language(prepared, code).edition, region.root(code))


def list_site(prepared: Prepared, site: Path, *, serving: bool = False) -> None:
    """Write the list of the finished site, where the region has the feature.

    A site that is served to its author has no worker: what fails is to be seen at once.
    """
    if not has(prepared.edition, "offline"):
        return
    if serving:
        shutil.copy(prepared.project.root / DOCS / NO_WORKER, site / WORKER)
        return
    languages = prepared.project.region.languages
    folders: dict[str, str] = {
        code: "" if code == languages[0] else f"{code}/" for code in languages
    }
    places: dict[str, Place] = {}
    for code in languages:
        places |= _places(load_edition(prepared.project, code))
    put_list(site, folders, places)


def _places(edition: Edition) -> dict[str, Place]:
    """Return what each file to download belongs to, by its name."""
    *phases, whole = packages(edition)
    used: dict[str, list[str]] = {}
    for phase in phases:
        used[file_name(phase.name, "zip")] = [phase.name]
        for _, name in phase.files():
            used.setdefault(name, []).append(phase.name)
    kinds = {name: document.kind for document, name in whole.files()}
    kinds |= {file_name(phase.name, "zip"): Phase.kind for phase in phases}
    return {name: Place(kind, used.get(name, ())) for name, kind in kinds.items()}
