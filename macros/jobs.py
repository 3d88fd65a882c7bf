"""Which files an edition offers: every document in every format."""

from __future__ import annotations

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


def edition_jobs(project: Project, edition: Edition) -> dict[str, Job]:
    """Return the job of each download of an edition, by file name.

    A document that has no twin is the source language's own file, so it is made once.
    """
    own: dict[str, Job] = {}
    for language in project.handbooks:
        source = edition if language == edition.language else load_edition(project, language)
        shared = Print(project.region, project.brand, source.words(), base_url(project, language))
        for document in downloads(source):
            wanted = edition.handbook.get(document.kind, document.id).language
            if document.language == language == wanted:
                made = job(document, shared)
                own[made.filename] = made
    return own
