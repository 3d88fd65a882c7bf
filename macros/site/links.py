"""The links of the built site: those that lead nowhere in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urljoin

from lxml import etree

from macros.site.offline import MISSING


def dead_links(root: Path, coming: set[str], address: str) -> list[str]:
    """Return «page: link» for every link in the site at `root` that leads nowhere in it.

    `address` is that of the site's front page, `coming` are those below it of files that are yet
    to be put in. Links are read as a host reads them below that address: `//` is not `/`, a
    capital is not a small letter, and what lies beside the site's folder is not ours.
    """
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    files |= coming
    pages = [name for name in files - coming if name.endswith(".html")]
    read = {name: _ids_and_links(root / name, address) for name in pages}
    resolve = _resolver(address, files)
    dead = []
    for name, (_, links) in sorted(read.items()):
        # These are shown at any address, from where no relative link leads anywhere.
        lost = name.rpartition("/")[2] in {LOST, MISSING}
        for link in sorted(links):
            here = link.startswith("#")
            target, fragment = (name, link[1:]) if here else resolve(name, link)
            ids = read.get(target, (frozenset(), frozenset()))[0]
            if (
                target not in files
                or (fragment and target in read and unquote(fragment) not in ids)
                or (lost and not link.startswith(("/", "#", address)))
            ):
                dead.append(f"{name}: {link}")
    return dead


LOST = "404.html"  # what a host shows where it finds nothing, in the folder of each language
_attributes = partial(etree.XPath, smart_strings=False)  # which do not know their element
_IDS = _attributes("//@id | //a/@name")
_FOLLOWED = _attributes("//a/@href | //link/@href | //img/@src | //script/@src")
# Whole addresses that we make. A region's own link to its host may be to another program there.
_TOLD = _attributes("//link/@href | //meta[@property='og:image' or @property='og:url']/@content")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def _ids_and_links(page: Path, address: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return a page's anchors and its links into the site; `address` is that of the site."""
    tree = etree.fromstring(page.read_bytes(), _parser())
    links = frozenset(link for link in _FOLLOWED(tree) if not _SCHEME.match(link))
    return frozenset(_IDS(tree)), links | {link for link in _TOLD(tree) if link.startswith(address)}


def _resolver(address: str, files: set[str]) -> Callable[[str, str], tuple[str, str]]:
    """Return a function from a page and a link in it to the file that it leads to, and the anchor.

    What lies outside the site is a file that it does not have: the empty name.
    """

    @cache
    def resolved(folder: str, link: str) -> tuple[str, str]:
        whole, _, fragment = urljoin(address + folder, link).partition("#")
        if not whole.startswith(address):
            return "", ""
        path = unquote(whole.removeprefix(address).partition("?")[0])
        index = f"{path}index.html" if path.endswith("/") or not path else f"{path}/index.html"
        return (path if path in files else index), fragment

    return lambda page, link: resolved(page[: page.rfind("/") + 1], link)


@cache
def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8")
