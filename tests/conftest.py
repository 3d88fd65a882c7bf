"""What all tests share: the browser, and what they have measured, which `make audit` shows."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from macros.building.handover import look_for_garbage_seldom

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

LONGEST = 80
PATIENCE = 60_000  # milliseconds; Playwright gives 30 seconds


def pytest_configure() -> None:
    """Let the programs that tests start hear Ctrl-C, also where this runs in the background.

    A shell without job control begins such processes with SIGINT ignored, and they hand it on.
    The handbook that the tests read lives as long as they do, as in a build: garbage is seldom.
    """
    look_for_garbage_seldom()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a test by what is the same in each worker, and short enough to be read in a report.

    Files made while tests are collected hold the second they were made in: workers that name tests
    by such bytes do not agree on what there is to run, and nothing is run.
    """
    if isinstance(val, bytes):
        return argname
    if isinstance(val, str) and len(val) > LONGEST:
        return val.encode("unicode_escape").decode("ascii")[:LONGEST]
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    figures = [
        value
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        for name, value in report.user_properties
        if name == "figure" and report.when == "call"
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.write_line(str(figure))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers. One thread can hold one, so all share it."""
    from playwright.sync_api import sync_playwright  # most tests need none

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    for name in ("new_context", "new_page"):
        setattr(found, name, partial(_begun, getattr(found, name)))
    yield found
    found.close()


def _begun(begin: Callable[..., Any], **said: Any) -> Any:
    """Return a context or a page of a browser, which waits as long as a loaded machine needs.

    What a service worker answers, no test can answer otherwise, and each context would have its
    own: a test of the worker says `service_workers="allow"`.
    """
    found = begin(**{"service_workers": "block", **said})
    found.set_default_timeout(PATIENCE)
    return found
