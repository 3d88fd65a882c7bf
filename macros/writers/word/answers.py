"""The answers of a file, apart from its text: a part of XML that the controls are bound to.

A program reads and fills that part and never the text; Word shows what it holds, and writes
there what is typed (`w:dataBinding`, ISO/IEC 29500-1, 17.5.2.6; `w15:repeatingSection`,
[MS-DOCX] 2.5.1.12). One element is one field, named by its id; a row of a table is a `row`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from macros.layouts.markup import attribute, text as escaped
from macros.writers.word.xml import NAMESPACE as _WORD, make, paragraph, run

if TYPE_CHECKING:
    from macros.writers.word.package import Package

NAMESPACE = "urn:naeringsvennlig-region:document:1"
STORE = "{5C8C9C4E-6B0B-4E0F-9D2B-2F0C1E7A4D31}"  # how the controls know the part
PREFIXES = f"xmlns:d='{NAMESPACE}'"
PLACEHOLDER = "PlaceholderText"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM = f"{_OFFICE}/customXml"
_PROPERTIES = (
    f'<ds:datastoreItem xmlns:ds="{_CUSTOM}" ds:itemID="{STORE}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_STYLES = (
    f'<w:styles xmlns:w="{_WORD}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style><w:style w:type="character" w:default="1" '
    'w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
    f'<w:style w:type="character" w:styleId="{PLACEHOLDER}"><w:name w:val="Placeholder Text"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:color w:val="5B6670"/></w:rPr></w:style>'
    "</w:styles>"
)


@dataclass
class _Place:
    """An element of the part: its name, what it says, and what stands in it."""

    name: str
    value: str = ""
    places: list[_Place] = field(default_factory=list)

    def __str__(self) -> str:
        inner = escaped(self.value) + "".join(map(str, self.places))
        return f"<{self.name}>{inner}</{self.name}>" if inner else f"<{self.name}/>"


class Answers:
    """The part of one file, filled as its controls are made, and the texts of empty ones."""

    def __init__(self, kind: str, template: str, version: str, language: str) -> None:
        own = {"kind": kind, "template": template, "version": version, "language": language}
        self._own = "".join(f' {name}="{attribute(value)}"' for name, value in own.items())
        self._root = _Place("document")
        self._known: dict[tuple[str, ...], _Place] = {(): self._root}
        self._texts: dict[str, str] = {}

    def place(self, *path: str, value: str = "") -> str:
        """Return the path of an element that is now there, such as `answers`, `mal`, `row[2]`."""
        names = tuple(_name(step) for step in path)
        for end in range(1, len(names) + 1):
            if names[:end] not in self._known:
                self._known[names[:end]] = found = _Place(names[end - 1].partition("[")[0])
                self._known[names[: end - 1]].places.append(found)
        if value:
            self._known[names].value = value
        # With each place in brackets, as Word itself writes it when a row is added.
        steps = (name if name.endswith("]") else f"{name}[1]" for name in names)
        return "/d:document[1]" + "".join(f"/d:{step}" for step in steps)

    def empty(self, text: str) -> str:
        """Return the name of the building block that Word shows while a control is empty."""
        return self._texts.setdefault(text, f"NVR{len(self._texts) + 1}")

    def put_into(self, file: Package) -> None:
        """Give a file the part, and the building blocks for what is empty."""
        inner = "".join(map(str, self._root.places))
        whole = f'<document xmlns="{NAMESPACE}"{self._own}>{inner}</document>'
        file.answers(whole, _PROPERTIES)
        if self._texts:  # else there is nothing but boxes to tick
            file.glossary(self._glossary(), _STYLES)

    def _glossary(self) -> str:
        parts = "".join(_block(name, text) for text, name in self._texts.items())
        root = f'<w:glossaryDocument xmlns:w="{_WORD}"><w:docParts>{parts}</w:docParts>'
        return f"{root}</w:glossaryDocument>"


def _name(step: str) -> str:
    """Return an id as the name of an element, which cannot begin with a figure."""
    return f"_{step}" if step[0].isdigit() else step


@lru_cache(maxsize=256)
def _block(name: str, text: str) -> str:
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}:{text}")
    return make(
        "docPart",
        make(
            "docPartPr",
            make("name", val=name),
            make("category", make("name", val="General"), make("gallery", val="placeholder")),
            make("types", make("type", val="bbPlcHdr")),
            make("behaviors", make("behavior", val="content")),
            make("guid", val=f"{{{str(own).upper()}}}"),
        ),
        make("docPartBody", paragraph("", [run(text, style=PLACEHOLDER)])),
    )
