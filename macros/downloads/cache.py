"""The cache of finished files: what it gives out is what was made, or it gives out nothing.

Disks rot, builds are killed, and other builds write and prune in the same folder. So a note
beside each file says what it holds, and nothing is taken from the cache without being read
against it. A note that is not exactly as we write it is not believed at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from macros.content.errors import ContentError, Problem
from macros.document.formats import PREVIEW_SUFFIX
from macros.keys import FOLDER
from macros.writers import Gathering, Job, WriterError

with suppress(ImportError):  # where it is missing, two builds at once may make a file twice
    import fcntl

VARIABLE = "NVR_CACHE"
MAX_AGE_DAYS = 60
MAX_AGE_DAYS_GATHERED = 2  # large, and made anew in seconds
SELDOM_SECONDS = 3600
_NOTE = ".note"  # beside each file
_LOCKS = "locks"  # one file for all keys, a byte for each
_LOCKED_DIGITS = 15  # of a key: 60 bits, which every system takes for a place in a file
_GATHERED = "gathered"
_PRUNED = "pruned"  # an empty file, as old as the last look through the cache
_TEMPORARY = re.compile(r"\.([0-9]+)\.[0-9a-f]+\.tmp")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST_PAGES, _MOST_BYTES = 100_000, 1 << 31
NOTE_BYTES = 1000  # a note has about half of it
_TRIES = 3


class Damaged(WriterError):
    """Raised for files of the cache that are not what was made; `args` are their paths."""

    def __str__(self) -> str:
        return f"{self.args[0]}: filen er ikke slik den ble laget. Kontroller disken."


@dataclass(frozen=True)
class Sum:
    """Size in bytes and SHA-256 (hex) of a file; raises ValueError for what cannot be that."""

    size: int
    sha256: str

    def __post_init__(self) -> None:
        # `type`, since True is an int to Python.
        if type(self.size) is not int or not 0 <= self.size <= _MOST_BYTES:
            raise ValueError("no size")
        if type(self.sha256) is not str or not _SHA256.fullmatch(self.sha256):
            raise ValueError("no SHA-256")

    @classmethod
    def of(cls, data: bytes) -> Sum:
        """Return size and hash of the bytes."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True)
class Note:
    """What was made: its pages, where it has any, its file and the picture of the first page."""

    pages: int | None
    file: Sum
    preview: Sum | None = None

    def __post_init__(self) -> None:
        pages = self.pages
        if pages is not None and (type(pages) is not int or not 0 <= pages <= _MOST_PAGES):
            raise ValueError("no number of pages")

    def text(self, name: str) -> bytes:
        """Return the note of the file of that name, with a sum of its own."""
        sums = {"file": self.file, "preview": self.preview}
        held = {part: found and [found.size, found.sha256] for part, found in sums.items()}
        said = json.dumps({"name": name, "pages": self.pages, **held})
        return json.dumps({"note": said, "sha256": Sum.of(said.encode()).sha256}).encode()

    @classmethod
    def read(cls, text: bytes, name: str) -> Note:
        """Return what a note says of the file of that name; raises Damaged."""
        try:
            held: Any = json.loads(json.loads(text.decode())["note"])
            preview = held["preview"]
            note = cls(held["pages"], Sum(*held["file"]), preview and Sum(*preview))
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Damaged(name) from None
        if note.text(name) != text:
            raise Damaged(name)
        return note


def said_folder() -> Path:
    """Return the cache's folder as the environment says, seen from the project's.

    Raises ContentError for an address.
    """
    said = os.environ.get(VARIABLE) or ".cache/nvr"
    if "://" in said:
        hint = "Sett adressen i NVR_STORE. Mellomlageret på denne maskinen står foran den."
        message = "mellomlageret er en mappe på denne maskinen"
        shown = without_key(said)
        raise ContentError([Problem(f"{VARIABLE}={shown}"[:200], 0, 0, "", message, hint)])
    return Path(said)


def without_key(address: str) -> str:
    """Return an address as it may be shown: without user and password, and without its query.

    Who reads a log need not know the key. A password may have `/` and `@` in it.
    """
    scheme, slashes, rest = address.partition("//")
    before, at, after = rest.rpartition("@")
    if at and (":" in before or "/" not in before):
        rest = f"…@{after}"
    return re.sub(r"([?&][^=&]*=)[^&]*", r"\1…", f"{scheme}{slashes}{rest}")


@cache
def own_folder() -> Path:
    """Return the cache's folder of this process's own project, where a worker stands elsewhere.

    No build looks after it, so it is pruned when a worker begins.
    """
    found = Cache(FOLDER.parent / said_folder())
    found.prune()
    return found.folder


