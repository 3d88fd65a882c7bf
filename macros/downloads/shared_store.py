"""A store of finished files behind the caches of several machines, at any address of fsspec.

It is laid out as the cache's folder is, and what is read from it is judged as that is. It saves
time and is never needed: whatever is wrong with it, a build goes on with its own cache.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from macros.content.errors import ContentError, Problem
from macros.downloads.cache import (
    NOTE_BYTES,
    Damaged,
    Note,
    Sum,
    note_path,
    picture_path,
    read,
    said_folder,
    store,
    without_key,
)
from macros.writers import WriterError

VARIABLE = "NVR_STORE"
_MARK = "nvr.txt"  # says at once whether a store answers, takes what is put there, and is a store
_MARK_TEXT = "Ferdige filer fra Næringsvennlig region. De kan slettes, og blir laget på nytt.\n"
_PAUSE = 300  # seconds in which a process leaves a store alone that has failed it
_QUICK, _LONG = 10, 120  # seconds that a small and a large answer may take
_SHOWN = 200  # characters of what a store said
_FULL = re.compile("StorageFull|QuotaExceeded|InsufficientStorage|507")  # S3 has no code for it
_OURS = "Installer den med make .venv/.fleet."


@dataclass(frozen=True)
class Trouble:
    """Why a store was left alone, or was not written to; empty where it was."""

    reading: str = ""
    writing: str = ""

    def __or__(self, other: Trouble) -> Trouble:
        return Trouble(self.reading or other.reading, self.writing or other.writing)


class NotHere(WriterError):
    """Raised for a file that a worker elsewhere made and the store does not give."""

    def __init__(self, name: str, store: SharedStore, trouble: Trouble) -> None:
        why = trouble.reading or trouble.writing
        told = f"{name}: en Dask-arbeider laget filen, men den kom ikke hit gjennom {store}"
        advice = "Sett NVR_STORE og nøkkelen også der arbeideren starter"
        super().__init__(f"{told}: {why or advice}.")


@dataclass(frozen=True)
class SharedStore:
    """A store as it is told to workers: by its address. Keys are the environment's own matter."""

    address: str

    def __str__(self) -> str:
        return without_key(self.address)

    @classmethod
    def said(cls) -> SharedStore | None:
        """Return the store that the environment names; raises ContentError if it cannot be one."""
        said_folder()  # where the address may have been put
        address = os.environ.get(VARIABLE, "").strip().rstrip("/")
        if not address:
            return None
        found = cls(address)
        if wrong := _no_address(address):
            raise ContentError([Problem(f"{VARIABLE}={found}"[:_SHOWN], 0, 0, "", *wrong)])
        return found

    def unusable(self) -> str:
        """Return why the store cannot be used, or nothing; it is marked as one of ours."""
        text = _MARK_TEXT.encode()
        try:
            opened = _opened(self.address)
            try:
                opened.read({_MARK: len(text)}, _QUICK)
            except (FileNotFoundError, Damaged):
                return self._marked(opened, text)
        except Exception as error:  # every implementation has errors of its own
            return _why(error, self.address)
        return ""

    def _marked(self, opened: _Opened, text: bytes) -> str:
        try:
            opened.write({_MARK: text}, _QUICK)
        except FileNotFoundError as error:
            return _why(error, self.address)
        except Exception as error:
            opened.fail("writing", error)  # it may have been filled by who may write
        return ""

    def fetch(self, path: Path, *, preview: bool) -> tuple[Note | None, bool]:
        """Bring a file into the cache: its note, or none; and whether what was there was damaged.

        No more is read than the note's size and a byte. Raises OSError for the cache's own disk.
        """
        if self.trouble().reading:
            return None, False
        try:
            opened = _opened(self.address)
            note, data = opened.file(path, preview=preview)
        except FileNotFoundError:  # also of one whose time was up, and whose note's was not
            return None, False
        except Damaged:
            return None, True
        except Exception as error:
            _opened_or_not(self.address).fail("reading", error)
            return None, False
        store(path, data[0], note.pages, data[1] if note.preview else None)
        return note, False

    def put(self, path: Path, note: Note) -> None:
        """Put a file of the cache in the store, its note last."""
        trouble = self.trouble()
        if trouble.reading or trouble.writing:
            return
        try:
            files = {place(path): read(path, note.file)}
            if note.preview:
                files[place(picture_path(path))] = read(picture_path(path), note.preview)
        except Damaged:  # as whoever wants it will find
            return
        try:
            opened = _opened(self.address)
            opened.write(files, _LONG)
            opened.write({place(note_path(path)): note.text(path.name)}, _QUICK)
        except Exception as error:
            _opened_or_not(self.address).fail("writing", error)

    def keep(self, path: Path, note: Note) -> None:
        """Put a file of the cache in the store, unless it is there."""
        if self.trouble().reading:
            return
        try:
            there = _opened(self.address).note(path) == note
        except (FileNotFoundError, Damaged):
            there = False
        except Exception as error:
            _opened_or_not(self.address).fail("reading", error)
            return
        if not there:
            self.put(path, note)

    def trouble(self) -> Trouble:
        """Return what this process has against the store at the moment."""
        return _opened_or_not(self.address).trouble()


