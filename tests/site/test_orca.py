"""What a screen reader says of whole pages: Orca reads them aloud, and its own log tells each word.

It runs on a screen and a bus of its own, without a voice: what it would have said is written down.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.conftest import FLAGS
from tests.patience import PATIENCE

PAGES = [
    "",
    "faser/forstudie/",
    "faser/forstudie/dagens-bilde/",
    "guider/workshop/swot/",
    "guider/mote/styringsgruppemote/",
    "guider/intervju/bedrift/",
    "maler/budsjett/",
    "finn/",
    "last-ned/",
    "ordliste/",
]
SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*?)'(?:\{.*)?$", re.MULTILINE)
QUIET = 4.0  # seconds without a word: the page is read
WORD = re.compile(r"\w+")
# What Orca 43 itself says between the page's words, of what they are and where: it counts them,
COUNTED = re.compile(
    r"(row|column|Nesting level) \d+|(table|(Description )?[Ll]ist) with .*|Page has .*|"
    r".* selected\.|Selection deleted\.|Address and search bar|about:blank"
)
# and it names what they are.
OWN = frozenset(
    WORD.findall("""
    0 alert am and article banner blank block bottom box button cell check checkbox checked
    chromium clickable collapsed column columns combo complementary content contentinfo
    description details document editable empty entry expanded figure finished footer form frame
    graphic group grouping has header heading headings hour hours image information invalid is
    item items landmark landmarks leaving level link links list loading main menu meter minutes
    navigation not of off on opens page panel partially percent picker please pm popup press
    pressed push quote radio reader region required row rows screen search section selected
    selector separator show slider spin status statusbar table tables term time to toggle top
    unchecked unvisited value visited wait web with wrapping
    """)
)
# Every text of the page by itself, as the ear may hear it: a text, an attribute.
TEXTS = """() => {
  const found = [document.title];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) found.push(walk.currentNode.data);
  for (const one of document.querySelectorAll("*")) {
    for (const name of ["aria-label", "alt", "title", "placeholder", "value"]) {
      if (one.hasAttribute(name)) found.push(one.getAttribute(name));
    }
  }
  for (const list of document.querySelectorAll("ol")) {
    found.push([...list.children].map((_, at) => at + 1).join(" ")); // its numbers are said, too
  }
  return found;
}"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((one) => one.checkVisibility({contentVisibilityAuto: true}))
  .map((one) => [one.textContent.replace(/\\s+/g, " ").trim(), Number(one.tagName[1])])"""

# Orca keeps back what it writes in its log until there is much of it: this lets out each line.
_STARTED = """
import builtins, runpy, sys
kept = builtins.open
def lined(file, mode="r", buffering=-1, *more, **named):
    return kept(file, mode, 1 if mode == "w" else buffering, *more, **named)
builtins.open = lined
sys.argv[0] = "orca"
runpy.run_path("/usr/bin/orca", run_name="__main__")
"""


class Orca:
    """A screen, a bus and Orca, and what it has said so far."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.log = folder / "orca.log"
        home = folder / "hjem"
        home.mkdir()
        self._stack = stack
        self.environment = {
            **{key: value for key, value in os.environ.items() if "DBUS" not in key},
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "LANG": "C.UTF-8",
            "LANGUAGE": "C",
            "NO_AT_BRIDGE": "0",
        }
        self.environment["DISPLAY"] = f":{self._start('Xvfb', '-displayfd', '1').strip()}"
        bus = self._start("dbus-daemon", "--session", "--nofork", "--print-address=1")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.strip()
        self._begin("/usr/libexec/at-spi-bus-launcher", "--launch-immediately", "--screen-reader=1")
        self._begin("openbox")  # without a window manager no window is the active one
        self._begin("/usr/bin/python3", "-c", _STARTED, f"--debug-file={self.log}")
        self._wait(lambda: "Screen reader on." in self.said())

    def _begin(self, *command: str, **more: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL, **more)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def _start(self, *command: str) -> str:
        """Start what tells on its first line where it is."""
        process = self._begin(*command, stdout=subprocess.PIPE)
        assert process.stdout
        self._stack.callback(process.stdout.close)
        return process.stdout.readline().decode()

    def _wait(self, done: object) -> None:
        assert callable(done)
        limit = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < limit, self.said()[-10:]
            time.sleep(0.2)

    def said(self) -> list[str]:
        """Return all that has been said, in order."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return SPOKEN.findall(text)

    def read(self, page: Page, address: str) -> list[str]:
        """Open a page, and return what is said of it until there is nothing more to say."""
        before = len(self.said())
        page.goto("about:blank")
        page.mouse.click(600, 400)  # to the page, from the browser's own field for addresses
        page.goto(address)
        self._wait(lambda: any("Finished loading" in one for one in self.said()[before:]))
        known, since = len(self.said()), time.monotonic()
        while time.monotonic() - since < QUIET:
            time.sleep(0.3)
            if (now := len(self.said())) != known:
                known, since = now, time.monotonic()
        return self.said()[before:]


@pytest.fixture(scope="module")
def orca(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orca]:
    with ExitStack() as stack:
        yield Orca(tmp_path_factory.mktemp("orca"), stack)


@pytest.fixture(scope="module")
def heard(
    orca: Orca, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """A browser on Orca's screen, which asks nothing of its own."""
    with reader(orca, playwright, tmp_path_factory.mktemp("nettleser")) as page:
        yield page


@contextmanager
def reader(orca: Orca, playwright: Playwright, profile: Path) -> Iterator[Page]:
    """Give a page of a browser on Orca's screen, with the profile in a folder."""
    settings = profile / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text('{"translate": {"enabled": false}}', encoding="utf-8")
    browser = playwright.chromium.launch_persistent_context(
        profile,
        executable_path="/usr/bin/chromium",
        args=[*FLAGS, "--force-renderer-accessibility"],
        headless=False,
        env=orca.environment,
        viewport={"width": 1280, "height": 900},
    )
    yield browser.pages[0]
    browser.close()


@pytest.mark.audit
@pytest.mark.xdist_group("orca")
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_heard_as_it_is_written(orca: Orca, heard: Page, address: str, path: str) -> None:
    said = orca.read(heard, address + path)
    # Words that no text of the page has: two of them were run together, or cut.
    written = {word for text in heard.evaluate(TEXTS) for word in WORD.findall(text)}
    spoken = (one for one in said if not COUNTED.fullmatch(one))
    unknown = {word for one in spoken for word in WORD.findall(one)} - written
    assert {word for word in unknown if word.lower() not in OWN} == set()
    # A heading is said once, in its place, and as what it is.
    told = [
        (before.strip(), int(one.rsplit(" ", 1)[1]))
        for before, one in pairwise(said)
        if one.startswith("heading level ")
    ]
    assert told == [tuple(one) for one in heard.evaluate(HEADINGS)]
    # The link to a section is there for who asks for it, not after each heading.
    assert not [one for one in said if "Lenke til avsnittet" in one]
