"""Downloads: jobs run in a pool of processes, and what they make put in the site.

What the cache has already is not made again, unless it turns out to be damaged.
"""

from __future__ import annotations

import gc
import heapq
import itertools
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from macros.document.formats import PREVIEW_SUFFIX
from macros.downloads.cache import Cache, Damaged, Note, read
from macros.downloads.cluster import SCHEDULER, Cluster
from macros.downloads.shared_store import Account, NotHere, SharedStore
from macros.downloads.worker import Made, gather, make
from macros.writers import Gathering, Job, WriterError
from macros.writers.sizes import FileFacts

# When a worker looks for garbage (`gc.set_threshold`): a document is one large web of objects
# that live until it is written, and to look through them as often as Python does took a
# quarter of all PDFs' time. The most memory that a worker needs is the same.
_GARBAGE = (100_000, 5, 5)
WORKERS = "NVR_WORKERS"  # how many processes make the files of one of several builds


def _begin_worker() -> None:
    """Listen to SIGTERM, and end this process when the parent is gone, even by SIGKILL."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    gc.set_threshold(*_GARBAGE)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def unheard(*more: signal.Signals) -> Iterator[None]:
    """Keep Ctrl-C from the processes that are started meanwhile: who started them ends them.

    A terminal sends it to all, and each would tell of it. Here it waits, as `more` do.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which would let the signals through when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *more})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def file_names(jobs: Iterable[Job]) -> Iterator[str]:
    """Return the name of each job's file, and of the picture of its first page."""
    for job in jobs:
        yield job.filename
        if job.preview:
            yield _preview_name(job)


def _preview_name(job: Job) -> str:
    return Path(job.filename).stem + PREVIEW_SUFFIX


def workers() -> int:
    """Return how many processes make files: one a core, or what a build of many is allowed."""
    said = os.environ.get(WORKERS, "")
    return max(1, int(said)) if said.isascii() and said.isdecimal() else os.cpu_count() or 1


def _let_go(executor: Executor | None) -> None:
    """Close the end of a broken pool's pipe that nobody reads any more.

    Python before 3.11.6 leaves it open, and its thread that hands out work may then write to it for
    ever (CPython's issue 94777): a build whose worker was killed did not end.
    """
    queue = getattr(executor, "_call_queue", None)
    if queue is not None:
        queue._reader.close()


def _executor(hands: int) -> Executor:
    """Return what runs the jobs: this machine's processes, or the workers of a cluster."""
    if address := os.environ.get(SCHEDULER):
        return Cluster(address)
    return ProcessPoolExecutor(
        max_workers=hands,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin_worker,
    )


