"""The handbook's own prose, judged as its readers will get it: code, HTML, links and anchors.

A page is a contribution by a stranger. `nvr check` and the build judge every page before anything
is made, and tell of all that is wrong at once, by file and line. What counts is what Markdown
makes of a page, not how it was written, so a fault is looked for in the result, and its line by
asking after how many lines of the page the fault is there.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote

from markdown import Markdown

from macros.content.base import SOURCE_LANGUAGE, Language
from macros.content.errors import ContentError, Problem, suggest
from macros.content.markup import ELEMENTS, MARKDOWN, Fault, read_markup
from macros.content.national import FOLDER, ProsePage
from macros.content.project import Project, load_project
from macros.document.address import address
from macros.document.changes import FEED
from macros.document.edition import Edition, load_edition
from macros.document.formats import DOWNLOADS
from macros.document.prose import hidden_paths, mended
from macros.layouts.components import Components
from macros.pages.calls import page_code
from macros.pages.generated import finder, generated_pages, region_pages
from macros.pages.parts import anchors
from macros.pages.sandbox import Code
from macros.writers.data import DATA, LICENCE_FILE, SCHEMA

# Markdown's parts that a page may use. None of them reads a file or makes an element of its own.
EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "md_in_html")
_TRIES = 40  # how often a page is read again to find the lines of its faults
_FRONT = re.compile(r"---\n.*?\n---\n", re.DOTALL)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_CODE = re.compile(
    r"^(?P<fence>`{3,9}|~{3,9})[^\n]*\n.*?^(?P=fence)[ \t]*$"
    r"|(?P<tick>(?<!`)`{1,9})(?!`)(?:(?!\n\n).)+?(?<!`)(?P=tick)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_READ = re.compile(r"\smarkdown(?:=|[\s>])")
_HEADING_ID = re.compile(r"^#{1,6} [^\n]*\{: #([\w-]+) \}[ ]*$", re.MULTILINE)
_HTML = "div"  # the one element that is written as HTML: a box of the front page
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def checked_project(root: Path, choice: str | None = None, host: str | None = None) -> Project:
    """Return the project of a region once its prose has been judged too; see `load_project`.

    Raises ContentError with every error.
    """
    project = load_project(root, choice, host)
    judge_prose(project)
    return project


def judge_prose(project: Project) -> None:
    """Raise ContentError with everything that is wrong in the prose pages of a project."""
    problems = [
        problem
        for language in project.region.languages
        for problem in prose_problems(project, language)
    ]
    if problems:
        raise ContentError((*project.warnings, *problems))


def prose_problems(project: Project, language: Language) -> list[Problem]:
    """Return what is wrong in the prose pages that an edition shows."""
    pages = _Pages(project, load_edition(project, language))
    return [problem for page in pages.national.values() for problem in pages.problems(page)]


def filled_in(code: Code, markdown: str, label: str) -> str:
    """Return a page's Markdown with its code filled in; raises ContentError."""
    text, problems = code.run(markdown, label)
    if problems:
        raise ContentError(problems)
    return text


def judge(page: str, label: str, components: Components) -> None:
    """Raise ContentError when the HTML that the site generator made of a page is not allowed.

    `prose_problems` has judged the page before; this holds for whatever made the HTML.
    """
    if faults := read_markup(components.without(page)).faults:
        raise ContentError(Problem(label, 0, 0, "", one.message, one.hint) for one in faults)


@cache
def _parser() -> Markdown:
    return Markdown(extensions=list(EXTENSIONS))


@lru_cache(maxsize=128)
def html_of(markdown: str) -> str:
    """Return the HTML that Markdown makes of a page."""
    return str(_parser().reset().convert(markdown))


