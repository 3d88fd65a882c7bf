"""The menu, from the plan in `mkdocs.yml` and the edition's items."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from macros.content.model import KINDS, LISTS, Phase
from macros.document.address import address
from macros.document.edition import Edition, Writing
from macros.document.features import feature_pages
from macros.document.prose import hidden_paths
from macros.document.steps import step_pages
from macros.writers.page import inert


def navigation(edition: Edition, plan: Sequence[Any]) -> list[Any]:
    """Return MkDocs' nav from the plan in mkdocs.yml.

    A name in angle brackets becomes a section filled from data, with more entries of its own last
    where it has any (`{<guides>: [<surveys>]}`); `{key: [pages]}` is a section under the
    catalogue's title; everything else is taken as it is. Pages that
    the region hides are left out, and those that it adds stand last under «more». Its own
    entries stand before that.
    """
    own = [f"{entry.page}.md" for entry in edition.region.menu if entry.page]
    hidden = hidden_paths(edition.handbook) | set(own)  # each page stands in one place
    named = {*_named(plan), *own}
    added = [f"{page}.md" for page in edition.handbook.prose if f"{page}.md" not in named]
    found = _planned(edition, plan, hidden, added)
    at = next((at for at, entry in enumerate(plan) if _is_more(entry)), len(found))
    at -= sum(entry in hidden for entry in plan[:at] if isinstance(entry, str))
    return [*found[:at], *_own(edition), *found[at:]]


def _is_more(entry: Any) -> bool:
    return isinstance(entry, Mapping) and "more" in entry


def _own(edition: Edition) -> Iterator[Any]:
    """Return the region's own entries; their words are shown as they are, and never as markup."""
    for entry in edition.region.menu:
        if entry.page:
            yield f"{entry.page}.md"
        else:
            yield {html.escape(entry.title or ""): html.escape(entry.url or "")}


def _named(plan: Sequence[Any]) -> Iterator[str]:
    for entry in plan:
        if isinstance(entry, Mapping):
            for inner in entry.values():
                yield from _named(inner)
        else:
            yield entry


def _planned(
    edition: Edition, plan: Sequence[Any], hidden: set[str], added: Sequence[str]
) -> list[Any]:
    words = edition.words()
    found: list[Any] = []
    for entry in plan:
        if isinstance(entry, Mapping):
            for key, more in entry.items():
                inner = _planned(edition, more, hidden, ())
                if key.startswith("<"):
                    found += [_with(_section(edition, key.strip("<>")), inner)]
                else:
                    found += [{words(f"nav.{key}"): [*inner, *(added if key == "more" else ())]}]
        elif entry == "<features>":
            found += [f"{where}index.md" for where in feature_pages(edition).values()]
        elif entry.startswith("<"):
            found.append(_section(edition, entry.strip("<>")))
        elif entry not in hidden:
            found.append(entry)
    return found


def _with(section: dict[str, list[Any]], more: list[Any]) -> dict[str, list[Any]]:
    return {title: [*inner, *more] for title, inner in section.items()}


def _section(edition: Edition, name: str) -> dict[str, list[Any]]:
    words = edition.words()
    if name == "phases":
        inner: list[Any] = [_phase(edition, phase) for phase in edition.handbook.all(Phase)]
        return {
            words("nav.phases"): [
                "faser/index.md",
                *inner,
                "beslutninger/index.md",
                "tidslinje/index.md",
            ]
        }
    where, kinds = LISTS[name]
    if len(kinds) > 1:
        inner = [{words(f"kinds.{kind}"): _nav_items(edition, kind)} for kind in kinds]
    else:
        inner = _nav_items(edition, kinds[0])
    title = words(f"nav.{name}") if f"nav.{name}" in words.texts else words(f"kinds.{kinds[0]}")
    return {title: [f"{where}index.md", *inner]}


def _phase(edition: Edition, phase: Phase) -> dict[str, Any]:
    """Return a phase with its steps below it; its own page is the section's."""
    steps = [page.address for page in step_pages(edition) if page.phase is phase]
    pages = [address("phase", phase.id), *steps]
    title = inert(Writing(edition, phase).text(phase.title))
    return {title: [f"{page.rstrip('/')}.md" for page in pages]}


def _nav_items(edition: Edition, kind: str) -> list[str]:
    return [
        address(kind, item.id).rstrip("/") + ".md"
        for item in edition.handbook.all(KINDS[kind].model)
    ]
