"""What the text of a finished page gets for its reader: words explained, links to sections.

The page's HTML is read tag by tag and changed between the tags, so all that is not touched
stays byte for byte as the layouts and the Markdown parser wrote it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from markupsafe import Markup

from macros.content.base import Language
from macros.content.catalogue import Catalogue
from macros.content.handbook import Handbook
from macros.content.model import Term
from macros.document.edition import Edition, Writing
from macros.document.inflection import TermFinder, term_finder
from macros.layouts import Layout
from macros.layouts.prose_table import finished_tables
from macros.writers.page import PageWriter

_TOKEN = re.compile(r"""<!--.*?-->|<(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+|<""", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_LANG = re.compile(r'\slang="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')
_TERM_LINK = re.compile(r'\shref="[^"#]*#([\w-]+)"')
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_RUNNING = frozenset({"p", "li", "dd", "td"})
_CONTROL = frozenset({"a", "button", "label", "nav", "summary", "template"})
# Where a word is not explained: names, what is acted on, and what is shown as it is.
_QUIET = re.compile(
    f"h[1-6]|{'|'.join(sorted(_CONTROL))}|caption|code|dt|fieldset|figure|form|legend|pre|script"
    "|select|style|svg|table|textarea"
)
_QUIET_CLASS = re.compile(
    r"(?<![\w-])(?:agenda__title|agenda__who|boxes|callout__title|cards|contact|downloads|facts"
    r"|field__label|fill|finder|front__lead|head__label|head__notice|head__summary|process|process-small|question__text|run|stops|version)(?![\w-])"
)
GLOSSARY = "ordliste/"


class _Open(NamedTuple):
    """An element that is open: whether text in it is running text, and in which language."""

    tag: str
    running: bool
    quiet: bool
    control: bool
    language: str

    def inner(self, tag: str, token: str) -> _Open:
        named = _CLASS.search(token) if "class=" in token and not self.quiet else None
        language = _LANG.search(token) if "lang=" in token else None
        return _Open(
            tag,
            self.running or tag in _RUNNING,
            self.quiet
            or bool(_QUIET.fullmatch(tag))
            or bool(named and _QUIET_CLASS.search(named[1])),
            self.control or tag in _CONTROL,
            language[1] if language else self.language,
        )


@dataclass(frozen=True)
class Reading:
    """Prepares the pages of one edition for reading."""

    edition: Edition
    handbooks: Mapping[Language, Handbook]

    @cached_property
    def finders(self) -> dict[str, TermFinder]:
        """Return what finds the words of the glossary, in each language that a text may be in."""
        return {code: term_finder(book.all(Term)) for code, book in self.handbooks.items()}

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Return the words of the glossary by id."""
        return {term.id: term for term in self.edition.handbook.all(Term)}

    def prepared(self, page: str, url: str) -> str:
        """Return a page's HTML with its words explained and its sections linked.

        The first time a word of the glossary stands in running text, it links to its entry;
        the definitions are in a `<template>` at the end, for the script. Every h2 and h3 with
        an id is followed by a link to itself, for the mouse and the finger: by keyboard and ear
        the contents of the page have the same addresses, and no heading is read twice. `url` is
        the page's address below the root.
        """
        text = _Text(self, PageWriter(self.edition, url), explains=url != GLOSSARY)
        return text.read(finished_tables(page)) + str(text.end())

    def words(self, language: str) -> Catalogue:
        """Return the words of a language, or of the pages where there is no such catalogue."""
        found = [words for code, words in self.edition.catalogues.items() if code == language]
        return found[0] if found else self.edition.words()


@dataclass
class _Text:
    """One page on its way through."""

    reading: Reading
    writer: PageWriter
    explains: bool
    used: dict[str, None] = field(default_factory=dict)  # in the order of the page
    linked: bool = False

    def read(self, page: str) -> str:
        stack = [_Open("", False, False, False, self.reading.edition.language)]
        out: list[str] = []
        heading: tuple[int, str] | None = None  # where in `out` an open heading begins, and its id
        for token in _TOKEN.findall(page):
            if token.isspace():
                out.append(token)
                continue
            here = stack[-1]
            tag = _TAG.match(token) if token[0] == "<" else None
            if tag is None:
                explained = here.running and not here.quiet
                out.append(self._explained(token, here.language) if explained else token)
                continue
            name = tag[2].lower()
            if not tag[1]:
                if name in ("h2", "h3") and not here.control and (found := _ID.search(token)):
                    heading = (len(out), found[1])
                self._note_link(name, token)
                out.append(token)
                if not _VOID.fullmatch(name) and not token.endswith("/>"):
                    stack.append(here.inner(name, token))
                continue
            out.append(token)
            _close(stack, name)
            if heading and name in ("h2", "h3"):
                self._link(out, *heading, language=here.language)
                heading = None
        return "".join(out)

    def _explained(self, text: str, language: str) -> str:
        finder = self.reading.finders.get(language)
        if not self.explains or finder is None:
            return text
        return finder.pattern.sub(partial(self._first, finder), text)

    def _first(self, finder: TermFinder, match: re.Match[str]) -> str:
        term = finder.id(match)
        if term in self.used or term not in self.reading.terms:
            return match[0]
        self.used[term] = None
        # The text is HTML already: it is put back as it was.
        return f'<a class="term" href="{self.writer.link(f"term/{term}")}">{match[0]}</a>'

    def _note_link(self, tag: str, token: str) -> None:
        """Take in a link that an author has made with the macro `term`."""
        found = _TERM_LINK.search(token) if tag == "a" and 'class="term"' in token else None
        if found and found[1] in self.reading.terms:
            self.used.setdefault(found[1])

    def _link(self, out: list[str], start: int, anchor: str, *, language: str) -> None:
        inside = "".join(part for part in out[start:] if part[0] != "<")
        title = " ".join(html.unescape(inside).split())
        name = self.reading.words(language)("links.name", title=title)
        self.linked = True
        out[start] = '<div class="heading">' + out[start]
        out.append(
            f'<a class="heading__link" data-module="links" href="#{anchor}"'
            f' title="{Markup.escape(name)}" aria-hidden="true" tabindex="-1"></a></div>'
        )

    def end(self) -> str:
        """Return what stands at the end of the page for the scripts."""
        edition = self.reading.edition
        layout = Layout("page", edition.words(), self.writer.link)
        notes = []
        for term_id in self.used:
            term = self.reading.terms[term_id]
            writing = Writing(edition, term)
            blocks = layout.blocks(writing.rich(term.definition), 4)
            notes.append((term, writing.text(term.title), blocks))
        return layout.render("page/reading.html", notes=notes, linked=self.linked)


def _close(stack: list[_Open], tag: str) -> None:
    """Close the innermost open element of that name, and those that were left open in it."""
    for at in range(len(stack) - 1, 0, -1):
        if stack[at].tag == tag:
            del stack[at:]
            return