@dataclass
class _Pages:
    """The pages of one edition, as far as its prose has to know them."""

    project: Project
    edition: Edition
    components: Components = field(default_factory=Components)
    url: str = ""
    _known: dict[str, set[str]] = field(default_factory=dict)
    _texts: dict[str, tuple[str, list[Problem]]] = field(default_factory=dict)

    @cached_property
    def code(self) -> Code:
        return page_code(self.edition, self.components, lambda: self.url)

    @cached_property
    def national(self) -> Mapping[str, ProsePage]:
        """Return the pages to judge by path: without those that the region hides or replaces."""
        gone = hidden_paths(self.edition.handbook)
        gone |= {f"{page_id}.md" for page_id in self.edition.handbook.prose}
        found: dict[str, ProsePage] = {}
        for page in self.project.prose:
            path = f"{page.id}.md"
            own = page.language == self.edition.language
            source = page.language == SOURCE_LANGUAGE and path not in found
            if path not in gone and (own or source):
                found[path] = page
        return found

    @cached_property
    def made(self) -> Mapping[str, str]:
        """Return the Markdown of every page that is no national prose, by path."""
        return {
            **generated_pages(self.edition),
            **finder(self.edition, self.components),
            **region_pages(self.edition, self.components),
        }

    @cached_property
    def files(self) -> set[str]:
        """Return the addresses of the files that are no pages and no downloads."""
        folder = self.project.root / FOLDER
        own = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
        return own | {DATA, SCHEMA, FEED, LICENCE_FILE}

    @cached_property
    def downloads(self) -> set[str]:
        from macros.downloads.jobs import jobs  # what a page that is right does not pay for
        from macros.downloads.pool import file_names

        made = jobs(self.project)[self.edition.language]
        return {DOWNLOADS + name for name in file_names(made.values())}

    def problems(self, page: ProsePage) -> list[Problem]:
        """Return what is wrong in a page."""
        filled, problems = self._filled(page)
        written = list(_written(self.components.without(filled)))
        problems += [
            Problem(page.label, page.begin + line, column, "", fault.message, fault.hint)
            for line, column, fault in written
        ]
        try:
            found = list(self._rendered(filled, bool(written)))
        except Exception:  # Markdown's own faults, such as a RecursionError, are many
            hint = "Se etter lange rekker av parenteser, sitattegn eller lister i lister."
            return [*problems, Problem(page.label, 0, 0, "", "siden er for innfløkt", hint)]
        problems += [
            Problem(page.label, page.begin + line, 1, "", fault.message, fault.hint)
            for line, fault in found
        ]
        return problems

    def _filled(self, page: ProsePage) -> tuple[str, list[Problem]]:
        """Return a page's Markdown with its code filled in, the same each time, and its faults."""
        if page.id not in self._texts:
            self.url = address("page", page.id)
            text = mended(page.text, f"{page.id}.md", self.edition.handbook)
            self._texts[page.id] = self.code.run(text, page.label, page.begin)
        text, problems = self._texts[page.id]
        return text, list(problems)

    def _rendered(self, filled: str, told: bool) -> Iterator[tuple[int, Fault]]:
        """Return (line, fault) for what is wrong with the HTML and the links of a page."""
        own = anchors(self.components.put_back(html_of(filled)))

        def faults(markdown: str) -> Counter[Fault]:
            whole = html_of(markdown)
            markup = read_markup(self.components.without(whole))
            dead = (fault for link in markup.links if (fault := self._dead(link, own)))
            lost = self.components.count(markdown) - self.components.count(whole)
            return Counter((*markup.faults, *dead, *[_LOST] * max(lost, 0)))

        every = faults(filled)
        if told:  # what is not closed is told of where it stands
            every = Counter({f: n for f, n in every.items() if not f.message.endswith(_OPEN)})
        yield from _lines(filled.split("\n"), faults, every)

    def _dead(self, link: str, own: set[str]) -> Fault | None:
        """Return what is wrong with a link that leads nowhere in the site."""
        path, _, anchor = link.partition("#")
        path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
        if _ELSEWHERE.match(link) or path.startswith("/"):
            return None
        target = posixpath.normpath(path) if path else ""
        if not target:
            known = own
        elif not target.endswith(".md"):
            return self._dead_file(target)
        elif target in self.national or target in self.made:
            known = self._anchors(target, anchor) if anchor else set()
        else:
            hint = suggest(target, (*self.national, *self.made))
            return Fault(f"lenken «{link[:80]}» fører til en side som ikke finnes", hint)
        if anchor and anchor not in known:
            hint = suggest(anchor, known)
            return Fault(f"lenken «{link[:80]}» fører til et avsnitt som ikke finnes", hint)
        return None

    def _dead_file(self, target: str) -> Fault | None:
        files = self.files
        if target.startswith(DOWNLOADS) and target not in files:
            files = files | self.downloads
        if target in files:
            return None
        near = [f"{target.strip('/')}.md", f"{target.strip('/')}/index.md"]
        page = next((one for one in near if one in self.national or one in self.made), "")
        hint = f"Skriv «{page}»." if page else suggest(target, files)
        return Fault(f"lenken «{target[:80]}» fører til en fil som ikke finnes", hint)

    def _anchors(self, path: str, wanted: str) -> set[str]:
        """Return ids on a page of the edition: the one that is wanted, or else all of them.

        Most stand in the page's text; the others are there when Markdown has made the page.
        """
        known = self._known.setdefault(path, set())
        if not known:
            text = self._text(path)
            known |= _written_ids(self.components.put_back(_without_code(text)))
        if wanted not in known:
            known |= anchors(self.components.put_back(html_of(self._text(path))))
        return known

    def _text(self, path: str) -> str:
        """Return the Markdown of a page of the edition with its code filled in."""
        if page := self.national.get(path):
            return self._filled(page)[0]
        if path not in self._texts:
            self.url = path.removesuffix("index.md").replace(".md", "/")
            self._texts[path] = self.code.run(_FRONT.sub("", self.made[path], count=1), path)
        return self._texts[path][0]


