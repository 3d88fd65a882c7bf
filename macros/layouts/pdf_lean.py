"""A PDF's objects made fewer and shorter before they are written, of what nobody sees or hears.

WeasyPrint makes an element of each line of text, whatever says nothing of it (`Span`, `Div`,
`NonStruct`), and tells to the millionth of a pixel where things are. Without, a document takes a
sixth less room and less time: what is not there need not be written, read, mended and packed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# Elements that say nothing of what is in them, when they have no more than each has.
_BARE = frozenset({"/Span", "/NonStruct", "/Div"})
_EACH = frozenset({"Type", "S", "K", "P", "Pg"})
# Where text may stand without an element around it (ISO 32000-1, 14.8.4).
_OF_TEXT = frozenset(
    {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Lbl", "/LBody", "/TH", "/TD", "/Span"}
    | {"/Link", "/Caption"}
)
_SMALL = 0.05  # a step of so many thousandths of the letter's size is none

_TEXT = re.compile(rb"\[([^\[\]()]*)\] TJ")
_GLYPHS = re.compile(rb"<([0-9a-fA-F]*)>|(-?[\d.]+)")
_EMPTY = re.compile(rb"^BT\nET\n", re.MULTILINE)
_LONG = re.compile(rb"^([-\d. ]*\.\d{3,}[-\d. ]*) ([A-Za-z*]+)$", re.MULTILINE)
# Digits after the point. A colour has 256 steps, so three keep it; a matrix is multiplied with, and
# keeps all.
_DIGITS = {b"rg": 3, b"RG": 3, b"cm": 6, b"Tm": 3, b"gs": 6}


def lean(pdf: Any) -> None:
    """Make the objects of pydyf's `pdf` fewer and shorter; it shows and says the same."""
    import pydyf  # type: ignore[import-untyped]

    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and _draws(found.stream):
            found.stream = [shorter(b"\n".join(map(pydyf._to_bytes, found.stream)))]
    _fold(pdf)


def _draws(stream: Any) -> bool:
    return len(stream) > 1 and any(part == b"BT" for part in stream)


def shorter(content: bytes) -> bytes:
    """Return what draws a page in fewer bytes."""
    return _LONG.sub(_rounded, _TEXT.sub(_joined, _EMPTY.sub(b"", content)))


def _rounded(found: re.Match[bytes]) -> bytes:
    digits = _DIGITS.get(found[2], 2)
    return b" ".join([*(_number(float(one), digits) for one in found[1].split()), found[2]])


def _number(value: float, digits: int) -> bytes:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode()


def _joined(found: re.Match[bytes]) -> bytes:
    """Return glyphs with no step between them as one string, and steps one after another as one."""
    out: list[bytes] = []
    glyphs, step = b"", 0.0
    for run, number in _GLYPHS.findall(found[1]):
        if number:
            step += float(number)
        elif run:
            if abs(step) >= _SMALL:
                out += [b"<" + glyphs + b">"] if glyphs else []
                out.append(_number(step, 2))
                glyphs, step = b"", 0.0
            glyphs += run
    out += [b"<" + glyphs + b">"] if glyphs else []
    out += [_number(step, 2)] if abs(step) >= _SMALL else []
    return b"[" + b"".join(out) + b"] TJ"


def _fold(pdf: Any) -> None:
    """Take elements that say nothing out of the tree: what is in them is their parent's."""
    trees: list[Any] = [found for found in pdf.objects if isinstance(found, dict)]
    elements = {one.reference: one for one in trees if one.get("Type") == "/StructElem"}
    folded: dict[bytes, bytes] = {}
    for reference, element in elements.items():  # a parent comes before what is in it
        if reference not in folded:
            element["K"][:] = [
                kid for part in element["K"] for kid in _kids(part, element, elements, folded)
            ]
    if not folded:
        return

    def owner(reference: Any) -> Any:
        while reference in folded:
            reference = folded[reference]
        return reference

    for reference, element in elements.items():
        element["P"] = owner(element["P"])
        if reference in folded:
            element.free = "f"
    root = next(one for one in trees if one.get("Type") == "/StructTreeRoot")
    numbers = next(one for one in trees if one.reference == root["ParentTree"])["Nums"]
    for at, part in enumerate(numbers):
        if isinstance(part, list):
            part[:] = [owner(one) for one in part]
        else:
            numbers[at] = owner(part)


def _kids(
    part: Any, parent: Any, elements: Mapping[bytes, Any], folded: dict[bytes, bytes]
) -> Iterator[Any]:
    """Return what is to stand in a part's place: the part, or what is in it."""
    element = elements.get(part) if isinstance(part, bytes) else None
    if element is None or not _says_nothing(element, parent):
        yield part
        return
    folded[part] = parent.reference
    for kid in element["K"]:
        yield from _kids(kid, parent, elements, folded)


def _says_nothing(element: Any, parent: Any) -> bool:
    if element["S"] not in _BARE or not _EACH.issuperset(element) or parent["S"] == "/Document":
        return False
    text = any(isinstance(kid, int) for kid in element["K"])
    return not text or (parent["S"] in _OF_TEXT and parent.get("Pg") == element["Pg"])
