"""What `nvr check` says of a region's own content."""

from __future__ import annotations

from collections.abc import Iterator

from macros.content.overlay import RegionChange
from macros.content.project import Project

_WHAT = {"added": "lagt til", "replaced": "skrevet helt om", "hidden": "skjult"}


def overlay_lines(project: Project) -> list[str]:
    """Return a line for each thing that the region has otherwise, below a line that counts them.

    None when the region uses the national edition as it is.
    """
    if not project.changes:
        return []
    count = len({change.item for change in project.changes})
    what = "1 ting" if count == 1 else f"{count} ting"
    return [
        f"{what.capitalize()} er annerledes enn i den nasjonale utgaven.",
        *(_line(change) for change in project.changes),
        *_untranslated(project),
    ]


def _untranslated(project: Project) -> Iterator[str]:
    """Return a line for each of the region's pages that an edition shows in another language."""
    for language in project.region.languages:
        for page in project.handbooks[language].prose.values():
            if page.language != language:
                yield f"page/{page.id}: har ingen fil på {language}, og vises på {page.language}"


def _line(change: RegionChange) -> str:
    if change.what != "changed":
        return f"{change.item}: {_WHAT[change.what]}"
    if not change.national:
        return f"{change.item}: {change.path}: lagt til {change.region}"
    if not change.region:
        return f"{change.item}: {change.path}: tatt bort {change.national}"
    return f"{change.item}: {change.path}: {change.national} ble {change.region}"
