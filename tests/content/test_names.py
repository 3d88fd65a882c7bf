"""Names of files: those that are taken, and those that were meant otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.content.names import lookalike, meant_name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("index", "navnet «index» er adressen til en forside"),
        *((code, f"navnet «{code}» er adressen til en målform") for code in ("nb", "nn", "se")),
        *((name, f"navnet «{name}» er holdt av til Windows") for name in ("con", "lpt1", "nul")),
    ],
)
def test_an_item_may_not_have_a_name_that_is_taken(
    tree: Path, told: Callable[..., str], name: str, why: str
) -> None:
    shutil.copy(tree / "guides/workshop/swot.yml", tree / f"guides/workshop/{name}.yml")
    report = told(tree)
    assert f"guides/workshop/{name}.yml:1:1: {why}. Gi filen et annet navn." in report


def test_a_role_may_not_either_and_a_word_of_the_glossary_may(
    tree: Path, told: Callable[..., str]
) -> None:
    for file in ("roles", "glossary"):
        path = tree / f"reference/{file}.yml"
        text = path.read_text(encoding="utf-8")
        first = text[: text.index(":")]
        path.write_text(text.replace(first, "con", 1), encoding="utf-8")
    report = told(tree)
    assert (
        "reference/roles.yml:1:1: con: navnet «con» er holdt av til Windows. Gi nøkkelen" in report
    )
    assert "glossary.yml:1:1" not in report


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("plan.yaml", "plan.yml"),
        ("plan.yml.txt", "plan.yml"),
        ("Plan.yml", "plan.yml"),
        ("Møte på Ås.yml", "mote-pa-as.yml"),
        ("plan.nn.yaml", "plan.nn.yml"),
        ("plan.nb.yml", "plan.yml"),
        ("plan..yml", ""),
        ("plan.se.yml", ""),
        ("Om oss.markdown", "om-oss.md"),
        ("notat.docx", ""),
        ("???.yml", ""),
    ],
)
def test_the_name_that_was_meant_is_found(name: str, meant: str) -> None:
    assert meant_name(name) == meant


@pytest.mark.parametrize(
    "name", ["region.yml.txt", "region.yaml", "Region.yml", "region (1).yml", "region - Kopi.yml"]
)
def test_a_region_file_of_another_name_is_named(
    tree: Path, told: Callable[..., str], name: str
) -> None:
    folder = tree / "regions" / "standard"
    (folder / "region.yml").rename(folder / name)
    assert told(tree).startswith(f"regions/standard/{name}: filen blir ikke lest. Gi den navnet «r")


@pytest.mark.parametrize("name", ["_brand.yml.txt", "_Brand.yml", "brand.yaml", "_brand.yaml"])
def test_a_brand_file_of_another_name_is_named(
    tree: Path, told: Callable[..., str], name: str
) -> None:
    folder = tree / "regions" / "standard"
    (folder / "_brand.yml").rename(folder / name)
    assert f"regions/standard/{name}: filen blir ikke lest. Gi den navnet «_b" in told(tree)


def test_another_file_beside_is_not_taken_for_it(tmp_path: Path) -> None:
    for name in ("regioner.yml", "regional.txt", "logo.svg", "region.docx"):
        (tmp_path / name).write_text("")
    assert lookalike(tmp_path, "region.yml") == ""
