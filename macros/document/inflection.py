"""The words of the glossary as they stand in running text: bent, and with a capital first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.content.model import Term

# The endings of nouns in bokmål and nynorsk, for stems with and without a final e. Verbs are
# left out: a word that only looks like the noun should not be explained.
_AFTER_E = "(?:e|en|a|et|er|ene|ar|ane)s?"
_AFTER_CONSONANT = "(?:en|et|a|er|ene|ar|ane|e|ne)?s?"
# Two letters are initials and forms of companies as often as they are our abbreviation.
_SHORTEST_ABBREVIATION = 3


def _first_letter(word: str) -> str:
    """Return a pattern for the word's first letter, which is a capital where a sentence begins."""
    head, rest = word[:1], word[1:]
    either = f"[{head.lower()}{head.upper()}]" if head.isalpha() else re.escape(head)
    return either + re.escape(rest)


def _noun(word: str) -> str:
    if word.endswith("e"):
        return _first_letter(word[:-1]) + _AFTER_E
    return _first_letter(word) + _AFTER_CONSONANT


def _adjective(word: str) -> str:
    """Return a pattern for a word before the noun: «politisk», «politiske»."""
    return _first_letter(word.removesuffix("t").removesuffix("e")) + "[te]?"


def _patterns(term: Term) -> Iterator[str]:
    if term.forms:
        yield from (_first_letter(form) for form in term.forms)
    else:
        *before, noun = term.title.split()
        yield r"\s+".join([*map(_adjective, before), _noun(noun)])
    if term.abbreviation and len(term.abbreviation) >= _SHORTEST_ABBREVIATION:
        yield re.escape(term.abbreviation)


@dataclass(frozen=True)
class TermFinder:
    """Finds the words of a glossary in text."""

    ids: tuple[str, ...]
    pattern: re.Pattern[str]

    def id(self, match: re.Match[str]) -> str:
        """Return the id of the term that a match of `pattern` is."""
        return self.ids[(match.lastindex or 1) - 1]


def term_finder(terms: Iterable[Term]) -> TermFinder:
    """Return a finder of whole words; where two terms begin alike, the longer is found."""
    ordered = sorted(terms, key=lambda term: -len(term.title))
    groups = "|".join(f"({'|'.join(_patterns(term))})" for term in ordered) or "((?!))"
    # Not in the middle of a compound («PLP-kurs»), of an address or of a character reference.
    pattern = re.compile(rf"(?<![\w&#/@.-])(?:{groups})(?![\w@/-])")
    return TermFinder(tuple(term.id for term in ordered), pattern)
