"""Whatever an author or a region may write is documented, and the documents are true."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from PIL import Image

from macros.content.brand.file import (
    BrandColour,
    BrandFile,
    LogoFile,
)
from macros.content.brand.typography import BrandFont, FontFileOf, Typography
from macros.content.features import Features
from macros.content.people import Adviser, Contact, Contacts, LocalContact
from macros.content.project import load_project
from macros.content.region import Archive, CaseNumber, Legal, Region, Surveys
from macros.content.surroundings import Footer, Front, FrontPhoto, MenuEntry, NamedLink
from macros.content.timeline import Months, Starts
from macros.content.value import Value
from macros.content.written import PLACEHOLDERS
from macros.pages.calls import MACROS
from tests import real
from tests.content.fonts import made

ROOT = Path(__file__).parent.parent
AUTHORS = (ROOT / "docs" / "for-forfattere.md").read_text(encoding="utf-8")
REGION_MODELS = (
    *(Region, Contacts, Contact, Adviser, LocalContact, Archive, CaseNumber, Surveys, Legal),
    *(Starts, Months, Footer, NamedLink, MenuEntry, Front, FrontPhoto, Features),
)
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
        *(value.name for value in real.project().handbooks["nb"].all(Value)),
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


def blocks(page: str) -> list[str]:
    """Return the examples in YAML of a page, as an author copies them."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


PAGES = sorted(path.name for path in (ROOT / "docs").glob("*.md") if blocks(path.name))
# What a region has that copies the examples: its pictures, and the whole of region.yml.
BESIDE = ("logo.svg", "logo-mork.svg", "bilder/forside.jpg", "docs/om-oss.md")
EXAMPLE = ROOT / "regions" / "eksempel"


def copied(folder: Path, page: str) -> None:
    """Write a region's folder with every example of a page, each in the file that it names."""
    folder.mkdir(parents=True)
    for name in BESIDE:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLE / name, folder / name)
    shutil.copy(EXAMPLE / "logo.svg", folder / "merke.svg")
    (folder / "skrifter").mkdir()
    for weight in (400, 700):
        font = made("woff2", weight=400 if weight == 400 else 600)
        (folder / "skrifter" / f"eksempel-{weight}.woff2").write_bytes(font)
    region = yaml.safe_load((EXAMPLE / "region.yml").read_text(encoding="utf-8"))
    for block in blocks(page):
        first = block.splitlines()[0]
        if first.endswith("schemas/brand.json"):
            (folder / "_brand.yml").write_text(block, encoding="utf-8")
        elif first.endswith("schemas/region.json"):
            region = yaml.safe_load(block)
        elif first == "# region.yml":
            region |= yaml.safe_load(block)
        else:
            path = folder / first.removeprefix("# ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block, encoding="utf-8")
    (folder / "region.yml").write_text(yaml.safe_dump(region, allow_unicode=True), "utf-8")


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("for-forfattere")])
def test_the_examples_of_a_page_can_be_copied_as_they_stand(tmp_path: Path, page: str) -> None:
    copied(tmp_path / "min-region", page)
    for picture in ("docs/bilder/kart.png",):
        path = tmp_path / "min-region" / picture
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (800, 400)).save(path)
    shown = [text for text in fenced(page) if text.startswith("# Om oss")]
    for text in shown:
        (tmp_path / "min-region" / "docs" / "om-oss.md").write_text(text, encoding="utf-8")
    project = load_project(ROOT, str(tmp_path / "min-region"))
    # A national text that has got a new version since is all that may be said of them.
    assert [
        str(one) for one in project.warnings if one.where.rpartition(".")[2] != "based_on"
    ] == []


def fenced(page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"```\n(.*?)```", text, re.DOTALL)


def test_an_example_for_authors_is_taken_from_the_file_that_it_names() -> None:
    for block in blocks("for-forfattere.md"):
        file = ROOT / block.splitlines()[0].removeprefix("# ")
        assert_within(yaml.safe_load(block), yaml.safe_load(file.read_text(encoding="utf-8")))


def assert_within(part: object, whole: object) -> None:
    """Assert that all that an excerpt says is said by the whole, lists from their beginning."""
    if isinstance(part, dict) and isinstance(whole, dict):
        for key, value in part.items():
            assert_within(value, whole[key])
    elif isinstance(part, list) and isinstance(whole, list):
        for one, other in zip(part, whole, strict=False):
            assert_within(one, other)
    else:
        assert part == whole
