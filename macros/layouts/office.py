"""What Word, Excel and PowerPoint files have in common: look, properties, and the same bytes again.

Writers may not import each other, so what more than one of them needs stands here.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from macros.content.brand.mark import Mark
from macros.content.catalogue import Catalogue
from macros.document.shared import Shared
from macros.layouts.archive import pack
from macros.layouts.markup import attribute

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}  # as Office knows them
FONT = "Calibri"  # where the region has none of its own: Office has it, and others its widths
Fonts = tuple[str | None, str | None]  # the region's, of text and of headings
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ENDINGS = {
    "png": "image/png",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}
_COLOURS = (
    *("ink", "paper", "muted", "line", "accent", "tint-1", "tint-2", "tint-3"),
    *("heading", "first-heading", "link"),
)
# The theme's twelve colours in the order that the schema asks for (ISO/IEC 29500-1, 20.1.6.2).
_SLOTS = {
    "dk1": "ink", "lt1": "paper", "dk2": "muted", "lt2": "tint-1", "accent1": "accent",
    "accent2": "muted", "accent3": "tint-3", "accent4": "line", "accent5": "tint-2",
    "accent6": "ink", "hlink": "link", "folHlink": "muted",
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """What every Office file of an edition is made from, besides what is its own.

    `logo` is what was drawn and its alternative.
    """

    words: Catalogue
    colours: tuple[tuple[str, str], ...]
    owner: str
    region: str
    base_url: str
    logo: tuple[Mark, str] | None
    fonts: Fonts


def office(shared: Shared, *groups: str) -> Office:
    """Return what the Office files of an edition share; `groups` are of the words that one says."""
    brand = shared.brand
    return Office(
        words=shared.words.only("date", "page", "print", "site", *groups),
        colours=tuple((name, brand.document[name]) for name in _COLOURS),
        owner=shared.region.owner,
        region=shared.region.name or "",
        base_url=shared.base_url,
        logo=(mark, brand.logo.alt) if brand.logo and (mark := brand.mark("light")) else None,
        fonts=(brand.base, brand.headings),
    )


def theme(colours: Mapping[str, str], families: Fonts, dark: str = "muted") -> str:
    """Return `theme1.xml`, so that a chart or a shape drawn in the file gets its colours.

    `dark` is the role of the theme's second dark colour.
    """
    scheme = "".join(
        f'<a:{slot}><a:srgbClr val="{colours[name].lstrip("#").upper()}"/></a:{slot}>'
        for slot, name in {**_SLOTS, "dk2": dark}.items()
    )
    base, headings = (quoteattr(family or FONT) for family in families)
    major, minor = (
        f'<a:latin typeface={name}/><a:ea typeface=""/><a:cs typeface=""/>'
        for name in (headings, base)
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{DRAWING}" name="NVR"><a:themeElements>'
        f'<a:clrScheme name="NVR">{scheme}</a:clrScheme><a:fontScheme name="NVR">'
        f"<a:majorFont>{major}</a:majorFont><a:minorFont>{minor}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="NVR"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def repack(
    data: bytes, day: dt.date | None, changed: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """Return a package with the same parts in a fixed order, its types first.

    `changed` has for a part a text that stands in it once, and what is to stand there.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, texts in (changed or {}).items():
        old, new = (text.encode() for text in texts)
        parts[name] = parts[name].replace(old, new, 1)
    return packed(parts, day)


def packed(parts: Mapping[str, bytes], day: dt.date | None) -> bytes:
    """Return a package with the parts in a fixed order, its types first."""
    return pack(sorted(parts.items(), key=lambda part: (part[0][0] not in "[_", part[0])), day)


def content_types(endings: Iterable[str], types: Mapping[str, str]) -> str:
    """Return `[Content_Types].xml`: the endings that are there, and the type of each other part."""
    inner = "".join(
        f'<Default Extension="{ending}" ContentType="{_ENDINGS[ending]}"/>'
        for ending in sorted({*endings, "rels", "xml"})
    )
    inner += "".join(
        f'<Override PartName="/{path}" ContentType="{kind}"/>'
        for path, kind in sorted(types.items())
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{inner}</Types>'


def relations(found: Mapping[tuple[str, str], str]) -> str:
    """Return what a part points to: the id of each kind and target."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{attribute(target)}"{_mode(kind)}/>'
        for (kind, target), name in found.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _mode(kind: str) -> str:
    return ' TargetMode="External"' if kind == f"{RELATION}/hyperlink" else ""
