"""The words that search is given: pairs from texts in both languages, and lists kept by hand."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from macros.site.pairs import word_pairs
from macros.site.said import alike, asked, common, translated, weak
from macros.writers.search_box import search_box
from tests.real import edition, project

TWINS = [
    ("Hvem er ansatt? Kommunen svarer.", "Kven er tilsett? Kommunen svarar."),
    ("Den som er ansatt, svarer.", "Den som er tilsett, svarar."),
]


def test_words_across_from_each_other_are_pairs() -> None:
    assert word_pairs(TWINS) == [("ansatt", "tilsett"), ("svarer", "svarar")]


def test_a_pair_is_only_kept_when_it_is_the_usual_one() -> None:
    other = [("De er uenige.", "Dei er usamde."), ("De er uenige.", "Dei er usamde.")]
    once = [("De er uenige.", "Dei er ivrige.")]
    assert ("uenige", "usamde") in word_pairs(other + once)
    assert ("uenige", "ivrige") not in word_pairs(other + once)


def test_sentences_that_do_not_match_and_markup_give_no_pairs() -> None:
    assert word_pairs([("Et svar. Et til.", "Eit svar og eitt til.")]) == []
    link = ("Se [malen](template/mandat) her.", "Sjå [malen](template/oppdrag) her.")
    assert all("oppdrag" not in pair for pair in word_pairs([link, link]))


@pytest.fixture(scope="module")
def pairs() -> tuple[tuple[str, str], ...]:
    return translated(project())


def test_the_twins_themselves_give_the_words_of_both_languages(
    pairs: tuple[tuple[str, str], ...],
) -> None:
    assert len(pairs) > 2000
    assert {("hvem", "kven"), ("kven", "hvem"), ("ansatte", "tilsette")} <= set(pairs)
    assert {("folkevalgte", "folkevalde"), ("beslutning", "avgjerd")} <= set(pairs)
    assert list(pairs) == sorted(pairs)


def test_a_list_kept_by_hand_says_a_thing_once() -> None:
    for words in (common(), weak()):
        assert len(words) == len(set(words)), sorted(w for w in set(words) if words.count(w) > 1)
    said = [one for one, _ in alike(project())]
    assert not [one for one in said if one != one.strip() or not one]


def test_what_people_ask_for_is_kept_by_address() -> None:
    assert len(asked()) > 100
    assert all(re.fullmatch(r"[a-z0-9/-]*", address) for address in asked())


def test_the_ways_on_lead_to_no_page_that_the_region_hides() -> None:
    whole = edition()
    hidden = replace(whole.handbook, hidden={("page", "kontakt"): "Kontakt"})
    assert 'href="kontakt/"' in search_box(whole, "", "sok")
    assert 'href="kontakt/"' not in search_box(replace(whole, handbook=hidden), "", "sok")
