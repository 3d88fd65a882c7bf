"""Every form of the handbook filled in with what people write, and what they should not."""

from __future__ import annotations

import itertools
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from macros.content.base import Language
from macros.document.compose import compose
from macros.document.formats import DOWNLOADS
from macros.writers.form_data import form
from tests import real
from tests.patience import PATIENCE

MANY = 40  # rows of one table of each form
DATE = "2027-11-05"
LINES = (
    "<script>alert(1)</script> & «sitat» \"to\" 'en'",
    "Čáhput, Ŋuorra, Kárášjohka, đ ŧ ž ø å",
    "=1+1",
    "+47 12 34 56 78",
    "-minus og @navn",
    "]]> &amp; <!-- --> <?x?> {{ region.name }} ${x} [lenke]",
    "Bodø – «best i nord» 😀",
    "  mellomrom  foran og  inni",
    "fast\u2011bindestrek og 50\u00a0%",
)


@cache
def forms(language: Language = "nb") -> dict[str, dict[str, Any]]:
    """Return each form by kind and id, such as `template/budsjett`."""
    edition = real.edition(language)
    composed = ((item, compose(edition, item)) for item in edition.handbook.pages())
    return {
        f"{document.kind}/{document.id}": form(document, edition.words(item).keys("register"))
        for item, document in composed
        if document.asks
    }


def made(asked: dict[str, Any], wanted: str, language: Language = "nb") -> bytes:
    """Return the site's own file of a form in a format."""
    job = real.offered()[language][asked["files"][wanted].removeprefix(DOWNLOADS)]
    return real.finished(job).data


def answered(name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Return a document with an answer in every field, each kind of text among them."""
    texts = itertools.cycle(LINES)
    fields = [field for section in asked["sections"] for field in section["fields"]]
    values: dict[str, Any] = {}
    left = 1
    for field in fields:
        if field["kind"] == "points":
            values.setdefault(field["id"], []).extend(p["id"] for p in field["points"][::2])
        elif field["kind"] == "table":
            many = left and not field.get("labels")
            left -= bool(many)
            values[field["id"]] = list(_rows(field, MANY if many else 2, texts))
        else:
            values[field["id"]] = _value(field, texts)
    return {
        "schema": "naeringsvennlig-region/dokument",
        "form": 1,
        "id": "3f0c1c5e-8f5a-4a57-9d0b-0a4f7f6d2b11",
        "template": name,
        "version": asked["version"],
        "language": asked["language"],
        "name": "Plan for Indre Čáhci & <Ytre>",
        "created": "2026-01-31T10:00:00.000Z",
        "changed": "2026-01-31T10:00:00.000Z",
        "cover": {line["key"]: _cover(line["key"], texts) for line in asked["cover"]},
        "values": values,
    }


def _cover(key: str, texts: Iterator[str]) -> str:
    return DATE if key == "date" else next(texts)


def _rows(table: dict[str, Any], count: int, texts: Iterator[str]) -> Iterator[dict[str, str]]:
    labels = table.get("labels", [])
    for at in range(max(count, len(labels))):
        row = {
            column["id"]: _value(column, texts)
            for column in table["columns"]
            if not column.get("calculation")
        }
        if at < len(labels):
            row[table["columns"][0]["id"]] = labels[at]
        yield row


def _value(asked: dict[str, Any], texts: Iterator[str]) -> Any:
    match asked["kind"]:
        case "date":
            return DATE
        case "choice":
            return asked["options"][-1][0]
        case "checklist":
            return [code for code, _ in asked["options"][::2]]
        case "amount":
            return "1 250,50"
        case "number":
            return str(asked.get("high") or asked.get("low") or 12)
        case "short":
            return next(texts)
    return f"{next(texts)}\nLinje to: {next(texts)}\n\nSlutt"


def squeezed(text: str) -> str:
    """Return text without space and hyphens, so that line breaks do not matter."""
    return re.sub(r"[\s\u00ad\u2010\u2011\ufffe-]+", "", text)


def lacking(asked: dict[str, Any], doc: dict[str, Any], whole: str, date: str) -> list[str]:
    """Return the answers that a file's text does not show; `date` is how it shows the date."""
    fields = [field for section in asked["sections"] for field in section["fields"]]
    wanted = [*doc["cover"].values()]
    for field in fields:
        value = doc["values"][field["id"]]
        if field["kind"] == "table":
            columns = {column["id"]: column for column in field["columns"]}
            wanted += [_said(columns[id], text) for row in value for id, text in row.items()]
        elif isinstance(value, str):
            wanted.append(_said(field, value))
    text = squeezed(whole)
    lines = (line for found in wanted for line in _shown(found, date).split("\n"))
    return [line for line in lines if squeezed(line) not in text]


def _said(asked: dict[str, Any], value: str) -> str:
    return dict(asked["options"])[value] if asked["kind"] == "choice" else value


def _shown(value: str, date: str) -> str:
    return date if value == DATE else value


def converted(folder: Path, files: Iterable[Path], to: str) -> list[Path]:
    """Return files as LibreOffice makes them of others, all at once; `to` is an ending."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    # A control printed as a form field would hide its text from who reads the print.
    options = ':writer_pdf_Export:{"ExportFormFields":{"type":"boolean","value":"false"}}'
    command = ["soffice", "--headless", profile, "--convert-to", to + options * (to == "pdf")]
    given, out = list(files), folder / to
    subprocess.run(
        [*command, "--outdir", str(out), *map(str, given)],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    return [out / f"{path.stem}.{to}" for path in given]


def printed(path: Path) -> str:
    """Return the text of a PDF, as poppler reads it."""
    result = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return result.stdout.decode()
