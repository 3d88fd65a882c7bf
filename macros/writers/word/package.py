"""The package around a document: an empty file to begin with, and properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from macros.layouts.office import pack

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "application/vnd.openxmlformats-officedocument"
# The parts beside the document, and how each is called as a type.
_KINDS = {
    "styles": "wordprocessingml.styles",
    "numbering": "wordprocessingml.numbering",
    "settings": "wordprocessingml.settings",
    "theme": "theme",
    "fontTable": "wordprocessingml.fontTable",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The format id that all custom properties share ([MS-OSHARED] 2.3.3.2.2.1.1).
_CUSTOM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
GENERATOR = "Næringsvennlig region"


@dataclass(frozen=True)
class Properties:
    """What the file says about itself. `own` are properties of the handbook's own naming."""

    title: str
    author: str
    label: str
    summary: str
    keywords: str
    version: str
    language: str
    address: str
    updated: dt.date | None
    own: tuple[tuple[str, str], ...]


def empty(properties: Properties, parts: Mapping[str, str]) -> bytes:
    """Return a file without content, for python-docx to open.

    `parts` are the XML of `word/`'s own parts by their kind: styles, numbering, theme, fontTable.
    """
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{_W}"'
            f' xmlns:r="{_OFFICE}/relationships"'
            ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
            ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' mc:Ignorable="w14 w15"><w:body/></w:document>'
        ),
        "word/_rels/document.xml.rels": _relations(*((kind, f"{kind}.xml") for kind in _KINDS)),
        **{f"word/{kind}.xml": text for kind, text in parts.items()},
        "word/settings.xml": _settings(properties.language),
        "docProps/core.xml": _core(properties),
        "docProps/app.xml": (
            f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>{GENERATOR}'
            f"</Application><Company>{escape(properties.author)}</Company></Properties>"
        ),
        "docProps/custom.xml": _custom(properties.own),
    }
    return pack(((name, (_DECLARATION + text).encode()) for name, text in files.items()), None)


def _content_types() -> str:
    kinds = {
        "/word/document.xml": f"{_MAIN}.wordprocessingml.document.main+xml",
        **{f"/word/{kind}.xml": f"{_MAIN}.{_KINDS[kind]}+xml" for kind in _KINDS},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_MAIN}.extended-properties+xml",
        "/docProps/custom.xml": f"{_MAIN}.custom-properties+xml",
    }
    overrides = (
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    found = []
    for number, (kind, target) in enumerate(targets, start=1):
        base = _PACKAGE if kind.startswith("metadata/") else _OFFICE
        found.append(
            f'<Relationship Id="rId{number}" Type="{base}/relationships/{kind}" Target="{target}"/>'
        )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(found)}</Relationships>'


def _settings(language: str) -> str:
    # Mode 15 is Word 2013 and later; without it Word says «Kompatibilitetsmodus».
    return (
        f'<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _core(p: Properties) -> str:
    moment = f"{p.updated.isoformat()}T00:00:00Z" if p.updated else ""
    values = (
        ("dc:title", p.title),
        ("dc:subject", p.label),
        ("dc:creator", p.author),
        ("cp:keywords", p.keywords),
        ("dc:description", p.summary),
        ("cp:lastModifiedBy", p.author),
        ("cp:revision", "1"),
        ("dc:identifier", p.address),
        ("dc:language", p.language),
        ("cp:version", p.version),
    )
    found = "".join(f"<{tag}>{escape(value)}</{tag}>" for tag, value in values if value)
    for tag in ("created", "modified") if moment else ():
        found += f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{tag}>'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{found}</cp:coreProperties>'
    )


def _custom(own: tuple[tuple[str, str], ...]) -> str:
    # Numbers 0 and 1 are taken by the format itself.
    found = "".join(
        f'<property fmtid="{_CUSTOM}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(own, start=2)
    )
    return (
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{found}</Properties>"
    )
