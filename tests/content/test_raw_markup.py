"""Markdown that is shown raw is told of; what only looks like it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.content.raw_markup import raw_in, raw_in_page
from macros.content.text import Rich, Text

from .conftest import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "alle går hjem med **samme svar",
        "**samme",
        "a *b c",
        "a _b c",
        "a __b c",
        "a ***b c",
        "a **b** og **c",
        "** fet ** skrift",
        "a **b **c",
        "[x](template/mandat",
        "[x](https://example.no",
        "[x](https://example.no a) b",
        "[x] (template/mandat)",
        "[x] (https://example.no)",
        "[x(template/mandat) b",
        "x](template/mandat) b",
        "- a\n- [b](page/c",
        "a ~~b~~",
        "a `b",
    ],
)
def test_markdown_that_is_not_closed_is_told(text: str) -> None:
    assert list(raw_in(Rich.check(text)))


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 = 15, og 2*3*4",
        "Pris* og tid.\n\n*Gjelder fra 2027.",
        "Pris** og tid.\n\n**Gjelder fra 2027.",
        "*) Gjelder fra 2027",
        "kr 500,-*",
        "[navn] ringer [kommune] (valgfritt) på [dato][sted]",
        "[se (kommune/fylke)]",
        "filen _brand.yml og feltet short_name",
        "svar: ______",
        r"\*\*a og \_b og \[c\](d)",
        "&#42;a",
        "**a** *b* [c](template/mandat)",
        "* a\n* b",
        "a ~ b, 10–20 ~",
        "<b>a</b>",
        "(a) [b]",
    ],
)
def test_what_only_looks_like_markdown_is_left_alone(text: str) -> None:
    assert list(raw_in(Rich.check(text))) == []


@pytest.mark.parametrize("text", ["**a** b", "*a*", "_a_", "[a](page/b)", "`a`", "**a b"])
def test_markdown_in_a_text_that_is_plain_is_told(text: str) -> None:
    assert list(raw_in(Text.check(text)))


@pytest.mark.parametrize("text", ["5 * 3", "a*", "[navn] (x)", "a_b_c", "__", "* a", "***"])
def test_a_plain_text_may_have_the_same_signs(text: str) -> None:
    assert list(raw_in(Text.check(text))) == []


def test_code_tables_and_macros_of_a_page_are_no_text() -> None:
    parts = ("# A", "`a*b`", "```\n**c\n```", '{{ d("*e") }}', '<i title="_f">g</i>')
    page = "\n\n".join([*parts, "| `*` | h |\n|---|---|\n"])
    assert list(raw_in_page(page, "a.md")) == []
    (problem,) = raw_in_page("---\ntitle: **a\n---\n# A\n\nb\nc **d\n", "a.md")
    assert str(problem).startswith("a.md:7:3: advarsel: «**» er ikke lukket")


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_pages_about_the_project_have_none(path: Path) -> None:
    assert list(raw_in_page(path.read_text(encoding="utf-8"), path.name)) == []
