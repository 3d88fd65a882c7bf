"""What pages are shown with: no file that none of them loads, and none that is there twice."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

ASSETS = "assets/"
CARDS = "assets/kort/"  # pictures for other sites, which nothing of ours refers to but pages
# The theme's own scripts are not used, maps are for who writes them, and types for who checks ours.
_UNUSED = re.compile(r"assets/javascripts/.*|assets/.*\.(?:map|d\.ts)")
_MAP = re.compile(rb"\n?(?://|/\*)[#@] sourceMappingURL=[^\s*]+(?:\s*\*/)?\s*\Z")
_HTML = re.compile(r"<html\b")
_KIN = (".css", ".js")  # what these refer to, they find by where they lie themselves


def drop_unused(site: Path, others: Iterable[str]) -> None:
    """Remove what no page loads, from each language's folder, and what refers to it."""
    for root in (site, *(site / other for other in others)):
        for path in _files(root):
            if _UNUSED.fullmatch(path.relative_to(root).as_posix()):
                path.unlink()
            elif path.suffix in _KIN and _MAP.search(found := path.read_bytes()):
                path.write_bytes(_MAP.sub(b"\n", found))
        _drop_empty(root / ASSETS)


def share_assets(
    site: Path, roots: Mapping[str, str], base_url: str, coming: Mapping[str, str]
) -> set[str]:
    """Have the languages after the first use its files where theirs are the same, byte for byte.

    `roots` are the paths of the languages' front pages, the first one first; `base_url` is the full
    address of that one, and `coming` says by address what the files that are yet to be put in are
    made of. Returns the addresses of those that are not needed. What is in one language alone, or
    otherwise in it, stays there. A page that is led to the first one's scripts says in `data-home`
    where its own front page is.
    """
    (_, top), *others = roots.items()
    left: set[str] = set()
    for code, root in others:
        folder = site / code
        cards = _cards(f"{code}/", coming)
        twins = _twins(site, folder)
        if not twins | cards:
            continue
        whole = {root: top, f"{base_url}{code}/": base_url}
        for page in folder.rglob("*.html"):
            _lead(page, folder, twins | cards, whole)
        # A lost page says what it has to say in all languages, each with what it is shown with.
        for page in (page for other in roots for page in _tops(site, roots, other)):
            _lead(page, None, twins, whole)
        for name in twins:
            (folder / name).unlink()
        _drop_empty(folder / ASSETS)
        left |= {f"{code}/{name}" for name in cards}
    return left


def _tops(site: Path, roots: Mapping[str, str], code: str) -> list[Path]:
    folder = site if code == next(iter(roots)) else site / code
    return sorted(folder.glob("*.html"))


def _files(root: Path) -> list[Path]:
    return sorted(path for path in (root / ASSETS).rglob("*") if path.is_file())


def _cards(folder: str, coming: Mapping[str, str]) -> set[str]:
    """Return the names of the cards of a language that the first one has, too."""
    own = {
        name.removeprefix(folder): made for name, made in coming.items() if name.startswith(folder)
    }
    return {
        name for name, made in own.items() if name.startswith(CARDS) and coming.get(name) == made
    }


def _twins(site: Path, folder: Path) -> set[str]:
    """Return the names of the files of a language that the first one has, too.

    Where a sheet or a script is another, there are none: it may refer to any of them.
    """
    own = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    same = {name for name, path in own.items() if _equal(path, site / name)}
    return set() if any(name.endswith(_KIN) for name in own.keys() - same) else same


def _equal(path: Path, other: Path) -> bool:
    return (
        other.is_file()
        and path.stat().st_size == other.stat().st_size
        and path.read_bytes() == other.read_bytes()
    )


def _lead(path: Path, folder: Path | None, names: set[str], whole: Mapping[str, str]) -> None:
    """Lead a page's addresses of the named files to the first language's.

    `whole` says what whole addresses begin with, and are to begin with. The page's own relative
    ones are led where it is one of `folder`, that language's.
    """
    ways, home = dict(whole), next(iter(whole))
    page = path.read_text(encoding="utf-8")
    if folder:
        up = os.path.relpath(folder, path.parent).replace(os.sep, "/") + "/"
        bare = "" if up == "./" else up
        ways |= {up: f"{up}../", bare: f"{bare}../"}
        if f'"{home}{ASSETS}js/' not in page:
            home = up
    starts = "|".join(re.escape(start) for start in sorted(ways, key=len, reverse=True))

    def led(found: re.Match[str]) -> str:
        return f'"{ways[found[1]]}{found[2]}{found[3]}"' if found[2] in names else found[0]

    mended = re.sub(rf'"({starts})({ASSETS}[^"\s#?]+)([^"\s]*)"', led, page)
    if mended == page:
        return
    if folder:
        mended = _HTML.sub(lambda _: f'<html data-home="{home}"', mended, count=1)
    path.write_text(mended, encoding="utf-8")


def _drop_empty(root: Path) -> None:
    folders = [path for path in (root, *root.rglob("*")) if path.is_dir()]
    for path in sorted(folders, reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
