"""The report: one error, all problems, in order."""

from __future__ import annotations

from macros.content.errors import ContentError, Problem, found_text, path_text, report, suggest


def test_problems_are_told_once_each_in_the_order_of_files_lines_and_columns() -> None:
    first, second, third = (
        Problem("a.yml", 2, 1, "", "x"),
        Problem("a.yml", 10, 1, "", "x"),
        Problem("b.yml", 1, 1, "", "x"),
    )
    error = ContentError([third, second, first, second])
    assert str(error) == "a.yml:2:1: x\na.yml:10:1: x\nb.yml:1:1: x\n3 feil."


def test_warnings_are_counted_for_themselves() -> None:
    warning = Problem("a.yml", 1, 1, "b", "x", severity="warning")
    assert report([warning]) == "a.yml:1:1: advarsel: b: x\n1 advarsel."
    both = report([warning, warning, Problem("a.yml", 1, 1, "b", "x", "Gjør y.")])
    assert both.endswith("a.yml:1:1: b: x. Gjør y.\n1 feil og 2 advarsler.")


def test_nothing_wrong_is_said_in_words() -> None:
    assert report([]) == "Ingen feil."


def test_the_nearest_word_is_suggested_and_a_far_one_is_not() -> None:
    assert suggest("minuts", ["minutes", "mistakes"]) == "Mente du «minutes»?"
    assert suggest("xyz", ["minutes"]) == suggest("minutes", []) == ""


def test_a_path_reads_like_the_file() -> None:
    assert path_text(("sections", 1, "questions", 0, "why")) == "sections[1].questions[0].why"
    assert path_text(()) == ""


def test_a_long_value_is_quoted_short() -> None:
    assert found_text("a" * 41) == "«" + "a" * 40 + "…»"
    assert found_text("a\nb") == "«a b»"
    assert [found_text(value) for value in (None, True, {}, [])] == [
        "ingenting",
        "true",
        "et oppslag med nøkler",
        "en liste",
    ]
