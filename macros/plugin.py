"""The MkDocs adapter: collects what MkDocs gives, calls plain functions, hands back."""

from __future__ import annotations

import html
import logging
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path, PurePath
from typing import Any, Literal
from urllib.parse import unquote

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler, get_relative_url

from macros.cache import Cache
from macros.changed import page_dates
from macros.content import built
from macros.content.base import SOURCE_LANGUAGE, Language
from macros.content.catalogue import load_catalogue
from macros.content.errors import ContentError, report
from macros.content.files import LEFT_BY_A_PROGRAM
from macros.content.project import CONTENT_FOLDERS, Project, load_project
from macros.content.prose import FOLDER as PROSE_FOLDER
from macros.document.along import beside, way
from macros.document.edition import Edition, load_edition
from macros.document.feedback import feedback
from macros.document.finder import ADDRESS as FINDER
from macros.document.formats import DOWNLOADS
from macros.document.progress import PROGRESS_FILE, progress_data
from macros.document.prose import PICTURE_FOLDER, hidden_paths, mended
from macros.downloads import Pool, file_names, put, put_as
from macros.headers import put_headers
from macros.jobs import jobs, picture_jobs
from macros.keys import read_code_anew
from macros.layouts import FOLDER as LAYOUTS
from macros.layouts import read_anew
from macros.layouts.brand import SITE_FONTS, font_files, logo_files, preloads, site_css
from macros.layouts.components import Components
from macros.lost import share_lost
from macros.prose import EXTENSIONS, judge, judge_prose
from macros.published import lines_ended, site_files
from macros.reading import Reading
from macros.search import search_box, write_index
from macros.serving import Reports, Server, show_reports
from macros.siblings import Orders, SiblingError, Siblings, end_tidily, orders
from macros.site import (
    Heading,
    anchors,
    between,
    cause,
    dead_links,
    fill_pages,
    headings,
    with_scripts,
)
from macros.stage import Stage
from macros.styles import join_styles
from macros.writers import Job, WriterError
from macros.writers.finder import finder_page
from macros.writers.page import (
    PageWriter,
    fill_markers,
    generated_pages,
    in_source_language,
    inert,
    navigation,
    region_pages,
)
from macros.writers.picture import CARD, mark_svg
from macros.writers.picture import FOLDER as MARKS

_log = logging.getLogger("mkdocs.plugins.naeringsvennlig")


