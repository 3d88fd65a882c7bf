"""A region's own pages: `docs/<name>.md` in its folder, read as data (`region_page.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE, Language
from macros.content.entries import Key
from macros.content.errors import Problem, suggest
from macros.content.files import LEFT_BY_A_PROGRAM
from macros.content.load import inside, parse_yaml
from macros.content.model import KINDS
from macros.content.names import meant_name, taken
from macros.content.overlay import RegionFolder
from macros.content.pictures import PICTURES
from macros.content.region_page import RegionPage, read_page

FOLDER = "docs"
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]{2}))?\.md")
# Addresses of the handbook's own that no item's address begins with.
_TAKEN = ("ordliste", "endringer", "last-ned", "assets", "search", "404")


Pages = dict[Language, dict[str, RegionPage]]


def load_pages(region: RegionFolder, national: Iterable[str], problems: list[Problem]) -> Pages:
    """Return the region's pages by language and id; add what is wrong to `problems`.

    A page without a file in a language has that of the source language there.
    """
    pages: Pages = {language: {} for language in LANGUAGES}
    folder = region.path / FOLDER
    names: set[tuple[str, str]] = set()
    for path in sorted(folder.rglob("*")) if inside(region.path, folder) else ():
        inner = path.relative_to(folder)
        if any(map(LEFT_BY_A_PROGRAM.fullmatch, inner.parts)) or not path.is_file():
            continue
        label = f"{region.prefix}{FOLDER}/{inner.as_posix()}"
        if path.suffix.lower() in PICTURES or not inside(region.path, path):
            continue  # a picture is checked where it is used; a link out has been told of
        match = _NAME.fullmatch(inner.as_posix())
        language = match and (match[2] or SOURCE_LANGUAGE)
        if not match or language not in LANGUAGES or match[2] == SOURCE_LANGUAGE:
            problems.append(_not_read(label, meant_name(path.name)))
            continue
        names.add((match[1], language))
        page = read_page(path, label, match[1], language, problems)
        if page:
            pages[language][match[1]] = page
    problems.extend(_misnamed(names, set(national), region))
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            pages[language] = {**pages[SOURCE_LANGUAGE], **pages[language]}
    return pages


def dead_links(
    pages: Pages, declared: set[Key], known: set[str], hidden: Mapping[Key, Any]
) -> Iterator[Problem]:
    """Return an error for each link of a page to what is not there, or what is hidden."""
    for page in {id(page): page for own in pages.values() for page in own.values()}.values():
        for (kind, item_id), at in page.links:
            hint = ""
            if (kind, item_id) in hidden:
                message = f"viser til {kind} «{item_id}», som regionen har skjult"
            elif kind == "page" and item_id not in known:
                message, hint = f"siden «{item_id}» finnes ikke", suggest(item_id, known)
            elif kind not in (*KINDS, "page"):
                message, hint = f"ukjent slag «{kind}»", suggest(kind, [*KINDS, "page"])
            elif kind != "page" and not {(kind, item_id), (kind, "*")} & declared:
                message = f"{kind} «{item_id}» finnes ikke"
                hint = suggest(item_id, [name for found, name in declared if found == kind])
            else:
                continue
            yield replace(at, message=message, suggestion=hint)


def _not_read(label: str, better: str) -> Problem:
    if better.endswith(".md") and better != label.rpartition("/")[2]:
        return Problem(label, 0, 0, "", "filen blir ikke lest", f"Gi den navnet «{better}».")
    hint = (
        f"I {FOLDER} skal sider hete «navn.md» eller «navn.nn.md», der navn er små bokstaver fra "
        f"a til z, tall og bindestrek, og bilder skal være {', '.join(sorted(PICTURES))}."
    )
    return Problem(label, 0, 0, "", "filen blir ikke lest", hint)


def _misnamed(
    names: set[tuple[str, str]], national: set[str], region: RegionFolder
) -> Iterator[Problem]:
    used = {*_TAKEN, *((kind.address or "").split("/")[0] for kind in KINDS.values())}
    for name, language in names:
        ending = "" if language == SOURCE_LANGUAGE else f".{language}"
        label = f"{region.prefix}{FOLDER}/{name}{ending}.md"
        why = taken(name) if name != "index" else ""
        if why or name in used:
            message = why or "navnet er brukt av en annen side i håndboken"
            yield Problem(label, 0, 0, "", message, "Gi filen et annet navn.")
        elif ending and (name, SOURCE_LANGUAGE) not in names and name not in national:
            yield Problem(label, 0, 0, "", f"oversetter {name}.md, som ikke finnes")


def national_title(folder: Path, page_id: str, language: Language) -> str:
    """Return the title of a national page in a language, as its front matter has it."""
    twin = folder / f"{page_id}.{language}.md"
    path = twin if twin.is_file() else folder / f"{page_id}.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines and lines[0].rstrip() == "---" and "---" in lines[1:]:
        front = parse_yaml("\n".join(lines[1 : lines.index("---", 1)]), path.name, [])
        if front and isinstance(front.data, dict) and isinstance(front.data.get("title"), str):
            return str(front.data["title"])
    return next((line[2:].strip() for line in lines if line.startswith("# ")), page_id)
