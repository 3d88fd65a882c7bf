"""The real handbook, read once for all the tests of a process: no test may change it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from macros.content.base import Language
from macros.content.project import Project, load_project
from macros.document.edition import Edition, load_edition
from macros.downloads.jobs import jobs
from macros.writers import Gathering, Job, Rendered

ROOT = Path(__file__).parent.parent


@cache
def project() -> Project:
    """Return the national edition."""
    return load_project(ROOT, "standard")


@cache
def edition(language: Language = "nb") -> Edition:
    """Return what composers work from."""
    return load_edition(project(), language)


def finished(job: Job) -> Rendered:
    """Return the file of a job, and make what it is made from."""
    payload = job.payload
    if isinstance(job, Gathering):
        payload = (payload, {name: finished(part).data for name, part in job.parts})
    return job.render(payload)


def body(job: Job) -> Job:
    """Return the job that typesets what a PDF has in common with those of all regions."""
    assert isinstance(job, Gathering)
    return dict(job.parts)["body"]


@cache
def offered() -> dict[Language, dict[str, Job]]:
    """Return the job of each download; it takes seconds."""
    return jobs(project())
