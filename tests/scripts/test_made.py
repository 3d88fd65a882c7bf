"""Every format made in a browser, under the site's own policy, from the files that it fetches."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from macros.site.headers import POLICY
from tests.offline import opened
from tests.scripts.filled import answered, forms, made
from tests.scripts.test_scripts import JS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.xdist_group("filled")

NAME, LARGEST = "template/budsjett", "template/prosjektplan-hovedprosjekt"
WANTED = {"docx": b"PK", "odt": b"PK", "xlsx": b"PK", "fillable": b"%PDF-", "json": b"{"}
RULES = "; ".join(
    " ".join((name, *sources)) for name, sources in POLICY.items() if name != "frame-ancestors"
)
PAGE = f"""<!doctype html><html lang="nb"><meta charset="utf-8"><title>Prøve</title>
<meta http-equiv="Content-Security-Policy" content="{RULES}">
<script type="module" src="prove.js"></script></html>"""
SCRIPT = """
import { make, taken } from "./files/index.js";
const text = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
window.make = async (...given) => {
  const made = await make(...given);
  return { ...made, bytes: text(made.bytes) };
};
window.taken = async (given) => taken(bytes(given)).catch(({ key, where }) => ({ key, where }));
window.ready = true;
"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return a page that has the scripts and one form's files, and nothing else."""
    asked = forms()[NAME]
    files: dict[str, bytes | str] = {"index.html": PAGE, "prove.js": SCRIPT}
    files |= {asked["files"][wanted]: made(asked, wanted) for wanted in WANTED if wanted != "json"}
    files[forms()[LARGEST]["files"]["docx"]] = made(forms()[LARGEST], "docx")
    with opened(browser, JS, files) as found:
        found.wait_for_function("window.ready")
        yield found


def test_each_format_is_made_of_the_site_s_own_file_and_read_again(page: Page) -> None:
    asked, doc = forms()[NAME], answered(NAME, forms()[NAME])
    for wanted, begin in WANTED.items():
        made_ = page.evaluate("given => make(...given)", [wanted, "./", asked, doc])
        data = base64.b64decode(made_["bytes"])
        ending = "pdf" if wanted == "fillable" else wanted
        assert data.startswith(begin)
        assert made_["name"] == f"Plan for Indre Čáhci & Ytre.{ending}"
        assert bool(made_["left"]) == (wanted == "fillable")
        if wanted in ("docx", "json"):
            found = page.evaluate("given => taken(given)", made_["bytes"])
            assert found["template"] == NAME
            assert found["values"]["fase"] == doc["values"]["fase"]


def test_the_largest_plan_is_made_while_one_waits(page: Page, record_property: Any) -> None:
    given = ["docx", "./", forms()[LARGEST], answered(LARGEST, forms()[LARGEST])]
    timed = "async (given) => { const from = performance.now(); await make(...given);"
    took = page.evaluate(f"{timed} return performance.now() - from; }}", given)
    record_property("figure", f"Word in the browser, the largest plan: {took:.0f} ms")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"Hei", "Foreign"),
        (b"\xff\xfe\x00", "Foreign"),
        (b"PK\x03\x04 og noe", "Damaged"),
        (b'{"schema": "naeringsvennlig-region/dokument"', "Damaged"),
        (json.dumps({"schema": "naeringsvennlig-region/dokument", "form": 9}).encode(), "Newer"),
    ],
)
def test_a_file_that_is_none_of_ours_is_told_of(page: Page, data: bytes, key: str) -> None:
    found = page.evaluate("given => taken(given)", base64.b64encode(data).decode())
    assert found["key"] == key


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Plan/2026: «Nord»?", "Plan 2026 «Nord»"),
        ("..\\..\\con", "con_"),
        ("CON", "CON_"),
        ("x" * 300, "x" * 100),
        (" \n", "Budsjett"),
    ],
)
def test_the_file_is_named_so_that_every_system_takes_it(page: Page, name: str, shown: str) -> None:
    doc: dict[str, Any] = {**answered(NAME, forms()[NAME]), "name": name}
    found = page.evaluate("given => make(...given)", ["json", "./", forms()[NAME], doc])
    assert found["name"] == f"{shown}.json"
