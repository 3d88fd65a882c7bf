"""A page in Chromium whose files lie on this machine, so that a test needs no server."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ADDRESS = "http://prove.example.no/"


@contextmanager
def opened(browser: Browser, folder: Path, files: Mapping[str, bytes | str]) -> Iterator[Page]:
    """Open `index.html` of `files`; what they lack is looked for in the folder.

    What goes wrong on the page, or is not there, fails the test when it is closed.
    """
    wrong: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        path = folder / name
        if name not in files and not path.is_file():
            wrong.append(f"{name}: 404")
            route.fulfill(status=404)
            return
        kind = "text/javascript" if name.endswith("js") else mimetypes.guess_type(name)[0]
        route.fulfill(body=files[name] if name in files else path.read_bytes(), content_type=kind)

    page = browser.new_page(locale="nb-NO")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.route("**/*", answer)
    try:
        page.goto(f"{ADDRESS}index.html")
        yield page
    finally:
        page.close()
    assert wrong == []
