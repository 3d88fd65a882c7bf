"""WordprocessingML, said shortly: elements, paragraphs, runs, fields (ISO/IEC 29500-1, 17).

An element is its XML. A paragraph alone is an object until its file is written, since what comes
after it decides whether it stays with that, or ends the pages of its paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from macros.layouts.markup import attribute, text as escaped

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Character styles of text that is never bold. A style cannot say so itself: bold is a toggle,
# so «off» in a character style leaves the paragraph's bold as it is (17.7.3).
LIGHT = frozenset({"Dempet", "Valg"})
# What Word has elements for (17.3.3). It draws a soft hyphen that stands in a text, always.
_MARKS = {"\t": "tab", "\n": "br", "\u00ad": "softHyphen", "\u2011": "noBreakHyphen"}
_PIECES = re.compile("[{0}]|[^{0}]+".format("".join(_MARKS)))


@dataclass(slots=True)
class Para:
    """A paragraph; `properties` stand in the order that the schema asks for.

    An empty `style` is the document's normal style. `keep` holds it on one page with the next,
    `whole` all of it on one, `new_page` lets it begin one, and `section` ends the pages of a paper.
    """

    style: str
    inner: str
    properties: str = ""
    keep: bool = False
    whole: bool = False
    new_page: bool = False
    section: object = ""

    def __str__(self) -> str:
        own = _style(self.style, self.keep, self.whole, self.new_page) + self.properties
        if self.section:
            own += str(self.section)
        if own:
            return f"<w:p><w:pPr>{own}</w:pPr>{self.inner}</w:p>"
        return f"<w:p>{self.inner}</w:p>" if self.inner else "<w:p/>"


Element = str | Para


@lru_cache(maxsize=256)
def _style(style: str, keep: bool, whole: bool, new_page: bool) -> str:
    return joined(
        make("pStyle", val=style) if style else None,
        make("keepNext") if keep else None,
        make("keepLines") if whole else None,
        make("pageBreakBefore") if new_page else None,
    )


def joined(*elements: Element | None) -> str:
    """Return elements in order as one text; None is nothing."""
    return "".join([str(element) for element in elements if element is not None])


def make(tag: str, *children: Element | None, **attributes: object) -> str:
    """Return an element of the `w` namespace, or of the prefix that its tag names.

    Attributes take the element's own namespace; a child that is None is left out.
    """
    prefix, colon, _ = tag.partition(":")
    if not colon:
        prefix, tag = "w", f"w:{tag}"
    values = ""
    for name, value in attributes.items():
        values += f' {prefix}:{name}="{attribute(str(value))}"'
    return element(tag, values, *children)


def element(tag: str, values: str, *children: Element | None) -> str:
    """Return an element; its name has its prefix, and `values` are its attributes as written."""
    inner = joined(*children) if children else ""
    return f"<{tag}{values}>{inner}</{tag}>" if inner else f"<{tag}{values}/>"


def run(
    text: str,
    *,
    style: str = "",
    strong: bool = False,
    em: bool = False,
    language: str = "",
) -> str:
    """Return a run of text, with an element of Word's own for each of `_MARKS`."""
    own = _look(style, strong, em, language)
    if text.isprintable() and "\u2011" not in text:  # none of the others is printable
        inner = _text(text) if text else ""
    else:
        inner = "".join(
            f"<w:{_MARKS[piece]}/>" if piece in _MARKS else _text(piece)
            for piece in _PIECES.findall(text)
        )
    return f"<w:r>{own}{inner}</w:r>" if own or inner else "<w:r/>"


@lru_cache(maxsize=256)
def _look(style: str, strong: bool, em: bool, language: str) -> str:
    """Return the properties of a run."""
    properties = joined(
        make("rStyle", val=style) if style else None,
        make("b") if strong else make("b", val=0) if style in LIGHT else None,
        make("i") if em else None,
        make("lang", val=language) if language else None,
    )
    return make("rPr", properties) if properties else ""


def _text(value: str, tag: str = "t") -> str:
    return f'<w:{tag} xml:space="preserve">{escaped(value)}</w:{tag}>'


def paragraph(
    style: str,
    inner: Iterable[str],
    *properties: str | None,
    keep: bool = False,
    whole: bool = False,
    new_page: bool = False,
) -> Para:
    """Return a paragraph of runs; see `Para`."""
    return Para(style, "".join(inner), joined(*properties), keep, whole, new_page)


def keep_next(found: Para) -> Para:
    """Return a paragraph that now stays on one page with the next."""
    found.keep = True
    return found


def field(instruction: str, result: Iterable[str]) -> list[str]:
    """Return the runs of a field with its last result, such as `PAGE` and «1»."""
    return [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", _text(f" {instruction} ", "instrText")),
        make("r", make("fldChar", fldCharType="separate")),
        *result,
        make("r", make("fldChar", fldCharType="end")),
    ]


def bookmark(name: str, number: int) -> tuple[str, str]:
    """Return the start and the end of a bookmark."""
    return make("bookmarkStart", id=number, name=name), make("bookmarkEnd", id=number)
