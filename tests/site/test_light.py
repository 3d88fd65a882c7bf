"""Light and closed: what a page weighs, how it scores, and that it asks nobody else."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import FLAGS
from tests.node import NODE
from tests.patience import PATIENCE
from tests.site.conftest import ROOT

TOOLS = ROOT / "tests" / "light" / "node_modules"
FRONT, GUIDE = "", "guider/workshop/swot/"
KIB = 1024
WATCH = """
window.seen = {shift: 0, stopped: []};
document.addEventListener("securitypolicyviolation", (event) =>
  seen.stopped.push(`${event.violatedDirective}: ${event.blockedURI}`));
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


def lighthouse(address: str, *categories: str) -> dict[str, Any]:
    """Return Lighthouse's report of a page on a phone, over a simulated slow line."""
    result = subprocess.run(
        [
            NODE,
            str(TOOLS / "lighthouse" / "cli" / "index.js"),
            address,
            "--quiet",
            "--output=json",
            "--no-enable-error-reporting",
            f"--only-categories={','.join(categories)}",
            f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        ],
        env={**os.environ, "CHROME_PATH": "/usr/bin/chromium"},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def faults(report: dict[str, Any]) -> list[str]:
    """Return «category score: audits that failed» for every category below 100."""
    return [
        f"{name} {category['score']}: "
        + ", ".join(
            ref["id"]
            for ref in category["auditRefs"]
            if ref["weight"] and (report["audits"][ref["id"]]["score"] or 0) < 1
        )
        for name, category in report["categories"].items()
        if category["score"] < 1
    ]


@pytest.mark.parametrize("page", [FRONT, pytest.param(GUIDE, marks=pytest.mark.audit)])
def test_lighthouse_finds_no_fault(address: str, page: str) -> None:
    assert faults(lighthouse(address + page, "accessibility", "best-practices", "seo")) == []


@pytest.mark.audit
@pytest.mark.parametrize("page", [FRONT, GUIDE])
def test_a_page_is_quick_on_a_slow_phone(address: str, page: str) -> None:
    """The median of three, for the score sinks when the machine has other work."""
    reports = (lighthouse(address + page, "performance") for _ in range(3))
    scores = [report["categories"]["performance"]["score"] for report in reports]
    assert statistics.median(scores) >= 0.95, scores


@pytest.mark.parametrize("page", [FRONT, GUIDE])
def test_a_first_visit_is_light_and_nothing_moves(
    browser: Browser, address: str, page: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(WATCH)
    tab = context.new_page()
    wire = context.new_cdp_session(tab)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    tab.goto(address + page, wait_until="networkidle")
    assert len(sizes) >= 4
    assert sum(sizes) < 250 * KIB
    assert tab.evaluate("seen.shift") < 0.01
    context.close()


def test_a_whole_visit_asks_nobody_else_and_breaks_no_rule(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    tab, wrong, host = context.new_page(), [], urlsplit(address).netloc
    context.on("request", lambda asked: _outside(asked.url, host, wrong))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)

    for path in (FRONT, GUIDE, "last-ned/", "sjekklister/"):
        _look(tab, address + path, wrong)
    with tab.expect_download() as download:
        tab.goto(address + "last-ned/")
        tab.locator("main a[href$='.docx']").first.click()
    assert download.value.path().stat().st_size > 0
    assert wrong == []
    # Chromium itself notes that the page is missing; nothing else may be said.
    _look(tab, address + "finnes/ikke/", wrong)
    assert [said for said in wrong if "404" not in said] == []
    context.close()


def _look(tab: Page, where: str, wrong: list[str]) -> None:
    tab.goto(where, wait_until="networkidle")
    wrong += [f"{where} stoppet: {one}" for one in tab.evaluate("seen.stopped")]


def _outside(url: str, host: str, wrong: list[str]) -> None:
    if urlsplit(url).netloc not in (host, ""):
        wrong.append(f"spør {url}")


def test_the_policy_stops_a_script_that_is_not_the_sites(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    tab.goto(address + GUIDE)
    ran = tab.evaluate(
        """() => {
          const script = document.createElement("script");
          script.append("window.broken = true");
          document.body.append(script);
          try {
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='broken = true'>");
          } catch {}
          return Boolean(window.broken);
        }"""
    )
    assert ran is False
    tab.close()


@pytest.mark.parametrize("language", ["nb", pytest.param("nn", marks=pytest.mark.audit)])
def test_every_page_is_html_without_errors(site: Path, language: str) -> None:
    """Both languages have the same templates, so `make test` takes one of them."""
    inner = [path for path in site.iterdir() if path.name != "nn" and path.name != "last-ned"]
    pages = inner if language == "nb" else [site / "nn"]
    result = subprocess.run(
        [
            "java",
            "-jar",
            str(TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"),
            *("--skip-non-html", "--errors-only", "--format", "json"),
            *map(str, pages),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(result.stderr or result.stdout)["messages"]
    assert {f"{one['url'].split('/site/')[-1]}: {one['message']}" for one in found} == set()
