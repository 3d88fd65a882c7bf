"""One page of a region's own, read into headings, paragraphs, lists, tables and pictures.

mkdocs-macros runs whatever Jinja stands in a page's source, and Markdown lets HTML through. So a
region's page never becomes page source: HTML is off, and all else is refused with line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token
from pydantic_core import PydanticCustomError

from macros.content.base import Language, Strict
from macros.content.characters import find_written, shows
from macros.content.entries import Key
from macros.content.errors import Problem
from macros.content.front_matter import front_matter
from macros.content.load import read_text
from macros.content.names import slugged
from macros.content.pictures import PictureSize, picture_size
from macros.content.raw_markup import raw_in_page
from macros.content.rich import Markdown, Paragraph, RichBlock, rich_blocks, rich_runs, runs_of
from macros.content.text import Plain, ValueRef
from macros.content.written import VALUE, check_characters, check_placeholders, values_in

_BRACES = re.compile(r"[{}]")
_HTML = re.compile(r"<(?!https?://|mailto:|[\w.+-]+@[^\s>]+>)[A-Za-z/!?]")
_ATTRIBUTES = re.compile(r"\{:")
_PAGE = re.compile(r"(?:\./)?([a-z0-9-]+)\.md")
_DEEPEST = 4


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


def read_page(
    path: Path, label: str, page_id: str, language: Language, problems: list[Problem]
) -> RegionPage | None:
    """Return a page; None when something is wrong in it, which is added to `problems`."""
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
