"""One build: its stage, the pool that makes its files, and the languages beside the first."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from macros.building.handover import look_for_garbage_seldom, taken_over
from macros.building.prepare import Prepared, prepare
from macros.building.siblings import Orders, Siblings, orders
from macros.building.target import keep_off
from macros.content import built
from macros.content.base import Language
from macros.content.project import Project
from macros.downloads.cache import Cache
from macros.downloads.jobs import jobs, picture_jobs
from macros.downloads.pool import Pool, file_names
from macros.downloads.shared_store import SharedStore, unused
from macros.keys import read_code_anew
from macros.layouts import read_anew
from macros.pages.prose import judge_prose
from macros.site.said import translated
from macros.site.stage import Stage
from macros.writers import Job

LOGGER = "mkdocs.plugins.naeringsvennlig"
_log = logging.getLogger(LOGGER)


class Build:
    """One build, from its start until its site is published or given up.

    It lives on from one rebuild of a server to the next: what belongs to one build is made anew.
    """

    def __init__(self, *, serving: bool = False) -> None:
        self.serving = serving  # whether it is built again and again in this process
        self.said = os.environ.get(built.VARIABLE)  # before any build sets it
        self.orders: Orders | None = orders()
        self.handed = False  # whether the project was handed over, as in a fleet
        self.stage: Stage | None = None
        self.pool: Pool | None = None
        self.spare: tempfile.TemporaryDirectory[str] | None = None  # in place of the cache
        self.siblings = Siblings()
        self.jobs: dict[Language, dict[str, Job]] = {}
        self.pictures: dict[str, Job] = {}

    def prepare(self, root: Path, heard: Callable[[Prepared], None] = lambda _: None) -> Prepared:
        """Return the project's edition in the language of this build; raises ContentError.

        `heard` is called when the project is read, before its prose is judged.
        """
        look_for_garbage_seldom()
        known = taken_over(root)
        self.handed = known is not None
        if not self.handed:
            read_anew(remember=self.serving)
            read_code_anew()
        language = self.orders.language if self.orders else None
        prepared = prepare(root, self.said, language, known)
        heard(prepared)
        # A child's prose has been judged by the build that started it.
        if not self.handed and not self.orders:
            judge_prose(prepared.project)
        return prepared

    def stage_for(self, site: Path, project: Project) -> Path:
        """Return the folder in which to build what is to be published at `site`.

        Raises BuildError where it would take the place of what it is made of.
        """
        if self.orders:
            return self.orders.stage
        keep_off(project.root, [site], [project.folder])
        self.stage = Stage.beside(site)
        return self.stage.folder

    def begin(self, prepared: Prepared, cache: Path, site: Path, child: Sequence[str]) -> None:
        """Begin to make every language's pages and files; a child makes its pages only.

        `site` is where this language is built. `child` is the module, with its arguments,
        that builds another language; with none, the engine builds them itself.
        """
        if self.orders:
            prepared.downloads = self.orders.names()
            return
        project = prepared.project
        others = project.region.languages[1:] if child else ()
        if others:
            translated(project)  # before there are several processes that need it
        for language in others:
            self.siblings.start(project, language, child, site, self._let_go)
        self.pool = Pool(self._cache(cache), self._store())
        self.jobs = jobs(project, self.pool.start)
        for language in others:
            self.siblings.tell(language, file_names(self.jobs[language].values()))
        self.pictures = picture_jobs(project)
        for job in self.pictures.values():
            self.pool.start(job)
        self.name_files(prepared)

    def name_files(self, prepared: Prepared) -> None:
        """Tell a language what its files are called."""
        prepared.downloads = list(file_names(self.jobs[prepared.language].values()))
        prepared.pictures = list(self.pictures)

    def _let_go(self) -> None:
        """Let go of what the parent holds, in a child: the lock on the stage."""
        if self.stage:
            self.stage.held.close()

    def _cache(self, folder: Path) -> Cache:
        """Return the cache in a folder, or an empty one that goes with this process."""
        cache = Cache(folder)
        if not cache.read_only():
            return cache
        _log.info(f"Mellomlageret {folder} kan bare leses. Alle filer lages på nytt.")
        self.spare = self.spare or tempfile.TemporaryDirectory(prefix="nvr-")
        return Cache(Path(self.spare.name))

    def _store(self) -> SharedStore | None:
        """Return the store behind the cache, if one is named and can be used.

        Raises ContentError for what cannot be the address of one.
        """
        store = SharedStore.said()
        if store is None or not (why := store.unusable()):
            return store
        _log.info(unused(store, why))
        return None

    def give_up(self) -> None:
        """End what has been begun; the site that is published stays as it is."""
        if self.pool:
            self.pool.stop()
        self.siblings.stop()
        if self.stage:
            self.stage.discard()
            self.stage = None

    def close(self) -> None:
        """Give up what is not finished, and leave nothing."""
        self.give_up()
        if self.spare:
            self.spare.cleanup()
