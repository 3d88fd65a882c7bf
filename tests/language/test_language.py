"""Every text reads easily, is spelled right and says one thing with one word."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from macros.content.base import LANGUAGES, Language
from macros.content.load import read_yaml
from macros.content.model import Term

from .reading import HERE, Page, load, page, page_names, pages, spell, split, unknown, words

MAX_LIX = 40
MAX_AVERAGE = 15
MAX_SENTENCE = 30

WORD_LISTS: dict[Language, Path] = {"nb": HERE / "ordliste.txt", "nn": HERE / "ordliste.nn.txt"}
BANNED = HERE / "forbudt.yml"

every_page = pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param(name, language, id=name if language == "nb" else f"{name}-{language}")
        for language in LANGUAGES
        for name in page_names(language)
    ],
)
every_language = pytest.mark.parametrize("language", LANGUAGES)


# Easy to read.


@every_page
def test_a_page_is_easy_to_read(name: str, language: Language) -> None:
    it = page(name, language)
    too_long = [sentence for sentence in it.sentences if len(words(sentence)) > MAX_SENTENCE]
    assert too_long == [], f"{name} har setninger på over {MAX_SENTENCE} ord"
    assert it.average < MAX_AVERAGE, f"setningene i {name} er for lange"
    assert it.lix < MAX_LIX, f"LIX i {name} er for høy"


# Spelled right.


@cache
def word_list(language: Language) -> tuple[str, ...]:
    return tuple(WORD_LISTS[language].read_text(encoding="utf-8").splitlines())


def ours(word: str, language: Language) -> bool:
    """Return whether a word is in our list, as it is or with its first letter made small."""
    return not {word, word[0].lower() + word[1:]}.isdisjoint(word_list(language))


@every_page
def test_every_word_of_a_page_is_spelled_right(name: str, language: Language) -> None:
    strange = page(name, language).words & unknown(language)
    wrong = sorted(word for word in strange if not ours(word, language))
    assert wrong == [], f"rett ordene i {name}, eller før dem inn i {WORD_LISTS[language].name}"


def alphabetical(word: str) -> tuple[str, str]:
    """Return the key of the Norwegian alphabet, where æ, ø and å come last, in that order."""
    return word.casefold().translate(str.maketrans("æøå", "{|}")), word


@every_language
def test_the_word_list_is_in_alphabetical_order_with_one_word_a_line(language: Language) -> None:
    listed = list(word_list(language))
    assert listed == sorted(set(listed), key=alphabetical)
    assert [word for word in listed if not word.isalpha()] == []


@every_language
def test_the_word_list_has_no_word_that_hunspell_knows(language: Language) -> None:
    listed = set(word_list(language))
    assert sorted(listed - spell(language, listed), key=alphabetical) == []


@every_language
def test_the_word_list_has_no_word_that_is_not_used(language: Language) -> None:
    used = {word for it in pages(language) for word in it.words}
    used |= {word[0].lower() + word[1:] for word in used}
    assert sorted(set(word_list(language)) - used, key=alphabetical) == []


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("nb", {"kommune", "spørreundersøkelse", "næringsutvikler"}, {"komune", "ikkje"}),
        ("nn", {"kommune", "ikkje", "næringsutviklar"}, {"komune", "ikke"}),
    ],
)
def test_hunspell_tells_right_from_wrong(
    language: Language, right: set[str], wrong: set[str]
) -> None:
    assert spell(language, right | wrong) == wrong


def test_without_hunspell_the_check_fails_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssertionError, match="apt-get install hunspell"):
        spell("nb", {"kommune"})


# One word for one thing.

Patterns = tuple[tuple[re.Pattern[str], str], ...]

# What may follow a word that the glossary tells the reader not to use.
ENDING = "(?:e|en|et|a|ene|ane|er|ar|r)?s?"


def whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?!\w)", re.IGNORECASE)


@cache
def banned(language: Language) -> Patterns:
    """Return a pattern and what to write instead, for each phrase that the list bans."""
    return tuple(
        (whole(re.escape(phrase).replace(r"\*", r"\w*")), instead)
        for section in ("begge", language)
        for phrase, instead in banned_list()[section].items()
    )


@cache
def shunned() -> Patterns:
    """Return the same for the words to avoid and the older words in the glossary."""
    return tuple(
        (whole(re.escape(word) + ENDING), term.title)
        for term in load().handbooks["nb"].all(Term)
        for word in (*term.avoid, *term.older)
    )


@cache
def banned_list() -> dict[str, dict[str, str]]:
    source = read_yaml(BANNED, BANNED.name, [])
    assert source is not None
    return source.data


def found(it: Page, patterns: Patterns) -> list[str]:
    """Return each sentence that matches, and what to write instead of the match."""
    return [
        f"«{match[0]}», skriv heller «{instead}»: {sentence}"
        for sentence in it.sentences
        for pattern, instead in patterns
        if (match := pattern.search(sentence))
    ]


@every_page
def test_a_page_uses_plain_words_and_the_words_of_the_glossary(
    name: str, language: Language
) -> None:
    it = page(name, language)
    wrong = found(it, banned(language))
    if name != "ordliste":
        wrong += found(it, shunned())
    assert not wrong, "\n".join(wrong)


# A comma stands before «men» between words, and after a clause that opens a sentence.
NO_COMMA = re.compile(r"[\wæøå»)] men (?!ikk[ej]e? )")
OPENING = re.compile(r"(?:Hvis|Viss|Selv om|Sjølv om|Dersom) [^,…:?]*[.!]$")


@every_page
def test_commas_stand_where_the_rule_has_them(name: str, language: Language) -> None:
    wrong = [
        sentence
        for sentence in page(name, language).sentences
        if NO_COMMA.search(sentence) or OPENING.match(sentence)
    ]
    assert wrong == []


@pytest.mark.parametrize("sentence", ["Det er lite men godt.", "Hvis noen sier nei stopper saken."])
def test_a_comma_that_is_missing_is_found(sentence: str) -> None:
    assert NO_COMMA.search(sentence) or OPENING.match(sentence)


def test_the_banned_list_is_in_order_and_says_what_to_write_instead() -> None:
    assert list(banned_list()) == ["begge", *LANGUAGES]
    for section in banned_list().values():
        assert list(section) == sorted(section, key=alphabetical)
        for phrase, instead in section.items():
            assert re.fullmatch(r"[a-zæøåò]+([ -][a-zæøåò]+)*\*?", phrase), phrase
            assert isinstance(instead, str), phrase
            assert not found(Page("", "nb", (instead,)), banned("nb")), phrase
            assert not found(Page("", "nb", (instead,)), shunned()), phrase


def test_no_phrase_is_banned_twice() -> None:
    for language in LANGUAGES:
        assert banned_list()["begge"].keys() & banned_list()[language].keys() == set()


def test_no_word_of_the_glossary_is_banned() -> None:
    terms = load().handbooks["nb"].all(Term)
    titles = Page("", "nb", tuple(term.title for term in terms))
    assert found(titles, banned("nb")) == []
    assert found(titles, shunned()) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Alt i forhold til planen.",
        "Send inn før deadlinen.",
        "Be om Feedback.",
        "Spør rådmannens stab.",
        "Ta med stakeholderne, og lag en survey.",
        "Skriv det på tavla, ett punkt av gangen.",
        "Inviter de som gjør jobben.",
        "Send svaret til prosjektleder.",
    ],
)
def test_words_that_the_handbook_does_not_use_are_found(sentence: str) -> None:
    it = Page("", "nb", (sentence,))
    assert found(it, banned("nb")) + found(it, shunned())


def test_a_word_inside_another_is_not_mistaken_for_it() -> None:
    it = Page("", "nb", ("Samtidig er forholdet mellom foretakene og Casetown uendret.",))
    assert [line.split(",")[0] for line in found(it, banned("nb") + shunned())] == ["«foretakene»"]


# The measures themselves.


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ett. To! Tre? Fire", ["Ett.", "To!", "Tre?", "Fire"]),
        ("Møt den 24. november kl. 9.", ["Møt den 24. november kl. 9."]),
        ("Se art. 6 nr. 1. Spør så.", ["Se art. 6 nr. 1. Spør så."]),
        ("«Vi ringer.» Det er alt.", ["«Vi ringer.»", "Det er alt."]),
        ("Si det slik: Vi vil. Så gå.", ["Si det slik:", "Vi vil.", "Så gå."]),
        ("Ta med tre ting: penn, papir og tid.", ["Ta med tre ting: penn, papir og tid."]),
        ("– ! …", []),
    ],
)
def test_a_text_is_split_into_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_words_are_counted_without_numbers_and_addresses() -> None:
    text = "Skriv til post@example.no eller se https://example.no/a innen 14 dager, på e-post."
    assert words(text) == ["Skriv", "til", "eller", "se", "innen", "dager", "på", "e-post"]


def test_codes_and_endings_are_not_spelled() -> None:
    it = Page("", "nb", ("PDF-en på A3-ark, kode ARB01, tids- og ressursplan, [navn på sak]",))
    assert it.words == {
        "PDF", "på", "ark", "kode", "tids", "og", "ressursplan", "navn", "sak"
    }  # fmt: skip


def test_lix_is_the_average_length_plus_the_share_of_long_words() -> None:
    it = Page("", "nb", ("Kommunene samarbeider om næring. Det er bra for bedriftene i dag.",))
    assert it.average == 11 / 2
    assert it.lix == pytest.approx(11 / 2 + 100 * 3 / 11)
    assert Page("", "nb", ("Kort sak.", "Merkelapp")).lix == 2


def test_every_kind_of_page_is_read() -> None:
    names = page_names("nb")
    assert {name.split("/")[0] for name in names} >= {
        "phase", "gate", "interview", "meeting", "workshop", "survey", "template", "role",
        "checklist", "ordliste", "docs", "strings",
    }  # fmt: skip
    assert len(names) == len(set(names)) > 80
    assert all(it.prose and it.words for it in pages("nb"))
