"""Whatever an author or a region may write is documented, and the documents are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.content.brand.file import (
    BrandColour,
    BrandFile,
    LogoFile,
)
from macros.content.brand.typography import BrandFont, FontFileOf, Typography
from macros.content.project import load_project
from macros.content.region import (
    Archive,
    CaseNumber,
    Contact,
    Contacts,
    Legal,
    Region,
    Surveys,
)
from macros.content.timeline import Months, Starts
from macros.content.value import Value
from macros.content.written import PLACEHOLDERS
from macros.pages.calls import MACROS

ROOT = Path(__file__).parent.parent
AUTHORS = (ROOT / "docs" / "for-forfattere.md").read_text(encoding="utf-8")
REGION_MODELS = (Region, Contacts, Contact, Archive, CaseNumber, Surveys, Legal, Starts, Months)
REGIONS = (ROOT / "docs" / "lag-egen-utgave.md").read_text(encoding="utf-8")


def registered() -> list[str]:
    """Return the names of the macros that a page may call."""
    return list(MACROS)


@pytest.mark.parametrize("name", registered())
def test_every_macro_has_an_example_on_the_author_page(name: str) -> None:
    assert re.search(rf"\{{\{{ {name}\(", AUTHORS), name


def test_no_macro_on_the_author_page_is_made_up() -> None:
    assert set(re.findall(r"\{\{ (\w+)\(", AUTHORS)) <= set(registered())


@pytest.mark.parametrize(
    "name",
    [
        *PLACEHOLDERS,
        *(value.name for value in load_project(ROOT, "standard").handbooks["nb"].all(Value)),
    ],
)
def test_every_name_between_braces_is_on_the_author_page(name: str) -> None:
    assert "{{ " + name + " }}" in AUTHORS


@pytest.mark.parametrize(
    "key",
    [
        key
        for model in (
            *REGION_MODELS,
            BrandFile,
            BrandColour,
            LogoFile,
            Typography,
            BrandFont,
            FontFileOf,
        )
        for key in (field.alias or name for name, field in model.model_fields.items())
    ],
)
def test_every_key_of_a_region_is_documented(key: str) -> None:
    assert re.search(rf"[`.\s]{key}[`:.\s]", REGIONS), key


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
)
def test_the_files_that_a_document_names_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert missing == []
    modules = re.findall(r"`(macros/[\w/.]+\.(?:py|css|html|yml))`", text)
    assert [module for module in modules if not (ROOT / module).exists()] == []


def test_the_example_of_a_region_file_is_the_example_region() -> None:
    shown = re.findall(r"```yaml\n(.*?)```", REGIONS, re.DOTALL)[0]
    file = (ROOT / "regions" / "eksempel" / "region.yml").read_text(encoding="utf-8")
    lines = [line for line in file.splitlines(keepends=True) if not line.startswith("# ")]
    assert [line for line in shown.splitlines(keepends=True) if not line.startswith("# ")] == lines
