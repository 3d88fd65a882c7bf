"""The files of the answers, made in Chromium as the page makes them: once for all tests."""

from __future__ import annotations

import base64
import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser

from macros.content.base import Language
from macros.writers import slides
from macros.writers.answers_data import REPORT, report_files
from tests import real
from tests.scripts.answers_given import words
from tests.scripts.filled import forms, made
from tests.scripts.test_scripts import JS
from tests.writers.editions import shared

# Bytes come and go as base64: nothing else passes through Playwright whole.
CALL = """async ([module, name, args]) => {
  const whole = (one) => one && one.base64 !== undefined
    ? Uint8Array.from(atob(one.base64), (letter) => letter.charCodeAt(0))
    : Array.isArray(one) ? one.map(whole)
    : one && typeof one === "object"
      ? Object.fromEntries(Object.entries(one).map(([key, value]) => [key, whole(value)])) : one;
  const found = await (await import(module))[name](...args.map(whole));
  const bytes = found instanceof Uint8Array ? found : found.bytes;
  if (!(bytes instanceof Uint8Array)) return found;
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { base64: btoa(text) };
}"""


# Chromium answers these when it has nothing to do, a second after it was asked: here, never. So
# nobody waits a minute for the pictures of a report.
IDLE = """
  HTMLCanvasElement.prototype.toBlob = () => undefined;
  OffscreenCanvas.prototype.convertToBlob = () => new Promise(() => undefined);
"""


class Scripts(http.server.SimpleHTTPRequestHandler):
    """Serves the scripts, and an empty page among them."""

    def do_GET(self) -> None:
        if self.path == "/":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>x</title>")
            return
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Page:
    """A page that has the scripts at hand."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._page = browser.new_page()
        self._page.add_init_script(IDLE)
        self._page.set_default_timeout(120_000)
        self._page.goto(address)

    def call(self, module: str, name: str, *args: Any) -> Any:
        """Return what a script's function gives; bytes where it gives a file."""
        found = self._page.evaluate(CALL, [f"./{module}", name, list(args)])
        if isinstance(found, dict) and set(found) == {"base64"}:
            return base64.b64decode(found["base64"])
        return found


@contextmanager
def page(browser: Browser) -> Iterator[Page]:
    """Open a page with the scripts, served on this machine."""
    handler = functools.partial(Scripts, directory=str(JS))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = Page(browser, f"http://127.0.0.1:{server.server_address[1]}/")
        yield found
        found._page.close()
        server.shutdown()


@functools.cache
def files(language: Language = "nb") -> dict[str, Any]:
    """Return what the site has for the scripts to make files from."""
    whole = forms(language)["template/svarrapport"]
    skeleton = slides.skeleton_job(language, shared(language))
    about = report_files(real.edition(language), real.project().brand)[REPORT]
    return {
        "about": json.loads(about),
        "form": whole,
        "docx": _packed(made(whole, "docx", language)),
        "slides": _packed(skeleton.render(skeleton.payload).data),
    }


def _packed(data: bytes) -> dict[str, str]:
    return {"base64": base64.b64encode(data).decode()}


def written(found: Page, what: str, given: dict[str, Any], language: Language = "nb") -> bytes:
    """Return the report, the workbook or the slides of what is given."""
    data: bytes = found.call(f"answers/{what}.js", what, files(language), words(language), given)
    return data
