"""A region's own pages: `docs/<name>.md` in its folder, read as data.

mkdocs-macros runs whatever Jinja stands in a page's source, and Markdown lets HTML through.
So a region's page never becomes page source: it is parsed here into headings, paragraphs,
lists, tables and pictures, with HTML off, and all else is refused with line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markdown_it.token import Token
from pydantic_core import PydanticCustomError

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE, Language, Strict
from macros.content.characters import find_written, shows
from macros.content.entries import Key
from macros.content.errors import Problem, suggest
from macros.content.files import LEFT_BY_A_PROGRAM
from macros.content.front_matter import front_matter
from macros.content.load import inside, parse_yaml, read_text
from macros.content.model import KINDS
from macros.content.names import meant_name, slugged, taken
from macros.content.overlay import RegionFolder
from macros.content.pictures import PICTURES, PictureSize, picture_size
from macros.content.raw_markup import raw_in_page
from macros.content.rich import Markdown, Paragraph, RichBlock, rich_blocks, rich_runs, runs_of
from macros.content.text import Plain, ValueRef
from macros.content.written import VALUE, check_characters, check_placeholders, values_in

FOLDER = "docs"
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]{2}))?\.md")
_BRACES = re.compile(r"[{}]")
_HTML = re.compile(r"<(?!https?://|mailto:|[\w.+-]+@[^\s>]+>)[A-Za-z/!?]")
_ATTRIBUTES = re.compile(r"\{:")
_PAGE = re.compile(r"(?:\./)?([a-z0-9-]+)\.md")
_DEEPEST = 4
# Addresses of the handbook's own that no item's address begins with.
_TAKEN = ("ordliste", "endringer", "last-ned", "assets", "search", "404")


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 4, and its anchor."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Grid:
    """A table to read."""

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[RichBlock, ...], ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture: its path below the region's `docs`, and its size in pixels."""

    path: str
    alt: str
    size: PictureSize


Element = RichBlock | Heading | Grid | Picture


@dataclass(frozen=True)
class RegionPage:
    """A page that the region wrote. `links` gives the target and place of links and values."""

    id: str
    language: Language
    title: str
    description: str
    elements: tuple[Element, ...]
    links: tuple[tuple[Key, Problem], ...] = ()

    @property
    def anchors(self) -> frozenset[str]:
        """Return the anchors of the page's headings."""
        return frozenset(e.anchor for e in self.elements if isinstance(e, Heading))

    @property
    def pictures(self) -> Iterator[Picture]:
        """Return the pictures of the page."""
        return (e for e in self.elements if isinstance(e, Picture))


class FrontMatter(Strict):
    """What may stand between two lines of three hyphens at the top of a page."""

    title: Plain | None = None
    description: Plain | None = None


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
        page = _page(path, label, match[1], language, problems)
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


def _page(
    path: Path, label: str, page_id: str, language: Language, problems: list[Problem]
) -> RegionPage | None:
    text = read_text(path, label, problems)
    if text is None:
        return None
    reader = _Reader(label, text, path.parent)
    page = reader.page(page_id, language)
    problems.extend(reader.problems)
    if reader.problems:
        return None
    problems.extend(raw_in_page(text, label))
    return page


