"""Everything that a build needs, loaded once and checked together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.content.base import SOURCE_LANGUAGE, Language
from macros.content.brand import Brand, load_brand
from macros.content.errors import ContentError, Problem, suggest
from macros.content.handbook import Handbook, load_handbooks
from macros.content.load import read_yaml
from macros.content.model import Phase
from macros.content.region import Region, load_region, region_folder
from macros.content.timeline import faults

# What an author may edit: the folders that `mkdocs serve` watches.
CONTENT_FOLDERS = ("phases", "guides", "templates", "examples", "reference")


@dataclass(frozen=True)
class Project:
    """A region's edition of the handbook: frozen, valid, in all languages."""

    root: Path
    folder: Path
    region: Region
    brand: Brand
    handbooks: Mapping[Language, Handbook]
    missing: Mapping[Language, tuple[str, ...]]
    warnings: tuple[Problem, ...]


def load_project(root: Path, choice: str | None = None) -> Project:
    """Return the project in `root` for a region (slug or path).

    Raises ContentError with every error of every file.
    """
    folder = region_folder(root, choice)
    label = os.path.relpath(folder, root)
    problems: list[Problem] = []
    region = load_region(folder, label, problems)
    brand = load_brand(folder, label, problems)
    loaded = load_handbooks(root, problems)
    problems.extend(_dead_pages(root, loaded.page_links))
    if region is None or any(problem.severity == "error" for problem in problems):
        raise ContentError(problems)
    phases = loaded.handbooks[SOURCE_LANGUAGE].all(Phase)
    if impossible := list(_impossible_dates(region, folder, label, phases)):
        raise ContentError([*problems, *impossible])
    missing = {language: tuple(names) for language, names in loaded.missing.items()}
    return Project(root, folder, region, brand, loaded.handbooks, missing, tuple(problems))


def _impossible_dates(
    region: Region, folder: Path, label: str, phases: Sequence[Phase]
) -> Iterator[Problem]:
    found = list(faults(region.starts, phases)) if region.starts and phases else []
    source = read_yaml(folder / "region.yml", f"{label}/region.yml", []) if found else None
    for path, message, hint in found:
        if source is not None:
            yield source.problem(("starts", *path), message, hint)


def prose_pages(root: Path) -> list[str]:
    """Return the ids of the prose pages: `kostnad` for `docs/kostnad.md`."""
    return sorted(path.stem for path in (root / "docs").glob("*.md") if "." not in path.stem)


def _dead_pages(root: Path, links: list[tuple[str, Problem]]) -> Iterator[Problem]:
    known = prose_pages(root)
    for page_id, problem in links:
        if page_id not in known:
            hint = suggest(page_id, known)
            yield Problem(
                problem.file, problem.line, problem.column, problem.where, problem.message, hint
            )
