"""The change log as a feed (RFC 4287, Atom), for those who follow the handbook in a reader.

An entry's id is a tag URI (RFC 4151) of the site's host, the item and its version: it stays the
same wherever the pages move to on that host, and two regions never share one.
"""

from __future__ import annotations

import datetime as dt
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from lxml import etree
from lxml.builder import ElementMaker

from macros.document.address import address
from macros.document.changes import FEED, ChangeLine, change_lines
from macros.document.edition import Edition

MOST = 100  # entries; who comes later than that reads the page
_ATOM = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_SINCE = "2026"  # a year in which the host was its owner's (RFC 4151, 2.1)
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})


def feed_xml(edition: Edition, base_url: str, generated: dt.date) -> bytes:
    """Return the feed of a language whose front page is `base_url`.

    It was updated when its newest entry was, or at `generated` where it has none.
    """
    words, region = edition.words(), edition.region
    name, title = words("site.name"), words("list.changes.title")
    lines = _latest(edition)
    updated = max((line.date for line in lines), default=generated)
    feed = _E.feed(
        _E.title(f"{title} – {name}" + (f" – {region.name}" if region.name else "")),
        _E.subtitle(words("list.changes.summary")),
        _E.id(_tag(region.base_url, f"endringer/{edition.language}")),
        _E.updated(_time(updated)),
        _E.author(_E.name(region.owner)),
        _E.rights(words("site.copyright")),
        _E.link(rel="self", type="application/atom+xml", href=base_url + FEED),
        _E.link(rel="alternate", type="text/html", href=base_url + "endringer/"),
        *(_entry(edition, line, base_url) for line in lines),
    )
    feed.set(_XML + "lang", edition.language)
    found: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return found


def _latest(edition: Edition) -> list[ChangeLine]:
    """Return the newest changes, one for each version of an item: an entry's id is its own."""
    found: dict[tuple[str, str, str], ChangeLine] = {}
    for line in change_lines(edition):
        found.setdefault((line.item.kind, line.item.id, line.version), line)
    return list(found.values())[:MOST]


def _entry(edition: Edition, line: ChangeLine, base_url: str) -> etree._Element:
    item = line.item
    where = f"{item.kind}/{item.id}/{edition.language}/{line.version}"
    entry = _E.entry(
        _E.title(line.title),
        _E.id(_tag(edition.region.base_url, where)),
        _E.updated(_time(line.date)),
        _E.link(rel="alternate", type="text/html", href=base_url + address(item.kind, item.id)),
        _E.category(term=item.kind, label=edition.words()(f"kind.{item.kind}")),
        _E.content(line.text, type="text"),
    )
    entry.set(_XML + "lang", item.language)
    return entry


def _time(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _tag(site: str, specific: str) -> str:
    place = urlsplit(site)
    host = place.hostname or ""
    # A tag's authority is a name of DNS (RFC 4151, 2.1): the one that an IPv6 address has in it.
    host = ip_address(host).reverse_pointer if ":" in host else host
    return f"tag:{host},{_SINCE}:{place.path.lstrip('/')}{quote(specific)}"
