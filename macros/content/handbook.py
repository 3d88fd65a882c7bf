"""The handbook: all items of one language, loaded, merged with twins and cross-checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE, Item, Language, Page
from macros.content.errors import Problem, suggest
from macros.content.example import Example, mismatches
from macros.content.files import meant, not_read, passed_over, source_files, twin_files
from macros.content.load import DataPath, Source, expect_mapping, read_yaml
from macros.content.model import KINDS, Kind
from macros.content.template import Template
from macros.content.twins import merge
from macros.content.validate import build
from macros.content.walk import references

T = TypeVar("T", bound=Item)
Key = tuple[str, str]
WHOLE_NAME = "handboken"  # the stem of the files that hold everything
UNREAD = "*"  # stands for every item of a shared file that could not be read


@dataclass(frozen=True)
class Handbook:
    """All items of one language, by kind and id. Items without a twin are in bokmål."""

    language: Language
    items: Mapping[str, Mapping[str, Item]]

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
class _Entry:
    kind: Kind
    item_id: str
    source: Source
    prefix: DataPath
    item: Item


@dataclass
class Loaded:
    """What loading gave: a handbook a language, missing twins, warnings."""

    handbooks: dict[Language, Handbook]
    missing: dict[Language, list[str]]
    # (page id, the problem if there is no such prose page), for every `page/<id>` link.
    page_links: list[tuple[str, Problem]]


def load_handbooks(root: Path, problems: list[Problem]) -> Loaded:
    """Return the handbook in every language; add everything that is wrong to `problems`."""
    declared = _declared(root, problems)
    entries = {
        (entry.kind.name, entry.item_id): entry
        for kind in KINDS.values()
        for entry in _entries(root, kind, declared, problems)
    }
    by_language: dict[Language, dict[Key, _Entry]] = {SOURCE_LANGUAGE: entries}
    missing: dict[Language, list[str]] = {}
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            twins = _twins(root, language, entries, declared, problems)
            by_language[language] = {**entries, **twins}
            missing[language] = [
                f"{kind}/{item_id}" for kind, item_id in entries if (kind, item_id) not in twins
            ]
    page_links: list[tuple[str, Problem]] = []
    for language, found in by_language.items():
        for entry in found.values():
            if entry.item.language == language:
                problems.extend(_dangling(entry, declared))
                page_links.extend(_page_links(entry))
    problems.extend(_same_download(entries))
    problems.extend(_ill_fitting(entries))
    handbooks = {language: _handbook(language, found) for language, found in by_language.items()}
    return Loaded(handbooks, missing, page_links)


def _handbook(language: Language, entries: Mapping[Key, _Entry]) -> Handbook:
    items: dict[str, dict[str, Item]] = {name: {} for name in KINDS}
    for (kind, item_id), entry in entries.items():
        items[kind][item_id] = entry.item
    return Handbook(language, items)


def _sources(
    root: Path, kind: Kind, declared: set[Key], problems: list[Problem]
) -> Iterator[tuple[Source, str | None]]:
    """Return (source, id) for files of a kind; id is None when one file holds all."""
    for path in source_files(root, kind):
        source = read_yaml(path, path.relative_to(root).as_posix(), problems)
        if source and expect_mapping(source, (), problems):
            yield source, None if kind.one_file else path.stem
        elif kind.one_file:
            declared.add((kind.name, UNREAD))


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


def _entries(
    root: Path, kind: Kind, declared: set[Key], problems: list[Problem]
) -> Iterator[_Entry]:
    for source, stem in _sources(root, kind, declared, problems):
        prefixes: list[DataPath] = [(key,) for key in source.data] if stem is None else [()]
        for prefix in prefixes:
            item_id = stem or str(prefix[0])
            declared.add((kind.name, item_id))
            if expect_mapping(source, prefix, problems):
                item = _item(kind, item_id, source, prefix, SOURCE_LANGUAGE, problems)
                if item:
                    yield _Entry(kind, item_id, source, prefix, item)


def _item(
    kind: Kind,
    item_id: str,
    source: Source,
    prefix: DataPath,
    language: Language,
    problems: list[Problem],
) -> Item | None:
    data = source.data
    for part in prefix:
        data = data[part]
    for key in ("id", "language"):
        if key in data:
            problems.append(
                source.problem((*prefix, key), "settes av filnavnet og skal ikke stå her", key=True)
            )
    found = build(kind.model, source, prefix, {**data, "id": item_id, "language": language})
    if isinstance(found, list):
        problems.extend(found)
        return None
    return found


def _twins(
    root: Path,
    language: Language,
    entries: Mapping[Key, _Entry],
    declared: set[Key],
    problems: list[Problem],
) -> dict[Key, _Entry]:
    twins: dict[Key, _Entry] = {}
    for kind in KINDS.values():
        for source, stem in _twin_sources(root, kind, language, problems):
            ids = [stem] if stem else [str(key) for key in source.data]
            for item_id in ids:
                entry = entries.get((kind.name, item_id))
                prefix: DataPath = () if stem else (item_id,)
                if entry is None:
                    if not {(kind.name, item_id), (kind.name, UNREAD)} & declared:
                        known = [known for name, known in declared if name == kind.name]
                        hint = suggest(item_id, known)
                        message = f"oversetter {kind.name} «{item_id}», som ikke finnes"
                        problems.append(source.problem(prefix, message, hint, key=True))
                elif expect_mapping(source, prefix, problems):
                    merged = merge(entry.source, source, prefix, entry.item, problems)
                    item = merged and _item(kind, item_id, merged, prefix, language, problems)
                    if merged and item:
                        twins[kind.name, item_id] = _Entry(kind, item_id, merged, prefix, item)
    return twins


def _twin_sources(
    root: Path, kind: Kind, language: Language, problems: list[Problem]
) -> Iterator[tuple[Source, str | None]]:
    for path in twin_files(root, kind, language):
        source = read_yaml(path, path.relative_to(root).as_posix(), problems)
        if source and expect_mapping(source, (), problems):
            yield source, None if kind.one_file else path.name.removesuffix(f".{language}.yml")


def _dangling(entry: _Entry, declared: set[Key]) -> Iterator[Problem]:
    for path, (kind, item_id) in references(entry.item):
        if {(kind, item_id), (kind, UNREAD)} & declared or kind == "page":
            continue
        if kind not in KINDS:
            message, hint = f"ukjent slag «{kind}»", suggest(kind, KINDS)
        else:
            message = f"{kind} «{item_id}» finnes ikke"
            hint = suggest(item_id, [known for name, known in declared if name == kind])
        yield entry.source.problem(entry.prefix + path, message, hint)


def _page_links(entry: _Entry) -> Iterator[tuple[str, Problem]]:
    for path, (kind, page_id) in references(entry.item):
        if kind == "page":
            message = f"siden «{page_id}» finnes ikke i docs"
            yield page_id, entry.source.problem(entry.prefix + path, message)


def download_name(item: Item) -> str | None:
    """Return the stem of the item's downloads, such as `intervju-bedrift`, or None."""
    prefix = KINDS[item.kind].prefix
    return None if prefix is None else prefix + item.id


def _same_download(entries: Mapping[Key, _Entry]) -> Iterator[Problem]:
    seen: dict[str, _Entry] = {}
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


def _ill_fitting(entries: Mapping[Key, _Entry]) -> Iterator[Problem]:
    """Return what does not fit between each example and its template."""
    for entry in entries.values():
        if isinstance(entry.item, Example):
            found = entries.get(entry.item.template.target)
            if found and isinstance(found.item, Template):
                for path, message, hint in mismatches(entry.item, found.item):
                    yield entry.source.problem(entry.prefix + path, message, hint)
