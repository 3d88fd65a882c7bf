"""An author who works with `mkdocs serve` sees each fault where she looks: in the browser."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.site.conftest import Build

pytestmark = pytest.mark.xdist_group("small")

GUIDE = "guides/meeting/oppstartsmote.yml"
PATIENCE = 120  # seconds; a build takes two, but not on a busy machine


class Served:
    """A project as `mkdocs serve` shows it."""

    def __init__(self, build: Build, process: subprocess.Popen[bytes], address: str) -> None:
        self.build = build
        self.process = process
        self.address = address

    def ask(self, path: str = "") -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def wait(self, holds: Callable[[int, str], bool], path: str = "") -> str:
        """Ask until the answer is as it should be, and return it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            status, text = 0, "no answer"
            with suppress(OSError):
                status, text = self.ask(path)
            if holds(status, text):
                return text
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() < deadline, f"{status}: {text}"
            time.sleep(0.2)

    def fails(self, said: str) -> str:
        return self.wait(lambda status, text: status == 503 and said in text)

    def works(self, said: str = "<title>") -> str:
        return self.wait(lambda status, text: status == 200 and said in text)


@contextmanager
def serving(build: Build) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-P", "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    with (build.root / "logg.txt").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=build.root,
            env=build.environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Served(build, process, f"http://127.0.0.1:{port}/")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        finally:
            process.kill()
            process.wait()


def one_language(build: Build, language: str = "nb") -> None:
    region = build.root / "regions/standard/region.yml"
    text = region.read_text(encoding="utf-8").replace("[nb, nn]", f"[{language}]")
    region.write_text(text, encoding="utf-8")


def swap(build: Build, name: str, old: str, new: str) -> None:
    path = build.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_open_page_shows_the_report_and_comes_back_when_the_fault_is_mended(
    small: Build, browser: Browser
) -> None:
    one_language(small)
    with serving(small) as served:
        served.works()
        page = browser.new_page()
        waiting = browser.new_page()
        page.goto(served.address)
        waiting.goto(served.address + "kontakt/")
        swap(small, GUIDE, "minutes: 30", "minutes: <b>ti</b>")
        for seen in (page, waiting):
            expect(seen.get_by_role("heading")).to_have_text(
                "Nettstedet kunne ikke bygges", timeout=PATIENCE * 1000
            )
            report = seen.get_by_role("listitem").first
            expect(report.locator("code")).to_have_text(re.compile(rf"^{GUIDE}:\d+:\d+$"))
            expect(report).to_contain_text("minutes: skal være et heltall, fikk «<b>ti</b>»")
        status, text = served.ask("finnes/ikke/")
        assert (status, "fikk «&lt;b&gt;ti&lt;/b&gt;»" in text) == (503, True)
        swap(small, GUIDE, "minutes: <b>ti</b>", "minutes: 30")
        expect(page).to_have_title(re.compile("Start"), timeout=PATIENCE * 1000)
        expect(waiting).to_have_title(re.compile("Kontakt"), timeout=PATIENCE * 1000)
        page.close()
        waiting.close()


@dataclass(frozen=True)
class Fault:
    """What goes wrong in a project, and what the report says of it."""

    path: str
    said: str
    text: str | None = None  # None: the file or folder is removed

    def make(self, build: Build) -> None:
        path = build.root / self.path
        if self.text is None:
            path.rename(build.root / "borte")
        else:
            shutil.copyfile(path, build.root / "borte")
            path.write_text(self.text, encoding="utf-8")

    def mend(self, build: Build) -> None:
        path, kept = build.root / self.path, build.root / "borte"
        if kept.is_dir():
            kept.rename(path)
        else:
            # Copied, for what is moved in keeps its time, and may look as if nothing happened.
            shutil.copyfile(kept, path)
            kept.unlink()


FAULTS = (
    Fault("templates/mandat.yml", "mandat"),
    Fault("regions/standard/region.yml", "regions/standard/region.yml:2:", "owner: [\n"),
    Fault("docs/kontakt.md", "finst_ikkje", "# Kontakt\n\n{{ finst_ikkje }}\n"),
    Fault("macros/layouts/theme/main.html", "macros/layouts/theme/main.html:1", "{% if %}\n"),
    Fault("regions/standard", "fant ingen region.yml"),
    Fault("guides", "meeting «oppstartsmote» finnes ikke"),
    Fault("docs", "docs"),
    Fault("mkdocs.yml", "mkdocs.yml", "nav: [\n"),
)


def test_the_server_survives_each_fault_and_names_it(small: Build) -> None:
    one_language(small)
    watched = "\nwatch: [macros/layouts]\n"  # in the real project they are the package's own
    settings = (small.root / "mkdocs.yml").read_text(encoding="utf-8")
    small.write("mkdocs.yml", settings + watched)
    with serving(small) as served:
        served.works()
        for fault in FAULTS:
            fault.make(small)
            served.fails(fault.said)
            fault.mend(small)
        assert "Start" in served.works()


def test_a_project_that_is_broken_from_the_start_is_served_as_its_report(small: Build) -> None:
    one_language(small, "nn")
    region, prose = FAULTS[1], FAULTS[2]
    region.make(small)
    with serving(small) as served:
        assert "Nettstedet kunne ikke bygges" in served.fails(region.said)
        region.mend(small)
        prose.make(small)
        assert '<html lang="nn">' in served.fails("Nettstaden kunne ikkje byggjast")
        prose.mend(small)
        assert "Start" in served.works()


def resident(process: int) -> int:
    """Return the memory that a process holds, in kB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    assert found
    return int(found[1])


@pytest.mark.audit
def test_thirty_rebuilds_take_no_more_memory(
    small: Build, record_property: Callable[[str, object], None]
) -> None:
    """After eight builds to fill what is kept between them; every third one fails."""
    figures = []
    with serving(small) as served:
        served.works()
        for number in range(38):
            if number % 3 == 2:
                swap(small, GUIDE, "minutes: 30", "minutes: ti")
                served.fails("skal være et heltall")
                swap(small, GUIDE, "minutes: ti", "minutes: 30")
                served.works()
            else:
                small.write("docs/index.md", f"---\ntitle: Start\n---\n\n# Start {number}\n")
                served.works(f"Start {number}")
            figures.append(resident(served.process.pid))
        children = f"/proc/{served.process.pid}/task/{served.process.pid}/children"
        assert len(Path(children).read_text().split()) <= 1, "a process of a build lives on"
    grown = max(figures[-5:]) - max(figures[:8])
    told = f"serve: {figures[7] // 1024} MB after 8 rebuilds, {figures[-1] // 1024} MB after 38"
    record_property("figure", told)
    assert grown < 3 * 1024, f"{grown} kB: {figures}"
