"""ODF's names (OpenDocument 1.3, part 3) and the one way in which its elements are made."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lxml import etree

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
Node = Any  # an lxml element; lxml ships no types
Child = Any  # a Node, a str, or None for nothing
_SPACES = re.compile(r" {2,}")


# Elements made one by one then carry the prefix that the root declares.
for _prefix, _uri in NAMESPACES.items():
    etree.register_namespace(_prefix, _uri)


@cache
def name(prefixed: str) -> str:
    """Return `text:p` as lxml's `{namespace}p`."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def tag(prefixed: str, attributes: dict[str, str] | None = None, *children: Child) -> Node:
    """Return an element with prefixed attributes and children.

    Raises ValueError for a character that XML cannot hold.
    """
    node = etree.Element(name(prefixed))
    for key, value in (attributes or {}).items():
        node.set(name(key), value)
    append(node, *children)
    return node


def append(node: Node, *children: Child) -> None:
    """Add elements and texts to a node; spaces in a row are kept (ODF 1.3, part 3, 6.1.2)."""
    for child in children:
        if isinstance(child, str):
            _append_text(node, child)
        elif child is not None:
            node.append(child)


def _append_text(node: Node, text: str) -> None:
    at = 0
    text = text.replace("\n", " ").replace("\t", " ")
    for found in _SPACES.finditer(text):
        _tail(node, text[at : found.start() + 1])
        node.append(tag("text:s", {"text:c": str(len(found[0]) - 1)}))
        at = found.end()
    _tail(node, text[at:])


def _tail(node: Node, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


_ID = "{http://www.w3.org/XML/1998/namespace}id"


def named(place: str, node: Node) -> Node:
    """Return a node by whose name a program finds it, to put in what is answered.

    It is `felt.<id>` for a field, `felt.<id>.<code>` for a box, `tabell.<id>` for a table and
    `forside.<key>` for a line of the cover.
    """
    node.set(_ID, place)
    return node


def to_bytes(node: Node) -> bytes:
    """Return the XML file of a root element, each namespace declared once."""
    etree.cleanup_namespaces(node, top_nsmap=NAMESPACES)
    found: bytes = etree.tostring(node, xml_declaration=True, encoding="UTF-8")
    return found
