"""What is gathered from several documents: packages of files, and the whole handbook."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from macros.content.base import Item
from macros.content.example import Example
from macros.content.handbook import WHOLE_NAME
from macros.content.model import KINDS, Phase, Role
from macros.content.template import Template
from macros.document import blocks as b
from macros.document.address import address
from macros.document.compose import compose, compose_glossary, compose_phases
from macros.document.edition import Edition
from macros.document.formats import files


@dataclass(frozen=True)
class Group:
    """Documents of one kind, under its name in the plural."""

    title: str
    documents: tuple[b.Document, ...]


@dataclass(frozen=True)
class Package:
    """Files that are downloaded together.

    `name` is the stem of its file, `address` its page below the language's root, `updated`
    the newest change of any document in it.
    """

    name: str
    title: str
    summary: str
    address: str
    updated: dt.date
    groups: tuple[Group, ...]

    def files(self) -> Iterator[tuple[b.Document, str]]:
        """Return (document, file name) for each file in the package."""
        for document, _, file in self.formats():
            yield document, file

    def formats(self) -> Iterator[tuple[b.Document, str, str]]:
        """Return (document, format, file name) for each file in the package."""
        for group in self.groups:
            for document in group.documents:
                for name, file in files(document):
                    if name != "zip":
                        yield document, name, file


def packages(edition: Edition) -> Iterator[Package]:
    """Return the package of each phase, then the one of everything."""
    words = edition.words()
    for phase in edition.handbook.all(Phase):
        groups = _groups(edition, phase.id)
        title = words("package.phase.title", phase=phase.title)
        where = address(phase.kind, phase.id)
        summary = words("package.phase.summary")
        yield Package(phase.id, title, summary, where, _newest(groups), groups)
    groups = _groups(edition)
    title, summary = words("package.whole.title"), words("package.whole.summary")
    yield Package(WHOLE_NAME, title, summary, "", _newest(groups), groups)


def whole(edition: Edition) -> Package:
    """Return the whole handbook: every document, and what has no file of its own."""
    words = edition.words()
    groups = _groups(edition)
    newest = _newest(groups)

    def named(document: b.Document, name: str) -> b.Document:
        return dataclasses.replace(
            document,
            name=f"{WHOLE_NAME}-{name}",
            language=document.language,
            updated=document.updated or newest,
        )

    overview = Group(words("list.phases.title"), (named(compose_phases(edition), "faser"),))
    roles = tuple(
        named(compose(edition, role), f"rolle-{role.id}") for role in edition.handbook.all(Role)
    )
    glossary = Group(words("list.glossary.title"), (named(compose_glossary(edition), "ordliste"),))
    every = (overview, *groups, Group(words("kinds.role"), roles), glossary)
    title, summary = words("package.whole.title"), words("package.whole.summary")
    return Package(WHOLE_NAME, title, summary, "", newest, every)


def _groups(edition: Edition, phase: str | None = None) -> tuple[Group, ...]:
    """Return the documents with files, of one phase when it is named, by kind."""
    words, found = edition.words(), []
    for name, kind in KINDS.items():
        if kind.prefix is None:
            continue
        items = [
            item
            for item in edition.handbook.all(kind.model)
            if phase is None or phase in _phases(edition, item)
        ]
        if items:
            documents = tuple(compose(edition, item) for item in items)
            found.append(Group(words(f"kinds.{name}"), documents))
    return tuple(found)


def _phases(edition: Edition, item: Item) -> tuple[str, ...]:
    """Return the phases that an item is used in."""
    if isinstance(item, Example):
        return edition.handbook.find(Template, item.template).in_phases
    return item.in_phases


def _newest(groups: tuple[Group, ...]) -> dt.date:
    return max(
        document.updated for group in groups for document in group.documents if document.updated
    )
