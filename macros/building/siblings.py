"""The builds of the languages after the first: a process each, which ends with its parent.

A child is told which language to build and where, and by the first line of its standard input
what the downloads are called. It makes pages only: the parent puts the files in. That input stays
open as long as the parent lives, so its end tells the child that the parent is gone.

Where it can, the parent forks: the child then has the code and the project that are loaded
already, and runs the engine's command in them. Else it is a new process, told by environment.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn, get_args

from macros.building.faults import BuildError
from macros.building.handover import run_here
from macros.content.base import Language
from macros.content.project import Project
from macros.downloads.pool import unheard

_ENDING = (signal.SIGINT, signal.SIGTERM)
LANGUAGE_VARIABLE, STAGE_VARIABLE = "NVR_LANGUAGE", "NVR_STAGE"


@dataclass(frozen=True)
class Orders:
    """What a child is told: its language and where to build."""

    language: Language
    stage: Path

    def names(self) -> list[str]:
        """Return what the downloads are called; waits until the parent has said it."""
        told: list[str] = json.loads(_first_line())
        threading.Thread(target=_end_with_parent, daemon=True).start()
        return told


_forked: Orders | None = None  # what this process was told, where it was forked


def orders() -> Orders | None:
    """Return what this process was told as a child, or None when it is no child."""
    if _forked:
        return _forked
    language = next(
        (code for code in get_args(Language) if code == os.environ.get(LANGUAGE_VARIABLE)), None
    )
    if language is None:
        return None
    return Orders(language, Path(os.environ[STAGE_VARIABLE]))


def _first_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(0, 1 << 16)
        if not piece:
            raise BuildError("Bygget av denne målformen startes av hovedbygget.")
        line += piece
    return line


def _end_with_parent() -> None:
    # The descriptor itself: sys.stdin's lock would trip the interpreter at its own exit.
    os.read(0, 1)
    os._exit(1)


def end_tidily(command: str) -> None:
    """Let SIGTERM and Ctrl-C end this process in an orderly way, so that it leaves nothing."""

    def end(_number: int, _frame: FrameType | None) -> None:
        for signum in _ENDING:
            signal.signal(signum, signal.SIG_IGN)  # the clearing up is not to be stopped
        for worker in multiprocessing.active_children():
            worker.kill()
        if command == "serve":
            raise KeyboardInterrupt  # which MkDocs' server waits for
        raise SystemExit("Avbrutt. Nettstedet som er publisert, er helt.")

    if threading.current_thread() is threading.main_thread():
        for signum in _ENDING:
            if signal.getsignal(signum) is not signal.SIG_IGN:
                signal.signal(signum, end)


@dataclass
class _Forked:
    """A process that was forked, as `subprocess` has those that it starts."""

    pid: int
    stdin: IO[bytes]
    code: int | None = None

    def wait(self) -> int:
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def kill(self) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)


def can_fork() -> bool:
    """Return whether this process may go on as two.

    With one thread it may: another could hold a lock that nobody would open in the child. Only
    Linux promises as much of its own libraries.
    """
    return sys.platform == "linux" and threading.active_count() == 1


@dataclass(frozen=True)
class _Child:
    language: Language
    folder: Path
    process: subprocess.Popen[bytes] | _Forked
    log: IO[str]

    def said(self) -> str:
        self.log.seek(0)
        return self.log.read()

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Siblings:
    """The child builds of one build."""

    children: list[_Child] = field(default_factory=list)

    def start(
        self,
        project: Project,
        language: Language,
        command: Sequence[str],
        site: Path,
        let_go: Callable[[], None],
    ) -> None:
        """Begin to build a language beside `site`; `tell` it what the downloads are called.

        `command` is the module that is to run, with its arguments: the engine that this build is
        run by. What the parent holds, a child that is forked is to `let_go` of.
        """
        if orders():
            raise ValueError("a child has no children")
        told = Orders(language, site.with_name(f"{site.name}-{language}"))
        log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (read when it ends)
        with unheard():
            process = (
                self._fork(told, project, command, log, let_go)
                if can_fork()
                else _spawn(told, command, log)
            )
        self.children.append(_Child(language, told.stage, process, log))

    def _fork(
        self,
        told: Orders,
        project: Project,
        command: Sequence[str],
        log: IO[str],
        let_go: Callable[[], None],
    ) -> _Forked:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()  # or the child would say it again
        reading, writing = os.pipe()
        if pid := os.fork():
            os.close(reading)
            return _Forked(pid, os.fdopen(writing, "wb"))
        os.close(writing)
        for other in self.children:  # the end of whose input is to be the end of the parent
            if other.process.stdin:
                other.process.stdin.close()
        let_go()
        return _run_forked(told, project, command, reading, log)

    def tell(self, language: Language, names: Iterable[str]) -> None:
        """Tell a language's build what its downloads are called."""
        for child in self.children:
            if child.language == language and child.process.stdin:
                # A child that has ended already says why when it is joined.
                with suppress(BrokenPipeError):
                    child.process.stdin.write(json.dumps(list(names)).encode() + b"\n")
                    child.process.stdin.flush()

    def join(self, site: Path) -> None:
        """Wait for each child and move what it built into the site; raises BuildError."""
        while self.children:
            child = self.children[0]
            code = child.process.wait()
            self.children.pop(0)
            if code:
                child.discard()
                raise BuildError(
                    f"Utgaven på «{child.language}» ble ikke til: prosessen ble stoppet utenfra"
                    f" (signal {-code}). Det som er publisert, er urørt. Bygg på nytt."
                    if code < 0
                    else f"Utgaven på «{child.language}» ble ikke til:\n{child.said()}"
                )
            child.folder.rename(site / child.language)

    def stop(self) -> None:
        """End every child and remove what it has built."""
        for child in self.children:
            child.process.kill()
            child.process.wait()
            child.discard()
        self.children = []


def _spawn(told: Orders, command: Sequence[str], log: IO[str]) -> subprocess.Popen[bytes]:
    told_by = {LANGUAGE_VARIABLE: told.language, STAGE_VARIABLE: str(told.stage)}
    # As this process was started: with -P, the project's folder is no place of packages.
    safe = ["-P"] if sys.flags.safe_path else []
    return subprocess.Popen(  # noqa: S603 (our own interpreter, no shell)
        [sys.executable, *safe, "-m", *command],
        env={**os.environ, **told_by},
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def _run_forked(
    told: Orders, project: Project, command: Sequence[str], reading: int, log: IO[str]
) -> NoReturn:
    """Run the command in this process, which was forked, and end it as the command ends."""
    global _forked
    code = 1
    try:
        _forked = told
        _as_started(reading, log)
        code = run_here(project, command)
    finally:
        with suppress(OSError, ValueError):
            log.flush()
        os._exit(code)


def _as_started(reading: int, log: IO[str]) -> None:
    """Make of a forked process what one would be that has just been started."""
    os.dup2(reading, 0)
    for descriptor in (1, 2):
        os.dup2(log.fileno(), descriptor)
    sys.stdout = sys.stderr = log
    for signum in _ENDING:
        if signal.getsignal(signum) is not signal.SIG_IGN:
            signal.signal(signum, signal.SIG_DFL)
    known = logging.root.manager.loggerDict.values()
    for logger in (logging.root, *known):
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()  # whose messages belong to the parent
