"""A host with two editions of the small project, one below the other, that can be cut off."""

from __future__ import annotations

import functools
import json
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import BrowserContext, Page

from tests.site.conftest import Build, Quiet, Server, small_project

HERE, BELOW = "region/", "region/annen/"  # where the two editions are on the host
VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    found[name] = keys.map(({ url }) => url.slice(location.origin.length));
  }
  return found;
}"""
# A promise is something, so Playwright's own waiting would not wait for what it becomes.
UNTIL = """async (test) => {
  const end = Date.now() + 60_000;
  while (!(await TEST)) {
    if (Date.now() > end) throw new Error(`not in a minute: TEST`);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


class Slow(Quiet):
    """Says what it was asked for, and can take its time."""

    asked: ClassVar[list[str]] = []
    pause: ClassVar[float] = 0

    def do_GET(self) -> None:
        self.asked.append(self.path)
        time.sleep(self.pause)
        with suppress(ConnectionError):  # a reader may stop
            super().do_GET()


@dataclass
class Host:
    """A server of a folder; it keeps its address when it has been away."""

    folder: Path
    port: int = 0
    asked: list[str] = field(default_factory=list)
    _server: Server | None = None

    def begin(self) -> None:
        class Own(Slow):
            asked = self.asked

        handler = functools.partial(Own, directory=str(self.folder))
        self.handler = Own
        self._server = Server(("127.0.0.1", self.port), handler)
        self._server.block_on_close = False
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def cut(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/{HERE}"


def edition(folder: Path, like: Build, path: str, name: str, more: str = "") -> Build:
    """Return the small project as the region `name` has it, at a path of its own.

    Its cache has what the build that it is like has made.
    """
    build = small_project(folder, like)
    file = folder / "regions" / "standard" / "region.yml"
    text = file.read_text(encoding="utf-8").replace("Fjordregionen", name)
    text = text.replace("handbok.example.no/", f"handbok.example.no/{path}")
    file.write_text(text + more, encoding="utf-8")
    return build


def put(site: Path, folder: Path, path: str) -> None:
    """Publish a site on the host, in place of what is there but for the edition below it."""
    target = folder / path
    below = folder / BELOW
    aside = folder / "aside"
    if path == HERE and below.exists():
        below.rename(aside)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(site, target)
    if aside.exists():
        aside.rename(below)


def until(page: Page, test: str) -> None:
    """Wait until an expression, or what it promises, is true on the page."""
    page.evaluate(UNTIL.replace("TEST", test))


def settled(page: Page, core: str = "uten-nett.html") -> None:
    """Wait until the worker has kept the page and what it is made of, and what it begins with."""
    until(page, f"navigator.serviceWorker.ready.then((one) => caches.match(one.scope + '{core}'))")
    until(page, "caches.match(location.origin + location.pathname)")


def kept(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found


def watched(context: BrowserContext) -> list[str]:
    """Return what goes wrong on the context's pages, as it comes."""
    wrong: list[str] = []
    context.add_init_script(VIOLATIONS)

    def see(page: Page) -> None:
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "policy" in said.text else None)

    context.on("page", see)
    return wrong


def listed(folder: Path) -> Any:
    return json.loads((folder / "data" / "uten-nett.json").read_text(encoding="utf-8"))
