"""The built site as files: headings, scripts, dead links."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin

from lxml import html


@dataclass(frozen=True)
class Heading:
    """A heading with its level (1 to 6), anchor and text."""

    level: int
    id: str
    title: str


def headings(page: str) -> list[Heading]:
    """Return the headings of a page's HTML that have an id, in order."""
    if "<h" not in page:
        return []
    tree = html.fromstring(f"<div>{page}</div>")
    return [
        Heading(int(node.tag[1]), node.get("id"), " ".join(node.text_content().split()))
        for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")
        if node.get("id")
    ]


_ID = re.compile(r'\sid="([^"]+)"')


def anchors(page: str) -> set[str]:
    """Return the ids in a page's HTML."""
    return set(_ID.findall(page))


# Material's base has a checkbox behind its own menu and search, which we do not have.
_UNUSED = re.compile(
    r'\s*<input class="md-toggle"[^>]*>|\s*<label class="md-overlay"[^>]*></label>'
)
_MODULE = re.compile(r'\sdata-module="([a-z-]+)"')


def with_scripts(page: str, root: str) -> str:
    """Return a page that loads the script of each feature that it uses, and nothing unused.

    A feature's markup carries `data-module="name"`; its ES module is `assets/js/name.js` below
    `root`, the relative address of the language's root.
    """
    tags = "".join(
        f'<script type="module" src="{root}assets/js/{name}.js"></script>\n'
        for name in sorted(set(_MODULE.findall(page)))
    )
    return _UNUSED.sub("", page).replace("</head>", f"{tags}</head>", 1)


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
        # A host shows a 404 page at any address, from where no relative link leads anywhere.
        lost = name.rpartition("/")[2] == LOST
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
_FOLLOWED = "//a/@href | //link/@href | //img/@src | //script/@src"
# Whole addresses that we make. A region's own link to its host may be to another program there.
_TOLD = "//link/@href | //meta[@property='og:image' or @property='og:url']/@content"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def _ids_and_links(page: Path, address: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return a page's anchors and its links into the site; `address` is that of the site."""
    tree = html.document_fromstring(page.read_bytes(), parser=_parser())
    ids = frozenset(tree.xpath("//@id")) | frozenset(tree.xpath("//a/@name"))
    links = frozenset(link for link in tree.xpath(_FOLLOWED) if not _SCHEME.match(link))
    return ids, links | {link for link in tree.xpath(_TOLD) if link.startswith(address)}


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


def fill_pages(root: Path, fill: Callable[[str], str]) -> None:
    """Rewrite each HTML page below `root` that `fill` changes."""
    for path in root.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if (filled := fill(page)) != page:
            path.write_text(filled, encoding="utf-8")


@cache
def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8")


def between(languages: Sequence[str], here: str, there: str) -> str:
    """Return the path from the root of one language to that of another."""
    up = "" if here == languages[0] else "../"
    return up + ("" if there == languages[0] else f"{there}/")


_MOUNT = "er et monteringspunkt, som ikke kan byttes ut. Velg en mappe i det med «site_dir»"


def cause(error: OSError) -> str:
    """Return which file the system would not give, and why, for who has to mend it."""
    reason = {
        errno.ENOSPC: "disken er full",
        errno.EDQUOT: "disken er full",
        errno.EFBIG: "filen er større enn systemet tillater",
        errno.EROFS: "mappen kan bare leses",
        errno.EACCES: "mappen kan bare leses",
        errno.EBUSY: _MOUNT,
        errno.EXDEV: _MOUNT,
        errno.ENOTDIR: "en del av stien er en fil, ikke en mappe",
    }.get(error.errno or 0, error.strerror or str(error))
    place = error.filename2 or error.filename
    told = f"{place}: {reason}" if place else reason
    return f"{told}. Det som er publisert, er urørt."
