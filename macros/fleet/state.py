"""What a fleet remembers between runs: a file of JSON beside the sites, replaced in one step.

It lies in `<out>.rapport/`, with the report, what each region said, and the list of each site's
files; what is published holds nothing of it.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from macros.building.faults import BuildError
from macros.fleet.prints import Hashes, Print, digest
from macros.site.stage import lock

_FILE, _VERSION = "tilstand.json", 1
# What an edition says of itself on the page that finds it, and in the map.
FACTS = ("name", "municipalities", "languages", "address")
REMOVED = "removed"  # the ending of a region whose folder and site are both gone
Counts = dict[str, dict[str, int]]  # by what became of the files, then by kind


@dataclass(frozen=True)
class Good:
    """The site that stands: what it was made of, what it came to, and what it says of itself.

    An attempt that failed may have been of another name, in other languages: they are not out.
    """

    whole: str
    code: str
    settings: str
    content: str  # the hash of the content's own hashes, which stand once
    region: Hashes
    files: int
    bytes: int
    at: str
    name: str = ""  # the national edition has none
    municipalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Record:
    """What is known of one region: what it says of itself, how it went last, and its good site.

    `outcome` is `built` or `failed`, or `new` where nobody has tried; `errors` is what stopped it,
    as it was said. `changes` are those of the last site that was built, which had none before it
    where `first` is set.
    """

    slug: str
    folder: str
    outcome: str
    name: str = ""
    municipalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    address: str = ""
    errors: str = ""
    warnings: tuple[str, ...] = ()
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    changes: Counts = field(default_factory=dict)
    seconds: float = 0
    cpu: float = 0
    at: str = ""
    good: Good | None = None
    first: bool = False


@dataclass
class State:
    """The records of all regions that a fleet has built, and the content that they were made of.

    `endings` is what became of each region in this run, and `untried` those that nothing is known
    of; neither is kept.
    """

    records: dict[str, Record] = field(default_factory=dict)
    contents: dict[str, Hashes] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    untried: dict[str, Record] = field(default_factory=dict)

    def before(self, slug: str) -> Print | None:
        """Return what a region's site was made of, None where it has none."""
        record = self.records.get(slug)
        good = record.good if record else None
        if good is None:
            return None
        return Print(good.code, good.settings, self.contents.get(good.content, {}), good.region)

    def put(self, record: Record, content: Hashes) -> None:
        """Take a region's new record, and the content where its site was made of it."""
        self.records[record.slug] = record
        if record.good and record.good.content not in self.contents:
            self.contents[record.good.content] = dict(content)
        used = {one.good.content for one in self.records.values() if one.good}
        self.contents = {name: held for name, held in self.contents.items() if name in used}


def content_name(content: Hashes) -> str:
    """Return the hash by which the content's hashes are kept."""
    return digest(json.dumps(sorted(content.items())).encode())


@dataclass(frozen=True)
class Room:
    """The folder with all that is known of the sites in `out`."""

    out: Path

    @property
    def folder(self) -> Path:
        """Return the folder, beside the one that is published."""
        return self.out.with_name(f"{self.out.name}.rapport")

    def log(self, slug: str) -> Path:
        """Return where what a region's build says is kept."""
        return self.folder / f"{slug}.txt"

    def list(self, slug: str) -> Path:
        """Return where the list of the files of a region's site is kept."""
        return self.folder / f"{slug}.filer.json"

    def read(self) -> tuple[State, str]:
        """Return the state, and why it is empty where it cannot be read."""
        try:
            return _state(json.loads((self.folder / _FILE).read_text(encoding="utf-8"))), ""
        except FileNotFoundError:
            return State(), ""
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return State(), (
                f"{self.folder / _FILE} kan ikke leses. "
                "Derfor blir alle utgavene bygget på nytt. Nettstedene er urørt."
            )

    def write(self, state: State) -> None:
        """Put a new state in the old one's place; raises OSError."""
        # In ASCII: a file's name may have bytes that are no text.
        records = [asdict(record) for _, record in sorted(state.records.items())]
        said = {"version": _VERSION, "regions": records, "contents": state.contents}
        put_whole(self.folder / _FILE, json.dumps(said).encode())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder as long as a fleet is built; raises BuildError where another does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            try:
                held.callback(os.close, lock(self.folder))
            except BlockingIOError:
                raise BuildError(
                    f"En annen nvr fleet build bygger i {self.out}."
                    " Vent til den er ferdig, eller velg en annen mappe med --out."
                ) from None
            except OSError:
                pass  # nothing can be locked here
            yield


def put_whole(path: Path, data: bytes) -> None:
    """Write a file under another name and put it in the old one's place; raises OSError."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _state(said: Any) -> State:
    if said["version"] != _VERSION:
        raise ValueError("another version's")
    records = [_record(dict(one)) for one in said["regions"]]
    return State({record.slug: record for record in records}, dict(said["contents"]))


def _record(said: dict[str, Any]) -> Record:
    good = said.pop("good")
    for name in ("municipalities", "languages", "warnings"):
        said[name] = tuple(said[name])
    said["sections"] = tuple((title, tuple(lines)) for title, lines in said["sections"])
    return Record(**said, good=_good(good, said) if good else None)


def _good(good: dict[str, Any], said: dict[str, Any]) -> Good:
    """Return the site that stands; where an older file does not say its facts, the region's do."""
    facts = {name: good.get(name, said[name]) for name in FACTS}
    return Good(**{**good, **facts, **{name: tuple(facts[name]) for name in FACTS[1:3]}})