@dataclass(frozen=True)
class Cache:
    """A folder of finished files, each with a note."""

    folder: Path

    def read_only(self) -> bool:
        """Return whether files cannot be put in all of the cache, as where another user made it.

        Anything else that is wrong with it is told of when a file is written.
        """
        # Asked so, a folder that may not even be looked into is one that is not there.
        there = next(
            place for place in (self.folder, *self.folder.parents) if os.access(place, os.F_OK)
        )
        if not there.is_dir():
            return False
        shelves = (shelf for shelf in self.folder.glob("*") if shelf.is_dir())
        ours = (os.access(folder, os.W_OK | os.X_OK) for folder in chain([there], shelves))
        return not all(ours)

    def path(self, job: Job) -> Path:
        """Return where the job's file stands once it is made."""
        shelf = _GATHERED if isinstance(job, Gathering) else job.key[:2]
        return self.folder / shelf / (job.key + Path(job.filename).suffix)

    def preview(self, job: Job) -> Path:
        """Return where the picture of the job's first page stands once it is made."""
        return picture_path(self.path(job))

    def note(self, job: Job) -> Note | None:
        """Return the note of the job's file, or None where it is not made; it counts as used.

        What stands there is measured only, since `read` will judge it. Raises Damaged.
        """
        return noted(self.path(job), preview=job.preview)

    def forget(self, job: Job) -> None:
        """Take away the note of the job's file, so that it is made anew by whoever wants it."""
        with suppress(OSError):
            note_path(self.path(job)).unlink()

    def prune(self) -> None:
        """Remove what no build has used for `MAX_AGE_DAYS`, what is gathered sooner.

        What killed builds were writing goes at once.
        """
        for shelves, days in (("??", MAX_AGE_DAYS), (_GATHERED, MAX_AGE_DAYS_GATHERED)):
            oldest = time.time() - days * 86_400
            for path in self.folder.glob(f"{shelves}/*"):
                with suppress(FileNotFoundError):  # another build prunes as well
                    if _is_left(path) or path.lstat().st_mtime < oldest:
                        note_path(path).unlink(missing_ok=True)
                        _remove(path)

    def prune_seldom(self) -> None:
        """Prune, unless somebody did within the hour.

        For the builds of a fleet: each would look through what all of them have made.
        """
        pruned = self.folder / _PRUNED
        with suppress(OSError):
            if time.time() - pruned.lstat().st_mtime < SELDOM_SECONDS:
                return
        self.prune()
        with suppress(OSError):
            pruned.touch()


def noted(path: Path, *, preview: bool) -> Note | None:
    """Return the note of a file of the cache, as `Cache.note` does."""
    try:
        text = _bytes(note_path(path), NOTE_BYTES)
    except FileNotFoundError:
        return None
    except OSError:
        raise Damaged(path) from None
    note = Note.read(text, path.name)
    picture = picture_path(path)
    if not _fits(path, note.file) or (preview and not _fits(picture, note.preview)):
        raise Damaged(path)
    for used in (path, picture, note_path(path)):
        with suppress(OSError):
            os.utime(used)
    return note


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other builds that want the same file of the cache waiting until it is made.

    The lock is a byte of one file, so nothing is left behind, and the system lets go of it
    however the process ends. Where nothing can be locked, the file may be made twice: the bytes
    are the same. A process makes one file at a time, as such a lock is the process's.
    """
    place = int(path.stem[:_LOCKED_DIGITS], 16)
    descriptor = None
    try:
        with suppress(OSError, NameError):
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(path.parent.parent / _LOCKS, flags, 0o666)
            fcntl.lockf(descriptor, fcntl.LOCK_EX, 1, place)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def store(path: Path, data: bytes, pages: int | None, preview: bytes | None) -> Note:
    """Put a finished file in the cache, with the picture of its first page; returns its note.

    The note goes last. The folder is not flushed: a name that is lost with the power is a file
    to make anew, and a name whose file is not there is found.
    """
    note = Note(pages, Sum.of(data), Sum.of(preview) if preview is not None else None)
    if preview is not None:
        _write(picture_path(path), preview)
    _write(path, data)
    _write(note_path(path), note.text(path.name))
    return note


def read(path: Path, wanted: Sum | None) -> bytes:
    """Return a file's bytes, which are those that the sum was made of; raises Damaged."""
    try:
        data = _bytes(path, wanted.size) if wanted else b""
    except OSError:
        raise Damaged(path) from None
    if wanted is None or Sum.of(data) != wanted:
        raise Damaged(path)
    return data


def _bytes(path: Path, most: int) -> bytes:
    """Return a file's bytes, and no more than one above `most`; raises OSError.

    What is a link, or nothing to read to its end, is no file of ours.
    """
    more = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | more)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is no file")
        return file.read(most + 1)


def _fits(path: Path, wanted: Sum | None) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and wanted is not None and found.st_size == wanted.size


def _write(path: Path, data: bytes) -> None:
    """Write a file whole: under another name, flushed to the disk, then renamed.

    It is tried again where the folder or the temporary file is gone: a build in a container,
    which does not see this process, may have pruned it.
    """
    for left in reversed(range(_TRIES)):
        try:
            _write_once(path, data)
        except FileNotFoundError:
            if not left:
                raise
        else:
            return


def _write_once(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)  # where a file of ours stands, nothing else is worth keeping
        temporary.replace(path)
    except OSError as error:
        error.filename = str(path)  # what the reader of the message knows
        raise
    finally:
        with suppress(OSError):
            temporary.unlink()


def _is_left(path: Path) -> bool:
    """Return whether this is what a process that is gone was writing."""
    match = _TEMPORARY.search(path.name)
    if match is None:
        return False
    gone = Path("/proc/self").exists() and not Path(f"/proc/{match[1]}").exists()
    return gone or path.lstat().st_mtime < time.time() - 86_400


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def note_path(path: Path) -> Path:
    """Return where the note of a file of the cache stands."""
    return _beside(path, _NOTE)


def picture_path(path: Path) -> Path:
    """Return where the picture of a file's first page stands."""
    return _beside(path, PREVIEW_SUFFIX)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
