"""The adapter to MkDocs, and to ProperDocs, which follows it: hands over what each event gives."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Literal

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

from macros.building.build import LOGGER, Build
from macros.building.faults import BuildError, cause
from macros.building.finish import finish, finish_language, publish
from macros.building.prepare import Prepared, Source
from macros.building.siblings import end_tidily
from macros.content.base import SOURCE_LANGUAGE
from macros.content.catalogue import load_catalogue
from macros.content.errors import ContentError, report
from macros.engines.serving import Reports, served, show_reports
from macros.pages.parts import with_scripts
from macros.pages.prose import EXTENSIONS

_log = logging.getLogger(LOGGER)
# Under ProperDocs, what is imported from mkdocs is its own.
ENGINE = BasePlugin.__module__.partition(".")[0]


class HandbookConfig(Config):
    """The plugin's settings in mkdocs.yml."""

    cache_dir = config_options.Type(str, default=".cache/nvr")


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Pages, navigation and downloads from data; one build for each language."""

    prepared: Prepared

    def __init__(self) -> None:
        super().__init__()
        self.command = "build"
        self.build = Build()
        self.reports: Reports | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # The engine keeps a plugin as long as its process lives, and a forked child has its own.
        self.command, self.reports = command, None
        self.build = Build(serving=command == "serve")
        if command == "serve":
            self.reports = Reports(load_catalogue(SOURCE_LANGUAGE), self.build.give_up)
            show_reports(self.reports)
        if not self.build.orders:  # a language's build is ended by the one that started it
            end_tidily(command)
        # mkdocs-macros tells of its modules and variables at every build.
        logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent
        if self.reports:
            self.reports.root = root
        try:
            self.prepared = self.build.prepare(root, self._heard)
        except ContentError as error:
            raise Abort(str(error)) from None
        config.markdown_extensions = list(EXTENSIONS)
        if (warnings := self.prepared.project.warnings) and not self.build.orders:
            # Told, and no warning of MkDocs: one would keep the site from being published.
            _log.info("%s", report(warnings))
        self._describe(config)
        if self.build.orders or self.command == "build":
            try:
                stage = self.build.stage_for(Path(config.site_dir), self.prepared.project)
            except BuildError as error:
                raise Abort(str(error)) from None
            config.site_dir = str(stage)
        child = [ENGINE, "build", "-f", config.config_file_path]
        cache = root / self.config.cache_dir
        self.build.begin(self.prepared, cache, Path(config.site_dir), child)
        return config

    def _heard(self, prepared: Prepared) -> None:
        if self.reports:
            self.reports.words = prepared.edition.words()

    def _describe(self, config: MkDocsConfig) -> None:
        shell = self.prepared.shell()
        config.site_name, config.site_description = shell.name, shell.description
        config.site_author, config.site_url = shell.author, shell.address
        config.copyright = shell.copyright
        config.theme["language"], config.theme["favicon"] = shell.language, shell.favicon
        config.extra["nvr"] = shell.extra
        config.nav = self.prepared.navigation(config.nav or [])

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        wanted = self.prepared.files
        for file in list(files):
            if file.src_dir == config.docs_dir and file.src_uri not in wanted:
                files.remove(file)
        for path, source in wanted.items():
            found = files.get_file_from_path(path)
            if found and source.path and self.prepared.national.get(path) == source.path:
                found.abs_src_path = str(source.path)  # a page may lie in another language's file
                continue
            if found:
                files.remove(found)
            files.append(_file(config, path, source))
        return files

    @event_priority(100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        return self.prepared.mended(markdown, page.file.src_uri)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        path = page.file.src_uri
        body = self.prepared.body(html, path, page.url)
        if body.title is not None:
            page.meta.setdefault("title", body.title)
        # Its first entry is where Material's link past the head leads.
        page.toc = TableOfContents([AnchorLink(h.title, h.id, h.level) for h in body.headings[:1]])
        if page.present_anchor_ids is not None:
            page.present_anchor_ids |= body.ids
        page.meta["nvr"] = self.prepared.page(path, page.url, page.title, body)
        return body.html

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        # Material would put them in the head, where Firefox fetches the next page in advance, which
        # the policy forbids. The page itself says what comes before and after.
        page.previous_page = page.next_page = None
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return with_scripts(output, get_relative_url(".", page.url).rstrip("/") + "/")

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        return with_scripts(output, self.prepared.root)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        finish_language(self.prepared, site)
        if self.build.orders:
            return
        try:
            finish(self.build, self.prepared, site, serving=self.command == "serve")
        except BuildError as error:
            raise PluginError(str(error)) from error.__cause__
        if not (config.strict and _warned()):
            publish(self.build)

    def on_build_error(self, *, error: Exception) -> None:
        self.build.give_up()
        if isinstance(error, OSError):
            raise Abort(f"Bygget stoppet: {cause(error)}") from None
        if isinstance(error, ContentError):
            raise Abort(str(error)) from None

    def on_shutdown(self) -> None:
        self.build.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        prepared = getattr(self, "prepared", None)  # not there where the first build failed
        root, docs = Path(config.config_file_path).absolute().parent, Path(config.docs_dir)
        return served(server, prepared, root, docs)


class _Later(File):
    """A download: MkDocs checks links to it, and it is put in when it is made."""

    def copy_file(self, dirty: bool = False) -> None:
        """Leave the file to `finish`."""


def _file(config: MkDocsConfig, path: str, source: Source) -> File:
    if source.path:
        return File.generated(config, path, abs_src_path=str(source.path))
    kind = _Later if source.later else File
    return kind.generated(config, path, content=source.content or b"")


def _warned() -> bool:
    """Return whether the engine has counted a warning; it aborts only after the last event."""
    handlers = [found for name in ("mkdocs", ENGINE) for found in logging.getLogger(name).handlers]
    return any(isinstance(found, CountHandler) and found.get_counts() for found in handlers)
