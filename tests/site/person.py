"""A person with a browser of their own, whose page must neither fail nor ask anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page


@contextmanager
def watched(person: BrowserContext, address: str) -> Iterator[Page]:
    """Open a page that raises no error of its own, and asks nobody but the site for anything."""
    page = person.new_page()
    wrong: list[str] = []
    own = (address, "blob:", "data:")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    person.on(
        "request", lambda asked: None if asked.url.startswith(own) else wrong.append(asked.url)
    )
    yield page
    assert not wrong
