"""Lays the files of a region's folder over the national entries, one by one.

A patch must say `based_on`: the version of the national item that it was written for. So a
later change there is seen. Errors in a patched item have their place in the region's file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE, Item, Language, Page
from macros.content.entries import UNREAD, Entry, Key, load_item, read_items, value_at
from macros.content.errors import Problem, found_text, path_text, suggest
from macros.content.files import TWIN_LANGUAGES
from macros.content.load import DataPath, Source, expect_mapping, read_yaml
from macros.content.model import KINDS
from macros.content.overlay import (
    Adapted,
    Entries,
    Overlaid,
    RegionChange,
    RegionFolder,
    fingerprint,
    in_short,
    strays,
)
from macros.content.patch import REPLACE, Patched, lay, leaves, not_whole
from macros.content.text import ValueRef
from macros.content.twins import TRANSLATES, drift, merge, replaced
from macros.content.validate import QUOTES
from macros.content.walk import texts

BASED_ON = "based_on"
STANDING = ("phase", "gate")  # the process itself: no region adds or takes away any of it
_SHOWN = 200  # characters of the national change log that a warning repeats


def lay_over(
    region: RegionFolder,
    national: Entries,
    declared: set[Key],
    problems: list[Problem],
) -> Overlaid:
    """Return the national entries with the region's folder laid over.

    `declared` are the national items that have a file. Adds all that is wrong in the
    region's files to `problems`, with the place in the region's file.
    """
    found = Overlaid({language: dict(own) for language, own in national.items()}, set(declared))
    problems.extend(strays(region, found.declared))
    _Layering(region, national, found, problems).run()
    return found


class _Layering:
    """The region's files, taken one by one."""

    def __init__(
        self,
        region: RegionFolder,
        national: Entries,
        found: Overlaid,
        problems: list[Problem],
    ) -> None:
        self.region, self.national, self.found, self.problems = region, national, found, problems
        self.base = national[SOURCE_LANGUAGE]
        self.patched: dict[Key, tuple[Patched, Source]] = {}
        self.own: set[Key] = set()  # items that the region wrote whole

    def run(self) -> None:
        self._hide()
        for language in LANGUAGES:
            for kind in KINDS.values():
                unread = self.found.declared
                for item_id, source, prefix in read_items(
                    self.region.path,
                    kind,
                    language,
                    self.problems,
                    label=self.region.prefix,
                    unread=unread,
                ):
                    key = (kind.name, item_id)
                    if not expect_mapping(source, prefix, self.problems):
                        self.found.declared.add(key)
                    elif language == SOURCE_LANGUAGE:
                        self._source(key, source, prefix)
                    else:
                        self._twin(language, key, source, prefix)
        for language in TWIN_LANGUAGES:
            self._without_twins(language)

    def _hide(self) -> None:
        """Take away what `hide` names; the references to it are mended later."""
        source = read_yaml(self.region.path / "region.yml", f"{self.region.label}/region.yml", [])
        for index, name in enumerate(self.region.hide):
            kind, _, item_id = name.partition("/")
            key = (kind, item_id)
            at = source.problem(("hide", index), "") if source else Problem("", 0, 0, "", "")
            if kind in STANDING:
                message = "faser og beslutningspunkter kan ikke skjules; prosessen bygger på dem"
                self.problems.append(replace(at, message=message))
            elif kind == ValueRef.kind:
                message = "verdier kan ikke skjules; tekstene bygger på dem"
                self.problems.append(replace(at, message=message))
            elif kind == "page":
                self.found.hidden[key] = at
            elif kind not in KINDS:
                hint = suggest(kind, [*KINDS, "page"])
                self.problems.append(replace(at, message=f"ukjent slag «{kind}»", suggestion=hint))
            elif key not in self.found.declared:
                hint = suggest(item_id, self._known(kind))
                message = f"{kind} «{item_id}» finnes ikke"
                self.problems.append(replace(at, message=message, suggestion=hint))
            else:
                self.found.hidden[key] = at
                self.found.declared.discard(key)
                for entries in self.found.entries.values():
                    entries.pop(key, None)
                self.found.changes.append(RegionChange("hidden", name))

    def _adapted(self, key: Key, how: Adapted) -> None:
        """Note what the region did; no language shows the national texts until they are checked."""
        for language in LANGUAGES:
            self.found.adapted[language][key] = how
            if language != SOURCE_LANGUAGE:
                self.found.entries[language].pop(key, None)

    def _known(self, kind: str) -> list[str]:
        return [item_id for name, item_id in self.found.declared if name == kind]

    def _source(self, key: Key, source: Source, prefix: DataPath) -> None:
        kind, item_id = key
        national = self.base.get(key)
        data = value_at(source.data, prefix)
        if key in self.found.hidden:
            message = f"{kind} «{item_id}» er skjult i region.yml"
            hint = "Ta den ut av hide, eller ta bort filen."
            self.problems.append(source.problem(prefix, message, hint, key=True))
        elif national is None and key in self.found.declared:
            pass  # the national file has errors of its own, which are told
        elif national is None:
            self._new(key, source, prefix, data)
        elif REPLACE in data:
            self._replace(national, source, prefix, data)
        else:
            self._patch(national, source, prefix)

    def _new(self, key: Key, source: Source, prefix: DataPath, data: dict[str, Any]) -> None:
        kind, item_id = key
        self.found.declared.add(key)
        standing = {BASED_ON, REPLACE} & data.keys()
        if standing or kind in STANDING:
            at = (*prefix, sorted(standing)[0]) if standing else prefix
            known = [name for found, name in self.base if found == kind]
            hint = suggest(item_id, known) or f"De som finnes, er {', '.join(sorted(known))}."
            message = f"{kind} «{item_id}» finnes ikke i den nasjonale utgaven"
            self.problems.append(source.problem(at, message, hint, key=True))
            return
        if self._whole(key, source, prefix):
            self.found.changes.append(RegionChange("added", f"{kind}/{item_id}"))
            self._adapted(key, "added")

    def _replace(
        self, national: Entry, source: Source, prefix: DataPath, data: dict[str, Any]
    ) -> None:
        if data[REPLACE] is not True:
            message = f"skal være true, fikk {found_text(data[REPLACE])}"
            self.problems.append(source.problem((*prefix, REPLACE), message))
            return
        self._moved(national, source, prefix)
        if self._whole(national.key, _unmarked(source, prefix), prefix):
            self.found.changes.append(RegionChange("replaced", "/".join(national.key)))
            self._adapted(national.key, "changed")

    def _whole(self, key: Key, source: Source, prefix: DataPath) -> bool:
        """Put in an item that the region wrote whole; return whether it is valid."""
        kind, item_id = key
        item = load_item(KINDS[kind], item_id, source, prefix, SOURCE_LANGUAGE, self.problems)
        self.own.add(key)
        if item:
            entry = Entry(KINDS[kind], item_id, source, prefix, item)
            self.found.entries[SOURCE_LANGUAGE][key] = entry
        return item is not None

    def _patch(self, national: Entry, source: Source, prefix: DataPath) -> None:
        self._moved(national, source, prefix)
        before = len(self.problems)
        own = _unmarked(source, prefix)
        patched = lay(national.source, own, prefix, self.problems)
        item = None
        if len(self.problems) == before:
            item = self._item(national, patched.source, own, SOURCE_LANGUAGE, patched)
        if item is None:
            return
        self.patched[national.key] = patched, own
        self.found.entries[SOURCE_LANGUAGE][national.key] = replace(
            national, source=patched.source, item=item
        )
        self._adapted(national.key, "changed")
        self._tell(national, patched)

    def _tell(self, national: Entry, patched: Patched) -> None:
        for difference in patched.differences:
            self.found.changes.append(
                RegionChange(
                    "changed",
                    "/".join(national.key),
                    path_text(difference.path),
                    in_short(difference.national),
                    in_short(difference.region),
                )
            )

    def _item(
        self,
        base: Entry,
        source: Source,
        own: Source,
        language: Language,
        patched: Patched | None = None,
    ) -> Item | None:
        """Return the patched item; an error in it is told at the place in the region's file."""
        wrong: list[Problem] = []
        item = load_item(base.kind, base.item_id, source, base.prefix, language, wrong)
        wrong = not_whole(patched, own, wrong) if patched else wrong
        self.problems.extend(_caused_by(problem, own, base.prefix) for problem in wrong)
        return item

    def _moved(self, national: Entry, source: Source, prefix: DataPath) -> None:
        """Tell when the patch does not say, or is not up with, what it was written for."""
        now = fingerprint(national)
        said = value_at(source.data, prefix).get(BASED_ON)
        if said is None:
            hint = f'Skriv {BASED_ON}: "{now}" når teksten passer til den nasjonale utgaven.'
            message = f"mangler nøkkelen «{BASED_ON}»"
            self.problems.append(source.problem(prefix, message, hint))
        elif not isinstance(said, str):
            message = f"skal være en tekst, fikk {found_text(said)}"
            self.problems.append(source.problem((*prefix, BASED_ON), message, QUOTES))
        elif said != now:
            message = f"er skrevet for {said}, men den nasjonale utgaven har {now}"
            hint = f"{_news(national.item, said)}Se om endringen passer ennå, og skriv «{now}»."
            told = source.problem((*prefix, BASED_ON), message, hint)
            self.problems.append(replace(told, severity="warning"))

    def _twin(self, language: Language, key: Key, source: Source, prefix: DataPath) -> None:
        kind, item_id = key
        entry = self.found.entries[SOURCE_LANGUAGE].get(key)
        national = self.national[language].get(key)
        if entry is None:
            self._twin_of_nothing(key, source, prefix)
        elif key in self.own:
            merged = merge(entry.source, source, prefix, entry.item, self.problems)
            item = merged and load_item(
                entry.kind, item_id, merged, prefix, language, self.problems
            )
            if merged and item:
                self.found.entries[language][key] = replace(entry, source=merged, item=item)
        elif national is None:
            message = f"blir ikke vist, for {kind} «{item_id}» finnes ikke på {language} nasjonalt"
            told = source.problem(prefix, message)
            self.problems.append(replace(told, severity="warning"))
        elif key in self.patched:
            self._twin_of_patch(language, national, source)
        else:
            self._texts_alone(language, national, source)

    def _twin_of_nothing(self, key: Key, source: Source, prefix: DataPath) -> None:
        kind, item_id = key
        if {key, (kind, UNREAD)} & self.found.declared:
            return  # its source has errors of its own, which are told
        message = f"oversetter {kind} «{item_id}», som ikke finnes"
        hint = suggest(item_id, self._known(kind))
        self.problems.append(source.problem(prefix, message, hint, key=True))

    def _twin_of_patch(self, language: Language, national: Entry, twin: Source) -> None:
        """Lay a twin of a patch over the national twin: it has a text for each of the patch's."""
        patched, own = self.patched[national.key]
        prefix = national.prefix
        theirs = leaves(value_at(twin.data, prefix))
        theirs.pop((TRANSLATES,), None)
        wanted = _own_texts(self.found.entries[SOURCE_LANGUAGE][national.key].item, patched)
        ours = leaves(value_at(own.data, prefix))
        before = len(self.problems)
        self.problems.extend(drift(own.file, ours, twin, prefix, theirs, set(wanted.values())))
        if len(self.problems) == before:
            new = {path: (theirs[own_path], twin, own_path) for path, own_path in wanted.items()}
            self._put_twin(language, national, new, twin)

    def _put_twin(
        self,
        language: Language,
        national: Entry,
        new: Mapping[DataPath, tuple[Any, Source, DataPath]],
        own: Source,
    ) -> None:
        """Put in the patched item in a language: the national twin's texts, and `new`."""
        patched, _ = self.patched[national.key]
        prefix = national.prefix
        entry = self.found.entries[SOURCE_LANGUAGE][national.key]
        known = {
            path: (
                value_at(national.data, patched.origin[path]),
                national.source,
                patched.origin[path],
            )
            for path, _ in texts(entry.item)
            if path in patched.origin
        }
        source = replaced(patched.source, prefix, {**known, **new})
        item = self._item(entry, source, own, language)
        if item:
            self.found.entries[language][national.key] = replace(entry, source=source, item=item)

    def _texts_alone(self, language: Language, national: Entry, twin: Source) -> None:
        """Lay a twin over the national twin where the region has no patch of the source."""
        prefix, key = national.prefix, national.key
        self._moved(self.base[key], twin, prefix)
        own = _unmarked(twin, prefix)
        before = len(self.problems)
        patched = lay(national.source, own, prefix, self.problems)
        self.problems.extend(_more_than_texts(national, patched, own, language))
        if not any(problem.severity == "error" for problem in self.problems[before:]):
            item = self._item(national, patched.source, own, language)
            if item:
                new = replace(national, source=patched.source, item=item)
                self.found.entries[language][key] = new
                self.found.adapted[language][key] = "changed"
                self._tell(national, patched)

    def _without_twins(self, language: Language) -> None:
        """Keep the national twin of a patch that changes no text: there is nothing to translate."""
        for key, (patched, own) in self.patched.items():
            national = self.national[language].get(key)
            untouched = national and key not in self.found.entries[language]
            item = self.found.entries[SOURCE_LANGUAGE][key].item
            if national and untouched and not _own_texts(item, patched):
                self._put_twin(language, national, {}, own)


