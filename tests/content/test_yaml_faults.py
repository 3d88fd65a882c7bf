"""A file that is no YAML is told of in Norwegian, at the place to mend, with what to write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
import yaml._yaml
from hypothesis import given, strategies as st

from macros.content.errors import Problem
from macros.content.load import parse_yaml
from macros.content.yaml_faults import SAID

# Words of libyaml's that no Norwegian message has.
ENGLISH = re.compile(
    r"\b(found|did not|expected|while|scanning|parsing|mapping|values|allowed|context|token|"
    r"character|scalar|document|key|block|escape|unknown|could|the|and)\b"
)
BEGINNINGS = (b"found ", b"did not find ", b"could not find ", b"block sequence ", b"mapping keys ")

# The least text for every message of libyaml 0.2.5 that a text in UTF-8 can give.
WRONG = {
    "block sequence entries are not allowed in this context": "a: - b",
    "could not find expected ':'": "a: 1\nb\nc: 2",
    "could not find expected directive name": "% a",
    "did not find URI escaped octet": "a: !%zz b",
    "did not find expected ',' or ']'": "a: [b\nc: d",
    "did not find expected ',' or '}'": "a: {b\nc: d",
    "did not find expected '-' indicator": "a:\n  - b: 1\n   c: 2",
    "did not find expected <document start>": "  a: 1\nb: 2",
    "did not find expected alphabetic or numeric character": "a: & b",
    "did not find expected comment or line break": "a: > b",
    "did not find expected digit or '.' character": "%YAML 1x\n---\na",
    "did not find expected hexdecimal number": 'a: "\\xZZ"',
    "did not find expected key": 'a: "b" c',
    "did not find expected node content": "a: ] b",
    "did not find expected version number": "%YAML x\n---\na",
    "did not find expected whitespace": "%TAG !\n---\na",
    "did not find expected whitespace or line break": "a: !b,c]d e\n",
    "did not find the expected '>'": "a: !<b c",
    "found a tab character that violates indentation": "a:\n  b: 1\n\tc: 2",
    "found a tab character where an indentation space is expected": "a: |\n\tb",
    "found an indentation indicator equal to 0": "a: |0\n b",
    "found character that cannot start any token": "a: @b",
    "found duplicate %YAML directive": "%YAML 1.1\n%YAML 1.1\n---\na",
    "found extremely long version number": "%YAML 1.1234567890123\n---\na",
    "found incompatible YAML document": "%YAML 3.0\n---\na",
    "found invalid Unicode character escape code": 'a: "\\ud800"',
    "found undefined tag handle": "a: !b!c d",
    "found unexpected document indicator": '- "a\n---\nb"',
    "found unexpected end of stream": "a: 'b",
    "found unexpected non-alphabetical character": "%A!\n---\na",
    "found unknown directive name": "%A b\n---\na",
    "found unknown escape character": 'a: "\\d"',
    "mapping keys are not allowed in this context": "a: ? b",
    "mapping values are not allowed in this context": "a: b: c",
}


def told(text: str) -> list[str]:
    problems: list[Problem] = []
    parse_yaml(text, "a.yml", problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(("said", "text"), WRONG.items(), ids=WRONG)
def test_each_message_of_the_parser_is_told_in_norwegian(said: str, text: str) -> None:
    with pytest.raises(yaml.YAMLError, match=re.escape(said)):
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
    (line,) = told(text)
    assert not ENGLISH.search(line), line
    assert re.match(r"a\.yml:\d+:\d+: ", line)


def test_no_message_of_the_installed_parser_is_without_a_translation() -> None:
    library = Path(yaml._yaml.__file__).read_bytes()
    said = {text.decode() for text in re.findall(rb"[ -~]{9,}(?=\0)", library)}
    ours = {text for text in said if text.encode().startswith(BEGINNINGS)}
    assert len(ours) > 20, "the parser's messages are not found where they were"
    # Those of the emitter begin with other words; a `<stream-start>` is always there.
    assert ours - SAID.keys() == set()


def test_no_translation_says_anything_in_english() -> None:
    for message, hint in SAID.values():
        assert not ENGLISH.search(re.sub("«[^»]*»", "", f"{message} {hint}")), message


@given(st.text(alphabet="ab:-?*&!|>%@`'\"[]{},# \n\t\\0~\u00a0“", max_size=40))
def test_whatever_is_wrong_is_told_in_norwegian_with_a_line_that_is_there(text: str) -> None:
    for line in told(text):
        place = re.match(r"a\.yml:(\d+):(\d+): ", line)
        assert place, line
        assert int(place[1]) <= text.count("\n") + 1
        assert not ENGLISH.search(line.split(". Skriv ")[0].split("? Skriv ")[0]), line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 'Det er 'fint' her'", "Skriv a: \"Det er 'fint' her\""),
        ('a: "Sogn" og Fjordane', "Skriv a: '\"Sogn\" og Fjordane'"),
        ("- & Sønn", 'Skriv - "& Sønn"'),
        ("a:\n  - b: *c* d", 'Skriv - b: "*c* d"'),
        ("a:#b\nc: d", 'Skriv a: "#b"'),
        ("a: {{ b }}   # c", 'Skriv a: "{{ b }}"'),
        ("a:\n-b\n-c\nd: e", "2:1: etter streken skal det stå et mellomrom. Skriv «- tekst»."),
        ("a: @" + "b" * 100, 'Skriv a: "@' + "b" * 59 + '…"'),
    ],
)
def test_the_line_to_write_is_written_out(text: str, line: str) -> None:
    assert told(text)[0].endswith(line)


def test_a_conflict_that_git_left_is_called_what_it_is() -> None:
    text = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> c\n"
    assert told(text)[0].startswith("a.yml:2:1: filen har en konflikt fra git")


def test_the_line_that_is_proposed_is_read_as_what_was_meant() -> None:
    for value in ("& Sønn", "*a* b", "@a", "%a", "`a`", "- a", "b: c", "> 5", "[a] b", '"a" b'):
        proposed = told(f"a: {value}")[0].rpartition("Skriv ")[2]
        problems: list[Problem] = []
        source = parse_yaml(proposed, "a.yml", problems)
        assert source
        assert (source.data, problems) == ({"a": value}, [])


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u3000"])
@pytest.mark.parametrize(
    ("text", "line", "column", "where"),
    [
        ("a: 1\nb:{}c\nd: 2", 2, 3, "etter kolon"),
        ("a: 1\nb{}: c\nd: 2", 2, 2, "før kolon"),
        ("a:\n{}{}b: c", 2, 1, "i innrykket"),
        ("a:\n  b: c\n {} d: e", 3, 2, "i innrykket"),
        ("a:\n  -{}b\n  -{}c", 2, 4, "etter streken"),
        ("a: 1\nb:{}c", 2, 3, "etter kolon"),
        ("b:{}c", 1, 3, "etter kolon"),
    ],
)
def test_an_unusual_space_is_named_where_it_stands(
    space: str, text: str, line: int, column: int, where: str
) -> None:
    (found,) = told(text.replace("{}", space))
    assert found.startswith(f"a.yml:{line}:{column}: her står et ")
    assert f"mellomrom (U+{ord(space):04X}) {where}" in found


def test_an_unusual_space_inside_a_text_is_text() -> None:
    text = "a: 5\u00a0000 kr: nei".replace(": nei", "") + "\nb: |\n  \u00a0x: y\n  -\u00a0z\n"
    problems: list[Problem] = []
    source = parse_yaml(text, "a.yml", problems)
    assert source
    assert (source.data, problems) == ({"a": "5\u00a0000 kr", "b": "\u00a0x: y\n-\u00a0z\n"}, [])


@pytest.mark.parametrize(
    "text", ["a: b # c", "a: # b\n  c: d", "a: 30 #b", 'a: "#b"', "a: b#c", "# a\na: b", "a: # b"]
)
def test_a_comment_that_is_one_is_no_fault(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "column"), [("[", 2), ("*", 2), ("!!", 3)])
def test_a_fault_at_the_very_end_is_told_behind_the_last_sign(text: str, column: int) -> None:
    problems: list[Problem] = []
    assert parse_yaml(text, "fil.yml", problems) is None
    assert [(problem.line, problem.column) for problem in problems] == [(1, column)]
