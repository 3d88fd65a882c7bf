"""The handbook's own prose: `docs/*.md`, read as what a stranger may have proposed.

MkDocs publishes whatever lies in `docs/`, follows links out of it, and lets a page's front matter
choose its template. So it is said here what may lie there and what a page may say of itself. What
its text holds is judged by `macros/prose.py`, which knows the macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE, Language, Strict
from macros.content.errors import Problem
from macros.content.files import LEFT_BY_A_PROGRAM
from macros.content.front_matter import front_matter
from macros.content.load import inside, leading_out, read_text
from macros.content.svg.as_is import complaint_about
from macros.content.text import Plain
from macros.content.written import complaint

FOLDER, ASSETS = "docs", "assets"
MAX_BYTES = 50_000  # three times the longest page there is
# Python-Markdown reads on to the end of the paragraph at each of these: no page has a hundred.
MAX_SIGNS, _SIGNS = 500, "[<"
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]{2}))?\.md")
_FILES = frozenset({".css", ".js", ".ts", ".woff2", ".svg", ".png", ".jpg", ".webp", ".txt"})
_MARKUP = re.compile(r"[<>{}\"\\]")
# MkDocs takes such a first line for front matter, of the kind that MultiMarkdown has.
_KEY = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")


def _check_inert(value: str) -> str:
    """Return a value that may be printed as it stands: in a title's HTML, and in an attribute."""
    if found := _MARKUP.search(value):
        raise complaint("kan ikke ha tegnet «{sign}»", sign=found[0])
    return value


Inert = Annotated[Plain, AfterValidator(_check_inert)]


class FrontMatter(Strict):
    """What a page of the handbook may say of itself."""

    title: Inert | None = None
    description: Inert | None = None
    hide: tuple[Literal["navigation", "toc"], ...] = ()
    # What the menu calls the page in a language that it is not translated to.
    menu: Mapping[Language, Inert] = {}
    search_weight: Annotated[float, Field(gt=0, le=1)] | None = None


@dataclass(frozen=True)
class ProsePage:
    """A page: its text after the front matter, which ends before line `begin` (from 0)."""

    id: str
    language: Language
    label: str
    text: str
    begin: int


def links_out(root: Path, folders: tuple[str, ...]) -> list[Problem]:
    """Return a problem for each symbolic link that leads out of one of the content folders."""
    found = []
    for name in folders:
        if not inside(root, root / name):
            message = "mappen er en lenke som fører ut av prosjektet"
            found.append(Problem(name, 0, 0, "", message, "Legg selve mappen her."))
            continue
        for path in leading_out(root / name):
            message = f"filen er en lenke som fører ut av {name}"
            label = path.relative_to(root).as_posix()
            found.append(Problem(label, 0, 0, "", message, "Legg selve filen her."))
    return found


def load_prose(root: Path, problems: list[Problem]) -> tuple[ProsePage, ...]:
    """Return every page of the handbook's own prose; add what is wrong to `problems`."""
    pages = []
    folder = root / FOLDER
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if any(map(LEFT_BY_A_PROGRAM.fullmatch, inner.parts)) or not path.is_file():
            continue
        label = f"{FOLDER}/{inner.as_posix()}"
        match = _NAME.fullmatch(inner.as_posix())
        if match is None:
            problems.extend(_other_file(path, inner, label))
            continue
        language = match[2] or SOURCE_LANGUAGE
        if language not in LANGUAGES or match[2] == SOURCE_LANGUAGE:
            problems.append(_stray(label))
        elif match[2] and not (folder / f"{match[1]}.md").is_file():
            message = f"oversetter {match[1]}.md, som ikke finnes"
            problems.append(Problem(label, 0, 0, "", message))
        elif page := _page(path, label, match[1], language, problems):
            pages.append(page)
    return tuple(pages)


def _stray(label: str) -> Problem:
    hint = (
        f"I {FOLDER} ligger sider, «navn.md» og «navn.nn.md», der navn er små bokstaver fra a til "
        f"z, tall og bindestrek. Bilder ligger i {FOLDER}/{ASSETS}."
    )
    return Problem(label, 0, 0, "", "filen hører ikke hjemme her", hint)


def _other_file(path: Path, inner: Path, label: str) -> Iterator[Problem]:
    """Return what is wrong with a file that is no page; it is published as it is."""
    if len(inner.parts) < 2 or inner.parts[0] != ASSETS or path.suffix not in _FILES:
        yield _stray(label)
    elif path.suffix == ".svg" and (found := complaint_about(path)):
        yield Problem(label, 0, 0, "", f"tegningen {found}")


def _page(
    path: Path, label: str, page_id: str, language: Language, problems: list[Problem]
) -> ProsePage | None:
    text = read_text(path, label, problems)
    if text is None:
        return None
    if len(text.encode()) > MAX_BYTES:
        message = f"siden er større enn {MAX_BYTES // 1000} kB"
        problems.append(Problem(label, 0, 0, "", message, "Del den i flere."))
        return None
    for sign in _SIGNS:
        if text.count(sign) > MAX_SIGNS:
            message = f"siden har mer enn {MAX_SIGNS} «{sign}»"
            problems.append(Problem(label, 0, 0, "", message, "Del den i flere."))
            return None
    lines = text.split("\n")
    begin = front_matter(lines, label, FrontMatter, problems)[1]
    if not begin and _KEY.match(lines[0]):
        hint = "Sett en linje med --- over og under nøklene, eller begynn med en overskrift."
        problems.append(Problem(label, 1, 1, "", "første linje blir lest som en nøkkel", hint))
    return ProsePage(page_id, language, label, "\n".join(lines[begin:]), begin)
