"""Which files of the content folders are read, and what is said of those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE, Language
from macros.content.errors import Problem
from macros.content.load import sorted_files
from macros.content.model import KINDS, Kind
from macros.content.municipalities import SOURCE, TABLE
from macros.content.names import meant_name

TWIN_LANGUAGES = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)

_STEM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What nobody wrote by hand: hidden files, copies that editors and git leave, files of Office and
# LibreOffice that are open, and what Windows, macOS and NAS boxes put into folders.
LEFT_BY_A_PROGRAM = re.compile(
    r"\..*|#.*#|.*~|.*\.(bak|old|orig|rej|sw[a-p]|te?mp)|~\$.*"
    r"|(eh)?thumbs\.db|desktop\.ini|icon\r|__macosx|\$recycle\.bin|system volume information"
    r"|@eadir|lost\+found",
    re.IGNORECASE,
)


def source_files(root: Path, kind: Kind) -> list[Path]:
    """Return the files that hold the items of a kind."""
    return _files(root, kind, ".yml")


def twin_files(root: Path, kind: Kind, language: Language) -> list[Path]:
    """Return the files that hold the items of a kind in another language than the source's."""
    return _files(root, kind, f".{language}.yml")


def _files(root: Path, kind: Kind, suffix: str) -> list[Path]:
    place = root / kind.source
    if kind.one_file:
        shared = place.with_suffix(suffix)
        return [shared] if shared.is_file() else []
    found = sorted_files(place, suffix)
    return [path for path in found if _STEM.fullmatch(path.name.removesuffix(suffix))]


def passed_over(root: Path) -> Iterator[Path]:
    """Return the files of the content folders that nobody reads."""
    read = {root / TABLE, root / SOURCE}
    for kind in KINDS.values():
        read.update(source_files(root, kind))
        for language in TWIN_LANGUAGES:
            read.update(twin_files(root, kind, language))
    for folder in sorted({kind.source.split("/")[0] for kind in KINDS.values()}):
        for path in sorted((root / folder).rglob("*")):
            ours = not any(map(LEFT_BY_A_PROGRAM.fullmatch, path.relative_to(root).parts))
            if ours and path not in read and path.is_file():
                yield path


def meant(root: Path, path: Path) -> tuple[Kind, str] | None:
    """Return the kind, and the stem, that a file which is passed over was perhaps meant for."""
    stem = path.name.partition(".")[0].lower()
    for kind in KINDS.values():
        if root / kind.source in (path.parent, path.with_name(f"{stem}.yml")):
            return kind, stem
    return None


def not_read(root: Path, path: Path, label: str = "") -> Problem:
    """Return the error about a file that is passed over: how a file there shall be named.

    `label` goes before the name of the file.
    """
    folder = path.parent.relative_to(root).as_posix()
    twins = " eller ".join(f"«navn.{language}.yml»" for language in TWIN_LANGUAGES)
    shared = sorted(
        kind.source.removeprefix(f"{folder}/")
        for kind in KINDS.values()
        if kind.one_file and (root / kind.source).parent == path.parent
    )
    if any(kind.source == folder for kind in KINDS.values()):
        hint = (
            f"Filene i {folder} skal hete «navn.yml» eller {twins}, "
            "der navn er små bokstaver fra a til z, tall og bindestrek."
        )
    elif shared:
        hint = f"Filene i {folder} skal hete {', '.join(shared)}, eller {twins} med samme navn."
    else:
        hint = "Innhold skal ligge rett i mappen til sitt slag, for eksempel guides/meeting."
    better = meant_name(path.name)
    here = {kind.source for kind in KINDS.values()}
    fits = folder in here or f"{folder}/{better.partition('.')[0]}.yml" in here
    if better.endswith(".yml") and fits and not path.with_name(better).exists():
        hint = f"Gi den navnet «{better}»."
    name = label + path.relative_to(root).as_posix()
    return Problem(name, 0, 0, "", "filen blir ikke lest", hint)