@dataclass
class Pool:
    """The downloads of one build. `start` returns at once, `join` when all are made.

    What others are gathered from goes first, then the heaviest: a long job begun last would
    leave the other cores with nothing to do.
    """

    cache: Cache
    shared: SharedStore | None = None
    account: Account = field(default_factory=Account)
    done: dict[str, Note] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)  # the names of the files that were nowhere
    renewed: set[str] = field(default_factory=set)  # the keys of those that were damaged there
    _tried: set[str] = field(default_factory=set)
    _anew: set[str] = field(default_factory=set)
    _known: set[str] = field(default_factory=set)
    _queue: list[tuple[bool, int, int, Job]] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=itertools.count)
    _held: list[Gathering] = field(default_factory=list)
    _wanted: set[str] = field(default_factory=set)  # the keys of what is to be gathered
    _running: int = 0
    _error: BaseException | None = None
    _executor: Executor | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def start(self, job: Job) -> None:
        """Begin to make the file, and what it is gathered from, unless the cache has it."""
        with self._changed:
            if job.key in self._known:
                return
            self._known.add(job.key)
            try:
                note = self.cache.note(job)
            except Damaged:
                note = None
                self.renewed.add(job.key)
            if note is None:
                self._begin(job)
            else:
                self.done[job.key] = note

    def renew(self, jobs: Iterable[Job]) -> None:
        """Make anew what the cache has lost or damaged; returns when it is made."""
        with self._changed:
            for job in {job.key: job for job in jobs}.values():
                self._renew(job)
        self.join()

    def _renew(self, job: Job) -> None:
        self.renewed.add(job.key)
        del self.done[job.key]
        self.cache.forget(job)  # or the worker would take it for made
        self._begin(job)

    def _begin(self, job: Job) -> None:
        self.made.append(job.filename)
        if isinstance(job, Gathering):
            self._wanted |= {part.key for _, part in job.parts}
            for _, part in job.parts:
                self.start(part)
            self._held.append(job)
        else:
            self._push(job)
        self._feed()

    def _push(self, job: Job) -> None:
        first = job.key in self._wanted or isinstance(job, Gathering)
        heapq.heappush(self._queue, (not first, -job.weight, next(self._turn), job))

    def _feed(self) -> None:
        """Give the workers what is ready, a little more than they have hands for."""
        for held in list(self._held):
            if all(part.key in self.done for _, part in held.parts):
                self._held.remove(held)
                self._push(held)
        hands = self._executor.hands if isinstance(self._executor, Cluster) else workers()
        while self._queue and self._running <= hands and self._error is None:
            job = heapq.heappop(self._queue)[-1]
            self._running += 1
            self._submit(job, hands)

    def _submit(self, job: Job, hands: int) -> None:
        path = self._place(job)
        try:
            # What is half started when the build is ended would tell of it.
            with unheard(signal.SIGTERM):
                if self._executor is None:
                    self._executor = _executor(hands)
                future = self._begun(self._executor, job, path)
        # A worker was killed and no job has told of it yet, or there is no cluster.
        except (BrokenExecutor, WriterError) as error:
            self._running -= 1
            self._error = self._error or error
            return
        executor = self._executor
        future.add_done_callback(lambda finished: self._finished(job, finished, executor))

    @property
    def _apart(self) -> bool:
        """Return whether the workers have caches of their own, and hand over by the store."""
        return self.shared is not None and bool(os.environ.get(SCHEDULER))

    def _place(self, job: Job) -> Path:
        """Return where a worker puts the file, whatever folder it works in itself."""
        path = self.cache.path(job)
        return path.relative_to(self.cache.folder) if self._apart else path.absolute()

    def _begun(self, executor: Executor, job: Job, path: Path) -> Future[Made]:
        told: Any = {"preview": job.preview, "shared": self.shared, "anew": job.key in self._anew}
        if isinstance(job, Gathering):
            parts = {
                name: (self._place(part), self.done[part.key].file) for name, part in job.parts
            }
            return executor.submit(gather, job.render, job.payload, parts, path, **told)
        return executor.submit(make, job.render, job.payload, path, **told)

    def _finished(self, job: Job, future: Future[Made], executor: Executor | None) -> None:
        error = None if future.cancelled() else future.exception() or self._brought(job, future)
        with self._changed:
            self._running -= 1
            if not future.cancelled():
                if error is None:
                    self._take(job, future.result())
                    self._feed()
                elif isinstance(error, NotHere) and job.key not in self._anew:
                    self._anew.add(job.key)
                    self._push(job)
                    self._feed()
                elif isinstance(job, Gathering) and self._mends(job, error):
                    self._held.append(job)
                    self._feed()
                else:
                    self._error = self._error or error
                    if isinstance(error, BrokenExecutor):
                        _let_go(executor)
            self._changed.notify_all()

    def _take(self, job: Job, made: Made) -> None:
        self.done[job.key] = made.note
        self.account.take(made.trouble, fetched=made.fetched, spoilt=made.spoilt)
        if made.fetched:
            self.made.remove(job.filename)

    def _brought(self, job: Job, future: Future[Made]) -> Exception | None:
        """Bring what a worker elsewhere has made into this cache; returns what is wrong."""
        if self.shared is None or not self._apart:
            return None
        note = future.result().note
        with suppress(Damaged):
            if self.cache.note(job) == note:
                return None
        try:
            found, spoilt = self.shared.fetch(self.cache.path(job), preview=job.preview)
        except OSError as error:  # of this machine's disk
            return error
        self.account.spoilt += spoilt
        if found == note:
            return None
        return NotHere(job.filename, self.shared, self.shared.trouble() | future.result().trouble)

    def _mends(self, job: Gathering, error: BaseException) -> bool:
        """Return whether a gathering may be tried again, once, with its damaged parts renewed."""
        if not isinstance(error, Damaged) or job.key in self._tried:
            return False
        self._tried.add(job.key)
        for part in {part.key: part for _, part in job.parts}.values():
            # Another gathering may have found it, and it is being made.
            if self._place(part) in error.args and part.key in self.done and not self._sent(part):
                self._renew(part)
        return True

    def _sent(self, job: Job) -> bool:
        """Return whether this cache has what a worker elsewhere lacked; it is then sent there."""
        if self.shared is None or not self._apart:
            return False
        with suppress(Damaged):
            read(self.cache.path(job), self.done[job.key].file)
            self.shared.put(self.cache.path(job), self.done[job.key])
            return True
        return False

    def facts(self, job: Job) -> FileFacts:
        """Return the facts of a finished file that this pool has made or found."""
        note = self.done[job.key]
        return FileFacts(note.file.size, note.pages)

    def join(self) -> None:
        """Wait for every file; raises the first error of a writer."""
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._error or not self._running)
                if self._error:
                    raise self._error
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
    """Put each job's finished file, and the picture of its first page, in a folder."""
    _put(pool, [(job, folder / job.filename, folder / _preview_name(job)) for job in jobs])


def put_as(jobs: Mapping[str, Job], pool: Pool, site: Path) -> None:
    """Put each job's finished file at its address below the site's root."""
    _put(pool, [(job, site / address, None) for address, job in jobs.items()])


_Wanted = tuple[Job, Path, Path | None]


def _put(pool: Pool, wanted: list[_Wanted]) -> None:
    """Copy what the cache has as it was made, and make the rest anew.

    Raises Damaged where that does not help.
    """
    damaged: list[_Wanted] = []
    for one in wanted:
        try:
            _copy(pool, *one)
        except Damaged:
            damaged.append(one)
    if damaged:
        pool.renew(job for job, _, _ in damaged)
    for one in damaged:
        _copy(pool, *one)


def _copy(pool: Pool, job: Job, target: Path, picture: Path | None) -> None:
    """Write the very bytes that were checked: the file may change as soon as it is read."""
    note, found = pool.done[job.key], {}
    found[target] = read(pool.cache.path(job), note.file)
    if picture and job.preview:
        found[picture] = read(pool.cache.preview(job), note.preview)
    target.parent.mkdir(parents=True, exist_ok=True)
    for path, data in found.items():
        path.write_bytes(data)
