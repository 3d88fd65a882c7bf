"""WordprocessingML, said shortly: elements, paragraphs, runs, fields (ISO/IEC 29500-1, 17)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement

Element = Any
# python-docx knows the prefixes of Word 2010, but not those of 2013.
nsmap["w15"] = "http://schemas.microsoft.com/office/word/2012/wordml"
# Character styles of text that is never bold. A style cannot say so itself: bold is a toggle,
# so «off» in a character style leaves the paragraph's bold as it is (17.7.3).
LIGHT = frozenset({"Dempet", "Valg"})
# What Word has elements for (17.3.3). It draws a soft hyphen that stands in a text, always.
_MARKS = {"\t": "tab", "\n": "br", "\u00ad": "softHyphen", "\u2011": "noBreakHyphen"}
_PIECES = re.compile("[{0}]|[^{0}]+".format("".join(_MARKS)))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def make(tag: str, *children: Element | None, **attributes: object) -> Element:
    """Return an element of the `w` namespace, or of the prefix that its tag names.

    Attributes take the element's own namespace; a child that is None is left out.
    """
    prefix, _, local = tag.rpartition(":")
    prefix = prefix or "w"
    element = OxmlElement(f"{prefix}:{local}")
    for name, value in attributes.items():
        element.set(qn(f"{prefix}:{name}"), str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def run(
    text: str,
    *,
    style: str = "",
    strong: bool = False,
    em: bool = False,
    language: str = "",
) -> Element:
    """Return a run of text, with an element of Word's own for each of `_MARKS`."""
    properties = [
        make("rStyle", val=style) if style else None,
        make("b") if strong else make("b", val=0) if style in LIGHT else None,
        make("i") if em else None,
        make("lang", val=language) if language else None,
    ]
    found = make("r")
    if any(part is not None for part in properties):
        found.append(make("rPr", *properties))
    for piece in _PIECES.findall(text):
        found.append(make(_MARKS[piece]) if piece in _MARKS else _text(piece))
    return found


def _text(value: str, tag: str = "t") -> Element:
    element = make(tag)
    element.text = value
    element.set(_SPACE, "preserve")
    return element


def paragraph(style: str, inner: Iterable[Element], *properties: Element | None) -> Element:
    """Return a paragraph; `properties` stand in the order that the schema asks for.

    An empty `style` is the document's normal style.
    """
    found = make("p")
    wanted = [make("pStyle", val=style) if style else None, *properties]
    if any(part is not None for part in wanted):
        found.append(make("pPr", *wanted))
    found.extend(inner)
    return found


def keep_next(element: Element) -> Element:
    """Return a paragraph that now stays on one page with the next."""
    element.get_or_add_pPr().get_or_add_keepNext()
    return element


def field(instruction: str, result: Iterable[Element]) -> list[Element]:
    """Return the runs of a field with its last result, such as `PAGE` and «1»."""
    return [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", _text(f" {instruction} ", "instrText")),
        make("r", make("fldChar", fldCharType="separate")),
        *result,
        make("r", make("fldChar", fldCharType="end")),
    ]


def bookmark(name: str, number: int) -> tuple[Element, Element]:
    """Return the start and the end of a bookmark."""
    return make("bookmarkStart", id=number, name=name), make("bookmarkEnd", id=number)
