"""The handbook: all items of one language, loaded, merged with twins and cross-checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from macros.content.base import SOURCE_LANGUAGE, Item, Language, Page
from macros.content.entries import UNREAD, Entry, Key, load_item, read_items
from macros.content.errors import Problem, suggest
from macros.content.example import Example, mismatches
from macros.content.files import TWIN_LANGUAGES, meant, not_read, passed_over, source_files
from macros.content.hiding import unlink
from macros.content.hours import hour_problems
from macros.content.layering import lay_over
from macros.content.load import DataPath, expect_mapping
from macros.content.model import KINDS
from macros.content.overlay import Adapted, Entries, Overlaid, RegionChange, RegionFolder
from macros.content.raw_markup import raw_texts
from macros.content.region_page import RegionPage
from macros.content.steps import step_problems
from macros.content.template import Template
from macros.content.text import Ref, ValueRef
from macros.content.twins import merge
from macros.content.values import value_problems
from macros.content.walk import references, walk
from macros.content.ways import way_problems
from macros.content.written import VALUE

T = TypeVar("T", bound=Item)
WHOLE_NAME = "handboken"  # the stem of the files that hold everything


@dataclass(frozen=True)
class Handbook:
    """All items of one language, by kind and id. Items without a twin are in bokmål.

    `adapted` names what the region changed or added, `hidden` the titles of what it hides,
    `prose` its own pages.
    """

    language: Language
    items: Mapping[str, Mapping[str, Item]]
    adapted: Mapping[Key, Adapted] = field(default_factory=dict)
    hidden: Mapping[Key, str] = field(default_factory=dict)
    prose: Mapping[str, RegionPage] = field(default_factory=dict)

    def get(self, kind: str, item_id: str) -> Item:
        """Return the item; raises KeyError with a Norwegian text when there is none."""
        if kind not in self.items:
            raise KeyError(f"ukjent slag «{kind}». {suggest(kind, self.items)}".strip())
        if item_id not in self.items[kind]:
            hint = suggest(item_id, self.items[kind])
            raise KeyError(f"{kind} «{item_id}» finnes ikke. {hint}".strip())
        return self.items[kind][item_id]

    def find(self, model: type[T], item_id: str) -> T:
        """Return the item of a kind; raises KeyError like `get`."""
        item = self.get(model.kind, item_id)
        if not isinstance(item, model):
            raise KeyError(f"{model.kind} «{item_id}» finnes ikke.")
        return item

    def all(self, model: type[T]) -> list[T]:
        """Return the items of a kind: by `order` where it has one, else by title."""
        found = [item for item in self.items[model.kind].values() if isinstance(item, model)]
        return sorted(found, key=lambda item: (getattr(item, "order", 0), item.title.casefold()))

    def pages(self) -> Iterator[Page]:
        """Return every item that has a page of its own."""
        for kind in KINDS.values():
            if kind.address:
                for item in self.all(kind.model):
                    if isinstance(item, Page):
                        yield item


@dataclass
class Loaded:
    """What loading gave: a handbook a language, missing twins, what the region changed."""

    handbooks: dict[Language, Handbook]
    missing: dict[Language, list[str]]
    # (page id, the problem if there is no such prose page), for every `page/<id>` link.
    page_links: list[tuple[str, Problem]]
    changes: tuple[RegionChange, ...] = ()
    # Items that have a file, and what the region hides, with the place where it says so.
    declared: set[Key] = field(default_factory=set)
    hidden: Mapping[Key, Problem] = field(default_factory=dict)


def load_handbooks(
    root: Path, problems: list[Problem], region: RegionFolder | None = None
) -> Loaded:
    """Return the handbook in every language, with the region's folder laid over it.

    Adds everything that is wrong to `problems`.
    """
    declared = _declared(root, problems)
    national: Entries = {SOURCE_LANGUAGE: _sources(root, declared, problems)}
    for language in TWIN_LANGUAGES:
        sources = national[SOURCE_LANGUAGE]
        national[language] = _twins(root, language, sources, declared, problems)
    laid = Overlaid(national, declared)
    if region is not None:
        laid = lay_over(region, national, declared, problems)
        unlink(laid, region, problems)
    entries = laid.entries[SOURCE_LANGUAGE]
    page_links: list[tuple[str, Problem]] = []
    for own in laid.entries.values():
        for entry in own.values():
            problems.extend(_dangling(entry, laid))
            problems.extend(_repeated(entry))
            problems.extend(raw_texts(entry.item, entry.source, entry.prefix))
            page_links.extend(_page_links(entry))
    problems.extend(_same_download(entries))
    problems.extend(_ill_fitting(entries, laid))
    problems.extend(way_problems(entries))
    problems.extend(value_problems(entries))
    problems.extend(hour_problems(entries))
    problems.extend(step_problems(entries))
    titles = {
        key: national[SOURCE_LANGUAGE][key].item.title if key[0] != "page" else ""
        for key in laid.hidden
        if key[0] == "page" or key in national[SOURCE_LANGUAGE]
    }
    handbooks = {
        language: _handbook(language, {**entries, **own}, laid, titles)
        for language, own in laid.entries.items()
    }
    missing = {
        language: [f"{kind}/{item_id}" for kind, item_id in entries if (kind, item_id) not in own]
        for language, own in laid.entries.items()
        if language != SOURCE_LANGUAGE
    }
    changes = tuple(laid.changes)
    return Loaded(handbooks, missing, page_links, changes, laid.declared, laid.hidden)


def _handbook(
    language: Language, entries: Mapping[Key, Entry], laid: Overlaid, hidden: Mapping[Key, str]
) -> Handbook:
    items: dict[str, dict[str, Item]] = {name: {} for name in KINDS}
    for (kind, item_id), entry in entries.items():
        items[kind][item_id] = entry.item
    return Handbook(language, items, laid.adapted[language], hidden)


def _declared(root: Path, problems: list[Problem]) -> set[Key]:
    """Return the items that have a file, valid or not; one key of a shared file is added later.

    A file with an error, or a wrong name, is reported once, not again at every reference to it.
    """
    declared = {
        (kind.name, path.stem)
        for kind in KINDS.values()
        if not kind.one_file
        for path in source_files(root, kind)
    }
    for path in passed_over(root):
        problems.append(not_read(root, path))
        if found := meant(root, path):
            kind, stem = found
            declared.add((kind.name, UNREAD if kind.one_file else stem))
    return declared


def _sources(root: Path, declared: set[Key], problems: list[Problem]) -> dict[Key, Entry]:
    """Return the valid items of the source language; add all there are to `declared`."""
    found: dict[Key, Entry] = {}
    for kind in KINDS.values():
        read = read_items(root, kind, SOURCE_LANGUAGE, problems, unread=declared)
        for item_id, source, prefix in read:
            key = (kind.name, item_id)
            declared.add(key)
            if expect_mapping(source, prefix, problems):
                item = load_item(kind, item_id, source, prefix, SOURCE_LANGUAGE, problems)
                if item:
                    found[key] = Entry(kind, item_id, source, prefix, item)
                    problems.extend(_disordered(found[key]))
    return found


def _twins(
    root: Path,
    language: Language,
    entries: Mapping[Key, Entry],
    declared: set[Key],
    problems: list[Problem],
) -> dict[Key, Entry]:
    twins: dict[Key, Entry] = {}
    for kind in KINDS.values():
        for item_id, source, prefix in read_items(root, kind, language, problems):
            entry = entries.get((kind.name, item_id))
            if entry is None:
                if not {(kind.name, item_id), (kind.name, UNREAD)} & declared:
                    known = [known for name, known in declared if name == kind.name]
                    hint = suggest(item_id, known)
                    message = f"oversetter {kind.name} «{item_id}», som ikke finnes"
                    problems.append(source.problem(prefix, message, hint, key=True))
            elif expect_mapping(source, prefix, problems):
                merged = merge(entry.source, source, prefix, entry.item, problems)
                item = merged and load_item(kind, item_id, merged, prefix, language, problems)
                if merged and item:
                    twins[kind.name, item_id] = Entry(kind, item_id, merged, prefix, item)
    return twins


def _dangling(entry: Entry, laid: Overlaid) -> Iterator[Problem]:
    declared = laid.declared
    for path, (kind, item_id) in references(entry.item):
        known = {(kind, item_id), (kind, UNREAD)} & declared or kind == "page"
        if known or (kind, item_id) in laid.hidden:
            continue
        if kind not in KINDS:
            message, hint = f"ukjent slag «{kind}»", suggest(kind, KINDS)
        else:
            message = f"{kind} «{item_id}» finnes ikke"
            hint = suggest(item_id, [known for name, known in declared if name == kind])
        sought = VALUE + item_id if kind == ValueRef.kind else ""
        yield entry.source.problem(entry.prefix + path, message, hint, sought=sought)


def _repeated(entry: Entry) -> Iterator[Problem]:
    """Return the errors about lists that name an item twice, or the item that they stand in."""
    seen: set[tuple[DataPath, Key]] = set()
    for path, value in walk(entry.item):
        if not isinstance(value, Ref) or not path or not isinstance(path[-1], int):
            continue
        if value.target == entry.key and not value.to_itself:
            message = f"«{value}» viser til seg selv"
        elif (path[:-1], value.target) in seen:
            message = f"«{value}» står to ganger"
        else:
            seen.add((path[:-1], value.target))
            continue
        yield entry.source.problem(entry.prefix + path, message, "Ta bort linjen.")


def _disordered(entry: Entry) -> Iterator[Problem]:
    """Return the error about a change log that does not have the newest change first."""
    changes = entry.item.changes if isinstance(entry.item, Page) else ()
    for index, (newer, older) in enumerate(pairwise(changes)):
        if newer.date < older.date:
            message = f"er nyere enn endringen over ({newer.date})"
            path = (*entry.prefix, "changes", index + 1, "date")
            yield entry.source.problem(path, message, "Den nyeste endringen skal stå øverst.")


def _page_links(entry: Entry) -> Iterator[tuple[str, Problem]]:
    for path, (kind, page_id) in references(entry.item):
        if kind == "page":
            message = f"siden «{page_id}» finnes ikke i docs"
            yield page_id, entry.source.problem(entry.prefix + path, message)


def download_name(item: Item) -> str | None:
    """Return the stem of the item's downloads, such as `intervju-bedrift`, or None."""
    prefix = KINDS[item.kind].prefix
    return None if prefix is None else prefix + item.id


