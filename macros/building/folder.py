"""An edition as a folder of finished pages, for an engine that takes no plugin.

Each page stands at its own address, as `<address>/index.md`: its HTML in one element, and in the
front matter all that the theme shows besides. So no engine has to find out what a link means.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from macros.building.prepare import Prepared, Source
from macros.content.load import front_matter_end, parse_yaml
from macros.pages.prose import html_of
from macros.writers.page import relative

# The element that holds a page's HTML, so that a Markdown parser takes all of it for one block.
START, END = '<div id="nvr-body">\n', "\n</div><!--nvr-body-->"
_END = re.compile(r"\s*</div>\s*<!--nvr-body-->")  # Markdown sets a comment on a line of its own
_LINK = re.compile(r'(?<=\s)(href|src)="(?![a-zA-Z][\w+.-]*:|[/#?])([^"#]+)([^"]*)"')
_FENCE = re.compile(r"^([ \t]*)([`~])(?=\2\2)", re.MULTILINE)


def write_folder(prepared: Prepared, folder: Path) -> list[str]:
    """Write the pages and files of an edition; returns the pages' paths in `docs/`.

    Raises ContentError.
    """
    url = ""
    fill = prepared.filler(lambda: url)
    pages = []
    for path, source in prepared.files.items():
        if not path.endswith(".md"):
            _copy(source, folder / path)
            continue
        url = address(path)
        meta, text = _read(source, path)
        made = html_of(fill(prepared.mended(text, path), path))
        body = prepared.body(_resolved(made, path, url), path, url)
        meta.setdefault("title", body.title)
        meta["nvr"] = prepared.page(path, url, meta["title"], body)
        _write(folder / at_address(path), meta, body.html)
        pages.append(path)
    return pages


def address(path: str) -> str:
    """Return the address of the page that is made of a path in `docs/`."""
    return path.removesuffix("index.md") if _is_index(path) else f"{path.removesuffix('.md')}/"


def at_address(path: str) -> str:
    """Return where a page stands in the folder."""
    return f"{address(path)}index.md"


def menu(nav: Sequence[Any]) -> list[Any]:
    """Return the menu of `docs/` as the menu of the folder."""
    return [
        {title: menu(inner) for title, inner in entry.items()}
        if isinstance(entry, dict)
        else at_address(entry)
        for entry in nav
    ]


def in_menu(nav: Sequence[Any]) -> set[str]:
    """Return the paths that a menu names."""
    found: set[str] = set()
    for entry in nav:
        inner = [in_menu(value) for value in entry.values()] if isinstance(entry, dict) else []
        found = found.union(*inner) if inner else found | {entry}
    return found


def unwrapped(page: str) -> str:
    """Return a page of the site without the element that held its HTML."""
    return _END.sub("", page.replace(START, "", 1), count=1)


def _is_index(path: str) -> bool:
    return path.rpartition("/")[2] == "index.md"


def _read(source: Source, path: str) -> tuple[dict[str, Any], str]:
    """Return what a page says of itself, and its text."""
    text = source.path.read_text(encoding="utf-8") if source.path else str(source.content)
    lines = text.split("\n")
    end = front_matter_end(lines) if lines[0].rstrip() == "---" else None
    if end is None:
        return {}, text
    found = parse_yaml("\n".join(["", *lines[1:end]]), path, [])
    return dict(found.data or {}) if found else {}, "\n".join(lines[end + 1 :])


def _resolved(made: str, path: str, url: str) -> str:
    """Return a page's HTML with each link to another file of `docs/` as its address."""

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[2]))
        where = address(target) if target.endswith(".md") else target
        return f'{match[1]}="{relative(where, url)}{match[3]}"'

    return _LINK.sub(link, made)


def _write(path: Path, meta: dict[str, Any], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A line of HTML may begin with what opens a block of code in Markdown.
    text = _FENCE.sub(lambda match: f"{match[1]}&#{ord(match[2])};", body)
    front = json.dumps(meta, ensure_ascii=False)
    path.write_text(f"---\n{front}\n---\n\n{START}{text}{END}\n", encoding="utf-8")


def _copy(source: Source, target: Path) -> None:
    if source.later:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.path.read_bytes() if source.path else source.content or b""
    target.write_bytes(content.encode() if isinstance(content, str) else content)
