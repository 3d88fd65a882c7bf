"""Downloads: jobs run in a pool of processes, cached by what goes into them.

A file is written under a temporary name and renamed, so a half file is never seen.
"""

from __future__ import annotations

import json
import multiprocessing
import multiprocessing.connection
import os
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from macros.writers import Job
from macros.writers.page import FileFacts

MAX_AGE_DAYS = 60
NOTE = ".note"  # beside each file: how many pages it has


def _die_with_parent() -> None:
    """Start a thread that ends this process when the parent is gone, even by SIGKILL."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@dataclass
class Cache:
    """A folder of finished files, each with a note of its pages."""

    folder: Path

    def path(self, job: Job) -> Path:
        """Return where the job's file stands once it is made."""
        return self.folder / job.key[:2] / (job.key + Path(job.filename).suffix)

    def facts(self, job: Job) -> FileFacts | None:
        """Return the file's facts, or None when it is not made yet."""
        path = self.path(job)
        try:
            pages = json.loads(_note(path).read_text(encoding="utf-8"))["pages"]
            size = path.stat().st_size
            os.utime(path)
        except (OSError, ValueError, KeyError):
            return None
        return FileFacts(size, pages)

    def prune(self) -> None:
        """Remove files that no build has used for `MAX_AGE_DAYS`."""
        oldest = time.time() - MAX_AGE_DAYS * 86_400
        for path in self.folder.glob("??/*"):
            if path.suffix != NOTE and path.stat().st_mtime < oldest:
                _note(path).unlink(missing_ok=True)
                path.unlink(missing_ok=True)


def _note(path: Path) -> Path:
    return path.with_name(path.name + NOTE)


def make(job: Job, folder: Path) -> FileFacts:
    """Make the job's file in the cache at `folder`; runs in a worker."""
    path = Cache(folder).path(job)
    rendered = job.render(job.payload)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(_note(path), json.dumps({"pages": rendered.pages}).encode())
    _write(path, rendered.data)
    return FileFacts(len(rendered.data), rendered.pages)


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@dataclass(frozen=True)
class Offer:
    """A finished file: where it stands in the cache, and what a reader is told of it."""

    path: Path
    facts: FileFacts


@dataclass
class Pool:
    """The downloads of one build. `start` returns at once, `join` when all are made."""

    cache: Cache
    done: dict[str, FileFacts] = field(default_factory=dict)
    _waiting: dict[str, Future[FileFacts]] = field(default_factory=dict)
    _executor: ProcessPoolExecutor | None = None

    def start(self, jobs: Iterable[Job]) -> None:
        """Begin to make every file that the cache does not have."""
        for job in sorted(jobs, key=lambda job: -job.weight):
            if job.key in self.done or job.key in self._waiting:
                continue
            if facts := self.cache.facts(job):
                self.done[job.key] = facts
                continue
            if self._executor is None:
                self._executor = ProcessPoolExecutor(
                    max_workers=os.cpu_count() or 1,
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=_die_with_parent,
                )
            self._waiting[job.key] = self._executor.submit(make, job, self.cache.folder)

    @property
    def idle(self) -> bool:
        """Return whether nothing had to be made."""
        return not self._waiting

    def offer(self, job: Job) -> Offer:
        """Return the finished file of a job that this pool has made or found."""
        return Offer(self.cache.path(job), self.done[job.key])

    def join(self) -> None:
        """Wait for every file; raises the first error of a writer."""
        try:
            for key, future in self._waiting.items():
                self.done[key] = future.result()
        finally:
            self.stop()

    def stop(self) -> None:
        """End the workers; files not begun are left out."""
        self._waiting.clear()
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None
