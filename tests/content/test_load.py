"""Reading YAML: values with their places, and what is refused before it costs anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.content import load
from macros.content.errors import Problem
from macros.content.load import Source, read_yaml, sorted_files


def read(tmp_path: Path, text: str | bytes) -> tuple[Source | None, list[str]]:
    path = tmp_path / "a.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems: list[Problem] = []
    source = read_yaml(path, "a.yml", problems)
    return source, [str(problem) for problem in problems]


def data(tmp_path: Path, text: str) -> object:
    source, problems = read(tmp_path, text)
    assert source, problems
    return source.data


def test_a_value_and_its_key_have_the_line_and_column_that_an_editor_shows(tmp_path: Path) -> None:
    source, _ = read(tmp_path, "# æøå\ndeler:\n  - tittel: «é» først\n    minutter: 5\n")
    assert source
    assert source.place(("deler", 0, "minutter"))[:3] == ("a.yml", 4, 15)
    assert source.place(("deler", 0, "minutter"), key=True)[:3] == ("a.yml", 4, 5)
    assert source.place(("deler", 0))[:3] == ("a.yml", 3, 5)


def test_columns_count_characters_and_not_bytes(tmp_path: Path) -> None:
    source, _ = read(tmp_path, "{æøå: 1, b: 2}\n")
    assert source
    assert source.place(("b",))[:3] == ("a.yml", 1, 13)


def test_something_that_is_not_there_has_the_place_of_its_nearest_parent(tmp_path: Path) -> None:
    source, _ = read(tmp_path, "a:\n  b:\n    c: 1\n")
    assert source
    assert source.place(("a", "b", "x", 3)) == source.place(("a", "b"))
    assert source.place(("a", "b"))[:3] == ("a.yml", 3, 5)
    assert source.place(("x",))[:3] == ("a.yml", 1, 1)


def test_only_libyaml_reads_so_that_a_file_means_the_same_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data(tmp_path, "{a: Hva da?, b: 1}") == {"a": "Hva da?", "b": 1}
    monkeypatch.delattr(load.yaml, "CSafeLoader")
    with pytest.raises(AttributeError):
        read(tmp_path, "a: 1")


def test_the_same_key_in_two_lists_items_has_two_places(tmp_path: Path) -> None:
    source, problems = read(tmp_path, "- a: 1\n- a: 2\n")
    assert source
    assert not problems
    assert [source.place((index, "a")).line for index in (0, 1)] == [1, 2]


@pytest.mark.parametrize("word", ["no", "No", "NO", "yes", "on", "off", "y", "n"])
def test_yes_and_no_are_texts(tmp_path: Path, word: str) -> None:
    assert data(tmp_path, f"svar: {word}\n{word}: x\n") == {"svar": word, word: "x"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("~", None),
        ("", None),
        ("null", None),
        ("true", True),
        ("FALSE", False),
        ("12", 12),
        ("-3", -3),
        ("012", 12),
        ("1.5", 1.5),
        ("1:30", "1:30"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("2026-01-31", "2026-01-31"),
        ("<<", "<<"),
        ("9" * 19, "9" * 19),
        ("'12'", "12"),
        ('"~"', "~"),
        ("|\n  12", "12"),
    ],
)
def test_only_what_yaml_1_2_calls_so_is_a_number_or_nothing(
    tmp_path: Path, written: str, value: object
) -> None:
    found = data(tmp_path, f"a: {written}")
    assert found == {"a": value}
    assert type(found["a"]) is type(value)  # type: ignore[index]


def test_a_key_is_always_a_text(tmp_path: Path) -> None:
    assert data(tmp_path, "1: a\ntrue: b\n~: c\n") == {"1": "a", "true": "b", "~": "c"}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    source, problems = read(tmp_path, "\ufefftitle: Ås\r\nb: 1\r\n")
    assert (source and source.data, problems) == ({"title": "Ås", "b": 1}, [])


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("a: 1\r\ntitle: Møte i Ås\n", "latin-1", "a.yml:2:9: filen er ikke UTF-8, men trolig "),
        ("a: é\nb: – nei\n", "cp1252", "trolig Windows-1252 (Latin-1), der det står «é» her"),
        ("title: Ås\n", "utf-16", "a.yml: filen er lagret som UTF-16, ikke UTF-8"),
        ("title: Ås\n", "utf-16-le", "UTF-16"),
        ("title: Ås\n", "utf-16-be", "UTF-16"),
    ],
)
def test_a_file_that_is_not_utf8_is_told_with_its_line_and_what_to_do_in_the_editor(
    tmp_path: Path, text: str, encoding: str, said: str
) -> None:
    source, problems = read(tmp_path, text.encode(encoding))
    assert source is None
    (told,) = problems
    assert said in told
    assert "Lagre filen som UTF-8" in told


def test_a_file_of_10_mb_is_refused_without_being_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load.yaml, "parse", lambda *_, **__: pytest.fail("was parsed"))
    assert read(tmp_path, b"a: 1\n" * 2_000_000) == (None, ["a.yml: filen er større enn 512 kB"])


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000, "{a: " * 10_000, "- " * 10_000, "? " * 10_000, "[" * 10_000 + "]" * 10_000],
)
def test_a_file_10_000_levels_deep_is_refused(tmp_path: Path, text: str) -> None:
    source, problems = read(tmp_path, text)
    assert source is None
    assert len(problems) == 1


def test_sixteen_levels_are_enough_and_allowed(tmp_path: Path) -> None:
    source, problems = read(tmp_path, "[" * 16 + "]" * 16)
    assert source
    assert not problems
    assert read(tmp_path, "[" * 17 + "]" * 17) == (
        None,
        ["a.yml:1:17: dypere enn 16 nivåer er ikke lov"],
    )


def test_a_billion_laughs_are_not_one(tmp_path: Path) -> None:
    lines = ["a0: &a0 [ha, ha]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    source, problems = read(tmp_path, "\n".join(lines))
    assert source is None
    (told,) = problems
    assert told.startswith("a.yml:1:5: anker (&) og alias (*) er ikke lov. Skriv verdien ut.")


def test_a_file_that_refers_to_itself_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "a: &a [*a]")[0] is None


@pytest.mark.parametrize("key", ["a: &x 1", "&x a: 1", "*x : 1"])
def test_an_anchor_or_alias_is_refused_on_keys_too(tmp_path: Path, key: str) -> None:
    assert read(tmp_path, key)[0] is None


def test_every_duplicate_key_is_told_with_the_line_of_the_first(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n")
    assert problems == [
        "a.yml:2:11: b.c: nøkkelen står to ganger, også på linje 2. Ta bort den ene.",
        "a.yml:3:1: a: nøkkelen står to ganger, også på linje 1. Ta bort den ene.",
        "a.yml:4:1: a: nøkkelen står to ganger, også på linje 1. Ta bort den ene.",
    ]


def test_a_file_that_is_not_there_is_a_problem_and_not_an_exception(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_yaml(tmp_path / "nei.yml", "nei.yml", problems) is None
    assert str(problems[0]).startswith("nei.yml: filen kan ikke leses")


def test_a_message_is_one_line_without_terminal_codes(tmp_path: Path) -> None:
    assert str(Problem("a.yml", 1, 1, "a\x1b[31m\n\u202eb", "ukjent nøkkel")).isprintable()
    assert read(tmp_path, '"a\\e[31m\\n\\u202eb": 1\n')[1][0].isprintable()
    assert str(read(tmp_path, "a: \x00")[1][0]).isprintable()


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yml", "c.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / "d.yml").mkdir()
    assert [path.name for path in sorted_files(tmp_path)] == ["a.yml", "b.yml"]
    assert list(sorted_files(tmp_path / "nei")) == []
