"""What an engine is given: one language of an edition as a menu, pages and files.

An engine is a program that makes a site of Markdown and a theme. Nothing here knows which one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import Any

from macros.content import built
from macros.content.base import SOURCE_LANGUAGE, Language
from macros.content.files import LEFT_BY_A_PROGRAM
from macros.content.project import Project, load_project
from macros.content.prose import FOLDER as PROSE_FOLDER
from macros.content.region import HOST_VARIABLE
from macros.document.along import Stop, beside, steps_way, way
from macros.document.edition import Edition, load_edition
from macros.document.features import FEATURES, has
from macros.document.feedback import feedback
from macros.document.formats import DOWNLOADS
from macros.document.progress import PROGRESS_FILE, progress_data
from macros.document.prose import PICTURE_FOLDER, hidden_paths, mended
from macros.layouts.brand import SITE_FONTS, font_files, logo_files, site_css
from macros.layouts.components import Components
from macros.pages.calls import page_code
from macros.pages.changed import Dates, page_dates
from macros.pages.generated import finder, generated_pages, region_pages, views
from macros.pages.manifest import MANIFEST, manifest_json
from macros.pages.navigation import navigation
from macros.pages.parts import Heading, anchors, contents, headings
from macros.pages.prose import filled_in, judge
from macros.pages.published import lines_ended, site_files
from macros.pages.reading import Reading
from macros.pages.shell import Shell, shell
from macros.site.offline import WORKER
from macros.writers.page import PageWriter, in_source_language, inert
from macros.writers.picture import mark_svg

DOCS = "docs"
_SCRIPTS = "assets/js/"  # with a folder of each feature that has scripts
# The service worker, and what takes it away from who has it: one of them lies at the site's root.
_WORKER, NO_WORKER = f"{_SCRIPTS}offline/worker.js", f"{_SCRIPTS}offline/gone.js"


@dataclass(frozen=True)
class Source:
    """A file as the engine is to have it: its content, or where it lies.

    With neither, it is made meanwhile and put in when the site is finished.
    """

    content: str | bytes | None = None
    path: Path | None = None

    @property
    def later(self) -> bool:
        """Return whether the file is put in when the site is finished."""
        return self.content is None and self.path is None


@dataclass(frozen=True)
class Body:
    """What a page's HTML becomes: the HTML, its headings in order, and every id in it."""

    html: str
    headings: list[Heading]
    ids: set[str]

    @property
    def title(self) -> str | None:
        """Return the text of the first heading, in which nothing can be markup."""
        return inert(self.headings[0].title) if self.headings else None


