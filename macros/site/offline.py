"""What there is to keep for reading without a net: a list of the site, and its service worker.

The list says of each page and file its size and what it holds, as a hash, and names the edition by
all of them: it is another edition when any file is another. It is written last of all.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

from macros.content.handbook import WHOLE_NAME

LIST = "data/uten-nett.json"  # below the site's root, for all languages
MISSING = "uten-nett.html"  # what is shown where a page is not kept, in each language's folder
WORKER = "sw.js"  # it can only reach what lies at its own address or below
_FORM = 1  # of the list
_DIGITS = 10  # of a hash: 40 bits tell some thousand files apart

# What is shown besides pages. The theme's own scripts are not used, cards are for other sites.
_SHOWN = re.compile(
    r"assets/(css|fonts|img|region)/(?!LICENSE|kort\.png).*|assets/js/(?!vendor/LICENSE).*\.js|last-ned/[^/]+\.webp"
    r"|data/(skjema|kjoring|svar)/.*|data/fremdrift\.json|sok/(indeks|tekst)\.json|manifest\.webmanifest"
    r"|404\.html|uten-nett\.html"
)
# Of the package of everything, what is in it is taken along, and not what has that once more.
_FILE = re.compile(
    rf"last-ned/[^/]+(?<!{WHOLE_NAME}\.zip)|data/handbok(\.schema)?\.json|data/lisens\.txt"
)
# The first language has them for all: what another has too is published once.
_SHARED = re.compile(
    r"favicon\.ico|assets/(css|fonts|img|region)/(?!LICENSE|kort\.png).*"
    r"|assets/js/(?!vendor/LICENSE).*\.js"
)
# What a page that is not kept is made of: it must be there before anyone has missed a page.
_CORE = re.compile(r"404\.html|uten-nett\.html|sok/indeks\.json|assets/css/nvr\..*")
_SCRIPTS = "assets/js/"
_CORE_SCRIPTS = ("search", "lost", "theme", "fold", "offline/register", "offline/missing")
_IMPORTED = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


@dataclass(frozen=True)
class Place:
    """Which documents a file to download belongs to: their kind, and the phases' ids."""

    kind: str
    phases: Sequence[str]


def put_list(site: Path, folders: Mapping[str, str], places: Mapping[str, Place]) -> None:
    """Write the list of the finished site and tell its worker what is its own.

    `folders` are the languages with their folders (`""` and `nn/`), the first one first; `places`
    says of files to download, by name, what they belong to.
    """
    hashes = {path: _hash(site / path) for path in sorted(_files(site))}
    found = _list(site, hashes, folders, places)
    _tell_worker(site, hashes, folders)
    (site / LIST).parent.mkdir(exist_ok=True)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    (site / LIST).write_text(text + "\n", encoding="utf-8")


def _files(site: Path) -> Iterator[str]:
    for path in site.rglob("*"):
        where = path.relative_to(site).as_posix()
        if path.is_file() and where not in {LIST, WORKER}:
            yield where


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _edition(hashes: Mapping[str, str]) -> str:
    lines = "".join(f"{path} {found}\n" for path, found in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:_DIGITS]


def _list(
    site: Path,
    hashes: Mapping[str, str],
    folders: Mapping[str, str],
    places: Mapping[str, Place],
) -> dict[str, Any]:
    shared: list[list[Any]] = []
    pages: dict[str, list[list[Any]]] = {code: [] for code in folders}
    files: dict[str, list[list[Any]]] = {code: [] for code in folders}
    for path, digest in hashes.items():
        code, inner = _language(path, folders)
        address = path.removesuffix("index.html") if _is_page(path) else path
        entry = [address, (site / path).stat().st_size, digest[:_DIGITS]]
        if _SHARED.fullmatch(path):
            shared.append(entry)
        elif _is_page(path) or _SHOWN.fullmatch(inner):
            pages[code].append(entry)
        elif _FILE.fullmatch(inner):
            place = places.get(inner.rpartition("/")[2], Place("", ()))
            files[code].append([*entry, place.kind, " ".join(place.phases)])
    # What pages are shown with goes before them, so that none is kept without it.
    for inner_list in pages.values():
        inner_list.sort(key=lambda entry: entry[0].endswith("/") or not entry[0])
    return {
        "form": _FORM,
        "edition": _edition(hashes),
        "languages": dict(folders),
        "shared": shared,
        "pages": pages,
        "files": files,
    }


def _language(path: str, folders: Mapping[str, str]) -> tuple[str, str]:
    """Return the language that a file belongs to, and its address below that one's root."""
    code = max(
        (code for code, folder in folders.items() if path.startswith(folder)),
        key=lambda code: len(folders[code]),
    )
    return code, path.removeprefix(folders[code])


def _is_page(path: str) -> bool:
    return path.rpartition("/")[2] == "index.html"


def _tell_worker(site: Path, hashes: Mapping[str, str], folders: Mapping[str, str]) -> None:
    """Put before the worker's script what it may keep, and what it keeps from the start.

    Another edition may lie below this one's address: only what is named here is ours. The hash of
    what is kept from the start makes it another worker when that is another.
    """
    core: dict[str, list[str]] = {folder: [] for folder in folders.values()}
    scripts = _core_scripts(site)
    for path in hashes:
        code, inner = _language(path, folders)
        if not (_CORE.fullmatch(inner) or inner in scripts):
            continue
        for folder, paths in core.items():
            # Where a language has no such file of its own, its pages use the first one's.
            shared = _SHARED.fullmatch(path) and folder + path not in hashes
            if shared or folder == folders[code]:
                paths.append(path)
    told = {
        "own": sorted({path.partition("/")[0] for path in hashes} | {"data"}),
        "core": core,
        "edition": _edition({path: hashes[path] for paths in core.values() for path in paths}),
    }
    script = site / WORKER
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    script.write_text(f"self.nvr={text};\n{script.read_text(encoding='utf-8')}", encoding="utf-8")


def _core_scripts(site: Path) -> set[str]:
    """Return the addresses of the scripts of that page, with all that they import."""
    found: set[str] = set()
    wanted = [f"{_SCRIPTS}{name}.js" for name in _CORE_SCRIPTS]
    while wanted:
        address = wanted.pop()
        if address not in found and (site / address).is_file():
            found.add(address)
            text = (site / address).read_text(encoding="utf-8")
            folder = PurePosixPath(address).parent
            wanted += [normpath(folder / other) for other in _IMPORTED.findall(text)]
    return found