_LOST = Fault("en makro står der den ikke kan vises", "Sett {% raw %} foran og {% endraw %} bak.")
_UNREAD = Fault(
    "«<div>» mangler ordet markdown, og da blir ingenting i den lest",
    'Skriv det slik: <div class="ways" markdown>.',
)
_OPEN = ("er ikke lukket", "det som sist ble åpnet")


def _without_code(markdown: str) -> str:
    """Return Markdown with spaces in place of what it shows as code."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), markdown)


def _written_ids(markdown: str) -> set[str]:
    return anchors(markdown) | set(_HEADING_ID.findall(markdown))


def _written(markdown: str) -> Iterator[tuple[int, int, Fault]]:
    """Return (line, column, fault) for HTML that is written in a page, and is no box or open.

    Markdown closes some of what an author has left open, and takes what follows the rest for
    HTML, in which no link is checked: so it is looked for where it was written.
    """
    text = _without_code(markdown)
    opened: list[int] = []
    wrong: list[tuple[int, Fault]] = []
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in ELEMENTS and name != _HTML:
            if not match[1]:
                shown = " ".join(match[0].split())[:60]
                wrong.append((match.start(), Fault(f"«{shown}» er ikke lov i en side", MARKDOWN)))
        elif name == _HTML and not match[1]:
            opened.append(match.start())
            if not _READ.search(match[0]):
                wrong.append((match.start(), _UNREAD))
        elif name == _HTML and opened:
            opened.pop()
        elif name == _HTML:
            fault = Fault(f"«</{_HTML}>» lukker ikke noe", "Ta den bort.")
            wrong.append((match.start(), fault))
    hint = f"Sett </{_HTML}> på en egen linje der boksen slutter."
    wrong += [(at, Fault(f"«<{_HTML}>» er ikke lukket", hint)) for at in opened]
    for at, fault in sorted(wrong, key=lambda one: one[0]):
        yield text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), fault


def _lines(
    lines: Sequence[str], faults: Callable[[str], Counter[Fault]], every: Counter[Fault]
) -> list[tuple[int, Fault]]:
    """Return each fault with the number of lines after which it is there: its line."""
    tries = _TRIES

    def spread(
        low: int, high: int, before: Counter[Fault], after: Counter[Fault]
    ) -> Iterator[tuple[int, Fault]]:
        nonlocal tries
        more = after - before
        if not more:
            return
        tries -= 1
        if high - low <= 1 or tries < 0:
            yield from ((high, fault) for fault in more.elements())
            return
        middle = (low + high) // 2
        found = faults(_upto(lines, middle)) & every
        yield from spread(low, middle, before, found)
        yield from spread(middle, high, found, after)

    placed: dict[Fault, list[int]] = {}
    for line, fault in spread(0, len(lines), Counter(), every) if every else ():
        placed.setdefault(fault, []).append(line)
    # Half a page may show a fault that the next line takes away: those that stay come last.
    return [(line, fault) for fault, at in placed.items() for line in at[-every[fault] :]]


def _upto(lines: Sequence[str], end: int) -> str:
    """Return the first lines of a page; a block of code that they leave open is closed."""
    fence = ""
    for line in lines[:end]:
        mark = _FENCE.match(line)
        if not fence and mark:
            fence = mark[1]
        elif fence and line.strip() == fence:
            fence = ""
    return "\n".join((*lines[:end], fence))
