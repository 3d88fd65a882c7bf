"""What `mkdocs serve` shows when a build fails: the report, until the fault is mended.

MkDocs tells the terminal alone, and every page hangs until a build succeeds. Here a failed
build counts as built: waiting pages load again, each address answers with the report, and
when it is mended they load again and are pages. That holds for the first build too.
"""

from __future__ import annotations

import logging
import os
import re
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import mkdocs.commands.serve
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import _SCRIPT_TEMPLATE, LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from macros.building.prepare import Prepared
from macros.content.catalogue import Catalogue
from macros.content.project import CONTENT_FOLDERS
from macros.layouts import FOLDER as LAYOUTS, environment

_log = logging.getLogger("mkdocs.plugins.naeringsvennlig")
_PLACE = re.compile(r"(\S+\.[a-z]+(?::\d+){1,2}):\s+(.*)")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_SCRIPT = re.compile(r"/livereload/(\d+)/(\d+)\.js")
_SUMMARY = "Aborted with"  # MkDocs' own last words, when the log has said what is wrong


class Reports:
    """Keeps what the last build said when it failed, as the page that shows it."""

    def __init__(self, words: Catalogue, clean_up: Callable[[], None]) -> None:
        self.clean_up = clean_up  # ends what a failed build has begun
        self.root = Path.cwd()
        self.words = words  # in the language that was built last
        self.page: bytes | None = None  # None while all is well
        # Kept, so that a fault in the layouts can be shown as well.
        self._layout = environment().get_template("serve/report.html")

    def guarded(self, build: Callable[..., None]) -> Callable[..., None]:
        """Return a build that never fails, but leaves the report of its failure here."""

        def run(*arguments: Any, **named: Any) -> None:
            self.page = None
            with _warnings() as said:
                try:
                    build(*arguments, **named)
                # mkdocs-macros leaves by SystemExit, and MkDocs calls no event for that.
                except (Exception, SystemExit) as error:
                    self.clean_up()
                    self.page = self._shown([*said, *self._told(error)])

        return run

    def _told(self, error: BaseException) -> Iterator[str]:
        """Return what an error says, and tell the terminal as well."""
        if isinstance(error, MkDocsException):
            if not error.message.startswith(_SUMMARY):
                _log.error(error.message)
                yield error.message
        elif not isinstance(error, SystemExit):  # which has said all in the log
            _log.error("", exc_info=error)
            yield f"{self._place(error)}{type(error).__name__}: {error}"

    def _place(self, error: BaseException) -> str:
        """Return the innermost of the project's own lines that an error went through.

        A layout's line comes before that of the code that called it.
        """
        frames = [
            (path.relative_to(self.root).as_posix(), frame.lineno)
            for frame in traceback.extract_tb(error.__traceback__)
            if (path := Path(frame.filename)).is_relative_to(self.root)
            and "site-packages" not in path.parts
        ]
        layouts = [frame for frame in frames if not frame[0].endswith(".py")]
        return "".join(f"{file}:{line}: " for file, line in (layouts or frames)[-1:])

    def _shown(self, said: Iterable[str]) -> bytes:
        lines = list(_parts(said))
        return self._layout.render(t=self.words, lines=lines).encode()


def _parts(said: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return each fault as its place and its text; what has no place is kept together."""
    for message in said:
        loose: list[str] = []
        for line in _COLOURS.sub("", message).splitlines():
            if match := _PLACE.fullmatch(line):
                yield match[1], match[2]
            else:
                loose.append(line)
        if text := "\n".join(loose).strip():
            yield "", text


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs' log warns of meanwhile."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    collector = Collector(logging.WARNING)
    # ProperDocs has mkdocs' log below its own, and what it says itself in that.
    logger = logging.getLogger(MkDocsException.__module__.partition(".")[0])
    logger.addHandler(collector)
    try:
        yield said
    finally:
        logger.removeHandler(collector)


class Server(LiveReloadServer):
    """MkDocs' server, which shows the report of a failed build in place of every page."""

    def __init__(self, builder: Callable[[], None], *, reports: Reports, **named: Any) -> None:
        # Guarded once more: the settings are read before the build itself begins.
        super().__init__(builder=reports.guarded(builder), **named)
        self.reports = reports

    def serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer a request: with the page, or with the report while there is one."""
        path = environ["PATH_INFO"]
        if match := _SCRIPT.fullmatch(path):
            script = _SCRIPT_TEMPLATE.substitute(epoch=match[1], request_id=match[2])
            start_response("200 OK", [("Content-Type", "text/javascript")])
            return [script.encode()]
        if path.startswith("/livereload/"):
            return super().serve_request(environ, start_response)
        held: list[tuple[Any, ...]] = []
        # This waits until a build under way has ended, so the report is looked for after it.
        body = super().serve_request(environ, lambda *said: held.append(said))
        if (page := self.reports.page) is None:
            start_response(*held[0])
            return body
        if hasattr(body, "close"):
            body.close()
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        start_response("503 Service Unavailable", headers)
        return [self._inject_js_into_html(page, self._visible_epoch)]

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Let a page load the script that waits for the next build.

        MkDocs writes it into the page, where our policy (`headers.py`) keeps it from running.
        """
        tag = f'<script src="/livereload/{epoch}/{time.monotonic_ns()}.js"></script>'
        start, end, rest = content.rpartition(b"</body>")
        return start + tag.encode() + end + rest

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watch a path; one that is not there yet is watched when it comes."""
        if Path(path).exists():
            super().watch(path, func, recursive=recursive)

    def watch_folders(self, root: Path, folders: Iterable[Path]) -> None:
        """Watch folders in `root`, which may come and go: the observer drops one that goes."""
        for folder in folders:
            self.watch(str(folder))
        self.observer.schedule(_Folders(self, {str(folder) for folder in folders}), str(root))

    def folder_changed(self, folder: str) -> None:
        """Build again, and watch the folder anew where it is there again."""
        if folder in self._watched_paths:
            self._watched_paths[folder] = 1
            self.unwatch(folder)
        self.watch(folder)
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()


def served(
    server: LiveReloadServer, prepared: Prepared | None, root: Path, docs: Path
) -> LiveReloadServer:
    """Return the server, below the site's path and watching all that a build reads.

    `root` is the project's folder, `docs` that of its pages.
    """
    if prepared:
        # Below the path that the site will have: the links of its 404 page begin with that.
        server.mount_path = unquote(prepared.root)
        server.url = server.url.rstrip("/") + prepared.root
    if isinstance(server, Server):
        names = (*CONTENT_FOLDERS, "regions")
        server.watch_folders(root, [docs, *(root / name for name in names)])
        server.watch(str(LAYOUTS))
        # Where the region is named by its path, it may be anywhere.
        region = (root / os.environ.get("REGION", "regions")).resolve()
        server.watch_folders(region.parent, [region])
    return server


class _Folders(FileSystemEventHandler):
    def __init__(self, server: Server, folders: set[str]) -> None:
        self.server = server
        self.folders = folders

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in {"created", "deleted", "moved"}:
            for folder in self.folders & {str(event.src_path), str(event.dest_path)}:
                self.server.folder_changed(folder)


def show_reports(reports: Reports) -> None:
    """Make `mkdocs serve`, which this process runs, show reports.

    It offers no event for this: one that tells of an error cannot keep the server alive.
    """
    command: Any = mkdocs.commands.serve
    command.build = reports.guarded(command.build)
    command.LiveReloadServer = partial(Server, reports=reports)
