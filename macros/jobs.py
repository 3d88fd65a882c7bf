"""Which files an edition offers: every document in each of its formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from macros.content.base import Language
from macros.content.project import Project
from macros.content.survey import Survey
from macros.document.blocks import Document
from macros.document.compose import downloads
from macros.document.edition import Edition, Shared, load_edition
from macros.document.questionnaire import compose_questionnaire
from macros.writers import Job, fillable, odt, pdf, survey, word

_WRITERS: dict[str, Callable[[Document, Shared], Job]] = {
    "docx": word.job,
    "pdf": pdf.job,
    "fillable": fillable.job,
    "odt": odt.job,
}


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
        every = {key: jobs for own in made.values() for key, jobs in own.items()}
        found[language] = {
            job.filename: job
            for (kind, item_id, written), jobs in every.items()
            if items[kind][item_id].language == written
            for job in jobs
        }
    return found


def _own_jobs(
    project: Project, edition: Edition
) -> Iterator[tuple[tuple[str, str, Language], list[Job]]]:
    """Return the jobs of each document that is written in the edition's own language."""
    url = base_url(project, edition.language)
    shared = Shared(project.region, project.brand, edition.words(), url)
    for document in downloads(edition):
        key = (document.kind, document.id, document.language)
        yield key, list(_document_jobs(document, edition, shared))


def _document_jobs(document: Document, edition: Edition, shared: Shared) -> Iterable[Job]:
    for name, write in _WRITERS.items():
        if name in document.formats:
            yield write(document, shared)
    if document.kind == Survey.kind:
        item = edition.handbook.find(Survey, document.id)
        yield from survey.jobs(compose_questionnaire(edition, item), shared)
