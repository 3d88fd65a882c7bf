"""How a test goes about the page where answers become figures, as a person does."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.site.conftest import ROOT

PAGE = "svar/"
AXE = ROOT / "tests" / "site" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def begin(page: Page, address: str, survey: str = "bedrifter", language: str = "") -> None:
    page.goto("about:blank")
    page.goto(f"{address}{language}{PAGE}#{survey}")
    expect(page.locator(".intake h2")).to_be_visible()


def counted(page: Page) -> None:
    """Go on from what was found to the figures, and wait for the last of them."""
    page.get_by_role("button", name="Vis tallene").click()
    drawn(page)


def drawn(page: Page) -> None:
    """Wait for the last of the figures."""
    expect(page.locator(".figures__list [aria-current]")).to_have_count(1)


def sampled(page: Page, address: str, survey: str = "bedrifter") -> None:
    """Show the figures of the made-up answers."""
    begin(page, address, survey)
    page.get_by_role("button", name="Prøv med oppdiktede svar").click()
    expect(page.get_by_role("heading", name="Dette fant vi i filene")).to_be_focused()
    counted(page)


def step(page: Page, name: str) -> None:
    steps = page.get_by_role("navigation", name="Steg")
    steps.get_by_role("link", name=name).click()


def axe(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    found = page.evaluate(f"axe.run({{runOnly: {json.dumps(TAGS)}}})")
    return [
        f"{one['id']}: {[node['html'][:200] for node in one['nodes']][:3]}"
        for one in found["violations"]
    ]


def survey_data(page: Page, address: str, survey: str = "bedrifter") -> dict[str, Any]:
    found: dict[str, Any] = page.request.get(f"{address}data/svar/{survey}.json").json()
    return found


def questions(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [question for theme in data["themes"] for question in theme["questions"]]


def csv_of(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def answered(data: dict[str, Any], many: int) -> list[dict[str, str]]:
    """Return so many answers to all that is asked, each other than the one before."""
    found = []
    for at in range(many):
        row: dict[str, str] = {}
        for nr, question in enumerate(questions(data)):
            codes = [option["code"] for option in question["options"]]
            pick = codes[(at * 7 + nr + at // 3) % len(codes)] if codes else ""
            if question["type"] == "matrix":
                row |= {
                    f"{question['code']}/{one['code']}": codes[(at + place) % len(codes)]
                    for place, one in enumerate(question["rows"])
                }
            elif question["type"] == "text":
                row[question["code"]] = f"Svar nummer {at} med egne ord." if at % 4 == 0 else ""
            else:
                row[question["code"]] = str(at % 30) if question["type"] == "number" else pick
        found.append(row)
    return found


def put(page: Page, name: str, content: bytes, within: str = ".intake") -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.set_input_files(f"{within} [data-part=input]", files=[file])  # type: ignore[list-item]


def shown(page: Page) -> dict[str, str]:
    """Return what each question says in words, which is what its picture shows."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".figure[data-code]")].map(
        (one) => [one.dataset.code, one.querySelector("svg desc")?.textContent ?? ""]))"""
    )
    return found


def saved(page: Page, folder: Path, name: str = "Lagre arbeidet som fil") -> Path:
    """Save the work as a file, or what else a button saves, and return where it is."""
    step(page, "Rapport")
    with page.expect_download() as told:
        page.get_by_role("button", name=name).click()
    path = folder / told.value.suggested_filename
    told.value.save_as(path)
    return path