@dataclass
class _Reader:
    """Reads one page, and gathers what is wrong in it."""

    label: str
    text: str
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    links: list[tuple[Key, Problem]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=lambda: {"topp"})

    def page(self, page_id: str, language: Language) -> RegionPage:
        self.lines = self.text.split("\n")
        front, begin = self._front()
        for number in range(begin, len(self.lines)):
            self._characters(number)
        title = ""
        elements: list[Element] = []
        if not self.problems:
            body = "\n".join(["" for _ in range(begin)] + self.lines[begin:])
            parser = Markdown("commonmark", {"html": False}).enable("table")
            title, elements = self._body(parser.parse(body))
        if not title and not self.problems:
            self._tell(begin, 0, "siden skal begynne med én overskrift, som «# Om oss»")
        lead = next((e for e in elements if isinstance(e, Paragraph)), Paragraph(()))
        words = "".join(run.text for run in lead.runs)
        return RegionPage(
            page_id,
            language,
            title,
            front.description or words,
            tuple(elements),
            tuple(self.links),
        )

    def _tell(self, line: int, column: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.label, line + 1, column + 1, "", message, hint))

    def _refuse(self, error: PydanticCustomError, line: int, column: int) -> None:
        """Tell of what a line, or a block that begins there, may not hold."""
        said = error.context or {}
        rest = "\n".join(self.lines[line:])
        if said.get("sought") and (at := find_written(rest, said["sought"])) >= 0:
            line += rest.count("\n", 0, at)
            column = at - (rest.rfind("\n", 0, at) + 1)
        self._tell(line, column, error.message(), said.get("hint", ""))

    def _front(self) -> tuple[FrontMatter, int]:
        found, begin = front_matter(self.lines, self.label, FrontMatter, self.problems)
        return found or FrontMatter(), begin

    def _characters(self, number: int) -> None:
        """Tell of what a line may not hold: code between braces, HTML, hidden characters."""
        line = self.lines[number]
        if found := _ATTRIBUTES.search(line):
            hint = "Ta det bort. Overskriften får en adresse av seg selv."
            self._tell(number, found.start(), "«{: … }» er ikke lov her", hint)
            return
        if found := _HTML.search(line):
            self._tell(number, found.start(), "HTML er ikke lov her", "Skriv det med Markdown.")
        try:
            check_placeholders(check_characters(line))
        except PydanticCustomError as error:
            brace = _BRACES.search(line)
            self._refuse(error, number, brace.start() if brace else 0)
        for value in values_in(line):
            place = Problem(self.label, number + 1, line.find(VALUE + value) + 1, "", "")
            self.links.append(((ValueRef.kind, value), place))

    def _body(self, tokens: list[Token]) -> tuple[str, list[Element]]:
        title, level, at = "", 1, 0
        elements: list[Element] = []
        while at < len(tokens):
            end = _end(tokens, at)
            part, line = tokens[at : end + 1], (tokens[at].map or [0])[0]
            try:
                if part[0].type == "heading_open":
                    wanted = int(part[0].tag[1])
                    text = self._heading(part[1], wanted, level, bool(title), line)
                    if wanted == 1:
                        title = title or text
                    elif text:
                        level = wanted
                        elements.append(Heading(wanted, text, self._anchor(text)))
                else:
                    elements += self._element(part, line)
            except PydanticCustomError as error:
                self._refuse(error, line, 0)
            at = end + 1
        return title, elements

    def _heading(self, token: Token, wanted: int, level: int, titled: bool, line: int) -> str:
        runs = rich_runs(token)
        text = "".join(run.text for run in runs).strip()
        if any(run.target for run in runs):
            self._tell(line, 0, "en overskrift kan ikke være en lenke")
        elif not shows(text):
            self._tell(line, 0, "overskriften er tom")
        elif (wanted == 1) == titled:
            hint = "Bruk ## til de andre." if titled else "Begynn siden med # og tittelen."
            self._tell(line, 0, "siden skal ha én overskrift med #, øverst", hint)
        elif wanted > min(level + 1, _DEEPEST):
            message = f"overskriften hopper over et nivå; den kan ha høyst {min(level + 1, 4)} #"
            self._tell(line, 0, message)
        return text

    def _element(self, part: list[Token], line: int) -> list[Element]:
        for token in part:
            self._addresses(token, line)
        if part[0].type == "table_open":
            return [_grid(part)]
        children = part[1].children or [] if part[0].type == "paragraph_open" else []
        if any(child.type == "image" for child in children):
            return self._picture(children, line)
        return list(rich_blocks(part))

    def _addresses(self, token: Token, line: int) -> None:
        """Note each link's target, written as the handbook writes it."""
        line = token.map[0] if token.map else line
        for child in token.children or []:
            if child.type != "link_open":
                continue
            href = str(child.attrs["href"])
            found = _PAGE.fullmatch(href)
            target = f"page/{found[1]}" if found else href
            child.attrs["href"] = target
            kind, slash, item_id = target.partition("/")
            if slash and ":" not in target:
                row, column = self._find(href, line)
                place = Problem(self.label, row + 1, column + 1, "", "")
                self.links.append(((kind, item_id), place))

    def _find(self, text: str, line: int) -> tuple[int, int]:
        """Return where a text stands, from a line on; both count from 0."""
        for number in range(line, len(self.lines)):
            if (column := self.lines[number].find(text)) >= 0:
                return number, column
        return line, 0

    def _picture(self, children: list[Token], line: int) -> list[Element]:
        if len(children) != 1:
            self._tell(line, 0, "et bilde skal stå alene, med en tom linje før og etter")
            return []
        image = children[0]
        name = str(image.attrs["src"])
        alt = "".join(run.text for run in rich_runs(image)).strip()
        row, column = self._find(name, line)
        if not shows(alt):
            self._tell(
                row, column, "bildet mangler tekst for den som ikke ser det", "![tekst](fil)"
            )
            return []
        size = picture_size(self.folder, name)
        if isinstance(size, str):
            self._tell(row, column, size)
            return []
        return [Picture(name, alt, size)]

    def _anchor(self, text: str) -> str:
        stem = slugged(text) or "avsnitt"
        anchor, number = stem, 1
        while anchor in self.anchors:
            number += 1
            anchor = f"{stem}-{number}"
        self.anchors.add(anchor)
        return anchor


def _end(tokens: list[Token], at: int) -> int:
    """Return the index of the token that closes the one at `at`."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1


def _grid(part: list[Token]) -> Grid:
    rows: list[list[tuple[RichBlock, ...]]] = []
    for token in part:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append((Paragraph(rich_runs(token)),))
    header = tuple("".join(run.text for run in runs_of(cell)) for cell in rows[0])
    return Grid(header, tuple(tuple(row) for row in rows[1:]))


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
