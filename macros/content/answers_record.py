"""Which fields of a template get what, when it is the report of a survey's answers."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from macros.content.base import Slug, Strict, check_unique
from macros.content.errors import suggest
from macros.content.fields import FormField
from macros.content.written import complaint

_LINES = ("survey", "sets")  # what gets one line of text; all else gets headings and tables


class AnswersRecord(Strict):
    """What a template's fields get from the answers to a survey; all are ids of the template."""

    survey: Slug = Field(description="Feltet med navnet på undersøkelsen (type short).")
    sets: Slug = Field(description="Feltet med hvilke svar det er (type short).")
    asked: Slug = Field(description="Feltet med spørsmålene og reglene for tallene (type long).")
    answered: Slug = Field(description="Feltet med hvem som svarte (type long).")
    first: Slug = Field(description="Feltet med hovedtallene (type long).")
    findings: Slug = Field(description="Feltet med spørsmål for spørsmål (type long).")
    changes: Slug | None = Field(default=None, description="Feltet med før og etter (type long).")
    talks: Slug | None = Field(
        default=None, description="Feltet med funn fra samtaler (type long)."
    )
    unknown: Slug = Field(description="Feltet med det vi ikke vet (type long).")


def check_answers_record(record: AnswersRecord, fields: Sequence[FormField]) -> None:
    """Raise at the first field that the template does not have, or that has not room for it."""
    types = {field.id: field.type for field in fields}
    named = record.model_dump(exclude_none=True)
    for key, name in named.items():
        at = ("answers_record", key)
        if name not in types:
            hint = suggest(name, list(types))
            raise complaint("malen har ikke feltet «{name}»", at=at, hint=hint, name=name)
        wanted = "short" if key in _LINES else "long"
        if types[name] != wanted:
            message = "feltet «{name}» må være av typen {wanted}"
            raise complaint(message, at=at, name=name, wanted=wanted)
    check_unique(((name, ("answers_record", key)) for key, name in named.items()), "feltet")