def _same_download(entries: Mapping[Key, Entry]) -> Iterator[Problem]:
    seen: dict[str, Entry] = {}
    for entry in entries.values():
        name = download_name(entry.item)
        if name is None:
            continue
        if name == WHOLE_NAME:
            message = f"navnet {name} er holdt av til filen med alt"
            yield entry.source.problem(entry.prefix, message, "Gi filen et annet navn.")
        elif name in seen:
            other = seen[name].source.file
            message = f"filen {name}.pdf er alt tatt av {other}"
            yield entry.source.problem(entry.prefix, message, "Gi den ene et annet navn.")
        seen[name] = entry


def _ill_fitting(entries: Mapping[Key, Entry], laid: Overlaid) -> Iterator[Problem]:
    """Return what does not fit between each example and its template."""
    adapted = laid.adapted[SOURCE_LANGUAGE]
    ways = "Endre eksemplet i regionens mappe også, eller skjul det med hide i region.yml."
    for entry in entries.values():
        if isinstance(entry.item, Example):
            found = entries.get(entry.item.template.target)
            if found and isinstance(found.item, Template):
                moved = found.key in adapted and entry.key not in adapted
                for path, message, near in mismatches(entry.item, found.item):
                    hint = ways if moved else near
                    yield entry.source.problem(entry.prefix + path, message, hint)
