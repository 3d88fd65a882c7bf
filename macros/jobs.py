"""Which files an edition offers: every document in every format."""

from __future__ import annotations

from collections.abc import Iterator

from macros.content.base import Language
from macros.content.project import Project
from macros.document.compose import downloads
from macros.document.edition import Edition, load_edition
from macros.writers import Job
from macros.writers.pdf import Print, job


def base_url(project: Project, language: Language) -> str:
    """Return the address of a language's front page; the first language has the root."""
    url, languages = project.region.base_url, project.region.languages
    return url if language == languages[0] or language not in languages else f"{url}{language}/"


def jobs(project: Project) -> dict[Language, dict[str, Job]]:
    """Return, for each of the region's languages, the job of each download by file name.

    A document that has no twin is the source language's own file, so it is made once.
    """
    made = {
        language: dict(_own_jobs(project, load_edition(project, language)))
        for language in project.handbooks
    }
    found: dict[Language, dict[str, Job]] = {}
    for language in project.region.languages:
        items = project.handbooks[language].items
        every = {key: job for own in made.values() for key, job in own.items()}
        found[language] = {
            job.filename: job
            for (kind, item_id, written), job in every.items()
            if items[kind][item_id].language == written
        }
    return found


def _own_jobs(
    project: Project, edition: Edition
) -> Iterator[tuple[tuple[str, str, Language], Job]]:
    """Return the jobs of the documents that are written in the edition's own language."""
    url = base_url(project, edition.language)
    shared = Print(project.region, project.brand, edition.words(), url)
    for document in downloads(edition):
        yield (document.kind, document.id, document.language), job(document, shared)