def place(path: Path) -> str:
    """Return where in a store a file of the cache is: its shelf, and its name."""
    return f"{path.parent.name}/{path.name}"


@dataclass
class _Failures:
    """What a process has met, and until when it does not ask again."""

    address: str
    met: dict[str, tuple[float, str]] = field(default_factory=dict)

    def fail(self, way: str, error: Exception) -> None:
        self.met[way] = (time.monotonic() + _PAUSE, _why(error, self.address))

    def trouble(self) -> Trouble:
        now = time.monotonic()
        return Trouble(**{way: why for way, (until, why) in self.met.items() if now < until})


@dataclass
class _Opened:
    """A store that a process has opened: bounded reads, and whole writes."""

    system: Any
    root: str
    failures: _Failures

    def fail(self, way: str, error: Exception) -> None:
        self.failures.fail(way, error)

    def note(self, path: Path) -> Note:
        """Return the note of a file; raises FileNotFoundError, Damaged."""
        (text,) = self.read({place(note_path(path)): NOTE_BYTES}, _QUICK)
        return Note.read(text, path.name)

    def file(self, path: Path, *, preview: bool) -> tuple[Note, list[bytes]]:
        """Return note, file and picture, each as it was made."""
        note = self.note(path)
        if preview and note.preview is None:
            raise Damaged(path)
        wanted = {path: note.file}
        if note.preview:
            wanted[picture_path(path)] = note.preview
        data = self.read({place(one): held.size for one, held in wanted.items()}, _LONG)
        if [Sum.of(one) for one in data] != list(wanted.values()):
            raise Damaged(path)
        return note, data

    def read(self, wanted: Mapping[str, int], seconds: int) -> list[bytes]:
        """Return files, of each no more than a byte above the size that is said."""
        names = [f"{self.root}/{name}" for name in wanted]
        ends = [size + 1 for size in wanted.values()]
        found = self.system.cat_ranges(names, [0] * len(names), ends, **self._within(seconds))
        for name, one in zip(names, found, strict=True):
            if isinstance(one, BaseException):
                if self._is_no_file(name, one):
                    raise Damaged(name)
                raise one
        return list(found)

    def _is_no_file(self, name: str, error: BaseException) -> bool:
        """Return whether an error is that of a folder, or of nothing: it has no first byte."""
        if isinstance(error, IsADirectoryError):
            return True
        empty = isinstance(error, OSError) and error.errno == errno.EINVAL
        return empty and not self.system.size(name, **self._within(_QUICK))

    def write(self, files: Mapping[str, bytes], seconds: int) -> None:
        """Write files; a shelf that is missing is made, and never the store itself."""
        whole = {f"{self.root}/{name}": data for name, data in files.items()}
        within = self._within(seconds)
        try:
            self.system.pipe(whole, **within)
        except FileNotFoundError:
            shelf = next(iter(whole)).rpartition("/")[0]
            if shelf == self.root:
                raise
            with suppress(FileExistsError):
                self.system.mkdir(shelf, create_parents=False, **within)
            self.system.pipe(whole, **within)

    def _within(self, seconds: int) -> dict[str, int]:
        # The others have no such limit but their own.
        return {"timeout": seconds} if self.system.async_impl else {}


