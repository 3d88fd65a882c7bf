"""Everything that a build needs, loaded once and checked together."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from macros.content.base import SOURCE_LANGUAGE, Language
from macros.content.brand.brand import Brand, load_brand
from macros.content.errors import ContentError, Problem, suggest
from macros.content.files import LEFT_BY_A_PROGRAM, source_files
from macros.content.handbook import Handbook, Loaded, load_handbooks
from macros.content.history import EARLIEST
from macros.content.load import read_text
from macros.content.model import KINDS, Phase
from macros.content.municipalities import Municipality, load_municipalities
from macros.content.national import FOLDER, ProsePage, links_out, load_prose
from macros.content.overlay import RegionChange, RegionFolder
from macros.content.photo import Photo
from macros.content.prose import Pages, dead_links, load_pages
from macros.content.raw_markup import raw_in_page
from macros.content.region import (
    Region,
    below_host,
    links_out as links_out_of_region,
    region_folder,
)
from macros.content.region_file import Known, load_region, looked_up
from macros.content.survey import Survey

# What an author may edit: the folders that `mkdocs serve` watches.
# Watched by `serve`, and read through no link that leads out of them.
CONTENT_FOLDERS = tuple(dict.fromkeys(kind.source.partition("/")[0] for kind in KINDS.values()))


@dataclass(frozen=True, eq=False)  # one is loaded for each build, and known by its identity
class Project:
    """A region's edition of the handbook: frozen, valid, in all languages."""

    root: Path
    folder: Path
    region: Region
    municipalities: tuple[Municipality, ...]
    brand: Brand
    handbooks: Mapping[Language, Handbook]
    missing: Mapping[Language, tuple[str, ...]]
    warnings: tuple[Problem, ...]
    changes: tuple[RegionChange, ...] = ()
    prose: tuple[ProsePage, ...] = ()
    photo: Photo | None = None

    @property
    def newest(self) -> dt.date:
        """Return the day of the newest change in the content, in any language."""
        found = (item.updated for book in self.handbooks.values() for item in book.pages())
        return max(found, default=EARLIEST)


def load_project(root: Path, choice: str | None = None, host: str | None = None) -> Project:
    """Return the project in `root` for a region (slug or path).

    With a `host`, the edition's address is the folder of its name there, whatever the region
    says. Raises ContentError with every error of every file.
    """
    folder = region_folder(root, choice)
    address = below_host(host, folder.name) if host else None
    label = os.path.relpath(folder, root)
    # Before anything in the folder is read: what a link leads to may be endless, or secret.
    if leading_out := links_out_of_region(folder, label):
        raise ContentError(leading_out)
    if leading_out := links_out(root, (*CONTENT_FOLDERS, FOLDER)):
        raise ContentError(leading_out)
    problems: list[Problem] = []
    file = load_region(folder, label, problems)
    region = file.region if file else None
    brand = load_brand(folder, label, problems, (region and region.name) or "")
    own = RegionFolder(folder, label, region.hide if region else ())
    loaded = load_handbooks(root, problems, own)
    prose = load_prose(root, problems)
    pages, page_changes = _pages(root, own, loaded, problems)
    # A survey with an error in it is there, and has been told of.
    files = {path.stem for path in source_files(root, KINDS[Survey.kind])}
    surveys = files | set(loaded.handbooks[SOURCE_LANGUAGE].items[Survey.kind])
    known = {page for found in pages.values() for page in found} | set(prose_pages(root))
    known -= {item_id for kind, item_id in loaded.hidden if kind == "page"}
    phases = loaded.handbooks[SOURCE_LANGUAGE].all(Phase)
    region, municipalities, photo = looked_up(
        file, folder, lambda: load_municipalities(root), Known(surveys, known, phases), problems
    )
    if region is None or any(problem.severity == "error" for problem in problems):
        raise ContentError(problems)
    missing = {language: tuple(names) for language, names in loaded.missing.items()}
    if address:
        region = region.model_copy(update={"site_url": address})
    return Project(
        root=root,
        folder=folder,
        region=region.in_language(region.language),
        municipalities=municipalities,
        brand=brand,
        handbooks={
            language: replace(handbook, prose=pages[language])
            for language, handbook in loaded.handbooks.items()
        },
        missing=missing,
        warnings=tuple(sorted(set(problems))),
        changes=(*loaded.changes, *page_changes),
        prose=prose,
        photo=photo,
    )


def prose_pages(root: Path) -> list[str]:
    """Return the ids of the prose pages: `kostnad` for `docs/kostnad.md`."""
    files = (root / "docs").glob("*.md")
    ours = (path.stem for path in files if not LEFT_BY_A_PROGRAM.fullmatch(path.name))
    return sorted(stem for stem in ours if "." not in stem)


def _pages(
    root: Path, own: RegionFolder, loaded: Loaded, problems: list[Problem]
) -> tuple[Pages, list[RegionChange]]:
    """Return the region's pages, and what they change; add what is wrong with any page."""
    national = set(prose_pages(root))
    pages = load_pages(own, national, problems)
    written = {page_id for found in pages.values() for page_id in found}
    hidden = {item_id: at for (kind, item_id), at in loaded.hidden.items() if kind == "page"}
    for page_id, at in hidden.items():
        if page_id == "index" or page_id in written:
            why = "forsiden kan ikke skjules" if page_id == "index" else "siden har egen fil i docs"
            problems.append(replace(at, message=why))
        elif page_id not in national:
            hint = suggest(page_id, national)
            problems.append(replace(at, message=f"siden «{page_id}» finnes ikke", suggestion=hint))
    known = (national | written) - hidden.keys()
    problems.extend(_dead_pages(known, loaded.page_links))
    problems.extend(_raw_markup(root))
    problems.extend(dead_links(pages, loaded.declared, known, loaded.hidden))
    changes = [RegionChange("hidden", f"page/{page_id}") for page_id in sorted(hidden)]
    for page_id in sorted(written):
        what: Literal["replaced", "added"] = "replaced" if page_id in national else "added"
        changes.append(RegionChange(what, f"page/{page_id}"))
    return pages, changes


def _raw_markup(root: Path) -> Iterator[Problem]:
    """Return a warning for each piece of Markdown that a national page shows raw."""
    for path in sorted((root / "docs").glob("*.md")):
        label = path.relative_to(root).as_posix()
        yield from raw_in_page(read_text(path, label, []) or "", label)


def _dead_pages(known: set[str], links: list[tuple[str, Problem]]) -> Iterator[Problem]:
    for page_id, problem in links:
        if page_id not in known:
            hint = suggest(page_id, known)
            yield Problem(
                problem.file, problem.line, problem.column, problem.where, problem.message, hint
            )
