"""Files made on many machines: Dask's workers in place of this machine's own.

Dask has the queue, and makes a lost worker's files again. What is sent is what a worker of the
pool gets, so the bytes are the same. The cache lies in the same place on every machine, or each has
its own and the files go by way of the store (`shared_store.py`).
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    InvalidStateError,
    ThreadPoolExecutor,
)
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

from macros.content.built import VARIABLE as TIME
from macros.keys import code
from macros.writers import WriterError

SCHEDULER = "NVR_SCHEDULER"  # the address of Dask's scheduler
_SECONDS = 30  # for a scheduler to answer, and to have a worker
_LOST_SECONDS = 60  # in which a cluster may be without a worker, before what waits is given up
_LOST = (
    "Dask-klyngen har ingen arbeidere igjen. Start dem, og bygg på nytt."
    " Filene som er ferdige, blir brukt."
)
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Cluster(Executor):
    """The workers of a scheduler, as `concurrent.futures` has them."""

    def __init__(self, address: str) -> None:
        """Connect; raises WriterError where nobody answers or nobody works."""
        try:
            from distributed import Client
        except ImportError:
            raise WriterError(
                "Dask er ikke installert. Kjør make .venv/.fleet, og prøv igjen."
            ) from None
        try:
            self._client = Client(address, timeout=_SECONDS, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_SECONDS)
        except (OSError, ValueError) as error:
            raise WriterError(
                f"Ingen Dask-klynge svarer på {address}. Se etter at adressen er rett, og at dask"
                f" scheduler og minst én dask worker kjører. ({error or type(error).__name__})"
            ) from None
        self._executor = self._client.get_executor(pure=False)
        # How many files can be made at a time; workers that come later find a queue to take from.
        self.hands = 2 * max(1, sum(self._client.nthreads().values()))
        # Dask tells in the thread that it talks to the scheduler in, which may wait for nobody. Who
        # is told may bring the file from the store: some at a time.
        self._teller = ThreadPoolExecutor(4)
        self._ended = threading.Event()
        self._waiting: set[Future[Any]] = set()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Give up what waits when the cluster has had no worker for long: Dask waits for ever."""
        seen = time.monotonic()
        while not self._ended.wait(_LOST_SECONDS / 10):
            workers: Mapping[str, int] = {}
            with suppress(Exception):  # a scheduler that does not answer has none either
                workers = self._client.nthreads()
            if workers:
                seen = time.monotonic()
            elif time.monotonic() - seen > _LOST_SECONDS:
                for future in list(self._waiting):
                    self._settle(future, WriterError(_LOST))

    def _settle(self, outer: Future[Any], error: BaseException) -> None:
        with suppress(InvalidStateError):  # the file came after all
            outer.set_exception(error)

    def submit(
        self, task: Callable[_P, _T], /, *arguments: _P.args, **named: _P.kwargs
    ) -> Future[_T]:
        """Have a worker run a task of the pool: the first argument is the writer's function."""
        writer = getattr(arguments[0], "__module__", "")
        told = (_print(task.__module__, writer), writer, os.environ.get(TIME), task)
        inner: Future[_T] = self._executor.submit(there, *told, *arguments, **named)
        outer: Future[_T] = Future()
        self._waiting.add(outer)
        outer.add_done_callback(self._waiting.discard)
        inner.add_done_callback(lambda done: self._teller.submit(self._hand_over, done, outer))
        return outer

    def _hand_over(self, inner: Future[_T], outer: Future[_T]) -> None:
        """Give what came of a task; what is the cluster's fault is that of a broken pool."""
        if inner.cancelled():
            if self._ended.is_set():
                if outer.cancel():  # it may have been given up
                    outer.set_running_or_notify_cancel()
            else:
                self._settle(outer, BrokenExecutor("the scheduler is gone"))
            return
        error = inner.exception()
        if error is None:
            with suppress(InvalidStateError):  # it was given up
                outer.set_result(inner.result())
        elif type(error).__module__.startswith("distributed"):
            self._settle(outer, BrokenExecutor(str(error)))
        else:
            self._settle(outer, error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Let go of the workers, which others may use."""
        self._ended.set()
        self._client.close()
        self._teller.shutdown(wait=False)


def _print(*modules: str) -> str:
    """Return the hash of all the code that makes a file and puts it in the cache."""
    return b"".join(code(module) for module in modules).hex()


def answering(address: str) -> None:
    """Raise WriterError where no cluster answers at an address."""
    Cluster(address).shutdown()


def there(
    wanted: str,
    writer: str,
    time: str | None,
    task: Callable[..., _T],
    *arguments: Any,
    **named: Any,
) -> _T:
    """Run a task of the pool in a worker whose code is the caller's; raises WriterError.

    A worker keeps the code that it began with, so what is on its disk says nothing: the hash is
    taken when the code is first used, and kept.
    """
    if _print(task.__module__, writer) != wanted:
        raise WriterError(
            "en Dask-arbeider har en annen versjon av koden. Hent samme versjon der, og start"
            " arbeideren på nytt."
        )
    if time is not None:
        os.environ[TIME] = time
    return task(*arguments, **named)
