"""Which files an edition offers: every document in each of its formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from macros.content.base import Language
from macros.content.guides import Meeting
from macros.content.project import Project
from macros.content.survey import Survey
from macros.document.address import ANSWERS
from macros.document.blocks import Document
from macros.document.cards import compose_cards
from macros.document.compose import downloads
from macros.document.edition import Edition, load_edition
from macros.document.features import has
from macros.document.formats import INVITATION, file_name, pictured
from macros.document.invitation import compose_invitation
from macros.document.packages import packages, whole
from macros.document.questionnaire import compose_questionnaire
from macros.document.shared import Shared
from macros.document.slides import compose_decks
from macros.document.timeline import compose_calendar
from macros.writers import (
    Job,
    answers_sample,
    calendar,
    fillable,
    handbook,
    odt,
    package,
    pages,
    pdf,
    photo,
    picture,
    share,
    sheet,
    slides,
    survey,
    word,
)
from macros.writers.word import questionnaire

# Those that take longest first, so that no worker waits.
_WRITERS: dict[str, Callable[[Document, Shared], Job]] = {
    "pdf": pdf.job,
    "fillable": fillable.job,
    "docx": word.job,
    "odt": odt.job,
    "xlsx": sheet.job,
}
Key = tuple[str, str, Language]


def jobs(
    project: Project, begin: Callable[[Job], None] = lambda _: None
) -> dict[Language, dict[str, Job]]:
    """Return, for each of the region's languages, the job of each download by file name.

    A document that has no twin is the source language's own file, so it is made once.
    `begin` is called with each job that the files need, as soon as there is one.
    """
    editions = {language: load_edition(project, language) for language in _written(project)}
    made: dict[Key, list[Job]] = {}
    for edition in editions.values():
        for key, job in _own_jobs(edition, _shared(project, edition)):
            made.setdefault(key, []).append(job)
            begin(job)
    return {
        language: _offered(project, editions[language], made, begin)
        for language in project.region.languages
    }


def picture_jobs(project: Project) -> dict[str, Job]:
    """Return the jobs of what no document is offered as, by address in the site.

    They are the edition's mark, each page's card, the slides that answers are shown on, and made-up
    answers.
    """
    editions = {code: load_edition(project, code) for code in project.region.languages}
    first = project.region.languages[0]
    found = picture.jobs(_shared(project, editions[first]))
    found |= photo.jobs(project.photo) if project.photo else {}
    for code, edition in editions.items():
        folder = "" if code == first else f"{code}/"
        own = _shared(project, edition)
        for name, job in share.jobs(edition, project.root, own).items():
            found[folder + name] = job
        if has(edition, "answers"):
            found[f"{folder}{ANSWERS}{slides.SKELETON}"] = slides.skeleton_job(code, own)
            found |= {folder + name: job for name, job in answers_sample.jobs(edition).items()}
    return found


def _written(project: Project) -> list[Language]:
    """Return the languages that the region's pages or the documents on them are written in."""
    wanted = {
        item.language
        for language in project.region.languages
        for item in project.handbooks[language].pages()
    }
    return [
        language
        for language in project.handbooks
        if language in wanted or language in project.region.languages
    ]


def _shared(project: Project, edition: Edition) -> Shared:
    url = project.region.front_page(edition.language)
    return Shared(edition.region, project.brand, edition.words(), url)


def _own_jobs(edition: Edition, shared: Shared) -> Iterator[tuple[Key, Job]]:
    """Return the jobs of each document that is written in the edition's own language."""
    for document in sorted(downloads(edition), key=_size, reverse=True):
        key = (document.kind, document.id, document.language)
        for name, write in _WRITERS.items():
            if name in document.formats:
                job = write(document, shared)
                yield key, job
                if name == "pdf" and pictured(document):
                    yield key, pages.job(job)
        for card in compose_cards(edition, document):
            yield key, pdf.card_job(card, shared)
        for deck in compose_decks(edition, document):
            yield key, slides.job(deck, shared)
        if INVITATION in document.formats:
            dates = compose_invitation(edition, edition.handbook.find(Meeting, document.id))
            if dates:
                yield key, calendar.invitation_job(dates, shared)
        if document.kind == Survey.kind:
            item = edition.handbook.find(Survey, document.id)
            found = compose_questionnaire(edition, item)
            for job in (questionnaire.job(found, shared), *survey.jobs(found, shared)):
                yield key, job


def _size(document: Document) -> int:
    return len(repr(document.blocks))


def _offered(
    project: Project,
    edition: Edition,
    made: Mapping[Key, list[Job]],
    begin: Callable[[Job], None],
) -> dict[str, Job]:
    """Return the files of one language: its documents', the packages and the whole."""
    items = project.handbooks[edition.language].items
    offered = {
        job.filename: job
        for (kind, item_id, written), jobs in made.items()
        if items[kind][item_id].language == written
        for job in jobs
    }
    shared = _shared(project, edition)
    for job in _gathered(edition, shared, offered):
        begin(job)
    if dates := compose_calendar(edition):
        for job in calendar.jobs(dates, shared):
            offered[job.filename] = job
            begin(job)
    return offered


def _gathered(edition: Edition, shared: Shared, offered: dict[str, Job]) -> Iterator[Job]:
    """Return the jobs that gather what is offered, and of what they need besides."""
    book = whole(edition)
    parts: dict[str, Job] = {}
    for document in (document for group in book.groups for document in group.documents):
        name = file_name(document.name, "pdf")
        if name not in offered:
            parts[name] = pdf.job(document, shared)
    bound = handbook.job(book, shared, {**offered, **parts})
    offered[bound.filename] = bound
    yield bound
    *phases, every = packages(edition)
    packed_ones = [package.job(phase, shared, offered) for phase in phases]
    for packed in (*packed_ones, package.job(every, shared, offered, phases)):
        offered[packed.filename] = packed
        yield packed