def _more_than_texts(
    national: Entry, patched: Patched, own: Source, language: Language
) -> Iterator[Problem]:
    """Return the errors about what a twin alone may not change: all that is not text."""
    name = f"{own.file.removesuffix(f'.{language}.yml')}.yml"
    old, new = leaves(national.data), leaves(value_at(patched.source.data, national.prefix))
    wanted = {path for path, _ in texts(national.item)}
    if old.keys() != new.keys():
        message = f"kan bare endre tekster; punkter legges til og tas bort i {name}"
        yield own.problem(national.prefix, message)
        return
    for path, at in patched.placed.items():
        if path not in wanted and old[path] != new[path]:
            message = f"er ikke en tekst, og skal stå i {name}"
            yield own.problem(national.prefix + at, message, key=True)


def _own_texts(item: Item, patched: Patched) -> dict[DataPath, DataPath]:
    """Return the texts that the region wrote: path in the item, path in the patch."""
    return {path: patched.placed[path] for path, _ in texts(item) if path in patched.placed}


def _unmarked(source: Source, prefix: DataPath) -> Source:
    """Return the source without the keys that say what kind of a patch an item is."""
    data = value_at(source.data, prefix)
    kept: Any = {key: value for key, value in data.items() if key not in (BASED_ON, REPLACE)}
    for part in reversed(prefix):
        kept = {part: kept}
    return replace(source, data=kept)


def _news(item: Item, said: str) -> str:
    """Return what the national change log says of the versions after `said`."""
    lines: list[str] = []
    for change in item.changes if isinstance(item, Page) else ():
        if change.version == said:
            text = "; ".join(lines)
            return f"Nytt siden: {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''} "
        lines.append(f"{change.version} {change.text}")
    return ""


def _caused_by(problem: Problem, own: Source, prefix: DataPath) -> Problem:
    """Return an error in a patched item with its place in the region's file."""
    if problem.file == own.file:
        return problem
    where = problem.where.removeprefix(path_text(prefix)).lstrip(".")
    data = value_at(own.data, prefix)
    near = [key for key in data if where.startswith(key)] or list(data)[:1]
    at = own.place((*prefix, *near[:1]), key=True)
    hint = f"Verdien står i {problem.file}:{problem.line}. Skriv den i denne filen også."
    return replace(problem, file=at.file, line=at.line, column=at.column, suggestion=hint)
