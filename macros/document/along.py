"""What comes before and after a page along the process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.content.model import KINDS, Phase
from macros.document.address import address
from macros.document.edition import Edition, Writing
from macros.document.steps import step_pages


@dataclass(frozen=True)
class Stop:
    """A page on the way: its address below the language's root, and its title."""

    address: str
    title: str


def steps_way(edition: Edition) -> list[Stop]:
    """Return the pages of the process in order: each phase, then its steps."""
    stops: list[Stop] = []
    for page in step_pages(edition):
        w = Writing(edition, page.phase)
        if page.number == 1:
            stops.append(Stop(address("phase", page.phase.id), w.text(page.phase.title)))
        stops.append(Stop(page.address, w.text(page.step.title)))
    return stops


def way(edition: Edition) -> list[Stop]:
    """Return the guides and files in the order of the work: for each phase what its steps use.

    What more steps use stands where it is first used; each phase goes before its own. Gates stand
    on the phases' pages, and words in the glossary: they are no stops of their own.
    """
    stops: dict[str, Stop] = {}
    for phase in edition.handbook.all(Phase):
        used = [target for target, uses in edition.uses.items() if uses[0][0].id == phase.id]
        for kind, item_id in (("phase", phase.id), *used):
            item = edition.handbook.items[kind].get(item_id)
            if item is None or not KINDS[kind].address:
                continue
            where = address(kind, item_id)
            stops.setdefault(where, Stop(where, Writing(edition, item).text(item.title)))
    return list(stops.values())


def beside(stops: Sequence[Stop], page: str) -> tuple[Stop | None, Stop | None]:
    """Return what comes before and after the page at an address; None and None off the way."""
    places = [number for number, stop in enumerate(stops) if stop.address == page]
    if not places:
        return None, None
    here = places[0]
    return (
        stops[here - 1] if here else None,
        stops[here + 1] if here + 1 < len(stops) else None,
    )