@cache
def _opened_or_not(address: str) -> _Failures:
    return _Failures(address)


@cache
def _opened(address: str) -> _Opened:
    from fsspec.core import url_to_fs

    system, root = url_to_fs(address)
    return _Opened(system, root.rstrip("/"), _opened_or_not(address))


def _no_address(address: str) -> tuple[str, str] | None:
    """Return what is wrong with an address and what to do, or None; nothing is connected to."""
    scheme, slashes, rest = address.partition("://")
    if not slashes or not rest.strip("/"):
        hint = "Skriv for eksempel s3://bøtte/mappe, eller file:///srv/nvr for en mappe."
        return "er ikke en adresse til et lager", hint
    try:
        known = import_module("fsspec.registry")
        for one in scheme.split("::"):
            known.get_filesystem_class(one)
    except ValueError:
        return (
            f"«{scheme}://» er ikke en kjent type adresse",
            "Se etter skrivefeil, for eksempel s3://.",
        )
    except ImportError as error:
        missing = error.__cause__ if isinstance(error.__cause__, ImportError) else error
        name = (missing.name or scheme).partition(".")[0]
        ours = name in ("fsspec", "s3fs")
        own = f"Installer den med .venv/bin/python -m pip install {name}."
        return f"pakken {name} er ikke installert", _OURS if ours else own
    return None


def _why(error: Exception, address: str) -> str:
    """Return in one line why the store at an address failed, for who has to mend it."""
    kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
    told = "det svarte med en feil"
    if isinstance(error, PermissionError) or "Credentials" in kinds:
        told = "det gir ikke tilgang: nøkkelen, eller brukeren som bygger, må få lese og skrive"
    elif isinstance(error, FileNotFoundError):
        told = "bøtten eller mappen finnes ikke, og må lages først"
    elif isinstance(error, TimeoutError) or "Connect" in kinds:
        told = "det svarer ikke"
    elif getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT) or _FULL.search(
        f"{error} {error.__cause__}"
    ):
        told = "det er fullt"
    elif isinstance(error, NotImplementedError) or getattr(error, "errno", 0) == errno.EROFS:
        told = "det kan bare leses"
    said = " ".join(_without_key(str(error), address).split())[:_SHOWN] or type(error).__name__
    return f"{told} ({said})"


def _without_key(text: str, address: str) -> str:
    """Return what a library said without what is hidden of an address."""
    user = address.partition("//")[2].rpartition("@")[0]
    secrets = (user, unquote(user), *user.split(":", 1), *unquote(user).split(":", 1))
    if without_key(address) != address:
        for secret in sorted(secrets, key=len, reverse=True):
            text = text.replace(secret, "…") if len(secret) > 2 else text
    return text


@dataclass
class Account:
    """What a build has had from its store."""

    fetched: int = 0
    spoilt: int = 0
    trouble: Trouble = field(default_factory=Trouble)

    def take(self, trouble: Trouble, *, fetched: bool, spoilt: bool) -> None:
        """Count what came of one file."""
        self.fetched += fetched
        self.spoilt += spoilt
        self.trouble |= trouble

    def lines(self, store: SharedStore) -> list[str]:
        """Return what a build says of its store when it has ended."""
        found = []
        trouble = self.trouble | store.trouble()
        if self.fetched:
            found.append(f"{_files(self.fetched)} ble hentet fra lageret {store}.")
        if self.spoilt:
            told = f"{_files(self.spoilt)} i lageret {store} var skadet, og er laget på nytt."
            found.append(told)
        if why := trouble.reading:
            found.append(unused(store, why))
        elif why := trouble.writing:
            found.append(f"Lageret {store} tok ikke imot filer: {why}. Utgaven mangler ingenting.")
        return found


def _files(count: int) -> str:
    return "1 fil" if count == 1 else f"{count} filer"


def unused(store: SharedStore, why: str) -> str:
    """Return the line that says that a build goes on without its store."""
    told = f"Lageret {store} blir ikke brukt: {why}."
    return f"{told} Byggingen går videre uten, men kan ta lengre tid."
