"""The builds of the languages after the first: a process each, which ends with its parent.

A child is told by environment which language to build and where, and by the first line of
its standard input what the downloads are called. It makes pages only: the parent puts the
files in. That input stays open as long as the parent lives, so its end tells the child that
the parent is gone.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, get_args

from macros.building.faults import BuildError
from macros.content.base import Language
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


def orders() -> Orders | None:
    """Return what this process was told as a child, or None when it is no child."""
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


@dataclass(frozen=True)
class _Child:
    language: Language
    folder: Path
    process: subprocess.Popen[bytes]
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

    def start(self, language: Language, command: Sequence[str], site: Path) -> None:
        """Begin to build a language beside `site`; `tell` it what the downloads are called.

        `command` is what the interpreter is to run: the engine that this build is run by.
        """
        folder = site.with_name(f"{site.name}-{language}")
        environment = {**os.environ, LANGUAGE_VARIABLE: language, STAGE_VARIABLE: str(folder)}
        log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (read when it ends)
        # As this process was started: with -P, the project's folder is no place of packages.
        safe = ["-P"] if sys.flags.safe_path else []
        with unheard():
            process = subprocess.Popen(  # noqa: S603 (our own interpreter, no shell)
                [sys.executable, *safe, *command],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.children.append(_Child(language, folder, process, log))

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