class HandbookConfig(Config):
    """The plugin's settings in mkdocs.yml."""

    cache_dir = config_options.Type(str, default=".cache/nvr")


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Pages, navigation and downloads from data; one build for each language."""

    project: Project
    edition: Edition
    jobs: dict[Language, dict[str, Job]]
    names: list[str]
    pictures: dict[str, Job]
    orders: Orders | None
    pool: Pool

    def __init__(self) -> None:
        super().__init__()
        self.command = "build"
        self.said = os.environ.get(built.VARIABLE)  # before any build sets it
        self.stage: Stage | None = None
        self.spare: tempfile.TemporaryDirectory[str] | None = None  # in place of the cache
        self.siblings = Siblings()
        self.reports: Reports | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.command = command
        if command == "serve":
            self.reports = Reports(load_catalogue(SOURCE_LANGUAGE), self._clean_up)
            show_reports(self.reports)
        if not orders():  # a language's build is ended by the one that started it
            end_tidily(command)
        # mkdocs-macros tells of its modules and variables at every build.
        logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent
        read_anew()
        read_code_anew()
        if self.reports:
            self.reports.root = root
        # Of this build: the plugin lives on from one rebuild to the next.
        self.components = Components()
        self.twins: set[str] = set()  # the prose pages that are in this build's own language
        self.orders = orders()
        try:
            self.project = load_project(root, os.environ.get("REGION"))
            built.begin(self.said, root, self.project.newest)
            languages = self.project.region.languages
            self.language: Language = self.orders.language if self.orders else languages[0]
            self.edition = load_edition(self.project, self.language)
            if self.reports:
                self.reports.words = self.edition.words()
            if not self.orders:  # a child's prose has been judged by the build that started it
                judge_prose(self.project)
        except ContentError as error:
            raise Abort(str(error)) from None
        config.markdown_extensions = list(EXTENSIONS)
        if self.project.warnings and not self.orders:
            # Told, and no warning of MkDocs: one would keep the site from being published.
            _log.info("%s", report(self.project.warnings))
        self.way = way(self.edition)
        self.reading = Reading(self.edition, self.project.handbooks)
        self._describe(config)
        self._stage(config)
        self._start_downloads(config, root)
        return config

    def _describe(self, config: MkDocsConfig) -> None:
        words, region = self.edition.words(), self.project.region
        name = words("site.name")
        config.site_name = f"{name} – {inert(region.name)}" if region.name else name
        config.site_description = words("site.description")
        config.site_author = inert(region.owner)
        config.site_url = self.project.region.front_page(self.language)
        config.copyright = words("site.copyright")
        config.theme["language"] = self.language
        config.nav = navigation(self.edition, config.nav or [])
        config.extra["nvr"] = {
            "others": self._other_languages(),
            "words": words,
            "search": partial(search_box, words),
            **self._marks(),
        }
        config.theme["favicon"] = config.extra["nvr"]["mark"] + "merke-32.png"

    def _other_languages(self) -> list[dict[str, str]]:
        languages = self.project.region.languages
        return [
            {
                "code": code,
                "name": self.edition.catalogues[code]("language.own_name"),
                "path": between(languages, self.language, code),
                "address": self.project.region.front_page(code),
                "root": self.project.region.root(code),
            }
            for code in languages
            if code != self.language
        ]

    def _marks(self) -> dict[str, Any]:
        """Return where the theme finds logo, mark and card; the first language has them."""
        languages, logo = self.project.region.languages, self.project.brand.logo
        root = between(languages, self.language, languages[0])
        found: dict[str, Any] = {
            "logo": None,
            "mark": root + MARKS,
            "mark_svg": root + self._mark_name(),
            "card": self.project.region.base_url + CARD,
        }
        if logo is not None:
            light, dark = logo_files(self.project.brand)
            alt = html.escape(logo.alt)
            found["logo"] = {"light": light, "dark": dark, "alt": alt, "plate": logo.dark is None}
        return found

    def _mark_name(self) -> str:
        """Return the address of the mark that scales, or the empty string where it is a PNG."""
        small = self.project.brand.mark("small")
        return MARKS + "merke.svg" if small is None or small.drawing else ""

    def _stage(self, config: MkDocsConfig) -> None:
        if self.orders:
            config.site_dir = str(self.orders.stage)
        elif self.command == "build":
            self.stage = Stage.beside(Path(config.site_dir))
            config.site_dir = str(self.stage.folder)

    def _start_downloads(self, config: MkDocsConfig, root: Path) -> None:
        """Begin to make every language's pages and downloads; a child makes its pages only."""
        if self.orders:
            self.names = self.orders.names()
            return
        self.pool = Pool(self._cache(root / self.config.cache_dir))
        others = self.project.region.languages[1:]
        for language in others:
            self.siblings.start(language, config.config_file_path, Path(config.site_dir))
        self.jobs = jobs(self.project, self.pool.start)
        for language in others:
            self.siblings.tell(language, file_names(self.jobs[language].values()))
        self.names = list(file_names(self.jobs[self.language].values()))
        self.pictures = picture_jobs(self.project)
        for job in self.pictures.values():
            self.pool.start(job)

    def _cache(self, folder: Path) -> Cache:
        """Return the cache in a folder, or an empty one that goes with this process."""
        cache = Cache(folder)
        if not cache.read_only():
            return cache
        _log.info(f"Mellomlageret {folder} kan bare leses. Alle filer lages på nytt.")
        self.spare = self.spare or tempfile.TemporaryDirectory(prefix="nvr-")
        return Cache(Path(self.spare.name))

    def _finish_downloads(self, site: Path) -> None:
        """Put every language's downloads in the site, and their sizes on its pages."""
        try:
            self.pool.join()
            put_as(self.pictures, self.pool, site)
            # The first language's folder holds the others': its pages are filled last.
            for language in reversed(self.project.region.languages):
                folder = site if language == self.language else site / language
                put(self.jobs[language].values(), self.pool, folder / DOWNLOADS)
                facts = {name: self.pool.facts(job) for name, job in self.jobs[language].items()}
                fill = partial(fill_markers, found=facts, words=self.edition.catalogues[language])
                fill_pages(folder, fill)
            self._tell_of_damage()
        except BrokenExecutor:
            raise PluginError(
                "Nedlastingene ble ikke til: en prosess som lager filer, ble stoppet utenfra,"
                " kanskje fordi minnet tok slutt. Det som er publisert, er urørt."
                " Bygg på nytt: filene som er ferdige, blir brukt."
            ) from None
        except (WriterError, OSError) as error:
            told = cause(error) if isinstance(error, OSError) else str(error)
            raise PluginError(f"Nedlastingene ble ikke til: {told}") from error

    def _tell_of_damage(self) -> None:
        # No warning: the site is right, so a strict build is to be published.
        if count := len(self.pool.renewed):
            files = "1 fil" if count == 1 else f"{count} filer"
            _log.info(
                f"{files} i mellomlageret {self.pool.cache.folder} var skadet. Laget på nytt."
            )

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files):
            if any(map(LEFT_BY_A_PROGRAM.fullmatch, PurePath(file.src_uri).parts)):
                files.remove(file)
        for path, markdown in generated_pages(self.edition).items():
            files.append(File.generated(config, path, content=markdown))
        page = finder_page(
            self.edition, PageWriter(self.edition, FINDER).link, self.components.keep
        )
        files.append(File.generated(config, FINDER + "index.md", content=page))
        for path, text in site_files(self.project, self.edition).items():
            files.append(File.generated(config, path, content=text))
        self.dates = page_dates(self.edition, self.project.root, self.project.folder)
        for name in self.names:
            files.append(_Later.generated(config, DOWNLOADS + name, content=b""))
        content = progress_data(self.project, self.edition)
        files.append(File.generated(config, PROGRESS_FILE, content=content))
        self._add_brand(files, config)
        files = self._region_pages(self._prose_in_language(files), config)
        for file in files.media_files():
            if (data := file.content_bytes) != (ended := lines_ended(file.src_uri, data)):
                file.content_bytes = ended
        return files

    def _region_pages(self, files: Files, config: MkDocsConfig) -> Files:
        """Put in the region's own pages and pictures, and take out the pages that it hides."""
        handbook, folder = self.edition.handbook, self.project.folder
        pages = region_pages(self.edition, self.components)
        for path in (*hidden_paths(handbook), *pages):
            if national := files.get_file_from_path(path):
                files.remove(national)
        for path, markdown in pages.items():
            files.append(File.generated(config, path, content=markdown))
        for name in {picture.path for page in handbook.prose.values() for picture in page.pictures}:
            source = str(folder / PROSE_FOLDER / name)
            files.append(File.generated(config, PICTURE_FOLDER + name, abs_src_path=source))
        return files

    @event_priority(100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        page.update_date = self.dates.iso(page.file.src_uri)
        return mended(markdown, page.file.src_uri, self.edition.handbook)

    def _add_brand(self, files: Files, config: MkDocsConfig) -> None:
        """Add style sheet, logos and fonts; the first language has the mark and card of all."""
        brand = self.project.brand
        files.append(File.generated(config, "assets/css/brand.css", content=site_css(brand)))
        copied = {SITE_FONTS + name: path for name, path in font_files(brand).items()}
        made = logo_files(brand)
        if not self.orders:
            for name in self.pictures:
                files.append(_Later.generated(config, name, content=b""))
            if svg := self._mark_name():
                small = brand.mark("small")
                made[svg] = (small and small.drawing) or mark_svg(brand).encode()
        for name, content in made.items():
            files.append(File.generated(config, name, content=content))
        for name, path in copied.items():
            files.append(File.generated(config, name, abs_src_path=str(path)))

    def _prose_in_language(self, files: Files) -> Files:
        """Give each prose page its text in the language, and keep the twins out of the site."""
        for file in list(files):
            stem, dot, language = file.src_uri.removesuffix(".md").rpartition(".")
            if (
                not dot
                or language not in self.project.handbooks
                or not file.is_documentation_page()
            ):
                continue
            files.remove(file)
            source = files.get_file_from_path(f"{stem}.md")
            if language == self.language and source is not None:
                source.abs_src_path = file.abs_src_path
                self.twins.add(source.src_uri)
        return files

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        whole = self.components.put_back(html)
        if page.file.generated_by is None:
            judge(html, page.file.src_uri, self.components)
            if page.file.src_uri not in self.twins:
                whole = in_source_language(whole, self.edition)
        if found := headings(whole):  # MkDocs prints a title as it stands
            page.meta.setdefault("title", inert(found[0].title))
        page.toc = TableOfContents(_nested(found))
        if page.present_anchor_ids is not None:
            page.present_anchor_ids |= anchors(whole)
        return self.reading.prepared(whole, page.url)

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        # Material would put them in the head, where Firefox fetches the next page in advance, which
        # the policy forbids. The page itself says what comes before and after (`nvr_beside`).
        page.previous_page = page.next_page = None
        context["nvr_page"] = PageWriter(self.edition, page.url)
        context["nvr_beside"] = beside(self.way, page.url)
        context["nvr_changed"] = self.dates.changed(page.file.src_uri)
        context["nvr_feedback"] = feedback(self.edition, page.title, page.url)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return with_scripts(output, get_relative_url(".", page.url).rstrip("/") + "/")

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        return with_scripts(output, self.project.region.root(self.language))

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        write_index(Path(config.site_dir), self.edition)
        if self.orders:
            return
        site = Path(config.site_dir)
        try:
            self.siblings.join(site)
        except SiblingError as error:
            raise PluginError(str(error)) from None
        # While the last files are made: what they will be called is known.
        region = self.project.region
        share_lost(site, {code: region.root(code) for code in region.languages})
        coming = self._downloads()
        if self.command != "serve" and (dead := dead_links(site, coming, region.base_url)):
            raise PluginError("Lenker som ikke fører noe sted:\n" + "\n".join(dead))
        self._finish_downloads(site)
        join_styles(site, region.languages[1:], preloads(self.project.brand))
        put_headers(site, region.root(region.language), region.languages[1:])
        if self.stage and not (config.strict and _warned()):
            self.stage.publish()
            self.stage = None
            self.pool.cache.prune()

    def _downloads(self) -> set[str]:
        """Return the addresses below the site's root of what is put in when it is made."""
        return set(self.pictures) | {
            ("" if language == self.language else f"{language}/") + DOWNLOADS + name
            for language, made in self.jobs.items()
            for name in file_names(made.values())
        }

    def on_build_error(self, *, error: Exception) -> None:
        self._clean_up()
        if isinstance(error, OSError):
            raise Abort(f"Bygget stoppet: {cause(error)}") from None
        if isinstance(error, ContentError):
            raise Abort(str(error)) from None

    def on_shutdown(self) -> None:
        self._clean_up()
        if self.spare:
            self.spare.cleanup()

    def _clean_up(self) -> None:
        if hasattr(self, "pool"):
            self.pool.stop()
        self.siblings.stop()
        if self.stage:
            self.stage.discard()
            self.stage = None

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Any,
    ) -> LiveReloadServer:
        if hasattr(self, "project"):  # not where the first build failed
            # Below the path that the site will have: the links of its 404 page begin with that.
            path = self.project.region.root(self.project.region.language)
            server.mount_path = unquote(path)
            server.url = server.url.rstrip("/") + path
        if isinstance(server, Server):
            root = Path(config.config_file_path).absolute().parent
            names = (*CONTENT_FOLDERS, "regions")
            server.watch_folders(root, [Path(config.docs_dir), *(root / name for name in names)])
            server.watch(str(LAYOUTS))
            # Where the region is named by its path, it may be anywhere.
            region = (root / os.environ.get("REGION", "regions")).resolve()
            server.watch_folders(region.parent, [region])
        return server


class _Later(File):
    """A download: MkDocs checks links to it, and the plugin puts it in when it is made."""

    def copy_file(self, dirty: bool = False) -> None:
        """Leave the file to `on_post_build`."""


def _warned() -> bool:
    """Return whether MkDocs has counted a warning; it aborts only after the last event."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(found, CountHandler) and found.get_counts() for found in handlers)


def _nested(found: Sequence[Heading]) -> list[AnchorLink]:
    """Return the page's headings, nested by level, as MkDocs' table of contents."""
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in found:
        link = AnchorLink(inert(heading.title), heading.id, heading.level)
        while open_links and open_links[-1].level >= heading.level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return top
