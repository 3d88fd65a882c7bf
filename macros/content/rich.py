"""Rich text: a small Markdown subset, parsed once into runs, paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic_core import PydanticCustomError

from macros.content.written import check_address, complaint, composed

_EXTERNAL = re.compile(r"(https?://|mailto:|tel:)[^\s]+", re.IGNORECASE)
_INTERNAL = re.compile(r"[a-z]+/[a-z0-9-]+")
_BRACE_IN_LINK = re.compile(r"[{}]|%7[bd]", re.IGNORECASE)
_BREAKS = str.maketrans("\t\n", "  ")  # as a browser shows them
_BLANK = re.compile(r"\n(?:[ ]*\n)+")
# A line that begins with a letter, without any sign of Markdown's.
_BARE = re.compile(r"[^\W\d_][^\\`*_\[\]<>&\t\n\r]*")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style. `target` is an address or `kind/id` when it is a link."""

    text: str
    strong: bool = False
    em: bool = False
    target: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of runs."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class List:
    """A list; each item holds blocks."""

    items: tuple[tuple[Paragraph | List, ...], ...]
    ordered: bool = False


RichBlock = Paragraph | List


def runs_of(blocks: tuple[RichBlock, ...]) -> Iterator[Run]:
    """Return every run inside the blocks, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        else:
            for item in block.items:
                yield from runs_of(item)


def map_runs(blocks: tuple[RichBlock, ...], change: Callable[[Run], Run]) -> tuple[RichBlock, ...]:
    """Return the blocks with `change` applied to each run."""
    return tuple(
        Paragraph(tuple(change(run) for run in block.runs))
        if isinstance(block, Paragraph)
        else List(tuple(map_runs(item, change) for item in block.items), block.ordered)
        for block in blocks
    )


class Markdown(MarkdownIt):
    """A parser that leaves every address to whoever reads the tokens."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        """Let every address through to `_link`, which refuses with a message."""
        return True


_MARKDOWN = Markdown("commonmark", {"html": False})
_REFUSED = {
    "heading_open": "overskrifter",
    "code_block": "innrykk på fire mellomrom (kode)",
    "fence": "kodeblokker",
    "code_inline": "kode mellom skråapostrofer",
    "blockquote_open": "sitatblokker",
    "hr": "skillelinjer",
    "image": "bilder",
}


@lru_cache(maxsize=8192)
def parse_rich(source: str) -> tuple[RichBlock, ...]:
    """Return the blocks of a Markdown text.

    Raises PydanticCustomError for Markdown outside the subset and for a link that is
    neither https, http, mailto, tel nor `kind/id`.
    """
    return _bare(source) or rich_blocks(_MARKDOWN.parse(source))


def _bare(source: str) -> tuple[RichBlock, ...]:
    """Return the paragraphs of a text in which nothing can be Markdown; none for any other.

    Two texts of three are, and Markdown takes long to find nothing.
    """
    found: list[RichBlock] = []
    for part in _BLANK.split(source.strip("\n")):
        lines = part.split("\n")
        if not all(_BARE.fullmatch(line) for line in lines):
            return ()
        found.append(Paragraph((Run(composed(" ".join(line.strip(" ") for line in lines))),)))
    return tuple(found)


def rich_blocks(tokens: list[Token]) -> tuple[RichBlock, ...]:
    """Return the blocks of Markdown tokens; raises like `parse_rich`."""
    blocks, _ = _blocks(tokens, 0, "")
    return blocks


def rich_runs(token: Token) -> tuple[Run, ...]:
    """Return the runs of an inline token; raises like `parse_rich`."""
    return tuple(_runs(token.children or []))


def _blocks(tokens: list[Token], at: int, end: str) -> tuple[tuple[RichBlock, ...], int]:
    found: list[RichBlock] = []
    while at < len(tokens) and tokens[at].type != end:
        token = tokens[at]
        if token.type in _REFUSED:
            raise complaint("kan ikke ha {what}", what=_REFUSED[token.type])
        if token.type == "inline":
            found.append(Paragraph(tuple(_runs(token.children or []))))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            items, at = _items(tokens, at + 1, token.type.replace("open", "close"))
            found.append(List(items, token.type.startswith("ordered")))
        at += 1
    return tuple(found), at


def _items(tokens: list[Token], at: int, end: str) -> tuple[tuple[tuple[RichBlock, ...], ...], int]:
    items = []
    while tokens[at].type != end:
        blocks, at = _blocks(tokens, at + 1, "list_item_close")
        items.append(blocks)
        at += 1
    return tuple(items), at


def _runs(tokens: list[Token]) -> Iterator[Run]:
    """Return runs as long as their style lasts: a link over two lines is one link, not three."""
    for (strong, em, target), parts in groupby(
        _pieces(tokens), key=lambda run: (run.strong, run.em, run.target)
    ):
        yield Run("".join(part.text for part in parts), strong, em, target)


def _pieces(tokens: list[Token]) -> Iterator[Run]:
    strong = em = 0
    target = ""
    for token in tokens:
        if token.type in _REFUSED:
            raise complaint("kan ikke ha {what}", what=_REFUSED[token.type])
        strong += (token.type == "strong_open") - (token.type == "strong_close")
        em += (token.type == "em_open") - (token.type == "em_close")
        if token.type == "link_open":
            target = _link(str(token.attrs["href"]))
        elif token.type == "link_close":
            target = ""
        elif token.type in ("text", "softbreak", "hardbreak"):
            text = composed(token.content.translate(_BREAKS)) if token.type == "text" else " "
            if text:
                yield Run(text, bool(strong), bool(em), target)


def no_name_in_link() -> PydanticCustomError:
    """Return what is said of a link whose address holds a name between braces."""
    return complaint(
        "en lenke kan ikke ha krøllparenteser i adressen; "
        "skriv navnet som vanlig tekst, uten lenke rundt"
    )


def _link(href: str) -> str:
    if _BRACE_IN_LINK.search(href):
        raise no_name_in_link()
    if _EXTERNAL.fullmatch(href) or _INTERNAL.fullmatch(href):
        return check_address(href)
    raise complaint(
        "lenken «{href}» skal begynne med https://, mailto: eller tel:, "
        "eller være «kind/id» i håndboken",
        href=href,
    )
