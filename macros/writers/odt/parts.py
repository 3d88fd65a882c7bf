"""The XML parts of a package: content, styles and properties of one document."""

from __future__ import annotations

from collections.abc import Mapping

from macros.document.shared import absolute_link
from macros.writers.odt import OdtPayload
from macros.writers.odt.body import blocks
from macros.writers.odt.flow import Flow
from macros.writers.odt.front import Picture, front
from macros.writers.odt.styles import document_styles, style_sheet, table_styles
from macros.writers.odt.xml import VERSION, Node, tag, to_bytes

LOGO = "Pictures/logo.png"
_HIGH, _WIDE = 14.0, 70.0  # mm: the room that a logo has on the cover
GENERATOR = "NaeringsvennligRegion/1"  # producer and version, as ODF 1.3, part 3, 4.3.2.1 asks


def make_parts(payload: OdtPayload) -> dict[str, bytes]:
    """Return the parts by their path in the package.

    Raises ValueError for a character that XML cannot hold.
    """
    words, document = payload.words, payload.document
    site = words("site.name") + (f" · {payload.region}" if payload.region else "")
    where = payload.base_url + document.address
    picture = None
    if payload.logo:
        mark, alt = payload.logo
        scale = min(_HIGH / mark.height, _WIDE / mark.width)
        picture = Picture(LOGO, alt, mark.width * scale, mark.height * scale)
    own = f"{document.kind}/{document.id}"
    flow = Flow(words, lambda target: absolute_link(target, payload.base_url, own))
    nodes = front(flow, document, site, where, picture) + blocks(flow, document.blocks, 1)
    sheet = style_sheet(tuple(payload.colours.items()), words.language, payload.fonts)
    return {
        "content.xml": _content(flow, payload.colours, nodes),
        "styles.xml": document_styles(sheet, words, document.title, site, where),
        "meta.xml": _meta(payload, site, where),
    }


def _content(flow: Flow, scheme: Mapping[str, str], nodes: list[Node]) -> bytes:
    own = tag("office:automatic-styles", {}, *table_styles(scheme), *flow.automatic.values())
    body = tag("office:body", {}, tag("office:text", {}, *nodes))
    return to_bytes("office:document-content", {"office:version": VERSION}, own, body)


def _meta(payload: OdtPayload, site: str, where: str) -> bytes:
    t, document = payload.words, payload.document
    found = [
        tag("meta:generator", {}, GENERATOR),
        tag("dc:title", {}, document.title),
        tag("dc:description", {}, document.summary),
        tag("dc:subject", {}, document.label),
        *(tag("meta:keyword", {}, word) for word in dict.fromkeys((site, document.label))),
        tag("meta:initial-creator", {}, payload.owner),
        tag("dc:creator", {}, payload.owner),
    ]
    if document.updated:
        moment = f"{document.updated.isoformat()}T00:00:00"
        found += [tag("meta:creation-date", {}, moment), tag("dc:date", {}, moment)]
    found.append(tag("dc:language", {}, f"{document.language}-NO"))
    properties = {
        t("odt.version"): document.version,
        t("print.address"): where,
        # What the reader writes on the cover: here too, for archives that read properties.
        **dict(document.register),
    }
    for key, value in properties.items():
        attributes = {"meta:name": key, "meta:value-type": "string"}
        found.append(tag("meta:user-defined", attributes, value))
    whole = tag("office:meta", {}, *found)
    return to_bytes("office:document-meta", {"office:version": VERSION}, whole)
