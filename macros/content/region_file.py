"""`region.yml` read, and what it names looked up: municipalities, pages, dates, a photo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.content.errors import ContentError, Problem, suggest
from macros.content.load import DataPath, Source, expect_mapping, read_yaml
from macros.content.model import Phase
from macros.content.municipalities import Municipality, find_municipality, not_one
from macros.content.people import QUOTED
from macros.content.photo import Photo, load_photo
from macros.content.raw_markup import raw_texts
from macros.content.region import Region
from macros.content.text import Plain
from macros.content.timeline import faults
from macros.content.validate import build

Table = Mapping[str, Municipality]


@dataclass(frozen=True)
class RegionFile:
    """What `region.yml` holds: a region, or None where it is invalid, and its values' places."""

    region: Region | None
    source: Source


@dataclass(frozen=True)
class Known:
    """What a region may name: surveys and pages by id, and the phases that its dates are of."""

    surveys: Iterable[str]
    pages: Iterable[str]
    phases: Sequence[Phase]


def load_region(folder: Path, label: str, problems: list[Problem]) -> RegionFile | None:
    """Return what `region.yml` in `folder` holds; add everything that is wrong to `problems`.

    None when it cannot be read. What it names is looked up later, by `looked_up`.
    """
    source = read_yaml(folder / "region.yml", f"{label}/region.yml", problems)
    if source is None or not expect_mapping(source, (), problems):
        return None
    found = build(Region, source, (), source.data)
    if isinstance(found, list):
        problems.extend(found)
        return RegionFile(None, source)
    problems.extend(raw_texts(found, source, ()))
    return RegionFile(found, source)


def looked_up(
    file: RegionFile | None,
    folder: Path,
    table: Callable[[], Table],
    known: Known,
    problems: list[Problem],
) -> tuple[Region | None, tuple[Municipality, ...], Photo | None]:
    """Return the region with the numbers of its municipalities, these, and its photo.

    What it names wrongly is added to `problems`. The table is read only for a region that
    names municipalities.
    """
    if file is None:
        return None, (), None
    region, municipalities = _municipalities(file, table, problems)
    problems.extend(_unknown_surveys(file.source, known.surveys))
    photo = None
    if file.region:
        problems.extend(_unknown_pages(file.region, file.source, known.pages))
        problems.extend(_impossible_dates(file.region, file.source, known.phases))
        wanted = file.region.front.photo
        photo = load_photo(folder, wanted.path, file.source, problems) if wanted else None
    return region, municipalities, photo


def _municipalities(
    file: RegionFile, table: Callable[[], Table], problems: list[Problem]
) -> tuple[Region | None, tuple[Municipality, ...]]:
    region, data = file.region, file.source.data
    own = list(_listed(data.get("municipalities"), ("municipalities",)))
    people = [("contacts", *at) for at, named in region.contacts.named() if named] if region else []
    if not own and not people:
        return region, ()
    try:
        towns = Towns(table(), file.source, problems)
    except ContentError as error:
        problems.extend(error.problems)
        return region, ()
    numbers = towns.of_region(own)
    changed: dict[DataPath, tuple[str, ...]] = {("municipalities",): numbers}
    for path in people:
        place = (*path, "municipalities")
        changed[place] = towns.of_person(_listed(_at(data, place), place), numbers)
    found = tuple(towns.table[number] for number in numbers)
    return (_with(region, changed) if region else None), found


@dataclass(frozen=True)
class Towns:
    """Looks up municipalities that a file names; what is not one of them becomes a problem."""

    table: Table
    source: Source
    problems: list[Problem]

    def of_region(self, listed: Iterable[tuple[DataPath, str]]) -> tuple[str, ...]:
        """Return the numbers of the region's municipalities, each of which may stand once."""
        numbers: dict[str, str] = {}
        for path, written in listed:
            number = self._number(path, written)
            # The same text twice has been told of.
            if number in numbers and numbers[number] != written:
                message = f"{number} {self.table[number].name} er nevnt to ganger"
                self.problems.append(self.source.problem(path, message, "Ta bort den ene."))
            elif number:
                numbers[number] = written
        return tuple(numbers)

    def of_person(
        self, listed: Iterable[tuple[DataPath, str]], own: Sequence[str]
    ) -> tuple[str, ...]:
        """Return the numbers of a person's municipalities, which are among the region's."""
        found = []
        for path, written in listed:
            number = self._number(path, written)
            if number and number not in own:
                message = f"{self.table[number].name} er ikke blant kommunene i utgaven"
                hint = "Legg kommunen til i municipalities øverst i filen, eller ta den bort her."
                self.problems.append(self.source.problem(path, message, hint))
            found += [number] if number else []
        return tuple(found)

    def _number(self, path: DataPath, written: str) -> str:
        numbers = find_municipality(written, self.table)
        if len(numbers) == 1:
            return numbers[0]
        message, hint = not_one(written, numbers, self.table)
        self.problems.append(self.source.problem(path, message, hint))
        return ""


def _listed(named: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    for at, written in enumerate(named if isinstance(named, list) else ()):
        if isinstance(written, str):
            yield (*path, at), written


def _at(data: Any, path: DataPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _with(region: Region, numbers: Mapping[DataPath, tuple[str, ...]]) -> Region:
    """Return the region with numbers where it named municipalities in any way."""

    def put(value: Any, path: DataPath, found: tuple[Plain, ...]) -> Any:
        if not path:
            return found
        first, rest = path[0], path[1:]
        if isinstance(value, tuple):
            at = int(first)
            return (*value[:at], put(value[at], rest, found), *value[at + 1 :])
        return value.model_copy(update={first: put(getattr(value, str(first)), rest, found)})

    for path, found in numbers.items():
        region = put(region, path, tuple(map(Plain, found)))
    return region


def _unknown_surveys(source: Source, surveys: Iterable[str]) -> Iterator[Problem]:
    """Return a problem for each survey that is not in the list given."""
    known = sorted(surveys)
    group = source.data.get("surveys")
    addresses = group.get("addresses") if isinstance(group, dict) else None
    for survey in addresses if isinstance(addresses, dict) else ():
        if survey not in known:
            hint = suggest(survey, known) or f"Undersøkelsene er {', '.join(known)}."
            path = ("surveys", "addresses", survey)
            message = f"undersøkelsen «{survey[:QUOTED]}» finnes ikke"
            yield source.problem(path, message, hint, key=True)


def _unknown_pages(region: Region, source: Source, pages: Iterable[str]) -> Iterator[Problem]:
    known = set(pages)
    shown: set[str] = set()
    for at, entry in enumerate(region.menu):
        page = entry.page
        if page is None:
            continue
        path = ("menu", at, "page")
        if page == "index":
            yield source.problem(path, "forsiden er alltid med i menyen", "Ta den bort her.")
        elif page not in known:
            hint = suggest(page, known) or "Skriv navnet på en fil i docs, uten .md."
            yield source.problem(path, f"siden «{page[:QUOTED]}» finnes ikke", hint)
        elif page in shown:
            yield source.problem(path, f"siden «{page}» står i menyen fra før", "Ta bort den ene.")
        shown.add(page)


def _impossible_dates(region: Region, source: Source, phases: Sequence[Phase]) -> Iterator[Problem]:
    for path, message, hint in faults(region.starts, phases) if region.starts and phases else ():
        yield source.problem(("starts", *path), message, hint)
