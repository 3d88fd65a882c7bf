"""Two sites of the same handbook, compared as their readers would: pages, texts, links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from lxml import html

ADDRESS = "https://eksempel.example/"
_FOLLOWED = "//a/@href | //link/@href | //img/@src | //img/@srcset | //script/@src | //form/@action"
_STYLES = re.compile(r"assets/(css/nvr\.[0-9a-f]+|stylesheets/[\w./-]+)\.css")


@dataclass(frozen=True)
class Shown:
    """What a reader finds on a page: its title, what its article says, and where links lead."""

    title: str
    article: str
    around: str
    links: tuple[str, ...]


def pages(site: Path) -> dict[str, Path]:
    """Return the pages of a site by their address below its root."""
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}


def shown(path: Path, name: str) -> Shown:
    """Return what a reader finds on the page of a name; style sheets have names of their own."""
    page = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    here = ADDRESS + name.removesuffix("index.html")
    links = sorted(urljoin(here, str(link)) for link in page.xpath(_FOLLOWED))
    return Shown(
        " ".join(page.findtext(".//title", "").split()),
        _text(page.xpath("//article")[0]),
        _text(page.body),
        tuple(link for link in links if not _STYLES.search(link)),
    )


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def unlike(one: Path, other: Path) -> list[str]:
    """Return «page: what differs» for each difference that a reader could notice."""
    mine, yours = pages(one), pages(other)
    found = [f"{name}: on one side only" for name in sorted(mine.keys() ^ yours.keys())]
    for name in sorted(mine.keys() & yours.keys()):
        left, right = shown(mine[name], name), shown(yours[name], name)
        found += [
            f"{name}: {part}"
            for part in ("title", "article", "around", "links")
            if getattr(left, part) != getattr(right, part)
        ]
    return found
