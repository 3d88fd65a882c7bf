"""Survey files: a questionnaire in the formats that survey tools read, and its codebook.

One module a format; none knows another. What they share stands in `parts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.document.questionnaire import Questionnaire
from macros.document.shared import Shared
from macros.writers import Job
from macros.writers.survey import codebook, limesurvey, surveyjs, xlsform


def jobs(questionnaire: Questionnaire, shared: Shared) -> Iterator[Job]:
    """Return the jobs that make a questionnaire's files: three tools and two codebooks.

    The words of `shared` are in the questionnaire's language.
    """
    yield xlsform.job(questionnaire, shared)
    yield limesurvey.job(questionnaire, shared)
    yield surveyjs.job(questionnaire, shared)
    yield codebook.csv_job(questionnaire, shared)
    yield codebook.json_job(questionnaire, shared)
