"""Debian's Firefox, driven as a person would, by WebDriver BiDi."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.node import NODE

_DRIVER = Path(__file__).with_suffix(".mjs")
_PREFERENCES = 'user_pref("browser.shell.checkDefaultBrowser", false);\n'
_PORT = ["--remote-debugging-port", "0"]  # any that is free; it says which
_PATIENCE = 60  # seconds


@dataclass
class Firefox:
    """One tab of a Firefox that runs on a profile."""

    driver: subprocess.Popen[str]
    tab: str = ""

    def call(self, method: str, **params: Any) -> Any:
        """Return what a command of the protocol gives; fail where it is refused."""
        assert self.driver.stdin
        assert self.driver.stdout
        self.driver.stdin.write(json.dumps({"method": method, "params": params}) + "\n")
        self.driver.stdin.flush()
        found = json.loads(self.driver.stdout.readline())
        assert "error" not in found, found
        return found

    def open(self, address: str) -> None:
        """Go to an address, anew where only what stands after # is another."""
        for where in ("about:blank", address):
            self.call("browsingContext.navigate", context=self.tab, url=where, wait="complete")

    def ask(self, expression: str) -> Any:
        """Return what an expression is on the page: a text, a number, or yes and no."""
        target = {"context": self.tab}
        found = self.call(
            "script.evaluate", expression=expression, target=target, awaitPromise=True
        )
        assert found["type"] == "success", found
        return found["result"].get("value")

    def wait(self, expression: str, wanted: Any) -> None:
        """Wait until an expression is as it shall be."""
        until = time.monotonic() + _PATIENCE
        while (found := self.ask(expression)) != wanted:
            assert time.monotonic() < until, (expression, found)
            time.sleep(0.1)

    def type(self, selector: str, text: str) -> None:
        """Put the cursor in a field, and press the keys of a text."""
        self.ask(f"document.querySelector({json.dumps(selector)}).focus()")
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self.call("input.performActions", context=self.tab, actions=actions)


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Start Firefox on a profile, and end it as the system ends what it has no room for."""
    profile.mkdir(exist_ok=True)
    (profile / "user.js").write_text(_PREFERENCES, encoding="utf-8")
    command = ["firefox-esr", "--headless", "--no-remote", "--profile", profile, *_PORT]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=pipe, text=True) as browser,
        _ended(browser),
    ):
        assert browser.stderr
        lines = (re.search(r"ws://\S+", line) for line in browser.stderr)
        address = next(found[0] for found in lines if found)
        talk = [NODE, str(_DRIVER), f"{address}/session"]
        with subprocess.Popen(talk, stdin=pipe, stdout=pipe, text=True) as driver, _ended(driver):
            made = Firefox(driver)
            made.call("session.new", capabilities={})
            made.tab = made.call("browsingContext.create", type="tab")["context"]
            yield made


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
