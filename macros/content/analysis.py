"""How the answers to a survey are read: what is grouped, shown first and compared, by code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from macros.content.base import Strict, check_unique
from macros.content.errors import suggest
from macros.content.shape import Shape
from macros.content.text import EarlierSurveyRef, SurveyRef, TemplateRef, Text
from macros.content.written import complaint

Code = Annotated[
    str,
    Shape(r"^[A-Z]{2,4}\d{2}$", "to til fire store bokstaver fra A til Z og to sifre, som «BED01»"),
]

QuestionType = Literal["single", "multiple", "scale", "matrix", "number", "text"]

# The answer code that never counts as an opinion, in whatever survey.
UNSURE = "vet_ikke"
_FIRST = 4  # as many main figures as a reader takes in at one look


class Sample(Strict):
    """What made-up answers say to a question in words."""

    question: Code = Field(description="Koden til et spørsmål med svar i egne ord.")
    texts: tuple[Text, ...] = Field(min_length=4, description="Oppdiktede svar, uten navn.")


class Analysis(Strict):
    """How the answers are counted, compared and shown; all questions are named by their codes."""

    place: Code | None = Field(
        default=None, description="Spørsmålet som sier hvilken kommune svaret gjelder."
    )
    groups: tuple[Code, ...] = Field(
        default=(), description="Andre spørsmål svarene deles inn etter, for eksempel størrelse."
    )
    grouped: tuple[QuestionType, ...] = Field(
        default=(),
        description="Hva slags spørsmål som kan vises for hver gruppe. Uten den: alle slag.",
    )
    first: tuple[Code, ...] = Field(
        default=(), max_length=_FIRST, description="Hovedtallene, det viktigste først."
    )
    ordered: tuple[Code, ...] = Field(
        default=(), description="Spørsmål med ett svar der svarene går fra minst til mest."
    )
    aside: tuple[str, ...] = Field(
        default=(), description=f"Svarkoder som telles for seg, i tillegg til {UNSURE}."
    )
    before: tuple[EarlierSurveyRef, ...] = Field(
        default=(),
        description="Undersøkelsene som ble brukt før, med de samme kodene, gjerne den samme.",
    )
    beside: tuple[SurveyRef, ...] = Field(
        default=(), description="Undersøkelsene til andre, med noen av de samme kodene."
    )
    used_in: tuple[TemplateRef, ...] = Field(
        default=(), description="Malene der svarene blir brukt. De får en lenke til svarene."
    )
    samples: tuple[Sample, ...] = Field(
        default=(), description="Oppdiktede svar i egne ord, til eksempelet."
    )

    def again(self, survey: str) -> bool:
        """Return whether the answers are compared with those of the same survey, by its id."""
        return survey in [ref.target[1] for ref in self.before]

    def named(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Return where each question is named, and its code."""
        if self.place:
            yield ("place",), self.place
        for key in ("groups", "first", "ordered"):
            for at, code in enumerate(getattr(self, key)):
                yield (key, at), code
        for at, sample in enumerate(self.samples):
            yield ("samples", at, "question"), sample.question


# What a question may be to be named in each place; others are refused.
_TYPES = {
    "place": ("single",),
    "groups": ("single",),
    "ordered": ("single",),
    "first": ("single", "multiple", "scale", "matrix", "number"),
    "samples": ("text",),
}


def check_analysis(analysis: Analysis, types: Mapping[str, str], answers: Iterable[str]) -> None:
    """Raise at the first question or answer that is not there, or that cannot be read so.

    `types` are the types of the survey's questions by code, `answers` the codes of all answers.
    """
    for at, code in analysis.named():
        where = ("analysis", *at)
        if code not in types:
            hint = suggest(code, list(types))
            raise complaint("spørsmålet «{code}» finnes ikke", at=where, hint=hint, code=code)
        if types[code] not in _TYPES[str(at[0])]:
            raise complaint(
                "spørsmålet «{code}» er av en type som ikke kan brukes her", at=where, code=code
            )
    known = set(answers)
    for index, code in enumerate(analysis.aside):
        if code not in known:
            hint = suggest(code, sorted(known))
            where = ("analysis", "aside", index)
            raise complaint(
                "ingen av spørsmålene har svaret «{code}»", at=where, hint=hint, code=code
            )
    _check_places(analysis)


def _check_places(analysis: Analysis) -> None:
    grouped = [*([analysis.place] if analysis.place else []), *analysis.groups]
    for key, codes in (
        ("groups", grouped),
        ("first", analysis.first),
        ("ordered", analysis.ordered),
    ):
        skip = len(codes) - len(getattr(analysis, key))
        placed = ((code, ("analysis", key, max(at - skip, 0))) for at, code in enumerate(codes))
        check_unique(placed, "spørsmålet")
    told = ((one.question, ("analysis", "samples", at)) for at, one in enumerate(analysis.samples))
    check_unique(told, "spørsmålet")
