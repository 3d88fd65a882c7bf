"""Where a site may lie: nowhere where its publishing would take the place of what it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from macros.building.faults import BuildError
from macros.content.project import CONTENT_FOLDERS

_SOURCES = (*CONTENT_FOLDERS, "docs", "macros", "regions", "tests", "tools", ".git")


def keep_off(root: Path, sites: Iterable[Path], folders: Iterable[Path]) -> None:
    """Raise BuildError where a site would lie over, in, or around what it is made of.

    `root` is the project; a site may lie in it. `folders` are those of regions. A site takes the
    place of the folder that was there, with all that was in it.
    """
    home = root.resolve()
    sources = {home / name for name in _SOURCES} | {folder.resolve() for folder in folders}
    around = {outer for source in (home, *sources) for outer in (source, *source.parents)}
    for site in sites:
        target = site.resolve()
        if target in around or not sources.isdisjoint(target.parents):
            raise BuildError(
                f"Nettstedet ville tatt plassen til det som det lages av: {site}."
                " Velg en annen mappe: «site_dir» i mkdocs.yml, eller --out. Ingenting er bygget."
            )
