"""The styles of a document: styles.xml with the region's colours, lists, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from string import Template
from typing import Any

from lxml import etree

from macros.content.catalogue import Catalogue
from macros.layouts.markup import encode
from macros.writers.odt.xml import DECLARATION, NAMESPACES, Node, tag

FILE = Path(__file__).with_name("styles.xml")
_PAGE = re.compile("(\x01|\x02)")

# Lists by the paragraph style that they stand among: what a frame takes of the line, in mm.
# LibreOffice measures a list's tab stop from outside the frame, its indent from inside.
_LISTS = {
    "Text_20_body": 0.0,
    "Tabelltekst": 0.0,
    "Tabellrad": 0.0,
    "Spørsmålshjelp": 0.0,
    "Veiledning": 4.1,
    "Manus": 2.2,
    "Brev": 2.8,
    "Merknad": 2.9,
}
_STEP = 5.0  # mm from one level to the next
_LEVELS = 4
_BULLETS = "•–•–"
# Cells by name: their borders, and the colour of their ground.
_CELLS: dict[str, tuple[dict[str, str], str]] = {
    "Tabellcelle": ({"fo:border-bottom": "0.5pt solid $line"}, ""),
    "Tabellcelle_hode": ({"fo:border-bottom": "0.75pt solid $muted"}, "tint1"),
    "Tabellcelle_felt": ({"fo:border": "0.5pt solid #8b97a3"}, ""),
    "Tabellcelle_sum": (
        {"fo:border": "0.5pt solid #8b97a3", "fo:border-top": "1pt solid $ink"},
        "",
    ),
    "Tabellcelle_ingen": ({"fo:border": "0.5pt solid #8b97a3"}, "tint1"),
    "Prosesscelle": ({"fo:border-top": "3pt solid $tint3"}, "tint1"),
    "Prosesscelle_her": ({"fo:border-top": "3pt solid $accent"}, "tint2"),
    "Prosesscelle_port": ({}, ""),
}


def colours(scheme: Mapping[str, str]) -> dict[str, str]:
    """Return the brand's checked hex colours by the names that styles.xml uses."""
    return {key.replace("-", ""): value for key, value in scheme.items()}


@lru_cache(maxsize=8)
def style_sheet(
    scheme: tuple[tuple[str, str], ...], language: str, fonts: tuple[str | None, str | None]
) -> str:
    """Return styles.xml with the colours and fonts of an edition, but no page yet."""
    values = {**colours(dict(scheme)), "language": language}
    text = Template(_source()).substitute(values)
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=True))
    etree.cleanup_namespaces(root)
    faces = _name_fonts(root, *fonts)
    lists = [
        _list_style(style, frame, ordered)
        for style, frame in _LISTS.items()
        for ordered in (False, True)
    ]
    found: str = etree.tostring(root, encoding="unicode")
    for before, nodes in (
        ("</office:font-face-decls>", faces),
        ("<text:outline-style ", _paragraphs(dict(scheme))),
        ("</office:styles>", lists),
    ):
        found = found.replace(before, "".join(nodes) + before, 1)
    return found


def document_styles(sheet: str, words: Catalogue, title: str, site: str, address: str) -> bytes:
    """Return styles.xml with header (title, site) and footer (address, page).

    Raises ValueError for a character that XML cannot hold.
    """
    masters = tag("office:master-styles", {}, *_masters(words, title, site, address))
    return encode(DECLARATION + sheet.replace("<office:master-styles/>", masters, 1))


def _name_fonts(root: Any, base: str | None, headings: str | None) -> list[Node]:
    """Put the region's fonts into styles.xml, and return their faces.

    Where a font is lacking, ours stands in for it.
    """
    for font, at in (
        (base, "style:default-style[@style:family='paragraph']"),
        (headings, "style:style[@style:name='Heading']"),
    ):
        for found in root.xpath(f"office:styles/{at}/style:text-properties", namespaces=root.nsmap):
            if font:
                found.set(f"{{{NAMESPACES['style']}}}font-name", font)
    faces = []
    for own in dict.fromkeys(font for font in (base, headings) if font):
        chain = f"'{own}', Calibri, Carlito, sans-serif"
        faces.append(tag("style:font-face", {"style:name": own, "svg:font-family": chain}))
    return faces


@cache
def _source() -> str:
    return re.sub("<!--.*?-->", "", FILE.read_text(encoding="utf-8"), flags=re.DOTALL)


