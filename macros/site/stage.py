"""The stage: where a site is built, and how it takes the old one's place, whole.

Beside the site, a folder `.site-<random>-<name>` holds all of one build: `site`, the builds
of other languages and, where a system cannot swap two folders, the old site for a moment.
The build holds a lock on it (flock(2)). The system lets go of the lock when the process
ends, however it ends, also in another container or on another host, where a process's number
says nothing. So what nobody holds was left by a killed build, and may be removed.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

with suppress(ImportError):  # a system without it opens no folder either, see `lock`
    import fcntl

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NEW, _OLD = "site", "old"
_A_DAY = 86_400


@dataclass(frozen=True)
class Stage:
    """A build's folder beside the site, where the new site stands until it is whole."""

    site: Path
    room: Path
    held: ExitStack  # the lock on `room`

    @classmethod
    def beside(cls, site: Path) -> Stage:
        """Return a new stage for `site`, after clearing what killed builds have left.

        A site that is a link is built beside what it leads to. Raises OSError where the site
        cannot be swapped: it is a mount, or the folder around it cannot be written.
        """
        site = site.resolve()
        if site.is_mount():
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(site))
        site.parent.mkdir(parents=True, exist_ok=True)
        held = ExitStack()
        with _alone(site.parent):
            for left in site.parent.glob(f".site-????????-{glob.escape(site.name)}"):
                if not _in_use(left):
                    _remove(left, site)
            ending = f"-{site.name}"
            room = Path(tempfile.mkdtemp(prefix=".site-", suffix=ending, dir=site.parent))
            with suppress(OSError):
                held.callback(os.close, lock(room))
        return cls(site, room, held)

    @property
    def folder(self) -> Path:
        """Return where the new site is built."""
        return self.room / _NEW

    def publish(self) -> None:
        """Put the new site in the old one's place, in one step where the system can."""
        _flush(self.folder)
        with _alone(self.site.parent):
            if self.site.exists():
                _exchange(self.folder, self.site, self.room / _OLD)
            else:
                self.folder.rename(self.site)
        self.discard()

    def discard(self) -> None:
        """Remove the stage; the site stays as it is."""
        with _alone(self.site.parent):
            _remove(self.room, self.site)
        self.held.close()


def _remove(room: Path, site: Path) -> None:
    """Remove a stage; one that was left between two renames gives the old site back first."""
    if (room / _OLD).exists() and not site.exists():
        (room / _OLD).rename(site)
    shutil.rmtree(room, ignore_errors=True)


def _exchange(new: Path, site: Path, aside: Path) -> None:
    """Swap two folders: renameat2(2) with RENAME_EXCHANGE on Linux, else two renames."""
    renameat2 = _system("renameat2")
    if renameat2 and not renameat2(
        _AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(site), _RENAME_EXCHANGE
    ):
        return
    site.rename(aside)
    new.rename(site)


def _flush(folder: Path) -> None:
    """Have a file system write what it holds back: a loss of power may not empty the new site."""
    if syncfs := _system("syncfs"):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            syncfs(descriptor)
        finally:
            os.close(descriptor)


def _system(name: str) -> Any:
    """Return a function of the C library, or None where it has none of that name."""
    return getattr(ctypes.CDLL(None), name, None) if os.name == "posix" else None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other builds waiting that come to the same point, where the folder can be locked."""
    with ExitStack() as held:
        with suppress(OSError):
            held.callback(os.close, lock(folder, wait=True))
        yield


def lock(folder: Path, *, wait: bool = False) -> int:
    """Return the descriptor that holds the folder's lock until it is closed.

    Raises BlockingIOError when another holds it, OSError where folders cannot be locked: on
    Windows, and on network drives that lock files only.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _in_use(room: Path) -> bool:
    """Return whether a build is at work in a stage; where no lock can tell, for one day."""
    try:
        os.close(lock(room))
    except BlockingIOError:
        return True
    except OSError:
        with suppress(OSError):
            return time.time() - room.stat().st_mtime < _A_DAY
        return True  # it has just gone
    return False
