"""A fleet's run: what has not changed is left, the rest is built, and each region for itself.

`concurrent.futures` has the queue. Each of its threads waits for one process at a time, so a
process that is killed takes nothing with it, and the threads do nothing that needs a core.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Literal

from macros.building.faults import cause
from macros.content.region import HOST_VARIABLE
from macros.downloads.cluster import SCHEDULER
from macros.downloads.pool import WORKERS
from macros.downloads.shared_store import VARIABLE as STORE
from macros.fleet.places import Place, label, printable

Ending = Literal["built", "right", "unchanged", "failed", "stopped"]
GONE = "mappen finnes ikke, eller kan ikke leses. Legg den tilbake, eller gi lov til å lese den"
KILLED = "kanskje fordi minnet tok slutt. Prøv igjen med færre om gangen: --jobs 1."
ODD = "noe i mappen kan ikke leses, som et filnavn med ukjente tegn"


@dataclass(frozen=True)
class Setup:
    """What holds for all regions of a run; `jobs` of them are built at a time."""

    root: Path
    host: str | None
    jobs: int
    scheduler: str | None = None
    store: str | None = None

    def environment(self, place: Place) -> dict[str, str]:
        """Return the environment of one region's processes."""
        ours = (HOST_VARIABLE, STORE)
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        hands = max(1, (os.cpu_count() or 1) // self.jobs)
        return {
            **kept,
            **({HOST_VARIABLE: self.host} if self.host else {}),
            **({STORE: self.store} if self.store else {}),
            **({SCHEDULER: self.scheduler} if self.scheduler else {}),
            WORKERS: kept.get(WORKERS) or str(hands),
            "REGION": choice(self.root, place),
        }


def choice(root: Path, place: Place) -> str:
    """Return what `REGION` is to be, to choose a region's folder."""
    if place.folder == root / "regions" / place.slug:
        return place.slug
    path = label(root, place.folder)
    return path if "/" in path else f"./{path}"  # or it would be the name of another


@dataclass(frozen=True)
class Said:
    """How one region's process ended: what it said, and the facts where its check passed."""

    passed: bool
    text: str
    facts: dict[str, Any] = field(default_factory=dict)
    cpu: float = 0  # seconds of the processors, of the process and all below it


@dataclass
class Processes:
    """The processes of a run, which are ended together when it is interrupted."""

    setup: Setup
    stopped: threading.Event = field(default_factory=threading.Event)
    _running: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def one(self, place: Place, command: Sequence[str] = ()) -> Said:
        """Check one region, and with a command build it; returns when it has ended."""
        with tempfile.TemporaryDirectory(prefix="nvr-") as name, self._log(name) as log:
            facts = Path(name) / "facts.json"
            safe = ["-P"] if sys.flags.safe_path else []
            ours = [sys.executable, *safe, "-m", "macros.fleet.one", str(facts), *command]
            code, cpu = self._run(ours, self.setup.environment(place), log)
            log.seek(0)
            text = log.read().decode(errors="replace").strip()
            told = _facts(facts)
        if code < 0 and not self.stopped.is_set():
            text = f"{text}\nProsessen ble stoppet utenfra (signal {-code}), {KILLED}".strip()
        return Said(code == 0, text, told, cpu)

    @contextmanager
    def _log(self, folder: str) -> Iterator[Any]:
        with open(Path(folder) / "log", "w+b") as log:  # noqa: PTH123 (a plain file, read here)
            yield log

    def _run(
        self, command: Sequence[str], environment: dict[str, str], log: Any
    ) -> tuple[int, float]:
        with self._changing:
            if self.stopped.is_set():
                return 1, 0
            process = subprocess.Popen(  # noqa: S603 (our own interpreter, no shell)
                command,
                cwd=self.setup.root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a terminal's Ctrl-C reaches the fleet alone
            )
            self._running.add(process)
        try:
            return _ended(process)
        finally:
            with self._changing:
                self._running.discard(process)

    def ending(self, said: Said) -> Ending:
        """Return what became of a region whose process has ended."""
        if said.passed:
            return "built"
        return "stopped" if self.stopped.is_set() else "failed"

    def stop(self) -> None:
        """End every process in an orderly way, and begin no more."""
        with self._changing:
            self.stopped.set()
            for process in self._running:
                process.terminate()


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Wait for a process; return its code, and the seconds that it and all below it have used."""
    try:
        _, status, used = os.wait4(process.pid, 0)
    except ChildProcessError:  # `stop` has seen it end
        return process.wait(), 0
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime


def _facts(path: Path) -> dict[str, Any]:
    """Return what a region's process wrote; nothing where it ended before or while it did."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found)


@dataclass(frozen=True)
class Outcome:
    """What became of one region in a run."""

    place: Place
    ending: Ending
    said: Said
    seconds: float = 0


def run(
    places: Sequence[Place],
    processes: Processes,
    attempt: Callable[[Place], Outcome],
    heard: Callable[[Outcome], None],
) -> bool:
    """Attempt each region, and hand over each outcome as it comes; returns False if interrupted.

    What an attempt raises, and what goes wrong when its outcome is handed over, is that region's
    alone.
    """
    executor = ThreadPoolExecutor(processes.setup.jobs)
    futures = {executor.submit(_guarded, attempt, place): place for place in places}
    told: set[Future[Outcome]] = set()
    try:
        with _interruptible():
            for future in as_completed(futures):
                told.add(future)
                _hand_over(heard, future.result())
    except KeyboardInterrupt:
        processes.stop()
        executor.shutdown(cancel_futures=True)
        for future in futures:  # what was finished meanwhile
            if future not in told and not future.cancelled():
                _hand_over(heard, future.result())
        return False
    executor.shutdown()
    return True


def _guarded(attempt: Callable[[Place], Outcome], place: Place) -> Outcome:
    began = time.monotonic()
    try:
        if place.problem:
            raise OSError(place.problem)
        return attempt(place)
    except Exception as error:  # whatever is odd about a region, the others are built
        return _failed(place, error, time.monotonic() - began)


def _hand_over(heard: Callable[[Outcome], None], outcome: Outcome) -> None:
    try:
        heard(outcome)
    except Exception as error:  # as above
        heard(_failed(outcome.place, error, outcome.seconds))


def _failed(place: Place, error: Exception, seconds: float) -> Outcome:
    """Return the outcome of a region that an error stopped before or after its process."""
    if place.problem:
        text = place.problem
    elif not place.folder.is_dir():
        text = f"{place.folder}: {GONE}."
    elif isinstance(error, OSError):
        text = cause(error)
    else:
        told = "".join(traceback.format_exception_only(error)).strip()
        text = f"{place.folder}: {ODD} ({told})."
    return Outcome(place, "failed", Said(False, printable(text)), seconds)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Take SIGTERM for Ctrl-C, where this is the main thread."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
