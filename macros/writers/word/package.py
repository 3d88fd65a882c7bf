"""The package that a Word file is: its parts, and how they point to each other.

Open Packaging Conventions, ISO/IEC 29500-2.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Mapping

from macros.layouts.markup import DECLARATION, encode
from macros.layouts.office import PACKAGE, RELATION, content_types, packed, relations
from macros.writers.word import properties as said
from macros.writers.word.xml import NAMESPACE, make

_MAIN = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_MAIN}.wordprocessingml"
_SPACES = (
    f'xmlns:w="{NAMESPACE}" xmlns:r="{RELATION}"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' mc:Ignorable="w14 w15"'
)
_DOCUMENT = "word/document.xml"
# The parts beside the document, and how each is called as a type.
_KINDS = {
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "settings": f"{_WORD}.settings+xml",
    "theme": f"{_MAIN}.theme+xml",
    "fontTable": f"{_WORD}.fontTable+xml",
}


class Package:
    """One file that is being made."""

    def __init__(self, properties: said.Properties, look: Mapping[str, str]) -> None:
        """Begin a file; `look` are its styles, numbering, theme and fontTable."""
        self._parts: dict[str, str | bytes] = {}
        self._types: dict[str, str] = {}
        self._pointers: dict[str, dict[tuple[str, str], str]] = {}
        self._heads = {"header": 0, "footer": 0}
        self._numbering, self._lists = look["numbering"], look["numbering"].count("<w:num ")
        self.add("", _DOCUMENT, f"{RELATION}/officeDocument", "", f"{_WORD}.document.main+xml")
        self._describe(properties)
        parts = {**look, "settings": said.settings(properties.language)}
        for kind, called in _KINDS.items():
            self.add(_DOCUMENT, f"word/{kind}.xml", f"{RELATION}/{kind}", parts[kind], called)

    def _describe(self, properties: said.Properties) -> None:
        core = said.core(properties)
        kind = "application/vnd.openxmlformats-package.core-properties+xml"
        relation = f"{PACKAGE}/relationships/metadata/core-properties"
        self.add("", "docProps/core.xml", relation, core, kind)
        for name, long, text in (
            ("app", "extended-properties", said.app(properties.author)),
            ("custom", "custom-properties", said.custom(properties.own)),
        ):
            kind = f"{_MAIN}.{long}+xml"
            self.add("", f"docProps/{name}.xml", f"{RELATION}/{long}", text, kind)

    def add(self, owner: str, path: str, relation: str, data: str | bytes, kind: str = "") -> str:
        """Add a part that `owner` points to, and return the relation's id.

        The owner "" is the package. Without a `kind` the part is what its ending says.
        """
        self._parts[path] = data
        if kind:
            self._types[path] = kind
        return self._point(owner, relation, _seen_from(owner, path))

    def _point(self, owner: str, relation: str, target: str) -> str:
        found = self._pointers.setdefault(owner, {})
        return found.setdefault((relation, target), f"rId{len(found) + 1}")

    def link(self, address: str) -> str:
        """Return the id of the relation to an address on the web."""
        return self._point(_DOCUMENT, f"{RELATION}/hyperlink", address)

    def picture(self, png: bytes) -> str:
        """Add the picture of the document, and return its relation."""
        return self.add(_DOCUMENT, "word/media/image1.png", f"{RELATION}/image", png)

    def head(self, kind: str, inner: str) -> str:
        """Add a header or a footer, and return its relation."""
        self._heads[kind] += 1
        path = f"word/{kind}{self._heads[kind]}.xml"
        tag = {"header": "hdr", "footer": "ftr"}[kind]
        text = f'<w:{tag} xmlns:w="{NAMESPACE}">{inner}</w:{tag}>'
        return self.add(_DOCUMENT, path, f"{RELATION}/{kind}", text, f"{_WORD}.{kind}+xml")

    def new_list(self) -> int:
        """Begin a numbered list anew, and return its instance."""
        self._lists += 1
        again = make("lvlOverride", make("startOverride", val=1), ilvl=0)
        made = make("num", make("abstractNumId", val=1), again, numId=self._lists)
        self._numbering = self._numbering.replace("</w:numbering>", f"{made}</w:numbering>")
        return self._lists

    def answers(self, text: str, properties: str) -> None:
        """Add the part that the controls are bound to, and what it says about itself."""
        path, kind = "customXml/item1.xml", f"{_MAIN}.customXmlProperties+xml"
        self.add(_DOCUMENT, path, f"{RELATION}/customXml", text)
        beside = "customXml/itemProps1.xml"
        self.add(path, beside, f"{RELATION}/customXmlProps", properties, kind)

    def glossary(self, text: str, styles: str) -> None:
        """Add the building blocks that Word shows in what is empty, and their styles."""
        path, kind = "word/glossary/document.xml", f"{_WORD}.document.glossary+xml"
        self.add(_DOCUMENT, path, f"{RELATION}/glossaryDocument", text, kind)
        kind = f"{_WORD}.styles+xml"
        self.add(path, "word/glossary/styles.xml", f"{RELATION}/styles", styles, kind)

    def finished(self, body: str, day: dt.date | None) -> bytes:
        """Return the file with its body, stamped with a day.

        Raises ValueError where a text has a character that XML cannot hold.
        """
        endings = (path.rpartition(".")[2] for path in self._parts)
        made = {
            **self._parts,
            _DOCUMENT: f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
            "word/numbering.xml": self._numbering,
            "[Content_Types].xml": content_types(endings, self._types),
        }
        for owner, found in self._pointers.items():
            folder, name = posixpath.split(owner)
            made[posixpath.join(folder, "_rels", f"{name}.rels")] = relations(found)
        return packed(
            {
                path: encode(DECLARATION + part) if isinstance(part, str) else part
                for path, part in made.items()
            },
            day,
        )


def _seen_from(owner: str, path: str) -> str:
    folder = posixpath.join(posixpath.dirname(owner), "")
    return path.removeprefix(folder) if path.startswith(folder) else f"../{path}"
