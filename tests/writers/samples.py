"""The made-up answers of an edition, as texts."""

from __future__ import annotations

from macros.document.edition import Edition
from macros.writers.answers_sample import jobs


def sample_files(edition: Edition) -> dict[str, str]:
    """Return the text of each file of made-up answers, by its address."""
    made = jobs(edition).items()
    return {address: job.render(job.payload).data.decode() for address, job in made}
