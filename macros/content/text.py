"""Text as values: one-line text, rich text (a Markdown subset) and references.

A value knows what it is, so that translation, reference checks and language checks
can walk a model and need no list of field names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, ClassVar, Self
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from macros.content.characters import REMOVE, refused, shows, unseen

# The names that texts of the handbook may use between double braces.
PLACEHOLDERS = (
    "region.name",
    "region.short_name",
    "adviser.name",
    "adviser.email",
    "adviser.phone",
)
# What stands before the id of a value: `{{ verdi.pilot }}`. The loader looks for the id.
VALUE = "verdi."
_VALUE = re.compile(rf"{re.escape(VALUE)}[a-z0-9]+(-[a-z0-9]+)*")
_BRACES = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_HAS_JINJA = re.compile(r"\{[{%#]|[}%#]\}")
_EXTERNAL = re.compile(r"(https?://|mailto:|tel:)[^\s]+", re.IGNORECASE)
_INTERNAL = re.compile(r"[a-z]+/[a-z0-9-]+")
# `[x](mailto:{{ name }})`: Markdown sees no link where there is a space, so it is looked for.
_NAME_IN_LINK = re.compile(r"\]\([^)]*\{\{")
_BRACE_IN_LINK = re.compile(r"[{}]|%7[bd]", re.IGNORECASE)
_MESSAGE = re.compile(r"(?<=[?&])body=[^&]*", re.IGNORECASE)
_BREAKS = str.maketrans("\t\n", "  ")  # as a browser shows them
_BLANK = re.compile(r"\n(?:[ ]*\n)+")
# A line that begins with a letter, without any sign of Markdown's.
_BARE = re.compile(r"[^\W\d_][^\\`*_\[\]<>&\t\n\r]*")
_TEXT_LIMIT = 600
_RICH_LIMIT = 8000


def complaint(
    message: str,
    *,
    at: tuple[str | int, ...] = (),
    hint: str = "",
    sought: str = "",
    **context: Any,
) -> PydanticCustomError:
    """Return a validation error whose text is already Norwegian.

    `at` is the path from what is validated to the value that is wrong, `hint` what to do, and
    `sought` the characters that are wrong, to be looked for in the file.
    """
    known = sought.encode("utf-8", "ignore").decode()  # pydantic takes no half of a pair
    return PydanticCustomError("nvr", message, {**context, "at": at, "hint": hint, "sought": known})


def check_characters(value: str) -> str:
    """Return `value` stripped and composed; refuse what a text may not hold.

    A letter and its mark are one letter (NFC, UAX #15): so is a Sámi `č` found however it was
    typed.
    """
    return composed(value).strip()


def composed(value: str) -> str:
    """Return `value` composed, with its spaces; refuse what a text may not hold.

    Runs of rich text come here again, when their entities are read.
    """
    text = unicodedata.normalize("NFC", value)
    if found := refused(text):
        raise complaint(found.message, sought=found.character, hint=REMOVE)
    return text


def check_address(value: str) -> str:
    """Return an address; refuse what a text may not hold, behind `%` too.

    Only the text of a message may have lines (RFC 6068, 5).
    """
    plain = unquote(value, errors="ignore")
    if value[:7].lower() == "mailto:":
        plain = _MESSAGE.sub(lambda found: re.sub(r"[\r\n]", "", found[0]), plain)
    if re.search(r"[\r\n\t]", plain):
        raise complaint("en adresse kan ikke ha linjeskift eller tabulator")
    if found := unseen(plain):
        raise complaint(found.message, sought=found.character, hint=REMOVE)
    return value


def check_placeholders(value: str) -> str:
    """Return `value`; refuse a name between braces that is no value nor in `PLACEHOLDERS`."""
    for name in _BRACES.findall(value):
        if name not in PLACEHOLDERS and not _VALUE.fullmatch(name):
            raise complaint(
                "ukjent navn {name}; tekster kan bare bruke {known}",
                name="{{ " + name + " }}",
                known=f"{', '.join(PLACEHOLDERS)} og {VALUE}<id>",
            )
    if _HAS_JINJA.search(_BRACES.sub("", value)):
        raise complaint("har en krøllparentes som ikke er lukket, eller kode som ikke er lov her")
    return value


def values_in(value: str) -> Iterator[str]:
    """Return the id of each value that a text names, such as `pilot`."""
    return (name[len(VALUE) :] for name in _BRACES.findall(value) if name.startswith(VALUE))


def fill(value: str, names: Mapping[str, str]) -> str:
    """Return `value` with each `{{ name }}` replaced from `names`; nothing else is run."""
    if "{{" not in value:
        return value
    return _BRACES.sub(lambda match: names.get(match[1], match[0]), value)


class _String(str):
    """A string that checks itself on the way into a model."""

    __slots__ = ()

    @classmethod
    def check(cls, value: str) -> Self:
        """Return the value as this type; subclasses refuse what it may not be."""
        return cls(value)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls.check, core_schema.str_schema(strict=True)
        )


class Plain(_String):
    """One line of plain text, at most 600 characters, shown as it is.

    This is what a region writes: it is never searched for names between braces.
    """

    __slots__ = ()

    @classmethod
    def check(cls, value: str) -> Self:
        text = check_characters(value)
        if not text:
            raise complaint("kan ikke være tom")
        if not shows(text):
            raise complaint("har ingen tegn som vises")
        if "\n" in text:
            raise complaint("skal være på én linje")
        if len(text) > _TEXT_LIMIT:
            raise complaint("kan ha høyst {limit} tegn", limit=_TEXT_LIMIT)
        return cls(text.replace("\t", " "))


class Text(Plain):
    """One line of the handbook's own plain text, which may use `PLACEHOLDERS`."""

    __slots__ = ()

    @classmethod
    def check(cls, value: str) -> Self:
        return super().check(check_placeholders(value))


class Ref(_String):
    """The id of an item of one kind; the subclasses say which."""

    __slots__ = ()
    kind: ClassVar[str] = ""

    @property
    def target(self) -> tuple[str, str]:
        """Return (kind, id)."""
        return self.kind, str(self)


class PhaseRef(Ref):
    """The id of a phase."""

    kind = "phase"


class RoleRef(Ref):
    """The id of a role."""

    kind = "role"


class GateRef(Ref):
    """The id of a gate."""

    kind = "gate"


class DecisionRef(Ref):
    """The id of something that is decided."""

    kind = "decision"


class MeetingRef(Ref):
    """The id of a meeting."""

    kind = "meeting"


class ChecklistRef(Ref):
    """The id of a checklist."""

    kind = "checklist"


class TemplateRef(Ref):
    """The id of a template."""

    kind = "template"


class ValueRef(Ref):
    """The id of a value."""

    kind = "value"


class ItemRef(Ref):
    """Any item, written `kind/id`, such as `workshop/rolleavklaring`."""

    @classmethod
    def check(cls, value: str) -> Self:
        if not _INTERNAL.fullmatch(value):
            raise complaint("skal være på formen «kind/id», for eksempel «workshop/swot»")
        if value.startswith("page/"):
            raise complaint("kan ikke være en side i docs; lenk til den i en tekst i stedet")
        return cls(value)

    @property
    def target(self) -> tuple[str, str]:
        kind, _, item_id = self.partition("/")
        return kind, item_id


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


class Rich(_String):
    """Paragraphs, lists, emphasis and links in Markdown; `blocks` is the parsed form."""

    __slots__ = ()

    @classmethod
    def check(cls, value: str) -> Self:
        text = check_placeholders(check_characters(value))
        if not text:
            raise complaint("kan ikke være tom")
        if len(text) > _RICH_LIMIT:
            raise complaint("kan ha høyst {limit} tegn", limit=_RICH_LIMIT)
        if _NAME_IN_LINK.search(text):
            raise _no_name_in_link()
        if not any(shows(run.text) for run in runs_of(parse_rich(text))):
            raise complaint("har ingen tekst som vises, bare tegn for lenker eller lister")
        return cls(text)

    @property
    def blocks(self) -> tuple[RichBlock, ...]:
        """Return the parsed blocks."""
        return parse_rich(str(self))

    @property
    def links(self) -> Iterator[str]:
        """Return the targets of the links, in reading order."""
        return (run.target for run in runs_of(self.blocks) if run.target)


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


def _no_name_in_link() -> PydanticCustomError:
    return complaint(
        "en lenke kan ikke ha krøllparenteser i adressen; "
        "skriv navnet som vanlig tekst, uten lenke rundt"
    )


def _link(href: str) -> str:
    if _BRACE_IN_LINK.search(href):
        raise _no_name_in_link()
    if _EXTERNAL.fullmatch(href) or _INTERNAL.fullmatch(href):
        return check_address(href)
    raise complaint(
        "lenken «{href}» skal begynne med https://, mailto: eller tel:, "
        "eller være «kind/id» i håndboken",
        href=href,
    )
