"""What a text may hold, judged as readers and XML get it, and told at its place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, strategies as st
from pydantic_core import PydanticCustomError

from macros.content.characters import DRAWN, find_written, refused, shows
from macros.content.rich import runs_of
from macros.content.text import Plain, Rich, Text

from .conftest import ROOT

FONTS = ROOT / "docs" / "assets" / "fonts"
GUIDE = "guides/meeting/oppstartsmote.yml"
# XML 1.0 (fifth edition), 2.2, production 2: what a file in XML can hold.
XML_CHAR = re.compile("[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")

REFUSED = {
    "form feed": "\x0c",
    "delete": "\x7f",
    "next line": "\x85",
    "override": "\u202e",
    "isolate": "\u2066",
    "Arabic mark": "\u061c",
    "zero width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "tag letter": "\U000e0041",
    "variation selector of a letter": "\ufe0f",
    "variation selector 17": "\U000e0100",
    "private use": "\ue000",
    "private use, plane 16": "\U00100000",
    "noncharacter": "\ufdd0",
    "noncharacter, plane 1": "\U0001ffff",
    "surrogate": "\ud800",
    "Hangul filler": "\u3164",
    "Hangul choseong filler": "\u115f",
    "Hangul jungseong filler": "\u1160",
    "half-width Hangul filler": "\uffa0",
    "blank Braille": "\u2800",
    "joiner between letters": "\u200d",
    "non-joiner between letters": "\u200c",
    "combining grapheme joiner": "\u034f",
    "object replacement": "\ufffc",
    "replacement": "\ufffd",
    "an emoji, which no PDF can show": "\U0001f469",
    "a letter of a script that the font lacks": "\u06cc",
    "a mark that has no letter of its own": "\u035f",
}
KEPT = {
    "soft hyphen": "nærings\u00advennlig",
    "no-break space": "5\u00a0000",
    "narrow no-break space": "5\u202f000",
    "thin space": "5\u2009000",
    "non-breaking hyphen": "e\u2011post",
    "Sámi letters": "Čálliid Lágádus, Ŋárga, đ ŧ š ž",
    "Skolt Sámi letters": "sää´mǩiõll, Ʒ ʒ ǯ",
    "names from elsewhere": "Ștefan, Nguyễn, Łukasz, Ağaoğlu",
    "dashes, quotes and signs": "−5 °C – 3′ — ½ ‰ CO₂ m² «a» “b” „c“",
    "arrows and marks": "→ ✓ □ • … ™ ≈",
}


@pytest.mark.parametrize("character", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("kind", [Plain, Text, Rich])
def test_what_is_not_seen_as_it_is_read_is_refused_by_its_number(
    kind: type[Plain], character: str
) -> None:
    with pytest.raises(PydanticCustomError, match=rf"U\+{ord(character):04X} "):
        kind.check(f"a{character}b")


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
@pytest.mark.parametrize("kind", [Plain, Text, Rich])
def test_what_real_text_needs_is_kept(kind: type[Plain], text: str) -> None:
    assert kind.check(text) == text


def test_every_character_that_is_kept_can_stand_in_xml() -> None:
    for code in range(0x110000):
        if not XML_CHAR.fullmatch(chr(code)):
            assert refused(f"a{chr(code)}b"), hex(code)


@pytest.mark.parametrize("font", sorted(FONTS.glob("inter-*.woff2")), ids=lambda path: path.stem)
def test_the_handbook_s_font_draws_every_character_that_is_kept(font: Path) -> None:
    with TTFont(font) as opened:
        assert {ord(character) for character in DRAWN} <= opened.getBestCmap().keys()


def test_a_sami_letter_is_one_letter_however_it_was_typed() -> None:
    assert Text.check("C\u030ca\u0301lliid") == "Čálliid"
    assert "".join(run.text for run in runs_of(Rich.check("s&#x30c;a").blocks)) == "ša"


@pytest.mark.parametrize("text", ["\u00ad", "\u0301", "\u00a0\u00ad", "\u0301 \u0308"])
def test_a_name_that_shows_nothing_is_refused(text: str) -> None:
    for kind in (Plain, Text, Rich):
        with pytest.raises(PydanticCustomError, match=r"tom|vises|U\+03"):
            kind.check(text)
    assert not shows(text)


def write_purpose(tree: Path, written: str) -> None:
    text = (tree / GUIDE).read_text(encoding="utf-8")
    text = re.sub(r"purpose: \|\n(  .*\n|\n)+", lambda _: f"purpose: {written}\n", text)
    (tree / GUIDE).write_text(text, encoding="utf-8")


ENTITIES = ("&#12;", "&#x202e;", "&#x200b;", "&ZeroWidthSpace;", "&#x2028;", "&#xE0041;", "&#0;")


@pytest.mark.parametrize("entity", [*ENTITIES, "&#xFEFF;", "&#x3164;", "&#xD800;", "&NoBreak;"])
def test_a_character_written_as_an_entity_is_judged_as_the_character(
    tree: Path, told: Callable[..., str], entity: str
) -> None:
    write_purpose(tree, f"Alle går {entity} hjem.")
    assert f"{GUIDE}:9:19: purpose: kan ikke ha tegnet U+" in told(tree)


@pytest.mark.parametrize("prefix", ["https://example.no/", "mailto:a@example.no?subject="])
@pytest.mark.parametrize("character", ["&#x202e;", "%E2%80%AE", "\u202e", "%0C", "&#x200b;"])
def test_an_address_holds_no_more_than_a_text(prefix: str, character: str) -> None:
    with pytest.raises(PydanticCustomError, match=r"kan ikke ha tegnet U\+"):
        Rich.check(f"[her]({prefix}a{character}b)")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.no/s%F8k",
        "https://example.no/s%C3%B8k?q=%20a",
        "mailto:a@example.no?subject=M%C3%B8te&body=Hei%0D%0A%0D%0AVi",
    ],
)
def test_an_address_with_other_letters_or_a_message_of_several_lines_is_kept(address: str) -> None:
    assert list(Rich.check(f"[her]({address})").links) == [address]


def test_a_subject_of_two_lines_is_refused() -> None:
    with pytest.raises(PydanticCustomError, match="linjeskift"):
        Rich.check("[her](mailto:a@example.no?subject=a%0D%0ABcc:%20b@example.no)")


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("'Alle \u202e går'", 9, 16),
        ('"Alle \\u202e går"', 9, 16),
        ("|\n  En linje.\n\n  To \u202e linjer.", 12, 6),
        (">-\n  En linje.\n  To &#x202e; linjer.", 11, 6),
        ("En linje\n  og en til\u202e.", 10, 12),
        ('"En \\\n  to &#8238; tre"', 10, 6),
    ],
)
def test_the_place_is_that_of_the_character_in_every_way_of_writing_a_text(
    tree: Path, told: Callable[..., str], written: str, line: int, column: int
) -> None:
    write_purpose(tree, written)
    assert f"{GUIDE}:{line}:{column}: purpose: kan ikke ha tegnet U+202E" in told(tree)


drawn = st.text(alphabet=sorted(DRAWN))


@given(drawn, st.sampled_from(list(REFUSED.values())), drawn, st.booleans())
def test_a_refused_character_is_found_wherever_it_stands(
    before: str, character: str, after: str, escaped: bool
) -> None:
    found = refused(f"{before}{character}{after}")
    assert found
    assert found.character == character
    written = f"\\U{ord(character):08x}" if escaped else character
    assert find_written(f"a{written}", character) == 1


@given(st.text() | drawn)
def test_what_is_taken_is_taken_again_and_can_be_written(text: str) -> None:
    try:
        once = Plain.check(text)
    except PydanticCustomError:
        return
    assert Plain.check(once) == once
    assert XML_CHAR.fullmatch(once)
    once.encode()
