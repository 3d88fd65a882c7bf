"""Downloads: jobs run in a pool of processes, cached by what goes into them.

A file is written under a temporary name and renamed, so a half file is never seen.
"""

from __future__ import annotations

import heapq
import itertools
import json
import multiprocessing
import multiprocessing.connection
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.document.formats import PREVIEW_SUFFIX
from macros.writers import Gathering, Job, Rendered
from macros.writers.page import FileFacts

MAX_AGE_DAYS = 60
MAX_AGE_DAYS_GATHERED = 2  # large, and made anew in seconds
NOTE = ".note"  # beside each file: its number of pages
_GATHERED = "gathered"


def _die_with_parent() -> None:
    """Start a thread that ends this process when the parent is gone, even by SIGKILL."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def unheard() -> Iterator[None]:
    """Keep Ctrl-C from the processes that are started meanwhile: who started them ends them.

    A terminal sends it to all, and each would tell of it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(frozen=True)
class Cache:
    """A folder of finished files, each with a note of its pages."""

    folder: Path

    def path(self, job: Job) -> Path:
        """Return where the job's file stands once it is made."""
        shelf = _GATHERED if isinstance(job, Gathering) else job.key[:2]
        return self.folder / shelf / (job.key + Path(job.filename).suffix)

    def preview(self, job: Job) -> Path:
        """Return where the picture of the job's first page stands once it is made."""
        return _beside(self.path(job), PREVIEW_SUFFIX)

    def facts(self, job: Job) -> FileFacts | None:
        """Return the file's facts, or None when it is not made yet."""
        path = self.path(job)
        try:
            pages = json.loads(_beside(path, NOTE).read_text(encoding="utf-8"))["pages"]
            size = path.stat().st_size
            os.utime(path)
            if job.preview:
                os.utime(self.preview(job))
        except (OSError, ValueError, KeyError):
            return None
        return FileFacts(size, pages)

    def prune(self) -> None:
        """Remove files that no build has used for `MAX_AGE_DAYS`, gathered ones sooner."""
        self._prune("??", MAX_AGE_DAYS)
        self._prune(_GATHERED, MAX_AGE_DAYS_GATHERED)

    def _prune(self, shelves: str, days: int) -> None:
        oldest = time.time() - days * 86_400
        for path in self.folder.glob(f"{shelves}/*"):
            if path.suffix != NOTE and path.stat().st_mtime < oldest:
                _beside(path, NOTE).unlink(missing_ok=True)
                path.unlink(missing_ok=True)


def file_names(jobs: Iterable[Job]) -> Iterator[str]:
    """Return the name of each job's file, and of the picture of its first page."""
    for job in jobs:
        yield job.filename
        if job.preview:
            yield _preview_name(job)


def _preview_name(job: Job) -> str:
    return Path(job.filename).stem + PREVIEW_SUFFIX


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def make(render: Callable[[Any], Rendered], payload: Any, path: Path) -> FileFacts:
    """Make a file of the cache, and what stands beside it; runs in a worker."""
    rendered = render(payload)
    path.parent.mkdir(parents=True, exist_ok=True)
    if rendered.preview is not None:
        _write(_beside(path, PREVIEW_SUFFIX), rendered.preview)
    _write(_beside(path, NOTE), json.dumps({"pages": rendered.pages}).encode())
    _write(path, rendered.data)
    return FileFacts(len(rendered.data), rendered.pages)


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        error.filename = str(path)  # what the reader of the message knows
        raise
    finally:
        temporary.unlink(missing_ok=True)


@dataclass
class Pool:
    """The downloads of one build. `start` returns at once, `join` when all are made.

    What others are gathered from goes first, then the heaviest: a long job begun last would
    leave the other cores with nothing to do.
    """

    cache: Cache
    done: dict[str, FileFacts] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)  # the names of the files that were not cached
    _known: set[str] = field(default_factory=set)
    _queue: list[tuple[bool, int, int, Job]] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=itertools.count)
    _held: list[Gathering] = field(default_factory=list)
    _running: int = 0
    _error: BaseException | None = None
    _executor: ProcessPoolExecutor | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def start(self, job: Job) -> None:
        """Begin to make the file, unless it is begun or the cache has it."""
        with self._changed:
            if job.key in self._known:
                return
            self._known.add(job.key)
            if facts := self.cache.facts(job):
                self.done[job.key] = facts
                return
            self.made.append(job.filename)
            if isinstance(job, Gathering):
                self._held.append(job)
            else:
                self._push(job)
            self._feed()

    def _push(self, job: Job) -> None:
        # A file with a picture of its first page is a document to read: the handbook's parts.
        first = job.preview or isinstance(job, Gathering)
        heapq.heappush(self._queue, (not first, -job.weight, next(self._turn), job))

    def _feed(self) -> None:
        """Give the workers what is ready, a little more than they have hands for."""
        for held in list(self._held):
            if all(part.key in self.done for _, part in held.parts):
                self._held.remove(held)
                self._push(held)
        workers = os.cpu_count() or 1
        while self._queue and self._running <= workers and self._error is None:
            job = heapq.heappop(self._queue)[-1]
            if self._executor is None:
                self._executor = ProcessPoolExecutor(
                    max_workers=workers,
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=_die_with_parent,
                )
            self._running += 1
            self._submit(self._executor, job)

    def _submit(self, executor: ProcessPoolExecutor, job: Job) -> None:
        payload: Any = job.payload
        if isinstance(job, Gathering):
            payload = (payload, {name: self.cache.path(part) for name, part in job.parts})
        path = self.cache.path(job)
        try:
            with unheard():
                future = executor.submit(make, job.render, payload, path)
        except BrokenExecutor as error:  # a worker was killed, and no job has told of it yet
            self._running -= 1
            self._error = self._error or error
            return
        future.add_done_callback(lambda finished: self._finished(job.key, finished))

    def _finished(self, key: str, future: Future[FileFacts]) -> None:
        with self._changed:
            self._running -= 1
            if not future.cancelled():
                self._error = self._error or future.exception()
                if future.exception() is None:
                    self.done[key] = future.result()
                    self._feed()
            self._changed.notify_all()

    def facts(self, job: Job) -> FileFacts:
        """Return the facts of a finished file that this pool has made or found."""
        return self.done[job.key]

    def join(self) -> None:
        """Wait for every file; raises the first error of a writer."""
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._error or not self._running)
                if self._error:
                    raise self._error
                if missing := [job.filename for job in self._held]:
                    raise ValueError(f"parts of {missing} were never started")
        finally:
            self.stop()

    def stop(self) -> None:
        """End the workers; files not begun are left out."""
        with self._changed:
            self._queue.clear()
            self._held.clear()
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(cancel_futures=True)


def put(jobs: Iterable[Job], pool: Pool, folder: Path) -> None:
    """Copy each job's finished file, and the picture of its first page, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for job in jobs:
        shutil.copyfile(pool.cache.path(job), folder / job.filename)
        if job.preview:
            shutil.copyfile(pool.cache.preview(job), folder / _preview_name(job))


def put_as(jobs: Mapping[str, Job], pool: Pool, site: Path) -> None:
    """Copy each job's finished file to its address below the site's root."""
    for address, job in jobs.items():
        (site / address).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pool.cache.path(job), site / address)
