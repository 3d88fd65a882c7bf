"""The answers of a file, apart from its text: a part of XML that the controls are bound to.

A program reads and fills that part and never the text; Word shows what it holds, and writes
there what is typed (`w:dataBinding`, ISO/IEC 29500-1, 17.5.2.6; `w15:repeatingSection`,
[MS-DOCX] 2.5.1.12). One element is one field, named by its id; a row of a table is a `row`.
"""

from __future__ import annotations

import uuid
from typing import Any

from lxml import etree

from macros.writers.word.xml import Element, make, paragraph, run

NAMESPACE = "urn:naeringsvennlig-region:document:1"
STORE = "{5C8C9C4E-6B0B-4E0F-9D2B-2F0C1E7A4D31}"  # how the controls know the part
PREFIXES = f"xmlns:d='{NAMESPACE}'"
PLACEHOLDER = "PlaceholderText"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM = f"{_OFFICE}/customXml"
_MAIN = "application/vnd.openxmlformats-officedocument"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES = (
    f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style><w:style w:type="character" w:default="1" '
    'w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
    f'<w:style w:type="character" w:styleId="{PLACEHOLDER}"><w:name w:val="Placeholder Text"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:color w:val="5B6670"/></w:rPr></w:style>'
    "</w:styles>"
)


class Answers:
    """The part of one file, filled as its controls are made, and the texts of empty ones."""

    def __init__(self, kind: str, template: str, version: str, language: str) -> None:
        self._root = etree.Element(f"{{{NAMESPACE}}}document", nsmap={None: NAMESPACE})
        own = {"kind": kind, "template": template, "version": version, "language": language}
        for name, value in own.items():
            self._root.set(name, value)
        self._known: dict[tuple[str, ...], Any] = {(): self._root}
        self._texts: dict[str, str] = {}

    def place(self, *path: str, value: str = "") -> str:
        """Return the path of an element that is now there, such as `answers`, `mal`, `row[2]`."""
        names = tuple(_name(step) for step in path)
        for end in range(1, len(names) + 1):
            if names[:end] not in self._known:
                tag = f"{{{NAMESPACE}}}{names[end - 1].partition('[')[0]}"
                self._known[names[:end]] = etree.SubElement(self._known[names[: end - 1]], tag)
        if value:
            self._known[names].text = value
        # With each place in brackets, as Word itself writes it when a row is added.
        steps = (name if name.endswith("]") else f"{name}[1]" for name in names)
        return "/d:document[1]" + "".join(f"/d:{step}" for step in steps)

    def empty(self, text: str) -> str:
        """Return the name of the building block that Word shows while a control is empty."""
        return self._texts.setdefault(text, f"NVR{len(self._texts) + 1}")

    def put_into(self, file: Any) -> None:
        """Give a file the part, and the building blocks for what is empty."""
        from docx.opc.part import Part

        def add(owner: Any, name: str, kind: str, relation: str, blob: bytes) -> Any:
            part = Part(_uri(name), kind, blob, file.part.package)
            owner.relate_to(part, f"{_OFFICE}/relationships/{relation}")
            return part

        whole = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        item = add(file.part, "/customXml/item1.xml", "application/xml", "customXml", whole)
        kind = f"{_MAIN}.customXmlProperties+xml"
        add(item, "/customXml/itemProps1.xml", kind, "customXmlProps", _properties())
        if not self._texts:  # there is nothing but boxes to tick
            return
        kind = f"{_MAIN}.wordprocessingml.document.glossary+xml"
        name, relation = "/word/glossary/document.xml", "glossaryDocument"
        glossary = add(file.part, name, kind, relation, self._glossary())
        kind = f"{_MAIN}.wordprocessingml.styles+xml"
        add(glossary, "/word/glossary/styles.xml", kind, "styles", _STYLES.encode())

    def _glossary(self) -> bytes:
        parts = (_block(name, text) for text, name in self._texts.items())
        found = make("glossaryDocument", make("docParts", *parts))
        return bytes(etree.tostring(found, xml_declaration=True, encoding="UTF-8", standalone=True))


def _uri(name: str) -> Any:
    from docx.opc.packuri import PackURI

    return PackURI(name)


def _name(step: str) -> str:
    """Return an id as the name of an element, which cannot begin with a figure."""
    return f"_{step}" if step[0].isdigit() else step


def _properties() -> bytes:
    return (
        f'<ds:datastoreItem xmlns:ds="{_CUSTOM}" ds:itemID="{STORE}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def _block(name: str, text: str) -> Element:
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
