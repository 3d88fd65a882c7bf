"""ODF's names (OpenDocument 1.3, part 3) and the one way in which its elements are made."""

from __future__ import annotations

import re
from collections.abc import Mapping

from macros.layouts.markup import attribute, encode, text as escaped

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
VERSION = "1.3"
DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>\n"
_SPACES = re.compile(r" {2,}")


class Node(str):
    """An element as its XML; any other string is a text."""

    __slots__ = ()


Child = str | None  # a Node, a text, or None for nothing


def tag(prefixed: str, attributes: Mapping[str, str] | None = None, *children: Child) -> Node:
    """Return an element with prefixed attributes and children."""
    start = f"<{prefixed}"
    if attributes:
        for key, value in attributes.items():
            start += f' {key}="{attribute(value)}"'
    inner = [
        child if type(child) is Node else _text(child) for child in children if child is not None
    ]
    return Node(f"{start}>{''.join(inner)}</{prefixed}>" if inner else f"{start}/>")


def _text(text: str) -> str:
    """Return a text; spaces in a row are kept (ODF 1.3, part 3, 6.1.2)."""
    text = escaped(text.replace("\n", " ").replace("\t", " "))
    return _SPACES.sub(_space, text) if "  " in text else text


def _space(found: re.Match[str]) -> str:
    return f' <text:s text:c="{len(found[0]) - 1}"/>'


def named(place: str) -> dict[str, str]:
    """Return the attribute by which a program finds an element, to put in what is answered.

    It is `felt.<id>` for a field, `felt.<id>.<code>` for a box, `tabell.<id>` for a table and
    `forside.<key>` for a line of the cover. Without a place there is none.
    """
    return {"xml:id": place} if place else {}


def to_bytes(prefixed: str, attributes: Mapping[str, str], *children: Child) -> bytes:
    """Return the XML file of a root element, each namespace that it uses declared once.

    Raises ValueError for a character that XML cannot hold.
    """
    root = tag(prefixed, attributes, *children)
    used = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in NAMESPACES.items()
        if f"<{prefix}:" in root or f" {prefix}:" in root
    )
    return encode(f"{DECLARATION}<{prefixed}{used}{root.removeprefix(f'<{prefixed}')}")
