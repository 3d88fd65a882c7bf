"""Markdown that never became anything, and so is shown raw: `**samme`, `[x](template/mandat`.

Markdown has no errors: what is not closed is text. So these are warnings, of signs that nobody
writes for their own sake. A star after a word is a footnote's, `5 * 3` a sum, `[navn]` a blank.
What is escaped is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from markdown_it.token import Token
from pydantic import BaseModel

from macros.content.errors import Problem
from macros.content.load import DataPath, Source, front_matter_end
from macros.content.region_text import RegionText
from macros.content.rich import Markdown, runs_of
from macros.content.text import Plain, Rich
from macros.content.walk import walk

# What may be the beginning of something, in text that Markdown has read.
_SIGNS = re.compile(r"[*_`~\[\]&\\]")
_SUSPECT = re.compile(r"[*_`]|~~|\]\s*\(|\[[^\]]*\(")
_OPENED = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=[^\W_])[^\s*]*")
_CLOSED = re.compile(r"(?<=[\w.,!?»)])(\*{1,3})(?!\w)")
_APART = re.compile(r"(?<![\w*])\*\*(?=\s)[^*]+\*\*")
_NAME = re.compile(r"_[^\W_][\w-]*[._/]")  # `_brand.yml` and `_a_b` are names of things
_LINK = re.compile(
    r"\S*\]\(\S*"
    r"|\]\s+\((?:https?://|mailto:|[a-z]+/[a-z0-9-]+\))\S*"
    r"|\[[^\[\]]*\((?:https?://[^\s)]+|[a-z]+/[a-z0-9-]+)\)(?![^\[]*\])"
)
_STRUCK = re.compile(r"~~\S*")
_CODE = re.compile(r"`\S*")
_OTHERS = (
    (_LINK, "lenken er ikke skrevet ferdig", "Skriv [tekst](adresse)."),
    (_STRUCK, "gjennomstreking finnes ikke her", "Ta bort tegnene."),
    (_CODE, "skråapostrofen «`» har ingen make", "Ta den bort."),
)
_PLAIN = re.compile(
    r"(?<![\w*])(?P<star>\*{1,3})(?=\w)[^*]+(?P=star)(?!\w)|(?<![\w_])__?(?=[^\W_])[^_]+__?(?!\w)"
    r"|(?<![\w*])\*\*(?=\w)\S*|`[^`]+`|\[[^\]]+\]\([^)\s]+\)?"
)
_HINT = "Skal tegnet vises, skriv en omvendt skråstrek foran."
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PARSER = Markdown("commonmark", {"html": False}).disable("text_join")
_PAGES = Markdown("commonmark").enable("table").disable("text_join")

Found = tuple[str, str, str]  # what to look for in the source, what is wrong, what to do


def raw_texts(model: BaseModel, source: Source, prefix: DataPath) -> Iterator[Problem]:
    """Return a warning for each piece of Markdown that a model's texts show raw."""
    for path, value in walk(model):
        if not isinstance(value, Plain | Rich):
            continue
        forms = value.texts if isinstance(value, RegionText) else {}
        for at, text in [((*path, key), text) for key, text in forms.items()] or [(path, value)]:
            for sought, message, hint in raw_in(text):
                problem = source.problem((*prefix, *at), message, hint, sought=sought)
                yield replace(problem, severity="warning")


def raw_in(value: str) -> Iterator[Found]:
    """Return the Markdown of a text that is shown raw: in rich text what is not closed."""
    if not _SIGNS.search(value):
        return  # most texts; the rest take longer
    if not isinstance(value, Rich):
        yield from _in_plain(value)
    elif any(_SUSPECT.search(run.text) for run in runs_of(value.blocks)):
        yield from _in_tokens(_PARSER.parse(value))


def raw_in_page(text: str, label: str) -> Iterator[Problem]:
    """Return a warning for each piece of Markdown that a page shows raw."""
    lines = text.split("\n")
    end = front_matter_end(lines)
    begin = 0 if end is None else end + 1
    body = _JINJA.sub(_blank, "\n".join(["" for _ in range(begin)] + lines[begin:]))
    tokens = [token for token in _PAGES.parse(body) if token.type == "inline"]
    footnotes = _footnotes(tokens)
    for token in tokens:
        line = (token.map or [begin])[0]
        for sought, message, hint in _raw_in(token.children or (), footnotes):
            number = next((n for n in range(line, len(lines)) if sought in lines[n]), line)
            column = max(lines[number].find(sought), 0) if number < len(lines) else 0
            yield Problem(label, number + 1, column + 1, "", message, hint, "warning")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _in_tokens(tokens: Iterable[Token]) -> Iterator[Found]:
    """Return what is shown raw in Markdown's tokens, read with escapes kept apart."""
    inline = [token for token in tokens if token.type == "inline"]
    footnotes = _footnotes(inline)
    for token in inline:
        yield from _raw_in(token.children or (), footnotes)


def _texts(children: Iterable[Token]) -> Iterator[str]:
    return (child.content for child in children if child.type == "text")


def _footnotes(tokens: Iterable[Token]) -> set[str]:
    """Return the stars that stand after a word: the same before one begins the note."""
    texts = (text for token in tokens for text in _texts(token.children or ()))
    return {found[1] for text in texts for found in _CLOSED.finditer(text)}


def _raw_in(children: Iterable[Token], footnotes: set[str]) -> Iterator[Found]:
    for text in _texts(children):
        yield from _emphasis(text, footnotes)
        for pattern, what, hint in _OTHERS:
            for found in pattern.finditer(text):
                yield found[0], f"{what}, og «{_short(found[0])}» vises som det står", hint


def _emphasis(text: str, footnotes: set[str]) -> Iterator[Found]:
    for found in _APART.finditer(text):
        message = "stjernene vises, for det er mellomrom mellom dem og teksten"
        yield found[0].split()[0], message, "Skriv **tekst**, uten mellomrom innenfor."
    for found in _OPENED.finditer(text):
        if found[1] not in footnotes and not _NAME.match(found[0]):
            message = f"«{found[1]}» er ikke lukket, og «{_short(found[0])}» vises som det står"
            yield found[0], message, f"Sett {found[1]} der uthevingen slutter. {_HINT}"


def _in_plain(value: str) -> Iterator[Found]:
    """Return the Markdown of a text that is no Markdown."""
    for found in _PLAIN.finditer(value):
        message = f"her gjelder ikke Markdown, og «{_short(found[0])}» vises som det står"
        yield found[0].split()[0], message, "Skriv teksten uten."


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
