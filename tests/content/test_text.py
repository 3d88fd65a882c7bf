"""Text as values: one-line text, the Markdown subset, references, names between braces."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, strategies as st
from pydantic_core import PydanticCustomError

from macros.content.rich import (
    List,
    Markdown,
    Paragraph,
    Run,
    map_runs,
    parse_rich,
    rich_blocks,
    runs_of,
)
from macros.content.text import ItemRef, Plain, Rich, Text
from macros.content.written import PLACEHOLDERS, fill


def words(text: str) -> list[Run]:
    return list(runs_of(Rich.check(text).blocks))


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "\n",
                    "\n\n",
                    " ",
                    "  \n",
                    "\t",
                    "Dette",
                    "er",
                    "å",
                    "1.",
                    "- a",
                    "* b",
                    "#",
                    "> c",
                ),
                *(
                    "---",
                    "===",
                    "**x**",
                    "_y_",
                    "[z](tel:1)",
                    "<i>",
                    "&amp;",
                    "\\",
                    "`k`",
                    "!",
                    "e\u0301",
                ),
                *("https://a.no", "(x)", ":", "«q»", "+", "~", "|", "2)"),
            ]
        ),
        max_size=8,
    ).map("".join)
)
def test_a_text_without_signs_is_read_as_markdown_reads_it(text: str) -> None:
    """Such texts go past the parser, and come out as it would have them."""
    try:
        expected = rich_blocks(Markdown("commonmark", {"html": False}).parse(text))
    except PydanticCustomError:
        return
    assert parse_rich(text) == expected


def test_emphasis_and_links_become_runs() -> None:
    assert words("en **to** *tre* [fire](workshop/swot)") == [
        Run("en "),
        Run("to", strong=True),
        Run(" "),
        Run("tre", em=True),
        Run(" "),
        Run("fire", target="workshop/swot"),
    ]


def test_a_link_may_be_emphasised_and_hold_emphasis() -> None:
    assert words("**[a *b*](page/kontakt)** c") == [
        Run("a ", strong=True, target="page/kontakt"),
        Run("b", strong=True, em=True, target="page/kontakt"),
        Run(" c"),
    ]


def test_a_link_over_two_lines_is_one_link_and_two_beside_each_other_are_two() -> None:
    assert words("spør [den\nregionale](role/adviser)") == [
        Run("spør "),
        Run("den regionale", target="role/adviser"),
    ]
    assert [run.target for run in words("[a](role/adviser)[b](workshop/swot)")] == [
        "role/adviser",
        "workshop/swot",
    ]


def test_an_empty_line_parts_paragraphs_and_a_line_break_is_a_space() -> None:
    first, second = Rich.check("en\nto\n\ntre").blocks
    assert "".join(run.text for run in runs_of((first,))) == "en to"
    assert second == Paragraph((Run("tre"),))


def test_lists_may_be_numbered_and_nested() -> None:
    (outer,) = Rich.check("1. en\n   - to\n   - tre\n2. fire").blocks
    assert isinstance(outer, List)
    assert outer.ordered
    assert len(outer.items) == 2
    paragraph, inner = outer.items[0]
    assert paragraph == Paragraph((Run("en"),))
    assert isinstance(inner, List)
    assert not inner.ordered
    assert [item[0] for item in inner.items] == [Paragraph((Run("to"),)), Paragraph((Run("tre"),))]


def test_a_paragraph_after_a_list_stands_outside_it() -> None:
    kinds = [type(block) for block in Rich.check("a\n\n- b\n\nc\n\n1. d").blocks]
    assert kinds == [Paragraph, List, Paragraph, List]


@pytest.mark.parametrize("text", ["<b>fet</b>", "<img src=x onerror=y>", "<!-- -->", "a <br> b"])
def test_html_is_text_like_any_other(text: str) -> None:
    assert "".join(run.text for run in words(text)) == text


def test_an_escaped_character_is_itself() -> None:
    assert words(r"2 \* 3 \[x\] &amp;")[0].text == "2 * 3 [x] &"


@pytest.mark.parametrize(
    "text",
    [
        "# Tittel",
        "Tittel\n===",
        "```\nkode\n```",
        "a\n\n    kode",
        "`kode`",
        "> sitat",
        "a\n\n---\n\nb",
        "![alt](https://example.no/a.png)",
        "- # Tittel",
        "**`kode`**",
        "[![alt](https://example.no/a.png)](https://example.no)",
    ],
)
def test_markdown_outside_the_subset_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="kan ikke ha"):
        Rich.check(text)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.no",
        "/faser/",
        "../a",
        "a.md",
        "#her",
        "",
        "workshop/",
        "Workshop/swot",
        "workshop/swot/x",
        "ftp://example.no",
    ],
)
def test_a_link_leads_to_the_web_to_a_person_or_to_an_item_and_nowhere_else(target: str) -> None:
    with pytest.raises(PydanticCustomError, match="lenken"):
        Rich.check(f"[her]({target})")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd"])
def test_no_way_of_writing_a_link_hides_its_target(target: str) -> None:
    for text in (f"<{target}>", f"[a][b]\n\n[b]: {target}", f"[b]\n\n[b]: <{target}>"):
        with pytest.raises(PydanticCustomError, match="lenken"):
            Rich.check(text)


@pytest.mark.parametrize(
    "text",
    [
        "[x](mailto:{{adviser.email}})",
        "[x](mailto:{{ adviser.email }})",
        "[x](<mailto:{{ adviser.email }}>)",
        "<mailto:{{adviser.email}}>",
        "[x]\n\n[x]: mailto:{{adviser.email}}",
        "[x](https://example.no/%7Badviser%7D)",
        "[x](https://example.no/{a)",
    ],
)
def test_a_link_leads_to_an_address_and_not_to_a_name_between_braces(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="krøllparenteser i adressen"):
        Rich.check(text)


def test_a_name_between_braces_may_be_the_text_of_a_link() -> None:
    (run,) = words("[{{ region.name }}](https://example.no)")
    assert run.text == "{{ region.name }}"


def test_links_are_given_in_reading_order() -> None:
    text = "[a](https://a.no)\n\n- [b](role/x)\n- <mailto:c@d.no>\n- [e](tel:+4712345678)"
    assert list(Rich.check(text).links) == [
        "https://a.no",
        "role/x",
        "mailto:c@d.no",
        "tel:+4712345678",
    ]


def test_map_runs_changes_every_run_and_keeps_the_blocks() -> None:
    blocks = Rich.check("a **b**\n\n1. c\n   - d").blocks
    louder = map_runs(blocks, lambda run: Run(run.text.upper(), run.strong))
    assert [run.text for run in runs_of(louder)] == ["A ", "B", "C", "D"]
    assert louder[1].ordered  # type: ignore[union-attr]


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_documented_name_may_be_used_with_or_without_spaces(name: str) -> None:
    for text in (f"{{{{{name}}}}}", f"{{{{ {name} }}}}", f"a {{{{  {name}  }}}} b"):
        assert Text.check(text) == text
        assert fill(Text.check(text), {name: "X"}).replace("a ", "").replace(" b", "") == "X"


@pytest.mark.parametrize(
    "text",
    [
        "{{ region }}",
        "{{ region.nam }}",
        "{{ 7*7 }}",
        "{{ region.name|upper }}",
        "{{ ''.__class__ }}",
        "{{{ region.name }}}",
        "{{}}",
        "{% raw %}",
        "{# note #}",
        "{{ region.name",
        "region.name }}",
        "{{ region.\nname }}",
    ],
)
def test_anything_else_between_braces_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError, match=r"navn|krøllparentes"):
        Rich.check(text)


def test_a_single_brace_is_text() -> None:
    assert Text.check("{a} og } b {") == "{a} og } b {"


@pytest.mark.parametrize("name", ["{{ 7*7 }}", "{{ adviser.name }}", "{% raw %}", r"\1 \g<0>"])
def test_what_a_region_writes_is_filled_in_as_it_is_and_never_read_again(name: str) -> None:
    names = {"region.name": name, "adviser.name": "Kari"}
    text = "Velkommen til {{ region.name }}, sier {{ adviser.name }}."
    assert fill(text, names) == f"Velkommen til {name}, sier Kari."
    assert Plain.check(name) == name


@given(st.text(), st.text(min_size=1))
def test_filling_in_changes_nothing_but_the_names(value: str, around: str) -> None:
    around = around.replace("{", "").replace("}", "")
    assert fill(around + "{{ region.name }}" + around, {"region.name": value}) == (
        around + value + around
    )


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\x1b", "\x00", "\x85", "\r"])
@pytest.mark.parametrize("kind", [Plain, Text, Rich])
def test_invisible_characters_are_refused_by_number(kind: type[Plain], character: str) -> None:
    with pytest.raises(PydanticCustomError, match=rf"U\+{ord(character):04X}"):
        kind.check(f"a{character}b")


@pytest.mark.parametrize("kind", [Plain, Text, Rich])
@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_text_is_refused(kind: type[Plain], text: str) -> None:
    with pytest.raises(PydanticCustomError, match="tom"):
        kind.check(text)


@pytest.mark.parametrize("text", ["[x]: https://example.no", "-", "1.", "[](role/x)", "&nbsp;"])
def test_a_rich_text_that_shows_nothing_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="ingen tekst som vises"):
        Rich.check(text)


def test_a_short_text_is_one_line_of_at_most_600_characters() -> None:
    assert Text.check(" " + "a" * 600 + "\n") == "a" * 600
    for text, reason in (("a" * 601, "600"), ("a\nb", "én linje")):
        with pytest.raises(PydanticCustomError, match=reason):
            Text.check(text)
    with pytest.raises(PydanticCustomError, match="8000"):
        Rich.check("a " * 4001)


@pytest.mark.parametrize("text", ["swot", "workshop/", "/swot", "workshop/SWOT", "a/b/c", "a b/c"])
def test_a_reference_to_any_item_names_its_kind(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="kind/id"):
        ItemRef.check(text)
    assert ItemRef.check("workshop/swot").target == ("workshop", "swot")


markup = st.text(alphabet="ab \n\t-*_[]()<>!#`1.&;:/\\{}|~=", max_size=80)


@given(markup)
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(PydanticCustomError):  # and nothing else
        assert all(run.text for run in runs_of(Rich.check(text).blocks))


def test_a_long_text_of_nothing_but_markup_is_read_or_refused() -> None:
    for text in ("- " * 4000, "*" * 8000, "[" * 8000, "**a " * 2000, "[a](" * 2000, "<" * 8000):
        with contextlib.suppress(PydanticCustomError):
            Rich.check(text.strip())
