"""What a test has measured is told at the end, where `make audit` shows it."""

from __future__ import annotations

import signal

import pytest


def pytest_configure() -> None:
    """Let the programs that tests start hear Ctrl-C, also where this runs in the background.

    A shell without job control begins such processes with SIGINT ignored, and they hand it on.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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