@dataclass
class Prepared:
    """One language of an edition, ready for an engine.

    `downloads` are the names of the files to download, `pictures` the addresses of the mark and
    the cards; both are known when the build has begun to make them.
    """

    project: Project
    edition: Edition
    downloads: Sequence[str] = ()
    pictures: Sequence[str] = ()
    components: Components = field(default_factory=Components)

    @property
    def language(self) -> Language:
        """Return the language of the pages."""
        return self.edition.language

    @property
    def is_first(self) -> bool:
        """Return whether this is the language at the site's root, which has what all share."""
        return self.language == self.project.region.language

    def shell(self) -> Shell:
        """Return what the site is called, and what its theme shows around the pages."""
        return shell(self.project, self.edition, self.national)

    @property
    def root(self) -> str:
        """Return the path of the language's front page on its host, with a slash at both ends."""
        return self.project.region.root(self.language)

    def navigation(self, plan: Sequence[Any]) -> list[Any]:
        """Return the menu, from the plan in `mkdocs.yml`."""
        return navigation(self.edition, plan)

    @cached_property
    def dates(self) -> Dates:
        """Return when each page was last changed."""
        return page_dates(self.edition, self.project.root, self.project.folder)

    @cached_property
    def _ways(self) -> tuple[list[Stop], list[Stop]]:
        return steps_way(self.edition), way(self.edition)

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self.edition, self.project.handbooks)

    @cached_property
    def files(self) -> dict[str, Source]:
        """Return every file of the site's folder of Markdown, by its path there.

        Later files come last. A page of the region takes the place of a national one.
        """
        found = {path: self._asset(path, file) for path, file in self.national.items()}
        found = with_features(self.edition, found, is_first=self.is_first)
        pages = {**generated_pages(self.edition), **finder(self.edition, self.components)}
        pages |= views(self.edition, self.components)
        found |= {path: Source(text) for path, text in pages.items()}
        found |= {
            path: Source(text) for path, text in site_files(self.project, self.edition).items()
        }
        found |= {DOWNLOADS + name: Source() for name in self.downloads}
        found[PROGRESS_FILE] = Source(progress_data(self.project, self.edition))
        if has(self.edition, "offline"):
            found[MANIFEST] = Source(manifest_json(self.project, self.edition))
        found |= self._brand()
        own = region_pages(self.edition, self.components)
        for path in (*hidden_paths(self.edition.handbook), *own):
            found.pop(path, None)
        return {**found, **{path: Source(text) for path, text in own.items()}, **self._pictures()}

    @cached_property
    def national(self) -> dict[str, Path]:
        """Return the files in `docs/`, each page as it lies in the language where it has a twin."""
        folder = self.project.root / DOCS
        found = {
            path.relative_to(folder).as_posix(): path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not _is_left(path.relative_to(folder))
        }
        for twin, page, language in list(self._twins(found)):
            path = found.pop(twin)
            if language == self.language and page in found:
                found[page] = path
        return found

    def _twins(self, paths: dict[str, Path]) -> Iterator[tuple[str, str, str]]:
        """Return (path, the page that it is a twin of, language) for each twin of a page."""
        for path in paths:
            stem, dot, language = path.removesuffix(".md").rpartition(".")
            if path.endswith(".md") and dot and language in self.project.handbooks:
                yield path, f"{stem}.md", language

    def _asset(self, name: str, path: Path) -> Source:
        if name.endswith(".md"):
            return Source(path=path)
        data = path.read_bytes()
        ended = lines_ended(name, data)
        return Source(path=path) if ended == data else Source(ended)

    def _brand(self) -> dict[str, Source]:
        """Return style sheet, logos and fonts; the first language has the mark and card of all."""
        brand = self.project.brand
        found = {"assets/css/brand.css": Source(site_css(brand))}
        made = logo_files(brand)
        if self.is_first:
            found |= {name: Source() for name in self.pictures}
            if svg := self.shell().mark_address:
                small = brand.mark("small")
                made[svg] = (small and small.drawing) or mark_svg(brand).encode()
        found |= {name: Source(content) for name, content in made.items()}
        fonts = font_files(brand)
        return found | {
            SITE_FONTS + name: Source(path=file) if isinstance(file, Path) else Source(file)
            for name, file in fonts.items()
        }

    def _pictures(self) -> dict[str, Source]:
        """Return the pictures on the region's own pages."""
        folder = self.project.folder / PROSE_FOLDER
        names = {
            picture.path
            for page in self.edition.handbook.prose.values()
            for picture in page.pictures
        }
        return {PICTURE_FOLDER + name: self._asset(name, folder / name) for name in sorted(names)}

    def filler(self, url: Callable[[], str]) -> Callable[[str, str], str]:
        """Return what fills in the code of a page, from its Markdown and its path.

        `url` is asked for the page's address; what is returned raises ContentError.
        """
        return partial(filled_in, page_code(self.edition, self.components, url))

    def mended(self, text: str, path: str) -> str:
        """Return a page's Markdown without links to what the region hides."""
        return mended(text, path, self.edition.handbook)

    def body(self, made: str, path: str, url: str) -> Body:
        """Return what the HTML that the engine made of a page becomes; raises ContentError.

        `path` is that of its Markdown, `url` its address below the language's root.
        """
        whole = self.components.put_back(made)
        if source := self.files[path].path:  # what somebody wrote, and not what comes from data
            judge(made, path, self.components)
            if self.language != SOURCE_LANGUAGE and source.name == PurePath(path).name:
                whole = in_source_language(whole, self.edition)
        ids = anchors(whole)
        return Body(self._reading.prepared(whole, url), headings(whole), ids)

    def page(self, path: str, url: str, title: str | None, body: Body) -> dict[str, Any]:
        """Return what the theme shows on a page besides its text; `title` is HTML."""
        before, after = next(
            filter(any, (beside(stops, url) for stops in self._ways)), (None, None)
        )
        changed = self.dates.changed(path)
        ask = feedback(self.edition, title, url)
        return {
            "previous": before and {"address": before.address, "title": before.title},
            "next": after and {"address": after.address, "title": after.title},
            "changed": changed and {"iso": changed.iso, "text": changed.text},
            "feedback": PageWriter(self.edition, url).link(ask) if ask else "",
            "contents": [
                {"id": heading.id, "title": inert(heading.title)}
                for heading in contents(body.headings)
            ],
        }


def with_features(
    edition: Edition, files: dict[str, Source], *, is_first: bool
) -> dict[str, Source]:
    """Return the files of `docs/` without the scripts of the features that the region leaves out.

    The first language's have the worker at their root, from where it reaches all languages. Where
    reading without a net is left out, the file takes away the worker of an earlier edition.
    """
    out = tuple(f"{_SCRIPTS}{name}/" for name in FEATURES if not has(edition, name))
    workers = {path: files[path] for path in (_WORKER, NO_WORKER) if path in files}
    found = {
        path: file
        for path, file in files.items()
        if path not in workers and not path.startswith(out)
    }
    mine = workers.get(_WORKER if has(edition, "offline") else NO_WORKER)
    return {**found, WORKER: mine} if mine and is_first else found


def prepare(
    root: Path, said: str | None, language: Language | None, known: Project | None = None
) -> Prepared:
    """Return the project in a language, else in the first of its region; raises ContentError.

    `said` is what the environment said of the build's time before any build set it. The project
    is loaded, unless it is `known` already.
    """
    project = known or load_project(root, os.environ.get("REGION"), os.environ.get(HOST_VARIABLE))
    built.begin(said, root, project.newest)
    return Prepared(project, load_edition(project, language or project.region.language))


def in_language(prepared: Prepared, language: Language) -> Prepared:
    """Return the same edition in another of its languages."""
    return Prepared(prepared.project, load_edition(prepared.project, language))


def _is_left(path: Path) -> bool:
    return any(map(LEFT_BY_A_PROGRAM.fullmatch, path.parts))
