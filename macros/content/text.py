"""Text as values: one-line text, rich text (a Markdown subset) and references.

A value knows what it is, so that translation, reference checks and language checks
can walk a model and need no list of field names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from macros.content.characters import shows
from macros.content.rich import RichBlock, no_name_in_link, parse_rich, runs_of
from macros.content.written import check_characters, check_placeholders, complaint

_INTERNAL = re.compile(r"[a-z]+/[a-z0-9-]+")
# `[x](mailto:{{ name }})`: Markdown sees no link where there is a space, so it is looked for.
_NAME_IN_LINK = re.compile(r"\]\([^)]*\{\{")
_TEXT_LIMIT = 600
_RICH_LIMIT = 8000


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
    to_itself: ClassVar[bool] = False  # whether the item that it stands in may be named

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


class SurveyRef(Ref):
    """The id of a survey."""

    kind = "survey"


class EarlierSurveyRef(SurveyRef):
    """The id of a survey that was used before; the same one may be used twice."""

    to_itself = True


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
            raise no_name_in_link()
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
