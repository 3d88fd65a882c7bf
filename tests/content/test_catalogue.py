"""The site's own words: the same in both languages."""

from __future__ import annotations

import string

import pytest

from macros.content.catalogue import Catalogue, load_catalogue


def names(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(load_catalogue("nb").texts) == list(load_catalogue("nn").texts)


def test_a_text_has_the_same_names_to_fill_in_in_both_languages() -> None:
    nynorsk = load_catalogue("nn").texts
    for key, text in load_catalogue("nb").texts.items():
        assert names(text) == names(nynorsk[key]), key


def test_no_text_is_empty_or_left_in_the_other_language() -> None:
    bokmal, nynorsk = load_catalogue("nb").texts, load_catalogue("nn").texts
    assert all(text.strip() and text != "None" for text in (*bokmal.values(), *nynorsk.values()))
    telling = {"ikke", "hvem", "hva", "noen", "jeg", "fra", "mye", "uke", "uker", "hvordan"}
    wrong = {key for key, text in nynorsk.items() if telling & set(text.lower().split())}
    assert not wrong
    telling = {"ikkje", "kven", "kva", "nokon", "eg", "frå", "mykje", "veke", "veker", "korleis"}
    wrong = {key for key, text in bokmal.items() if telling & set(text.lower().split())}
    assert not wrong


def test_one_and_many_are_told_apart_and_texts_are_filled() -> None:
    words = Catalogue("nb", {"a.one": "én", "a.many": "{n} stykker", "b": "{x} er {n}", "c": "{"})
    assert [words("a", n=n) for n in (1, 2)] == ["én", "2 stykker"]
    assert words("b", n=1, x="{n}") == "{n} er 1"
    assert words("c") == "{"
    with pytest.raises(KeyError):
        words("d")
