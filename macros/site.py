"""The built site as files: headings, scripts, dead links."""

from __future__ import annotations

import errno
import posixpath
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

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


def dead_links(root: Path, coming: set[str]) -> list[str]:
    """Return «page: link» for every link in the site at `root` that leads nowhere in it.

    `coming` are the addresses of files that are yet to be put in.
    """
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    files |= coming
    pages = [name for name in files - coming if name.endswith(".html")]
    read = {name: _ids_and_links(root / name) for name in pages}
    dead = []
    for name, (_, links) in sorted(read.items()):
        for link in sorted(links) if name != "404.html" else ():
            target, fragment = _target(name, link, files)
            ids = read.get(target, (frozenset(), frozenset()))[0]
            if target not in files or (fragment and target in read and fragment not in ids):
                dead.append(f"{name}: {link}")
    return dead


def _ids_and_links(page: Path) -> tuple[frozenset[str], frozenset[str]]:
    tree = html.document_fromstring(page.read_bytes(), parser=_parser())
    ids = frozenset(tree.xpath("//@id")) | frozenset(tree.xpath("//a/@name"))
    links = frozenset(tree.xpath("//a/@href | //link/@href | //img/@src | //script/@src"))
    return ids, frozenset(link for link in links if not _ELSEWHERE.match(link))


def fill_pages(root: Path, fill: Callable[[str], str]) -> None:
    """Rewrite each HTML page below `root` that `fill` changes."""
    for path in root.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if (filled := fill(page)) != page:
            path.write_text(filled, encoding="utf-8")


_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@cache
def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8")


def _target(page: str, link: str, files: set[str]) -> tuple[str, str]:
    """Return the file that a link in a page leads to, as MkDocs serves it, and the anchor."""
    path, _, fragment = link.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return page, unquote(fragment)
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path)).lstrip("/")
    target = joined if joined in files else posixpath.join(joined, "index.html")
    return target, unquote(fragment)


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
    return f"{error.filename2 or error.filename}: {reason}. Det som er publisert, er urørt."


def last_commit(root: Path) -> str:
    """Return the time of the last commit in seconds, or 0 where there is no history."""
    found = subprocess.run(  # noqa: S603
        ["git", "-C", str(root), "log", "-1", "--format=%ct"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "0"