def _paragraphs(scheme: Mapping[str, str]) -> Iterator[Node]:
    """Return the styles of callouts' titles and of lists' paragraphs, each with its parent."""
    for style in ("Veiledning", "Manus", "Brev", "Merknad"):
        text = {"fo:font-weight": "bold"}
        if style == "Veiledning":
            text["fo:color"] = scheme["accent"]
        yield _child(
            f"{style}_tittel",
            style,
            tag("style:paragraph-properties", {"fo:keep-with-next": "always"}),
            tag("style:text-properties", text),
        )
    for style in _LISTS:
        # Closer to each other than paragraphs; the indent comes from the list.
        gap = "1.6mm" if style == "Text_20_body" else "0.8mm"
        margins = {"fo:margin-top": "0mm", "fo:margin-bottom": gap}
        properties = tag("style:paragraph-properties", margins)
        yield _child(f"{style}_liste", style, properties)


def _child(own: str, parent: str, *properties: Node) -> Node:
    attributes = {
        "style:name": own,
        "style:display-name": own.replace("_20_", " ").replace("_", " "),
        "style:family": "paragraph",
        "style:parent-style-name": parent,
    }
    return tag("style:style", attributes, *properties)


def _list_style(style: str, frame: float, ordered: bool) -> Node:
    own = f"{style}_{'tall' if ordered else 'punkt'}"
    shown = own.replace("_20_", " ").replace("_", " ")
    return tag(
        "text:list-style",
        {"style:name": own, "style:display-name": shown},
        *(_level(level, frame, ordered) for level in range(1, _LEVELS + 1)),
    )


def _level(level: int, frame: float, ordered: bool) -> Node:
    indent = _STEP * level
    place = tag(
        "style:list-level-properties",
        {"text:list-level-position-and-space-mode": "label-alignment"},
        tag(
            "style:list-level-label-alignment",
            {
                "text:label-followed-by": "listtab",
                "text:list-tab-stop-position": f"{indent + frame:g}mm",
                "fo:text-indent": f"-{_STEP:g}mm",
                "fo:margin-left": f"{indent:g}mm",
            },
        ),
    )
    if ordered:
        attributes = {"style:num-format": "1", "style:num-suffix": "."}
        return tag("text:list-level-style-number", {"text:level": str(level), **attributes}, place)
    attributes = {"text:level": str(level), "text:bullet-char": _BULLETS[level - 1]}
    return tag("text:list-level-style-bullet", attributes, place)


def table_styles(scheme: Mapping[str, str]) -> Iterator[Node]:
    """Return the styles of tables and cells; ODF keeps them among the automatic ones."""
    for own, above in (("Tabell", "0mm"), ("Tabell_forside", "4mm")):
        table = {
            "style:rel-width": "100%",
            "table:align": "margins",
            "table:border-model": "collapsing",
            "fo:margin-top": above,
            "fo:margin-bottom": "4mm",
        }
        properties = tag("style:table-properties", table)
        yield tag("style:style", {"style:name": own, "style:family": "table"}, properties)
    values = colours(scheme)
    for own, (borders, ground) in _CELLS.items():
        padding = "1mm" if own.startswith("Prosess") else "1.4mm"
        cell = {"fo:padding": padding, "style:vertical-align": "top"}
        cell |= {key: Template(value).substitute(values) for key, value in borders.items()}
        if ground:
            cell["fo:background-color"] = values[ground]
        attributes = {"style:name": own, "style:family": "table-cell"}
        yield tag("style:style", attributes, tag("style:table-cell-properties", cell))


def _masters(words: Catalogue, title: str, site: str, address: str) -> Iterator[Node]:
    for own, layout, shown, style in (
        ("Standard", "A4", "Standard", ""),
        ("Forside", "A4_forside", "Forside", ""),
        ("A3", "A3_liggende", "A3 liggende", "Topp_A3"),
    ):
        attributes = {
            "style:name": own,
            "style:display-name": shown,
            "style:page-layout-name": layout,
        }
        if own == "Forside":
            attributes["style:next-style-name"] = "Standard"
        header = _line(style or "Header", title, site)
        footer = _line(style or "Footer", address, *_page_of(words))
        yield tag(
            "style:master-page",
            attributes,
            tag("style:header", {}, header) if own != "Forside" else None,
            tag("style:footer", {}, footer),
        )


def _line(style: str, left: str, *right: Node | str) -> Node:
    return tag("text:p", {"text:style-name": style}, left, tag("text:tab"), *right)


def _page_of(words: Catalogue) -> list[Node | str]:
    """Return «Side 1 av 9» with the numbers as fields."""
    text = words("odt.page_of", page="\x01", pages="\x02")
    fields = {
        "\x01": tag("text:page-number", {"text:select-page": "current"}, "1"),
        "\x02": tag("text:page-count", {}, "1"),
    }
    return [fields.get(part, part) for part in _PAGE.split(text) if part]
