"""One style sheet for the whole site: what its pages link to, joined and minified."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Sequence
from pathlib import Path

from lightningcss import process_stylesheet

FOLDER = "assets/css/"
# The last «assets/» is ours: the path of a site may hold one as well.
_LINK = re.compile(r'[ \t]*<link rel="stylesheet" href="([^"]*)(assets/[^"]+\.css)">\n?')
_URL = re.compile(r"""url\(\s*(["']?)(?!data:|[a-z]+:|/|#)([^"')]+)\1\s*\)""", re.IGNORECASE)
_CHARSET = re.compile(r'^\s*@charset\s+"[^"]*";', re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def join_styles(site: Path, others: Sequence[str], preload: Sequence[str]) -> None:
    """Give each page one style sheet instead of those that it links to.

    `others` are the folders of the languages besides the first. Raises OSError.

    The sheets keep their order. The joined file is named by its content, so that a browser may
    keep it for ever. `preload` are the addresses below the root of the fonts that every page
    needs at once. The sheets that are in the joined one are removed.
    """
    # Another language's pages lie below the first one's: they are given theirs before.
    for root in (*(site / other for other in others), site):
        _join(root, preload)


def _join(root: Path, preload: Sequence[str]) -> None:
    made: dict[tuple[str, ...], str] = {}
    for path in root.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        names = tuple(name for _, name in _LINK.findall(page))
        if len(names) < 2:  # joined already
            continue
        if names not in made:
            made[names] = _write(root, names)
        path.write_text(_relinked(page, made[names], preload), encoding="utf-8")
    for name in {name for names in made for name in names}:
        (root / name).unlink()
        (root / f"{name}.map").unlink(missing_ok=True)


def _write(root: Path, names: Sequence[str]) -> str:
    sheets = (
        _moved((root / name).read_text(encoding="utf-8"), posixpath.dirname(name)) for name in names
    )
    css = process_stylesheet("\n".join(sheets), filename="nvr.css", minify=True)
    name = f"{FOLDER}nvr.{hashlib.sha256(css.encode()).hexdigest()[:10]}.css"
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(css, encoding="utf-8")
    return name


def _moved(css: str, folder: str) -> str:
    """Return a sheet from `folder` as it has to read in the joined file's folder."""

    def address(found: re.Match[str]) -> str:
        target = posixpath.join("/", folder, found[2])
        return f'url("{posixpath.relpath(target, "/" + FOLDER)}")'

    return _URL.sub(address, _CHARSET.sub("", _COMMENT.sub("", css)))


def _relinked(page: str, name: str, preload: Sequence[str]) -> str:
    start, root = next((found.start(), found[1]) for found in _LINK.finditer(page))
    fonts = "".join(
        f'<link rel="preload" href="{root}{font}" as="font" type="font/woff2" crossorigin>\n'
        for font in preload
    )
    link = f'{fonts}<link rel="stylesheet" href="{root}{name}">\n'
    return page[:start] + link + _LINK.sub("", page[start:])
