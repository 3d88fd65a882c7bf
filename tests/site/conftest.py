"""Two projects to build: the real one, and a small one that costs seconds."""

from __future__ import annotations

import fnmatch
import functools
import gzip
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
import yaml
from filelock import FileLock
from playwright.sync_api import expect

from macros.document.features import FEATURES

ROOT = Path(__file__).parent.parent.parent
MINIMAL = ROOT / "tests" / "content" / "minimal"

# Playwright gives a page five seconds, less than a loaded machine may need.
expect.set_options(timeout=60_000)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files as a host does: with the site's own headers, small, and 404.html if missing.

    Says nothing of it: the test's output is for what matters.
    """

    extensions_map: ClassVar[dict[str, str]] = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".json": "application/json",
        ".woff2": "font/woff2",
        ".wasm": "application/wasm",
    }

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(str(path))
        if not kind.startswith("text/") and "json" not in kind and path.is_file():
            super().do_GET()
            return
        found = path.is_file()
        missing = Path(self.directory) / "404.html"
        body = path.read_bytes() if found else missing.read_bytes() if missing.is_file() else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", f"{kind if found else 'text/html'}; charset=utf-8")
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        for pattern, headers in host_rules(Path(self.directory)).items():
            if fnmatch.fnmatch(self.path, pattern):
                for name, value in headers:
                    self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@functools.cache
def host_rules(site: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the headers in the site's `_headers` by address, as Netlify reads the file."""
    rules: dict[str, list[tuple[str, str]]] = {}
    pattern = ""
    file = site / "_headers"
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[pattern].append((name, value))
        else:
            pattern = line
            rules[pattern] = []
    return rules


class Server(http.server.ThreadingHTTPServer):
    """A server that bears with a browser that moves on before it has got everything."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Show a built site on this machine; gives its address, with a slash at the end."""
    handler = functools.partial(Quiet, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@dataclass(frozen=True)
class Build:
    """A project's folder, and how to build it as an author does.

    That is with `mkdocs build`, with another engine by `nvr build`.
    """

    root: Path
    engine: str = "mkdocs"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def command(self) -> list[str]:
        ours = [sys.executable, "-P", "-m"]
        if self.engine == "mkdocs":
            return [*ours, "mkdocs", "build"]
        return [*ours, "macros.cli", "build", "--engine", self.engine]

    def environment(self, **extra: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "REGION"}
        return {**kept, "NO_MKDOCS_2_WARNING": "1", **extra}

    def run(self, *options: str, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command(), *options],
            cwd=self.root,
            env=self.environment(**extra),
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Begin to build, as the leader of a process group of its own."""
        return subprocess.Popen(
            self.command(),
            cwd=self.root,
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def ok(self, **extra: str) -> Path:
        """Build, and return the site; a failing build fails the test with its output."""
        result = self.run(**extra)
        assert result.returncode == 0, result.stdout + result.stderr
        return self.site

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


Begin = Callable[[str], Build]


def small_project(folder: Path, like: Build | None = None) -> Build:
    """Return a project with one item of each kind and the real look.

    With `like`, its cache has what another has made: what the two have in common costs nothing.
    """
    if like:
        shutil.copytree(like.root / ".cache", folder / ".cache")
    shutil.copytree(MINIMAL, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets", dirs_exist_ok=True)
    shutil.copytree(ROOT / "macros" / "layouts", folder / "macros" / "layouts", dirs_exist_ok=True)
    lines = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[0]
    nav = [
        "index.md",
        "kontakt.md",
        "finn/index.md",
        "<phases>",
        "<guides>",
        "<surveys>",
        "<templates>",
    ]
    more = [
        "<examples>",
        "last-ned/index.md",
        "<roles>",
        "<checklists>",
        "ordliste/index.md",
        "lov-og-regler/index.md",
        "endringer/index.md",
        "<features>",
    ]
    plan = yaml.safe_dump({"nav": [*nav, {"more": more}]})
    (folder / "mkdocs.yml").write_text(f"{lines}\n{plan}", encoding="utf-8")
    build = Build(folder)
    build.write("docs/index.md", "---\ntitle: Start\n---\n\n# Start\n\n{{ phases() }}\n")
    return build


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first worker who asks for it has made, for all: to read only."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    done = folder.with_suffix(".ferdig")
    with FileLock(f"{folder}.lock"):
        if not done.exists():
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A small project that is built: a test may copy it, with its cache, and not change it."""
    return Build(once(tmp_path_factory, "lite", lambda folder: small_project(folder).ok()))


@pytest.fixture(scope="session")
def begin(tmp_path_factory: pytest.TempPathFactory, finished: Build) -> Begin:
    """What gives a small project in a new folder, whose cache has the files of all such."""
    return lambda name: small_project(tmp_path_factory.mktemp(name) / "prosjekt", finished)


@pytest.fixture
def small(tmp_path: Path, finished: Build) -> Build:
    """A small project of the test's own."""
    return small_project(tmp_path / "prosjekt", finished)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real handbook, built once for all workers: no test may change it."""
    return once(tmp_path_factory, "ekte", whole_handbook)


def whole_handbook(folder: Path) -> None:
    """Build the real handbook in a folder."""
    result = Build(ROOT).run("-d", str(folder))
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The real handbook, as a server on this machine shows it."""
    with serving(site) as where:
        yield where


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory, finished: Build) -> Path:
    """A host's folder with two editions of the small project: no test may change it."""
    from tests.site.hosted import BELOW, HERE, edition, put  # it builds on this module

    folder = tmp_path_factory.mktemp("uten-nett")
    one = edition(folder / "prosjekt", finished, HERE, "Fjordregionen")
    put(one.ok(), folder / "vert", HERE)
    dated = "starts: {forstudie: 2027-03-01}\n"
    other = edition(folder / "annen", one, BELOW, "Dalregionen", dated)
    put(other.ok(), folder / "vert", BELOW)
    return folder / "vert"


@pytest.fixture(scope="session")
def without(tmp_path_factory: pytest.TempPathFactory, hosted: Path) -> Path:
    """The first of these editions as a region has it that leaves all features out."""
    from tests.site.hosted import HERE, edition

    left = f"features: {{{', '.join(f'{name}: false' for name in FEATURES)}}}\n"
    whole = Build(hosted.parent / "prosjekt")
    folder = tmp_path_factory.mktemp("uten") / "prosjekt"
    return edition(folder, whole, HERE, "Fjordregionen", left).ok()
