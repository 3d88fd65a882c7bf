"""The finder's model: what can be found, and the facts it is chosen by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from macros.content.base import Language, Page
from macros.content.guides import Meeting, Workshop
from macros.content.model import KINDS, Phase, Role
from macros.document.address import address
from macros.document.edition import Edition, Writing, length

ADDRESS = "finn/"  # below the language's root
# In the order in which they are listed.
FOUND_KINDS = tuple(kind.name for kind in KINDS.values() if kind.found)


@dataclass(frozen=True)
class People:
    """How many persons something is for; `most` is None where there is no upper limit."""

    least: int
    most: int | None


@dataclass(frozen=True)
class Entry:
    """One thing to find: what it is, and what the reader may choose it by.

    `address` is below the language's root. `phases`, `leads` and `roles` are ids, in the
    handbook's order; `leads` carry it out, `roles` have any part in it. `minutes` is None where
    the work has no set length, `people` where it is not done in a group. `time` and `size` say
    the same in words, in the entry's own language; they are empty where there is nothing to say.
    """

    kind: str
    id: str
    language: Language
    address: str
    title: str
    summary: str
    phases: tuple[str, ...]
    leads: tuple[str, ...]
    roles: tuple[str, ...]
    minutes: int | None
    people: People | None
    time: str
    size: str

    @property
    def slug(self) -> str:
        """Return the kind as it stands in addresses."""
        return slug(self.kind)


def slug(kind: str) -> str:
    """Return a kind's name for addresses: the last part of where its pages are."""
    return (KINDS[kind].address or kind).rpartition("/")[2]


def entries(edition: Edition) -> tuple[Entry, ...]:
    """Return all guides, surveys, templates and checklists of an edition, kind by kind."""
    return tuple(
        _entry(edition, item)
        for kind in FOUND_KINDS
        for item in edition.handbook.all(KINDS[kind].model)
        if isinstance(item, Page)
    )


def _entry(edition: Edition, item: Page) -> Entry:
    w = Writing(edition, item)
    time = length(w.words, item.takes) if item.takes else w.text(item.time_said)
    people, size = _people(w, item)
    return Entry(
        kind=item.kind,
        id=item.id,
        language=item.language,
        address=address(item.kind, item.id),
        title=w.text(item.title),
        summary=w.text(item.summary),
        phases=_phases(edition, item),
        leads=_in_order(edition, item.led_by),
        roles=_in_order(edition, item.led_by | item.joined_by),
        minutes=item.takes,
        people=people,
        time=time,
        size=size,
    )


def _people(w: Writing, item: Page) -> tuple[People | None, str]:
    """Return for how many an item is: a meeting takes all who come, from two on."""
    if isinstance(item, Workshop):
        least, most = item.group.min, item.group.max
        return People(least, most), w.words("people.range", min=least, max=most)
    if isinstance(item, Meeting):
        return People(2, None), w.words("people.groups", n=len(item.participants))
    return None, ""


def _in_order(edition: Edition, roles: Collection[str]) -> tuple[str, ...]:
    return tuple(role.id for role in edition.handbook.all(Role) if role.id in roles)


def _phases(edition: Edition, item: Page) -> tuple[str, ...]:
    """Return the phases of an item; without any of its own, those whose steps use it."""
    every = [phase.id for phase in edition.handbook.all(Phase)]
    own = set(item.in_phases)
    if not own:
        own.update(phase.id for phase, _ in edition.uses.get((item.kind, item.id), []))
    return tuple(phase for phase in every if not own or phase in own)
