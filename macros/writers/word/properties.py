"""What a Word file says about itself, and how it is to be opened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from macros.layouts.office import PACKAGE
from macros.writers.word.xml import NAMESPACE

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
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


def settings(language: str) -> str:
    """Return `settings.xml`."""
    # Mode 15 is Word 2013 and later; without it Word says «Kompatibilitetsmodus».
    return (
        f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def core(p: Properties) -> str:
    """Return `core.xml`: the properties that every format of the family has."""
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
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{found}</cp:coreProperties>'
    )


def app(author: str) -> str:
    """Return `app.xml`: the program, and whose it is."""
    return (
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>{GENERATOR}'
        f"</Application><Company>{escape(author)}</Company></Properties>"
    )


def custom(own: tuple[tuple[str, str], ...]) -> str:
    """Return `custom.xml`: the properties of our own naming."""
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
